"""Draw a digit in a browser: mouse, finger, pen and keyboard, and numbers compared with nn_core."""

import re
from pathlib import Path

import in_node
import numpy as np
import pytest
from frames import settled
from views import View

from nn_core import feedforward
from nn_widgets import DrawADigit
from nn_widgets.figures.draw_a_digit.draw_a_digit import MOST, pushes
from nn_widgets.maths.format import number

SCRIPT = f"import('{Path(__file__).with_name('strokes.mjs').as_uri()}').then((m) => console.log(JSON.stringify(m.HANDS)))"


@pytest.fixture(scope="module")
def hands():
    """Return the strokes of the ten digits by three hands."""
    return in_node.run("-e", SCRIPT)


@pytest.fixture
def figure(page, site):
    """Open the figure."""
    return opened(page, site)


def opened(page, site, link=""):
    page.goto(f"{site}/draw_a_digit.html{link}")
    page.wait_for_selector("figure.nn-mounted .nn-digit-words:not(:empty)")
    return page.locator("figure.nn-widget")


def draw(page, strokes):
    """Draw with the mouse."""
    box = page.locator(".nn-digit-pad > svg").bounding_box()
    k = box["width"] / 255
    for stroke in strokes:
        places = [
            (box["x"] + k * x, box["y"] + k * y)
            for x, y in zip(stroke[::2], stroke[1::2], strict=True)
        ]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=2)
        page.mouse.up()
    settled(page)


def said(figure):
    return figure.locator(".nn-digit-words").inner_text()


def probabilities(figure):
    return figure.locator(".nn-digit-p").all_inner_texts()


def example(figure, n, k=None, measure="score"):
    """Compute with nn_core what the figure should show of its example n."""
    x = np.reshape(figure.examples[n]["x"], (64, 1)) / MOST
    trace = feedforward(figure.network(), x)
    k = int(trace.p.argmax()) if k is None else k
    return trace.p[:, 0], pushes(figure.network(), trace, k, measure)


def signs(figure):
    """Return + or − of each block that has a mark, by its number."""
    found = {}
    for way, sign in (("up", "+"), ("down", "−")):
        path = figure.locator(f".nn-digit-mark.nn-digit-{way}").get_attribute("d")
        assert path.count("v") == (path.count("h") if sign == "+" else 0)
        for x, y, length in re.findall(r"M([\d.]+),([\d.]+)h([\d.]+)", path):
            found[int((float(x) + float(length) / 2) // 40) + 8 * int(float(y) // 40)] = sign
    return dict(sorted(found.items()))


def expected_signs(slopes):
    least = 0.06 * np.abs(slopes).max()
    return {at: "+" if s > 0 else "−" for at, s in enumerate(slopes) if abs(s) >= least}


def inked(picture):
    """Read the counts off a picture of 8 by 8 blocks."""
    paths = picture.locator("path").evaluate_all(
        "all => all.map((el) => [el.getAttribute('d'), el.getAttribute('fill-opacity')])"
    )
    grid = np.zeros((8, 8))
    for path, opacity in paths:
        for across, down in re.findall(r"M(\d),(\d)", path):
            grid[int(down), int(across)] += MOST * float(opacity)
    return grid


def test_what_the_network_sees_has_the_ink_of_the_counts(figure, page):
    examples = DrawADigit().examples
    figure.locator(".nn-digit-examples button").nth(6).click()
    settled(page)
    seen = inked(figure.locator(".nn-live .nn-digit-frame[role=img]").nth(1))
    assert seen.ravel().tolist() == examples[6]["x"]
    for n, given in enumerate(examples):
        small = inked(figure.locator(".nn-digit-examples button svg").nth(n))
        assert small.ravel().tolist() == given["x"]


@pytest.mark.parametrize("n", [0, 6])
def test_an_example_has_nn_cores_probabilities_and_signs(figure, page, n):
    figure.locator(".nn-digit-examples button").nth(n).click()
    settled(page)
    p, slopes = example(DrawADigit(), n)
    assert probabilities(figure) == [number(value) for value in p]
    assert signs(figure) == expected_signs(slopes)
    assert ("It is right." if n == 0 else "It is wrong.") in said(figure)


def test_another_class_and_its_log_p_can_be_asked_about(figure, page):
    figure.get_by_role("radio", name=re.compile("^3, p = ")).check()
    settled(page)
    assert signs(figure) == expected_signs(example(DrawADigit(), 0, 3)[1])
    figure.get_by_role("radio", name="its log p: against the others").check()
    settled(page)
    slopes = example(DrawADigit(), 0, 3, "log p")[1]
    assert signs(figure) == expected_signs(slopes)
    assert "log p of 3" in figure.locator(".nn-digit-why").inner_text()


@pytest.mark.parametrize("hand", [0, 1, 2])
def test_ten_digits_drawn_by_mouse_are_named_but_for_one(figure, page, hands, hand):
    named = []
    for strokes in hands[hand]:
        draw(page, strokes)
        named.append(int(re.search(r"(?:says|hesitates:) (\d)", said(figure))[1]))
        figure.get_by_role("button", name="Clear").click()
    assert sum(n == k for k, n in enumerate(named)) >= 9, named


def test_the_network_answers_while_the_stroke_is_still_being_drawn(figure, page, hands):
    box = page.locator(".nn-digit-pad > svg").bounding_box()
    before = probabilities(figure)
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 190, box["y"] + 40, steps=5)
    settled(page)
    during = probabilities(figure)
    page.mouse.move(box["x"] + 100, box["y"] + 220, steps=5)
    settled(page)
    after = probabilities(figure)
    page.mouse.up()
    assert before != during != after


def test_undo_takes_back_one_stroke_and_clear_all(figure, page, hands):
    draw(page, hands[0][4][:1])
    first = probabilities(figure)
    draw(page, hands[0][4][1:])
    assert probabilities(figure) != first
    figure.get_by_role("button", name="Undo the last stroke").click()
    settled(page)
    assert probabilities(figure) == first
    figure.get_by_role("button", name="Clear").click()
    settled(page)
    assert said(figure).startswith("The pad is empty")
    assert figure.get_by_role("button", name="Undo the last stroke").is_disabled()


@pytest.mark.parametrize("name", ["Undo the last stroke", "Clear"])
def test_undo_and_clear_keep_the_keyboard_s_focus_when_nothing_is_left(figure, page, hands, name):
    draw(page, hands[0][0][:1])
    button = figure.get_by_role("button", name=name)
    button.focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        settled(page)
        assert said(figure).startswith("The pad is empty")
        assert button.is_disabled()
        assert button.evaluate("el => el === document.activeElement")


def test_without_preparation_a_small_digit_in_a_corner_stays_there(figure, page, hands):
    small = [[v // 3 for v in stroke] for stroke in hands[0][3]]
    draw(page, small)
    assert "says 3" in said(figure)
    prepared = probabilities(figure)
    figure.get_by_role("checkbox").uncheck()
    settled(page)
    grid = inked(figure.locator(".nn-live .nn-digit-frame[role=img]").nth(1))
    assert grid[:4, :4].sum() > 0
    assert not grid[4:].any()
    assert not grid[:, 4:].any()
    assert probabilities(figure) != prepared


def test_a_tap_draws_nothing(figure, page):
    before = said(figure)
    figure.locator(".nn-digit-pad").click()
    settled(page)
    assert said(figure) == before


OUT_AND_BACK = [40, 60, 100, 60, 275, 60, 275, 275, 100, 275, 100, 200]


def test_ink_ends_at_the_edge_and_goes_on_where_the_stroke_comes_back(figure, page):
    draw(page, [OUT_AND_BACK])
    pieces = page.evaluate(PATH).split("M")[1:]
    points = [[float(v) for v in re.findall(r"[\d.]+", piece)] for piece in pieces]
    assert len(points) == 2
    assert points[0] == pytest.approx([40, 60, 255, 60], abs=2)
    assert points[1] == pytest.approx([100, 255, 100, 200], abs=2)


def test_a_pen_that_is_lifted_beyond_the_edge_leaves_the_ink_on_the_pad(figure, page):
    draw(page, [OUT_AND_BACK[:8], [40, 120, 200, 120]])
    pieces = page.evaluate(PATH).split("M")[1:]
    points = [[float(v) for v in re.findall(r"[\d.]+", piece)] for piece in pieces]
    assert points[0] == pytest.approx([40, 60, 255, 60], abs=2)
    assert points[1] == pytest.approx([40, 120, 200, 120], abs=2)


def test_a_seven_is_drawn_by_keyboard_alone(figure, page):
    pad = figure.locator(".nn-digit-pad")
    figure.locator("button, input").first.focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if pad.evaluate("el => el === document.activeElement"):
            break
    for key in [
        *["ArrowLeft"] * 4,
        " ",
        *["ArrowRight"] * 8,
        *["End"] * 4,
        *["ArrowDown", "End"] * 2,
        *["ArrowDown"] * 4,
        " ",
    ]:
        page.keyboard.press(key)
    settled(page)
    assert re.match(r"The network (says|hesitates:) 7", said(figure)), said(figure)
    page.keyboard.press("Backspace")
    settled(page)
    assert said(figure).startswith("The pad is empty")


def test_a_finger_draws_on_the_pad_and_scrolls_the_page_beside_it(new_page, site):
    page = new_page(has_touch=True, viewport={"width": 390, "height": 700})
    figure = opened(page, site)
    touch = page.context.new_cdp_session(page)

    def swipe(selector):
        page.locator(selector).scroll_into_view_if_needed()
        box = page.locator(selector).bounding_box()
        x, y = box["x"] + 100, box["y"] + box["height"] / 2
        before = page.evaluate("scrollY")
        touch.send(
            "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
        )
        for step in range(1, 11):
            touch.send(
                "Input.dispatchTouchEvent",
                {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 10 * step}]},
            )
            settled(page)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(200)
        return page.evaluate("scrollY") - before

    assert abs(swipe(".nn-digit-pad")) <= 2
    assert not said(figure).startswith(("A ", "An "))
    assert swipe(".nn-digit-pushes") > 40
    assert swipe(".nn-digit-words") > 40


def test_a_drawing_travels_in_a_short_link_without_the_weights(figure, page, site, hands):
    draw(page, hands[0][3])
    figure.get_by_role("radio", name=re.compile("^8, p = ")).check()
    settled(page)
    shown = probabilities(figure), said(figure), signs(figure)
    figure.get_by_role("button", name="Link to this state").click()
    page.wait_for_function("location.hash.length > 1")
    link = page.evaluate("location.hash")
    assert len(link) < 1500
    assert "layers" not in link
    page.goto("about:blank")
    again = opened(page, site, link)
    settled(page)
    assert (probabilities(again), said(again), signs(again)) == shown


@pytest.mark.parametrize(
    "link", ["strokes=[[0,0,300,1]]", "example=99", "chosen=11", 'measure="x"', "layers=[]"]
)
def test_a_link_with_a_bad_value_is_named_and_ignored(page, site, link):
    figure = opened(page, site, f"#nn=draw_a_digit&{link}")
    assert link.split("=")[0] in figure.locator(".nn-problem").inner_text()
    assert probabilities(figure) == [number(value) for value in example(DrawADigit(), 0)[0]]


def test_a_block_s_slope_is_put_to_the_test(figure, page):
    figure.locator(".nn-digit-cell").nth(27).click()
    settled(page)
    own = DrawADigit()
    p, slopes = example(own, 0)
    k, x = int(p.argmax()), np.reshape(own.examples[0]["x"], (64, 1)) / MOST
    by = 1 if x[27, 0] < 1 else -1
    moved = x.copy()
    moved[27, 0] += by / MOST
    change = (feedforward(own.network(), moved).z[-1] - feedforward(own.network(), x).z[-1])[k, 0]
    text = figure.locator(".nn-digit-probe").inner_text()
    assert f"slope {signed(slopes[27])}" in text
    assert (
        f"{signed(by * slopes[27] / MOST)}; the network, run again, changes it by {signed(change)}."
        in text
    )


def signed(value):
    return ("+" if value > 0 else "") + number(value)


def test_arrow_keys_move_from_block_to_block_from_one_tab_stop(figure, page):
    assert figure.locator('.nn-digit-pushes [tabindex="0"]').count() == 1
    figure.locator('.nn-digit-pushes [tabindex="0"]').focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    settled(page)
    assert figure.locator(".nn-digit-probe").inner_text().startswith("Block at row 2, column 2:")


def test_both_tables_have_every_number(figure, page):
    own = DrawADigit()
    p, slopes = example(own, 0)
    figure.get_by_text("Probabilities as a table").click()
    figure.get_by_text("Pixels and slopes as a table").click()
    tables = figure.locator(".nn-live .nn-numbers")
    tables.nth(1).locator("tbody tr").nth(63).wait_for()
    assert tables.nth(0).locator("td:last-child").all_inner_texts() == [number(v) for v in p]
    assert tables.nth(1).locator("td:nth-child(4)").all_inner_texts() == [number(v) for v in slopes]
    counts = tables.nth(1).locator("td:nth-child(2)").all_inner_texts()
    assert [int(count) for count in counts] == own.examples[0]["x"]


def test_the_answer_is_announced_once_it_is_quiet(figure, page, hands):
    draw(page, hands[0][0])
    page.wait_for_function("document.querySelector('.nn-announce').textContent.includes('says 0')")


def announced(page, start):
    page.wait_for_function(
        "start => document.querySelector('.nn-announce').textContent.startsWith(start)", arg=start
    )


def test_what_is_asked_about_the_same_digit_is_announced_too(figure, page):
    announced(page, said(figure))
    figure.locator(".nn-digit-cell").nth(27).click()
    announced(page, "Block at row 4, column 4:")
    figure.get_by_role("radio", name=re.compile("^3, p = ")).check()
    announced(page, "A little more ink raises the score of 3 fastest at")
    figure.locator(".nn-digit-examples button").nth(6).click()
    settled(page)
    announced(page, said(figure))


def test_what_is_cleared_under_the_pen_stays_cleared(figure, page):
    box = page.locator(".nn-digit-pad > svg").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 90, steps=3)
    page.keyboard.press("Delete")
    page.mouse.move(box["x"] + 120, box["y"] + 90, steps=3)
    page.mouse.up()
    settled(page)
    assert not page.locator(".nn-digit-stroke").first.get_attribute("d")


def test_the_pad_asks_for_a_drawing_only_while_it_is_empty(figure, page, hands):
    hint = figure.get_by_text("draw here")
    assert hint.is_hidden()
    figure.get_by_role("button", name="Clear").click()
    hint.wait_for()
    draw(page, hands[0][0])
    assert hint.is_hidden()


def test_reset_brings_back_the_first_example(figure, page, hands):
    before = said(figure), signs(figure)
    draw(page, hands[0][0])
    figure.get_by_role("radio", name="its log p: against the others").check()
    figure.get_by_role("button", name="Reset").click()
    settled(page)
    assert (said(figure), signs(figure)) == before


@pytest.mark.parametrize("view", [View(1280, "light"), View(390, "dark"), View(320, "light")])
def test_drawing_does_not_move_the_page(figure, page, hands, view):
    height = figure.bounding_box()["height"]
    for strokes in hands[0][:5]:
        draw(page, strokes)
        assert abs(figure.bounding_box()["height"] - height) <= 24
        figure.get_by_role("button", name="Clear").click()


def test_in_forced_colours_signs_strokes_and_bars_are_still_drawn(figure, page, hands):
    page.emulate_media(forced_colors="active")
    draw(page, hands[0][0])
    look = "el => { const s = getComputedStyle(el); return [s.stroke, s.backgroundColor]; }"
    ground = figure.locator(".nn-digit-pad").evaluate(look)[1]
    assert figure.locator(".nn-digit-stroke").evaluate(look)[0] != ground
    assert figure.locator(".nn-digit-best .nn-digit-bar").evaluate(look)[1] != ground


# ------------------------------------------------------------------------ hand, pen, two fingers

# Events as a tablet sends them; capture is refused to pointers that no hardware has.
POINTERS = """(events) => {
  const pad = document.querySelector(".nn-digit-pad");
  pad.setPointerCapture = () => {};
  const box = pad.querySelector("svg").getBoundingClientRect();
  for (const [type, pointerType, pointerId, x, y, wait] of events) {
    const event = new PointerEvent(type, { bubbles: true, pointerType, pointerId, button: type === "pointermove" ? -1 : 0,
      isPrimary: pointerId === 1, clientX: box.left + box.width * x / 255, clientY: box.top + box.height * y / 255 });
    if (wait) Object.defineProperty(event, "timeStamp", { value: event.timeStamp + wait });
    pad.dispatchEvent(event);
  }
}"""
PATH = "document.querySelector('.nn-digit-stroke').getAttribute('d')"


def stroke(kind, number, x, *, end="pointerup", wait=0):
    """Return the events of one stroke downwards."""
    moves = [("pointermove", kind, number, x, y, wait) for y in (60, 120, 180)]
    return [("pointerdown", kind, number, x, 20, wait), *moves, (end, kind, number, x, 180, wait)]


def drawn(page, events):
    """Return where the strokes on the pad begin after these events."""
    page.evaluate(POINTERS, events)
    settled(page)
    return [int(x) for x in re.findall(r"M(\d+),", page.evaluate(PATH) or "")]


def test_a_pen_goes_before_the_hand_that_lies_on_the_pad(figure, page):
    palm = stroke("touch", 1, 40)
    assert drawn(page, [*palm[:3], *stroke("pen", 2, 200), *palm[3:]]) == [200]


def test_a_hand_that_comes_down_between_two_strokes_of_a_pen_draws_nothing(figure, page):
    pen = stroke("pen", 2, 200)
    assert drawn(page, [*pen[:2], *stroke("touch", 1, 40), *pen[2:]]) == [200]
    assert drawn(page, stroke("touch", 1, 40)) == [200]
    assert drawn(page, stroke("touch", 1, 40, wait=5000)) == [200, 40]


def test_a_second_finger_takes_back_the_stroke_of_the_first(figure, page):
    first, second = stroke("touch", 1, 40), stroke("touch", 2, 200)
    assert drawn(page, [*first[:3], *second[:3], *first[3:], *second[3:]]) == []
    assert drawn(page, first) == [40]


def test_a_stroke_that_the_browser_takes_for_itself_brings_the_example_back(figure, page):
    shown = page.locator(".nn-digit-words").inner_text()
    assert drawn(page, stroke("touch", 1, 40, end="pointercancel")) == []
    assert page.locator(".nn-digit-words").inner_text() == shown


def test_a_stroke_that_left_the_pad_and_came_back_is_taken_back_as_a_whole(figure, page):
    way = zip(OUT_AND_BACK[::2], OUT_AND_BACK[1::2], strict=True)
    moves = [("pointermove", "touch", 1, x, y, 0) for x, y in way]
    down, *_, cancel = stroke("touch", 1, 40, end="pointercancel")
    assert drawn(page, stroke("touch", 1, 180)) == [180]
    assert drawn(page, [down, *moves]) == [180, 40, 100]
    assert drawn(page, [cancel]) == [180]


def test_two_fingers_may_zoom_and_one_may_not_scroll(figure, page):
    action = page.locator(".nn-digit-pad").evaluate("el => getComputedStyle(el).touchAction")
    assert action == "pinch-zoom"


def test_ink_stays_under_the_pen_while_the_page_moves(new_page, site):
    page = new_page(viewport={"width": 1280, "height": 500})
    opened(page, site)
    page.locator(".nn-digit-pad").scroll_into_view_if_needed()
    box = page.locator(".nn-digit-pad > svg").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.7
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y)
    page.evaluate("scrollBy(0, 60)")
    settled(page)
    page.mouse.move(x + 20, y)
    page.mouse.up()
    settled(page)
    now = page.locator(".nn-digit-pad > svg").bounding_box()
    moved = box["y"] - now["y"]
    assert moved > 20
    last = [float(v) for v in re.findall(r"[\d.]+", page.evaluate(PATH))[-2:]]
    assert last[1] == pytest.approx((y - now["y"]) * 255 / now["height"], abs=3)
