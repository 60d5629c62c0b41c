"""Loss slices: Python and JavaScript cut the same planes, and the twins are twins."""

import re
from pathlib import Path

import numpy as np
import pytest
import traitlets
from in_node import ask
from penguin_loss import data, loss_at

import nn_core
from nn_widgets import LossSlices
from nn_widgets.figures.loss_slices.loss_slices import right_angled
from nn_widgets.maths import penguins
from nn_widgets.maths.chance import normal, uniform_numbers
from nn_widgets.maths.format import number

RUNNER = Path(__file__).with_name("vectors.mjs")
CASES = [
    {"plane": "pair"},
    {"plane": "pair", "network": "start", "pair": [25, 0], "place": [1.5, -2.0]},
    {"plane": "random", "seed": 7},
    {"plane": "random", "seed": 0, "network": "start", "place": [-3.0, 9.0]},
    {"plane": "twins"},
    {"plane": "twins", "network": "start"},
]
every_case = pytest.mark.parametrize("case", range(len(CASES)))
SHARES = np.random.default_rng(3).uniform(size=(6, 2)).tolist()
COMPLAINTS = [
    {"plane": "curve"},
    {"network": "best"},
    {"pair": [3, 3]},
    {"pair": [3, 26]},
    {"seed": -1},
    {"seed": 1.5},
    {"place": [1]},
    {"place": [1, None]},
    {"view": "north"},
]


@pytest.fixture(scope="module")
def answer():
    """Return what the figure's JavaScript makes of the cases and of the bad states."""
    pages = [LossSlices(**case).page() for case in CASES]
    return ask(RUNNER, {"pages": pages, "shares": SHARES, "complaints": COMPLAINTS})


@pytest.fixture
def shown(answer, case):
    """Return what JavaScript computes in one case."""
    return answer["shown"][case]


def first_vector(case):
    return nn_core.to_vector(penguins.networks()[CASES[case].get("network", "trained")])


@every_case
def test_both_languages_cut_the_same_plane(case, shown):
    cut = LossSlices(**CASES[case]).cut()
    np.testing.assert_allclose(shown["axes"], cut.axes, atol=1e-12)
    assert shown["domain"] == cut.domain
    assert tuple(shown["names"]) == cut.names
    np.testing.assert_allclose(shown["home"], cut.home)
    np.testing.assert_allclose(shown["probe"], cut.probe, atol=1e-9)
    losses = [cut.loss(place) for place in shown["places"]]
    np.testing.assert_allclose(shown["losses"], losses, rtol=1e-10)


@every_case
def test_the_loss_of_a_place_is_the_loss_of_its_parameters(case, shown):
    """The plane is rebuilt here from the network alone, its axes and its home."""
    first, axes = first_vector(case), np.array(shown["axes"])
    for place, loss in zip(shown["places"], shown["losses"], strict=True):
        vector = first + (np.array(place) - shown["home"]) @ axes
        assert loss == pytest.approx(loss_at(vector), rel=1e-9)


@every_case
def test_the_axes_have_length_one_and_stand_at_a_right_angle(case, shown):
    axes = np.array(shown["axes"])
    np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=1e-12)


@every_case
def test_the_network_lies_on_the_plane_where_it_is_marked(case, shown):
    np.testing.assert_allclose(shown["vectors"][0], first_vector(case), atol=1e-9)


@pytest.mark.parametrize("case", [4, 5])
def test_the_marked_twins_are_the_network_with_its_neurons_in_another_order(case, shown):
    layers = nn_core.from_vector(first_vector(case), [2, 3, 2, 3])
    p = nn_core.feedforward(layers, data()[0]).p
    (W1, b1), (W2, _), (W3, b3) = layers
    for vector in shown["vectors"][1:]:
        (V1, c1), (V2, _), (V3, c3) = nn_core.from_vector(np.array(vector), [2, 3, 2, 3])
        assert not np.allclose(V1, W1)
        order = [int(np.abs(W1 - row).sum(axis=1).argmin()) for row in V1]
        assert sorted(order) == [0, 1, 2]
        np.testing.assert_allclose(V1, W1[order], atol=1e-5)
        np.testing.assert_allclose(c1, b1[order], atol=1e-5)
        np.testing.assert_allclose(V2, W2[:, order], atol=1e-5)
        np.testing.assert_allclose(np.r_[V3.ravel(), c3.ravel()], np.r_[W3.ravel(), b3.ravel()])
        twin = nn_core.from_vector(np.array(vector), [2, 3, 2, 3])
        np.testing.assert_allclose(nn_core.feedforward(twin, data()[0]).p, p, atol=1e-4)


@every_case
def test_reordering_rows_and_columns_leaves_the_loss(case, shown):
    vector = np.array(shown["reordered"])
    assert not np.allclose(vector, first_vector(case))
    assert loss_at(vector) == pytest.approx(loss_at(first_vector(case)), abs=1e-12)


@every_case
def test_the_chord_compares_its_middle_with_the_average_of_its_ends(case, shown):
    cut, place = LossSlices(**CASES[case]).cut(), LossSlices(**CASES[case]).place
    first = first_vector(case)
    end = first + (np.array(place) - cut.home) @ cut.axes
    losses = [loss_at(first), loss_at((first + end) / 2), loss_at(end)]
    chord = shown["chord"]
    found = [chord["start"], chord["middle"], chord["end"]]
    np.testing.assert_allclose(found, losses, rtol=1e-9)
    assert chord["average"] == pytest.approx((losses[0] + losses[2]) / 2)
    assert chord["disproves"] == (losses[1] > (losses[0] + losses[2]) / 2)
    assert [one["share"] for one in shown["along"]] == [0, 0.25, 0.5, 0.75, 1]
    assert [one["loss"] for one in shown["along"]][::2] == pytest.approx(losses, rel=1e-9)


def test_the_trained_twins_disprove_convexity_and_the_first_ones_do_not(answer):
    trained, first = answer["shown"][4]["chord"], answer["shown"][5]["chord"]
    assert trained["disproves"]
    assert trained["middle"] > 10 * trained["average"]
    assert not first["disproves"]


def test_other_seeds_give_other_directions():
    one, other = (LossSlices("random", seed=seed).cut().axes for seed in (1, 2))
    assert abs(one @ other.T).max() < 0.8


def test_random_numbers_are_even_and_standard_normal_ones_have_mean_0_and_spread_1():
    uniform = uniform_numbers(5)
    drawn = np.array([next(uniform) for _ in range(4000)])
    assert drawn.min() >= 0
    assert drawn.max() < 1
    counts, _ = np.histogram(drawn, bins=10, range=(0, 1))
    assert counts.min() > 320
    assert counts.max() < 480
    normals = [normal(uniform) for _ in range(4000)]
    assert abs(np.mean(normals)) < 0.05
    assert abs(np.std(normals) - 1) < 0.05


def test_right_angled_keeps_the_plane_of_its_two_directions():
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(2, 26))
    axes = right_angled(a, b)
    np.testing.assert_allclose(axes.T @ (axes @ b), b, atol=1e-12)
    np.testing.assert_allclose(axes[1] @ a, 0, atol=1e-12)


def test_a_state_that_cannot_be_shown_gets_a_sentence(answer):
    for change, said in zip(COMPLAINTS, answer["complaints"], strict=True):
        assert re.fullmatch(rf"{next(iter(change))} must be .*\.", said), (change, said)


@pytest.mark.parametrize(
    "given", [{"plane": "x"}, {"pair": [3, 3]}, {"seed": -1}, {"network": "x"}, {"place": [1]}]
)
def test_python_refuses_what_there_is_not(given):
    with pytest.raises(traitlets.TraitError):
        LossSlices(**given)


@every_case
def test_the_still_picture_tells_ends_and_middle(case, shown):
    still = LossSlices(**CASES[case]).still()
    chord = shown["chord"]
    assert f"Loss {number(chord['start'])} at the network, {number(chord['end'])} at" in still
    assert f"{number(chord['middle'])} half way" in still
    assert (": more than" in still) == chord["disproves"]


def test_the_html_is_the_same_every_time():
    assert LossSlices("twins").html() == LossSlices("twins").html()
    assert repr(LossSlices()) == "LossSlices()"
