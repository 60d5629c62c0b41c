"""Price of a prediction: its state, its price, and its still picture."""

import math
import re
from xml.etree import ElementTree

import numpy as np
import pytest
import traitlets

from nn_core import feedforward, load_example
from nn_widgets import PriceOfAPrediction
from nn_widgets.maths.format import number


def test_it_begins_with_the_prediction_for_the_books_bird():
    layers, x, y = load_example()
    figure = PriceOfAPrediction()
    np.testing.assert_array_equal(figure.p, feedforward(layers, x).p[:, 0])
    assert figure.truth == y.argmax()
    assert figure.price == pytest.approx(-math.log(figure.p[2]))


@pytest.mark.parametrize(
    ("p", "truth", "price"),
    [([0.8, 0.1, 0.1], 0, 0.223), ([0.8, 0.1, 0.1], 1, 2.303), ([1, 0, 0], 0, 0)],
)
def test_the_price_is_the_worked_one(p, truth, price):
    assert round(PriceOfAPrediction(p=p, truth=truth).price, 3) == price


def test_sure_and_wrong_has_no_finite_price_and_stays_plain_json():
    figure = PriceOfAPrediction(p=[0, 1, 0], truth=0)
    assert figure.price == math.inf
    assert "Infinity" not in figure.html()
    assert "∞ nats" in figure.still()


@pytest.mark.parametrize(
    "p", [[0.5, 0.6, 0], [1.5, -0.5, 0], [0.5, 0.5], [math.nan, 0.5, 0.5], [math.inf, 0, 0]]
)
def test_what_is_no_prediction_is_refused_by_name(p):
    with pytest.raises(traitlets.TraitError, match=r"\bp\b|'p'"):
        PriceOfAPrediction(p=p)


@pytest.mark.parametrize("truth", [-1, 3])
def test_a_truth_that_is_no_class_is_refused(truth):
    with pytest.raises(traitlets.TraitError, match="truth"):
        PriceOfAPrediction(truth=truth)


def svg_of(figure):
    return ElementTree.fromstring(re.search(r"<svg.*?</svg>", figure.still(), re.DOTALL)[0])


def circles(figure):
    found = svg_of(figure).iter("{http://www.w3.org/2000/svg}circle")
    return [(float(c.get("cx")), float(c.get("cy")), float(c.get("r"))) for c in found]


def tick(figure, words):
    """Return the place of an axis's number."""
    texts = svg_of(figure).iter("{http://www.w3.org/2000/svg}text")
    [found] = [t for t in texts if t.text == words and float(t.get("y", 0)) > 20][-1:]
    return float(found.get("x")), float(found.get("y"))


def test_the_still_picture_rings_this_prediction_at_its_place_between_the_axes_numbers():
    figure = PriceOfAPrediction()
    [(x, y, _)] = [c for c in circles(figure) if c[2] == 8]
    left, right = tick(figure, "0.500")[0], tick(figure, "1")[0]
    assert 0.5 + 0.5 * (x - left) / (right - left) == pytest.approx(figure.p[2], abs=0.002)
    two, six = tick(figure, "2")[1] - 4, tick(figure, "6")[1] - 4
    assert 2 + 4 * (two - y) / (two - six) == pytest.approx(figure.price, abs=0.02)


def test_the_still_curve_runs_through_its_marked_prices():
    figure = PriceOfAPrediction()
    path = svg_of(figure).findall(".//{http://www.w3.org/2000/svg}path")[1]
    points = [[float(v) for v in pair.split(",")] for pair in path.get("d")[1:].split("L")]
    assert len(circles(figure)) == 5
    for x, y, _ in circles(figure):
        assert min(math.hypot(x - px, y - py) for px, py in points) < 8


def test_a_prediction_without_a_finite_price_is_not_on_the_still_curve():
    assert not [c for c in circles(PriceOfAPrediction(p=[0, 1, 0], truth=0)) if c[2] == 8]


def test_the_still_picture_says_its_numbers_and_keeps_its_words_apart():
    figure = PriceOfAPrediction(p=[0.8, 0.1, 0.1], truth=1)
    still = figure.still()
    assert "The bird is a Chinstrap." in still
    assert "The bird is an Adelie." in PriceOfAPrediction(truth=0).still()
    assert f"pays −log 0.100 = {number(figure.price)} nats" in still
    rows = re.findall(r'<th scope="row">(\w+)</th>(.*?)</tr>', still)
    cells = [re.findall(r"<td>(.*?)</td>", row) for _, row in rows]
    assert cells == [["0", "0.800", "0"], ["1", "0.100", "2.303"], ["0", "0.100", "0"]]
