"""The question bank: `book/quizzes/<chapter>.yml`, loaded, checked and proved.

`python -m nn_widgets.quiz.bank_check [folder]` checks the bank alone and prints what is in it.
"""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from nn_widgets.quiz.bank_lint import lint
from nn_widgets.quiz.schema import schema, validator
from nn_widgets.quiz.variants import draw_variants

__all__ = ["BankError", "Chapter", "Item", "find_bank", "load_bank", "load_chapter"]
__all__ += ["page_of", "title_of"]


class BankError(ValueError):
    """What is wrong with a bank, a sentence a line, each naming file, item and field."""


class Item(NamedTuple):
    """One question.

    Attributes
    ----------
    id, kind : str
    source : dict
        The item as it stands in the file.
    fingerprint : str
        Twelve hexadecimal digits of the content's hash: an edited question is another one.
    variants : list of Variant
        The question with its sets of numbers, one if nothing is drawn.
    """

    id: str
    kind: str
    source: dict
    fingerprint: str
    variants: list


class Chapter(NamedTuple):
    """One file of the bank: its stem, the title of its page, its items."""

    name: str
    title: str
    items: list


def find_bank(start=None, holding="", name="quizzes"):
    """Return the folder `name`, looking upwards from `start` or the working directory.

    A notebook that was copied elsewhere finds the questions that came with the wheel, or those of
    the repository that it was installed from.

    Parameters
    ----------
    start : path, optional
    holding : str
        A file that has to be in it: other folders may have this name too.
    name : str

    Raises
    ------
    BankError
        If there is none.
    """
    start = Path(start or Path.cwd()).resolve()
    for folder in (start, *start.parents, *Path(__file__).parents[1:3]):
        for candidate in (folder / name, folder / "book" / name):
            if candidate.is_dir() and (candidate / holding).exists():
                return candidate
    what = f"{name}/{holding}".rstrip("/")
    raise BankError(f"There is no {what} in {start} or above it.")


def load_bank(folder):
    """All chapters of a folder, in the order of their names.

    Raises
    ------
    BankError
        With everything that is wrong in any file.
    """
    chapters, problems = [], []
    for path in sorted(Path(folder).glob("*.yml")):
        try:
            chapters.append(load_chapter(path))
        except BankError as error:
            problems.append(str(error))
    problems += _shared_ids(chapters)
    if problems:
        raise BankError("\n".join(problems))
    return chapters


def load_chapter(path):
    """One chapter's questions, checked and proved.

    Raises
    ------
    BankError
        With everything that is wrong in the file.
    """
    path = Path(path)
    return Chapter(path.stem, title_of(page_of(path)), _items(path, path.read_bytes()))


def page_of(path):
    """Return the page that the questions of a file belong to: beside the folder of the bank."""
    pages = (path.parent.parent / f"{path.stem}{ending}" for ending in (".ipynb", ".md"))
    return next((page for page in pages if page.is_file()), None)


def title_of(page):
    """Return the first heading of a page, which is the only place where a title stands."""
    if page is None:
        return "Questions"
    text = page.read_text("utf-8")
    if page.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    heading = re.search(r"^# +(.+?) *$", text, re.MULTILINE)
    return heading[1] if heading else page.stem


@cache
def _items(path, content):
    data = _parse(path, content)
    problems = [*_schema_problems(data)] or [*lint(data)]
    if problems:
        raise BankError("\n".join(f"{path.name}, {problem}" for problem in problems))
    if data.get("chapter", path.stem) != path.stem:
        raise BankError(f"{path.name}, field chapter: it must be {path.stem}, the file's name.")
    items = [_item(source) for source in data["items"]]
    failures = [text for _, found in items for text in found]
    if failures:
        raise BankError("\n".join(f"{path.name}, {failure}" for failure in failures))
    return [item for item, _ in items]


def _item(source):
    variants, problems = draw_variants(source)
    canonical = json.dumps(source, sort_keys=True, ensure_ascii=False)
    fingerprint = hashlib.sha256(canonical.encode()).hexdigest()[:12]
    item = Item(source["id"], source["kind"], source, fingerprint, variants)
    return item, [f"item {source['id']}, {problem}" for problem in problems]


class _Loader(yaml.SafeLoader):
    """YAML in which a key is a text, which `off` and `no` are not, and stands once."""

    def construct_mapping(self, node, **how):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for position, key in enumerate(keys):
            problem = f"{key} stands twice" if key in keys[:position] else ""
            if not isinstance(key, str):
                problem = f"it reads a key as {key}, put it in quotes"
            if problem:
                mark = node.value[position][0].start_mark
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
        return super().construct_mapping(node, **how)


def _parse(path, content):
    try:
        data = yaml.load(content.decode("utf-8"), _Loader)
        json.dumps(data)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1
        raise BankError(f"{path.name}, line {line}: the YAML is broken, {error.problem}.") from None
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, ValueError, RecursionError) as error:
        raise BankError(f"{path.name}: the YAML is broken, {error}.") from None
    return data


@cache
def _validator():
    return validator(schema())


def _schema_problems(data):
    for error in sorted(
        _validator().iter_errors(data), key=lambda error: list(map(str, error.path))
    ):
        where, field = _place(data, list(error.absolute_path))
        yield f"{where}{field}: {_sentence(error)}"


def _place(data, path):
    """Return the item's id (or its number) and the field, as words."""
    if path[:1] != ["items"] or len(path) < 2:
        return "", "field " + (".".join(map(str, path)) or "(the whole file)")
    item = data["items"][path[1]]
    known = isinstance(item, dict) and isinstance(item.get("id"), str)
    where = f"item {item['id'] if known else path[1] + 1}, "
    steps = [str(step + 1) if isinstance(step, int) else step for step in path[2:]]
    return where, "field " + (" ".join(steps) or "(the whole item)")


def _sentence(error):
    match error.validator:
        case "required":
            _, missing, _ = error.message.split("'")  # each missing field is an error of its own
            return f"{missing} is missing."
        case "additionalProperties":
            known = error.schema.get("properties", {})
            return f"{sorted(set(error.instance) - set(known))[0]} is not a known key."
        case "type":
            article = "an" if error.validator_value[0] in "aio" else "a"
            return f"it must be {article} {error.validator_value}, got {error.instance!r}."
        case "enum":
            return f"it must be one of {error.validator_value}, got {error.instance!r}."
        case "pattern" if error.validator_value == "\\S":
            return "it must not be empty."
        case "minItems" | "maxItems":
            bound = {"minItems": "fewest", "maxItems": "most"}[error.validator]
            found, wanted = len(error.instance), error.validator_value
            return f"the number of its entries is {found}, and the {bound} allowed is {wanted}."
    return f"{error.message}."


def _shared_ids(chapters):
    home = {}
    for chapter in chapters:
        for item in chapter.items:
            if item.id in home:
                yield f"{chapter.name}.yml, item {item.id}, field id: {home[item.id]}.yml has it."
            home.setdefault(item.id, chapter.name)
