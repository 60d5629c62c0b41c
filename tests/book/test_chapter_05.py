"""Chapter 5: its checker names the mistakes that readers make in a price computed from scores."""

import ast

import nbformat
import numpy as np
import pytest
import yaml
from reader_tasks import checker, solution
from sources import ROOT

from nn_core import cross_entropy, cross_entropy_from_logits, log_softmax, one_hot, softmax

BOOK = ROOT / "book"


@pytest.fixture(scope="module")
def cells():
    """Return the sources of the chapter's cells, by id."""
    notebook = nbformat.read(BOOK / "05-cross-entropy.ipynb", as_version=4)
    return {cell.id: cell.source for cell in notebook.cells}


@pytest.fixture(scope="module")
def page():
    """Return the task's check and its solution."""
    return {"check_price": checker("05-price"), "my_price": solution("05-price")["price"]}


def functions_of(source):
    """Compile the functions that a cell defines, without what it runs."""
    body = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return compile(ast.Module(body, []), "cell", "exec")


def as_written(z):
    return np.exp(z) / np.exp(z).sum(axis=0)


def prices(z, y):
    return -(y * log_softmax(z)).sum(axis=0)


def no_shift(z, y):
    return -(y * np.log(as_written(z))).sum(axis=0).mean()


def no_shift_at_the_truth(z, y):
    return (np.log(np.exp(z).sum(axis=0)) - (y * z).sum(axis=0)).mean()


def log_of_softmax(z, y):
    return -np.log(softmax(z)[y == 1]).mean()


def padded(z, y):
    return -np.log(softmax(z)[y == 1] + 1e-12).mean()


def one_shift_for_all(z, y):
    shifted = z - z.max()
    return (np.log(np.exp(shifted).sum(axis=0)) - (y * shifted).sum(axis=0)).mean()


def in_place(z, y):
    z -= z.max(axis=0)
    return prices(z, y).mean()


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (no_shift, "Do not take the logarithm"),
        (no_shift_at_the_truth, "a power overflows"),
        (log_of_softmax, "Do not take the logarithm of the softmax"),
        (padded, "wanted is 1001"),
        (one_shift_for_all, "each column needs its own"),
        (lambda z, y: -prices(z, y).mean(), "sign is wrong"),
        (lambda z, y: np.mean(y * log_softmax(z)) * -1, "average over classes and examples"),
        (lambda z, y: prices(z, y).sum(), "This is the total"),
        (lambda z, y: prices(z, y).sum() / z.shape[0], "number of classes"),
        (lambda z, y: -np.sum(y * log_softmax(z.T).T) / z.shape[1], "sums along the rows"),
        (lambda z, y: -log_softmax(z).sum() / z.shape[1], "prices of all classes"),
        (lambda z, y: -np.log2(softmax(z)[y == 1]).mean(), "base 2"),
        (lambda z, y: np.mean(1 - softmax(z)[y == 1]), "1 − p"),
        (lambda z, y: -np.log(softmax(z)[y == 1].mean()), "logarithm of the average"),
        (lambda z, y: -z[y == 1].mean(), "logarithm of the sum is missing"),
        (lambda z, y: -np.log(z[y == 1]).mean(), "logarithm of the scores"),
        (lambda z, y: prices(z, y), "return their average"),
        (lambda z, y: None, "returns nothing"),
        (lambda z, y: z @ y, "ValueError"),
        (in_place, "changes what it is given"),
        (lambda z, y: 0.0, "wanted is"),
    ],
)
def test_the_checker_names_the_mistake(page, function, word):
    assert word in page["check_price"](function)


def test_the_checker_accepts_right_functions_written_in_other_ways(page):
    def bird_by_bird(z, y):
        pairs = zip(z.T, y.T, strict=True)
        return sum(float(np.logaddexp.reduce(s) - s @ t) for s, t in pairs) / z.shape[1]

    assert page["check_price"](bird_by_bird)[:5] == "Right"
    assert page["check_price"](cross_entropy_from_logits)[:5] == "Right"


@pytest.mark.parametrize("scale", [0.1, 1, 100, 1e5])
def test_the_solution_is_the_packages_function(page, scale):
    rng = np.random.default_rng(5)
    z, y = scale * rng.normal(size=(4, 9)), one_hot(rng.integers(4, size=9), 4)
    assert page["my_price"](z, y) == pytest.approx(cross_entropy_from_logits(z, y), rel=1e-12)


def test_the_chapters_own_functions_are_the_packages(cells):
    names = {"np": np}
    for cell in ("my-cross-entropy", "stable-softmax", "from-logits"):
        exec(functions_of(cells[cell]), names)
    rng = np.random.default_rng(6)
    z, y = rng.normal(size=(3, 8)), one_hot(rng.integers(3, size=8), 3)
    p = softmax(z)
    assert names["my_cross_entropy"](p, y) == pytest.approx(cross_entropy(p, y), rel=1e-14)
    np.testing.assert_array_equal(names["stable_softmax"](z), p)
    np.testing.assert_array_equal(names["my_log_softmax"](z), log_softmax(z))


def test_every_question_of_the_chapter_stands_in_it_once_and_in_order(cells):
    bank = yaml.safe_load((BOOK / "quizzes" / "05-cross-entropy.yml").read_text(encoding="utf-8"))
    placed = [id_.removeprefix("quiz-") for id_, source in cells.items() if "Quiz(" in source]
    assert placed == [item["id"] for item in bank["items"]]
