"""What a schema cannot say about questions: doubles, TeX that does not close, tricky wording."""

import re

from nn_widgets.quiz.kinds import KINDS
from nn_widgets.quiz.schema import texts

__all__ = ["lint"]

TRICKS = {
    r"\b(all|none) of the above\b": "it says {0}; name the options instead",
    r"\bNOT (true|right|correct)\b": "it says {0}; ask for what is false instead",
}

PAIRS = (("begin", "end"), ("left", "right"))


def lint(data):
    """Yield a sentence for each fault, naming item and field."""
    ids = [item["id"] for item in data["items"]]
    for position, item in enumerate(data["items"]):
        if item["id"] in ids[:position]:
            yield f"item {item['id']}, field id: another item has it too."
        faults = [*_text_faults(item), *KINDS[item["kind"]].faults(item), *_given_faults(item)]
        yield from (f"item {item['id']}, {fault}." for fault in faults)


def _text_faults(item):
    """Yield what is wrong with any text of an item: whatever the reader gets to read."""
    known = {*item.get("given", {}), *KINDS[item["kind"]].named}
    for path, text in texts(item):
        code = KINDS[item["kind"]].verbatim(item, path)
        faults = [*_wording(text), *([] if code else _tex(text)), *_unknown_names(text, known)]
        yield from (f"field {' '.join(map(str, path))}: {fault}" for fault in faults)


def _wording(text):
    for pattern, words in TRICKS.items():
        if found := re.search(pattern, text, re.I if "above" in pattern else 0):
            yield words.format(f'"{found[0]}"')


def _tex(text):
    if len(re.findall(r"(?<!\\)\$", text)) % 2:
        yield "a dollar sign does not close"
    for tex in re.findall(r"(?<!\\)\$+([^$]*)\$", text):
        bare = re.sub(r"\\[{}\\]", "", tex)
        if bare.count("{") != bare.count("}"):
            yield f"the braces of {tex!r} do not close"
        if any(_count(left, tex) != _count(right, tex) for left, right in PAIRS):
            yield f"{tex!r} opens something that it does not close"


def _count(command, tex):
    return len(re.findall(rf"\\{command}(?![a-zA-Z])", tex))


def _unknown_names(text, known):
    for name in re.findall(r"\{\{(\w+)(?::\d+)?\}\}", text):
        if name not in known:
            yield f"nothing gives {{{{{name}}}}}"


def _given_faults(item):
    for name in item.get("first", {}).keys() - item.get("given", {}).keys():
        yield f"field first: {name} is not given"
