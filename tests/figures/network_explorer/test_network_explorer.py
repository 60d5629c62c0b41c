"""Network explorer: its still picture."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from nn_core import feedforward, load_example
from nn_widgets import NetworkExplorer
from nn_widgets.maths.format import number

LAYERS, X, _ = load_example()


def drawn(figure):
    """Return the drawing of a figure's still picture."""
    return ElementTree.fromstring(re.search(r"<svg.*</svg>", figure.still())[0])


def words(drawing):
    return [text.text for text in drawing.findall(".//{*}text")]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_every_number_of_nn_core_stands_in_the_picture(activation):
    trace = feedforward(LAYERS, X, activation)
    found = words(drawn(NetworkExplorer(activation=activation)))
    values = [number(v) for h in (*trace.h, trace.p) for v in h[:, 0]]
    notes = [f"z {number(v)}" for z in trace.z for v in z[:, 0]]
    weights = [number(v) for W, _ in LAYERS for v in W.ravel()]
    titles = ["x", "h¹", "h²", "p", "bill length", "bill depth", "Adelie", "Chinstrap", "Gentoo"]
    assert sorted(found) == sorted(values + notes + weights + titles)


def test_a_weight_is_drawn_as_an_edge_between_its_neurons_dashed_if_negative():
    drawing = drawn(NetworkExplorer())
    circles = [(float(c.get("cx")), float(c.get("cy"))) for c in drawing.findall(".//{*}circle")]
    columns = np.split(np.array(circles), np.cumsum([2, 3, 2]))
    paths = iter(drawing.findall(".//{*}path"))
    for (W, _), before, after in zip(LAYERS, columns, columns[1:], strict=False):
        for j, k in np.ndindex(W.shape):
            path = next(paths)
            ends = [float(v) for v in re.findall(r"[\d.]+", path.get("d"))]
            assert ends == pytest.approx([*before[k], *after[j]], abs=0.1)
            assert (path.get("stroke-dasharray") is not None) == (W[j, k] < 0)
    assert next(paths, None) is None


def test_the_picture_is_named_by_what_it_shows():
    figure = NetworkExplorer()
    name = drawn(figure).get("aria-label")
    p = feedforward(LAYERS, X).p[:, 0]
    assert name.endswith(f"Most probable: Adelie, p = {number(p.max())}.")
    assert f"<p>{name}</p>" in figure.still()


def test_an_input_that_is_not_given_is_0():
    assert NetworkExplorer(x=[0.5]).still() == NetworkExplorer(x=[0.5, 0]).still()
