"""Backward stepper in a browser: four views of one number, and every way to meet it."""

import re

import numpy as np
import pytest
from frames import settled
from stepper import current, focused, four_places, open_stepper, press, result_cells
from views import View

from nn_widgets import BackwardStepper
from nn_widgets.figures.backward_stepper import backward_stepper
from nn_widgets.maths.format import number

STEPS = backward_stepper.STEPS


@pytest.fixture
def figure(page, site):
    return open_stepper(page, site)


@pytest.fixture
def values():
    return BackwardStepper().values()


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
            settled(page)


@pytest.mark.parametrize("step", ["z2", "p", "dz3", "dW2", "db1", "dh1", "dz1"])
def test_every_entry_shows_the_numbers_that_it_is_made_of(page, site, values, step):
    figure = open_stepper(page, site, step=f'"{step}"')
    for row, col in np.ndindex(values[step].shape):
        figure.locator(f'.nn-backward-product td[data-key="{step}.{row}.{col}"]').first.hover()
        settled(page)
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
    settled(page)
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
    settled(page)
    assert four_places(figure)[0] == "dz2.1.0"
    figure.locator('.nn-backward-product td[data-key="dh2.1.0"]').focus()
    page.keyboard.press("Enter")
    settled(page)
    assert four_places(figure)[0] == "dh2.1.0"
    assert page.evaluate("document.activeElement.dataset.key") == "dh2.1.0"
    figure.locator('.nn-backward-slot[data-key="z1.2.0"]').click()
    settled(page)
    assert four_places(figure)[0] == "z1.2.0"


def test_a_first_tap_lights_a_number_and_a_second_one_leads_to_it(new_page, site):
    page = new_page(has_touch=True)
    figure = open_stepper(page, site, step='"dW2"')
    slot = figure.locator('.nn-backward-slot[data-key="h1.0.0"]')
    slot.tap()
    settled(page)
    assert current(figure) == "dW2"
    assert figure.locator('.nn-backward-box.nn-hot[data-key="h1.0.0"]').count() == 1
    slot.tap()
    settled(page)
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
    settled(page)
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
    settled(page)
    assert current(figure) == "h1"
    figure.get_by_role("button", name="db1, step 18 of 18").click()
    settled(page)
    assert figure.get_by_role("button", name="Next", exact=True).is_disabled()
    figure.get_by_role("button", name="Back").click()
    settled(page)
    assert current(figure) == "dW1"


@pytest.mark.parametrize(("button", "step"), [("Next", "dW1"), ("Back", "h1")])
def test_the_first_and_the_last_step_leave_the_focus_on_the_button(page, site, button, step):
    figure = open_stepper(page, site, step=f'"{step}"')
    own = figure.get_by_role("button", name=button, exact=True)
    press(page, own)
    assert current(figure) == {"Next": "db1", "Back": "z1"}[button]
    assert own.is_disabled()
    assert focused(page) == button


def test_the_arrow_to_the_loss_keeps_the_focus_and_leads_on(page, site):
    figure = open_stepper(page, site, step='"p"', entry="[2,0]")
    after = figure.get_by_role("button", name="Next entry")
    press(page, after)
    assert current(figure) == "L"
    assert focused(page) == "Next entry"
    page.keyboard.press("Enter")
    settled(page)
    assert current(figure) == "dz3"


def test_the_last_bird_leaves_the_focus_on_the_button(page, site):
    figure = open_stepper(page, site, birds="[185,12]", step='"dz3"', entry="[2,0]")
    more = figure.get_by_role("button", name="Bird: one more")
    press(page, more)
    assert more.is_disabled()
    assert focused(page) == "Bird: one more"
    page.keyboard.press("Enter")
    settled(page)
    assert four_places(figure)[0] == "dz3.2.1"


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


@pytest.mark.parametrize(
    ("motion", "entry", "then"),
    [("reduce", 0, ["z1.0.0", "h1.0.0"]), ("no-preference", 2, ["z1.0.0", "z1.1.0"])],
)
def test_play_at_the_end_begins_anew(new_page, site, motion, entry, then):
    page = new_page(reduced_motion=motion)
    figure = open_stepper(page, site, step='"db1"', entry=f"[{entry},0]")
    figure.get_by_role("button", name="Play").click()
    for key in then:
        figure.locator(f'td.nn-result[data-key="{key}"]').wait_for(timeout=4000)
        assert figure.get_by_role("button", name="Pause").is_visible()


def test_play_before_the_last_entry_goes_on_to_it_and_stops(page, site):
    figure = open_stepper(page, site, step='"db1"', entry="[1,0]")
    figure.get_by_role("button", name="Play").click()
    figure.locator('td.nn-result[data-key="db1.2.0"]').wait_for(timeout=4000)
    figure.get_by_role("button", name="Play").wait_for(timeout=4000)
    assert figure.locator("td.nn-result").get_attribute("data-key") == "db1.2.0"


def test_with_less_motion_play_shows_whole_steps_and_takes_its_time(new_page, site):
    page = new_page(reduced_motion="reduce")
    figure = open_stepper(page, site)
    figure.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1600)
    assert four_places(figure)[0] == "z1.0.0"
    page.wait_for_timeout(1600)
    assert four_places(figure)[0] == "h1.0.0"


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
    settled(page)
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
    settled(page)
    box = figure.get_by_role("button", name="Next", exact=True).bounding_box()
    assert 0 <= box["y"] <= 900 - box["height"]
    figure.get_by_text("Matrices", exact=True).click()
    settled(page)
    assert figure.locator(".nn-backward-equation").is_hidden()
    assert figure.locator(".nn-backward-matrices").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= view.width


@pytest.mark.parametrize("view", [View(390, "light")])
def test_on_a_phone_reset_goes_back_to_the_view_of_the_beginning(page, site, view):
    figure = open_stepper(page, site)
    figure.get_by_role("radio", name="Matrices").check()
    settled(page)
    assert figure.locator(".nn-backward-matrices").is_visible()
    page.get_by_role("button", name="Reset").click()
    settled(page)
    assert figure.locator(".nn-backward-matrices").is_hidden()
    assert figure.get_by_role("radio", name="Equation and code").is_checked()
