"""Chapter 8: its checker names mistakes in a training loop; its digit network is its own."""

import json
import re

import nbformat
import numpy as np
import pytest
from reader_tasks import checker, solution
from sources import ROOT

import nn_core
from nn_core import (
    backprop,
    descend,
    feedforward,
    init_layers,
    load_digits,
    loss,
    to_vector,
    train,
)

NOTEBOOK = ROOT / "book" / "08-training-a-network.ipynb"
CELLS = {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells}


TAKEN = ("backprop", "descend", "feedforward", "init_layers", "load_penguins", "loss")


def run_cells(*ids):
    """Run these cells of the chapter and return the names that they define."""
    names = {"np": np, "nn_core": nn_core}
    names |= {name: getattr(nn_core, name) for name in TAKEN}
    for name in ids:
        exec(CELLS[name].source, names)
    return names


@pytest.fixture(scope="module")
def page():
    return {"check_train": checker("08-train"), "my_train": solution("08-train")["train"]}


def my_train(
    layers,
    x,
    y,
    alpha,
    epochs,
    batch_size,
    rng,
    *,
    draw=lambda rng, N, epoch: rng.permutation(N),
    step=lambda layers, old, x, y, i, alpha: descend(
        layers, backprop(layers, feedforward(layers, x[:, i]), y[:, i]), alpha
    ),
    cut=lambda N, size: range(0, N, size),
    restart=False,
    measure=lambda layers, x, y, last: loss(layers, x, y),
):
    """Train as a reader would write it, with one part that is theirs."""
    given, losses = layers, [loss(layers, x, y)]
    for epoch in range(epochs):
        order = draw(rng, x.shape[1], epoch)
        old = layers = given if restart else layers
        for first in cut(len(order), batch_size):
            last = order[first : first + batch_size]
            layers = step(layers, old, x, y, last, alpha)
        losses.append(measure(layers, x, y, last))
    return layers, losses


def reader(**part):
    return lambda *args: my_train(*args, **part)


def gradients(layers, x, y, i, j=None):
    return backprop(layers, feedforward(layers, x[:, i]), y[:, i if j is None else j])


def scaled(factor):
    """Return a step whose length is multiplied by `factor(size of the batch)`."""

    def step(layers, old, x, y, i, alpha):
        rate = alpha * factor(len(i))
        return [
            (W - rate * dW, b - rate * db)
            for (W, b), (dW, db) in zip(layers, gradients(layers, x, y, i), strict=True)
        ]

    return step


def shuffled_apart(layers, x, y, alpha, epochs, batch_size, rng):
    losses = [loss(layers, x, y)]
    for _ in range(epochs):
        a, b = rng.permutation(x.shape[1]), rng.permutation(x.shape[1])
        for k in range(0, len(a), batch_size):
            pair = a[k : k + batch_size], b[k : k + batch_size]
            layers = descend(layers, gradients(layers, x, y, *pair), alpha)
        losses.append(loss(layers, x, y))
    return layers, losses


def shuffled_once():
    kept = {}

    def draw(rng, N, epoch):
        if epoch == 0:
            kept["order"] = rng.permutation(N)
        return kept["order"]

    return reader(draw=draw)


def changes_x(layers, x, *rest):
    x *= 2
    return my_train(layers, x, *rest)


def changes_layers(layers, *rest):
    for W, _ in layers:
        W *= 0.9
    return my_train(layers, *rest)


def only(part):
    """Return a training whose list of losses is cut."""

    def function(*args):
        layers, losses = my_train(*args)
        return layers, losses[part]

    return function


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (reader(draw=lambda rng, N, epoch: np.arange(N)), "draw an order"),
        (shuffled_once(), "shuffle once"),
        (shuffled_apart, "another's label"),
        (reader(cut=lambda N, size: range(0, N - N % size, size)), "last, shorter batch"),
        (
            reader(step=lambda now, old, x, y, i, a: descend(now, gradients(old, x, y, i), a)),
            "All gradients of an epoch",
        ),
        (
            reader(step=lambda now, old, x, y, i, a: descend(old, gradients(old, x, y, i), a)),
            "only the last step",
        ),
        (reader(restart=True), "Every epoch starts again"),
        (
            reader(
                step=lambda now, old, x, y, i, a: descend(
                    now, gradients(now, x, y, np.arange(x.shape[1])), a
                )
            ),
            "Every step uses all examples",
        ),
        (reader(cut=lambda N, size: [0]), "one step per epoch"),
        (reader(step=scaled(lambda m: -1)), "uphill"),
        (reader(step=scaled(lambda m: 1 / m)), "once more"),
        (reader(step=scaled(lambda m: m)), "multiply by the batch size"),
        (
            reader(measure=lambda layers, x, y, i: loss(layers, x[:, i], y[:, i])),
            "on the last batch",
        ),
        (only(slice(None, -1)), "measured before each epoch"),
        (only(slice(1, None)), "loss at the start"),
        (only(slice(2, None)), "losses has 1"),
        (changes_x, "changes what it is given"),
        (changes_layers, "changes what it is given"),
        (lambda *args: None, "returns nothing"),
        (lambda *args: my_train(*args)[0], "Two things are wanted"),
        (lambda *args: (args[0], []), "wanted is"),
        (lambda *args: (init_layers([4, 3], np.random.default_rng(0)), []), "has shape"),
        (lambda *args: args[99], "IndexError"),
        (reader(draw=lambda rng, N, epoch: rng.choice(N, N)), "wanted is"),
    ],
)
def test_the_checker_names_the_mistake(page, function, word):
    assert word in page["check_train"](function)


def test_the_checker_accepts_a_right_function_written_another_way(page):
    def by_the_package(layers, x, y, alpha, epochs, batch_size, rng):
        run = list(train(layers, x, y, alpha, epochs, batch_size, rng))
        return run[-1].layers, [epoch.loss for epoch in run]

    assert page["check_train"](by_the_package)[:5] == "Right"
    assert page["check_train"](my_train)[:5] == "Right"


@pytest.mark.parametrize(("N", "batch_size"), [(10, 3), (12, 4), (7, 7), (5, 1)])
def test_the_solution_gives_what_nn_core_gives(page, N, batch_size):
    rng = np.random.default_rng(N)
    layers, x = init_layers([3, 4, 2], rng), rng.normal(size=(3, N))
    y = np.eye(2)[:, rng.integers(2, size=N)]
    mine, losses = page["my_train"](layers, x, y, 0.5, 4, batch_size, np.random.default_rng(1))
    run = list(train(layers, x, y, 0.5, 4, batch_size, np.random.default_rng(1)))
    np.testing.assert_allclose(to_vector(mine), to_vector(run[-1].layers))
    np.testing.assert_allclose(losses, [epoch.loss for epoch in run])


def test_the_split_is_complete_disjoint_and_stratified():
    split = run_cells("setup", "split")["split"]
    y = load_digits().y
    parts = split(y, (0.6, 0.2, 0.2), np.random.default_rng(0))
    assert sorted(np.concatenate(parts)) == list(range(y.shape[1]))
    for part, share in zip(parts, (0.6, 0.2, 0.2), strict=True):
        assert np.all(np.abs(y[:, part].sum(axis=1) - share * y.sum(axis=1)) <= 1)


@pytest.fixture(scope="module")
def digits_page():
    """Run the cells that lead to the digit network, without the comparison before it."""
    return run_cells("setup", "split", "digits-load", "train-digits")


def test_no_machine_can_round_a_digit_weight_another_way(digits_page):
    """Start 1e-12 away, a thousand times what the order of a sum does, and end at the same
    three decimals."""
    page, weights = digits_page, to_vector(digits_page["digit_layers"])
    rng = np.random.default_rng(8)
    start = init_layers([64, 32, 10], rng)
    nudge = np.random.default_rng(0)
    start = [nn_core.Layer(W * (1 + 1e-12 * nudge.normal(size=W.shape)), b) for W, b in start]
    *_, last = train(start, page["x_train"], page["y_train"], 1.0, 60, 32, rng)
    elsewhere = to_vector(last.layers)
    assert 0 < np.abs(elsewhere - weights).max() < 1e-9
    np.testing.assert_array_equal(elsewhere.round(3), weights.round(3))


def test_the_digit_network_reads_95_of_100_unseen_digits(digits_page):
    page = digits_page
    p = feedforward(page["digit_layers"], page["x_test"]).p
    assert np.mean(p.argmax(axis=0) == page["y_test"].argmax(axis=0)) >= 0.95


def test_the_stored_figure_carries_this_network_and_shows_test_images_alone(digits_page):
    html = CELLS["draw"].outputs[0].data["text/html"]
    data = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html)[1])["data"]
    for stored, (W, b) in zip(data["layers"], digits_page["digit_layers"], strict=True):
        np.testing.assert_array_equal(np.array(stored["W"]), W.round(3))
        np.testing.assert_array_equal(np.array(stored["b"]), b.ravel().round(3))
    unseen = {tuple(image) for image in (16 * digits_page["x_test"]).T}
    assert data["examples"]
    assert all(tuple(example["x"]) in unseen for example in data["examples"])
