"""A chapter under a Content-Security-Policy: the strictest that works, and what is said under others."""

import re

import pytest
from serving import send_with_policy
from sources import ROOT
from views import View

from nn_widgets.tasks.bank import load_task

PAGE, TASK = "book/07-backward-sequence.html", "07-backprop"
GUIDE = ROOT / "book" / "for-teachers.md"
WAIT = 90_000  # ms on a busy machine
POLICY = re.search(r"`(default-src [^`]+)`", GUIDE.read_text(encoding="utf-8"))[1]
phone = pytest.mark.parametrize("view", [View(390, "light")], ids=["phone"])


def visit(page, site, policy):
    """Open the chapter under a policy; return its task."""
    page.set_default_timeout(WAIT)
    send_with_policy(page, policy)
    page.goto(f"{site}/{PAGE}")
    return page.locator(f"#task-{TASK}")


def without(directive, word=""):
    """The policy of the guide without a directive, or with one that lacks a word."""
    parts = POLICY.split("; ")
    assert sum(part.startswith(directive) and word in part for part in parts) == 1
    if word:
        return "; ".join(
            part.replace(f" {word}", "") if part.startswith(directive) else part for part in parts
        )
    return "; ".join(part for part in parts if not part.startswith(directive))


@phone
def test_a_chapter_lives_under_the_strictest_policy_that_the_guide_names(page, site):
    task = visit(page, site, POLICY)
    task.get_by_role("button", name="Start", exact=True).click()
    box = task.get_by_role("textbox", name="Your program")
    box.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(load_task(TASK).source["solution"])
    task.get_by_role("button", name="Run", exact=True).click()
    task.locator(".nn-verdict", has_text="gives on an example").wait_for()
    assert box.evaluate("(one) => getComputedStyle(one).fontFamily").startswith("ui-monospace")
    figure = page.locator("figure.nn-widget").first
    figure.scroll_into_view_if_needed()
    page.locator("figure.nn-mounted").first.wait_for()
    page.get_by_role("button", name="Check", exact=True).first.wait_for()
    page.evaluate("localStorage.clear()")


@phone
@pytest.mark.parametrize(
    "policy",
    [without("worker-src", "blob:"), without("script-src", "'wasm-unsafe-eval'")],
    ids=["no worker", "no WebAssembly"],
)
def test_where_python_cannot_start_a_sentence_names_what_the_policy_lacks(
    page, site, policy, problems
):
    task = visit(page, site, policy)
    task.get_by_role("button", name="Start", exact=True).press("Enter")
    task.locator(".nn-task-status", has_text="Content-Security-Policy").wait_for()
    said = task.locator(".nn-task-status").inner_text()
    assert said.startswith("This page is not allowed to start Python")
    assert "worker-src blob:" in said
    assert "'wasm-unsafe-eval'" in said
    assert task.get_by_role("button", name="Start", exact=True).is_enabled()
    assert page.evaluate("document.activeElement.textContent") == "Start"
    assert task.locator(
        ".nn-lines"
    ).is_visible()  # the starting lines stay, and the rest of the page
    page.locator("figure.nn-widget").first.scroll_into_view_if_needed()
    page.locator("figure.nn-mounted").first.wait_for()
    page.close()
    problems.clear()  # the browser reports what it refused


LOOKED_AT = ("worker-src", "connect-src", "manifest-src")  # by the tests above and below
OTHERS = [
    (directive, word)
    for directive, *words in map(str.split, POLICY.split("; "))
    for word in words
    if directive not in LOOKED_AT and word not in ("'none'", "'wasm-unsafe-eval'")
]


@phone
@pytest.mark.parametrize(("directive", "word"), OTHERS)
def test_no_word_of_the_policy_could_go(page, site, directive, word, problems):
    task = visit(page, site, without(directive, word))
    start = task.get_by_role("button", name="Start", exact=True)
    if start.count():
        start.click()
    for _ in range(WAIT // 100):
        if any("Content Security Policy" in problem for problem in problems):
            break
        page.wait_for_timeout(100)
    assert any("Content Security Policy" in problem for problem in problems)
    page.close()
    problems.clear()


def kept(browser, site, policy):
    """Keep the book on a device under a policy; return what is said, and what the browser reports."""
    context, reports = browser.new_context(), []
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.on("console", lambda message: reports.append(message.text))
    send_with_policy(page, policy)
    page.goto(f"{site}/book/index.html")
    press = page.locator(".nn-keep").get_by_role("button", name="Keep this book")
    for _ in range(WAIT // 100):
        if press.is_visible():
            press.click()
        said = page.locator(".nn-keep").inner_text()
        if "All of it has come" in said or reports:
            break
        page.wait_for_timeout(100)
    context.close()
    return said, "\n".join(reports)


def test_the_book_can_be_kept_on_a_device_under_the_same_policy(browser, site):
    said, reports = kept(browser, site, POLICY)
    assert "All of it has come" in said
    assert reports == ""


@pytest.mark.parametrize(
    ("directive", "word"), [("worker-src", "'self'"), ("connect-src", "'self'")]
)
def test_what_keeping_needs_could_not_go(browser, site, directive, word):
    said, reports = kept(browser, site, without(directive, word))
    assert "All of it has come" not in said
    assert "Content Security Policy" in reports
