"""Every page of the built book, as readers meet it: wide and narrow, light and dark, from disk."""

import re
from html.parser import HTMLParser

import pytest
from sources import BUILT
from views import in_every_view

NARROWEST = 320
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  scrollTo(0, 0);
}"""


def pages():
    """Name the pages of the book, without those that only send the reader on."""
    found = sorted(BUILT.rglob("*.html"))
    kept = [p for p in found if "http-equiv=refresh" not in p.read_text().lower().replace('"', "")]
    return [path.relative_to(BUILT).as_posix() for path in kept if "_static" not in path.parts]


class Headings(HTMLParser):
    """The text of each heading of a page, read without a browser."""

    def __init__(self, html):
        super().__init__()
        self.found, self.inside = [], False
        self.feed(html)

    def handle_starttag(self, tag, _):
        """Begin a heading."""
        if re.fullmatch("h[1-6]", tag):
            self.inside = True
            self.found.append("")

    def handle_endtag(self, tag):
        """End a heading."""
        self.inside = self.inside and not re.fullmatch("h[1-6]", tag)

    def handle_data(self, data):
        """Collect a heading's text."""
        if self.inside:
            self.found[-1] += data


every_page = pytest.mark.parametrize("name", pages())


def read_through(page, address):
    """Open a page and scroll to its end, so that every figure comes alive."""
    page.goto(address, wait_until="load")
    page.evaluate(SCROLL)


def fits(page, width):
    """Tell whether nothing of a page lies beyond the right edge of its screen."""
    return page.evaluate("document.documentElement.scrollWidth") <= width


@every_page
@in_every_view
def test_a_page_is_accessible_fits_and_keeps_to_itself(page, site, axe, name, view):
    read_through(page, f"{site}/{name}")
    assert fits(page, view.width)
    faults = axe(page)
    assert not faults, "\n".join(faults)


@every_page
def test_a_page_fits_the_narrowest_screen(new_page, site, name):
    page = new_page(viewport={"width": NARROWEST, "height": 900})
    read_through(page, f"{site}/{name}")
    assert fits(page, NARROWEST)


@every_page
def test_a_page_opens_from_disk_like_from_a_server(new_page, site, file_url, name):
    served, from_disk = new_page(), new_page()
    read_through(served, f"{site}/{name}")
    read_through(from_disk, file_url(name))
    assert from_disk.inner_text("body") == served.inner_text("body")


@pytest.mark.parametrize("name", [name for name in pages() if name != "search.html"])
def test_a_page_can_be_read_without_javascript(new_page, book_dir, site, name):
    page = new_page(java_script_enabled=False)
    page.goto(f"{site}/{name}")
    shown = " ".join(page.locator("body").inner_text().split())
    expected = Headings((book_dir / name).read_text()).found
    assert expected
    missing = [h for h in expected if " ".join(h.strip(" \n#¶").split()) not in shown]
    assert missing == []


def test_the_first_page_leads_to_the_book(page, site):
    page.goto(f"{site}/index.html")
    page.wait_for_url(f"{site}/book/index.html")
    assert page.locator("h1").first.is_visible()
