"""One knob shows nn_core's numbers, in both languages, and refuses a state that it cannot show."""

import re
from pathlib import Path

import numpy as np
import pytest
import traitlets
from in_node import ask
from penguin_loss import data, loss_at

import nn_core
from nn_widgets import OneKnob
from nn_widgets.maths import penguins
from nn_widgets.maths.format import number

RUNNER = Path(__file__).with_name("vectors.mjs")
CASES = [
    {},
    {"turned": {"25": 1.2}},
    {"knob": 3, "turned": {"3": -4.5, "25": 0.1, "0": 2.0}},
    {"network": "trained", "knob": 9, "turned": {"9": 0.0}},
    {"network": "trained", "knob": 21},
]
every_case = pytest.mark.parametrize("case", range(len(CASES)))
COMPLAINTS = [
    {"knob": 26},
    {"knob": 1.5},
    {"knob": "3"},
    {"network": "best"},
    {"turned": {"25": 5.5}},
    {"turned": {"25": "1"}},
    {"turned": {"26": 1}},
    {"turned": {"b": 1}},
    {"turned": None},
    {"turned": [1]},
]


@pytest.fixture(scope="module")
def answer():
    """Return what the figure's JavaScript makes of the cases and of the bad states."""
    return ask(RUNNER, {"pages": [OneKnob(**c).page() for c in CASES], "complaints": COMPLAINTS})


@pytest.fixture
def shown(answer, case):
    """Return what the figure shows in one case."""
    return answer["shown"][case]


def parameters(case):
    """Return a case's 26 parameters and the knob, without asking the figure."""
    given = CASES[case]
    vector = nn_core.to_vector(penguins.networks()[given.get("network", "start")])
    for k, value in given.get("turned", {}).items():
        vector[int(k)] = value
    return vector, given.get("knob", 25)


def bird_by_bird(vector):
    x, y = data()
    p = nn_core.feedforward(nn_core.from_vector(vector, [2, 3, 2, 3]), x).p
    return -np.log((p * y).sum(axis=0)), p.argmax(axis=0) == y.argmax(axis=0)


@every_case
def test_each_bird_pays_what_nn_core_says(case, shown):
    losses, right = bird_by_bird(parameters(case)[0])
    np.testing.assert_allclose(shown["losses"], losses, rtol=1e-10, atol=1e-12)
    assert shown["right"] == right.tolist()


@every_case
def test_the_averages_are_those_of_the_species_and_of_all(case, shown):
    vector, _ = parameters(case)
    losses, _ = bird_by_bird(vector)
    species = data()[1].argmax(axis=0)
    expected = [losses[species == kind].mean() for kind in range(3)]
    np.testing.assert_allclose(shown["averages"], [*expected, loss_at(vector)], rtol=1e-12)


@every_case
def test_the_tangent_has_the_slope_of_the_curve(case, shown):
    vector, knob = parameters(case)
    turn = 1e-5 * np.eye(26)[knob]
    numeric = (loss_at(vector + turn) - loss_at(vector - turn)) / 2e-5
    assert shown["slope"] == pytest.approx(numeric, rel=1e-6, abs=1e-9)


@every_case
def test_the_curve_is_the_loss_with_this_one_parameter_moved(case, shown):
    vector, knob = parameters(case)
    assert shown["range"][1] - shown["range"][0] == 12
    np.testing.assert_allclose(shown["values"], np.linspace(*shown["range"], 121))
    for value, along in list(zip(shown["values"], shown["curve"], strict=True))[::15]:
        moved = np.where(np.arange(26) == knob, value, vector)
        assert along[-1] == pytest.approx(loss_at(moved), rel=1e-12)


@every_case
def test_python_draws_the_same_curve(case, shown):
    values, along = OneKnob(**CASES[case]).curve()
    np.testing.assert_allclose(values, shown["values"], atol=1e-12)
    np.testing.assert_allclose(along, shown["curve"], rtol=1e-11)


@every_case
def test_the_lowest_point_is_the_lowest(case, shown):
    vector, knob = parameters(case)
    low, high = shown["range"]
    tried = np.arange(low * 100, high * 100 + 1) / 100
    losses = [loss_at(np.where(np.arange(26) == knob, value, vector)) for value in tried]
    assert shown["lowest"] == pytest.approx(tried[np.argmin(losses)], abs=1e-9)


@every_case
def test_who_pays_less_and_who_pays_more_is_counted_bird_by_bird(case, shown):
    vector, _ = parameters(case)
    first = nn_core.to_vector(penguins.networks()[CASES[case].get("network", "start")])
    now, before = bird_by_bird(vector)[0], bird_by_bird(first)[0]
    if CASES[case].get("turned"):
        assert shown["who"] == [(now < before).sum(), (now > before).sum(), 0]
    else:
        assert shown["who"] == [0, 0, 342]


def test_the_chapters_turn_favours_the_gentoos_alone(answer):
    assert answer["shown"][1]["who"] == [123, 219, 0]


def test_both_languages_name_the_knobs_alike_and_in_the_order_of_the_vector(answer):
    layers = nn_core.load_example().layers
    names = penguins.parameter_names(layers)
    assert answer["shown"][0]["names"] == names
    marked = [nn_core.Layer(layer.W, np.full_like(layer.b, 100.0)) for layer in layers]
    biases = np.flatnonzero(nn_core.to_vector(marked) == 100)
    assert [names[k] for k in biases] == [name for name in names if name.startswith("b")]
    assert (names[0], names[1], names[25]) == ("W¹₁₁", "W¹₁₂", "b³₃")


def test_a_state_that_cannot_be_shown_gets_a_sentence(answer):
    for change, said in zip(COMPLAINTS, answer["complaints"], strict=True):
        assert re.fullmatch(r"(knob|network|turned) must be .*\.", said), (change, said)


@pytest.mark.parametrize(
    "given",
    [
        {"knob": 26},
        {"network": "best"},
        {"turned": {"26": 1.0}},
        {"turned": {"25": 5.5}},
        {"turned": {"25": float("nan")}},
        {"turned": {"25": "far"}},
    ],
)
def test_python_refuses_what_there_is_not(given):
    with pytest.raises(traitlets.TraitError):
        OneKnob(**given)


def test_a_knob_of_the_trained_network_may_stand_where_one_of_the_first_may_not():
    assert OneKnob(network="trained", knob=21, turned={"21": 12.0}).vector()[21] == 12
    with pytest.raises(traitlets.TraitError, match="between -5 and 7"):
        OneKnob(knob=21, turned={"21": 12.0})


@every_case
def test_the_still_picture_shows_every_bird_and_the_loss(case):
    vector, _ = parameters(case)
    still = OneKnob(**CASES[case]).still()
    assert f"the average loss is {number(loss_at(vector))}." in still
    marks = re.findall(r'<path d="(M[^"]*z)"', still)
    assert sum(path.count("z") for path in marks) == 342


def test_the_html_is_the_same_every_time():
    assert OneKnob().html() == OneKnob().html()
    assert repr(OneKnob()) == "OneKnob()"
