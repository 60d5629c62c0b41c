"""Price of a prediction: its state, its price, and its still picture."""

import math
import re
from xml.etree import ElementTree

import numpy as np
import pytest
import traitlets

from nn_core import feedforward, load_example
from nn_widgets import PriceOfAPrediction
from nn_widgets.format import number


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


def test_the_still_picture_rings_this_prediction_on_the_curve():
    path = svg_of(figure := PriceOfAPrediction()).findall(".//{http://www.w3.org/2000/svg}path")[1]
    points = [[float(v) for v in pair.split(",")] for pair in path.get("d")[1:].split("L")]
    [(x, y, _)] = [c for c in circles(figure) if c[2] == 8]
    nearest = min(math.hypot(x - px, y - py) for px, py in points)
    assert nearest < 4  # between two of the curve's points
    # The ends of the axes are at p = 0 and 1, price 0 and 7: read the ring's place back.
    (left, _), (right, bottom) = points[-1], points[0]
    top = points[-1][1]
    p = 1 - (right - x) / (right - left) * (1 - math.exp(-7))
    assert p == pytest.approx(figure.p[figure.truth], abs=0.002)
    assert 7 * (bottom - y) / (bottom - top) == pytest.approx(figure.price, abs=0.02)


def test_a_prediction_without_a_finite_price_is_not_on_the_still_curve():
    assert not [c for c in circles(PriceOfAPrediction(p=[0, 1, 0], truth=0)) if c[2] == 8]


def test_the_still_picture_says_its_numbers_and_keeps_its_words_apart():
    figure = PriceOfAPrediction(p=[0.8, 0.1, 0.1], truth=1)
    still = figure.still()
    assert f"pays −log 0.100 = {number(figure.price)} nats" in still
    rows = re.findall(r'<th scope="row">(\w+)</th>(.*?)</tr>', still)
    cells = [re.findall(r"<td>(.*?)</td>", row) for _, row in rows]
    assert cells == [["0", "0.800", "0"], ["1", "0.100", "2.303"], ["0", "0.100", "0"]]
