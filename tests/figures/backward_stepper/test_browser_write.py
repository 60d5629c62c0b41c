"""Backward stepper with a line of the reader's own, run by the page's Python."""

import numpy as np
import pytest
from frames import settled
from stepper import current, focused, four_places, open_stepper
from views import View

from nn_widgets import BackwardStepper
from nn_widgets.figures.backward_stepper.backward_stepper import STEPS
from nn_widgets.maths.format import number

WAIT = 90_000  # ms on a busy machine
RIGHT = {
    "z": "W @ h + b",
    "h": "1 / (1 + np.exp(-z))",
    "p": "np.exp(z) / np.exp(z).sum(axis=0)",
    "L": "-(y * np.log(p)).sum() / N",
    "dz3": "(p - y) / N",
    "dz": "dh * h * (1 - h)",
    "dW": "dz @ h.T",
    "db": "dz.sum(axis=1, keepdims=True)",
    "dh": "W.T @ dz",
}


def opened(page, site, **state):
    page.set_default_timeout(WAIT)
    return open_stepper(page, site, mode='"write"', **state)


def ran(figure, line):
    """Run a line by the keyboard; return what is said of it."""
    field = figure.get_by_role("textbox", name="The line of")
    field.fill(line)
    field.press("Enter")
    figure.locator(".nn-backward-ran:is(.nn-is-right, .nn-is-wrong)").wait_for()
    settled(figure.page)
    return figure.locator(".nn-backward-ran").inner_text()


def test_the_first_entry_that_a_line_gets_wrong_is_lit_in_all_four_places(page, site):
    figure = opened(page, site, step='"dW3"')
    values = BackwardStepper().values()
    right = number(values["dW3"][1, 1])
    doubled = number(2 * values["dW3"][1, 1])
    says = ran(figure, "dW = dz @ h.T * (1 + (np.arange(6) > 2).reshape(3, 2))")
    assert says.startswith(f"dW³[2, 2] comes out {doubled}; it is {right}.")
    assert four_places(figure) == ("dW3.1.1", right, right, right, ["dW"])
    assert figure.locator(".nn-backward-instead").inner_text() == (
        f"With your line: dW³[2, 2] = {doubled}"
    )
    assert figure.locator("td.nn-backward-differs").count() == 3
    code = figure.locator(".nn-backward-code code").inner_text()
    assert code == "dW = dz @ h.T * (1 + (np.arange(6) > 2).reshape(3, 2))"
    assert figure.locator(".nn-backward-chip.nn-backward-spoiled").count() == 1

    assert ran(figure, "dz @ h.T") == "Right: every entry of dW³."
    assert figure.locator("td.nn-backward-differs").count() == 0
    assert figure.locator(".nn-backward-spoiled").count() == 0
    figure.get_by_role("button", name="Next line").click()
    settled(page)
    assert current(figure) == "db3"
    assert focused(page).startswith("The line of db³")
    assert figure.get_by_role("textbox", name="The line of db³").input_value() == ""


def test_after_the_last_line_comes_the_first(page, site):
    figure = opened(page, site, step='"db1"')
    ran(figure, RIGHT["db"])
    figure.get_by_role("button", name="Begin anew").click()
    settled(page)
    assert current(figure) == "z1"
    assert focused(page).startswith("The line of z¹")


def test_the_lines_of_the_book_are_right_at_every_step_and_their_neighbours_are_not(page, site):
    figure = opened(page, site, birds="[185,12,170]")
    for step in STEPS:
        figure.locator(f".nn-backward-chip[data-step={step}]").click()
        settled(page)  # the field is that of the last step until the next frame
        line = RIGHT.get(step) or RIGHT[step.rstrip("123")]
        assert ran(figure, line).startswith("Right: "), step
        wrong = ran(figure, f"1.001 * ({line})")
        assert "comes out" in wrong, (step, wrong)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "h @ dz.T",
            "dW³ comes out (2, 3); it must have (3, 2). It is the shape of its transpose.",
        ),
        ("dz.sum(axis=1)", "dW³ comes out (3,); it must have (3, 2)."),
        ("dz @ h", "the transpose of the right one, (1, 2), would fit"),
        ("dz @ hh.T", "There is no name hh yet"),
        ("dz @ h.T)", ""),
        ("None", "That gives no numbers"),
        ("0.5", "dW³ comes out (1, 1); it must have (3, 2)."),
        ("dz @ h.T / 0", "dW³[1, 1] comes out"),
        ("'<img src=x>'", "That gives no numbers"),
    ],
)
def test_a_line_that_gives_something_else_gets_a_sentence_and_stays(page, site, line, says):
    figure = opened(page, site, step='"dW3"')
    assert says in ran(figure, line)
    assert figure.locator(".nn-backward-ran").evaluate("(p) => p.children.length") == 0
    assert figure.get_by_role("textbox", name="The line of").input_value() == line
    assert figure.locator(".nn-backward-code code").inner_text() == f"dW = {line}"


def test_an_entry_of_another_bird_comes_into_view(page, site):
    figure = opened(page, site, step='"dz3"', birds="[185,12,170]")
    said = ran(figure, "(p - y) / N * np.array([[1, 1, 0]])")
    assert said.startswith("dz³[1, 3] comes out 0; it is ")
    x, y = BackwardStepper(birds=[185, 12, 170]).values(), "dz3"
    key, box, network, cell, _ = four_places(figure)
    assert (key, box) == ("dz3.0.2", number(x[y][0, 2]))
    assert np.isclose(float(cell.replace("−", "-")), x[y][0, 2], atol=5e-4)
    assert network == box


def test_python_comes_on_the_press_and_not_before(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    figure = opened(page, site, step='"dW3"')
    figure.get_by_role("textbox", name="The line of").fill("dz")
    assert not any("python.js" in url for url in asked)
    figure.get_by_role("button", name="Run it").click()
    figure.locator(".nn-backward-ran.nn-is-wrong").wait_for()
    assert sum("python.js" in url for url in asked) == 1


def test_the_line_of_the_book_is_not_shown_to_who_writes_it(page, site):
    figure = opened(page, site, step='"dW3"')
    assert figure.locator(".nn-backward-code code").inner_text() == "dW = …"
    assert "nn_core/" not in figure.locator(".nn-backward-code").inner_text()
    page.locator(".nn-backward-modes label", has_text="Watch").click()
    settled(page)
    assert "dz @ h" in figure.locator(".nn-backward-code code").inner_text()


@pytest.mark.parametrize("view", [View(320, "dark"), View(1280, "light")], ids=["320", "wide"])
def test_writing_has_no_accessibility_fault_and_fits(page, site, axe):
    figure = opened(page, site, step='"dW3"')
    ran(figure, "h @ dz.T")
    assert axe(page, "figure.nn-widget") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
