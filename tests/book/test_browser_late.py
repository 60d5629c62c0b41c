"""A script that cannot run leaves a sentence in its place; one that comes late destroys nothing."""

import pytest
from playwright.sync_api import expect

CHAPTER = "book/04-gradient-descent.html"
PLACES = {
    "quiz.js": (CHAPTER, ".nn-late", "Nothing checks an answer here"),
    "tasks.js": (CHAPTER, ".nn-task .nn-late", "Nothing runs here"),
    "search.js": ("search.html", ".nn-late", "Nothing is searched here"),
}
HILL = "figure[data-nn-widget=hill_descent]"
WAITED = "addEventListener('load', () => document.getAnimations().forEach((one) => one.finish()))"
AFTER = """(figure) => {
  const { content, visibility, height } = getComputedStyle(figure, "::after");
  return [content, visibility, parseFloat(height) > 10];
}"""


@pytest.fixture
def broken(page, problems):
    """Return a function that opens a page, eight seconds ago, whose script cannot be read."""

    def visit(address, script):
        answer = {"body": "const =", "content_type": "text/javascript"}
        page.route(f"**/{script}*", lambda route: route.fulfill(**answer))
        page.add_init_script(WAITED)
        page.goto(address)
        return page

    yield visit
    problems.clear()


@pytest.mark.parametrize("script", PLACES)
def test_a_sentence_stands_where_nothing_will_answer(broken, site, script):
    name, place, words = PLACES[script]
    page = broken(f"{site}/{name}", script)
    expect(page.locator(place).first).to_be_visible()
    expect(page.locator(place).first).to_contain_text(words)
    page.unroute_all()
    page.reload()
    page.wait_for_load_state("load")
    expect(page.locator(place)).to_have_count(0)


def test_a_figure_that_does_not_come_alive_says_so_below_its_picture(broken, site):
    page = broken(f"{site}/{CHAPTER}", "hill_descent.js")
    content, *seen = page.locator(HILL).evaluate(AFTER)
    assert content.startswith('"This figure stands still')
    assert seen == ["visible", True]
    page.unroute_all()
    page.reload()
    page.wait_for_function(f"document.querySelector('{HILL}').dataset.nnId")
    assert page.locator(HILL).evaluate(AFTER)[0] == "none"


def test_what_is_typed_and_chosen_before_the_script_comes_stays(page, site):
    held = []
    page.route("**/quiz.js*", lambda route: held.append(route))
    page.goto(f"{site}/{CHAPTER}", wait_until="commit")
    typed = page.locator(".nn-item input[type=text]").first
    chosen = page.locator(".nn-item input[type=radio]").first
    typed.fill("0.125")
    chosen.check()
    held[0].continue_()
    expect(page.locator(".nn-check").first).to_be_visible()
    expect(typed).to_have_value("0.125")
    expect(chosen).to_be_checked()
