"""Chapter 7, errata and glossary: what the checker says, what the code gives, what they promise."""

import inspect
import io
import re
from contextlib import redirect_stdout

import nbformat
import numpy as np
import pytest
from reader_tasks import solution, start
from sources import ROOT

import nn_core as nn
from nn_core import gradients, network
from nn_widgets.quiz.bank import load_chapter

BOOK = ROOT / "book"
CHAPTER = nbformat.read(BOOK / "07-backward-sequence.ipynb", as_version=4)
ERRATA = nbformat.read(BOOK / "errata.ipynb", as_version=4)
GLOSSARY = (BOOK / "glossary.md").read_text(encoding="utf-8")
UNUSED = {"diagram", "check-sympy", "stepper"}


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
def test_the_solution_gives_what_nn_core_gives(sizes, activation):
    layers, trace, y = case(sizes, 6, activation)
    backprop = solution("07-backprop")["backprop"]
    mine, theirs = (f(layers, trace, y) for f in (backprop, nn.backprop))
    np.testing.assert_allclose(nn.to_vector(mine), nn.to_vector(theirs))


def test_the_checker_sees_that_the_page_s_own_lines_know_one_activation(page):
    assert nn.diagnose(page["backprop_sigmoid"]).kind == "σ′ of the sigmoid"


def test_nothing_is_called_right_before_the_reader_has_written_anything():
    assert nn.diagnose(start("07-backprop")["backprop"]).kind == "zero"


@pytest.mark.parametrize("sizes", SIZES)
def test_following_each_parameter_forwards_gives_the_same_slopes(page, sizes):
    layers, trace, y = case(sizes, 1)
    forwards = page["all_forwards"](layers, trace, y)
    np.testing.assert_allclose(forwards, nn.to_vector(nn.backprop(layers, trace, y)))


class Counted(float):
    """A number that counts the multiplications that it takes part in."""

    products = 0

    def __mul__(self, other):
        Counted.products += 1
        return Counted(float(self) * float(other))

    def __add__(self, other):
        return Counted(float(self) + float(other))

    def __sub__(self, other):
        return Counted(float(self) - float(other))

    def __rsub__(self, other):
        return Counted(float(other) - float(self))

    def __truediv__(self, other):
        return Counted(float(self) / float(other))

    def __rtruediv__(self, other):
        return Counted(float(other) / float(self))

    def __neg__(self):
        return Counted(-float(self))

    def exp(self):
        return Counted(np.exp(float(self)))

    __radd__, __rmul__ = __add__, __mul__


counted = np.vectorize(Counted, otypes=[object])


def count(function, *arguments):
    """Return how many multiplications a function makes, and its result."""
    Counted.products = 0
    result = function(*arguments)
    return Counted.products, result


def per_neuron(layers, trace, y):
    """Follow each neuron forwards once, then multiply by what it reads: the slopes of all W."""
    slopes = []
    for n, (W, _) in enumerate(layers):
        for j in range(len(W)):
            moved = counted(np.zeros(len(W)))
            moved[j] = Counted(1.0)
            for (later, _), h in zip(layers[n + 1 :], trace.h[n + 1 :], strict=True):
                slope = h[:, 0] * (1 - h[:, 0])
                moved = later @ (slope * moved)
            at_z = (trace.p[:, 0] - y[:, 0]) @ moved
            slopes += [at_z * read for read in trace.h[n][:, 0]]
    return slopes


@pytest.mark.parametrize("sizes", SIZES)
def test_the_formulas_give_the_counted_multiplications(page, sizes):
    layers, trace, y = case(sizes, 1)
    layers = [nn.Layer(counted(W), counted(b)) for W, b in layers]
    x, y = counted(trace.h[0]), counted(y)
    ahead, trace = count(network.forward, layers, x, "sigmoid")
    back, _ = count(lambda: list(gradients.backward(layers, trace, y)))
    each_neuron, _ = count(per_neuron, layers, trace, y)
    each_parameter, _ = count(page["all_forwards"], layers, trace, y)
    assert page["multiplications"](sizes) == (ahead, back)
    assert page["going_forwards"](sizes) == (each_neuron, each_parameter)


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
        assert re.search(r"\(Here: \[chapter \d\]\(\d\d-[\w-]+\.ipynb\)\.\)$", text.source)
        assert code.cell_type == "code"
        assert "assert " in code.source


def entries():
    """Return the glossary as triples: the term, what it means, the chapter's file."""
    pattern = r"^(\S.*)\n  (.+)\n  \(\[chapter \d+\]\(([\w-]+)\.ipynb\)\)$"
    return re.findall(pattern, GLOSSARY, re.MULTILINE)


def test_the_glossary_is_sorted_and_names_each_term_once():
    terms = [term.lower() for term, _, _ in entries()]
    assert len(terms) == GLOSSARY.count("([chapter ") > 50
    assert terms == sorted(set(terms))


STEMS = {
    "block of examples": "lie in exactly one block",
    "convexity": "convex",
    "logarithm, natural": "natural logarithm",
    "logits": "logit",
    "saturation": "saturat",
    "scores": "score",
    "standardising": "standardis",
    "twins": "twin",
}
SHORT = {"bit", "class", "nat", "trace"}  # which other words begin with


@pytest.fixture(scope="module")
def prose():
    """Return what each chapter says in its text, in the order of the book."""
    texts = {}
    for path in sorted(BOOK.glob("[0-9][0-9]-*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        said = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        texts[path.stem] = re.sub(r"\]\([^)]*\)", "]", said)
    return texts


@pytest.mark.parametrize(("term", "chapter"), [(term, chapter) for term, _, chapter in entries()])
def test_a_term_is_said_to_come_from_the_chapter_where_it_first_stands(prose, term, chapter):
    words = map(re.escape, re.split("[- ]", STEMS.get(term, term)))
    term = r"\b" + r"[-\s]+".join(words) + (r"s?\b" if term in SHORT else "")
    assert chapter == next((n for n, text in prose.items() if re.search(term, text, re.I)), None)


def test_every_entry_of_the_glossary_leads_to_a_chapter():
    chapters = {path.stem for path in (BOOK / "quizzes").glob("*.yml")}
    assert {chapter for _, _, chapter in entries()} <= chapters


@pytest.mark.parametrize("term", ["neuron", "gradient", "backpropagation", "chain rule", "softmax"])
def test_the_glossary_explains_what_the_book_is_about(term):
    assert term in [entry for entry, _, _ in entries()]
