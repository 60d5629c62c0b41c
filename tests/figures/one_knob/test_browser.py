"""One knob as a reader meets it: mouse, finger, keyboard, links, numbers as nn_core has them."""

import json
import re
from urllib.parse import quote

import numpy as np
import pytest
from views import View

import nn_core
from nn_widgets import OneKnob
from nn_widgets.maths.format import number

PAGE = "/book/02-training.html"
FIGURE = "figure.nn-one-knob"
SHEETS = """async () => {
  const links = [...document.querySelectorAll("link[rel=stylesheet]")];
  return (await Promise.all(links.map(async ({ href }) => (await fetch(href)).text()))).join("");
}"""


def loss_at(turned):
    """Return the average loss with some parameters turned, by nn_core alone."""
    vector = nn_core.to_vector(nn_core.load_example().layers)
    for k, value in turned.items():
        vector[k] = value
    data = nn_core.load_penguins()
    layers = nn_core.from_vector(vector, [2, 3, 2, 3])
    return nn_core.loss(layers, nn_core.standardise(data.x), data.y)


@pytest.fixture
def site(chapters):
    """Look at the figure in its chapter, whose printed numbers it must match."""
    return chapters


def opened(page, address):
    page.goto(address)
    page.locator(FIGURE).scroll_into_view_if_needed()
    figure = page.locator(FIGURE)
    figure.locator(".nn-knob-words", has_text="Average loss").wait_for()
    return figure


@pytest.fixture
def figure(page, site):
    """Open the chapter and wait until the figure is alive."""
    return opened(page, site + PAGE)


def said(figure, turned):
    """Wait until the figure says what nn_core says of these turned parameters."""
    text = f"Average loss {number(loss_at(turned))}"
    figure.locator(".nn-knob-words", has_text=re.compile(re.escape(text) + "[,;]")).wait_for()


def slider(figure):
    return figure.locator("input[type=range]")


def test_it_opens_with_the_loss_of_the_starting_network(figure):
    said(figure, {})
    assert "every bird pays what it paid at first" in figure.locator(".nn-knob-words").inner_text()


def test_the_keyboard_alone_chooses_a_knob_and_turns_it(figure, page):
    figure.locator(".nn-knobs input:checked").focus()
    page.keyboard.press("ArrowLeft")
    figure.locator(".nn-knob-words", has_text="W³₃₂ =").wait_for()
    slider(figure).focus()
    page.keyboard.press("End")
    said(figure, {22: 5})
    page.keyboard.press("ArrowLeft")
    said(figure, {22: 4.99})


def test_all_26_knobs_can_be_reached_from_one_tab_stop(figure, page):
    figure.locator(".nn-knobs input:checked").focus()
    seen = set()
    for _ in range(26):
        page.keyboard.press("ArrowRight")
        seen.add(figure.locator(".nn-knobs input:checked").get_attribute("value"))
    assert seen == {str(k) for k in range(26)}


def test_the_mouse_drags_the_point_along_the_curve_and_reset_goes_back(figure, page):
    curve = figure.locator(".nn-knob-curve")
    curve.scroll_into_view_if_needed()
    box = curve.bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + 60, steps=5)
    page.mouse.up()
    value = float(slider(figure).input_value())
    assert 4 < value < 5
    said(figure, {25: value})
    figure.get_by_role("button", name="Reset").click()
    said(figure, {})


def test_a_drag_over_the_pictures_selects_no_text(figure, page):
    for part in map(figure.locator, (".nn-knob-curve", ".nn-knob-birds")):
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        page.mouse.move(box["x"] + 60, box["y"] + 60)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] + 60, steps=5)
        page.mouse.up()
        assert page.evaluate("getSelection().toString()") == ""
    [rule] = re.findall(r"\.nn-live svg *{[^}]*user-select[^}]*", page.evaluate(SHEETS))
    assert re.search("-webkit-user-select: *none", rule)  # Safari knows no other name


def test_a_tap_on_the_curve_turns_the_knob(new_page, site):
    page = new_page(has_touch=True, viewport={"width": 390, "height": 800})
    figure = opened(page, site + PAGE)
    figure.locator(".nn-knob-curve").scroll_into_view_if_needed()
    box = figure.locator(".nn-knob-curve").bounding_box()
    page.touchscreen.tap(box["x"] + 0.7 * box["width"], box["y"] + 80)
    page.wait_for_function("document.querySelector('.nn-one-knob input[type=range]').value > 0")
    said(figure, {25: float(slider(figure).input_value())})


def test_the_lowest_point_is_the_lowest(figure):
    figure.get_by_role("button", name="To the lowest point").click()
    best = min(np.arange(-700, 501) / 100, key=lambda value: loss_at({25: value}))
    said(figure, {25: best})
    words = figure.locator(".nn-knob-words")
    assert "level, no step of the slider leads lower" in words.inner_text()
    slider(figure).press("ArrowRight")
    said(figure, {25: best + 0.01})
    words.filter(has_not_text="leads lower").wait_for()  # the texts come a moment later
    figure.get_by_role("button", name="Back to where it came").click()
    said(figure, {})


def test_one_round_by_hand_is_the_round_of_the_chapter(figure, page):
    press = figure.get_by_role("button", name="To the lowest, then the next knob")
    for _ in range(26):
        press.click()
    text = page.get_by_text("After 26 presses").inner_text()
    expected = re.search(r"After 26 presses, .* to (\d\.\d+)\.", text)[1]
    figure.locator(".nn-knob-words", has_text=f"Average loss {expected},").wait_for()


def test_pointing_at_a_bird_says_what_it_pays(figure, page):
    figure.locator(".nn-knob-birds").scroll_into_view_if_needed()
    box = figure.locator(".nn-knob-birds").bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.4 * box["height"])
    text = figure.locator(".nn-knob-bird", has_text="so it pays").inner_text()
    probability, price = re.search(r"probability (\d\.\d+), so it pays (\d\.\d+);", text).groups()
    assert float(price) == pytest.approx(-np.log(float(probability)), abs=0.01)


def test_the_table_says_who_pays_less(figure):
    slider(figure).focus()
    slider(figure).fill("1.2")
    said(figure, {25: 1.2})
    who = figure.locator("details", has_text="Who pays what").locator("tbody")
    who.locator("td", has_text=re.compile("^123$")).nth(2).wait_for()
    rows = who.locator("tr").all_inner_texts()
    assert [row.split("\t")[4] for row in rows] == ["0", "0", "123", "123"]


@pytest.mark.parametrize(
    ("turned", "words"),
    [
        ({4: 3, 5: -3.2, 14: -2.4, 22: -2.3}, "341 birds pay less than at first, 1 pays more."),
        (
            {0: 5.1, 1: -4.3, 2: -1.6, 6: -2.8, 7: 4.8, 12: 5.7},
            "1 bird pays less than at first, 341 pay more.",
        ),
    ],
)
def test_one_bird_pays_and_many_pay(page, site, turned, words):
    figure = opened(page, f"{site}{PAGE}#nn=one_knob&turned={quote(json.dumps(turned))}")
    assert words in figure.locator(".nn-knob-words").inner_text()


@pytest.mark.parametrize("view", [View(width, "light") for width in (320, 390, 430, 1280)], ids=str)
def test_no_knob_moves_under_the_hand_that_turns_it(figure, page):
    knobs = figure.locator(".nn-knobs")
    place = "[...document.querySelectorAll('.nn-knobs')].map((el) => el.getBoundingClientRect().y + scrollY)"
    before = page.evaluate(place)
    for k, value in ((1, "-6"), (0, "5")):  # the longest sentence names two knobs
        knobs.locator("input").nth(k).check(force=True)
        slider(figure).fill(value)
        figure.locator(".nn-knob-words", has_text=f"to {value.replace('-', '−')}").wait_for()
        assert page.evaluate(place) == before


def test_the_trained_network_begins_anew(figure):
    slider(figure).fill("1.2")
    figure.get_by_text("the trained network").click()
    figure.locator(".nn-knob-words", has_text="Average loss 0.068;").wait_for()


def test_a_link_opens_the_state_it_names(page, site):
    figure = opened(page, f"{site}{PAGE}#nn=one_knob&knob=0&turned=%7B%220%22%3A-3%7D")
    said(figure, {0: -3})


def test_a_bad_link_gets_a_sentence_and_the_figure_as_usual(page, site):
    figure = opened(page, f"{site}{PAGE}#nn=one_knob&knob=99")
    assert "knob must be a whole number" in figure.locator(".nn-problem").inner_text()
    said(figure, {})


def test_without_javascript_the_picture_and_the_table_stand(new_page, site):
    page = new_page(java_script_enabled=False)
    page.goto(site + PAGE)
    still = page.locator(f"{FIGURE} .nn-still")
    assert still.is_visible()
    assert number(loss_at({})) in still.inner_text()
    assert still.locator("svg").count() == 2


def test_its_state_is_what_python_says():
    assert OneKnob(knob=3).state() == {"network": "start", "knob": 3, "turned": {}}
