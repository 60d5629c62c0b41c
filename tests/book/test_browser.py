"""Every page of the built book, as readers meet it: wide and narrow, light and dark, from disk."""

import re
from html.parser import HTMLParser

import minutes
import pytest
from frames import at_rest
from sources import BUILT
from views import OPENED, VIEWS, View

WIDE, NARROW, NARROWEST = 1280, 390, 320
HALF_AN_HOUR = 30  # minutes
# Instantly, because the theme scrolls smoothly, and such a scroll would never arrive; one frame at
# each place is enough for what waits until it is near.
SCROLL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo({ top: y, behavior: "instant" });
    await frame();
  }
  await frame();
  scrollTo({ top: 0, behavior: "instant" });
}"""
# All pages share their colours, and figures and quizzes are looked at in every view by themselves:
# in the scheme that a width does not open in, one page of each kind is enough.
ONE_OF_EACH_KIND = [
    *("book/index.html", "book/07-backward-sequence.html", "book/for-teachers.html"),
    *("book/glossary.html", "search.html"),
]
AS_OPENED = [view for view in VIEWS if view.scheme == OPENED[view.width]]
ALIVE = """() => [...document.querySelectorAll("figure.nn-widget")]
  .every((figure) => figure.matches(".nn-mounted"))"""


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


# All tests of one page run one after the other, because they look at the same visits.
every_page = pytest.mark.parametrize("name", pages(), scope="module")


def words(page):
    """Return what a page says, without the offer to keep the book, which a disk does not need."""
    offer = ".nn-keep, .nn-keep-link"
    page.evaluate("offer => document.querySelectorAll(offer).forEach((el) => el.remove())", offer)
    return page.inner_text("body")


def read_through(page, address):
    """Open a page and scroll to its end, and wait until every figure has come alive."""
    page.goto(address, wait_until="load")
    page.evaluate(SCROLL)
    page.wait_for_function(ALIVE)
    at_rest(page)


def fits(page, width):
    """Tell whether nothing of a page lies beyond the right edge of its screen."""
    return page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def visit_at(visit, site, name):
    """Return a function that reads the page on a screen of a width.

    A wide screen is light when the page opens and a narrow one dark, so that each scheme is both
    opened in and changed to.
    """

    def look(width):
        view = View(width, OPENED[width])
        return visit(view, lambda page: read_through(page, f"{site}/{name}"))

    return look


@every_page
@pytest.mark.parametrize("view", AS_OPENED, ids=str)
def test_a_page_is_accessible_fits_and_keeps_to_itself(visit_at, axe, name, view):
    page, problems = visit_at(view.width)
    assert fits(page, view.width)
    faults = axe(page)
    assert not faults, "\n".join(faults)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", ONE_OF_EACH_KIND, scope="module")
@pytest.mark.parametrize("view", [view for view in VIEWS if view not in AS_OPENED], ids=str)
def test_a_page_can_be_read_in_the_other_scheme(visit_at, axe, name, view):
    page, problems = visit_at(view.width)
    page.emulate_media(color_scheme=view.scheme)
    at_rest(page)
    assert fits(page, view.width)
    faults = axe(page, colours_alone=True)
    page.emulate_media(color_scheme=OPENED[view.width])
    assert not faults, "\n".join(faults)
    assert not problems, "\n".join(problems)


@every_page
def test_a_page_fits_the_narrowest_screen(visit_at, name):
    page, _ = visit_at(NARROW)
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    at_rest(page)
    is_narrow_enough = fits(page, NARROWEST)
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert is_narrow_enough


@every_page
def test_a_page_opens_from_disk_like_from_a_server(visit_at, page, file_url, name):
    served, _ = visit_at(WIDE)
    read_through(page, file_url(name))
    for _ in range(40):  # a figure says what it shows a moment after it shows it
        if words(page) == words(served):
            return
        page.wait_for_timeout(100)
    assert words(page) == words(served)


@every_page
def test_what_a_script_has_hidden_is_not_seen(visit_at, name):
    page, _ = visit_at(WIDE)
    hidden = page.locator("[hidden]").filter(visible=True)
    assert hidden.evaluate_all("found => found.map((el) => el.outerHTML.slice(0, 200))") == []


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


def test_the_map_says_the_minutes_that_the_pages_take_and_no_path_more_than_half_an_hour(book_dir):
    # Counted a second time, after the build, from the pages as they are.
    text = (book_dir / "book/index.html").read_text(encoding="utf-8")
    places = dict(re.findall(r'class="nn-minutes" data-chapter="([\w-]+)">([^<]*)<', text))
    chapters = sorted(page.stem for page in (book_dir / "book").glob("[0-9][0-9]-*.html"))
    assert sorted(places) == chapters
    for name in chapters:
        page = (book_dir / f"book/{name}.html").read_text(encoding="utf-8")
        assert places[name] == " · ".join(map(str, minutes.chapter(page).minutes())), name
        assert int(places[name].split()[0]) <= HALF_AN_HOUR, name


@pytest.mark.parametrize("view", [View(320, "light")], ids=str)
def test_what_scrolls_sideways_is_a_stop_of_the_tab_key_once_its_fold_is_open(page, site):
    page.goto(f"{site}/book/07-backward-sequence.html")
    scrolls = "el => el.checkVisibility() && el.scrollWidth > el.clientWidth + 1"
    boxes = page.locator("article :is(.math-wrapper, .table-wrapper, pre)")
    closed = "details:not([open])"
    shut = page.locator(f"article {closed} :is(.math-wrapper, .table-wrapper, pre)").count()
    page.evaluate(f"document.querySelectorAll('{closed}').forEach((el) => {{ el.open = true; }})")
    page.wait_for_timeout(300)
    wide = [box for box in boxes.all() if box.evaluate(scrolls)]
    assert shut
    assert wide
    assert {box.get_attribute("tabindex") for box in wide} == {"0"}
