"""The questions in the page: answered, kept, edited, broken, shared, carried to another browser."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from quiz_book import build
from serving import serve
from shared import shared
from views import View
from watching import AGAIN

EXAMPLE = Path(__file__).with_name("example.yml").read_text("utf-8")
TOTAL = EXAMPLE.count("  - id: ")
HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Build a book with a question of each kind."""
    return shared(tmp_path_factory, "quiz", lambda folder: build(folder, EXAMPLE)) / "html"


@pytest.fixture(scope="module")
def site(book):
    """Serve it."""
    with serve(book) as address:
        yield address


@pytest.fixture
def context_of(own_contexts):
    """Open contexts of the test's own, because answers are kept in them."""
    return own_contexts


@pytest.fixture
def chapter(page, site):
    """Open the chapter."""
    page.goto(f"{site}/book/example.html")
    return page


def form(page, name):
    return page.locator(f"#quiz-{name}")


def data(page, name, variant=0):
    """What the page judges by, in the first variant or a further one, which a script brings."""
    if variant:
        page.wait_for_function("window.nnQuestions?.example")
        stored = page.evaluate("name => window.nnQuestions.example[name]", name)
        return stored["variants"][variant - 1]["data"]
    return json.loads(form(page, name).locator("script[type='application/json']").text_content())


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
    shown = page.locator(".nn-item").evaluate_all("all => all.map((one) => one.dataset.item)")
    assert shown[0] == "price-of-a-doubt"
    assert sorted(shown) == sorted(set(shown))
    assert len(shown) == TOTAL


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
    expect(prompt).not_to_have_text(before, use_inner_text=True)
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
          const key = "nn-quiz:/:price-of-a-sure-answer";
          const saved = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...saved, f: "0123456789ab" }));
        }"""
    )
    chapter.reload()
    assert form(chapter, "price-of-a-sure-answer").locator("input:checked").count() == 0


@pytest.mark.parametrize("broken", ["{", "null", '{"f": 1}', '{"a": "<b>"}', "[]"])
def test_corrupt_storage_is_told_and_the_quiz_works(chapter, broken):
    chapter.evaluate("text => localStorage.setItem('nn-quiz:/:price-of-a-doubt', text)", broken)
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
    assert f"1 of {TOTAL} answered" in page.locator(".nn-progress").inner_text()
    assert page.locator(".nn-notice").count() == 1
    problems.clear()  # the theme's own script does not expect a forbidden storage


def test_two_tabs_do_not_overwrite_each_other(chapter, site):
    other = chapter.context.new_page()
    other.goto(f"{site}/book/example.html")
    choose(other, 0)
    type_number(chapter, "7")
    form(chapter, "price-of-a-sure-answer").locator(".nn-mark").first.wait_for()
    assert f"2 of {TOTAL} answered" in chapter.locator(".nn-progress").inner_text()
    chapter.reload()
    assert (
        f"2 of {TOTAL} answered: 1 right, 1 wrong" in chapter.locator(".nn-progress").inner_text()
    )


def test_the_index_shows_what_is_left_and_leads_there(chapter, site):
    choose(chapter, 1)
    chapter.goto(f"{site}/book/index.html")
    assert (
        f"1 of {TOTAL} answered: 0 right, 1 wrong; {TOTAL - 1} left."
        in chapter.locator(".nn-row").inner_text()
    )
    chapter.get_by_role("link", name="Next wrong answer").click()
    assert chapter.url.endswith("example.html#quiz-price-of-a-sure-answer")


def test_the_progress_of_a_chapter_leads_to_the_review_once_something_is_wrong(chapter):
    again = chapter.get_by_role("link", name="Answer again")
    choose(chapter, 0)
    assert again.count() == 0
    choose(chapter, 1)
    again.click()
    expect(chapter.locator(".nn-review .nn-item")).to_have_count(1)


def test_a_reset_asks_first_and_can_be_undone(chapter):
    choose(chapter, 0)
    box = chapter.locator(".nn-progress")
    box.get_by_role("button", name="Forget the answers").click()
    box.get_by_role("button", name="Keep them").click()
    assert f"1 of {TOTAL}" in box.inner_text()
    box.get_by_role("button", name="Forget the answers").click()
    box.get_by_role("button", name="Forget them").click()
    assert f"0 of {TOTAL}" in box.inner_text()
    assert chapter.locator(".nn-item input:checked").count() == 0
    box.get_by_role("button", name="Undo").click()
    assert f"1 of {TOTAL}" in box.inner_text()
    assert form(chapter, "price-of-a-sure-answer").locator("input:checked").count() == 1


def test_the_review_collects_what_was_wrong_with_fresh_numbers(chapter, site):
    prompt = form(chapter, "price-of-a-doubt").locator(".nn-prompt").inner_text()
    type_number(chapter, "7")
    choose(chapter, 0)
    chapter.goto(f"{site}/book/review.html")
    expect(chapter.locator(".nn-item")).to_have_count(1)
    assert chapter.locator(".nn-review h2 a").get_attribute("href") == "example.html"
    expect(form(chapter, "price-of-a-doubt").locator(".nn-prompt")).not_to_have_text(
        prompt, use_inner_text=True
    )
    answer = data(chapter, "price-of-a-doubt", 1)["answer"]
    assert type_number(chapter, f"{answer:.3f}").startswith("✓")
    chapter.reload()
    assert chapter.locator(".nn-item").count() == 0
    assert "No question is due" in chapter.locator(".nn-review").inner_text()


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
    assert "Left out" not in elsewhere.locator(".nn-progress .nn-verdict").text_content()
    assert f"2 of {TOTAL} answered: 1 right, 1 wrong" in elsewhere.locator(".nn-row").inner_text()


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


def test_the_page_of_wrong_answers_prints_its_questions_blank(chapter, site):
    type_number(chapter, "7")
    chapter.goto(f"{site}/book/review.html")
    expect(chapter.locator(".nn-item")).to_have_count(1)
    type_number(chapter, "7")
    paper = " ".join(PdfReader(BytesIO(chapter.pdf())).pages[0].extract_text().split())
    for words in ("The softmax gives the true class the probability", "Your answer"):
        assert words in paper
    for words in ("Check", "Try again", "✗", "JavaScript"):
        assert words not in paper


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


# ------------------------------------------------------ numbers, files, frames, going back


def stored(page):
    """The answers that the browser keeps, by the id of the question."""
    found = page.evaluate("({ ...localStorage })")
    return {k.rsplit(":", 1)[1]: json.loads(v) for k, v in found.items() if k.startswith("nn-quiz")}


def questions(page):
    """(fingerprint, kind) of every question that the page reports on."""
    text = page.locator(".nn-progress script").first.text_content()
    return {id: (f, kind) for id, f, kind, _ in json.loads(text)[0]["items"]}


def test_whatever_is_typed_is_there_again_after_a_reload(chapter):
    for text in ["x" * 400, "\ud83d\ude00" * 60, "0.2\u0000", "<b>&quot;\u2028"]:
        field = form(chapter, "price-of-a-doubt").get_by_label("Your answer")
        field.evaluate("(field, text) => { field.value = text; }", text)
        field.dispatch_event("input")
        kept = stored(chapter)["price-of-a-doubt"]["a"]
        chapter.reload()
        assert chapter.locator(".nn-notice").count() == 0
        assert field.input_value() == kept
        assert kept


def test_enter_checks_and_never_leaves_the_page(chapter):
    field = form(chapter, "price-of-a-doubt").get_by_label("Your answer")
    field.fill("7")
    field.press("Enter")
    assert form(chapter, "price-of-a-doubt").locator(".nn-verdict").text_content().startswith("✗")
    choice = form(chapter, "price-of-a-sure-answer").get_by_role("radio").first
    choice.check()
    choice.press("Enter")
    assert form(chapter, "price-of-a-sure-answer").locator(".nn-reason:visible").count() == 3
    assert "?" not in chapter.url


def test_a_question_is_checked_in_a_frame_that_allows_scripts_alone(page, site, problems):
    page.goto(f"{site}/book/index.html")
    for name in ("example", "index"):
        frame = f"<iframe sandbox='allow-scripts' src='{site}/book/{name}.html'></iframe>"
        page.evaluate("html => document.body.insertAdjacentHTML('afterbegin', html)", frame)
    chapter, index = (page.frame_locator("iframe").nth(n) for n in (1, 0))
    chapter.locator(".nn-row").wait_for()  # now the questions are alive
    item = chapter.locator("#quiz-price-of-a-doubt")
    item.get_by_label("Your answer").fill("7")
    item.get_by_role("button", name="Check").click()
    expect(item.locator(".nn-verdict")).to_contain_text("✗")
    item.get_by_label("Your answer").fill("8")
    item.get_by_label("Your answer").press("Enter")
    expect(item.locator(".nn-verdict")).to_contain_text("✗")
    index.get_by_role("button", name="Save the answers").click()
    expect(index.locator(".nn-progress .nn-verdict")).not_to_be_empty()
    problems.clear()  # the theme's own script does not expect a forbidden storage


def test_saving_says_how_many_answers_and_what_to_do_in_a_frame(chapter, site):
    choose(chapter, 0)
    chapter.goto(f"{site}/book/index.html")
    with chapter.expect_download():
        chapter.get_by_role("button", name="Save the answers").click()
    said = chapter.locator(".nn-progress .nn-verdict").text_content()
    assert said == "1 answer goes into the file answers.json, among your downloads."


def test_one_answer_is_forgotten_and_two_are(chapter):
    box = chapter.locator(".nn-progress")
    for number, said in ((0, "There was no answer"), (1, "1 answer is"), (2, "2 answers are")):
        if number > 0:
            choose(chapter, 0)
        if number > 1:
            type_number(chapter, "7")
        box.get_by_role("button", name="Forget the answers").click()
        box.get_by_role("button", name="Forget them").click()
        assert box.locator(".nn-verdict").text_content().startswith(said)


def test_a_file_leaves_out_what_does_not_fit_counts_it_and_can_be_undone(chapter, site):
    choose(chapter, 0)
    type_number(chapter, "7")
    before = stored(chapter)
    chapter.goto(f"{site}/book/index.html")
    table, _ = questions(chapter)["signs-of-a-step"]
    doubt, _ = questions(chapter)["price-of-a-doubt"]
    answers = {
        "price-of-a-sure-answer": GOOD,  # to an older wording
        "price-of-a-doubt": {**GOOD, "f": doubt, "a": "8"},
        "signs-of-a-step": {**GOOD, "f": table, "a": "8", "c": "right"},  # no table of answers
        "of-another-book": GOOD,
        "of-a-third-book": GOOD,
    }
    said = read_file(chapter, file(answers=answers))
    assert said.startswith("1 answer is read from the file.")
    assert "1 to an older wording, 2 to no question of this book, 1 of another form" in said
    assert stored(chapter) == {**before, "price-of-a-doubt": answers["price-of-a-doubt"]}
    chapter.get_by_role("button", name="Undo").click()
    assert stored(chapter) == before
    said = read_file(chapter, file(answers={"of-another-book": GOOD}))
    assert said.endswith("Nothing is changed.")
    assert stored(chapter) == before


def test_a_stored_value_that_is_no_answer_of_its_kind_is_not_right(chapter, site):
    fingerprint, _ = questions(chapter)["signs-of-a-step"]
    saved = json.dumps({"f": fingerprint, "n": 0, "a": "yes", "c": "right"})
    chapter.evaluate("text => localStorage.setItem('nn-quiz:/:signs-of-a-step', text)", saved)
    chapter.reload()
    assert f"0 of {TOTAL} answered" in chapter.locator(".nn-progress").inner_text()
    assert form(chapter, "signs-of-a-step").locator(".nn-mark").count() == 0
    chapter.goto(f"{site}/book/index.html")
    assert f"0 of {TOTAL} answered" in chapter.locator(".nn-row").inner_text()


def test_two_editions_on_one_host_have_answers_of_their_own(page, book, tmp_path, problems):
    for name in ("one", "two"):
        (tmp_path / name).symlink_to(book, target_is_directory=True)
    with serve(tmp_path) as host:
        page.goto(f"{host}/one/book/example.html")
        choose(page, 0)
        page.goto(f"{host}/two/book/example.html")
        assert f"0 of {TOTAL} answered" in page.locator(".nn-progress").inner_text()
        type_number(page, "7")
        box = page.locator(".nn-progress")
        box.get_by_role("button", name="Forget the answers").click()
        box.get_by_role("button", name="Forget them").click()
        page.goto(f"{host}/one/book/index.html")
        assert f"1 of {TOTAL} answered: 1 right" in page.locator(".nn-row").inner_text()
    problems.clear()  # that host is not the one that the page may ask


def test_a_page_from_the_cache_of_pages_shows_what_is_stored_now(chapter, site):
    choose(chapter, 1)
    elsewhere = {name: chapter.context.new_page() for name in ("example", "index", "review")}
    for name, view in elsewhere.items():
        view.goto(f"{site}/book/{name}.html")
    expect(elsewhere["review"].locator(".nn-item")).to_have_count(1)
    for view in elsewhere.values():  # what is cached hears of no change
        view.evaluate(
            "window.addEventListener('storage', (e) => e.stopImmediatePropagation(), true)"
        )
    chapter.evaluate("localStorage.clear()")
    for view in elsewhere.values():
        view.evaluate("localStorage.clear()")
        view.evaluate(AGAIN)
    assert elsewhere["example"].locator("input:checked").count() == 0
    assert f"0 of {TOTAL} answered" in elsewhere["example"].locator(".nn-progress").inner_text()
    assert f"0 of {TOTAL} answered" in elsewhere["index"].locator(".nn-row").inner_text()
    assert elsewhere["review"].locator(".nn-item").count() == 0
    assert "No question is due" in elsewhere["review"].locator(".nn-review").inner_text()


def test_a_script_that_fails_leaves_a_sentence(page, site, problems):
    page.route(
        "**/quiz.js*", lambda route: route.fulfill(body="const =", content_type="text/javascript")
    )
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.getAnimations().forEach((a) => a.finish()))"
    )
    page.goto(f"{site}/book/example.html")
    late = page.locator(".nn-late")
    expect(late).to_be_visible()
    assert "answer key" in late.inner_text()
    page.locator("#quiz-price-of-a-doubt input").press("Enter")
    assert page.url.endswith("example.html")
    problems.clear()


def test_a_script_that_starts_leaves_none(chapter):
    assert chapter.locator(".nn-late").count() == 0


def test_one_question_that_cannot_start_says_so_and_leaves_the_others(page, site, problems):
    def spoil(route):
        body = route.fetch().text().replace('data-kind="choice"', 'data-kind="riddle"')
        route.fulfill(body=body, content_type="text/html")

    page.route("**/example.html", spoil)
    page.goto(f"{site}/book/example.html")
    assert "could not start" in form(page, "price-of-a-sure-answer").inner_text()
    assert type_number(page, "7").startswith("✗")
    problems.clear()


# ------------------------------------------------------------- what waits until it is asked for


def test_reasons_wait_in_templates_and_further_numbers_in_a_script(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/book/example.html")
    assert page.locator(".nn-reason").count() == 0
    assert not any("/questions/" in address for address in asked)
    live = "[...document.querySelectorAll('.nn-item *')].filter((one) => one.parentElement.closest('template')).length"
    assert page.evaluate(live) == 0
    choose(page, 1)
    assert page.locator(".nn-reason:visible").count() == 3


def test_numbers_that_do_not_come_are_told_and_the_question_goes_on(chapter, problems):
    chapter.route("**/questions/*.js*", lambda route: route.abort())
    prompt = form(chapter, "price-of-a-doubt").locator(".nn-prompt")
    before = prompt.inner_text()
    type_number(chapter, "7")
    again = form(chapter, "price-of-a-doubt").get_by_role("button", name="fresh numbers")
    again.click()
    verdict = form(chapter, "price-of-a-doubt").locator(".nn-verdict")
    expect(verdict).to_contain_text("These are the same again.")
    assert prompt.inner_text() == before
    chapter.unroute("**/questions/*.js*")
    type_number(chapter, "7")
    again.click()
    expect(prompt).not_to_have_text(before, use_inner_text=True)
    problems.clear()


def test_an_answer_to_fresh_numbers_is_there_with_them_after_a_reload(chapter):
    prompt = form(chapter, "price-of-a-doubt").locator(".nn-prompt")
    before = prompt.inner_text()
    type_number(chapter, "7")
    form(chapter, "price-of-a-doubt").get_by_role("button", name="fresh numbers").click()
    expect(prompt).not_to_have_text(before, use_inner_text=True)
    fresh = prompt.inner_text()
    type_number(chapter, "8")
    chapter.reload()
    expect(prompt).to_have_text(fresh, use_inner_text=True)
    expect(form(chapter, "price-of-a-doubt").get_by_label("Your answer")).to_have_value("8")
    assert form(chapter, "price-of-a-doubt").locator(".nn-reason:visible").count() == 1


def test_the_answer_key_can_be_searched_linked_and_printed_whole(page, site):
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto(f"{site}/book/answers.html#key-first-gradients")
    page.wait_for_function(
        """() => {
          const { top } = document.querySelector("#key-first-gradients").getBoundingClientRect();
          const atTheEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
          return scrollY > 0 && top >= 0 && (top < 150 || (atTheEnd && top < innerHeight));
        }"""
    )
    page.goto(f"{site}/book/answers.html")
    assert page.evaluate("find('The sign is missing')")
    page.emulate_media(media="print")
    hidden = "all => all.filter((one) => one.getBoundingClientRect().height < 50).length"
    assert page.locator(".nn-key").evaluate_all(hidden) == 0
