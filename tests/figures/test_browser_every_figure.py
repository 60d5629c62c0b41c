"""What holds for every figure of the book."""

import json
import re

import pytest
from frames import at_rest
from playwright.sync_api import expect
from views import OPENED, View, in_every_view, reserves_its_room

from nn_widgets.figures import STEMS

FIGURES = STEMS
every_figure = pytest.mark.parametrize("name", FIGURES, scope="module")
WITHOUT = {"java_script_enabled": False}


def open_figure(page, address):
    """Open a page and wait until its first figure is alive."""
    page.goto(address)
    page.wait_for_selector("figure.nn-mounted .nn-live")
    return page.locator("figure.nn-widget").first


@pytest.fixture
def figure(visit, site, view, name):
    """Give the figure in a view to tests that only look at it; one page is enough for a width."""

    def read(page):
        page.set_default_timeout(5000)
        open_figure(page, f"{site}/{name}.html")

    page, problems = visit(View(view.width, OPENED[view.width]), read)
    page.emulate_media(color_scheme=view.scheme)
    at_rest(page)
    yield page.locator("figure.nn-widget").first
    page.emulate_media(media="null", contrast="null")
    page.title()  # whatever the page still has to say has arrived before this answer
    assert not problems, "\n".join(problems)


@every_figure
def test_a_figure_comes_alive_and_puts_its_still_picture_away(figure, name):
    assert figure.locator(".nn-still").is_hidden()
    assert figure.locator(".nn-live").is_visible()
    assert figure.locator(".nn-problem").count() == 0


@every_figure
def test_a_figure_lives_on_a_page_opened_from_disk(page, file_url, name):
    open_figure(page, file_url(f"{name}.html"))


@every_figure
@in_every_view
def test_a_figure_has_no_accessibility_fault(figure, axe, name, view):
    is_as_opened = view.scheme == OPENED[view.width]
    assert axe(figure.page, "figure.nn-widget", colours_alone=not is_as_opened) == []


@every_figure
@pytest.mark.parametrize("view", [View(1280, "light"), View(390, "dark"), View(320, "light")])
def test_a_figure_fits_the_screen(figure, view, name):
    assert figure.page.evaluate("document.documentElement.scrollWidth") <= view.width
    assert figure.evaluate("el => el.scrollWidth - el.clientWidth") <= 0


@every_figure
@pytest.mark.parametrize("view", [View(390, "light")])
def test_everything_to_tap_has_room_for_a_finger(figure, view, name):
    boxes = figure.locator("button, select, summary, input:not([type=radio], [type=checkbox])")
    sizes = [box.bounding_box() for box in boxes.all() if box.is_visible()]
    assert [s for s in sizes if min(s["width"], s["height"]) < 24] == []


@every_figure
def test_without_javascript_the_still_picture_shows_and_can_be_read(new_page, site, name):
    page = new_page(**WITHOUT)
    page.goto(f"{site}/{name}.html")
    assert page.locator("figure .nn-still").is_visible()
    assert (
        page.locator("figure .nn-still").inner_text().strip() or page.locator("figure svg").count()
    )
    page.set_viewport_size({"width": 390, "height": 900})  # and can be read on a phone
    sizes = page.locator("figure .nn-still svg text").evaluate_all(
        "all => all.map((el) => parseFloat(getComputedStyle(el).fontSize) * el.ownerSVGElement.getScreenCTM().a)"
    )
    assert min(sizes, default=9) >= 9


@every_figure
def test_a_state_that_cannot_be_read_leaves_the_picture_and_a_sentence(page, site, name):
    page.goto(f"{site}/{name}-broken.html")
    said = page.locator("figure .nn-problem")
    said.wait_for()
    assert said.inner_text().startswith("This figure's state cannot be read.")
    assert page.locator("figure .nn-still").is_visible()
    assert page.locator(".nn-live").count() == 0


@every_figure
def test_two_of_a_kind_live_side_by_side_under_names_of_their_own(page, site, name):
    open_figure(page, f"{site}/{name}-twice.html")
    page.locator("figure.nn-widget").last.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelectorAll('.nn-mounted').length === 2")
    ids = page.eval_on_selector_all("figure", "all => all.map((el) => el.dataset.nnId)")
    assert ids == [name, f"{name}-2"]


@every_figure
def test_a_paper_shows_the_still_picture_and_no_controls(figure, name):
    figure.page.emulate_media(media="print")
    assert figure.locator(".nn-still").is_visible()
    assert figure.locator(":is(button, input, select, .nn-live):visible").count() == 0


@every_figure
def test_coming_alive_does_not_move_the_page(page, site, name):
    page.add_init_script("""window.shift = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });""")
    open_figure(page, f"{site}/{name}.html")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") <= 0.02


@every_figure
@pytest.mark.parametrize("view", [View(1280, "dark"), View(390, "light"), View(320, "dark")])
def test_the_reserved_room_is_about_what_the_figure_takes(figure, view, name):
    assert reserves_its_room(figure)


def test_a_state_that_is_no_state_leaves_its_neighbour_alive(page, site):
    page.goto(f"{site}/invalid.html")
    first, second = page.locator("figure.nn-widget").all()
    first.locator(".nn-problem").wait_for()
    assert first.locator(".nn-problem").inner_text().startswith("sizes must be a list of 2 to 7")
    second.scroll_into_view_if_needed()
    second.locator(".nn-live").wait_for()


def test_a_page_without_figures_loads_nothing_for_them(book_dir):
    html = (book_dir / "index.html").read_text()
    assert "_static/nn/" not in html


@every_figure
def test_a_page_loads_versioned_scripts_once_and_no_copy_of_jupyters_state(book_dir, name):
    html = (book_dir / f"{name}-twice.html").read_text()
    scripts = re.findall(r'src="_static/nn/(\w+\.js)\?v=\w+"', html)
    assert scripts == [f"{name}.js"]
    assert "widget-state" not in html
    assert len(re.findall(rf'data-nn-widget="{name}"', html)) == 2


@every_figure
def test_a_link_brings_back_the_state_and_a_bad_one_says_so(page, site, problems, name):
    figure = open_figure(page, f"{site}/{name}.html")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    figure.get_by_role("button", name="Link to this state").click()
    link = figure.locator(".nn-link-field")
    assert link.input_value() == f"{site}/{name}.html#nn={name}"
    page.goto("about:blank")
    open_figure(page, f"{site}/{name}.html#nn={name}&nonsense={json.dumps(1)}")
    assert "nonsense" in page.locator(".nn-problem").inner_text()


def test_each_copy_of_a_link_is_said_for_five_seconds(page, site):
    page.clock.install()
    figure = open_figure(page, f"{site}/{FIGURES[0]}.html")
    page.evaluate(
        """Object.defineProperty(navigator, "clipboard", { value: { writeText() {} } })"""
    )
    give, said = (
        figure.get_by_role("button", name="Link to this state"),
        figure.locator(".nn-link-said"),
    )
    give.click()
    expect(said).to_have_text("Link copied.")
    page.clock.run_for(4000)
    give.click()
    page.clock.run_for(4000)
    expect(said).to_have_text("Link copied.")
    page.clock.run_for(1001)
    expect(said).to_have_text("")


@every_figure
def test_more_contrast_leaves_no_grey_words(figure, name):
    figure.page.emulate_media(contrast="more")
    muted, line, text = figure.evaluate(
        """el => ["muted", "line", "text"].map((name) => {
          el.style.color = `var(--nn-${name})`;
          return getComputedStyle(el).color;
        })"""
    )
    assert muted == line == text
