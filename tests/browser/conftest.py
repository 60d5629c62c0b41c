"""A browser, the built book served on this machine, and pages that tell on themselves.

Every page made here is watched: a request to another host, an error in the console, an uncaught
exception or a missing file fails the test that opened it, whatever else the test looks at.
"""

import os
from urllib.parse import urlsplit

import browser as chromium
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from serving import serve
from sources import BUILT
from views import View

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WITHOUT_HOST = {"data", "blob", "about", "file"}


@pytest.fixture(scope="session")
def book_dir():
    """Return the folder of the built book."""
    if not (BUILT / "index.html").is_file():
        pytest.fail("There is no built book to look at: run make book first.")
    return BUILT


@pytest.fixture(scope="session")
def site(book_dir):
    """Serve the built book on loopback; return its address, without a slash at the end."""
    with serve(book_dir) as address:
        yield address


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


@pytest.fixture
def new_page(browser, problems, view, request):
    """Return a function that opens watched pages; its options are those of a browser context."""
    contexts = []

    def open_page(**options):
        width, scheme = view
        given = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, **options}
        contexts.append(browser.new_context(**given))
        page = contexts[-1].new_page()
        host = urlsplit(request.getfixturevalue("site")).netloc
        watch(page, host, problems)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """Open one watched page in a context of its own."""
    return new_page()


@pytest.fixture(scope="session")
def axe():
    """Return a function that lists the accessibility faults of a page, one line each."""
    return find_faults


@pytest.fixture(scope="session")
def file_url(book_dir):
    """Return a function that gives the address of a built page on disk."""
    return lambda name: (book_dir / name).as_uri()


def watch(page, host, problems):
    """Note everything a reader's page must not do."""

    def on_request(request):
        address = urlsplit(request.url)
        if address.scheme not in WITHOUT_HOST and address.netloc != host:
            problems.append(f"asked another host: {request.url}")

    def on_failure(request):
        # Leaving a page aborts what it was still loading, and is no fault.
        if "ERR_ABORTED" not in (request.failure or ""):
            problems.append(f"could not load: {request.url} ({request.failure})")

    def on_response(response):
        if response.status >= 400:
            problems.append(f"status {response.status}: {response.url}")

    def on_console(message):
        if message.type == "error":
            problems.append(f"console: {message.text} at {page.url}")

    page.on("request", on_request)
    page.on("requestfailed", on_failure)
    page.on("response", on_response)
    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(f"exception: {error} at {page.url}"))


def find_faults(page, context=None):
    """Run axe on the page, or on the part of it that `context` selects."""
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = Axe().run(page, context, options).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for fault in found
        for node in fault["nodes"]
    ]
