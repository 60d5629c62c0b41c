"""Graph in a browser: what a reader sees, presses and hears, compared with nn_core."""

import json
import re
from urllib.parse import quote

import numpy as np
import pytest
from frames import settled
from views import View, in_every_view, reserves_its_room

from nn_core import backward_sequence, feedforward, load_example
from nn_widgets.figures.graph.graph import PRESETS
from nn_widgets.maths.format import number

AHEAD = {"twice": 3, "neuron": 7, "bird": 9, "skip": 11}  # values to compute
NODES = {"twice": 4, "neuron": 13, "bird": 16, "skip": 19}
U, S, T, L = range(4)  # the nodes of the first preset, by their places
OWN = "u = 3\nv = u * u\nL = v + u"


def hash_of(**state):
    return "#nn=graph" + "".join(f"&{k}={quote(json.dumps(v))}" for k, v in state.items())


def opened(page, site, **state):
    """Open the figure, by a link if a state is given."""
    page.goto(f"{site}/graph.html{hash_of(**state) if state else ''}")
    page.wait_for_selector("figure.nn-mounted .nn-graph-node")
    settled(page)
    return page.locator("figure.nn-widget")


@pytest.fixture
def figure(page, site):
    return opened(page, site)


def press(figure, name):
    figure.get_by_role("button", name=name, exact=True).click()
    settled(figure.page)


def box(figure, k):
    return figure.locator(".nn-graph-node").nth(k)


def gradient(figure, k):
    return box(figure, k).locator(".nn-graph-gradient").text_content()


def words(figure):
    return figure.locator(".nn-graph-words").inner_text()


def table(figure):
    """The rows of the table, by the name of the node."""
    details = figure.locator("details", has=figure.page.locator(".nn-numbers"))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.locator("tbody tr").first.wait_for()
    rows = details.locator("tbody tr").evaluate_all(
        "all => all.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_goes_forward_and_back_by_next_alone(page, site, preset):
    figure = opened(page, site, preset=preset)
    assert figure.locator(".nn-graph-node").count() == NODES[preset]
    for _ in range(AHEAD[preset] + NODES[preset]):
        press(figure, "Next")
    assert figure.locator(".nn-graph-verdict").inner_text() == "Every gradient is right."
    assert [row[3] for row in table(figure).values()] == ["yes"] * len(table(figure))
    said = words(figure)
    figure.get_by_role("button", name="Next", exact=True).focus()
    page.keyboard.press("Enter")  # there is nothing beyond, and the button keeps the focus
    settled(page)
    assert words(figure) == said
    assert page.evaluate("document.activeElement.textContent") == "Next"
    press(figure, "Back")
    assert words(figure) != said


def test_the_eleven_gradients_of_the_penguin_network_are_in_the_table(page, site):
    rows = table(opened(page, site, preset="bird", step=160))
    layers, x, y = load_example()
    for name, value in backward_sequence(layers, feedforward(layers, x), y):
        symbol = name[1] + "⁰¹²³"[int(name[2])]
        parts = re.split("[,;] ", rows[symbol][2].removeprefix(f"d{symbol} = "))
        assert parts == [number(v) for v in value.ravel()], name


def test_a_node_waits_for_its_shares_and_says_how_many_have_come(page, site):
    figure = opened(page, site, preset="skip", step=17, node=10)
    assert gradient(figure, 10) == "1 of 2 in"
    assert "1 of its 2 shares has come" in figure.locator(".nn-graph-panel").inner_text()
    press(figure, "Next")
    assert gradient(figure, 10) == "1 of 2 in"
    figure = opened(page, site, preset="skip", step=22, node=10)
    assert gradient(figure, 10) == "dh¹ ✓"
    assert "2 of its 2 shares have come" in figure.locator(".nn-graph-panel").inner_text()


def test_a_guess_is_judged_with_its_reason_and_a_right_one_goes_on(page, site):
    figure = opened(page, site, step=3, predict=True)
    said = figure.locator(".nn-graph-guess")
    assert said.inner_text() == "Which node hands on next?"
    box(figure, U).click()
    settled(page)
    assert said.inner_text() == "Not yet: the way back begins at L."
    assert "nn-is-wrong" in said.get_attribute("class")
    assert gradient(figure, L) == ""
    box(figure, L).click()
    settled(page)
    assert said.inner_text().startswith("Right.")
    assert gradient(figure, L) == "dL 1"
    box(figure, S).click()
    settled(page)
    assert "only 1 of its 3 shares has come. s waits for t." in said.inner_text()
    for k, text in ((T, "dt 1"), (S, "ds 3.800"), (U, "du 7.600")):
        box(figure, k).click()
        settled(page)
        assert gradient(figure, k) == text
    assert figure.locator(".nn-graph-verdict").inner_text() == "Every gradient is right."


def test_a_guess_out_of_turn_that_is_right_is_taken_and_a_link_keeps_its_order(page, site):
    figure = opened(page, site, preset="bird", step=12, predict=True)  # L, z³ and the sum: W³ can
    names = figure.locator(".nn-graph-node")
    labels = names.evaluate_all("all => all.map((el) => el.getAttribute('aria-label'))")
    of = next(k for k, label in enumerate(labels) if label.startswith("W³,"))
    box(figure, of).click()
    settled(page)
    assert "more than one order" in figure.locator(".nn-graph-guess").inner_text()
    assert gradient(figure, of) == "dW³ ✓"
    now = words(figure)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    press(figure, "Link to this state")
    link = figure.locator(".nn-link-field").input_value()
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("figure.nn-mounted .nn-graph-node")
    settled(page)
    assert words(figure) == now


def choose(figure, group, name):
    figure.get_by_role("group", name=group).get_by_role("radio", name=name, exact=True).check()
    settled(figure.page)


@pytest.mark.parametrize(
    ("add", "wait", "gradients"),
    [
        ("= replaces", "when it is whole", ["du 1.400", "ds 1.400"]),
        ("+= adds", "at once", ["du 16", "ds 3.800"]),
        ("= replaces", "at once", ["du 1", "ds 1"]),
    ],
)
def test_each_mistake_is_named_with_what_it_makes_wrong(figure, add, wait, gradients):
    choose(figure, "A further share", add)
    choose(figure, "A node hands on", wait)
    press(figure, "To the end")
    assert [gradient(figure, k) for k in (U, S)] == gradients
    told = figure.locator(".nn-graph-verdict").inner_text()
    assert "istake" in told
    factor = float(gradients[0].split()[1]) / 7.6
    assert f"should be 7.600: {number(factor)} times the right one" in told
    assert "nn-is-wrong" in box(figure, U).get_attribute("class")
    assert ("nn-is-wrong" in box(figure, S).get_attribute("class")) == ("3.800" not in gradients[1])


def test_a_matrix_that_is_wrong_has_no_check_mark(page, site):
    figure = opened(page, site, preset="skip")
    choose(figure, "A further share", "= replaces")
    choose(figure, "A node hands on", "at once")
    press(figure, "To the end")
    wrong = [
        k
        for k in range(figure.locator(".nn-graph-node").count())
        if "nn-is-wrong" in box(figure, k).get_attribute("class")
    ]
    assert len(wrong) > 3
    assert not [k for k in wrong if "✓" in gradient(figure, k)]


@pytest.mark.parametrize("by", [0.1, 0.01, 0.0001])
def test_a_nudge_of_any_node_shows_the_quotient_beside_the_gradient(figure, by):
    press(figure, "To the end")
    after = {
        U: lambda e: 4 * (0.7 + e) ** 2 + 2 * (0.7 + e),
        S: lambda e: (1.4 + e) ** 2 + 1.4 + e,
        T: lambda e: 1.96 + e + 1.4,
    }
    for k, f in after.items():
        box(figure, k).click()
        choose(figure, "Nudge it by ε =", str(by))
        text = figure.locator(".nn-graph-panel").inner_text()
        quotient = (f(by) - f(0)) / by
        change = number(f(by) - f(0))
        assert f"so ΔL = {change} and ΔL / ε = {number(quotient)}." in text
        assert f"d{'ust'[k]} = {number({U: 7.6, S: 3.8, T: 1}[k])}." in text


def test_an_entry_of_a_matrix_is_nudged_when_it_is_pressed(page, site):
    figure = opened(page, site, preset="bird", step=160)
    labels = figure.locator(".nn-graph-node").evaluate_all(
        "all => all.map((el) => el.getAttribute('aria-label'))"
    )
    box(figure, next(k for k, one in enumerate(labels) if one.startswith("W³,"))).click()
    settled(page)
    figure.get_by_role("table", name="W³").locator("td").nth(2).wait_for(state="attached")
    cells = figure.locator(".nn-graph-tables table").first.locator("tbody td")
    cells.nth(3).click()
    settled(page)
    layers, x, y = load_example()
    slope = dict(backward_sequence(layers, feedforward(layers, x), y))["dW3"][1, 1]
    assert f"dW³₂₂ = {number(slope)}." in figure.locator(".nn-graph-panel").inner_text()


def test_arrow_keys_go_from_node_to_node_and_enter_presses_one(figure, page):
    press(figure, "All values")
    assert figure.locator(".nn-graph-node[tabindex='0']").count() == 1
    box(figure, U).focus()
    for key, k in (("ArrowDown", S), ("ArrowDown", T), ("End", L), ("Home", U)):
        page.keyboard.press(key)
        assert box(figure, k).evaluate("el => el === document.activeElement")
    page.keyboard.press("Enter")
    settled(page)
    assert box(figure, U).get_attribute("aria-pressed") == "true"
    assert figure.locator(".nn-graph-title").inner_text() == "u"
    page.keyboard.press("Space")
    settled(page)
    assert box(figure, U).get_attribute("aria-pressed") == "false"


def test_left_and_right_go_along_a_row(page, site):
    figure = opened(page, site, preset="neuron")
    places = figure.locator(".nn-graph-node rect:not(.nn-graph-ring)").evaluate_all(
        "all => all.map((el) => [Number(el.getAttribute('y')), Number(el.getAttribute('x'))])"
    )
    top = min(y for y, _ in places)
    row = sorted((x, k) for k, (y, x) in enumerate(places) if y == top)
    box(figure, row[0][1]).focus()
    for _, k in row[1:]:
        page.keyboard.press("ArrowRight")
        assert box(figure, k).evaluate("el => el === document.activeElement")
    page.keyboard.press("ArrowLeft")
    assert box(figure, row[-2][1]).evaluate("el => el === document.activeElement")


def test_a_finger_can_guess(new_page, site):
    page = new_page(viewport={"width": 390, "height": 800}, has_touch=True)
    figure = opened(page, site, step=3, predict=True)
    box(figure, L).tap()
    settled(page)
    assert figure.locator(".nn-graph-guess").inner_text().startswith("Right.")


def test_a_step_is_announced_once_things_are_quiet(figure, page):
    press(figure, "All values")
    press(figure, "Next")
    page.wait_for_timeout(900)
    said = figure.locator(".nn-announce").inner_text()
    assert said == "L begins with 1, its slope along itself. It hands on 1 to t and 1 to s."
    assert box(figure, S).get_attribute("aria-label") == (
        "s = u + u, 1.400, used 3 times, gradient 1, 1 of 3 shares has come"
    )


# ---------------------------------------------------------------------- a program of one's own


def write(figure, text):
    details = figure.locator("details", has=figure.page.get_by_label("Your program"))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    figure.get_by_label("Your program").fill(text)
    press(figure, "Draw its graph")
    figure.page.wait_for_function(
        "!['', 'Python is at work.'].includes(document.querySelector('.nn-graph-said').textContent)",
        timeout=30_000,
    )
    settled(figure.page)
    return figure.locator(".nn-graph-said").inner_text()


def test_a_program_of_ones_own_is_drawn_by_the_pages_python(figure, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    assert write(figure, OWN) == "Drawn."
    assert sum("python.js" in url for url in asked) == 1
    assert figure.locator(".nn-graph-node").count() == 3
    press(figure, "To the end")
    assert gradient(figure, 0) == "du 7"
    assert figure.get_by_label("Graph", exact=True).evaluate(
        "el => el.selectedOptions[0].text"
    ) == ("Your own program")


def test_nothing_of_python_is_loaded_before_it_is_asked_for(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    figure = opened(page, site)
    press(figure, "To the end")
    figure.get_by_text("Write a program of your own").click()
    settled(page)
    assert not any("python.js" in url for url in asked)


def test_a_program_is_drawn_on_a_page_opened_from_disk(page, file_url):
    page.goto(file_url("graph.html"))
    page.wait_for_selector("figure.nn-mounted .nn-graph-node")
    assert write(page.locator("figure.nn-widget"), OWN) == "Drawn."


def test_what_cannot_be_drawn_is_said_and_the_old_graph_and_the_text_stay(figure, page):
    for text, said in (
        ("L = foo", "Line 1: nothing has the name foo."),
        ("u = 1\nfor _ in range(45): u = u + 1\nL = u", "This graph has 91 nodes, and at most 40"),
        ("while True: pass\nL = 1", "The program did not end within 5 seconds"),
    ):
        assert write(figure, text).startswith(said)
        assert figure.get_by_label("Your program").input_value() == text
        assert figure.locator(".nn-graph-node").count() == 4
    assert write(figure, OWN) == "Drawn."


def test_a_link_brings_a_program_that_runs_only_when_it_is_asked_to(page, site):
    figure = opened(page, site, program=OWN, step=160)
    assert figure.get_by_label("Your program").input_value() == OWN
    assert "came with the link" in figure.locator(".nn-graph-said").inner_text()
    assert figure.locator(".nn-graph-node").count() == 4
    press(figure, "Draw its graph")
    page.wait_for_function(
        "document.querySelectorAll('.nn-graph-node').length === 3", timeout=30_000
    )
    settled(page)
    assert gradient(figure, 0) == "du 7"
    press(figure, "Reset")
    assert figure.locator(".nn-graph-node").count() == 4


# ------------------------------------------------------------------------------------ screens


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_graph_can_be_read_and_what_does_not_fit_scrolls_in_its_own_box(
    new_page, site, preset, width
):
    page = new_page(viewport={"width": width, "height": 900})
    figure = opened(page, site, preset=preset, step=160)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = figure.locator(".nn-graph-scroll text").evaluate_all(
        "all => all.map((el) => parseFloat(getComputedStyle(el).fontSize) * el.ownerSVGElement.getScreenCTM().a)"
    )
    assert min(sizes) >= 11
    outside = figure.locator(".nn-graph-node").evaluate_all(
        """all => all.flatMap((node) => {
          const box = node.querySelector("rect:not(.nn-graph-ring)").getBoundingClientRect();
          return [...node.querySelectorAll("text")].filter((text) => {
            const own = text.getBoundingClientRect();
            return own.width && (own.left < box.left - 1 || own.right > box.right + 1);
          }).map((text) => text.textContent);
        })"""
    )
    assert outside == []
    scroll, seen = figure.locator(".nn-graph-scroll").evaluate(
        "el => [el.scrollWidth, el.clientWidth]"
    )
    assert scroll <= max(seen + 12, 345)
    last = box(figure, NODES[preset] - 1)
    last.focus()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@in_every_view
def test_the_way_back_has_no_accessibility_fault(new_page, site, axe, view):
    page = new_page(**view.options())
    figure = opened(page, site, preset="skip", step=17, node=10, add=False)
    figure.get_by_text("Write a program of your own").click()
    figure.get_by_text("Numbers as a table").click()
    settled(page)
    assert axe(page, "figure.nn-widget") == []


@pytest.mark.parametrize("width", [1280, 1000, 690, 600, 500, 430, 360])
def test_its_room_is_kept_at_every_width(new_page, site, width):
    assert reserves_its_room(opened(new_page(**View(width, "light").options()), site))


def test_a_paper_shows_every_gradient_and_no_button(figure, page):
    page.emulate_media(media="print")
    still = figure.locator(".nn-still")
    assert still.is_visible()
    assert "7.600" in still.inner_text()
    assert figure.locator(":is(button, input, textarea, .nn-live):visible").count() == 0


def test_shares_move_unless_the_reader_wants_less_motion(new_page, site):
    moves = {}
    for motion in ("no-preference", "reduce"):
        figure = opened(new_page(reduced_motion=motion), site, step=4)
        way = figure.locator(".nn-is-fresh .nn-graph-way").first
        moves[motion] = way.evaluate("(el) => getComputedStyle(el).animationName")
    assert moves == {"no-preference": "nn-graph-flow", "reduce": "none"}


def test_colours_are_those_of_the_symbols_and_their_gradients(page, site):
    figure = opened(page, site, preset="bird", step=160)
    names = figure.locator(".nn-graph-name").all_text_contents()
    for name in ("W³", "b³", "z³", "h²", "x"):
        k = names.index(name)
        got = box(figure, k).evaluate(
            """el => [".nn-graph-name", ".nn-graph-gradient"].map((one) => getComputedStyle(el.querySelector(one)).fill)"""
        )
        want = page.evaluate(
            """roles => roles.map((role) => {
              const probe = document.body.appendChild(document.createElement("i"));
              probe.style.color = `var(--nn-${role})`;
              const colour = getComputedStyle(probe).color;
              probe.remove();
              return colour;
            })""",
            [name[0], f"d{name[0]}"],
        )
        assert got == want, name


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"program": 3}, "program must be a text of at most 600 characters"),
        ({"order": [1, 1]}, "order must be a list"),
        ({"step": 161}, "step must be a whole number from 0 to 160"),
        ({"preset": "other"}, "preset must be one of twice, neuron, bird, skip"),
    ],
)
def test_a_link_to_what_cannot_be_says_so(page, site, state, said):
    figure = opened(page, site, **state)
    assert said in figure.locator(".nn-problem").inner_text()


def test_all_numbers_of_a_step_agree_with_numpy(page, site):
    figure = opened(page, site, preset="neuron", step=160)
    z = 0.8 * 0.5 + 0.3 * -1 + 0.1
    h = 1 / (1 + np.exp(-z))
    dz = 2 * (h - 1) * h * (1 - h)
    rows = table(figure)
    assert rows["w₁"][2] == f"dw₁ = {number(dz * 0.5)}"
    assert rows["x₂"][2] == f"dx₂ = {number(dz * 0.3)}"
    assert rows["b"][2] == f"db = {number(dz)}"
