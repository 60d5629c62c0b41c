"""Backward stepper in a browser: four views of one number, and every way to meet it."""

import re

import numpy as np
import pytest
from views import View

import nn_core
from nn_core.mistakes import MISTAKES, backprop_with
from nn_widgets import BackwardStepper, backward_stepper
from nn_widgets.format import number

STEPS = backward_stepper.STEPS
RAISED = str.maketrans("0123", "⁰¹²³")
SETTLE = 80  # milliseconds: some frames


def open_stepper(page, site, **state):
    """Open the figure, perhaps at a state by link."""
    asked = "".join(f"&{name}={value}" for name, value in state.items())
    page.goto(f"{site}/backward_stepper.html" + (f"#nn=backward_stepper{asked}" if asked else ""))
    page.wait_for_selector("figure.nn-mounted .nn-backward-slot")
    page.wait_for_timeout(SETTLE)
    return page.locator("figure.nn-widget .nn-live")


@pytest.fixture
def figure(page, site):
    return open_stepper(page, site)


@pytest.fixture
def values():
    return BackwardStepper().values()


def current(figure):
    """Return the step that is marked as the present one."""
    return figure.locator(".nn-backward-chip[aria-current=step]").get_attribute("data-step")


def result_cells(figure):
    """Return the result's matrix as the page shows it, by key."""
    return figure.locator(".nn-backward-product .nn-matrix").first.evaluate(
        "el => Object.fromEntries([...el.querySelectorAll('td[data-key]')]"
        ".map((td) => [td.dataset.key, td.textContent]))"
    )


def four_places(figure):
    """Return the lit number as the four views show it: equation, network, matrix; and the code."""
    box = figure.locator(".nn-backward-box.nn-result")
    key = box.get_attribute("data-key")
    cell = figure.locator("td.nn-result")
    network = network_text(figure, key)
    code = figure.locator(".nn-backward-token.nn-result").all_inner_texts()
    return key, box.locator("> span").last.inner_text(), network, cell.inner_text(), code


def network_text(figure, key):
    """Return what the network writes at a lit number: in a slot, on an edge, or at a bias."""
    name, *_ = key.split(".")
    if name.startswith("db"):
        return figure.locator(".nn-result > .nn-backward-bias").text_content().split(" ")[-1]
    if name.startswith("dW"):
        edge = figure.locator(f'.nn-backward-edge.nn-result[data-key="{key}"]')
        assert edge.count() == 1, key
        shown = figure.locator(".nn-backward-edge-text").all_text_contents()
        return next(text for text in shown if text)
    return figure.locator(f'.nn-backward-slot.nn-result[data-key="{key}"] text').text_content()


def test_the_right_arrow_steps_through_both_passes_and_the_four_views_agree(figure, page, values):
    figure.locator(".nn-backward-chip[aria-current=step]").focus()
    for place, name in enumerate(STEPS):
        assert current(figure) == name
        value = values[name]
        assert result_cells(figure) == {
            f"{name}.{row}.{col}": number(value[row, col]) for row, col in np.ndindex(value.shape)
        }
        key, *texts, code = four_places(figure)
        assert key == f"{name}.0.0"
        assert texts == [number(value[0, 0])] * 3, name
        assert code, name
        if place + 1 < len(STEPS):
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(SETTLE)


@pytest.mark.parametrize("step", ["z2", "p", "dz3", "dW2", "db1", "dh1", "dz1"])
def test_every_entry_shows_the_numbers_that_it_is_made_of(page, site, values, step):
    figure = open_stepper(page, site, step=f'"{step}"')
    for row, col in np.ndindex(values[step].shape):
        figure.locator(f'.nn-backward-product td[data-key="{step}.{row}.{col}"]').first.hover()
        page.wait_for_timeout(SETTLE)
        key, *texts, _ = four_places(figure)
        assert key == f"{step}.{row}.{col}"
        assert texts == [number(values[step][row, col])] * 3
        boxes = figure.locator(".nn-backward-box").evaluate_all(
            "all => all.slice(1).map((el) => [el.dataset.key, el.lastElementChild.textContent])"
        )
        for operand, text in boxes:
            name, r, c = operand.split(".")
            given = values["x" if name == "h0" else name][int(r), int(c)]
            assert number(given) in text.strip("()e"), operand


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        ("z2", ["z2", "W2", "h1", "b2"]),
        ("p", ["p", "z3"]),
        ("dz3", ["dz3", "p", "y"]),
        ("dW2", ["dW2", "dz2", "h1.T"]),
        ("dW1", ["dW1", "dz1", "x.T"]),
        ("db2", ["db2", "dz2"]),
        ("dh2", ["dh2", "W3.T", "dz3"]),
        ("dz1", ["dz1", "dh1", "h1"]),
    ],
)
def test_the_matrices_stand_as_in_the_line_of_code(page, site, step, shown):
    birds = [3, 185, 300]
    figure = open_stepper(page, site, step=f'"{step}"', birds="[3,185,300]")
    values = BackwardStepper(birds=birds).values()
    tables = figure.locator(".nn-backward-product .nn-matrix").evaluate_all(
        "all => all.map((el) => [...el.tBodies[0].rows]"
        ".map((row) => [...row.querySelectorAll('td')].map((td) => td.textContent)))"
    )
    wanted = [values[n[:-2]].T if n.endswith(".T") else values[n] for n in shown]
    assert tables == [[[number(v) for v in row] for row in value] for value in wanted]
    shapes = figure.locator(".nn-backward-product .nn-shape").all_text_contents()
    assert shapes == [f" {rows} × {cols}" for rows, cols in (value.shape for value in wanted)]


@pytest.mark.parametrize("view", [View(1280, "light"), View(390, "light")])
def test_an_edge_runs_from_the_neuron_of_its_column_to_that_of_its_row(page, site, view):
    figure = open_stepper(page, site, step='"db1"')
    for n, rows, cols in [(1, 3, 2), (2, 2, 3), (3, 3, 2)]:
        for row, col in np.ndindex(rows, cols):
            edge = figure.locator(f'.nn-backward-edge[data-key="W{n}.{row}.{col}"] .nn-line')
            start, end = edge.evaluate(
                "el => [0, el.getTotalLength()].map((at) => { const p = "
                "el.getPointAtLength(at).matrixTransform(el.getScreenCTM()); return [p.x, p.y]; })"
            )
            boxes = [
                figure.locator(f'.nn-backward-slot[data-key="{key}"] rect').bounding_box()
                for key in (f"h{n - 1}.{col}.0", f"{'p' if n == 3 else f'h{n}'}.{row}.0")
            ]
            assert start[0] == pytest.approx(boxes[0]["x"] + boxes[0]["width"], abs=4)
            assert end[0] <= boxes[1]["x"] + 4
            for (_, y), box in zip((start, end), boxes, strict=True):
                assert box["y"] - 4 <= y <= box["y"] + box["height"] + 4


def test_pointing_at_a_factor_lights_it_in_every_view(figure, page):
    figure.get_by_role("button", name="dW2, step 13 of 18").click()
    page.wait_for_timeout(SETTLE)
    figure.locator('.nn-backward-box[data-key="h1.0.0"]').hover()
    assert figure.locator('.nn-backward-slot.nn-hot[data-key="h1.0.0"]').count() == 1
    assert figure.locator('td.nn-hot[data-key="h1.0.0"]').count() == 1
    assert figure.locator(".nn-backward-token.nn-hot").all_inner_texts() == ["h"]
    figure.locator('.nn-backward-slot[data-key="dz2.0.0"]').hover()
    assert figure.locator('.nn-backward-box.nn-hot[data-key="dz2.0.0"]').count() == 1
    figure.locator('.nn-backward-token[data-name="h1"]').hover()
    assert figure.locator('.nn-backward-box.nn-hot[data-key="h1.0.0"]').count() == 1


def test_pressing_a_number_leads_to_the_step_that_computes_it(page, site):
    figure = open_stepper(page, site, step='"dW2"', entry="[1,2]")
    figure.locator('.nn-backward-box[data-key="dz2.1.0"]').click()
    page.wait_for_timeout(SETTLE)
    assert four_places(figure)[0] == "dz2.1.0"
    figure.locator('.nn-backward-product td[data-key="dh2.1.0"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(SETTLE)
    assert four_places(figure)[0] == "dh2.1.0"
    assert page.evaluate("document.activeElement.dataset.key") == "dh2.1.0"
    figure.locator('.nn-backward-slot[data-key="z1.2.0"]').click()
    page.wait_for_timeout(SETTLE)
    assert four_places(figure)[0] == "z1.2.0"


def test_a_first_tap_lights_a_number_and_a_second_one_leads_to_it(new_page, site):
    page = new_page(has_touch=True)
    figure = open_stepper(page, site, step='"dW2"')
    slot = figure.locator('.nn-backward-slot[data-key="h1.0.0"]')
    slot.tap()
    page.wait_for_timeout(SETTLE)
    assert current(figure) == "dW2"
    assert figure.locator('.nn-backward-box.nn-hot[data-key="h1.0.0"]').count() == 1
    slot.tap()
    page.wait_for_timeout(SETTLE)
    assert four_places(figure)[0] == "h1.0.0"


def test_the_variables_of_the_line_are_reached_by_arrow_keys(page, site):
    figure = open_stepper(page, site, step='"dh2"')
    figure.locator('.nn-backward-token[tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.name") == "W3"
    assert figure.locator('.nn-backward-edge.nn-hot[data-key="W3.0.0"]').count() == 1


def test_an_edge_is_the_entry_at_the_step_that_computes_its_slope(page, site, values):
    figure = open_stepper(page, site, step='"dW3"')
    edge = figure.locator('.nn-backward-edge[data-key="dW3.2.1"]')
    edge.focus()
    page.wait_for_timeout(SETTLE)
    assert four_places(figure)[0] == "dW3.2.1"
    assert f"dW³[3, 2] = {number(values['dW3'][2, 1])}" in edge.get_attribute("aria-label")


def test_the_step_is_said_in_words(figure, page, values):
    figure.get_by_role("button", name="dW3, step 9 of 18").click()
    figure.get_by_role("button", name="Next entry").click()
    figure.get_by_role("button", name="Next entry").click()
    page.wait_for_timeout(900)
    said = figure.locator(".nn-announce").inner_text()
    dz, h, dw = (
        number(values[n][i]) for n, i in [("dz3", (1, 0)), ("h2", (0, 0)), ("dW3", (1, 0))]
    )
    assert said == f"dW3, row 2, column 1: dz3 2 times h2 1 = {dz} times {h} = {dw}"


def test_next_back_and_jump(figure, page):
    figure.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_timeout(SETTLE)
    assert current(figure) == "h1"
    figure.get_by_role("button", name="db1, step 18 of 18").click()
    page.wait_for_timeout(SETTLE)
    assert figure.get_by_role("button", name="Next", exact=True).is_disabled()
    figure.get_by_role("button", name="Back").click()
    page.wait_for_timeout(SETTLE)
    assert current(figure) == "dW1"


def test_what_comes_later_has_no_number_yet(page, site):
    figure = open_stepper(page, site, step='"dz3"')
    slots = figure.locator(".nn-backward-slot").evaluate_all(
        "all => Object.fromEntries(all.map((el) => [el.dataset.key, el.textContent]))"
    )
    assert all(text for key, text in slots.items() if not re.match(r"d[zh][12]", key))
    assert not any(text for key, text in slots.items() if re.match(r"d[zh][12]", key))


def test_play_is_off_at_first_goes_through_the_entries_and_pauses(figure, page):
    play = figure.get_by_role("button", name="Play")
    page.wait_for_timeout(1400)
    assert current(figure) == "z1"
    play.click()
    page.wait_for_timeout(1300)
    assert figure.locator("td.nn-result").get_attribute("data-key") == "z1.1.0"
    figure.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(1400)
    assert figure.locator("td.nn-result").get_attribute("data-key") == "z1.1.0"


def test_with_less_motion_play_shows_whole_steps_and_takes_its_time(new_page, site):
    page = new_page(reduced_motion="reduce")
    figure = open_stepper(page, site)
    figure.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1600)
    assert four_places(figure)[0] == "z1.0.0"
    page.wait_for_timeout(1600)
    assert four_places(figure)[0] == "h1.0.0"


# ----------------------------------------------------------------------------- predict


@pytest.fixture
def asked(page, site):
    return open_stepper(page, site, step='"dW3"', entry="[1,0]", mode='"predict"')


def answer(figure, page, text):
    figure.get_by_role("textbox", name="What is dW³[2, 1]?").fill(text)
    page.keyboard.press("Enter")
    page.wait_for_timeout(SETTLE)
    return figure.locator(".nn-backward-feedback").inner_text()


def test_a_number_to_predict_is_shown_nowhere_before_it_is_found(asked, page, values):
    right = number(values["dW3"][1, 0])
    assert right not in asked.inner_text()
    assert four_places(asked)[1:4] == ("?", "?", "?")
    assert answer(asked, page, right) == "Right."
    assert four_places(asked)[1:4] == (right, right, right)
    assert page.evaluate("document.activeElement.textContent") == "Next number"
    page.keyboard.press("Enter")
    page.wait_for_timeout(SETTLE)
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
    page.wait_for_timeout(SETTLE)
    assert four_places(asked)[1] != "?"


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
    page.wait_for_timeout(SETTLE)
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


def test_a_mistake_that_does_not_fit_is_refused_with_the_shapes(page, site):
    place = next(i for i, m in enumerate(MISTAKES) if "made with W where" in m.says)
    figure = open_stepper(page, site, mode='"break"', mistake=place + 1, step='"dh2"')
    said = figure.locator(".nn-backward-changes").inner_text()
    assert "NumPy stops at dh²: matmul: (3, 2) and (3, 1) do not fit" in said


def test_a_mistake_in_1_n_hides_behind_one_bird_and_shows_in_three(page, site):
    figure = open_stepper(page, site, mode='"break"', mistake=2, step='"dW3"')
    assert marked(figure) == []
    figure.get_by_role("button", name="Take three birds").click()
    page.wait_for_timeout(SETTLE)
    assert marked(figure) == list(backward_stepper.BACKWARD)


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


# ----------------------------------------------------------------------------- birds and weights


def test_of_a_batch_every_bird_has_a_column_and_a_term(page, site):
    birds = [185, 12, 170]
    figure = open_stepper(page, site, birds="[185,12,170]", step='"dW3"', entry="[1,0]")
    values = BackwardStepper(birds=birds).values()
    terms = figure.locator(".nn-backward-term").all_inner_texts()
    assert len(terms) == 3
    for i, term in enumerate(terms):
        assert number(values["dz3"][1, i]).lstrip("−") in term
        assert number(values["h2"][0, i]) in term
    assert figure.locator("td.nn-result").inner_text() == number(values["dW3"][1, 0])


def test_of_all_birds_the_sum_says_how_many_terms_it_leaves_out(page, site):
    figure = open_stepper(page, site, birds='"all"', step='"dW3"')
    values = BackwardStepper(birds="all").values()
    rest = (values["dz3"][0, 3:] * values["h2"][0, 3:]).sum()
    assert f"{number(rest)}" in figure.locator(".nn-backward-line").inner_text()
    assert "from 339 more" in figure.locator(".nn-backward-line").inner_text()
    assert figure.locator("td.nn-result").inner_text() == number(values["dW3"][0, 0])


def test_another_bird_and_other_weights_are_chosen_in_the_page(figure, page):
    figure.locator(".nn-backward-setting summary").click()
    figure.get_by_label("Birds").select_option("Another bird")
    figure.get_by_label("Bird number", exact=True).fill("300")
    figure.get_by_label("Bird number", exact=True).press("Enter")
    figure.get_by_label("Weights").select_option("Trained, 2,000 steps")
    figure.get_by_role("button", name="dW1, step 17 of 18").click()
    page.wait_for_timeout(SETTLE)
    value = BackwardStepper(birds=[300], weights="trained").values()["dW1"]
    assert list(result_cells(figure).values()) == [number(v) for v in value.ravel()]


@pytest.mark.parametrize(
    "state",
    [{"step": '"dz9"'}, {"birds": "[1,1]"}, {"mistake": "99"}, {"weights": '"constructor"'}],
)
def test_a_link_that_asks_for_what_there_is_not_is_refused(page, site, state):
    open_stepper(page, site, **state)
    assert "begins as usual" in page.locator(".nn-problem").inner_text()


# ----------------------------------------------------------------------------- screens


@pytest.mark.parametrize("view", [View(390, "light"), View(320, "dark")])
@pytest.mark.parametrize("step", ["z2", "L", "dW2", "dh1"])
def test_a_phone_shows_network_and_one_view_with_the_buttons_in_reach(page, site, view, step):
    figure = open_stepper(page, site, step=f'"{step}"')
    assert figure.locator(".nn-backward-equation").is_visible()
    assert figure.locator(".nn-backward-matrices").is_hidden()
    page.evaluate(
        "document.querySelector('.nn-backward-network').scrollIntoView({ behavior: 'instant' })"
    )
    page.wait_for_timeout(SETTLE)
    box = figure.get_by_role("button", name="Next", exact=True).bounding_box()
    assert 0 <= box["y"] <= 900 - box["height"]
    figure.get_by_text("Matrices", exact=True).click()
    page.wait_for_timeout(SETTLE)
    assert figure.locator(".nn-backward-equation").is_hidden()
    assert figure.locator(".nn-backward-matrices").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= view.width


@pytest.mark.parametrize("view", [View(390, "light")])
def test_on_a_phone_reset_goes_back_to_the_view_of_the_beginning(page, site, view):
    figure = open_stepper(page, site)
    figure.get_by_role("radio", name="Matrices").check()
    page.wait_for_timeout(SETTLE)
    assert figure.locator(".nn-backward-matrices").is_visible()
    page.get_by_role("button", name="Reset").click()
    page.wait_for_timeout(SETTLE)
    assert figure.locator(".nn-backward-matrices").is_hidden()
    assert figure.get_by_role("radio", name="Equation and code").is_checked()


@pytest.mark.parametrize("view", [View(1280, "light"), View(390, "dark")])
@pytest.mark.parametrize("mode", ["predict", "nudge", "break"])
def test_no_mode_has_an_accessibility_fault(page, site, axe, view, mode):
    open_stepper(page, site, mode=f'"{mode}"', step='"dW2"', mistake=11, birds="[185,12,170]")
    page.wait_for_timeout(400)
    assert axe(page, "figure.nn-widget") == []
