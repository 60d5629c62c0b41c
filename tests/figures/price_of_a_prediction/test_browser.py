"""Price of a prediction in a browser: its numbers, and every way to move them."""

import json
from urllib.parse import quote

import numpy as np
import pytest
from frames import settled

from nn_core import cross_entropy
from nn_widgets import PriceOfAPrediction
from nn_widgets.maths.format import number

BIRD = PriceOfAPrediction()


@pytest.fixture
def figure(page, site):
    """Open the figure."""
    return opened(page, site)


def opened(page, site, **state):
    """Open the figure, by a link if a state is given."""
    link = "".join(f"&{name}={quote(json.dumps(value))}" for name, value in state.items())
    fragment = f"#nn=price_of_a_prediction{link}" if link else ""
    page.goto(f"{site}/price_of_a_prediction.html{fragment}")
    page.wait_for_selector("figure.nn-mounted .nn-price-label")
    settled(page)
    return page.locator("figure.nn-widget")


def shown(figure):
    """Return the three probabilities as they are written beside the sliders."""
    return figure.locator(".nn-price-sliders output").all_inner_texts()


def value(text):
    """Read a number as the book writes it."""
    return float(text.replace("−", "-"))


def price_text(p, truth):
    """Write the price with nn_core, as the figure has to."""
    price = cross_entropy(np.array(p, dtype=float), np.eye(3)[truth])
    start = f"−log {number(p[truth])} = "
    if np.isinf(price):
        return start + "∞"
    bits = number(price / np.log(2))
    return f"{start}{number(price)} nats = {bits} bit{'' if bits == '1' else 's'}"


def holds(figure, p, truth):
    """Check everything that is written against nn_core."""
    assert shown(figure) == [number(share) for share in p]
    assert figure.locator(".nn-price-now").inner_text() == price_text(p, truth)
    terms = " + ".join(f"{int(k == truth)}·log {number(v)}" for k, v in enumerate(p))
    assert figure.locator(".nn-price-sum").inner_text() == f"L = −({terms})"


def centre(locator):
    """Return the middle of an element on the screen."""
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_it_begins_with_the_books_bird(figure):
    holds(figure, BIRD.p, BIRD.truth)


@pytest.mark.parametrize(
    ("button", "p", "truth"),
    [
        ("Sure and right", [0, 0, 1], 2),
        ("Uniform guess", [1 / 3, 1 / 3, 1 / 3], 2),
        ("(0.8, 0.1, 0.1)", [0.8, 0.1, 0.1], 0),
        ("Sure and wrong", [1, 0, 0], 2),
    ],
)
def test_a_preset_shows_the_prediction_it_names(figure, page, button, p, truth):
    figure.get_by_role("button", name=button).click()
    settled(page)
    holds(figure, p, truth)
    figure.get_by_role("button", name="The book’s bird").click()
    settled(page)
    holds(figure, BIRD.p, BIRD.truth)


def test_the_other_truth_has_the_other_price(figure, page):
    figure.get_by_role("button", name="(0.8, 0.1, 0.1)").click()
    figure.get_by_role("radio", name="Chinstrap").check()
    settled(page)
    holds(figure, [0.8, 0.1, 0.1], 1)
    assert "2.303 nats" in figure.locator(".nn-price-now").inner_text()


def test_sure_and_wrong_is_said_in_words_and_leaves_the_picture(figure, page):
    figure.get_by_role("button", name="Sure and wrong").click()
    settled(page)
    assert "no finite price" in figure.locator(".nn-price-words").inner_text()
    assert figure.locator(".nn-price-value").text_content() == "∞"
    assert figure.locator(".nn-price-arrow").get_attribute("d") != ""
    figure.get_by_role("button", name="Sure and right").click()
    settled(page)
    assert figure.locator(".nn-price-arrow").get_attribute("d") == ""


def test_the_other_two_keep_their_ratio_while_one_moves(figure, page):
    slider = figure.get_by_role("slider", name="Gentoo")
    slider.focus()
    slider.press("End")
    settled(page)
    assert shown(figure) == ["0", "0", "1"]
    slider.press("Home")  # and find it again after there was nothing left to share
    settled(page)
    rest = BIRD.p[0] + BIRD.p[1]
    holds(figure, [BIRD.p[0] / rest, BIRD.p[1] / rest, 0], 2)


def test_dragging_a_slider_with_the_mouse_moves_the_price(figure, page):
    x, y = centre(slider := figure.get_by_role("slider", name="Adelie"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    page.mouse.up()
    settled(page)
    own = float(slider.input_value())
    assert own > 0.55
    rest = BIRD.p[1] + BIRD.p[2]
    holds(figure, [own, (1 - own) * BIRD.p[1] / rest, (1 - own) * BIRD.p[2] / rest], 2)


def drag(page, start, end):
    """Drag with the mouse from one place to another."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()
    settled(page)


def test_dragging_the_ring_far_beyond_a_corner_makes_it_sure(figure, page):
    ring = figure.locator(".nn-price-ring")
    x, y = centre(ring)
    drag(page, (x, y), (x, y - 800))
    holds(figure, [0, 0, 1], 2)
    drag(page, centre(ring), (x - 300, y + 400))
    holds(figure, [1, 0, 0], 2)


def test_the_ring_follows_the_mouse_and_the_numbers_sum_to_one(figure, page):
    ring = figure.locator(".nn-price-ring")
    x, y = centre(ring)
    drag(page, (x, y), (x + 31, y - 47))
    assert centre(ring) == pytest.approx((x + 31, y - 47), abs=1)
    assert sum(round(1000 * value(text)) for text in shown(figure)) == 1000


def test_along_a_line_of_equal_price_the_price_stays(figure, page):
    ring = figure.locator(".nn-price-ring")
    before = figure.locator(".nn-price-now").inner_text().split(" = ")[1]
    x, y = centre(ring)
    drag(page, (x, y), (x + 40, y))
    after = figure.locator(".nn-price-now").inner_text().split(" = ")[1]
    assert value(after.split()[0]) == pytest.approx(value(before.split()[0]), abs=0.006)
    assert value(shown(figure)[0]) < BIRD.p[0] - 0.1


def test_the_keyboard_alone_moves_the_ring(figure, page):
    ring = figure.get_by_role("slider", name="The prediction, in the triangle")
    figure.get_by_role("button", name="(0.8, 0.1, 0.1)").click()
    ring.focus()
    for key in ("ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(key)
    settled(page)
    holds(figure, [0.74, 0.06, 0.2], 0)
    assert ring.get_attribute("aria-valuetext") == "Adelie 0.740, Chinstrap 0.060, Gentoo 0.200"


def test_dragging_the_point_on_the_curve_sets_the_truths_share(figure, page):
    point = figure.locator(".nn-price-point circle").last
    x, y = centre(point)
    drag(page, (x, y), (x + 70, y + 10))
    assert centre(point)[0] == pytest.approx(x + 70, abs=1)
    own = value(shown(figure)[2])
    assert own > BIRD.p[2] + 0.1
    rest = BIRD.p[0] + BIRD.p[1]
    holds(figure, [(1 - own) * BIRD.p[0] / rest, (1 - own) * BIRD.p[1] / rest, own], 2)


def test_a_tap_in_the_triangle_and_a_tap_on_the_curve_move_the_prediction(new_page, site):
    page = new_page(has_touch=True)
    figure = opened(page, site)
    box = figure.locator(".nn-price-triangle svg").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.3)
    settled(page)
    assert value(shown(figure)[2]) > 0.6
    box = figure.locator(".nn-price-curvebox svg").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    settled(page)
    assert 0.3 < value(shown(figure)[2]) < 0.6


def test_the_comparison_shows_the_second_price_and_both_slopes(page, site):
    figure = opened(page, site, p=[0.8, 0.1, 0.1], truth=1, compare=True)
    rows = figure.locator(".nn-price-comparison tbody tr")
    cells = [row.split("\t") for row in rows.all_inner_texts()]
    assert cells == [["−log p", "2.303", "−0.900"], ["1 − p", "0.900", "−0.090"]]
    assert figure.locator(".nn-price-other").is_visible()
    figure.get_by_label("Compare with 1 − p").uncheck()
    settled(page)
    assert figure.locator(".nn-price-comparison").is_hidden()


def test_reset_goes_back_to_the_bird(figure, page):
    figure.get_by_role("button", name="Sure and wrong").click()
    figure.get_by_role("radio", name="Adelie").check()
    figure.get_by_role("button", name="Reset").click()
    settled(page)
    holds(figure, BIRD.p, BIRD.truth)


def test_a_link_to_an_impossible_state_says_why_and_begins_as_usual(page, site):
    figure = opened(page, site, p=[0.5, 0.6, 0.2])
    assert figure.locator(".nn-problem").inner_text().startswith("p must be three probabilities")
    holds(figure, BIRD.p, BIRD.truth)


def test_what_has_changed_is_announced_and_the_beginning_is_not(figure, page):
    said = figure.locator(".nn-announce")
    page.wait_for_timeout(900)
    assert said.inner_text() == ""
    figure.get_by_role("button", name="Sure and wrong").click()
    page.wait_for_timeout(900)
    assert said.inner_text() == "Gentoo is true and has 0: no finite price."


def test_the_numbers_stand_in_a_table_too(figure, page):
    figure.get_by_role("button", name="(0.8, 0.1, 0.1)").click()
    figure.get_by_text("Numbers as a table").click()
    live = figure.locator(".nn-live details .nn-numbers tbody")
    live.locator("tr").first.wait_for()
    assert [row.split("\t") for row in live.locator("tr").all_inner_texts()] == [
        ["Adelie", "1", "0.800", "0.223", "0.223"],
        ["Chinstrap", "0", "0.100", "2.303", "0"],
        ["Gentoo", "0", "0.100", "2.303", "0"],
        ["sum", "1", "1", "", "0.223"],
    ]
