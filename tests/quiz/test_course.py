"""What the page for a class knows of the book is what the bank and the tasks say."""

import json

from nn_core.mistakes import MISTAKES
from nn_widgets.quiz.bank import find_bank, load_chapter
from nn_widgets.quiz.classroom.course import course
from nn_widgets.quiz.kinds import KINDS
from nn_widgets.quiz.quiz_text import Plain
from nn_widgets.tasks.bank import load_task

NAMES = ["02-training", "07-backward-sequence"]
CHAPTERS = [load_chapter(find_bank() / f"{name}.yml") for name in NAMES]
TASKS = [load_task(name) for name in ("02-average", "04-descend", "07-backprop")]


def about(href=lambda name: f"{name}.html"):
    return course(CHAPTERS, TASKS, Plain(), href)


def test_it_is_plain_json():
    assert json.loads(json.dumps(about())) == about()


def test_each_chapter_has_its_title_its_address_and_what_is_needed_to_read_an_answer():
    for chapter, told in zip(CHAPTERS, about()["chapters"], strict=True):
        address = f"{chapter.name}.html"
        assert (told["name"], told["title"], told["href"]) == (chapter.name, chapter.title, address)
        for item, (name, fingerprint, kind, size) in zip(chapter.items, told["items"], strict=True):
            assert (name, fingerprint, kind) == (item.id, item.fingerprint, item.kind)
            assert size == KINDS[kind].size(item.source)


def test_a_chapter_without_a_page_has_no_address():
    told = about(lambda name: None)
    assert {chapter["href"] for chapter in told["chapters"]} == {""}


def test_a_question_has_its_place_in_its_chapter_and_what_is_often_believed():
    told = about()["questions"]
    for chapter in CHAPTERS:
        assert [told[item.id]["place"] for item in chapter.items] == [
            n + 1 for n in range(len(chapter.items))
        ]
        for item in chapter.items:
            assert told[item.id]["often"] == Plain().line(item.source.get("misconception", ""))
    assert len(told) == sum(len(chapter.items) for chapter in CHAPTERS)


def test_a_task_leads_to_its_place_in_its_chapter():
    average, descend, backprop = about()["tasks"]
    assert (average["id"], average["chapter"]) == ("task-02-average", NAMES[0])
    assert average["href"] == "02-training.html#task-02-average"
    assert backprop["chapter"] == NAMES[1]
    assert (descend["chapter"], descend["href"]) == ("", "#task-04-descend")  # not in this course
    for task, told in zip(TASKS, about()["tasks"], strict=True):
        assert told["fingerprint"] == task.fingerprint
        assert told["title"] == Plain().line(task.source["title"])


def test_mistakes_that_the_book_knows_are_named_where_the_task_is_diagnosed():
    average, _, backprop = [task["named"] for task in about()["tasks"]]
    assert [bool(task.source["diagnose"]) for task in TASKS[::2]] == [False, True]
    assert list(average) == [mistake["says"] for mistake in TASKS[0].source["mistakes"]]
    assert {mistake.kind for mistake in MISTAKES} <= set(backprop)
    first = {}
    for mistake in MISTAKES:
        first.setdefault(mistake.kind, f"{mistake.kind}, as in {mistake.line}")
    assert first.items() <= backprop.items()
