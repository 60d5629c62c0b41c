"""The search page, as a reader uses it."""

import pytest
from views import View

QUERIES = {
    "sigma prime": "σ′",
    "Hadamard": "⊙",
    "cross entropy": "cross",
    "p - y": "p − y",
    "numerical_gradient": "numerical_gradient",
}


def results(page):
    page.wait_for_function("document.querySelector('[role=status]').textContent")
    return page.locator(".nn-found > li:not(.nn-more)")


@pytest.mark.parametrize("where", ["server", "disk"])
def test_a_reader_finds_a_sign_a_word_and_a_formula_and_is_led_there(page, site, file_url, where):
    home = f"{site}/book/05-cross-entropy.html"
    page.goto(home if where == "server" else file_url("book/05-cross-entropy.html"))
    search = page.get_by_role("textbox", name="Search the book")
    search.fill("sigma prime")
    search.press("Enter")
    page.wait_for_url("**/search.html?q=sigma+prime")
    for query, shown in QUERIES.items():
        page.get_by_role("searchbox").fill(query)
        page.wait_for_function(
            "(q) => document.querySelector('[role=status]').textContent.includes(`“${q}”`)",
            arg=query,
        )
        first = results(page).first
        assert shown.lower() in first.locator("mark").first.inner_text().lower()
        assert "Download the notebook" not in page.locator(".nn-found").inner_text()
    link = results(page).locator("a[href*='#']").first
    anchor = link.get_attribute("href").partition("#")[2]
    link.click()
    page.wait_for_url("**/book/*.html#*")
    page.wait_for_function(
        "(name) => Math.abs(document.getElementById(name).getBoundingClientRect().top) < 130",
        arg=anchor,
    )


def test_the_errata_come_after_the_chapter_that_explains(page, site):
    page.goto(f"{site}/search.html?q=cross entropy")
    found = results(page)
    pages = [found.nth(i).get_by_role("link").get_attribute("href") for i in range(found.count())]
    of_chapter = [i for i, href in enumerate(pages) if "05-cross-entropy" in href]
    of_errata = [i for i, href in enumerate(pages) if "errata" in href]
    assert of_chapter[0] < min(of_errata, default=99)


@pytest.mark.parametrize("query", ["constructor", "__proto__", "<img src=x onerror=alert(1)>"])
def test_nothing_is_found_is_said_and_what_was_typed_stays_text(page, site, query):
    page.goto(f"{site}/search.html")
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_function(
        "(q) => document.querySelector('[role=status]').textContent.includes(q)", arg=query
    )
    assert not page.locator(".nn-found img").count()


def test_many_places_are_shown_twenty_first_and_the_others_on_a_press(page, site):
    page.goto(f"{site}/search.html?q=loss")
    found = results(page)
    assert found.count() == 20
    more = page.get_by_role("button", name="Show the other")
    left = int(more.inner_text().split()[-1])
    more.press("Enter")
    assert found.count() == 20 + left
    assert page.evaluate("document.activeElement === document.querySelectorAll('.nn-found a')[20]")


@pytest.mark.parametrize("view", [View(1280, "dark"), View(320, "light")], ids=str)
def test_the_page_is_accessible_and_fits(page, site, axe, view):
    page.goto(f"{site}/search.html?q=gradient")
    results(page)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_back_from_a_place_shows_what_was_found(page, site):
    page.goto(f"{site}/search.html?q=gradient")
    results(page).first.get_by_role("link").click()
    page.wait_for_url("**/book/**")
    page.go_back()
    assert results(page).count() == 20
    assert page.get_by_role("searchbox").input_value() == "gradient"
