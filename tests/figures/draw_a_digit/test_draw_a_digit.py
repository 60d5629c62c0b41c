"""Draw a digit: Python and JavaScript agree, drawn digits are like real ones."""

import re
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import traitlets
from in_node import ask

import nn_core
from nn_widgets import DrawADigit
from nn_widgets.figures.draw_a_digit.draw_a_digit import MOST, OWN, own_network, pushes
from nn_widgets.figures.draw_a_digit.picture import CELL
from nn_widgets.kit.figure import script_json
from nn_widgets.maths.format import number

RUNNER = Path(__file__).with_name("vectors.mjs")
DIGITS = nn_core.load_digits()
LABELS = DIGITS.y.argmax(axis=0)
DRAWN = 10  # digits of each hand in strokes.mjs


def in_javascript(cases=()):
    """Return what the figure's JavaScript makes of the cases, and of the thirty drawn digits."""
    return ask(RUNNER, list(cases))


@lru_cache
def drawn():
    """Return the counts of the drawn digits, shape (30, 64)."""
    return np.array(in_javascript()["drawn"]).reshape(-1, 64)


def network(seed, hidden=(5, 4)):
    return nn_core.init_layers((64, *hidden, 10), np.random.default_rng(seed))


def score(layers, x, k, measure, activation):
    z = nn_core.feedforward(layers, x, activation).z[-1]
    return (z if measure == "score" else nn_core.log_softmax(z))[k, 0]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("measure", ["score", "log p"])
def test_a_push_is_the_slope_of_what_is_asked_about(measure, activation):
    layers, x = network(3), np.random.default_rng(4).uniform(size=(64, 1))
    trace = nn_core.feedforward(layers, x, activation)
    for k in (0, 7):
        numeric = nn_core.numerical_gradient(
            lambda x, k=k: score(layers, x, k, measure, activation), x
        )
        np.testing.assert_allclose(
            pushes(layers, trace, k, measure), numeric[:, 0], rtol=1e-5, atol=1e-9
        )


def test_the_push_of_log_p_is_training_s_own_backward_pass_with_the_sign_turned():
    layers, x = network(5), np.random.default_rng(6).uniform(size=(64, 1))
    trace = nn_core.feedforward(layers, x)
    y = nn_core.one_hot(np.array([4]), 10)
    dz1 = dict(nn_core.backward_sequence(layers, trace, y))["dz1"]
    got = pushes(layers, trace, 4, "log p")
    np.testing.assert_allclose(got, -(layers[0].W.T @ dz1)[:, 0], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("measure", ["score", "log p"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_javascript_gives_nn_cores_answers_and_pushes(activation, measure):
    rng = np.random.default_rng(7)
    layers, k = network(8, hidden=(6,)), 3
    counts = rng.integers(0, MOST + 1, size=64)
    case = {
        "layers": [{"W": W.tolist(), "b": b[:, 0].tolist()} for W, b in layers],
        "counts": counts.tolist(),
        "activation": activation,
        "k": k,
        "measure": measure,
    }
    got = in_javascript([case])["answers"][0]
    x = counts.reshape(64, 1) / MOST
    trace = nn_core.feedforward(layers, x, activation)
    exact = {"rtol": 1e-12, "atol": 1e-12}
    np.testing.assert_allclose(got["p"], trace.p[:, 0], **exact)
    np.testing.assert_allclose(got["z"], trace.z[-1][:, 0], **exact)
    np.testing.assert_allclose(got["slopes"], pushes(layers, trace, k, measure), **exact)
    assert got["order"] == np.argsort(-trace.p[:, 0]).tolist()
    wiped = np.repeat(x, 64, axis=1)
    np.fill_diagonal(wiped, 0)
    ask = [score(layers, wiped[:, [at]], k, measure, activation) for at in range(64)]
    changes = np.array(ask) - score(layers, x, k, measure, activation)
    np.testing.assert_allclose(got["changes"], changes, **exact)


def test_most_digits_drawn_by_three_hands_are_named_rightly():
    layers, _ = own_network()
    named = nn_core.feedforward(layers, drawn().T / MOST).p.argmax(axis=0)
    right = named == np.tile(np.arange(DRAWN), 3)
    assert right.sum() >= 27, f"{right.sum()} of {right.size}: {named.reshape(3, DRAWN)}"


def statistics(counts):
    """Return ink, columns touched, and spread across and down, of pictures of shape (64, N)."""
    grid = counts.reshape(8, 8, -1)
    places = np.arange(8) + 0.5
    ink = grid.sum(axis=(0, 1))
    spreads = []
    for weights in (grid.sum(axis=0), grid.sum(axis=1)):
        mean = places @ weights / ink
        spreads.append(np.sqrt((weights * (places[:, None] - mean) ** 2).sum(axis=0) / ink))
    return np.array([ink, grid.any(axis=0).sum(axis=0), *spreads])


def test_drawn_digits_have_the_data_sets_ink_extent_and_spread():
    real, own = statistics(DIGITS.x), statistics(drawn().T)
    apart = np.abs(own.mean(axis=1) - real.mean(axis=1)) / real.std(axis=1)
    assert (apart < 0.5).all(), dict(zip(["ink", "columns", "across", "down"], apart, strict=True))
    assert (drawn().reshape(-1, 8, 8).any(axis=2)).all(), "a row of blocks is empty"


def test_the_data_are_as_the_docstring_says():
    grid = DIGITS.x.reshape(8, 8, -1)
    ink, columns, *_ = statistics(DIGITS.x)
    assert round(ink.mean()) == 313
    assert round(100 * np.mean((ink >= 250) & (ink <= 400))) == 98
    assert round(columns.mean(), 1) == 5.9
    assert grid.any(axis=1).all(axis=0).mean() > 0.99
    assert np.sum((grid[0] > 0).argmax(axis=0) == (grid[7] > 0).argmax(axis=0)) == 1471


def test_most_nines_of_the_data_end_in_a_hook_as_the_figure_says():
    low_left = DIGITS.x.reshape(8, 8, -1)[5:, :4, LABELS == 9].sum(axis=(0, 1))
    assert np.mean(low_left >= MOST) > 0.75


def test_the_figures_own_network_is_good_at_digits_that_it_has_not_seen():
    layers, unseen = own_network()
    assert len(unseen) == DIGITS.x.shape[1] - OWN
    p = nn_core.feedforward(layers, DIGITS.x[:, unseen] / MOST).p
    assert np.mean(p.argmax(axis=0) == LABELS[unseen]) > 0.95


def test_the_examples_are_real_digits_right_ones_and_wrong_ones_from_where_they_may_come():
    among = np.arange(300, 900)
    figure = DrawADigit(own_network()[0], among=among)
    allowed = {(int(LABELS[at]), tuple(DIGITS.x[:, at].astype(int))) for at in among}
    assert {(e["label"], tuple(e["x"])) for e in figure.examples} <= allowed
    x = np.array([e["x"] for e in figure.examples]).T / MOST
    labels = np.array([e["label"] for e in figure.examples])
    right = nn_core.feedforward(figure.network(), x).p.argmax(axis=0) == labels
    assert right.tolist() == sorted(right, reverse=True)
    assert 1 <= (~right).sum() <= 4
    assert len(set(labels[right])) == right.sum() == 6


def marked(path):
    """Return the numbers of the blocks that a path's horizontal strokes lie in the middle of."""
    strokes = re.findall(r"M([\d.]+),([\d.]+)h([\d.]+)", path)
    middles = [(float(x) + float(h) / 2, float(y)) for x, y, h in strokes]
    return [int(x // CELL) + 8 * int(y // CELL) for x, y in middles]


@pytest.mark.parametrize(
    "given", [{}, {"example": 7, "chosen": 3}, {"measure": "log p", "example": 8}]
)
def test_the_still_picture_has_the_numbers_and_the_signs_of_nn_core(given):
    figure = DrawADigit(**given)
    pictures, caption = figure.still().split("\n")
    shown = figure.examples[figure.example]
    trace = nn_core.feedforward(figure.network(), np.reshape(shown["x"], (64, 1)) / MOST)
    k = trace.p.argmax() if figure.chosen < 0 else figure.chosen
    slopes = pushes(figure.network(), trace, k, figure.measure)
    drawing = ElementTree.fromstring(pictures)
    texts = [text.text for text in drawing.findall(".//{*}text")]
    assert {number(p) for p in trace.p[:, 0]} <= set(texts)
    least = 0.06 * np.abs(slopes).max()
    plus, minus = [path.get("d") for path in drawing.findall(".//{*}path")]
    assert "v" not in minus
    assert plus.count("v") == plus.count("h")
    assert marked(plus) == np.flatnonzero(slopes >= least).tolist()
    assert marked(minus) == np.flatnonzero(slopes <= -least).tolist()
    names = [svg.get("aria-label") for svg in drawing]
    assert names[0] == "What the network sees"
    assert names[2].endswith(f"the score of {k}" if figure.measure == "score" else f"log p of {k}")
    truth = "right" if trace.p.argmax() == shown["label"] else "wrong"
    assert f"it is {truth}." in caption
    assert f"slope {number(slopes.max())}" in caption
    assert f"slope {number(slopes.min())}" in caption


def test_the_same_figure_gives_the_same_bytes():
    assert DrawADigit().html() == DrawADigit().html()
    assert repr(DrawADigit()) == "DrawADigit()"


def test_the_state_is_plain_json_and_small():
    assert len(script_json(DrawADigit().page())) < 24_000


def test_python_reads_and_sets_the_drawing():
    figure = DrawADigit(strokes=[[0, 0, 255, 255]])
    assert figure.example == -1
    assert figure.strokes == [[0, 0, 255, 255]]
    figure.strokes = []
    assert figure.state()["strokes"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"strokes": [[0, 0]]},
        {"strokes": [[0, 0, 1]]},
        {"strokes": [[0, 0, 1, 256]]},
        {"example": 99},
        {"example": -2},
        {"chosen": 10},
        {"measure": "loss"},
        {"pixel": 64},
        {"layers": nn_core.init_layers((64, 5, 9), np.random.default_rng(0))},
        {"layers": nn_core.init_layers((63, 10), np.random.default_rng(0))},
        {"layers": []},
        {"activation": "softplus"},
        {"activation": "relu"},
        {"among": [0, 1, 2]},
    ],
)
def test_a_wrong_value_is_refused_by_name(wrong):
    with pytest.raises(traitlets.TraitError, match=next(iter(wrong))):
        DrawADigit(**wrong)
