"""Firefox and WebKit show a reader the same book as Chromium: what matters most, once in each.

`make test` runs it in the engines that it finds. A page is Playwright's, or has its names for what
is used here (`webdriver`); a selector is plain CSS.
"""

import time

import engines
import pytest
import webdriver
from playwright.sync_api import sync_playwright
from serving import Host
from simulated_class import simulated
from sources import ROOT

from nn_widgets.quiz.bank import load_chapter

SCREEN = {"width": 1280, "height": 900}
HILL = "figure[data-nn-widget=hill_descent]"
TOP = "(selector) => document.querySelector(selector)?.getBoundingClientRect().top"
SAYS = "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)"
TEXT = "(selector) => document.querySelector(selector).innerText"
CHOSEN = "Array.from(document.querySelectorAll('option:checked'), ({ text }) => text)"
SOFTMAX = "import numpy as np\ndef softmax(z): return np.exp(z{0}) / np.exp(z{0}).sum(axis=0)\n"
KEEPS = "isSecureContext && 'serviceWorker' in navigator"
SELECTS = "getComputedStyle(document.querySelector('.nn-knob-curve')).webkitUserSelect"
BROKEN = "document.querySelectorAll('.nn-problem, .nn-notice').length"


@pytest.fixture(
    scope="module",
    params=[pytest.param(n, marks=pytest.mark.xdist_group(n)) for n in engines.PROGRAMS],
)
def engine(request):
    """Start a browser; give its one page."""
    name = request.param
    problems = []
    if engines.own_build(name):
        with sync_playwright() as playwright:
            browser = getattr(playwright, name).launch()
            page = browser.new_page()
            page.on("pageerror", lambda error: problems.append(str(error)))
            yield page
            browser.close()
    elif programs := engines.of_the_system(name):
        with getattr(webdriver, name)(*programs) as call:
            yield webdriver.Page(call)
    else:
        pytest.skip(engines.wanted(name))
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(engine, chapters):
    """Give the page, wide, and forget afterwards what a test has answered."""
    engine.set_viewport_size(SCREEN)
    yield engine
    engine.evaluate("localStorage.clear()")


@pytest.fixture
def host(built_book):
    """Serve the book from a host that can be stopped."""
    served = Host(built_book)
    yield served
    served.stop()


def says(page, selector, words):
    """Wait until an element says these words."""
    page.wait_for_function(SAYS, arg=[selector, words])


def top_at_rest(page, selector):
    """Return how far an element is below the top of the window, once the page is at rest."""
    tops = [None]
    while len(tops) < 10 or len(set(tops[-10:])) > 1:
        time.sleep(0.1)
        tops.append(round(page.evaluate(TOP, selector) or 0))
    return tops[-1]


def test_a_figure_answers_the_keyboard(page, chapters):
    page.goto(f"{chapters}/book/02-training.html#nn=one_knob")
    says(page, ".nn-knob-words", "every bird pays what it paid at first")
    page.press("figure.nn-one-knob input[type=range]", "ArrowRight")
    page.wait_for_function(f"!({SAYS})(['.nn-knob-words', 'what it paid at first'])")
    assert "Average loss" in page.evaluate(TEXT, ".nn-knob-words")
    assert page.evaluate(SELECTS) == "none"  # no label is selected by a drag
    assert not page.evaluate(BROKEN)


def test_a_link_to_a_state_lands_on_its_figure_in_that_state(page, chapters):
    page.goto(
        f"{chapters}/book/04-gradient-descent.html#nn=hill_descent&surface=%22ravine%22&alpha=1"
    )
    page.wait_for_function(f"document.querySelector('{HILL}.nn-mounted')")
    assert -1 <= top_at_rest(page, HILL) <= 120
    assert "Ravine" in page.evaluate(CHOSEN)
    assert not page.evaluate(BROKEN)


@pytest.mark.parametrize("where", ["server", "disk"])
def test_an_answer_is_judged_kept_and_read_again(page, chapters, file_url, where):
    name = "book/04-gradient-descent.html"
    page.goto(f"{chapters}/{name}" if where == "server" else file_url(name))
    verdict = "#quiz-steepest-slope .nn-verdict"
    page.type("#quiz-steepest-slope input", "999")
    page.press("#quiz-steepest-slope input", "Enter")
    says(page, verdict, "✗ Not right.")
    page.reload()
    says(page, verdict, "✗ Not right.")
    assert page.evaluate("document.querySelector('#quiz-steepest-slope input').value") == "999"


def test_search_finds_and_leads_there(page, chapters):
    page.goto(f"{chapters}/book/05-cross-entropy.html")
    page.type(".sidebar-search", "sigma prime")
    page.press(".sidebar-search", "Enter")
    says(page, "main [role=status], [role=status]", "places for “sigma prime”")
    anchor = page.evaluate("document.querySelector('.nn-found a').hash")
    page.click(".nn-found a")
    page.wait_for_function(
        "(hash) => location.hash === hash && document.querySelector(hash)", arg=anchor
    )
    assert -1 <= top_at_rest(page, anchor) <= 130


def test_a_program_is_written_run_and_checked(page, chapters):
    task = "#task-05-softmax"
    page.goto(f"{chapters}/book/05-cross-entropy.html")
    page.click(f"{task} > .nn-button")
    for shift, verdict in (("", "✗"), (" - z.max(axis=0)", "✓")):
        page.press(f"{task} .cm-content", "Control+a")
        page.type(f"{task} .cm-content", SOFTMAX.format(shift))
        page.click(f"{task} .nn-check")
        says(page, f"{task} .nn-verdict", verdict)


def test_the_page_for_a_class_reads_its_files(page, chapters, tmp_path):
    pupils = simulated([load_chapter(ROOT / "book/quizzes/05-cross-entropy.yml")], [], students=3)
    for name, text in pupils.files.items():
        (tmp_path / name).write_text(text, "utf-8")
    page.goto(f"{chapters}/book/at-a-class.html")
    page.set_input_files(".nn-class input[type=file]", sorted(tmp_path.iterdir()))
    says(page, ".nn-class > [role=status]", "3 files are counted")


def test_a_kept_book_opens_without_its_host(page, host):
    site = host.start()
    page.goto(f"{site}/book/index.html")
    if not page.evaluate(KEEPS):
        pytest.skip("this browser keeps no sites here")
    page.click("#keep [data-do=keep]")
    says(page, "#keep [role=status]", "All of it has come.")
    host.stop()
    page.goto(f"{site}/book/05-cross-entropy.html#nn=price_of_a_prediction")
    page.wait_for_function("document.querySelector('.nn-price-of-a-prediction.nn-mounted')")
    host.start()
    page.goto(f"{site}/book/index.html")
    page.click("#keep [data-do=remove]")
    says(page, "#keep [role=status]", "no longer on this device")
