"""Hill descent: Python and JavaScript walk on the same ground, and the still picture tells it."""

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import traitlets
from in_node import ask

import nn_core
from nn_widgets import HillDescent
from nn_widgets.figures.hill_descent import surface as grounds
from nn_widgets.kit.figure import script_json

RUNNER = Path(__file__).with_name("vectors.mjs")
EVERY = list(grounds.SURFACES)


def in_javascript(figure, places, steps=25):
    """Return loss and gradient at the places, and a walk, as the figure's JavaScript has them."""
    return ask(RUNNER, {"page": figure.page(), "places": places, "steps": steps})


def test_a_walk_that_runs_away_ends_at_the_same_step_in_javascript():
    figure = HillDescent("valleys", alpha=1)
    walked = grounds.walk(figure.ground(), figure.start, figure.alpha, 25)
    assert len(walked) < 26
    np.testing.assert_allclose(in_javascript(figure, [])["points"], walked, rtol=1e-9)


@pytest.mark.parametrize("held", ["trained", "start"])
@pytest.mark.parametrize("surface", EVERY)
def test_javascript_has_the_same_ground_and_the_same_walk(surface, held):
    figure = HillDescent(surface, held=held, pair=[5, 17])
    rng = np.random.default_rng(4)
    ground = figure.ground()
    places = [[rng.uniform(*span) for span in ground.domain] for _ in range(8)]
    got = in_javascript(figure, places)
    np.testing.assert_allclose(got["losses"], [ground.loss(w) for w in places], rtol=1e-12)
    slopes = [ground.gradient(w) for w in places]
    np.testing.assert_allclose(got["gradients"], slopes, rtol=1e-11, atol=1e-13)
    walked = grounds.walk(ground, figure.start, figure.alpha, 25)
    np.testing.assert_allclose(got["points"], walked, rtol=1e-9, atol=1e-12)
    assert got["domain"] == ground.domain
    assert got["names"] == list(ground.names)
    np.testing.assert_allclose(got["start"], figure.start, rtol=1e-12)


@pytest.mark.parametrize("surface", EVERY)
def test_the_gradient_is_the_slope_of_the_loss(surface):
    ground = HillDescent(surface).ground()
    w = np.array([0.3, -0.8])
    numeric = nn_core.numerical_gradient(lambda v: ground.loss(v), w)
    np.testing.assert_allclose(ground.gradient(w), numeric, rtol=1e-5, atol=1e-8)


def test_the_penguins_loss_moves_the_two_parameters_and_no_others():
    layers = grounds.networks()["trained"]
    x, y = grounds.birds()
    ground = grounds.penguin_ground([2, 25], "trained")
    layers = [nn_core.Layer(layer.W.copy(), layer.b.copy()) for layer in layers]
    layers[0].W[1, 0] = 0.25
    layers[2].b[2, 0] = -4.0
    assert ground.loss([0.25, -4.0]) == pytest.approx(nn_core.loss(layers, x, y), abs=1e-14)
    assert ground.names == ("W¹₂₁", "b³₃")


def test_the_trained_network_is_better_than_the_books_first_one():
    x, y = grounds.birds()
    first, trained = (nn_core.loss(grounds.networks()[n], x, y) for n in ("start", "trained"))
    assert trained < 0.1 < first


def test_the_ravines_threshold_is_two_over_its_largest_curvature():
    terms = {(i, j): c for c, i, j in grounds.SURFACES["ravine"]["terms"]}
    hessian = [[2 * terms[2, 0], terms[1, 1]], [terms[1, 1], 2 * terms[0, 2]]]
    np.testing.assert_allclose(np.linalg.eigvalsh(hessian), [0.5, 10])
    far = [np.abs(HillDescent("ravine", alpha=a, steps=200).walk()[-1]).max() for a in (0.19, 0.21)]
    assert far[0] < 0.1 < 1e3 < far[1]


@pytest.mark.parametrize("surface", EVERY)
def test_the_still_picture_is_whole_and_says_what_it_shows(surface):
    figure = HillDescent(surface, steps=5)
    svg, caption = figure.still().split("\n")
    drawn = ElementTree.fromstring(svg)
    walk = drawn.findall(".//{*}path[@stroke-width='2']")[0].get("d")
    assert len(re.findall(r"[ML]", walk)) == 6
    assert drawn.get("aria-label") in caption
    assert "5 steps take the loss from" in caption
    ground, places = figure.ground(), figure.walk()
    assert f"{ground.loss(places[-1]):.3f}".replace("-", "−") in caption
    assert not re.search(r"nan|inf", svg)


def test_a_walk_that_runs_away_still_gives_a_picture():
    assert "∞" not in HillDescent("bowl", alpha=50, steps=500).still().split("</svg>")[0]


def test_the_same_figure_gives_the_same_bytes():
    assert HillDescent("penguins", steps=3).html() == HillDescent("penguins", steps=3).html()
    assert repr(HillDescent()) == "HillDescent()"


def test_the_state_is_plain_json_and_small():
    assert len(script_json(HillDescent("penguins").page())) < 12_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"surface": "hole"},
        {"surface": ["bowl"]},
        {"alpha": "steep"},
        {"alpha": 0},
        {"alpha": -0.1},
        {"alpha": float("nan")},
        {"alpha_b": 2000},
        {"pair": [3, 3]},
        {"pair": [0, 26]},
        {"steps": -1},
        {"steps": 501},
        {"start": [1.0]},
        {"held": "nobody"},
    ],
)
def test_a_wrong_value_is_refused_by_name(wrong):
    with pytest.raises(traitlets.TraitError, match=next(iter(wrong))):
        HillDescent(**wrong)
