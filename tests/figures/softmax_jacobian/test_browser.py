"""Softmax Jacobian in a browser: its numbers, its steps, and every way to move it."""

import numpy as np
import pytest

from nn_core import feedforward, load_example, one_hot, softmax, softmax_jacobian
from nn_widgets.maths.format import number

EXAMPLE = load_example()
SCORES = feedforward(EXAMPLE.layers, EXAMPLE.x).z[-1][:, 0]
COLUMNS = ["Column z₁", "Column z₂", "Column z₃"]


@pytest.fixture
def figure(page, site):
    """Open the figure."""
    page.goto(f"{site}/softmax_jacobian.html")
    page.wait_for_selector("figure.nn-mounted .nn-sj-table")
    return page.locator("figure.nn-widget")


def texts(figure, selector):
    """Return the texts of the matching cells, after the next frame."""
    figure.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))"
    )
    return figure.locator(selector).all_inner_texts()


def table(figure):
    """Return the whole table: −y/p, nine entries, row sums, slopes."""
    parts = (".nn-sj-into", ".nn-sj-entry", "tbody .nn-sj-sum", ".nn-sj-slope")
    return [texts(figure, f".nn-sj-table {part}") for part in parts]


def expected(z, truth, known=(0, 1, 2)):
    """Compute the same with nn_core."""
    column = np.reshape(z, (3, 1))
    p, slopes = softmax(column), softmax(column) - one_hot(np.array([truth]), 3)
    into = [number(-1 / p[i, 0]) if i == truth else "0" for i in range(3)]
    shown = [number(slopes[j, 0]) if j in known else "?" for j in range(3)]
    return [into, [number(v) for v in softmax_jacobian(column).ravel()], ["0"] * 3, shown]


def press(figure, name, times=1):
    """Press a button."""
    for _ in range(times):
        figure.get_by_role("button", name=name, exact=True).click()


def test_it_begins_with_the_birds_matrix_and_no_slope_given_away(figure):
    assert table(figure) == expected(SCORES, 2, known=())


@pytest.mark.parametrize(
    ("preset", "z"), [("Sure and right", [-2, -3, 5]), ("Sure and wrong", [5, -1, -5])]
)
@pytest.mark.parametrize("truth", [0, 2])
def test_every_number_is_nn_cores(figure, preset, z, truth):
    press(figure, preset)
    figure.get_by_role("radio").nth(truth).check()
    press(figure, "Next", 10)
    assert table(figure) == expected(z, truth)


def test_the_reader_paces_the_columns_and_each_lands_on_p_minus_y(figure):
    for column in range(3):
        for _ in range(2):
            press(figure, "Next")
            assert table(figure)[3] == expected(SCORES, 2, range(column))[3]
        press(figure, "Next")
        assert table(figure)[3] == expected(SCORES, 2, range(column + 1))[3]
        slope = softmax(SCORES)[column] - (column == 2)
        assert texts(figure, ".nn-sj-figures")[0].endswith(f"= {number(slope)}")
    press(figure, "Next")
    assert texts(figure, ".nn-sj-symbols") == ["∂L/∂z = p − y"]
    figure.get_by_role("button", name="Next").press("Enter")  # at the end, and keeps the focus
    assert texts(figure, ".nn-sj-count") == ["Step 10 of 10"]
    press(figure, "Back", 10)
    assert texts(figure, ".nn-sj-count") == ["Step 0 of 10"]


def test_a_column_can_be_chosen_and_only_the_row_of_the_truth_survives(figure):
    press(figure, COLUMNS[1])
    assert texts(figure, ".nn-sj-count") == ["Step 4 of 10"]
    gone = figure.locator(".nn-sj-entry.nn-sj-gone")
    jacobian = softmax_jacobian(SCORES)
    assert texts(figure, ".nn-sj-entry.nn-sj-gone") == [number(jacobian[i, 1]) for i in (0, 1)]
    assert gone.first.evaluate("el => getComputedStyle(el).textDecorationLine") == "line-through"
    figure.get_by_role("radio", name="Adelie").check()
    assert texts(figure, ".nn-sj-entry.nn-sj-gone") == [number(jacobian[i, 1]) for i in (1, 2)]
    pressed = [
        figure.get_by_role("button", name=c, exact=True).get_attribute("aria-pressed")
        for c in COLUMNS
    ]
    assert pressed == ["false", "true", "false"]


def test_dragging_a_score_moves_every_number(figure, page):
    press(figure, "Next", 10)
    slider = figure.get_by_role("slider").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    z = float(slider.input_value())
    assert z > 3
    assert table(figure) == expected([z, *SCORES[1:]], 2)


def test_a_touch_on_a_slider_and_on_an_entry_answers(new_page, site):
    page = new_page(has_touch=True)
    page.goto(f"{site}/softmax_jacobian.html")
    figure = page.locator("figure.nn-mounted")
    figure.locator(".nn-sj-table").wait_for()
    slider = figure.get_by_role("slider").nth(1)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    assert float(slider.input_value()) > 4
    figure.locator(".nn-sj-entry").nth(3).tap()
    assert texts(figure, ".nn-sj-formula")[0].startswith("∂p₂/∂z₁ = −p₂·p₁ = −")


def test_the_keyboard_alone_reaches_sliders_columns_entries_and_steps(figure, page):
    slider = figure.get_by_role("slider").nth(2)
    slider.focus()
    slider.press("End")
    assert slider.get_attribute("aria-valuetext") == "6"
    figure.get_by_role("button", name="Next").press("Enter")
    assert texts(figure, ".nn-sj-count") == ["Step 1 of 10"]
    assert figure.locator('.nn-sj-entry[tabindex="0"]').count() == 1
    figure.locator('.nn-sj-entry[tabindex="0"]').focus()
    page.keyboard.press("End")
    assert texts(figure, ".nn-sj-formula")[0].startswith("∂p₃/∂z₃ = p₃·(1 − p₃) = ")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert texts(figure, ".nn-sj-formula")[0].startswith("∂p₂/∂z₂ = ")
    figure.get_by_role("button", name=COLUMNS[2], exact=True).press("Space")
    assert texts(figure, ".nn-sj-count") == ["Step 7 of 10"]


def test_huge_scores_break_the_naive_ways_and_not_p_minus_y(figure):
    press(figure, "Huge scores")
    rows = [row.locator("td") for row in figure.locator(".nn-sj-ways tbody tr").all()]
    figure.locator(".nn-sj-ways").wait_for()
    assert [cells.all_inner_texts() for cells in rows] == [
        ["undefined", "1", "undefined", "1"],
        ["0", "0", "undefined", "0"],
        ["0", "0", "undefined", "−1"],
    ]
    assert "rounded to 0" in texts(figure, ".nn-sj-failed")[0]
    press(figure, COLUMNS[0])
    assert "undefined" in texts(figure, ".nn-sj-sentence")[0]
    press(figure, "Next", 2)
    assert table(figure)[3] == ["1", "?", "?"]


def test_ordinary_scores_agree_in_every_way(figure):
    figure.locator(".nn-sj-details summary").click()
    for row in figure.locator(".nn-sj-ways tbody tr").all():
        naive, stable, long, short = row.locator("td").all_inner_texts()
        assert naive == stable
        assert long == short
    assert figure.locator(".nn-sj-failed").inner_text() == ""


def test_narrowing_the_sliders_brings_the_scores_back_into_reach(figure):
    press(figure, "Huge scores")
    figure.get_by_role("checkbox", checked=True).wait_for()
    figure.get_by_role("checkbox").uncheck()
    press(figure, "Next", 10)
    assert table(figure) == expected([6, 0, -6], 2)


def test_reset_goes_back_to_the_bird(figure):
    press(figure, "Huge scores")
    press(figure, COLUMNS[2])
    press(figure, "Reset")
    assert table(figure) == expected(SCORES, 2, known=())


def test_a_link_opens_the_figure_in_its_state(page, site):
    page.goto(f"{site}/softmax_jacobian.html#nn=softmax_jacobian&z=[1,2,3]&truth=0&step=10")
    figure = page.locator("figure.nn-mounted")
    figure.locator(".nn-sj-table").wait_for()
    assert table(figure) == expected([1, 2, 3], 0)


def test_a_link_to_an_impossible_state_says_why_and_begins_as_usual(page, site):
    page.goto(f"{site}/softmax_jacobian.html#nn=softmax_jacobian&z=[1,2]")
    figure = page.locator("figure.nn-mounted")
    figure.locator(".nn-sj-table").wait_for()
    assert (
        page.locator(".nn-problem").inner_text().startswith("z must be a list of 3, each a number")
    )
    assert table(figure) == expected(SCORES, 2, known=())


def test_what_happened_is_announced_once_things_are_quiet(figure, page):
    slider = figure.get_by_role("slider").first
    for _ in range(5):
        slider.press("ArrowRight")
    said = figure.locator(".nn-announce")
    assert said.get_attribute("aria-live") == "polite"
    page.wait_for_timeout(900)
    z = [float(slider.input_value()), *SCORES[1:]]
    shares = ", ".join(number(v) for v in softmax(np.array(z)))
    assert said.inner_text().startswith(f"p = {shares}. p − y = ")
    press(figure, "Next")
    page.wait_for_timeout(900)
    assert said.inner_text().startswith("The truth is one-hot")


def test_the_numbers_stand_in_a_table_too(figure):
    figure.get_by_text("Numbers as a table").click()
    body = figure.locator(".nn-live .nn-numbers tbody").last
    body.locator("tr").first.wait_for()
    p = softmax(SCORES)
    assert body.locator("tr").last.locator("td").all_inner_texts() == [
        number(SCORES[2]),
        number(p[2]),
        "1",
        number(-1 / p[2]),
        number(p[2] - 1),
    ]
