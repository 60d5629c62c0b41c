"""Answer again, in the built book: what returns after days, what the start page says, and the cards."""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect
from simulated_class import attempt
from sources import ROOT

from nn_widgets.quiz.bank import load_bank

BANK = load_bank(ROOT / "book/quizzes")
ITEMS = {item.id: item for chapter in BANK for item in chapter.items}
CHAPTER, NAME = "book/04-gradient-descent.html", "steepest-slope"
NOON = datetime(2026, 3, 27, 12)


@pytest.fixture
def context_of(own_contexts):
    """Open contexts of the test's own, because answers are kept in them."""
    return own_contexts


@pytest.fixture
def reader(page, site):
    """Open a chapter on a known day."""
    page.clock.set_fixed_time(NOON)
    page.goto(f"{site}/{CHAPTER}")
    return page


def answer(page, text, name=NAME):
    item = page.locator(f"#quiz-{name}")
    item.get_by_label("Your answer").fill(text)
    item.get_by_role("button", name="Check").click()
    return item.locator(".nn-verdict").inner_text()


def stored(page, name=NAME):
    return json.loads(page.evaluate("name => localStorage.getItem(`nn-quiz:/:${name}`)", name))


def right(page, name=NAME):
    """The right number of what the page shows, in whatever variant."""
    prompt = page.locator(f"#quiz-{name} .nn-prompt annotation").first.text_content()
    shown = "".join(prompt.split())
    for variant in ITEMS[name].variants:
        numbers = [f"{{{variant.names[key]}}}" for key in ("g1", "g2")]
        if all(number in shown for number in numbers):
            return str(variant.data["answer"])
    raise AssertionError(f"no variant of {name} has {shown}")


def on_day(page, site, days, name="review"):
    page.clock.set_fixed_time(NOON + timedelta(days=days))
    page.goto(f"{site}/book/{name}.html")
    return page.locator(".nn-review, .nn-progress").inner_text()


def test_a_right_answer_returns_after_1_3_7_and_21_days_and_then_no_more(reader, site):
    assert answer(reader, right(reader)).startswith("✓")
    day = 0
    for wait in (1, 3, 7, 21):
        before = on_day(reader, site, day + wait - 1)
        assert "No question is due to be answered again. 1 question returns later" in before
        day += wait
        assert "1 question is due: 1 to recall." in on_day(reader, site, day)
        expect(reader.locator(".nn-review .nn-item")).to_have_count(1)
        assert answer(reader, right(reader)).startswith("✓")
    said = on_day(reader, site, day + 1000)
    assert said.strip() == "No question is due to be answered again."
    assert stored(reader)["t"]["tries"] == 5


def test_a_wrong_answer_is_due_at_once_and_begins_anew(reader, site):
    answer(reader, right(reader))
    on_day(reader, site, 1)
    assert answer(reader, "999").startswith("✗")
    assert "1 question is due: 1 wrong." in on_day(reader, site, 1)
    answer(reader, right(reader))
    assert "the next tomorrow" in on_day(reader, site, 1)
    assert "1 to recall" in on_day(reader, site, 2)


def test_the_start_page_says_what_is_due_and_leads_there(reader, site):
    answer(reader, right(reader))
    said = on_day(reader, site, 0, "index")
    assert "Nothing is due to be answered again; the next question returns tomorrow." in said
    reader.goto(f"{site}/{CHAPTER}")
    form = reader.locator("#quiz-what-the-gradient-is")
    for radio in form.get_by_role("radio", name="False").all():
        radio.check()
    form.get_by_role("button", name="Check").click()
    said = on_day(reader, site, 1, "index")
    assert "Answer again: 2 questions are due, 1 wrong, 1 to recall." in said
    reader.get_by_role("link", name="Answer again: 2 questions are due").click()
    expect(reader.locator(".nn-review .nn-item")).to_have_count(2)


def test_a_number_begun_in_the_review_and_left_takes_nothing_away(reader, site):
    answer(reader, right(reader))
    before = stored(reader)
    on_day(reader, site, 1)
    reader.locator(f"#quiz-{NAME}").get_by_label("Your answer").fill("4")
    assert "1 to recall" in on_day(reader, site, 1)
    assert stored(reader) == before


def test_a_question_that_is_edited_on_its_page_stays_due_until_it_is_right(reader, site):
    answer(reader, "999")
    reader.locator(f"#quiz-{NAME}").get_by_label("Your answer").fill("4")
    assert stored(reader)["c"] == ""
    assert "1 wrong" in on_day(reader, site, 0)


def test_a_clock_that_was_years_ahead_loses_no_question(reader, site):
    on_day(reader, site, 9000, "04-gradient-descent")
    assert answer(reader, right(reader)).startswith("✓")
    assert "1 to recall" in on_day(reader, site, 0)
    answer(reader, right(reader))
    assert "the next tomorrow" in on_day(reader, site, 0)


def test_many_due_questions_come_in_parts_the_wrong_ones_first(page, site):
    rng = np.random.default_rng(3)
    chosen = list(ITEMS.values())[:45]
    answers = {}
    for n, item in enumerate(chosen):
        tried = attempt(item, 0, n % 9 != 8, rng)
        verdict = "right" if tried.right else "wrong"
        answers[item.id] = {"f": item.fingerprint, "n": 0, "a": tried.answer, "c": verdict}
    page.goto(f"{site}/book/review.html")
    fill = "all => all.forEach(([id, saved]) => localStorage.setItem(`nn-quiz:/:${id}`, saved))"
    page.evaluate(fill, [[name, json.dumps(saved)] for name, saved in answers.items()])
    page.reload()
    expect(page.locator(".nn-review [role=status]").first).to_contain_text(
        "45 questions are due: 5 wrong, 40 to recall."
    )
    items = page.locator(".nn-review .nn-item")
    expect(items).to_have_count(20)
    shown = items.evaluate_all("all => all.map((one) => one.dataset.item)")
    assert {item.id for n, item in enumerate(chosen) if n % 9 == 8} <= set(shown)
    page.get_by_role("button", name="Show 20 more of 25").focus()
    page.keyboard.press("Enter")
    expect(items).to_have_count(40)
    page.get_by_role("button", name="Show 5 more of 5").click()
    expect(items).to_have_count(45)
    expect(page.locator(".nn-review section:focus")).to_have_count(1)
    shown = items.evaluate_all("all => all.map((one) => one.dataset.item)")
    assert sorted(shown) == sorted(answers)


def cards(page):
    """The cards of the file that the link gives, with what stands in its first lines."""
    with page.expect_download() as download:
        page.get_by_role("link", name="as cards for Anki").click()
    lines = Path(download.value.path()).read_text("utf-8").split("\n")
    head = [line for line in lines if line.startswith("#")]
    return head, list(csv.reader(lines[len(head) : -1], "excel-tab", strict=True))


@pytest.mark.parametrize("where", ["disk", "server"])
def test_the_cards_are_saved_from_a_disk_and_from_a_server(page, site, file_url, where):
    page.goto(file_url("book/review.html") if where == "disk" else f"{site}/book/review.html")
    head, rows = cards(page)
    assert "#guid column:1" in head
    assert [row[0] for row in rows] == [f"backward-pass:{name}" for name in ITEMS]
