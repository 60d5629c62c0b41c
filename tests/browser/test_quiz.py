"""The questions in the page: answered, kept, edited, broken, shared, carried to another browser."""

import json
from pathlib import Path

import pytest
from quiz_book import build
from serving import serve
from views import View

EXAMPLE = (Path(__file__).parents[1] / "data" / "example.yml").read_text("utf-8")
HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Build a book with a question of each kind."""
    return build(tmp_path_factory.mktemp("quiz"), EXAMPLE)


@pytest.fixture(scope="module")
def site(book):
    """Serve it."""
    with serve(book) as address:
        yield address


@pytest.fixture
def context_of(browser, problems):
    """Open contexts of the test's own, because answers are kept in them."""
    opened = []

    def open_context(**options):
        opened.append(browser.new_context(**options))
        return opened[-1]

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def chapter(page, site):
    """Open the chapter."""
    page.goto(f"{site}/book/example.html")
    return page


def form(page, name):
    return page.locator(f"#quiz-{name}")


def data(page, name, variant=0):
    script = form(page, name).locator("script[type='application/json']").text_content()
    return json.loads(script)[variant]


def check(page, name):
    form(page, name).get_by_role("button", name="Check").click()
    return form(page, name).locator(".nn-verdict").text_content()


def type_number(page, text, name="price-of-a-doubt"):
    form(page, name).get_by_label("Your answer").fill(text)
    return check(page, name)


def choose(page, label):
    form(page, "price-of-a-sure-answer").get_by_role("radio").nth(label).check()
    return check(page, "price-of-a-sure-answer")


def answer_table(page, flip=False):
    for n, right in enumerate(data(page, "signs-of-a-step")["right"]):
        row = form(page, "signs-of-a-step").locator(".nn-entry").nth(n)
        row.get_by_role("radio", name="True" if right != flip else "False").check()
    return check(page, "signs-of-a-step")


def order(page, *wanted):
    """Put the parts in order with the keyboard alone."""
    for place, part in enumerate(wanted):
        item = form(page, "first-gradients").locator(f"li[data-part={part}]")
        while item.evaluate("li => [...li.parentElement.children].indexOf(li)") > place:
            item.get_by_role("button", name="Move up").focus()
            page.keyboard.press("Enter")
    return check(page, "first-gradients")


def test_a_question_that_no_cell_shows_stands_at_the_end_of_its_chapter(page, tmp_path):
    built = build(tmp_path, EXAMPLE, item="price-of-a-doubt")
    page.goto(built.joinpath("book", "example.html").as_uri())
    shown = page.locator("form.nn-item").evaluate_all("all => all.map((one) => one.dataset.item)")
    assert shown[0] == "price-of-a-doubt"
    assert sorted(shown) == sorted(set(shown))
    assert len(shown) == 4


def test_nothing_is_judged_before_the_reader_asks(chapter):
    assert chapter.locator(".nn-reason:visible").count() == 0
    form(chapter, "price-of-a-sure-answer").get_by_role("radio").first.check()
    assert chapter.locator(".nn-reason:visible, .nn-mark").count() == 0


def test_a_question_without_an_answer_is_not_judged(chapter):
    for name in ("signs-of-a-step", "price-of-a-sure-answer", "price-of-a-doubt"):
        assert "first" in check(chapter, name)
        assert form(chapter, name).locator(".nn-reason:visible").count() == 0


def test_a_choice_gets_a_reason_for_every_option(chapter):
    assert choose(chapter, 1).startswith("✗")
    entries = form(chapter, "price-of-a-sure-answer")
    assert entries.locator(".nn-reason:visible").count() == 3
    assert entries.locator(".nn-mark").all_text_contents() == [
        "✓ This is right.",
        "✗ Your choice. This is not right.",
        "✗ This is not right.",
    ]
    assert choose(chapter, 0).startswith("✓")


def test_a_table_says_which_statements_are_judged_rightly(chapter):
    assert "0 of 2" in answer_table(chapter, flip=True)
    assert answer_table(chapter).startswith("✓")
    assert form(chapter, "signs-of-a-step").locator(".nn-reason:visible").count() == 2


def test_a_number_is_right_within_its_tolerance(chapter):
    answer = data(chapter, "price-of-a-doubt")["answer"]
    assert type_number(chapter, f"{answer:.3f}").startswith("✓")
    assert type_number(chapter, f"{answer:.3f}".replace(".", ",")).startswith("✓")
    assert type_number(chapter, f"{answer + 0.02:.3f}").startswith("✗")
    assert "Type a number" in type_number(chapter, "about one")


def test_a_slip_is_told_apart(chapter):
    slips = data(chapter, "price-of-a-doubt")["slips"]
    assert type_number(chapter, f"{slips[2]:.4f}".replace("-", "−")).startswith("✗")
    reasons = form(chapter, "price-of-a-doubt").locator(".nn-reason:visible").all_text_contents()
    assert len(reasons) == 2
    assert "The sign is missing" in reasons[0]


def test_an_order_is_made_by_keyboard_and_any_right_one_counts(chapter):
    assert order(chapter, "dW3", "dz3", "dh2").startswith("✗")
    assert form(chapter, "first-gradients").locator(".nn-reason:visible").count() == 3
    assert order(chapter, "dz3", "dW3", "dh2").startswith("✓")
    assert order(chapter, "dz3", "dh2", "dW3").startswith("✓")


def test_a_part_is_dragged_to_its_place(chapter):
    order(chapter, "dW3", "dz3", "dh2")
    item = form(chapter, "first-gradients")
    grips = item.locator(".nn-grip")
    grips.first.scroll_into_view_if_needed()
    start, last = grips.first.bounding_box(), grips.last.bounding_box()
    chapter.mouse.move(start["x"] + 5, start["y"] + 5)
    chapter.mouse.down()
    chapter.mouse.move(last["x"] + 5, last["y"] + last["height"] + 30, steps=20)
    chapter.mouse.up()
    parts = item.locator("li.nn-entry").evaluate_all("all => all.map((one) => one.dataset.part)")
    assert parts == ["dz3", "dh2", "dW3"]
    assert item.locator("[data-held]").count() == 0
    assert "place 3 of 3" in item.locator(".nn-verdict").inner_text()
    item.get_by_role("button", name="Check").click()
    assert item.locator(".nn-verdict").inner_text().startswith("✓")


def test_trying_again_brings_fresh_numbers(chapter):
    prompt = form(chapter, "price-of-a-doubt").locator(".nn-prompt")
    before = prompt.inner_text()
    type_number(chapter, "7")
    form(chapter, "price-of-a-doubt").get_by_role("button", name="fresh numbers").click()
    assert prompt.inner_text() != before
    assert form(chapter, "price-of-a-doubt").get_by_label("Your answer").input_value() == ""
    answer = data(chapter, "price-of-a-doubt", 1)["answer"]
    assert type_number(chapter, f"{answer:.3f}").startswith("✓")


def test_answers_and_verdicts_are_there_after_a_reload(chapter):
    choose(chapter, 1)
    order(chapter, "dz3", "dh2", "dW3")
    type_number(chapter, "7")
    chapter.reload()
    assert form(chapter, "price-of-a-sure-answer").get_by_role("radio").nth(1).is_checked()
    assert "✗" in form(chapter, "price-of-a-sure-answer").locator(".nn-verdict").text_content()
    assert "✓" in form(chapter, "first-gradients").locator(".nn-verdict").text_content()
    assert form(chapter, "price-of-a-doubt").get_by_label("Your answer").input_value() == "7"


def test_an_edited_question_forgets_its_old_answer(chapter):
    choose(chapter, 0)
    chapter.evaluate(
        """() => {
          const key = "nn-quiz:price-of-a-sure-answer";
          const saved = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...saved, f: "0123456789ab" }));
        }"""
    )
    chapter.reload()
    assert form(chapter, "price-of-a-sure-answer").locator("input:checked").count() == 0


@pytest.mark.parametrize("broken", ["{", "null", '{"f": 1}', '{"a": "<b>"}', "[]"])
def test_corrupt_storage_is_told_and_the_quiz_works(chapter, broken):
    chapter.evaluate("text => localStorage.setItem('nn-quiz:price-of-a-doubt', text)", broken)
    chapter.reload()
    assert chapter.locator(".nn-notice").count() == 1
    assert type_number(chapter, "7").startswith("✗")


@pytest.mark.parametrize(
    "spoil",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })",
    ],
)
def test_full_and_forbidden_storage_lose_nothing_but_memory(page, site, spoil, problems):
    page.add_init_script(spoil)
    page.goto(f"{site}/book/example.html")
    assert choose(page, 0).startswith("✓")
    assert "1 of 4 answered" in page.locator(".nn-progress").inner_text()
    assert page.locator(".nn-notice").count() == 1
    problems.clear()  # the theme's own script does not expect a forbidden storage


def test_two_tabs_do_not_overwrite_each_other(chapter, site):
    other = chapter.context.new_page()
    other.goto(f"{site}/book/example.html")
    choose(other, 0)
    type_number(chapter, "7")
    form(chapter, "price-of-a-sure-answer").locator(".nn-mark").first.wait_for()
    assert "2 of 4 answered" in chapter.locator(".nn-progress").inner_text()
    chapter.reload()
    assert "2 of 4 answered: 1 right, 1 wrong" in chapter.locator(".nn-progress").inner_text()


def test_the_index_shows_what_is_left_and_leads_there(chapter, site):
    choose(chapter, 1)
    chapter.goto(f"{site}/book/index.html")
    assert "1 of 4 answered: 0 right, 1 wrong; 3 left." in chapter.locator(".nn-row").inner_text()
    chapter.get_by_role("link", name="Next wrong answer").click()
    assert chapter.url.endswith("example.html#quiz-price-of-a-sure-answer")


def test_the_progress_of_a_chapter_leads_to_the_review_once_something_is_wrong(chapter):
    again = chapter.get_by_role("link", name="Answer the wrong ones again")
    choose(chapter, 0)
    assert again.count() == 0
    choose(chapter, 1)
    again.click()
    assert chapter.locator(".nn-review form.nn-item").count() == 1


def test_a_reset_asks_first_and_can_be_undone(chapter):
    choose(chapter, 0)
    box = chapter.locator(".nn-progress")
    box.get_by_role("button", name="Forget the answers").click()
    box.get_by_role("button", name="Keep them").click()
    assert "1 of 4" in box.inner_text()
    box.get_by_role("button", name="Forget the answers").click()
    box.get_by_role("button", name="Forget them").click()
    assert "0 of 4" in box.inner_text()
    assert chapter.locator(".nn-item input:checked").count() == 0
    box.get_by_role("button", name="Undo").click()
    assert "1 of 4" in box.inner_text()
    assert form(chapter, "price-of-a-sure-answer").locator("input:checked").count() == 1


def test_the_review_collects_what_was_wrong_with_fresh_numbers(chapter, site):
    prompt = form(chapter, "price-of-a-doubt").locator(".nn-prompt").inner_text()
    type_number(chapter, "7")
    choose(chapter, 0)
    chapter.goto(f"{site}/book/review.html")
    assert chapter.locator("form.nn-item").count() == 1
    assert chapter.locator(".nn-review h2 a").get_attribute("href") == "example.html"
    assert form(chapter, "price-of-a-doubt").locator(".nn-prompt").inner_text() != prompt
    answer = data(chapter, "price-of-a-doubt", 1)["answer"]
    assert type_number(chapter, f"{answer:.3f}").startswith("✓")
    chapter.reload()
    assert chapter.locator("form.nn-item").count() == 0
    assert "No answer of yours is wrong" in chapter.locator(".nn-review").inner_text()


def read_file(page, text):
    page.get_by_label("Read answers from a file").set_input_files(
        {"name": "answers.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    page.locator(".nn-progress .nn-verdict:not(:empty)").wait_for()
    return page.locator(".nn-progress .nn-verdict").text_content()


def test_answers_travel_to_another_browser_in_a_file(chapter, site, new_page):
    choose(chapter, 0)
    type_number(chapter, "7")
    chapter.goto(f"{site}/book/index.html")
    with chapter.expect_download() as download:
        chapter.get_by_role("button", name="Save the answers").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert json.loads(text)["version"] == 1
    elsewhere = new_page()
    elsewhere.goto(f"{site}/book/index.html")
    assert "2 answers are read" in read_file(elsewhere, text)
    assert "2 of 4 answered: 1 right, 1 wrong" in elsewhere.locator(".nn-row").inner_text()


GOOD = {"f": "0123456789ab", "n": 0, "a": "7", "c": "wrong"}


def file(version=1, answers=None, name="the-backward-pass answers"):
    answers = {"price-of-a-doubt": GOOD} if answers is None else answers
    return json.dumps({"format": name, "version": version, "answers": answers})


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "null",
        "[]",
        file(version=2),
        file(name="another"),
        file(answers=[GOOD]),
        file(answers={"price-of-a-doubt": GOOD, HOSTILE: GOOD}),
        file(answers={"price-of-a-doubt": GOOD, "x": {**GOOD, "c": HOSTILE}}),
        file(answers={"price-of-a-doubt": GOOD, "x": {**GOOD, "n": 1e9}}),
        file(answers={"price-of-a-doubt": GOOD, "x": {**GOOD, "a": {"b": 1}}}),
        '{"format": "the-backward-pass answers", "version": 1, "answers": {"__proto__": 1}}',
        "1" * 1_000_001,
    ],
)
def test_a_bad_file_changes_nothing_and_says_why(page, site, text):
    page.goto(f"{site}/book/index.html")
    assert read_file(page, text).endswith("Nothing is changed.")
    assert page.evaluate("localStorage.length") == 0 or "nn-quiz" not in page.evaluate(
        "JSON.stringify(localStorage)"
    )


def test_hostile_text_in_a_bank_stays_text(page, site, tmp_path):
    bank = EXAMPLE.replace("A network is sure and right", f"{HOSTILE} A network is sure and right")
    bank = bank.replace("text: $dz^3$", f'text: "{HOSTILE}"').replace(
        'text: "1"', f'text: "{HOSTILE} [x](javascript:alert(1)) 1"'
    )
    page.goto(build(tmp_path, bank).joinpath("book", "example.html").as_uri())
    assert HOSTILE in form(page, "price-of-a-sure-answer").locator(".nn-prompt").inner_text()
    assert (
        page.locator(".nn-item img, .nn-item script:not([type]), a[href^=javascript]").count() == 0
    )


def test_the_quiz_works_from_disk(page, book):
    page.goto((book / "book" / "example.html").as_uri())
    assert choose(page, 0).startswith("✓")
    page.reload()
    assert form(page, "price-of-a-sure-answer").locator("input:checked").count() == 1


def test_without_javascript_the_questions_lead_to_the_key(new_page, site):
    page = new_page(java_script_enabled=False)
    page.goto(f"{site}/book/example.html")
    assert form(page, "price-of-a-sure-answer").locator(".nn-prompt").is_visible()
    assert page.locator(".nn-reason:visible").count() == 0
    form(page, "price-of-a-sure-answer").get_by_role("link", name="Answer").click()
    assert page.url.endswith("answers.html#key-price-of-a-sure-answer")
    key = page.locator("#key-price-of-a-sure-answer").inner_text()
    assert "✓ Right:" in key
    assert "An infinite price is for the sure and wrong answer." in key


def test_print_puts_an_answered_order_back_and_the_page_keeps_it(chapter):
    places = "all => all.map((one) => one.dataset.part)"
    parts = form(chapter, "first-gradients").locator("li.nn-entry")
    before = parts.evaluate_all(places)
    order(chapter, "dz3", "dW3", "dh2")
    chapter.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert parts.evaluate_all(places) == before
    chapter.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert parts.evaluate_all(places) == ["dz3", "dW3", "dh2"]
    assert form(chapter, "first-gradients").locator(".nn-verdict").inner_text().startswith("✓")


def test_print_shows_questions_without_answers(chapter):
    choose(chapter, 0)
    chapter.emulate_media(media="print")
    assert form(chapter, "price-of-a-sure-answer").locator(".nn-prompt").is_visible()
    assert chapter.locator(".nn-reason:visible, .nn-mark:visible, .nn-verdict:visible").count() == 0
    edge = "entry => getComputedStyle(entry).borderInlineStartColor"
    edges = (
        form(chapter, "price-of-a-sure-answer")
        .locator(".nn-entry")
        .evaluate_all(f"all => all.map({edge})")
    )
    assert len(set(edges)) == 1


@pytest.mark.parametrize("view", [View(w, s) for w in (1280, 390, 320) for s in ("light", "dark")])
def test_the_questions_have_no_accessibility_fault_and_fit(chapter, axe, view):
    choose(chapter, 1)
    answer_table(chapter)
    type_number(chapter, "7")
    order(chapter, "dz3", "dh2", "dW3")
    assert axe(chapter, ".nn-quiz") == []
    assert axe(chapter, ".nn-progress") == []
    wide = "form => form.scrollWidth > form.clientWidth"
    assert not any(item.evaluate(wide) for item in chapter.locator(".nn-item").all())
