"""A page on paper, and where the system sets the colours."""

import re

import pytest

PAPER = 627  # pixels between the margins of A4
CHAPTER = "book/07-backward-sequence.html"
# Firefox heeds no page break inside a flex box, and Chromium alone runs here.
FLEX = """() => {
  const outer = [];
  for (let one = document.querySelector("article"); one; one = one.parentElement)
    outer.push(getComputedStyle(one).display);
  return outer.filter((display) => display.includes("flex"));
}"""
CUT = """() => [...document.querySelectorAll("article *")]
  .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.clientWidth)
  .map((one) => one.className).filter((name) => !name.includes?.("nn-hidden"))"""
INK = """(figure) => [...figure.querySelectorAll("svg text")]
  .filter((text) => text.checkVisibility()).map((text) => getComputedStyle(text).fill)"""


def on_paper(new_page, address):
    """Open a page as it is printed."""
    page = new_page(viewport={"width": PAPER, "height": 900})
    page.goto(address)
    page.emulate_media(media="print")
    return page


def test_a_printed_page_stands_in_no_flex_box_and_is_no_wider_than_the_paper(new_page, site):
    page = on_paper(new_page, f"{site}/{CHAPTER}")
    assert page.evaluate(FLEX) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER


def test_nothing_on_paper_is_a_box_that_would_have_to_be_scrolled(new_page, site):
    assert on_paper(new_page, f"{site}/{CHAPTER}").evaluate(CUT) == []


def test_all_letters_on_paper_keep_to_the_size_of_the_text(new_page, site):
    page = on_paper(new_page, f"{site}/{CHAPTER}")
    size = "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    text = page.locator("article p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
    assert text == pytest.approx(14, abs=0.1)  # 10.5 points
    for selector in ("article td", "article .nn-entry", "article .nn-asked"):
        assert max(page.locator(selector).evaluate_all(size)) <= text, selector


def luminance(colour):
    """The relative luminance of a colour as the browser names it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    line = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), line, strict=True))


@pytest.mark.parametrize(("ground", "chosen"), [("dark", "light"), ("light", "dark")])
def test_forced_colours_win_over_the_chosen_scheme_in_figures_too(new_page, site, ground, chosen):
    page = new_page(forced_colors="active", color_scheme=ground)
    page.add_init_script(f"localStorage.setItem('theme', '{chosen}')")
    page.goto(f"{site}/book/01-topology.html")
    figure = page.locator("figure.nn-widget")
    figure.scroll_into_view_if_needed()
    figure.locator(".nn-live svg text").first.wait_for()
    below = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    for colour in set(figure.evaluate(INK)):
        above = luminance(colour)
        assert (max(above, below) + 0.05) / (min(above, below) + 0.05) >= 4.5, colour
    assert not page.locator(".theme-toggle:visible").count()
    page.evaluate("localStorage.clear()")


def test_the_longest_graph_fits_on_a_sheet_with_its_lines_and_words(new_page, site):
    page = on_paper(new_page, f"{site}/book/10-automatic-differentiation.html")
    figure = page.locator("figure[data-nn-widget=graph]").first
    last = figure.locator(".nn-still p").last
    assert last.inner_text().startswith("Values go down")
    assert 500 < figure.bounding_box()["height"] < 900  # what Letter leaves between the margins
