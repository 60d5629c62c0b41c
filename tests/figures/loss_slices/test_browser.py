"""Loss slices as a reader meets it: mouse, finger, keyboard, links, numbers as nn_core has them."""

import re

import numpy as np
import pytest
from frames import settled
from views import View, reserves_its_room

import nn_core
from nn_widgets import LossSlices
from nn_widgets.maths import penguins
from nn_widgets.maths.format import number

PAGE = "/book/03-loss-complexity.html"
FIGURES = "figure.nn-loss-slices"
PAIR, TWINS = 0, 1  # which of the chapter's two figures

# Left edge, top edge and side of the map's square on the screen.
PLOT = """el => {
  const square = el.querySelector(".nn-hill-map clipPath rect"), svg = square.ownerSVGElement;
  const box = svg.getBoundingClientRect(), k = box.width / svg.viewBox.baseVal.width;
  const { x, y, width } = square;
  return [box.left + k * x.baseVal.value, box.top + k * y.baseVal.value, k * width.baseVal.value];
}"""


@pytest.fixture
def site(chapters):
    """Look at the figure in its chapter, whose printed numbers it must match."""
    return chapters


def opened(page, address, which):
    page.goto(address)
    figure = page.locator(FIGURES).nth(which)
    figure.scroll_into_view_if_needed()
    figure.locator(".nn-slice-words", has_text=re.compile("Loss|probe")).wait_for()
    return figure


@pytest.fixture
def twins(page, site):
    """Open the chapter at the figure of the twins."""
    return opened(page, site + PAGE, TWINS)


@pytest.fixture
def pair(page, site):
    """Open the chapter at the figure of two parameters."""
    return opened(page, site + PAGE, PAIR)


def sentence(cut, place):
    """Return the numbers that the figure has to say of a probe, by nn_core alone."""
    home, place = np.array(cut.home), np.array(place)
    losses = [cut.loss(w) for w in (home, place, (home + place) / 2)]
    start, end, middle = map(number, losses)
    return f"Loss {start} at the network, {end} at the probe, {middle} half way between."


def said(figure, cut, place):
    figure.locator(".nn-slice-words", has_text=sentence(cut, place)).wait_for()


def probe(figure):
    return figure.locator(".nn-hill-start")


def test_the_chapters_number_half_way_between_the_twins_is_the_figures(twins, page):
    middle = page.locator(".nn-matrices", has_text="L half way").inner_text()
    middle = re.search(r"L half way\s*=?\s*(\d\.\d+)", middle)[1]
    words = twins.locator(".nn-slice-words").inner_text()
    assert f"{middle} half way between" in words
    assert words.endswith("this loss is not convex.")


def test_the_buttons_put_the_probe_on_each_twin(twins):
    cut = LossSlices("twins").cut()
    twins.get_by_role("button", name="Probe to: second twin").click()
    twins.locator(".nn-slice-words", has_text="1.043 half way between").wait_for()
    twins.get_by_role("button", name="Probe to: trained").click()
    twins.locator(".nn-slice-words", has_text="stands on the network itself").wait_for()
    twins.get_by_role("button", name="Probe to: twin", exact=True).click()
    said(twins, cut, cut.probe)


def test_the_keyboard_moves_the_probe_and_visits_the_twins(twins, page):
    cut = LossSlices("twins").cut()
    probe(twins).focus()
    page.keyboard.press("ArrowUp")
    side = cut.domain[1][1] - cut.domain[1][0]
    said(twins, cut, [cut.probe[0], 0.01 * side])
    page.keyboard.press("Enter")
    twins.locator(".nn-slice-words", has_text="stands on the network itself").wait_for()
    page.keyboard.press("Backspace")
    twins.locator(".nn-slice-words", has_text="1.043 half way between").wait_for()


def test_the_mouse_drags_the_probe_and_the_value_is_announced(pair, page):
    pair.locator(".nn-hill-map").scroll_into_view_if_needed()
    left, top, side = pair.evaluate(PLOT)
    page.mouse.move(left + 0.3 * side, top + 0.3 * side)
    page.mouse.down()
    page.mouse.move(left + side - 1, top + side - 1, steps=4)
    page.mouse.up()
    settled(page)
    text = probe(pair).get_attribute("aria-valuetext")
    place = [float(v.replace("\N{MINUS SIGN}", "-")) for v in re.findall(r" (−?[\d.]+),", text)]
    np.testing.assert_allclose(place, [9, -9], atol=0.15)
    pair.locator(".nn-slice-words", has_text="this loss is not convex").wait_for()
    pair.locator(".nn-announce", has_text="half way between").wait_for(state="attached")


def test_a_finger_drags_the_probe(new_page, site):
    page = new_page(has_touch=True, viewport={"width": 390, "height": 800})
    figure = opened(page, site + PAGE, PAIR)
    figure.locator(".nn-hill-map").scroll_into_view_if_needed()
    left, top, side = figure.evaluate(PLOT)
    before = probe(figure).get_attribute("aria-valuetext")
    page.touchscreen.tap(left + 0.2 * side, top + 0.2 * side)
    page.wait_for_function(
        """([selector, before]) => document.querySelectorAll(selector)[0]
           .querySelector(".nn-hill-start").getAttribute("aria-valuetext") !== before""",
        arg=[FIGURES, before],
    )


def test_other_parameters_cut_another_slice(pair):
    pair.get_by_label("Across the map").select_option(label="W³₁₁")
    pair.get_by_label("Up the map").select_option(label="b³₁")
    cut = LossSlices("pair", pair=[17, 23]).cut()
    said(pair, cut, cut.probe)
    assert pair.get_by_label("Up the map").locator("option[value='17']").is_disabled()


def test_other_directions_are_the_next_draw_of_python(pair):
    pair.get_by_text("random directions").first.click()
    pair.get_by_role("button", name="Other directions").click()
    cut = LossSlices("random", seed=2).cut()
    said(pair, cut, cut.probe)
    pair.get_by_text("the starting network", exact=True).click()
    cut = LossSlices("random", seed=2, network="start").cut()
    said(pair, cut, cut.probe)
    pair.get_by_role("button", name="Reset").click()
    said(pair, LossSlices("pair").cut(), LossSlices("pair").place)


def test_the_table_follows_the_straight_way(twins):
    twins.get_by_text("Numbers as a table").click()
    rows = [row.split("\t") for row in twins.locator("details tbody tr").all_inner_texts()]
    first = nn_core.to_vector(penguins.networks()["trained"])
    cut = LossSlices("twins").cut()
    assert len(rows) == 11
    for share, loss, *_ in rows:
        vector = first + float(share) * cut.probe[0] * cut.axes[0]
        layers = nn_core.from_vector(vector, [2, 3, 2, 3])
        assert loss == number(nn_core.loss(layers, *penguins.birds()))


def test_the_hill_turns_by_keyboard(twins, page):
    hill = twins.locator(".nn-hill-side")
    hill.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        """document.querySelectorAll(".nn-loss-slices .nn-hill-side")[1].getAttribute("aria-label").includes("35°")"""
    )


def test_no_name_on_the_hill_is_cut_however_it_is_turned(page, site):
    page.add_init_script("""window.cut = [];
      const fillText = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        const half = this.measureText(text).width / 2, end = this.canvas.clientWidth;
        if (x - half < 0 || x + half > end) window.cut.push(`${text} at ${x}`);
        window.written = true;
        fillText.call(this, text, x, y);
      };""")
    twins = opened(page, site + PAGE, TWINS)
    hill = twins.locator(".nn-hill-side")
    for turn in range(36):
        hill.press("ArrowRight")
        hill.press("ArrowRight")
        label = f"turned {(40 + 10 * turn) % 360}°"
        twins.locator(f'.nn-hill-side[aria-label*="{label}"]').wait_for()
    assert page.evaluate("window.written")
    assert page.evaluate("window.cut") == []


def test_a_link_opens_the_state_it_names_in_the_figure_it_names(page, site):
    link = "#nn=loss_slices-2&plane=%22random%22&seed=5&place=%5B2%2C-3%5D"
    figure = opened(page, f"{site}{PAGE}{link}", TWINS)
    said(figure, LossSlices("random", seed=5).cut(), [2, -3])


def test_a_bad_link_gets_a_sentence_and_the_figure_as_usual(page, site):
    figure = opened(page, f"{site}{PAGE}#nn=loss_slices&pair=%5B3%2C3%5D", PAIR)
    assert (
        "pair must be a list of 2, each a whole number from 0 to 25, all different"
        in figure.locator(".nn-problem").inner_text()
    )
    said(figure, LossSlices("pair").cut(), LossSlices("pair").place)


def test_without_javascript_the_picture_stands_with_its_numbers(new_page, site):
    page = new_page(java_script_enabled=False)
    page.goto(site + PAGE)
    still = page.locator(f"{FIGURES} .nn-still").nth(TWINS)
    assert still.locator("svg").is_visible()
    assert "0.952 half way: more than the average of the two ends" in still.inner_text()


@pytest.mark.parametrize("view", [View(1280, "dark"), View(390, "light"), View(320, "dark")])
def test_the_twins_reserve_the_room_that_they_take(page, site, view):
    assert reserves_its_room(opened(page, site + PAGE, TWINS))
