"""Whoever has nothing but the wheel sees every figure, question and task as in the repository."""

import ast
import json
import re
import subprocess
import sys
import zipfile

import elsewhere
import nbformat
import pytest
import run
import unpacked
from sources import ROOT, notebooks

import nn_widgets
from nn_widgets.tex.tex import BROUGHT

# Run by a reader's Python: evaluate expressions over `nn_widgets`, and show them.
SHOW = """
import json, sys, nn_widgets
from nn_widgets.tex import tex
shown = {"": nn_widgets.__file__}
for cell in json.load(sys.stdin):
    it = eval(cell, {name: getattr(nn_widgets, name) for name in nn_widgets.__all__})
    shows = it._repr_mimebundle_()[0] if hasattr(it, "_esm") else {"text/html": it._repr_html_()}
    shown[cell] = [shows, getattr(it, "_esm", ""), it.html if cell.startswith("Quiz") else ""]
json.dump(shown, sys.stdout)
"""
SAYS = """This notebook needs the packages of the book. In the book's folder, `make lab` has them.
Anywhere else, install its wheel, one file that `make wheel` makes in that folder:

    pip install "PATH-OF-THE-WHEEL[notebook]"
"""
# Names of the cells' last lines: what shows itself.
ALIVE = set(nn_widgets.__all__) - {"COLOURS", "check", "matrices", "number", "show"}


def last_expression(source):
    """Return a cell's last line if it shows a figure, a question or a task as it is, else ""."""
    last = (ast.parse(source).body or [None])[-1]
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        name, given = ast.unparse(last.value.func), last.value.args + last.value.keywords
        names = [node for part in given for node in ast.walk(part) if isinstance(node, ast.Name)]
        return ast.unparse(last) if name in ALIVE and not names else ""
    return ""


@pytest.fixture(scope="module")
def stored():
    """Return the HTML that the chapters store, by the line that shows it."""
    found = {}
    for path in notebooks():
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and (line := last_expression(cell.source)):
                (output,) = cell.outputs
                found[line] = output.data["text/html"]
    return found


@pytest.fixture(scope="module")
def away(tmp_path_factory):
    """Make the wheel, unpack it, and return the folder with the variables to use it."""
    folder = tmp_path_factory.mktemp("wheel")
    return folder, unpacked.unpack(folder)


def python(away, code, given=""):
    """Run code with a reader's Python in a folder that holds nothing."""
    folder, variables = away
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=folder / "programs", env=variables, input=given,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def shown(away, stored):
    """Show everything that the chapters show, from the wheel."""
    done = python(away, SHOW, json.dumps(list(stored)))
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown.pop("").startswith(str(away[0]))
    return shown


def test_every_kind_of_thing_is_looked_at(stored):
    names = {line.partition("(")[0] for line in stored}
    assert {"Quiz", "Task", "BackwardStepper", "TrainingLab"} <= names
    assert len([line for line in stored if line.startswith("Quiz")]) > 100


def test_figures_and_tasks_show_what_the_chapters_store(shown, stored):
    for line, html in stored.items():
        if not line.startswith("Quiz"):
            assert shown[line][0]["text/html"] == html, line


def test_each_question_shows_itself_with_its_formulas_typeset(shown, stored):
    from nn_widgets import Quiz

    for line in stored:
        if line.startswith("Quiz"):
            (_, _, html), here = shown[line], eval(line, {"Quiz": Quiz})
            assert html == here.html, line
            assert ("<math" in html) == ("$" in str(here._items[0][1].source)), line
            assert "$" not in html.partition("<script")[0], line


def test_each_figure_and_question_brings_its_script(shown):
    for line, (shows, script, _) in shown.items():
        if not line.startswith("Task"):
            assert "application/vnd.jupyter.widget-view+json" in shows, line
            assert "export default M[" in script, line


def test_a_formula_that_the_wheel_does_not_bring_is_one_sentence(away):
    done = python(away, 'from nn_widgets.tex.tex import render\nrender("a + 17")')
    last = done.stderr.strip().splitlines()[-1]
    assert "To typeset 'a + 17', Node and KaTeX are needed: pip install nodejs" in last


def test_the_wheel_holds_the_questions_and_tasks_and_nothing_for_the_built_page(away):
    (wheel,) = away[0].glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        held = {name: opened.read(name) for name in opened.namelist()}
    for path in [*(ROOT / "book/quizzes").glob("*.yml"), *(ROOT / "book/tasks").glob("*.yml")]:
        name = path.relative_to(ROOT).as_posix()
        assert held[f"nn_widgets/{name}"] == path.read_bytes(), name
    tops = {name.split("/")[0].partition("-0")[0] for name in held}
    assert tops == {"nn_core", "nn_dask", "nn_widgets", "the_backward_pass"}
    assert not [name for name in held if "micropython.wasm" in name or "codemirror" in name]
    assert wheel.stat().st_size < 800_000


def test_where_the_book_is_written_no_formula_is_brought():
    assert not BROUGHT.is_file()


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_says_what_it_needs_before_its_first_code(path):
    cells = nbformat.read(path, as_version=4).cells
    first = next(n for n, cell in enumerate(cells) if cell.cell_type == "code")
    says = cells[first - 1]
    assert says.metadata.tags == ["remove-cell"]  # the page has a link that says it
    assert says.source == SAYS.strip()
    assert {"lab", "wheel"} <= set(run.COMMANDS)


READS = re.compile(r"(load|read)\w*\(|open\(")


@pytest.mark.parametrize("name", ["02-training", "07-backward-sequence"])
def test_what_a_chapter_reads_it_finds_in_an_empty_folder_too(name, tmp_path, monkeypatch, capsys):
    cells = nbformat.read(ROOT / "book" / f"{name}.ipynb", as_version=4).cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    last = max(n for n, source in enumerate(code) if READS.search(source))
    monkeypatch.chdir(tmp_path)
    names = {}
    for source in code[: last + 1]:
        if not last_expression(source) and "matplotlib" not in source:
            exec(source, names)
    assert names["standardise"](names["load_penguins"]().x).shape == (2, 342)
    assert not list(tmp_path.iterdir())


def test_the_chapters_are_tried_without_node_and_without_the_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    variables = elsewhere.variables(tmp_path)
    assert "PYTHONPATH" not in variables
    assert variables["PATH"].startswith(str(tmp_path / "environment"))
