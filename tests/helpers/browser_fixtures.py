"""A browser, the built book served on this machine, and pages that tell on themselves.

Every page made here is watched: a request to another host, an error in the console, an uncaught
exception or a missing file fails the test that opened it, whatever else the test looks at.
"""

import json
import os
from urllib.parse import urlsplit

import browser as chromium
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright
from serving import serve
from sources import BUILT
from views import View
from watching import watch

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
STORED = "JSON.stringify(localStorage)"
FAULTS = """async ([context, options]) => {
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
  return (await axe.run(context ?? document, options)).violations;
}"""
# Words of one colour on the same grounds have the same contrast, and more is asked of small ones.
# Of each such look three elements are enough: of every element axe asks two thirds of its time.
# Single letters, which it leaves undecided, are a look of their own.
MARK_LOOKS = """(context) => {
  const root = context ? document.querySelector(context) : document.body;
  const clear = "rgba(0, 0, 0, 0),none,1,none,normal,false";
  const grounds = new Map([[null, ""]]);
  const groundsOf = (el) => {
    if (grounds.has(el)) return grounds.get(el);
    const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(el);
    const { width, height } = el.getBoundingClientRect();
    const isClipped = Math.min(width, height) < 2;
    const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode, isClipped].join();
    const below = groundsOf(el.parentElement);
    grounds.set(el, own === clear ? below : `${below}|${own}`);
    return grounds.get(el);
  };
  const found = {};
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const el = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !el.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fill, fontSize, fontWeight, textShadow } = getComputedStyle(el);
    const isLarge = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
    const isLetter = el.textContent.trim().length === 1;
    const link = el.closest("a");
    const around = link && getComputedStyle(link.parentElement).color;
    const look = [isLetter, color, fill, isLarge, textShadow, around, groundsOf(el)].join();
    (found[look] ??= new Set()).add(link ?? el);
  }
  const few = (all) => all.filter((_, n) => n % Math.ceil(all.length / 3) === 0);
  const fields = root.querySelectorAll("textarea, select, input:not([type=radio], [type=checkbox], [type=range])");
  document.querySelectorAll("[data-look]").forEach((el) => el.removeAttribute("data-look"));
  const looks = [...fields, ...Object.values(found).flatMap((all) => few([...all]))];
  looks.forEach((el) => el.setAttribute("data-look", ""));
  return looks.length;
}"""


@pytest.fixture(scope="session")
def built_book():
    """Return the folder of the built book."""
    if not (BUILT / "index.html").is_file():
        pytest.fail("There is no built book to look at: run make book first.")
    return BUILT


@pytest.fixture(scope="session")
def chapters(built_book):
    """Serve the built book on loopback; return its address, without a slash at the end."""
    with serve(built_book) as address:
        yield address


@pytest.fixture(scope="session")
def book_dir(built_book):
    """Return the folder of the book that the tests look at: the built one, if no other is made."""
    return built_book


@pytest.fixture(scope="session")
def site(chapters):
    """Return the address of the book that the tests look at."""
    return chapters


@pytest.fixture(scope="session")
def browser():
    """Start one Chromium for all tests of this process."""
    path = os.environ.get("BOOK_BROWSER") or chromium.find()
    if not path:
        pytest.fail("No Chromium was found: make test fetches one or says what to install.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=chromium.flags())
        yield running
        running.close()


@pytest.fixture
def view():
    """Look at pages on a wide light screen, unless the test is parametrised with `view`."""
    return View(1280, "light")


@pytest.fixture
def problems():
    """Collect what the watched pages complain about; a test that provokes an error clears it."""
    found = []
    yield found
    assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def lasting_context(browser):
    """Return a function that gives one context for each choice of options, the same every time.

    Its first page stays open and blank: that keeps a process warm, in which a page opens in half
    the time.
    """
    contexts = {}

    def find(**options):
        key = json.dumps(options, sort_keys=True)
        if key not in contexts:
            contexts[key] = browser.new_context(**options)
            contexts[key].new_page()
        return contexts[key]

    return find


@pytest.fixture
def context_of(lasting_context, problems):
    """Lend the context with these options; close what the test has opened in it.

    It needs the problems to be judged after that: a last one may come while the pages close.
    """
    lent = {}

    def lend(**options):
        context = lasting_context(**options)
        lent.setdefault(context, list(context.pages))
        return context

    yield lend
    for context, before in lent.items():
        for page in set(context.pages) - set(before):
            if page.url.startswith("http") and page.evaluate("localStorage.length"):
                problems.append(f"left for the next test: {page.evaluate(STORED)} at {page.url}")
                page.evaluate("localStorage.clear()")
            page.close()


@pytest.fixture
def own_contexts(browser, problems):
    """Open contexts that no other test sees; a module whose pages keep things has it as `context_of`.

    It needs the problems for the same reason as `context_of`.
    """
    opened = []

    def open_context(**options):
        opened.append(browser.new_context(**options))
        return opened[-1]

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def visit(lasting_context, site, name):
    """Return a function that visits once in a view, as `read` does; give the page and its problems.

    Tests that only look share a visit. They are parametrised with `name` for the whole module, so
    that those of one page follow one another, and its visits end with them.
    """
    visits = {}

    def look(view, read):
        # A test that has a page of its own besides closes what was first visited in it, too.
        if view not in visits or visits[view][0].is_closed():
            visits[view] = lasting_context(**view.options()).new_page(), []
            page, problems = visits[view]
            watch(page, urlsplit(site).netloc, problems)
            read(page)
        return visits[view]

    yield look
    for page, _ in visits.values():
        page.close()


@pytest.fixture
def new_page(context_of, problems, view, request):
    """Return a function that opens watched pages; its options are those of a browser context."""

    def open_page(**options):
        page = context_of(**{**view.options(), **options}).new_page()
        watch(page, urlsplit(request.getfixturevalue("site")).netloc, problems)
        return page

    return open_page


@pytest.fixture
def page(new_page):
    """Open one watched page."""
    return new_page()


@pytest.fixture(scope="session")
def axe():
    """Return a function that lists the accessibility faults of a page, one line each."""
    return find_faults


@pytest.fixture(scope="session")
def file_url(book_dir):
    """Return a function that gives the address of a built page on disk."""
    return lambda name: (book_dir / name).as_uri()


def find_faults(page, context=None, colours_alone=False):
    """Run axe on the page, or on the part of it that `context` selects.

    With `colours_alone` look at what another colour scheme can change, and at nothing else.
    """
    if not page.evaluate("'axe' in window"):  # one that has run on the page before runs faster
        page.evaluate(AXE_SCRIPT)
    page.evaluate(MARK_LOOKS, context)
    rules = COLOUR_RULES if colours_alone else RULES
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate(FAULTS, [context, options])
    return [
        f"{fault['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for fault in found
        for node in fault["nodes"]
    ]
