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
STORED = "JSON.stringify(localStorage)"
FAULTS = """async ([context, options]) =>
  (await axe.run(context ?? document, options)).violations"""


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


@pytest.fixture(scope="module")
def visit(lasting_context, site, name):
    """Return a function that visits once in a view, as `read` does; give the page and its problems.

    Tests that only look share a visit. They are parametrised with `name` for the whole module, so
    that those of one page follow one another, and its visits end with them.
    """
    visits = {}

    def look(view, read):
        if view not in visits:
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


def find_faults(page, context=None):
    """Run axe on the page, or on the part of it that `context` selects."""
    if not page.evaluate("'axe' in window"):  # one that has run on the page before runs faster
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate(FAULTS, [context, options])
    return [
        f"{fault['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for fault in found
        for node in fault["nodes"]
    ]
