"""Chapter 1: its checker names the mistakes that readers make in `feedforward`."""

import numpy as np
import pytest
from reader_tasks import checker, solution

from nn_core import feedforward, init_layers, relu, sigmoid, softmax, tanh


@pytest.fixture(scope="module")
def page():
    """Return the task's check and its solution."""
    given = solution("01-feedforward")["feedforward"]
    return {"check_feedforward": checker("01-feedforward"), "my_feedforward": given}


def reader(layer, output=softmax):
    """Return a feedforward as a reader would write it, with one layer and one output of theirs."""

    def my_feedforward(layers, x):
        h = x
        for W, b in layers:
            h, z = layer(W, b, h)
        return output(z)

    return my_feedforward


def usual(W, b, h):
    z = W @ h + b
    return sigmoid(z), z


def transposed(W, b, h):
    z = W.T @ h + b
    return sigmoid(z), z


def without_bias(W, b, h):
    z = W @ h
    return sigmoid(z), z


def without_sigmoid(W, b, h):
    z = W @ h + b
    return z, z


def softmax_everywhere(W, b, h):
    z = W @ h + b
    return softmax(z), z


def over_the_birds(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def over_everything(z):
    e = np.exp(z)
    return e / e.sum()


def changes_x(layers, x):
    x *= 2
    return x


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (reader(transposed), "transposed"),
        (reader(without_bias), "bias is missing"),
        (reader(without_sigmoid), "no sigmoid"),
        (reader(softmax_everywhere), "every layer"),
        (reader(usual, over_the_birds), "sums over the birds"),
        (reader(usual, lambda z: softmax(sigmoid(z))), "output layer has a sigmoid"),
        (reader(usual, lambda z: z), "scores z"),
        (reader(usual, sigmoid), "sigmoid of the scores"),
        (reader(usual, over_everything), "do not sum to 1"),
        (reader(usual, lambda z: softmax(z).T), "shape of its transpose"),
        (lambda layers, x: None, "returns nothing"),
        (lambda layers, x: x, "nothing has been computed"),
        (lambda layers, x: x[99], "IndexError"),
        (lambda layers, x: softmax(x), "it must have (3, 5)"),
        (changes_x, "changes what it is given"),
    ],
)
def test_the_checker_names_the_mistake(page, function, word):
    assert word in page["check_feedforward"](function)


@pytest.mark.parametrize("activation", [tanh, relu])
def test_the_checker_does_not_take_another_activation_for_the_sigmoid(page, activation):
    def layer(W, b, h):
        z = W @ h + b
        return activation(z), z

    assert page["check_feedforward"](reader(layer))[:5] != "Right"


def test_the_checker_accepts_a_right_function_written_another_way(page):
    def by_recursion(layers, x):
        (W, b), *rest = layers
        z = W @ x + b
        return by_recursion(rest, 1 / (1 + np.exp(-z))) if rest else softmax(z)

    assert page["check_feedforward"](by_recursion)[:5] == "Right"


@pytest.mark.parametrize("sizes", [[2, 3], [4, 1, 2], [2, 3, 2, 3], [5, 4, 3, 2, 6]])
def test_the_solution_gives_what_nn_core_gives(page, sizes):
    rng = np.random.default_rng(len(sizes))
    layers, x = init_layers(sizes, rng), rng.normal(size=(sizes[0], 7))
    np.testing.assert_allclose(page["my_feedforward"](layers, x), feedforward(layers, x).p)
