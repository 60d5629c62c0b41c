"""Backward stepper in a browser, the other way round: predict a number, nudge a weight, break it."""

import numpy as np
import pytest
from frames import settled
from stepper import focused, four_places, open_stepper, press
from views import View

import nn_core
from nn_core.mistakes import MISTAKES, backprop_with
from nn_widgets import BackwardStepper
from nn_widgets.figures.backward_stepper import backward_stepper
from nn_widgets.maths.format import number


@pytest.fixture
def values():
    return BackwardStepper().values()


# ----------------------------------------------------------------------------- predict


@pytest.fixture
def asked(page, site):
    return open_stepper(page, site, step='"dW3"', entry="[1,0]", mode='"predict"')


def answer(figure, page, text):
    figure.get_by_role("textbox", name="What is dW³[2, 1]?").fill(text)
    page.keyboard.press("Enter")
    settled(page)
    return figure.locator(".nn-backward-feedback").inner_text()


def test_a_number_to_predict_is_shown_nowhere_before_it_is_found(asked, page, values):
    right = number(values["dW3"][1, 0])
    assert right not in asked.inner_text()
    assert four_places(asked)[1:4] == ("?", "?", "?")
    assert answer(asked, page, right) == "Right."
    assert four_places(asked)[1:4] == (right, right, right)
    assert page.evaluate("document.activeElement.textContent") == "Next number"
    page.keyboard.press("Enter")
    settled(page)
    assert four_places(asked)[:2] == ("dW3.1.1", "?")


@pytest.mark.parametrize(
    ("slip", "answer_of", "says"),
    [
        ("sign", lambda v: -v["dW3"][1, 0], "sign"),
        ("transposed index", lambda v: v["dW3"][0, 1], "swapped the indices"),
        ("z instead of h", lambda v: v["dz3"][1, 0] * v["z2"][0, 0], "came through the edge is h"),
    ],
)
def test_a_known_slip_is_named_and_the_number_stays_hidden(
    asked, page, values, slip, answer_of, says
):
    assert says in answer(asked, page, f"{answer_of(values):.3f}")
    assert asked.locator(".nn-backward-feedback").get_attribute("data-slip") == slip
    assert four_places(asked)[1] == "?"


def test_a_wrong_number_and_no_number_are_told_apart(asked, page):
    assert answer(asked, page, "7").startswith("Not yet")
    assert answer(asked, page, "a third").startswith("Type a number")
    asked.get_by_role("button", name="Show it").click()
    settled(page)
    assert four_places(asked)[1] != "?"


def test_numbers_are_read_as_people_type_them(asked, page, values):
    for text, ways in (("1,234", "1234 or 1.2340"), ("3,360/2", "1680 or 1.68")):
        assert f"may mean {ways}" in answer(asked, page, text)
    assert answer(asked, page, "⅕").startswith("Close")  # to 0.211
    slip = -values["dW3"][1, 0]
    assert "sign" in answer(asked, page, f"{slip:+.3f}".replace("-", "- "))
    assert answer(asked, page, f"{-2 * slip:.4f}/2") == "Right."


def test_after_show_it_the_focus_is_on_next_number_and_then_in_the_field(asked, page):
    press(page, asked.get_by_role("button", name="Show it"))
    assert focused(page) == "Next number"
    page.keyboard.press("Enter")
    settled(page)
    assert focused(page).startswith("What is dW³[2, 2]?")
    asked.get_by_role("button", name="Show it").click()
    settled(page)
    asked.get_by_role("button", name="Next number").click()
    settled(page)
    assert focused(page).startswith("What is dW³[3, 1]?")


def test_after_the_last_number_the_first_is_asked(page, site):
    figure = open_stepper(page, site, step='"db1"', entry="[2,0]", mode='"predict"')
    press(page, figure.get_by_role("button", name="Show it"))
    assert focused(page) == "Begin anew"
    page.keyboard.press("Enter")
    settled(page)
    assert focused(page).startswith("What is z¹[1]?")


# ----------------------------------------------------------------------------- nudge


def nudged(figure):
    """Return the table of the nudge, read as numbers."""
    rows = figure.locator(".nn-backward-nudged tr").all()
    texts = [[row.locator("th").inner_text(), row.locator("td").inner_text()] for row in rows]
    return {head: float(text.replace("−", "-")) for head, text in texts}


@pytest.mark.parametrize("place", [0, 4, 7, 12, 16, 19, 25])
def test_a_nudge_shows_the_quotient_beside_backprops_slope(page, site, values, place):
    figure = open_stepper(page, site, mode='"nudge"', nudged=place, epsilon="0.0001")
    found = nudged(figure)
    slopes = nn_core.to_vector(
        [nn_core.Layer(values[f"dW{n}"], values[f"db{n}"]) for n in (1, 2, 3)]
    )
    backprop = next(value for head, value in found.items() if head.startswith("backprop"))
    assert backprop == pytest.approx(slopes[place], abs=5.1e-4)
    assert abs(found["centred − backprop"]) < 1e-6
    assert found["ΔL / ε"] == pytest.approx(slopes[place], abs=1.1e-3)
    assert figure.get_by_text("Both quotients agree with backprop.").is_visible()


def test_pressing_an_edge_picks_its_weight_and_shows_where_its_slope_comes_from(page, site):
    figure = open_stepper(page, site, mode='"nudge"')
    edge = figure.locator('.nn-backward-edge[data-key="W2.1.2"]')
    edge.focus()
    page.keyboard.press("Enter")
    settled(page)
    assert "W²[2, 3] itself" in nudged(figure)
    assert four_places(figure)[0] == "dW2.1.2"


def test_too_long_a_step_is_said_to_be_too_long(page, site):
    figure = open_stepper(page, site, mode='"nudge"', nudged=19, epsilon="1")
    assert figure.get_by_text("make ε smaller").is_visible()


# ----------------------------------------------------------------------------- break it


def marked(figure):
    """Return the steps that are marked as changed."""
    return figure.locator(".nn-backward-chip.nn-backward-spoiled").evaluate_all(
        "all => all.map((el) => el.dataset.step)"
    )


@pytest.mark.parametrize("birds", [[185], [185, 12, 170]])
@pytest.mark.parametrize(
    "kind", ["missing σ′", "missing 1/N", "transposed", "bias summed over neurons"]
)
def test_a_mistake_marks_the_gradients_that_it_changes(page, site, kind, birds):
    place = [mistake.kind for mistake in MISTAKES].index(kind)
    figure = open_stepper(
        page,
        site,
        mode='"break"',
        mistake=place + 1,
        birds=str(birds).replace(" ", ""),
        step='"db1"',
    )
    own = BackwardStepper(birds=birds)
    x, y = backward_stepper.examples(birds)
    layers = nn_core.load_example().layers
    wrong = backprop_with(MISTAKES[place], layers, nn_core.feedforward(layers, x), y)
    right = own.values()
    changed = {
        f"d{letter}{n}"
        for n, pair in enumerate(wrong, start=1)
        for letter, value in zip("Wb", pair, strict=True)
        if value.shape != right[f"d{letter}{n}"].shape
        or not np.allclose(value, right[f"d{letter}{n}"], 1e-6, 0)
    }
    assert {name for name in marked(figure) if name[:2] in ("dW", "db")} == changed


def test_the_wrong_matrix_stands_beside_the_right_one(page, site, values):
    figure = open_stepper(page, site, mode='"break"', mistake=1, step='"dW3"')
    wrong = figure.locator(".nn-backward-wrong td.nn-backward-differs").all_inner_texts()
    assert wrong == [number(-v) for v in values["dW3"].ravel()]
    assert (
        f"= {number(-values['dW3'][0, 0])}" in figure.locator(".nn-backward-instead").inner_text()
    )


def place_of(says):
    """Return the place, from 1, of the mistake of which nn_core says so."""
    return next(i for i, m in enumerate(MISTAKES, 1) if says in m.says)


def test_a_mistake_that_does_not_fit_is_refused_with_the_shapes(page, site):
    place = place_of("made with W where")
    figure = open_stepper(page, site, mode='"break"', mistake=place, step='"dh2"')
    said = figure.locator(".nn-backward-changes").inner_text()
    assert "NumPy stops at dh²: matmul: (3, 2) and (3, 1) do not fit" in said


@pytest.mark.parametrize("view", [View(1280, "light"), View(390, "light")])
@pytest.mark.parametrize("step", ["dz3", "dh2", "dz1", "db1"])
def test_where_numpy_stops_is_marked_and_what_follows_has_no_number(page, site, axe, step, view):
    figure = open_stepper(
        page, site, mode='"break"', mistake=place_of("made with W where"), step=f'"{step}"'
    )
    order = list(backward_stepper.BACKWARD)
    stop = order.index("dh2")
    for kind, names in [("stop", ["dh2"]), ("missed", order[stop + 1 :])]:
        chips = figure.locator(f".nn-backward-chip.nn-backward-{kind}")
        assert chips.evaluate_all("all => all.map((el) => el.dataset.step)") == names
    labels = figure.locator(".nn-backward-chip").evaluate_all(
        "all => all.map((el) => el.ariaLabel)"
    )
    assert [text.split(",")[0] for text in labels if "NumPy stops here" in text] == ["dh2"]
    assert [text.split(",")[0] for text in labels if "not reached" in text] == order[stop + 1 :]

    shown = figure.locator(".nn-backward-slot, td[data-key], .nn-backward-box").evaluate_all(
        "all => all.map((el) => [el.dataset.key.split('.')[0], el.matches('.nn-backward-box')"
        " ? el.lastElementChild.textContent : el.textContent])"
    )
    assert {text for name, text in shown if name in order[stop + 1 :]} == {""}
    assert {text for name, text in shown if name == "dh2"} == {"✕"}
    assert all(text for name, text in shown if name in ("dz3", "h1", "W3"))

    said = figure.locator(".nn-backward-changes").inner_text()
    assert "up to here" not in said
    assert said.startswith("NumPy stops at dh²")
    assert "Nothing is wrong before that" in said
    instead = figure.locator(".nn-backward-instead").text_content()
    raised = "With the mistake NumPy stops here: matmul: (3, 2) and (3, 1) do not fit: 2 is not 3."
    missed = (
        f"With the mistake {step[:-1]}{'⁰¹²³'[int(step[-1])]} is not reached: NumPy stops at dh²."
    )
    assert instead == {"dz3": "", "dh2": raised}.get(step, missed)
    page.wait_for_timeout(400)
    assert axe(page, "figure.nn-widget") == []


@pytest.mark.parametrize(("place", "stop"), [(9, "dh2"), (29, "dz2"), (30, "dz2"), (31, "dh2")])
def test_numpy_stops_at_the_first_product_of_arrays_that_do_not_fit(page, site, place, stop):
    figure = open_stepper(page, site, mode='"break"', mistake=place, step='"db1"')
    assert figure.locator(".nn-backward-chip.nn-backward-stop").get_attribute("data-step") == stop


def test_a_mistake_that_does_not_fit_is_said_without_numbers(page, site):
    figure = open_stepper(
        page, site, mode='"break"', mistake=place_of("made with W where"), step='"dh2"'
    )
    figure.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_timeout(900)
    said = figure.locator(".nn-announce").inner_text()
    assert said.endswith(": not reached")
    assert not [part for part in said.split() if "." in part]
    page.locator(".nn-backward-modes label", has_text="Watch").click()
    settled(page)
    assert figure.locator(":is(.nn-backward-stop, .nn-backward-missed)").count() == 0
    assert "✕" not in figure.inner_text()


def test_a_mistake_in_1_n_hides_behind_one_bird_and_shows_in_three(page, site):
    figure = open_stepper(page, site, mode='"break"', mistake=2, step='"dW3"')
    assert marked(figure) == []
    figure.get_by_role("button", name="Take three birds").click()
    settled(page)
    assert marked(figure) == list(backward_stepper.BACKWARD)


def test_after_take_three_birds_the_focus_is_on_the_mistake(page, site):
    figure = open_stepper(page, site, mode='"break"', mistake=2, step='"dW3"')
    press(page, figure.get_by_role("button", name="Take three birds"))
    assert focused(page) == "Mistake"


def test_training_runs_to_the_losses_of_nn_core(page, site):
    figure = open_stepper(page, site, mode='"break"', mistake=1)
    outcome = figure.locator(".nn-backward-outcome")
    outcome.get_by_text("After 200 steps").wait_for(timeout=20000)
    x, y = backward_stepper.examples("all")
    *_, right = nn_core.train(nn_core.load_example().layers, x, y, alpha=1, epochs=200)
    layers = nn_core.load_example().layers
    for _ in range(200):
        gradients = backprop_with(MISTAKES[0], layers, nn_core.feedforward(layers, x), y)
        layers = [
            nn_core.Layer(W - dW, b - db)
            for (W, b), (dW, db) in zip(layers, gradients, strict=True)
        ]
    text = outcome.inner_text()
    assert f"to {number(right.loss)};" in text
    assert f"with the mistake it is {number(nn_core.loss(layers, x, y))}." in text


@pytest.mark.parametrize("view", [View(1280, "light"), View(390, "dark")])
@pytest.mark.parametrize("mode", ["predict", "nudge", "break", "write"])
def test_no_mode_has_an_accessibility_fault(page, site, axe, view, mode):
    open_stepper(page, site, mode=f'"{mode}"', step='"dW2"', mistake=11, birds="[185,12,170]")
    page.wait_for_timeout(400)
    assert axe(page, "figure.nn-widget") == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_panel_that_opens_tells_sizes_without_an_error(new_page, site, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.add_init_script(
        "window.said = []; addEventListener('error', (event) => window.said.push(event.message))"
    )
    page.goto(f"{site}/backward_stepper.html")
    page.wait_for_selector("figure.nn-mounted .nn-live")
    for mode in ("Nudge", "Break it", "Watch", "Break it", "Nudge"):
        page.locator(".nn-backward-modes label", has_text=mode).click()
        page.wait_for_timeout(150)
    assert page.evaluate("window.said") == []
