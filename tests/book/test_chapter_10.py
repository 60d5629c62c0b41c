"""Chapter 10: its sixty lines are right, its two tries fail as told, its checker can tell."""

import contextlib
import inspect
import io
import re

import nbformat
import numpy as np
import pytest
from sources import ROOT

import nn_core as nn
from nn_core import autodiff
from nn_widgets.quiz.bank import load_chapter

NAME = "10-automatic-differentiation"
CELLS = {cell.id: cell for cell in nbformat.read(ROOT / "book" / f"{NAME}.ipynb", 4).cells}
BUILT_UP = ("value", "walk", "fit", "price")


def run(*ids, **names):
    """Run these cells of the chapter and return the names that they define."""
    exec(CELLS["setup"].source, names)
    for name in ids:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(CELLS[name].source, names)
    return names


@pytest.fixture(scope="module")
def page():
    return run(*BUILT_UP[:1], "small", "second-try", *BUILT_UP[1:], "batch")


def lines(source):
    return [line for line in source.splitlines() if line.strip()]


def test_the_machine_takes_about_sixty_lines(page):
    tools = [CELLS[name].source for name in ("value", "walk", "fit")]
    tools.append(CELLS["price"].source.split("x_value")[0])
    assert 45 <= sum(len(lines(source)) for source in tools) <= 65


@pytest.mark.parametrize("sizes", [[2, 3, 2, 3], [5, 4], [3, 7, 7, 2]], ids=str)
def test_its_gradients_are_those_of_backprop_on_networks_that_it_has_not_seen(page, sizes):
    rng = np.random.default_rng(7)
    layers = nn.init_layers(sizes, rng)
    x, y = rng.normal(size=(sizes[0], 6)), nn.one_hot(np.arange(6) % sizes[-1], sizes[-1])
    parameters = page["parameters_of"](layers)
    list(page["walk"](page["loss_of"](parameters, x, y)))
    for (W, b), by_hand in zip(
        parameters, nn.backprop(layers, nn.feedforward(layers, x), y), strict=True
    ):
        assert np.allclose(W.gradient, by_hand.W, rtol=1e-13, atol=1e-16)
        assert np.allclose(b.gradient, by_hand.b, rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize("shape", [(), (1,), (4,), (3, 1), (1, 4), (3, 4), (2, 1, 1)])
def test_what_was_stretched_gets_the_slopes_of_the_definition(page, shape):
    other = np.random.default_rng(2).normal(size=(2, 3, 4))
    a = page["Value"](np.random.default_rng(1).normal(size=shape))
    product = a * page["Value"](other)
    flat = page["Value"](product.data.sum(), (product, lambda d: d * np.ones_like(product.data)))
    list(page["walk"](flat))
    expected = nn.numerical_gradient(lambda a: float((a * other).sum()), a.data)
    assert np.shape(a.gradient) == shape
    assert np.allclose(a.gradient, expected)


def test_nn_core_gives_the_same_order_and_the_same_numbers(page):
    def both(Value, price, walk):
        layers = nn.load_example().layers
        parameters = [(Value(W), Value(b)) for W, b in layers]
        h = Value(page["x"])
        for W, b in parameters[:-1]:
            h = (W @ h + b).sigmoid()
        W, b = parameters[-1]
        return [value.gradient for value in walk(price(W @ h + b, page["y"]))]

    here = both(page["Value"], page["price"], page["walk"])
    there = both(autodiff.Value, autodiff.softmax_cross_entropy, autodiff.Value.walk)
    assert len(here) == len(there) == 16
    for own, other in zip(here, there, strict=True):
        assert np.allclose(own, other, rtol=1e-13, atol=1e-16)


def grown(Value, seed):
    """Return the values of a program, the loss last; each step reads the one before it."""
    rng = np.random.default_rng(seed)
    values = [Value(rng.uniform(1, 2))]
    for _ in range(5):
        a, b = values[-1], values[rng.integers(len(values))]
        values.append(a * b if rng.random() < 0.5 else a + b)
    return values


@pytest.mark.parametrize("seed", range(40))
def test_the_first_value_used_twice_tells_a_lost_share_from_a_wrong_order(page, seed):
    values = grown(page["Value"], seed)
    order, uses = list(page["walk"](values[-1])), page["count_uses"](values[-1])
    first = values.index(next(v for v in order if uses[v] > 1))

    def wrong(hand):
        tried = grown(page["Value"], seed)
        hand(tried[-1])
        return [not np.isclose(v.gradient, w.gradient) for v, w in zip(tried, values, strict=True)]

    replacing = dict(page)
    exec(CELLS["walk"].source.replace("source.gradient += fit", "source.gradient = fit"), replacing)
    lost = wrong(lambda loss: list(replacing["walk"](loss)))
    rushed = wrong(lambda loss: page["hand_back_and_add"](loss, 1.0))
    assert lost[first]
    assert any(rushed)
    assert not rushed[first]


def told(cell):
    """What the exercise's checker says of the operations in a cell."""
    names = run(*BUILT_UP[:1], "small", *BUILT_UP[1:], "exercise-start")
    exec(cell, names)
    return list(names["check"]())


def test_the_checker_passes_the_solution_and_no_wrong_rule():
    solution = CELLS["exercise-solution"].source.split("\n\n\nassert")[0]
    assert told(solution) == ["exp: right.", "sum: right."]
    wrong = {
        "d * h)": ("d)", "exp: the gradient is wrong."),
        "d * ones)": ("d * ones / ones.size)", "sum: the gradient is wrong."),
        "lambda d: d * ones": ("lambda d: d", "sum: the share must have the shape of v."),
        "self.data.sum()": ("self.data.mean()", "sum: the value is wrong."),
        "h = np.exp(self.data)": ("return self", "exp: the value is wrong."),
    }
    for right, (broken, sentence) in wrong.items():
        assert solution.count(right) == 1
        assert sentence in told(solution.replace(right, broken))


def test_every_equation_that_nn_core_cites_is_in_the_chapter():
    cited = set(re.findall(r"\((eq-[\w-]+)\) ?(?:and|of)", inspect.getdoc(autodiff.Node)))
    text = "\n".join(c.source for c in CELLS.values() if c.cell_type == "markdown")
    assert cited == set(re.findall(r"\$\$ \((eq-[\w-]+)\)", text)) == {"eq-share", "eq-shares-add"}


def test_every_question_stands_once_in_the_order_of_the_bank():
    code = "\n".join(cell.source for cell in CELLS.values() if cell.cell_type == "code")
    bank = load_chapter(ROOT / "book" / "quizzes" / f"{NAME}.yml")
    assert re.findall(rf'Quiz\("{NAME}", "([\w-]+)"\)', code) == [item.id for item in bank.items]
    assert len(bank.items) >= 8


def test_at_most_fifteen_in_a_hundred_visible_lines_print_or_assert():
    seen = [
        line
        for cell in CELLS.values()
        if cell.cell_type == "code" and not cell.metadata.get("tags")
        for line in lines(cell.source)
    ]
    telling = [line for line in seen if re.match(r"\s*(print|assert|matrices)\b", line)]
    assert len(telling) <= 0.15 * len(seen)
