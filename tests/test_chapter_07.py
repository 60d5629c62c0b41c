"""Chapter 7, errata and glossary: what the checker says, what the code gives, what they promise."""

import inspect
import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path

import nbformat
import numpy as np
import pytest

import nn_core as nn
from nn_core import gradients
from nn_widgets.bank import load_chapter

BOOK = Path(__file__).parents[1] / "book"
CHAPTER = nbformat.read(BOOK / "07-backward-sequence.ipynb", as_version=4)
ERRATA = nbformat.read(BOOK / "errata.ipynb", as_version=4)
GLOSSARY = (BOOK / "glossary.md").read_text(encoding="utf-8")
UNUSED = {"diagram", "check-sympy", "measure-figure", "measure-redo"}


@pytest.fixture(scope="module")
def page():
    """Return the names that the chapter's cells define; figures and questions are left out."""
    names = {}
    with redirect_stdout(io.StringIO()):
        for cell in CHAPTER.cells:
            if cell.cell_type == "code" and cell.id not in UNUSED and "Quiz(" not in cell.source:
                exec(cell.source, names)
    return names


def case(sizes, N, activation="sigmoid"):
    rng = np.random.default_rng(sum(sizes) + N)
    layers = nn.init_layers(sizes, rng)
    trace = nn.feedforward(layers, rng.normal(size=(sizes[0], N)), activation)
    return layers, trace, nn.one_hot(rng.integers(sizes[-1], size=N), sizes[-1])


def source(function):
    *_, cell = (c.source for c in CHAPTER.cells if f"def {function}(" in c.source)
    return re.search(rf"def {function}\(.*?(?=\n\n|\Z)", cell, re.DOTALL)[0]


SIZES = [[2, 3], [4, 1, 2], [2, 3, 2, 3], [5, 4, 3, 2, 6], [3, 3, 3]]


@pytest.mark.parametrize("sizes", SIZES)
def test_the_page_s_backprop_gives_what_differences_give(page, sizes):
    layers, trace, y = case(sizes, 4)

    def cost(vector):
        return nn.loss(nn.from_vector(vector, sizes), trace.h[0], y)

    found = nn.to_vector(page["backprop_sigmoid"](layers, trace, y))
    nn.check_gradient(cost, nn.to_vector(layers), found)


@pytest.mark.parametrize("name", ["backprop_sigmoid", "my_backprop"])
def test_backprop_takes_fifteen_lines_at_most(name):
    lines = source(name).splitlines()
    assert 5 < len(lines) <= 15


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("sizes", SIZES)
def test_the_solution_gives_what_nn_core_gives(page, sizes, activation):
    layers, trace, y = case(sizes, 6, activation)
    mine, theirs = (f(layers, trace, y) for f in (page["my_backprop"], nn.backprop))
    np.testing.assert_allclose(nn.to_vector(mine), nn.to_vector(theirs))


@pytest.mark.parametrize(
    ("rules", "kind"),
    [
        ({}, "right"),
        ({"back": lambda W, dz: W @ dz}, "transposed"),
        ({"through": lambda dh, slope: dh}, "missing σ′"),
        ({"bias": lambda dz: dz}, "bias not summed"),
        ({"bias": lambda dz: dz[:, :1]}, "bias not summed"),
        ({"bias": lambda dz: dz.sum(axis=1)}, "bias not a column"),
        ({"bias": lambda dz: dz.mean(axis=1, keepdims=True)}, "1/N twice"),
        ({"back": lambda W, dz: 1.1 * (W.T @ dz)}, "unknown"),
    ],
)
def test_the_checker_names_the_mistake(page, rules, kind):
    assert nn.diagnose(page["version"](**rules)).kind == kind


def test_the_checker_sees_that_the_page_s_own_lines_know_one_activation(page):
    assert nn.diagnose(page["backprop_sigmoid"]).kind == "σ′ of the sigmoid"


def test_nothing_is_called_right_before_the_reader_has_written_anything():
    cell = next(c.source for c in CHAPTER.cells if c.id == "exercise-start")
    names = {}
    exec(cell.partition("tell(")[0], names)
    assert nn.diagnose(names["my_backprop"]).kind == "wrong number"


@pytest.mark.parametrize("sizes", SIZES)
def test_following_each_parameter_forwards_gives_the_same_slopes(page, sizes):
    layers, trace, y = case(sizes, 1)
    forwards = page["all_forwards"](layers, trace, y)
    np.testing.assert_allclose(forwards, nn.to_vector(nn.backprop(layers, trace, y)))


@pytest.mark.parametrize("sizes", SIZES)
def test_the_formulas_give_the_counted_multiplications(page, sizes):
    layers, trace, y = case(sizes, 1)
    ahead, back, *counted = page["count_passes"](layers, trace.h[0], y)
    followed, _ = page["count"](page["all_forwards"], *counted)
    by_formula = page["formulas"](sizes)
    assert (ahead, back, followed) == (by_formula[0], by_formula[1], by_formula[3])


def test_the_stored_times_are_complete_and_name_their_machine():
    measured = json.loads((BOOK / "data" / "backward-forward.json").read_text(encoding="utf-8"))
    assert measured["machine"]
    for way in ("forward", "backward"):
        assert len(measured[way]) == len(measured["widths"]) >= 4
        assert all(seconds > 0 for seconds in measured[way])


def test_every_equation_that_nn_core_cites_is_in_the_chapter():
    cited = set(re.findall(r"\((eq-[\w-]+)\)", inspect.getdoc(gradients.backward_sequence)))
    text = "\n".join(c.source for c in CHAPTER.cells if c.cell_type == "markdown")
    assert cited
    assert cited <= set(re.findall(r"\$\$ \((eq-[\w-]+)\)", text))


def test_every_question_stands_once_in_the_order_of_the_bank():
    asked = re.findall(
        r'Quiz\("07-backward-sequence", "([\w-]+)"\)', "\n".join(c.source for c in CHAPTER.cells)
    )
    bank = load_chapter(BOOK / "quizzes" / "07-backward-sequence.yml")
    assert asked == [item.id for item in bank.items]


def test_every_erratum_says_what_is_right_and_shows_it_by_an_assert():
    items = [
        (cell, after)
        for cell, after in zip(ERRATA.cells, ERRATA.cells[1:], strict=False)
        if cell.source.startswith("### ")
    ]
    assert len(items) >= 14
    for number, (text, code) in enumerate(items, start=1):
        assert text.source.startswith(f"### {number}. ")
        assert "*The notes:*" in text.source
        assert "*Right:*" in text.source
        assert code.cell_type == "code"
        assert "assert " in code.source


def entries():
    """Return the glossary as triples: the term, what it means, the chapter's file."""
    pattern = r"^(\S.*)\n  (.+)\n  \(\[chapter \d\]\(([\w-]+)\.ipynb\)\)$"
    return re.findall(pattern, GLOSSARY, re.MULTILINE)


def test_the_glossary_is_sorted_and_names_each_term_once():
    terms = [term.lower() for term, _, _ in entries()]
    assert len(terms) == GLOSSARY.count("([chapter ") > 50
    assert terms == sorted(set(terms))


def test_every_entry_of_the_glossary_leads_to_a_chapter():
    chapters = {path.stem for path in (BOOK / "quizzes").glob("*.yml")}
    assert {chapter for _, _, chapter in entries()} <= chapters


@pytest.mark.parametrize("term", ["neuron", "gradient", "backpropagation", "chain rule", "softmax"])
def test_the_glossary_explains_what_the_book_is_about(term):
    assert term in [entry for entry, _, _ in entries()]
