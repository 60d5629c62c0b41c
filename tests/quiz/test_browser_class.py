"""At a class: thirty files are dropped, and what to teach next is on top, as an independent count has it."""

import csv
import io
import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect
from simulated_class import HOSTILE, TERM, letters, simulated, trail, written
from sources import ROOT
from views import OPENED, View, in_every_view

from nn_widgets.quiz.bank import load_bank
from nn_widgets.tasks.bank import find_tasks, load_tasks

PAGE = "book/at-a-class.html"
BANK = load_bank(ROOT / "book/quizzes")
ITEMS = {item.id: item for chapter in BANK for item in chapter.items}
TASKS = load_tasks(find_tasks(ROOT / "book"))
MINUTE = 60_000  # ms
DAY = 86_400_000


@pytest.fixture(scope="module")
def pupils():
    """Make twenty-seven files; three hostile ones are beside them."""
    return simulated(BANK, TASKS)


@pytest.fixture
def teacher(page, file_url):
    """Open the page from disk."""
    page.goto(file_url(PAGE))
    return page


@pytest.fixture
def served(page, site):
    """Open the page from a server."""
    page.goto(f"{site}/{PAGE}")
    return page


@pytest.fixture
def folder(tmp_path, pupils):
    """Write a class of thirty into folders, as a school hands it out."""
    for n, (name, text) in enumerate({**pupils.files, **HOSTILE}.items()):
        place = tmp_path / "class" / f"group {n % 3}"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    (tmp_path / "class" / ".DS_Store").write_bytes(b"\0")
    return tmp_path / "class"


def give(page, files):
    """Choose files: texts by their names, or paths."""
    chosen = files
    if isinstance(files, dict):
        chosen = [
            {"name": name, "mimeType": "application/json", "buffer": text.encode()}
            for name, text in files.items()
        ]
    page.get_by_label("Choose files").set_input_files(chosen)
    return told(page)


def told(page):
    """Return what the page says when it has read."""
    status = page.locator(".nn-class > [role=status]")
    expect(status).to_contain_text(re.compile("counted|changed|no file"), timeout=MINUTE)
    return status.inner_text()


def cells(page, label):
    """Rows of a table: each row's heading as an element, and the texts of its cells."""
    rows = page.get_by_role("table", name=label).locator("tbody tr")
    return rows.evaluate_all(
        """rows => rows.map((row) => [row.querySelector("a")?.getAttribute("href") ?? "",
          ...[...row.querySelectorAll("td")].map((td) => td.textContent)])"""
    )


def number(text):
    """The number that a cell begins with."""
    return int(re.match(r"\d+", text)[0])


def left_out(page):
    """Sentences on what is left out, by file."""
    items = page.locator(".nn-left-out li").all_inner_texts()
    return dict(item.split(": ", 1) for item in items)


def saved_table(page, button):
    """Press a button and read the file as Python reads CSV."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


# ------------------------------------------------------------------------------ thirty files


def test_thirty_files_make_the_table_that_an_independent_count_makes(teacher, pupils):
    said = give(teacher, {**pupils.files, **HOSTILE})
    assert said == "27 files are counted, 3 are left out."
    rows = cells(teacher, "Questions")
    found = {href.split("#quiz-")[1]: list(map(number, rest)) for href, *rest in rows}
    counts = pupils.questions
    assert found == {name: [c.answered, c.first, c.last] for name, c in counts.items()}
    tasks = {href.split("#")[1]: list(map(number, rest)) for href, *rest in cells(teacher, "Tasks")}
    assert tasks == {name: [c.answered, c.first, c.last] for name, c in pupils.programs.items()}


def test_what_to_teach_next_is_on_top(teacher, pupils):
    give(teacher, pupils.files)
    order = [href.split("#quiz-")[1] for href, *_ in cells(teacher, "Questions")]
    book = list(ITEMS)
    assert order == sorted(order, key=lambda name: (-pupils.questions[name].need, book.index(name)))
    assert pupils.questions[order[0]].need > 2 * pupils.questions[order[-1]].need


def test_the_commonest_wrong_option_and_mistake_are_those_of_the_count(teacher, pupils):
    give(teacher, pupils.files)
    lines = saved_table(teacher, "Save the table")
    assert {line["id"] for line in lines} == {*ITEMS, *(f"task-{task.id}" for task in TASKS)}
    assert {line["id"]: line["title"] for line in lines}["shape-of-dw2"] == "Shape of dW2"
    for line in lines:
        counted = (pupils.questions if line["kind"] == "question" else pupils.programs)[line["id"]]
        most = max(counted.wrong.values(), default=0)
        assert int(line["readers with the commonest"]) == most, line
        wanted = {entry for entry, readers in counted.wrong.items() if readers == most}
        if line["kind"] == "task":
            names = {line["what they did"], line["what they did"].split(", as in ")[0]}
            assert names & (wanted or {""}), line
        else:
            text = (
                line["reason"]
                if line["what they did"] == "typed with a known slip"
                else line["commonest wrong"]
            )
            assert (line["what they did"], letters(text)) in (wanted or {("", "")}), line
            believed = ITEMS[line["id"]].source["misconception"]
            assert letters(line["often believed"]) == letters(believed)
    numbers = ["answered", "right at the first try", "right at last, or solved"]
    for line in lines:
        counted = (pupils.questions if line["kind"] == "question" else pupils.programs)[line["id"]]
        assert [int(line[k]) for k in numbers] == [counted.answered, counted.first, counted.last]


def test_the_first_rows_show_question_wrong_option_and_misconception(teacher, pupils):
    give(teacher, pupils.files)
    top = teacher.get_by_role("table", name="Questions").locator("tbody tr").first
    name = top.locator("a").get_attribute("href").split("#quiz-")[1]
    item = ITEMS[name]
    expect(top.locator(".nn-often")).to_contain_text("Often believed: ")
    assert letters(item.source["misconception"]) in letters(top.locator(".nn-often").inner_text())
    expect(top.locator(".nn-prompt")).to_be_visible()
    readers = max(pupils.questions[name].wrong.values())
    expect(top.locator(".nn-common")).to_contain_text(f"by {readers}")
    assert top.locator("li").count() == len(pupils.questions[name].wrong)
    href = top.locator("a").get_attribute("href")
    teacher.goto((Path(ROOT) / "_build/html/book" / href.split("#")[0]).as_uri() + f"#quiz-{name}")
    expect(teacher.locator(f"#quiz-{name}")).to_be_in_viewport()


def test_the_progress_of_each_file_is_in_the_table_and_in_its_csv(teacher, pupils):
    give(teacher, {**pupils.files, **HOSTILE})
    lines = saved_table(teacher, "Save the files")
    read = {line["file"]: line for line in lines if not line["notes"].startswith("Left out")}
    keys = {"answered": "answered", "first": "right at the first try", "last": "right at last"}
    keys |= {"tried": "tasks checked", "solved": "tasks solved", "tries": "tries"}
    for file, (name, done) in pupils.progress.items():
        assert {k: int(read[file][v]) for k, v in keys.items()} == {k: done[k] for k in keys}
        assert read[file]["name"] == (f"'{name}" if name.startswith("=") else name)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d|–", one["last answer"]) for one in read.values())
    assert {line["file"] for line in lines} == {*pupils.files, *HOSTILE}
    heads = teacher.get_by_role("table", name="Files").get_by_role("rowheader")
    assert heads.count() == 27
    expect(teacher.get_by_role("table", name="Files")).to_contain_text("=cmd|'/C calc'!A2")


def test_no_cell_of_a_saved_table_is_a_formula(teacher, pupils):
    evil = ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "|calc", "＝1"]
    item = ITEMS["steepest-slope"]
    check = {"a": "7", "n": 0, "c": "wrong", "at": TERM}
    files = {}
    for n, name in enumerate(evil):
        answer = {
            "f": item.fingerprint,
            "n": 0,
            "a": "7",
            "c": "wrong",
            "t": trail([{**check, "at": n}]),
        }
        name_in = " ".join(name.split())
        files[f"{name.strip()} {n}.json"] = written({item.id: answer}, name=name_in, saved=TERM)
    assert give(teacher, files).startswith("8 files are counted")
    for button in ("Save the files", "Save the table"):
        for line in saved_table(teacher, button):
            for text in line.values():
                assert not re.match(r"[\s\x00-\x1f]*[=+\-@|%＝＋－＠]", text), line
    assert "'=1+1" in [line["name"] for line in saved_table(teacher, "Save the files")]


# ---------------------------------------------------------------------- what is left out


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_named_does_nothing_and_leaves_the_others_alone(teacher, pupils, name):
    good = dict(list(pupils.files.items())[:2])
    assert give(teacher, {name: HOSTILE[name], **good}) == "2 files are counted, 1 is left out."
    assert list(left_out(teacher)) == [name]
    assert teacher.locator(".nn-class :is(img, script:not([type]), b)").count() == 0
    assert teacher.evaluate("({}).c") is None


def test_fifty_megabytes_are_named_and_not_read(teacher, tmp_path, pupils):
    path = tmp_path / "large.json"
    path.write_bytes(b"[" * 50_000_000)
    other = tmp_path / "small.json"
    other.write_text(next(iter(pupils.files.values())), "utf-8")
    before = time.monotonic()
    assert give(teacher, [path, other]) == "1 file is counted, 1 is left out."
    assert time.monotonic() - before < 20
    assert "too large" in left_out(teacher)["large.json"]


def answers(c="right", at=TERM, **more):
    """One answer to a question, that a student checked at a time."""
    item = ITEMS["steepest-slope"]
    check = {"a": "7", "n": 0, "c": c, "at": at}
    return {item.id: {"f": item.fingerprint, "n": 0, "a": "7", "c": c, "t": trail([check]), **more}}


def without_trail(name):
    saved = answers()[name]
    return {name: {key: saved[key] for key in "fnac"}}


DEEP = '{"a":' * 100_000 + "1" + "}" * 100_000
UNFIT = {
    "a foreign file": ('{"answers": {}}', "no answers to this book"),
    "no JSON": ("Dear teacher", "not JSON"),
    "another version": (
        written(answers()).replace('"version": 1', '"version": 9'),
        "another version",
    ),
    "an older edition's file": (
        written(without_trail("steepest-slope")),
        "lacks first answers, tries",
    ),
    "an older wording": (written(answers(f="0123456789ab")), "older wording"),
    "constructor": (written({"constructor": answers()["steepest-slope"]}), "no answer"),
    "no question of this book": (
        written({"of-another-book": answers()["steepest-slope"]}),
        "no answer",
    ),
    "markup for a name": (written(answers(), name="<b>Anna</b>"), "The name in the file"),
    "a name that is a list": (written(answers(), name=["Anna"]), "The name in the file"),
    "a name that turns the line round": (
        written(answers(), name="Anna\u202e"),
        "The name in the file",
    ),
    "depth": (written(answers()).replace('"7"', DEEP, 1), "not an answer"),
    "a million characters": (written(answers()) + " " * 1_000_000, "too large"),
    "an archive.zip": ("PK", "unpack it"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_what_cannot_be_counted_is_named_with_its_reason(teacher, what):
    text, why = UNFIT[what]
    name = what if what.endswith(".zip") else f"{what}.json"
    assert give(teacher, {name: text}) == "0 files are counted, 1 is left out."
    assert why in left_out(teacher)[name]
    assert teacher.get_by_role("table").count() == 0


def test_of_two_files_of_one_reader_the_newer_counts_whatever_they_are_called(teacher, pupils):
    ((name, text), (_, other), *_) = pupils.files.items()
    older = json.loads(text)
    newer = {**older, "saved": older["saved"] + DAY, "name": "Somebody else"}
    id, saved = next((i, s) for i, s in older["answers"].items() if "task" not in i)
    later = {**saved["t"], "last": {**saved["t"]["last"], "at": TERM + 5}, "tries": 9}
    newer["answers"] = {**older["answers"], id: {**saved, "t": later}}
    files = {name: text, "copy.json": text, "new.json": json.dumps(newer), "another.json": other}
    assert give(teacher, files) == "2 files are counted, 2 are left out."
    assert left_out(teacher) == {
        "copy.json": f"It is the same as {name}.",
        name: "new.json is newer and of the same reader.",
    }
    assert give(teacher, {name: text}) == "2 files are counted, 3 are left out."


def test_two_students_of_one_name_are_two(teacher):
    files = {f"{n}.json": written(answers(at=TERM + n), name="Anna", saved=TERM) for n in (1, 2)}
    assert give(teacher, files) == "2 files are counted."


def test_a_verdict_in_a_file_does_not_count(teacher):
    give(teacher, {"boast.json": written(answers(c="right"))})  # 7 is wrong
    ((_, answered, first, last),) = cells(teacher, "Questions")
    assert [number(answered), number(first), number(last)] == [1, 0, 0]


def test_what_lacks_its_first_try_counts_at_last_only_and_is_told(teacher):
    old = without_trail("steepest-slope")
    other = ITEMS["what-the-gradient-is"]
    check = {"a": [True, True], "n": 0, "c": "right", "at": TERM}
    new = {"f": other.fingerprint, "n": 0, "a": [True, True], "c": "right", "t": trail([check])}
    give(teacher, {"mixed.json": written({**old, other.id: new})})
    found = {href.split("#quiz-")[1]: rest for href, *rest in cells(teacher, "Questions")}
    assert found["steepest-slope"] == ["1 of 1", "–", "0 (0\u00a0%)"]
    assert found[other.id] == ["1 of 1", "1 (100\u00a0%)", "1 (100\u00a0%)"]
    expect(teacher.get_by_role("table", name="Files")).to_contain_text("1 answer has no first try")


def test_a_date_in_the_future_is_told_and_the_answers_count(teacher):
    assert give(teacher, {"ahead.json": written(answers(at=8_000_000_000_000))}).startswith(
        "1 file"
    )
    expect(teacher.get_by_role("table", name="Files")).to_contain_text("that clock is wrong")


def test_answers_of_the_right_form_about_nothing_are_not_counted(teacher):
    order = next(item for item in ITEMS.values() if item.kind == "order")
    size = len(order.source["parts"])
    check = {"a": ["constructor", *map(str, range(size - 1))], "n": 0, "c": "right", "at": TERM}
    parts = {"f": order.fingerprint, "n": 0, "a": check["a"], "c": "right", "t": trail([check])}
    beyond = answers()["steepest-slope"]
    beyond = {**beyond, "n": 999, "t": trail([{"a": "7", "n": 999, "c": "right", "at": TERM}])}
    give(teacher, {"odd.json": written({order.id: parts, "steepest-slope": beyond})})
    assert teacher.get_by_role("table", name="Questions").count() == 0


# --------------------------------------------------------------------------- hands and eyes


def drop(page, path):
    """Drop a file or a folder from the desk onto the page, as the browser itself reports it."""
    session = page.context.new_cdp_session(page)
    box = page.locator(".nn-drop").bounding_box()
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send(
            "Input.dispatchDragEvent",
            {"type": kind, "x": box["x"] + 20, "y": box["y"] + 20, "data": data},
        )


@pytest.mark.parametrize("where", ["disk", "server", "server without handles"])
def test_a_folder_is_dropped_with_all_that_is_in_it(teacher, site, folder, where):
    if where != "disk":
        teacher.goto(f"{site}/{PAGE}")
    if where == "server without handles":
        teacher.evaluate("delete DataTransferItem.prototype.getAsFileSystemHandle")
    drop(teacher, folder)
    assert told(teacher) == "27 files are counted, 3 are left out."
    assert set(left_out(teacher)) == {f"class/group {n}/{name}" for n, name in enumerate(HOSTILE)}


def test_a_folder_is_chosen_and_more_files_add_to_it(teacher, folder, pupils):
    teacher.get_by_label("Choose a folder").set_input_files(folder)
    assert told(teacher) == "27 files are counted, 3 are left out."
    late = simulated(BANK, TASKS, seed=8, students=1).files
    assert give(teacher, {"late.json": next(iter(late.values()))}).startswith("28 files")
    teacher.get_by_role("button", name="Start again").click()
    assert teacher.get_by_role("table").count() == 0
    expect(teacher.get_by_label("Choose files")).to_be_focused()


def test_files_are_chosen_by_keyboard_and_everything_has_a_name(teacher, pupils):
    teacher.on("filechooser", lambda _: None)  # to be asked takes a while: not when the key is down
    teacher.get_by_label("Choose files").focus()
    with teacher.expect_file_chooser() as chooser:
        teacher.keyboard.press("Enter")
    assert chooser.value.is_multiple()
    name, text = next(iter(pupils.files.items()))
    chooser.value.set_files(
        [{"name": name, "mimeType": "application/json", "buffer": text.encode()}]
    )
    assert told(teacher) == "1 file is counted."
    for table, columns in {
        "Questions": ["Question", "Answered", "Right at the first try", "Right at last"],
        "Tasks": ["Task", "Checked", "Right at the first check", "Solved"],
    }.items():
        heads = teacher.get_by_role("table", name=table).get_by_role("columnheader")
        assert heads.all_inner_texts() == columns
    teacher.get_by_role("button", name="Project it, without names").focus()
    teacher.keyboard.press("Space")
    pressed = teacher.get_by_role("button", name="Project it, without names", pressed=True)
    expect(pressed).to_be_focused()


def test_the_projected_page_and_its_print_name_nobody(teacher, pupils):
    give(teacher, {**pupils.files, **HOSTILE})
    names = ["Pupil 1", "answers (", "markup.json", "=cmd"]
    held = teacher.locator(".nn-class").text_content()
    assert all(name in held for name in names)
    saved_table(teacher, "Save the files as CSV")
    teacher.get_by_role("button", name="Project it").click()
    held = teacher.locator(".nn-class").inner_text()
    assert not any(name in held for name in [*names, "class-files.csv"])
    assert "What to teach next" in held
    teacher.emulate_media(media="print")
    expect(teacher.get_by_role("button", name="Project it")).not_to_be_visible()
    expect(teacher.get_by_role("table", name="Questions")).to_be_visible()
    shown = teacher.get_by_text("The question, and all that was wrong")
    assert shown.count() > 1
    assert shown.filter(visible=True).count() == 1  # a closed fold on paper says nothing
    teacher.emulate_media(media="screen")
    teacher.get_by_role("button", name="Project it").click()
    expect(teacher.get_by_role("table", name="Files")).to_be_visible()


@in_every_view
def test_the_tables_have_no_fault_and_fit(served, axe, pupils, view):
    teacher = served
    give(teacher, {**pupils.files, **HOSTILE})
    assert axe(teacher, "article", colours_alone=view.scheme != OPENED[view.width]) == []
    assert teacher.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("view", [View(320, "light")], ids=["narrow"])
def test_a_narrow_page_shows_the_tables_as_lists_that_fit(served, axe, pupils, view):
    teacher = served
    give(teacher, {**pupils.files, **HOSTILE})
    wide = """() => [...document.querySelectorAll(".nn-class *")].filter((one) => one.checkVisibility()
      && !one.closest("thead, .katex, .katex-display, [data-slot], pre")
      && one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 80))"""
    assert teacher.evaluate(wide) == []
    assert axe(teacher, "article") == []
    assert teacher.get_by_role("table", name="Questions").get_by_role("columnheader").count() == 4
    assert teacher.get_by_role("table", name="Files").get_by_role("rowheader").count() == 27


def test_without_javascript_the_page_says_what_it_needs(new_page, file_url):
    page = new_page(java_script_enabled=False)
    page.goto(file_url(PAGE))
    expect(page.locator(".nn-class .nn-nojs")).to_contain_text("needs JavaScript")


def test_the_script_is_loaded_on_this_page_alone(page, file_url):
    def scripts(name):
        page.goto(file_url(name))
        return page.locator("script[src*='nn/class.js']").count()

    assert [scripts(name) for name in (PAGE, "book/for-teachers.html", "book/index.html")] == [
        1,
        0,
        0,
    ]


def test_questions_that_do_not_come_are_told_and_the_others_count(served, pupils, problems):
    teacher = served
    teacher.route("**/questions/04-*.js*", lambda route: route.abort())
    give(teacher, pupils.files)
    expect(teacher.locator(".nn-notice")).to_have_count(1)
    found = {href.split("#quiz-")[1] for href, *_ in cells(teacher, "Questions")}
    absent = {
        item.id for chapter in BANK if chapter.name.startswith("04") for item in chapter.items
    }
    assert found == set(pupils.questions) - absent
    problems.clear()


def test_a_reader_s_own_file_with_a_name_is_what_the_teacher_reads(page, teacher, file_url):
    page.goto(file_url("book/04-gradient-descent.html"))
    item = page.locator("#quiz-steepest-slope")
    right = ITEMS["steepest-slope"].variants[0].data["answer"]
    for text in ("999", f"{right:.4f}"):
        item.get_by_label("Your answer").fill(text)
        item.get_by_role("button", name="Check").click()
        item.get_by_role("button", name="Check").click()  # once more is no other try
    page.goto(file_url("book/index.html"))
    page.get_by_label("Name or number").fill(" <Zoë>  7 ")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the answers").click()
    text = Path(download.value.path()).read_text("utf-8")
    page.evaluate("localStorage.clear()")
    page.goto(file_url(PAGE))
    assert give(page, {"answers.json": text}) == "1 file is counted."
    ((_, *numbers),) = cells(page, "Questions")
    assert list(map(number, numbers)) == [1, 0, 1]
    row = page.get_by_role("table", name="Files").locator("tbody tr")
    expect(row.locator(".nn-row-title")).to_have_text("Zoë 7")
    assert row.locator("td").all_inner_texts()[1:3] == ["0", "1"]
    assert row.locator("td").all_inner_texts()[-2] == "2"
