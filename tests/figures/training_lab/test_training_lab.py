"""Training lab: the page trains as nn_core does, and every preset does what its reason says."""

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import traitlets
from in_node import ask
from matplotlib.path import Path as Path2D

import nn_core
from nn_widgets import TrainingLab
from nn_widgets.figures.training_lab import training as lab
from nn_widgets.figures.training_lab.picture import SIDE
from nn_widgets.kit.figure import script_json
from nn_widgets.maths.chance import uniform_numbers

RUNNER = Path(__file__).with_name("vectors.mjs")
X, Y = lab.birds()


def in_javascript(figure, at):
    """Return what the page has after each number of updates in `at`."""
    return ask(RUNNER, {"page": figure.page(), "at": at})


def seen(preset, *at):
    """Return what the page has at those moments of a preset."""
    return in_javascript(TrainingLab(preset), at)["at"]


def flat(layers):
    return np.concatenate([np.r_[np.ravel(la["W"]), np.ravel(la["b"])] for la in layers])


# ------------------------------------------------------------------ the same training twice


CHOICES = [
    {},
    {"start": "random", "seed": 7, "hidden": [4, 3, 2], "activation": "tanh"},
    {"start": "random", "batch_size": 8, "alpha": 0.3, "seed": 3},
    {"start": "random", "batch_size": 32, "activation": "relu", "alpha": 0.05, "hold_out": True},
    {"start": "random", "batch_size": 1, "alpha": 0.1, "hidden": [], "seed": 999},
    {"start": "equal", "hidden": [3], "hold_out": True, "seed": 12},
    {"start": "large", "hidden": [3, 2], "seed": 4},
]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
@pytest.mark.parametrize("updates", [0, 50])
def test_the_page_trains_as_nn_core_does(choice, updates):
    figure = TrainingLab(**choice)
    page = in_javascript(figure, [updates])
    run = lab.train(figure.choice(), updates)
    assert page["parts"]["learn"] == np.flatnonzero(run.learn).tolist()
    got = page["at"][0]
    want = nn_core.to_vector(run.layers)
    np.testing.assert_allclose(flat(got["layers"]), want, rtol=1e-9, atol=1e-11)
    x, y = X[:, run.learn], Y[:, run.learn]
    loss = nn_core.loss(run.layers, x, y, figure.activation)
    assert got["loss"] == pytest.approx(loss, rel=1e-9)
    trace = nn_core.feedforward(run.layers, x, figure.activation)
    norms = [
        np.sqrt((g.W**2).sum() + (g.b**2).sum()) for g in nn_core.backprop(run.layers, trace, y)
    ]
    np.testing.assert_allclose(got["norms"], norms, rtol=1e-6, atol=1e-15)
    answers = nn_core.feedforward(run.layers, X, figure.activation).p.argmax(axis=0)
    assert got["answers"] == answers.tolist()


def test_whole_epochs_are_those_of_nn_cores_train_in_the_pages_order():
    figure = TrainingLab(start="random", batch_size=32, alpha=0.2, seed=5)
    layers, rng = lab.start_layers(figure.choice()), lab.Shuffler(5)
    *_, last = nn_core.train(layers, X, Y, 0.2, 3, batch_size=32, rng=rng)
    page = in_javascript(figure, [33])
    assert page["perEpoch"] == 11
    np.testing.assert_allclose(
        flat(page["at"][0]["layers"]), nn_core.to_vector(last.layers), rtol=1e-9
    )


def test_python_draws_what_the_page_draws():
    # The first numbers that mulberry32 is known to give for the seeds 0 and 1.
    assert next(uniform_numbers(0)) == pytest.approx(0.26642920868471265)
    assert next(uniform_numbers(1)) == pytest.approx(0.6270739405881613)


def test_held_out_birds_are_a_fifth_drawn_by_the_seed_and_never_learned_from():
    masks = [lab.learned_from({"hold_out": True, "seed": seed}) for seed in (1, 1, 2)]
    assert [(~mask).sum() for mask in masks] == [68, 68, 68]
    assert (masks[0] == masks[1]).all()
    assert (masks[0] != masks[2]).any()


def test_guessing_costs_the_entropy_of_the_shares():
    share = Y.mean(axis=1)
    price = in_javascript(TrainingLab(), [0])["guessing"]
    assert price == pytest.approx(-(share * np.log(share)).sum(), rel=1e-12)


# ------------------------------------------------------------ what the presets' reasons claim


def accuracy(moment):
    return np.mean(np.array(moment["answers"]) == Y.argmax(axis=0))


@pytest.mark.parametrize("name", [name for name, about in lab.PRESETS.items() if about["works"]])
def test_a_preset_that_works_gets_96_percent_of_the_birds_right(name):
    (end,) = seen(name, lab.PRESETS[name]["shown"])
    assert accuracy(end) > 0.96
    assert end["loss"] < 0.1
    assert end["kind"] in {"settled", "trembling", "learning"}


def test_the_books_network_lowers_the_loss_with_each_of_its_first_updates():
    losses = [entry["loss"] for entry in seen("book", 300)[0]["entries"]]
    assert len(losses) == 301
    assert (np.diff(losses) < 0).all()


def test_birds_left_wrong_by_the_books_network_have_neighbours_of_another_species():
    (end,) = seen("book", 2000)
    species = Y.argmax(axis=0)
    wrong = np.flatnonzero(np.array(end["answers"]) != species)
    assert len(wrong) == 9
    for bird in wrong:
        near = np.argsort(((X - X[:, [bird]]) ** 2).sum(axis=0))[1:6]
        assert (species[near] != species[bird]).sum() >= 2


def test_with_batches_of_8_an_epoch_is_43_updates_and_gets_further():
    assert in_javascript(TrainingLab("batches"), [0])["perEpoch"] == 43
    rough, exact = seen("batches", 20 * 43)[0], seen("book", 20)[0]
    assert rough["loss"] < 0.15 * exact["loss"]
    losses = [entry["loss"] for entry in seen("batches", 390)[0]["entries"]]
    assert 20 < (np.diff(losses) > 0).sum() < 200  # it trembles


def test_tanh_in_one_layer_gives_layer_1_a_larger_gradient_than_two_sigmoid_layers():
    assert seen("tanh", 0)[0]["norms"][0] > 5 * seen("book", 0)[0]["norms"][0]
    assert nn_core.dtanh(0.0) == 1
    assert nn_core.dsigmoid(0.0) == 0.25


def test_without_a_hidden_layer_the_borders_are_straight():
    run = lab.train(TrainingLab("straight").choice(), 1000)
    at = lambda points: nn_core.feedforward(run.layers, points).z[-1]  # noqa: E731
    ends = np.array([[-2.0, 2.5], [1.0, -2.0]])
    middle = ends.mean(axis=1, keepdims=True)
    np.testing.assert_allclose(at(middle)[:, 0], at(ends).mean(axis=1), rtol=1e-12)


def test_a_far_too_large_alpha_saturates_layer_2_and_leaves_the_output_jumping():
    start, first, *later = seen("alpha-large", 0, 1, 3, 200)
    assert first["loss"] > 10 * start["loss"]
    for moment in later:
        assert moment["hidden"][1]["flat"] > 0.99
        assert max(moment["norms"][:2]) < 1e-8 < 0.5 < moment["norms"][2]
        assert moment["kind"] in {"raised", "lowered", "oscillating"}
    assert later[-1]["kind"] == "oscillating"
    often = [np.bincount(m["answers"]).argmax() for m in seen("alpha-large", *range(100, 140))]
    assert set(often) == {0, 1, 2}


def test_a_far_too_small_alpha_goes_in_2000_updates_about_as_far_as_alpha_1_in_two():
    start, end = seen("alpha-small", 0, 2000)
    assert start["norms"] == seen("book", 0)[0]["norms"]
    after = [moment["loss"] for moment in seen("book", 1, 2, 3)]
    assert after[2] < end["loss"] < after[0]
    assert end["kind"] == "crawling"
    np.testing.assert_allclose(
        TrainingLab("alpha-small").alpha * 2000, TrainingLab("book").alpha * 2
    )


def test_equal_weights_stay_twins_to_the_last_bit_and_cost_more():
    (end,) = seen("twins", 2000)
    for layer in end["layers"][:-1]:
        assert all(row == layer["W"][0] for row in layer["W"])
        assert all(b == layer["b"][0] for b in layer["b"])
    assert end["layers"][2]["W"][0] != end["layers"][2]["W"][1]
    along = np.array([[1.0, -1.0]]) @ np.diag(end["layers"][0]["W"][0][::-1])
    layers = [nn_core.Layer(np.array(la["W"]), np.array(la["b"])) for la in end["layers"]]
    p = nn_core.feedforward(layers, X[:, :1] + along.T * np.linspace(-3, 3, 7)).p
    np.testing.assert_allclose(p, p[:, :1] * np.ones(7), rtol=1e-9)  # every border runs this way
    assert end["loss"] > 2 * seen("book", 2000)[0]["loss"]
    assert end["more"].startswith("Twins: all neurons of hidden layers 1 and 2")


def test_a_start_too_large_saturates_and_learns_only_how_common_each_species_is():
    page = in_javascript(TrainingLab("start-large"), [0, 100, 2000])
    start, *later = page["at"]
    assert start["loss"] > 10
    for moment in later:
        assert [layer["flat"] > 0.9 for layer in moment["hidden"]] == [True, True]
        assert max(moment["norms"][:2]) < 1e-3
        assert moment["loss"] == pytest.approx(page["guessing"], rel=1e-3)
        assert moment["kind"] == "saturated"
    moved = [
        np.abs(np.array(a["W"]) - b["W"]).max() / np.abs(b["W"]).max()
        for a, b in zip(later[-1]["layers"], start["layers"], strict=True)
    ]
    assert max(moved[:2]) < 0.02 < 0.05 < moved[2]


def test_in_a_deep_thin_network_the_gradient_shrinks_layer_by_layer_and_the_loss_waits():
    page = in_javascript(TrainingLab("deep"), [0, 100, 500, 3000])
    start, *waiting, end = page["at"]
    assert (np.diff(start["norms"]) > 0).all()
    assert start["norms"][3] > 100 * start["norms"][0]
    for moment in waiting:
        assert moment["kind"] == "plateau"
        assert moment["loss"] == pytest.approx(page["guessing"], rel=2e-3)
    assert accuracy(end) > 0.96


def test_one_long_step_kills_every_relu_of_layer_2_for_ever():
    start, *later = seen("dead-relu", 0, 1, 1000)
    assert start["hidden"][1]["off"] < 2
    for moment in later:
        assert moment["kind"] == "dead"
        assert moment["hidden"][1]["off"] == 2
        assert moment["norms"][:2] == [0, 0]
    assert later[0]["layers"][:2] == later[1]["layers"][:2]


def test_too_many_neurons_memorise_training_loss_falls_and_held_out_loss_rises():
    figure = TrainingLab("memory")
    assert nn_core.count_parameters([2, *figure.hidden, 3]) == 195
    middle, end = seen("memory", 700, 20_000)
    assert end["loss"] < 0.3 * middle["loss"]
    assert end["held"] > 1.5 * middle["held"]
    assert end["kind"] == "memorising"
    assert (
        str(nn_core.count_parameters([2, *figure.hidden, 3]))
        in figure.data()["presets"]["memory"]["why"]
    )


# -------------------------------------------------------------------------------- the figure


@pytest.mark.parametrize("preset", list(lab.PRESETS))
def test_the_still_picture_is_whole_and_says_what_it_shows(preset):
    figure = TrainingLab(preset)
    both, caption = figure.still().split("\n")
    regions, curve = ElementTree.fromstring(both).findall("{*}svg")
    run = lab.train(figure.choice(), figure.data()["presets"][preset]["shown"])
    p = nn_core.feedforward(run.layers, X, figure.activation).p
    right = p.argmax(axis=0) == Y.argmax(axis=0)
    assert f"{right[run.learn].sum()} of {run.learn.sum()} birds are right" in caption
    assert len(regions.findall(".//{*}circle")) == (~right).sum()
    assert len(re.findall("M", regions.findall(".//{*}path")[3].get("d"))) == 151
    assert not re.search(r"nan|inf", both)
    assert curve.find("{*}path").get("d").count("L") > 10


@pytest.mark.parametrize(
    ("steps", "says"), [(1, "1 update with α = 1 takes"), (2, "2 updates with α = 1 take")]
)
def test_the_still_picture_counts_its_updates(steps, says):
    assert f"{says} the loss from " in TrainingLab("book", steps=steps).still()


def test_a_loss_that_falls_goes_down_in_the_still_picture():
    curve = ElementTree.fromstring(TrainingLab().still().split("\n")[0]).findall("{*}svg")[1]
    heights = [float(y) for y in re.findall(r",([\d.]+)", curve.find("{*}path").get("d"))]
    assert heights[-1] - heights[0] > SIDE / 2  # y grows downwards


def test_a_figure_that_stands_at_some_update_is_pictured_there():
    assert ": 70 updates with" in TrainingLab(steps=70).still()


def test_the_borders_of_the_still_picture_are_those_of_the_network():
    figure = TrainingLab()
    _, run = figure.trained()
    regions = ElementTree.fromstring(figure.still().split("\n")[0]).find("{*}svg")
    places = re.findall(r"([\d.]+),([\d.]+)", regions.findall("{*}path")[2].get("d"))
    px, py = np.array(places, float).T
    low, high = nn_core.load_penguins().x.min(axis=1), nn_core.load_penguins().x.max(axis=1)
    room = 0.05 * (high - low)
    mm = np.array([(px - 50) / SIDE, 1 - (py - 10) / SIDE])
    mm = (low - room)[:, None] + mm * (high - low + 2 * room)[:, None]
    inside = (px > 51) & (px < 49 + SIDE) & (py > 11) & (py < 9 + SIDE)
    measured = nn_core.load_penguins().x
    x = (mm - measured.mean(axis=1, keepdims=True)) / measured.std(axis=1, keepdims=True)
    p = nn_core.feedforward(run.layers, x[:, inside]).p
    assert inside.sum() > 40
    beside = np.abs(p[2] - p[:2].max(axis=0)) > 0.03
    assert beside.sum() <= 2  # where three regions meet, the outline cuts the corner


def test_in_the_still_picture_a_bird_stands_in_the_region_of_its_answer():
    figure = TrainingLab("tanh")
    _, run = figure.trained()
    answers = nn_core.feedforward(run.layers, X, figure.activation).p.argmax(axis=0)
    regions = ElementTree.fromstring(figure.still().split("\n")[0]).find("{*}svg")
    mm = nn_core.load_penguins().x
    low, high = mm.min(axis=1, keepdims=True), mm.max(axis=1, keepdims=True)
    share = (mm - low + 0.05 * (high - low)) / (1.1 * (high - low))
    places = np.column_stack([50 + SIDE * share[0], 10 + SIDE * (1 - share[1])])
    for kind, outline in enumerate(regions.findall("{*}path")[:3]):
        rings = [re.findall(r"([\d.]+),([\d.]+)", ring) for ring in outline.get("d").split("z")]
        crossed = sum(Path2D(ring).contains_points(places) for ring in rings if ring)
        wrong = (crossed % 2 == 1) != (answers == kind)
        assert wrong.sum() <= 2  # on the border, within the grid's coarseness


def test_the_same_figure_gives_the_same_bytes():
    assert TrainingLab("tanh").html() == TrainingLab("tanh").html()
    assert repr(TrainingLab()) == "TrainingLab()"


def test_the_state_is_plain_json_and_small():
    assert len(script_json(TrainingLab().page())) < 16_000


def test_a_preset_brings_its_settings_and_another_setting_makes_it_ones_own():
    figure = TrainingLab("twins")
    assert (figure.start, figure.alpha) == ("equal", 1.0)
    figure.alpha = 0.5
    assert figure.preset == "own"
    figure.preset = "deep"
    assert (figure.hidden, figure.alpha, figure.start) == ([2, 2, 2], 0.3, "random")
    assert TrainingLab(hidden=[4]).preset == "own"


@pytest.mark.parametrize(
    "wrong",
    [
        {"preset": "nothing"},
        {"hidden": [3, 9], "start": "random"},
        {"hidden": [1, 1, 1, 1], "start": "random"},
        {"activation": "sine"},
        {"alpha": 0},
        {"alpha": 1000},
        {"alpha": float("nan")},
        {"batch_size": 7},
        {"seed": 0},
        {"start": "zero"},
        {"steps": 20_001},
        {"bird": 342},
        {"speed": "warp"},
    ],
    ids=str,
)
def test_a_wrong_value_is_refused_by_name(wrong):
    with pytest.raises(traitlets.TraitError, match=next(iter(wrong))):
        TrainingLab(**wrong)


def test_the_books_start_is_for_its_own_sizes_alone():
    with pytest.raises(traitlets.TraitError, match="only for the hidden layers"):
        TrainingLab(hidden=[4], start="book")
