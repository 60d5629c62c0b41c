"""Chapter 6: its checker names the mistakes that readers make in the output's gradients."""

import re

import nbformat
import numpy as np
import pytest
from reader_tasks import checker, solution
from sources import ROOT

from nn_core import backprop, feedforward, init_layers, one_hot, softmax, softmax_jacobian
from nn_widgets.quiz.bank import load_chapter

BOOK = ROOT / "book"
NAME = "06-softmax-derivative"


@pytest.fixture(scope="module")
def cells():
    """Return the chapter's cells."""
    return nbformat.read(BOOK / f"{NAME}.ipynb", as_version=4).cells


@pytest.fixture(scope="module")
def page(cells):
    """Return the task's check and solution, and the chapter's Jacobian."""
    sources = {cell.id: cell.source for cell in cells}
    names = {"np": np, "softmax": softmax, **solution("06-output")}
    names["check_output_gradients"] = checker("06-output")
    exec(sources["jacobian-code"].partition("J = ")[0], names)
    return names


def reader(slope, bias=lambda dz: dz.sum(axis=1, keepdims=True), weights=lambda dz, h: dz @ h.T):
    """Return a solution as a reader would write it, with one line of theirs."""

    def output_gradients(p, y, h):
        dz = slope(p, y, p.shape[1])
        return weights(dz, h), bias(dz)

    return output_gradients


def usual(p, y, n):
    return (p - y) / n


def in_place(p, y, h):
    p -= y
    return p @ h.T, p.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (reader(lambda p, y, n: (y - p) / n), "sign is turned round"),
        (reader(lambda p, y, n: p - y), "1/N is missing"),
        (reader(lambda p, y, n: (p - y) / n**2), "1/N is there twice"),
        (reader(usual, weights=lambda dz, h: h @ dz.T), "transposed"),
        (reader(usual, bias=lambda dz: dz), "bias is not summed"),
        (reader(usual, bias=lambda dz: dz.sum(axis=1)), "keepdims=True"),
        (reader(usual, bias=lambda dz: dz.mean(axis=1, keepdims=True)), "averaged"),
        (reader(usual, bias=lambda dz: np.full((len(dz), 1), dz.sum())), "over the classes"),
        (reader(lambda p, y, n: p / n), "y is missing"),
        (reader(lambda p, y, n: (p + y) / n), "not added"),
        (reader(lambda p, y, n: -y / p / n), "stops at the probabilities"),
        (reader(lambda p, y, n: -y / p * p * (1 - p) / n), "only its own score"),
        (reader(lambda p, y, n: 2 * (p - y) / n), "wanted is"),
        (lambda p, y, h: np.zeros((4, 4)), "wanted is dW and db"),
        (lambda p, y, h: None, "returns nothing"),
        (lambda p, y, h: p[99], "IndexError"),
        (in_place, "changes what it is given"),
    ],
)
def test_the_checker_names_the_mistake(page, function, word):
    assert word in page["check_output_gradients"](function)


def test_the_checker_accepts_a_right_function_written_bird_by_bird(page):
    def by_loops(p, y, h):
        dW, db = np.zeros((len(p), len(h))), np.zeros((len(p), 1))
        for n in range(p.shape[1]):
            jacobian = softmax_jacobian(np.log(p[:, n]))
            dz = jacobian.T @ (-y[:, n] / p[:, n]) / p.shape[1]
            dW += np.outer(dz, h[:, n])
            db[:, 0] += dz
        return dW, db

    assert page["check_output_gradients"](by_loops)[:5] == "Right"


@pytest.mark.parametrize("sizes", [[2, 3], [4, 1, 2], [2, 3, 2, 3], [5, 4, 3, 2, 6]])
def test_the_solution_gives_what_backprop_gives(page, sizes):
    rng = np.random.default_rng(len(sizes))
    layers, x = init_layers(sizes, rng), rng.normal(size=(sizes[0], 7))
    y = one_hot(rng.integers(sizes[-1], size=7), sizes[-1])
    trace = feedforward(layers, x)
    dW, db = page["output_gradients"](trace.p, y, trace.h[-1])
    wanted = backprop(layers, trace, y)[-1]
    np.testing.assert_allclose(dW, wanted.W, rtol=1e-12)
    np.testing.assert_allclose(db, wanted.b, rtol=1e-12)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_the_jacobian_of_the_page_is_nn_cores(page, classes):
    z = 3 * np.random.default_rng(classes).normal(size=(classes, 1))
    np.testing.assert_allclose(page["jacobian_of_softmax"](z), softmax_jacobian(z), atol=1e-15)


def test_every_question_of_the_chapter_stands_on_the_page_once_and_in_order(cells):
    asked = [re.search(rf'Quiz\("{NAME}", "([\w-]+)"\)', cell.source) for cell in cells]
    bank = load_chapter(BOOK / "quizzes" / f"{NAME}.yml")
    assert [found[1] for found in asked if found] == [item.id for item in bank.items]


def test_the_equations_that_others_cite_are_there(cells):
    text = "\n".join(cell.source for cell in cells)
    for label in ("eq-softmax-jacobian", "eq-dz-output", "eq-output-weights"):
        assert text.count(f"$$ ({label})") == 1


def test_the_page_holds_fewer_than_150_formulas(cells):
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    blocks = re.findall(r"\$\$.+?\$\$", text, flags=re.DOTALL)
    inline = re.findall(r"\$[^$]+\$", re.sub(r"\$\$.+?\$\$", "", text, flags=re.DOTALL))
    assert len(blocks) + len(inline) < 150
