"""Backward stepper: its JavaScript has nn_core's numbers and mistakes; its picture tells them."""

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import in_node
import numpy as np
import pytest
import traitlets

import nn_core
from nn_core.mistakes import backprop_with
from nn_widgets import BackwardStepper
from nn_widgets.figures.backward_stepper import backward_stepper
from nn_widgets.maths.format import number

MISTAKES = backward_stepper.BREAKS
RUNNER = Path(__file__).with_name("vectors.mjs")
SEED = int(os.environ.get("NN_JS_SEED", 1))
ELEVEN = ["dz3", "dW3", "db3", "dh2", "dz2", "dW2", "db2", "dh1", "dz1", "dW1", "db1"]


def ask(**questions):
    """Return what the figure's JavaScript answers."""
    return in_node.ask(RUNNER, questions)


def settings():
    """The book's bird, a batch, all birds; the book's weights, others, trained ones."""
    rng = np.random.default_rng(SEED)
    few = rng.choice(342, size=4, replace=False).tolist()
    seed = f"seed {rng.integers(1, 10)}"
    return [
        BackwardStepper(),
        BackwardStepper(birds=[few[0]], weights=seed),
        BackwardStepper(birds=[185, *few[1:]], weights="trained"),
        BackwardStepper(birds=few, weights=seed),
        BackwardStepper(birds="all"),
    ]


@pytest.fixture(scope="module")
def passes():
    figures = settings()
    return list(zip(figures, ask(passes=[each.page() for each in figures])["passes"], strict=True))


@pytest.mark.parametrize("place", range(5))
def test_javascript_computes_what_nn_core_computes(passes, place):
    figure, got = passes[place]
    wanted = figure.values()
    wanted["h0"] = wanted.pop("x")  # JavaScript has one name for x
    assert got["values"].keys() == wanted.keys()
    for name, value in wanted.items():
        np.testing.assert_allclose(got["values"][name], value, 1e-12, 1e-14, err_msg=f"{SEED}")


@pytest.mark.parametrize("place", range(5))
def test_every_written_sum_comes_to_its_entry(passes, place):
    figure, got = passes[place]
    written, entry = np.array(got["sums"]).T
    np.testing.assert_allclose(written, entry, rtol=1e-11, atol=1e-15)
    flowing = sum(figure.values()[name].size for name in backward_stepper.STEPS)
    fixed = [n for n in backward_stepper.STEPS if n[:2] in ("dW", "db") or n == "L"]
    again = figure.values()["y"].shape[1] - 1  # those are asked for once for each bird
    assert len(entry) == flowing + again * sum(figure.values()[n].size for n in fixed)


@pytest.mark.parametrize("place", range(5))
def test_a_nudge_of_any_parameter_gives_the_slope_of_backprop(passes, place):
    figure, got = passes[place]
    values = figure.values()
    slopes = nn_core.to_vector(
        [nn_core.Layer(values[f"dW{n}"], values[f"db{n}"]) for n in (1, 2, 3)]
    )
    assert len(got["nudges"]) == 26
    np.testing.assert_allclose([n["centred"] for n in got["nudges"]], slopes, atol=1e-6)
    np.testing.assert_allclose([n["forward"] for n in got["nudges"]], slopes, atol=1e-3)


def test_the_bird_of_the_book_has_the_books_numbers():
    example = nn_core.load_example()
    values = BackwardStepper().values()
    np.testing.assert_array_equal(values["x"], example.x)
    np.testing.assert_array_equal(values["y"], example.y)
    trace = nn_core.feedforward(example.layers, example.x)
    for name, value in nn_core.backward_sequence(example.layers, trace, example.y):
        np.testing.assert_array_equal(values[name], value)


# ----------------------------------------------------------------------------- the mistakes


def networks():
    """The penguin network on one bird and on several, and networks where every shape fits."""
    rng = np.random.default_rng(SEED)
    drawn = []
    for sizes, n in [([2, 3, 2, 3], 1), ([2, 3, 2, 3], 4), ([3, 3, 3, 3], 3), ([3, 3, 3, 3], 5)]:
        layers = nn_core.init_layers(sizes, rng)
        x = rng.normal(size=(sizes[0], n))
        drawn.append((layers, x, nn_core.one_hot(rng.integers(3, size=n), 3)))
    return drawn


def as_json(layers, x, y):
    nested = [{"W": W.tolist(), "b": b.tolist()} for W, b in layers]
    return {"layers": nested, "x": x.tolist(), "y": y.tolist(), "steps": 3}


def in_python(mistake, layers, x, y):
    """Return the gradients with a mistake, by name, or None where NumPy refuses."""
    trace = nn_core.feedforward(layers, x)
    try:
        pairs = backprop_with(mistake, layers, trace, y)
    except ValueError:
        return None
    return {f"d{'Wb'[i]}{n}": pair[i] for n, pair in enumerate(pairs, start=1) for i in range(2)}


def train(mistake, layers, x, y, steps, alpha=0.02):
    """Return the losses of a training with a mistake, as far as it goes."""
    losses = [nn_core.loss(layers, x, y)]
    for _ in range(steps):
        wrong = in_python(mistake, layers, x, y)
        try:
            gradients = [nn_core.Layer(wrong[f"dW{n}"], wrong[f"db{n}"]) for n in (1, 2, 3)]
            layers = nn_core.descend(layers, gradients, alpha)
        except (TypeError, ValueError):
            break
        losses.append(nn_core.loss(layers, x, y))
    return losses


@pytest.fixture(scope="module")
def broken():
    drawn = networks()
    answers = ask(broken=[as_json(*one) for one in drawn])["broken"]
    return list(zip(drawn, answers, strict=True))


def test_javascript_has_the_mistakes_of_nn_core_in_their_order(broken):
    for _, answers in broken:
        assert [each["kind"] for each in answers] == [mistake.kind for mistake in MISTAKES]


@pytest.mark.parametrize("place", range(len(MISTAKES)))
def test_a_mistake_spoils_what_it_spoils_in_nn_core(broken, place):
    mistake = MISTAKES[place]
    for (layers, x, y), answers in broken:
        got, wanted = answers[place], in_python(mistake, layers, x, y)
        assert (got["refusal"] is not None) == (wanted is None), mistake.says
        for name, value in (wanted or {}).items():
            assert np.shape(got["found"][name]) == value.shape, (name, mistake.says)
            np.testing.assert_allclose(got["found"][name], value, 1e-11, 1e-14)


@pytest.mark.parametrize("place", range(len(MISTAKES)))
def test_the_gradients_marked_are_those_that_differ(broken, place):
    for (layers, x, y), answers in broken:
        trace = nn_core.feedforward(layers, x)
        right = dict(nn_core.backward_sequence(layers, trace, y))
        got = answers[place]
        for name in got["found"] or {}:
            value = np.array(got["found"][name])
            close = value.shape == right[name].shape and np.allclose(value, right[name], 1e-6, 0)
            assert (name in got["changed"]) != close, (name, MISTAKES[place].says)


@pytest.mark.parametrize("place", range(len(MISTAKES)))
def test_training_with_a_mistake_goes_as_far_and_as_wrong_as_in_nn_core(broken, place):
    for (layers, x, y), answers in broken:
        wanted = train(MISTAKES[place], layers, x, y, 3)
        got = answers[place]
        np.testing.assert_allclose(got["losses"], wanted, rtol=1e-10)
        assert (got["stopped"] is not None) == (len(wanted) < 4)


def test_the_shapes_of_the_penguin_network_give_some_mistakes_away_and_hide_others(broken):
    (_, answers), (_, batch) = broken[:2]
    refused = {MISTAKES[i].kind for i, each in enumerate(answers) if each["refusal"]}
    assert refused == {"transposed", "wrong layer"}
    hidden = {MISTAKES[i].kind for i, each in enumerate(answers) if not each["changed"]}
    assert {"missing 1/N", "1/N twice", "bias not summed"} <= hidden
    seen = {MISTAKES[i].kind for i, each in enumerate(batch) if each["changed"]}
    assert {"missing 1/N", "1/N twice", "bias not summed"} <= seen


# ----------------------------------------------------------------------------- code and equations


def test_the_lines_of_code_stand_in_nn_core():
    folder = Path(nn_core.__file__).parent
    lines = [line for places in backward_stepper.code_lines().values() for line in places]
    assert len(lines) >= 9
    for line in lines:
        source = (folder / line["file"]).read_text(encoding="utf-8")
        assert line["line"] in map(str.strip, source.splitlines())


def test_a_line_that_nn_core_no_longer_has_is_an_error():
    with pytest.raises(LookupError, match="backward has no line"):
        backward_stepper.line_of(nn_core.gradients.backward, "dz = dh @ ")


def test_each_step_has_an_equation_in_the_colour_of_what_it_gives():
    equations = backward_stepper.equations()
    assert list(equations) == list(backward_stepper.STEPS)
    for name, html in equations.items():
        assert html.startswith('<span class="katex" translate="no">')
        kind = name.rstrip("0123")
        assert re.search(r"nn-\w+", html)[0] == f"nn-{kind}"


def test_the_steps_are_the_eleven_gradients_in_the_order_of_nn_core():
    example = nn_core.load_example()
    trace = nn_core.feedforward(example.layers, example.x)
    names = [n for n, _ in nn_core.backward_sequence(example.layers, trace, example.y)]
    assert list(backward_stepper.BACKWARD) == names == ELEVEN


# ----------------------------------------------------------------------------- the still picture


def drawn(figure):
    return ElementTree.fromstring(figure.still().split("\n")[0])


def test_the_still_picture_shows_every_number_of_both_passes():
    figure = BackwardStepper()
    texts = [node.text for node in drawn(figure).iter("{http://www.w3.org/2000/svg}text")]
    for name, value in figure.values().items():
        assert name.translate(str.maketrans("0123", "⁰¹²³")) in texts
        for entry in value.ravel():
            assert number(entry) in texts, name


@pytest.mark.parametrize("birds", [[185], [3, 200], "all"])
def test_the_still_picture_shows_one_bird_and_nothing_outside_its_frame(birds):
    picture = drawn(BackwardStepper(birds=birds))
    width = float(picture.get("width"))
    for rect in picture.iter("{http://www.w3.org/2000/svg}rect"):
        left = float(rect.get("x"))
        assert left >= 0
        assert left + float(rect.get("width")) <= width


def test_boxes_of_the_still_picture_do_not_overlap():
    boxes = [
        [float(rect.get(key)) for key in ("x", "y", "width", "height")]
        for rect in drawn(BackwardStepper(weights="seed 3")).iter(
            "{http://www.w3.org/2000/svg}rect"
        )
    ]
    for i, (x, y, w, h) in enumerate(boxes):
        for u, v, s, t in boxes[:i]:
            assert x >= u + s or u >= x + w or y >= v + t or v >= y + h


def test_the_same_figure_gives_the_same_text():
    assert BackwardStepper().html() == BackwardStepper().html()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"birds": []}, "birds"),
        ({"birds": [1, 1]}, "birds"),
        ({"birds": [342]}, "birds"),
        ({"birds": [0, 1, 2, 3, 4]}, "birds"),
        ({"step": "dz4"}, "step"),
        ({"weights": "seed 0"}, "weights"),
        ({"mistake": len(MISTAKES) + 1}, "mistake"),
        ({"nudged": 26}, "nudged"),
        ({"epsilon": 0.0}, "epsilon"),
    ],
)
def test_a_trait_that_is_wrong_is_named(given, named):
    with pytest.raises(traitlets.TraitError, match=named):
        BackwardStepper(**given)
