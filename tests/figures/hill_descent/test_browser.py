"""Hill descent as a reader meets it: mouse, finger, keyboard, links, both schemes, no JavaScript.

The page is made here from what the build writes, and opened from disk.
"""

import json
import re

import figures
import frames
import numpy as np
import pytest

from nn_widgets import HillDescent
from nn_widgets.maths.format import number

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hill</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{styles}</style>
<style>body {{ margin: 0 auto; max-width: 46rem; padding: 8px; background: var(--nn-page); }}
</style></head>
<body><main><h1>Hill</h1>{figure}</main>
<script defer src="hill_descent.js"></script>
</body></html>"""

# Left edge, top edge and side of the map's square on the screen.
PLOT = """r => {
  const [svg, { x, y, width }] = [r.ownerSVGElement, r];
  const box = svg.getBoundingClientRect(), k = box.width / svg.viewBox.baseVal.width;
  return [box.left + k * x.baseVal.value, box.top + k * y.baseVal.value, k * width.baseVal.value];
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write the scripts and styles of the build into a folder."""
    place = tmp_path_factory.mktemp("hill")
    for name, text in figures.files(["hill_descent"]).items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def show(context_of, folder):
    """Return a function that opens a figure's page; any error in it fails the test."""
    errors = []
    sheets = ("colours.css", "base.css", "hill_descent.css")
    styles = "".join((folder / name).read_text(encoding="utf-8") for name in sheets)

    def open_page(figure, link="", edit=str, width=800, live=True, **options):
        file = folder / "page.html"
        file.write_text(edit(PAGE.format(figure=figure.html(), styles=styles)), encoding="utf-8")
        page = context_of(viewport={"width": width, "height": 900}, **options).new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: None if asked.url.startswith("file:") else errors.append(asked.url),
        )
        page.goto(file.as_uri() + link)
        if live:
            page.wait_for_selector(".nn-hill-map svg .nn-axis")
        return page

    yield open_page
    assert not errors, errors


def words(page):
    return page.locator(".nn-hill-words").first.text_content()


def cells(page):
    return page.locator(".nn-hill-numbers tbody td").all_text_contents()


def settled(page):
    """Wait until what was asked is drawn: the pictures in the next frame, texts a little later."""
    frames.settled(page)
    page.wait_for_timeout(100)


def expected_cells(figure):
    """Return the numbers at the walk's end, row by row, from nn_core's side."""
    ground, w = figure.ground(), figure.walk()[-1]
    by = -figure.alpha * np.asarray(ground.gradient(w))
    return [
        number(float(v)) for n in (0, 1) for v in (w[n], ground.gradient(w)[n], by[n], w[n] + by[n])
    ]


def handle(page):
    return page.locator(".nn-hill-start")


def start_of(page):
    """Read the start from what a screen reader says of it: w₁ −2.400, w₂ 1.800, loss 6.120."""
    text = handle(page).get_attribute("aria-valuetext").replace("−", "-")
    return [float(value) for value in re.findall(r" (-?[\d.]+),", text)]


@pytest.mark.parametrize("surface", ["bowl", "ravine", "saddle", "valleys", "penguins"])
def test_the_numbers_at_the_point_are_those_of_python(show, surface):
    figure = HillDescent(surface, steps=7)
    page = show(figure)
    settled(page)
    assert cells(page) == expected_cells(figure)


def test_choosing_the_penguins_and_two_parameters_shows_their_loss_at_once(show):
    page = show(HillDescent())
    page.get_by_label("Surface", exact=True).select_option(label="Penguin network")
    page.get_by_label("Across the map").select_option(label="W³₁₂")
    page.get_by_label("the starting network").check()
    settled(page)
    figure = HillDescent("penguins", pair=[18, 9], held="start")
    assert cells(page) == expected_cells(figure)


def test_keys_move_the_start_take_steps_and_take_them_back(show):
    page = show(HillDescent())
    handle(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    settled(page)
    assert start_of(page) == pytest.approx([-2.34, 1.2])
    for key in ("Enter", "Enter", "Enter", "Backspace"):
        page.keyboard.press(key)
    settled(page)
    assert cells(page) == expected_cells(HillDescent(start=[-2.34, 1.2], steps=2))


@pytest.mark.parametrize("name", ["Back", "To the start"])
def test_a_button_that_goes_out_of_use_keeps_the_keyboard_s_focus(show, name):
    page = show(HillDescent(steps=1))
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        settled(page)
        assert button.is_disabled()
        assert button.evaluate("el => el === document.activeElement")


def test_the_mouse_drags_the_start_and_the_whole_walk_follows(show):
    page = show(HillDescent(steps=3))
    box = page.locator(".nn-hill-map svg rect").evaluate(PLOT)
    left, top, side = box
    page.mouse.move(left + 0.2 * side, top + 0.3 * side)
    page.mouse.down()
    page.mouse.move(left + 0.5 * side, top + 0.75 * side, steps=5)
    page.mouse.up()
    page.mouse.move(left + 0.9 * side, top + 0.1 * side)
    settled(page)
    assert start_of(page) == pytest.approx([0, -1.5], abs=0.03)
    assert "After step 3" in page.locator(".nn-hill-readout").text_content()


def test_a_tap_moves_the_start(show):
    page = show(HillDescent(), has_touch=True)
    box = page.locator(".nn-hill-map svg").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4)
    settled(page)
    assert start_of(page) != pytest.approx([-2.4, 1.8], abs=0.5)


def test_a_run_walks_until_it_has_arrived(show):
    page = show(HillDescent(alpha=0.45))
    page.get_by_role("button", name="Run").click()
    page.wait_for_function(
        "document.querySelector('.nn-hill-words').textContent.startsWith('Arrived')", timeout=15000
    )
    page.get_by_role("button", name="Run").wait_for()


def test_with_less_motion_a_run_is_its_end(show):
    page = show(HillDescent(alpha=0.45), reduced_motion="reduce")
    page.get_by_role("button", name="Run").click()
    settled(page)
    assert words(page).startswith("Arrived after")


def test_a_finger_drags_the_start(show):
    page = show(HillDescent(steps=3), has_touch=True, width=390)
    handle(page).scroll_into_view_if_needed()
    box = handle(page).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = start_of(page)
    touch = page.context.new_cdp_session(page)
    for kind, dx in (("touchStart", 0), *(("touchMove", dx) for dx in (10, 20, 30, 40))):
        points = [{"x": x + dx, "y": y - dx}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settled(page)
    after = start_of(page)
    assert after[0] > before[0] + 0.1
    assert after[1] > before[1] + 0.1


def test_crossing_two_over_lambda_max_turns_convergence_into_divergence(show):
    page = show(HillDescent("ravine", alpha=0.199, steps=30))
    settled(page)
    assert "yet converging" in words(page) or words(page).startswith("Converging")
    assert "2/λₘₐₓ = 0.200" in page.locator(".nn-hill-limit").text_content()
    page.get_by_role("button", name="Set α to 2 divided by lambda max").click()
    settled(page)
    assert "exactly 2/λₘₐₓ" in page.locator(".nn-hill-limit").text_content()
    page.get_by_label("α", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    settled(page)
    assert words(page).startswith("Diverging")
    assert "above 2/λₘₐₓ" in page.locator(".nn-hill-limit").text_content()


def test_two_rates_are_walked_side_by_side(show):
    page = show(HillDescent("ravine", steps=10))
    second = page.locator(".nn-hill-map .nn-hill-b .nn-hill-line")
    assert not second.get_attribute("d")
    page.get_by_label("Compare two α").check()
    settled(page)
    assert second.get_attribute("d").count("L") == 10
    assert (
        page.locator(".nn-hill-curve .nn-hill-b .nn-hill-line").get_attribute("d").count("L") == 10
    )
    assert "α = 0.090" in page.locator(".nn-hill-words-b").text_content()
    assert page.get_by_label("second α", exact=True).is_visible()


def test_the_saddle_and_the_plateau_are_named(show):
    page = show(HillDescent("saddle", start=[-2.4, 0.0], steps=60))
    settled(page)
    assert words(page).startswith("At a saddle")


def pixels(page, selector):
    return page.locator(selector).first.evaluate("c => c.toDataURL()")


def test_the_hill_turns_by_key_and_by_drag(show):
    page = show(HillDescent())
    seen = [pixels(page, ".nn-hill-side canvas")]
    page.locator(".nn-hill-side").focus()
    page.keyboard.press("ArrowLeft")
    settled(page)
    seen.append(pixels(page, ".nn-hill-side canvas"))
    assert "turned 25°" in page.locator(".nn-hill-side").get_attribute("aria-label")
    box = page.locator(".nn-hill-side").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=4)
    page.mouse.up()
    settled(page)
    seen.append(pixels(page, ".nn-hill-side canvas"))
    assert len(set(seen)) == 3


def test_the_picture_follows_the_pages_scheme(show):
    page = show(HillDescent())
    before = pixels(page, ".nn-hill-map canvas")
    page.evaluate("document.body.dataset.theme = 'dark'")
    settled(page)
    assert pixels(page, ".nn-hill-map canvas") != before


def test_a_link_brings_back_the_state_and_reset_the_beginning(show):
    page = show(
        HillDescent(), link='#nn=hill_descent&surface="ravine"&steps=4&alpha=0.1&start=[1,2]'
    )
    settled(page)
    assert cells(page) == expected_cells(
        HillDescent("ravine", start=[1.0, 2.0], alpha=0.1, steps=4)
    )
    page.get_by_role("button", name="Reset").click()
    settled(page)
    assert cells(page) == expected_cells(HillDescent())


@pytest.mark.parametrize(
    "link",
    ["#nn=hill_descent&alpha=-1", "#nn=hill_descent&steps=9999", '#nn=hill_descent&start="x"'],
)
def test_a_link_with_a_bad_value_is_named_and_ignored(show, link):
    page = show(HillDescent(), link=link)
    name = re.search(r"&(\w+)=", link)[1]
    assert f"{name} must be" in page.locator(".nn-problem").text_content()
    assert cells(page) == expected_cells(HillDescent())


def test_a_broken_state_leaves_the_still_picture_and_says_why(show):
    broken = lambda text: text.replace('"alpha":0.2', '"alpha":"much"')  # noqa: E731
    page = show(HillDescent(), edit=broken, live=False)
    page.wait_for_selector(".nn-problem")
    assert "alpha must be" in page.locator(".nn-problem").text_content()
    assert page.locator(".nn-still svg").is_visible()


def test_without_javascript_the_still_picture_shows(show):
    page = show(HillDescent("ravine", steps=9), java_script_enabled=False, live=False)
    assert page.locator(".nn-still svg").is_visible()
    assert "9 steps" in page.locator(".nn-still").text_content()


def test_every_step_is_in_the_table(show):
    page = show(HillDescent("valleys", steps=6))
    page.get_by_text("Numbers as a table").click()
    rows = page.locator(".nn-numbers tbody tr")
    rows.first.wait_for()
    assert rows.count() == 7
    figure = HillDescent("valleys", steps=6)
    last = rows.nth(6).locator("td").all_text_contents()
    w = figure.walk()[-1]
    assert last[:3] == [number(float(v)) for v in (*w, figure.ground().loss(w))]


def test_what_happens_is_announced_once_it_is_quiet(show):
    page = show(HillDescent())
    page.get_by_role("button", name="Step", exact=True).click()
    page.wait_for_function("document.querySelector('.nn-announce').textContent.includes('Step 1')")


@pytest.mark.parametrize("surface", ["ravine", "penguins"])
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_and_axe_finds_nothing(show, axe, surface, width, scheme):
    page = show(HillDescent(surface, steps=5, compare=True), width=width, color_scheme=scheme)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page, ".nn-widget") == []


def test_the_state_in_the_page_is_the_state_of_the_figure(show):
    figure = HillDescent("penguins", steps=2)
    page = show(figure)
    text = page.locator('figure > script[type="application/json"]').text_content()
    assert json.loads(text)["state"]["pair"] == figure.pair


def test_in_forced_colours_walk_gradient_and_step_are_three_kinds_of_line(show):
    page = show(HillDescent(steps=3), forced_colors="active")
    dashes = [
        page.locator(path).first.evaluate("el => getComputedStyle(el).strokeDasharray")
        for path in (".nn-hill-a .nn-hill-line", ".nn-hill-gradient", ".nn-hill-step")
    ]
    legend = [
        page.locator(f".nn-hill-key-{kind}").evaluate(
            "el => getComputedStyle(el, '::before').borderTopStyle"
        )
        for kind in ("a", "gradient", "step")
    ]
    assert len(set(dashes)) == 3
    assert legend == ["solid", "dotted", "dashed"]
