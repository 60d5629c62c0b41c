"""Tasks in the built page, from disk: started, run, wrong, told why, mended, trained with, kept."""

import gzip
import re

import pytest
from sources import ROOT
from views import View
from watching import AGAIN

from nn_widgets import HillDescent, number
from nn_widgets.tasks.bank import load_task

PAGE, TASK = "book/07-backward-sequence.html", "07-backprop"
SOLUTION = load_task(TASK).source["solution"]
BUDGET = 600_000  # bytes that Start may load, compressed
WAIT = 90_000  # ms on a busy machine
phone = pytest.mark.parametrize("view", [View(390, "light")], ids=["phone"])


@pytest.fixture
def chapter(new_page, file_url):
    page = new_page()
    page.set_default_timeout(WAIT)
    page.goto(file_url(PAGE))
    yield page
    page.evaluate("localStorage.clear()")


@pytest.fixture
def task(chapter):
    host = chapter.locator(f"#task-{TASK}")
    started(host)
    return host


def started(host):
    press(host, "Start")
    host.get_by_role("textbox", name="Your program").wait_for()


def press(host, name):
    host.get_by_role("button", name=name, exact=True).click()


def write(host, text):
    host.get_by_role("textbox", name="Your program").click()
    host.page.keyboard.press("Control+a")
    host.page.keyboard.insert_text(text)


def told(host, *words):
    """Wait for a verdict with these words."""
    for word in words:
        host.locator(".nn-verdict", has_text=word).wait_for()
    return host.locator(".nn-verdict").inner_text()


@phone
def test_a_reader_is_told_the_mistake_mends_it_and_trains_the_penguins(task):
    write(task, SOLUTION.replace(" * slope(trace.z[n - 1])", ""))
    press(task, "Check")
    assert told(task, "σ′ is missing").startswith("✗")
    write(task, SOLUTION)
    press(task, "Check")
    assert told(task, "Right").startswith("✓")
    assert "1 of " in task.page.locator(".nn-progress").inner_text()
    press(task, "Train with it")
    task.locator(".nn-verdict", has_text="has ended").wait_for(timeout=3 * WAIT)
    words = task.locator(".nn-train-words").inner_text()
    assert "After 2,000 steps" in words
    assert "333 of 342 birds are right: 97.4" in words
    assert "the curve of the right pass" in words


@phone
def test_a_verdict_comes_into_the_window(task):
    write(task, SOLUTION)
    check = task.get_by_role("button", name="Check", exact=True)
    check.evaluate("(it) => scrollBy(0, it.getBoundingClientRect().bottom - innerHeight + 9)")
    check.click()
    told(task, "Right")
    box = task.locator(".nn-verdict").bounding_box()
    assert box["y"] > 0
    assert box["y"] + box["height"] <= task.page.viewport_size["height"]


@phone
def test_what_a_check_finds_is_kept_for_the_file_by_its_name(task):
    kept = """() => JSON.parse(localStorage.getItem(
      Object.keys(localStorage).find((name) => name.includes("task-")))).t"""
    write(task, SOLUTION.replace(" * slope(trace.z[n - 1])", ""))
    press(task, "Check")
    told(task, "σ′ is missing")
    write(task, SOLUTION)
    press(task, "Check")
    told(task, "Right")
    trail = task.page.evaluate(kept)
    assert (trail["tries"], trail["right"], trail["named"]) == (2, 1, ["missing σ′"])
    assert [trail[end]["c"] for end in ("first", "last")] == ["wrong", "right"]
    press(task, "Check")
    told(task, "Right")
    assert task.page.evaluate(kept) == trail  # the same program once more is no other try


@phone
def test_an_error_marks_its_line_and_is_said_in_plain_words_first(task):
    write(task, SOLUTION.replace("dz @ h.T", "dz @ h"))
    task.page.keyboard.press("Control+Enter")
    words = told(task, "the last size on the left")
    line = 1 + SOLUTION[: SOLUTION.index("dz @ h.T")].count("\n")
    assert words.startswith(f"✗ Line {line}: ")
    assert "dz @ h" in task.locator(".nn-error-line").inner_text()
    assert "ValueError" in task.locator(".nn-python-words").inner_text()


@phone
def test_hints_come_one_by_one_and_a_solution_only_after_a_try(task):
    press(task, "Show a solution")
    told(task, "Try it first")
    for count in (1, 2):
        press(task, "Hint")
        assert task.locator(".nn-hints li").count() == count
    press(task, "Run")
    told(task, "gives on an example")
    assert task.locator("[translate=no] > .nn-matrix caption").first.inner_text() == "dW³ 3 × 2"
    press(task, "Show a solution")
    assert "dz @ h.T" in task.locator(".nn-solution").inner_text()


@phone
def test_a_program_is_kept_and_stays_when_the_task_has_changed(task, chapter):
    write(task, "# mine\n")
    chapter.evaluate(
        """() => { const key = Object.keys(localStorage).find((name) => name.includes("task-"));
        const saved = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({ ...saved, f: "000000000000", c: "right" })); }"""
    )
    chapter.reload()
    started(task)
    assert "# mine" in task.get_by_role("textbox", name="Your program").inner_text()
    assert "has changed" in told(task, "Your program is as you left it")
    assert chapter.locator(".nn-progress").inner_text().count("0 of ") == 1
    press(task, "Start again")
    assert "def backprop" in task.get_by_role("textbox", name="Your program").inner_text()
    press(task, "Bring my program back")
    assert "# mine" in task.get_by_role("textbox", name="Your program").inner_text()


@phone
def test_a_task_from_the_cache_of_pages_shows_what_is_kept_now_and_loses_nothing(task, chapter):
    box = task.get_by_role("textbox", name="Your program")
    write(task, "# mine\n")
    chapter.evaluate(
        """() => { const key = Object.keys(localStorage).find((name) => name.includes("task-"));
        const saved = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({ ...saved, a: "# newer", c: "right" })); }"""
    )
    chapter.evaluate(AGAIN)
    assert told(task, "Right when you last checked").startswith("✓")
    assert "# newer" in box.inner_text()
    press(task, "Bring my program back")
    assert "# mine" in box.inner_text()
    chapter.evaluate(AGAIN)
    assert "# mine" in box.inner_text()
    assert task.get_attribute("data-verdict") == ""
    chapter.reload()
    status = task.locator(".nn-task-status")
    assert "is kept" in status.inner_text()
    chapter.evaluate("localStorage.clear()")
    chapter.evaluate(AGAIN)
    assert status.inner_text() == ""


@phone
def test_a_forgotten_program_gives_way_to_the_starting_lines_and_undo_brings_it(task, chapter):
    box = task.get_by_role("textbox", name="Your program")
    write(task, "# mine\n")
    answers = chapter.locator(".nn-progress")
    for name in ("Forget the answers of this chapter", "Forget them"):
        press(answers, name)
    assert "def backprop" in box.inner_text()
    told(task, "No program is kept")
    press(answers, "Undo")
    assert "# mine" in box.inner_text()


@phone
def test_a_program_that_is_changed_while_it_is_checked_is_not_called_right(task, chapter):
    write(task, "for i in range(2_000_000):\n    pass\n" + SOLUTION)
    press(task, "Check")
    write(task, "# not this\n")
    told(task, "changed the program since you asked")
    assert task.get_attribute("data-verdict") == ""
    chapter.reload()
    started(task)
    assert task.get_attribute("data-verdict") == ""


@phone
def test_a_program_that_does_not_end_is_stopped_and_the_text_stays(task):
    write(task, "while True:\n    pass\n")
    press(task, "Run")
    told(task, "did not end within 5 seconds")
    assert "while True" in task.get_by_role("textbox", name="Your program").inner_text()
    write(task, SOLUTION)
    press(task, "Run")
    told(task, "gives on an example")


@phone
def test_who_stops_a_program_is_told_so_once_and_nothing_as_pythons_words(task):
    write(task, "while True:\n    pass\n")
    press(task, "Run")
    press(task, "Stop")
    assert told(task, "stopped") == "✗ The program was stopped."
    assert task.locator(".nn-results").inner_text() == ""


@phone
def test_a_check_that_is_stopped_is_no_try(task):
    write(task, "while True:\n    pass\n")
    press(task, "Check")
    press(task, "Stop")
    told(task, "was stopped")
    kept = task.page.evaluate("Object.values(localStorage).join()")
    assert "while True" in kept
    assert "wrong" not in kept


def focused(host):
    return host.page.evaluate("document.activeElement.textContent")


@phone
@pytest.mark.parametrize(("name", "says"), [("Run", "gives on an example"), ("Check", "Right")])
def test_a_button_keeps_the_focus_while_python_runs_and_after(task, name, says):
    write(task, SOLUTION)
    task.get_by_role("button", name=name, exact=True).press("Enter")
    assert focused(task) == name
    told(task, says)
    assert focused(task) == name


@phone
def test_after_stop_the_focus_is_where_the_program_was_started(task):
    write(task, "while True:\n    pass\n")
    stop = task.get_by_role("button", name="Stop", exact=True)
    for name in ("Run", "Check"):
        task.get_by_role("button", name=name, exact=True).press("Enter")
        stop.press("Enter")
        told(task, "was stopped")
        assert focused(task) == name
    task.get_by_role("textbox", name="Your program").press("Control+Enter")
    stop.click()
    told(task, "was stopped")
    assert "while True" in focused(task)


@phone
def test_while_python_runs_nothing_else_is_asked(task):
    program = "while True:\n    pass\n"
    write(task, program)
    press(task, "Run")
    told(task, "Python is running")
    for name in ("Run", "Check", "Hint", "Show a solution", "Start again", "Train with it"):
        other = task.get_by_role("button", name=name, exact=True)
        assert other.get_attribute("aria-disabled") == "true"
        other.press("Enter")
    told(task, "Python is running")
    assert task.locator(".nn-hints li, .nn-solution, .nn-training").count() == 0
    assert "while True" in task.get_by_role("textbox", name="Your program").inner_text()
    press(task, "Stop")
    told(task, "was stopped")
    assert task.locator(".nn-buttons [aria-disabled]").count() == 0


@phone
def test_a_button_that_goes_hands_the_focus_to_the_one_that_brought_it(task):
    write(task, "# mine\n")
    task.get_by_role("button", name="Start again", exact=True).press("Enter")
    task.get_by_role("button", name="Bring my program back", exact=True).press("Enter")
    assert focused(task) == "Start again"


@phone
def test_tab_indents_and_escape_then_tab_leaves(task):
    box = task.get_by_role("textbox", name="Your program")
    write(task, "x")
    task.page.keyboard.press("Tab")
    assert box.inner_text().startswith("    x")
    task.page.keyboard.press("Escape")
    task.page.keyboard.press("Tab")
    assert task.page.evaluate("document.activeElement.textContent") == "Run"


HILL, DESCEND = "book/04-gradient-descent.html", load_task("04-descend").source["solution"]
LINE = "path.nn-hill-line"


def walked(page, program, verdict):
    """Check a program of chapter 4; return what is said of its steps."""
    host = page.locator("#task-04-descend")
    write(host, program)
    press(host, "Check")
    told(host, verdict)
    host.locator(".nn-walked button").wait_for()
    return host.locator(".nn-walked").inner_text().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("view", [View(1280, "light"), View(390, "dark")], ids=["wide", "phone"])
def test_the_readers_own_descend_walks_on_the_hill_right_or_wrong(new_page, file_url):
    page = new_page()
    page.set_default_timeout(WAIT)
    page.goto(file_url(HILL))
    started(page.locator("#task-04-descend"))
    said = walked(page, DESCEND, "Right on")
    figure = page.locator("figure[data-nn-widget=hill_descent]")
    bowl = HillDescent()
    path = HillDescent(steps=30).walk()
    losses = [number(bowl.ground().loss(place)) for place in (path[0], path[-1])]
    assert f"30 steps of your program, from w₁ = {number(path[0][0])}" in said
    assert f"the loss from {losses[0]} to {losses[1]}." in said

    page.locator(".nn-walked button").click()
    figure.locator(".nn-hill-words-c").wait_for()
    assert figure.evaluate("(one) => one.contains(document.activeElement)")
    top = figure.locator(".nn-hill-map").bounding_box()["y"]
    assert 0 <= top < 900
    drawn = figure.locator(f".nn-hill-map .nn-hill-c {LINE}").element_handle()
    page.wait_for_function("(line) => line.getAttribute('d')", arg=drawn)  # in the next frame
    own = drawn.get_attribute("d")
    assert own.count("L") == 30
    figure.get_by_role("button", name="Run").click()  # the figure's own walk, as far as it goes
    walk = figure.locator(f".nn-hill-map .nn-hill-a {LINE}")
    page.wait_for_function(
        "(line) => line.getAttribute('d').split('L').length > 5", arg=walk.element_handle()
    )
    assert own.split("L")[:5] == walk.get_attribute("d").split("L")[:5]

    figure.get_by_role("button", name="Back to your program").click()
    assert page.evaluate("document.activeElement.textContent") == "Check"
    said = walked(page, DESCEND.replace("b - alpha", "b + alpha"), "The biases walk uphill")
    page.wait_for_function("([line, d]) => line.getAttribute('d') !== d", arg=[drawn, own])
    up = bowl.ground()
    assert number(up.loss([path[30][0], path[0][1] * (2 - (path[1] / path[0])[1]) ** 30])) in said

    figure.get_by_role("button", name="Reset").click()
    figure.get_by_label("Surface", exact=True).select_option(index=1)
    figure.locator(".nn-hill-words-c:empty").wait_for(state="attached")
    assert figure.locator(f".nn-hill-map .nn-hill-c {LINE}").get_attribute("d") == ""


def test_what_gives_no_place_walks_nowhere(new_page, file_url):
    page = new_page()
    page.set_default_timeout(WAIT)
    page.goto(file_url(HILL))
    host = page.locator("#task-04-descend")
    started(host)
    write(host, DESCEND.replace("return new", "return None"))
    press(host, "Check")
    told(host, "returns nothing")
    page.wait_for_function("document.querySelector('.nn-walked') === null")
    assert page.locator(".nn-hill-words-c:not(:empty)").count() == 0


def test_what_a_program_prints_is_text(task):
    write(task, "print('<img src=x onerror=alert(1)>')\n" + SOLUTION)
    press(task, "Run")
    told(task, "gives on an example")
    assert task.locator(".nn-printed img").count() == 0
    assert "<img" in task.locator(".nn-printed").inner_text()


def test_nothing_is_loaded_before_the_press_and_little_after_it(built_book):
    html = (built_book / PAGE).read_text(encoding="utf-8")
    loaded = re.findall(r'src="[^"]*_static/nn/([\w-]+\.js)', html)
    assert "tasks.js" in loaded
    late = {"python.js", "editor.js", "workshop.js", f"task-{TASK}.js"}
    assert not late & set(loaded)
    folder = built_book / "_static/nn"
    assert sum(len(gzip.compress((folder / name).read_bytes())) for name in late) <= BUDGET
    assert len(gzip.compress((folder / "tasks.js").read_bytes())) < 2_000


FIRST = """(() => {
  const Own = window.Worker;
  window.Worker = class extends Own {
    constructor(...given) {
      super(...given);
      window.editors = document.querySelectorAll(".nn-editor").length;
    }
  };
})()"""


def test_python_starts_before_the_editor_is_built_and_nothing_runs_before_it_is_ready(
    new_page, file_url
):
    page = new_page()
    page.set_default_timeout(WAIT)
    page.add_init_script(FIRST)
    page.goto(file_url(PAGE))
    page.evaluate("Worker.prototype.postMessage = function () {}")  # so it is never ready
    task = page.locator(f"#task-{TASK}")
    press(task, "Start")
    box = task.get_by_role("textbox", name="Your program")
    box.wait_for()
    assert page.evaluate("window.editors") == 0
    for name in ("Run", "Check", "Train with it"):
        assert task.get_by_role("button", name=name, exact=True).is_disabled()
    box.press("Control+Enter")
    assert task.locator(".nn-verdict").inner_text() == ""
    assert task.locator(".nn-task-status").inner_text() == "Python is being started."
    press(task, "Hint")  # what needs no Python is there
    assert task.locator(".nn-hints li").count() == 1


@pytest.mark.parametrize("view", [View(390, "light"), View(1280, "dark")], ids=["phone", "dark"])
def test_a_started_task_has_no_accessibility_fault(new_page, site, axe):
    page = new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{site}/{PAGE}")
    task = page.locator(f"#task-{TASK}")
    started(task)
    press(task, "Run")
    told(task, "gives on an example")
    press(task, "Hint")
    assert axe(task.page, f"#task-{TASK}") == []


@pytest.mark.parametrize("view", [View(320, "light")], ids=["320"])
def test_a_started_task_fits_a_narrow_page(task):
    press(task, "Run")
    told(task, "gives on an example")
    assert task.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_task_of_the_book_starts(new_page, file_url):
    page = new_page()
    page.set_default_timeout(WAIT)
    found = []
    for path in sorted((ROOT / "book").glob("[01]*.ipynb")):
        page.goto(file_url(f"book/{path.stem}.html"))
        for host in page.locator("section.nn-task").all():
            started(host)
            found.append(host.get_attribute("data-task"))
    assert found == sorted(found, key=lambda name: name[:2])
    assert set(found) == {path.stem for path in (ROOT / "book/tasks").glob("*.yml")}


def test_on_paper_a_task_has_its_lines_and_room_to_write(task):
    task.page.emulate_media(media="print")
    assert task.locator(".nn-lines").is_visible()
    assert task.locator(".nn-room").is_visible()
    assert not task.locator(".nn-editor").is_visible()
