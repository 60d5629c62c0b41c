"""What the page for a class has to know of the book: its questions, its tasks, what goes wrong."""

from nn_core.mistakes import MISTAKES
from nn_widgets.quiz.kinds import KINDS

__all__ = ["CLASSROOM", "course"]

CLASSROOM = "quiz/classroom/classroom.js"


def course(chapters, tasks, text, href):
    """Return it as plain JSON; the questions themselves come from the scripts of their chapters.

    Parameters
    ----------
    chapters : list of Chapter
    tasks : list of TaskSource
    text : Plain or Prerendered
    href : callable
        Gives the address of the page with a name.
    """
    return {
        "chapters": [_chapter(chapter, href) for chapter in chapters],
        "questions": {
            item.id: {"place": place, "often": text.line(item.source.get("misconception", ""))}
            for chapter in chapters
            for place, item in enumerate(chapter.items, 1)
        },
        "tasks": [_task(task, chapters, text, href) for task in tasks],
    }


def _chapter(chapter, href):
    items = [[i.id, i.fingerprint, i.kind, KINDS[i.kind].size(i.source)] for i in chapter.items]
    title, page = chapter.title, href(chapter.name) or ""
    return {"name": chapter.name, "title": title, "href": page, "items": items}


def _task(task, chapters, text, href):
    number = task.id.split("-")[0]  # its name begins with the chapter's
    mine = next((c.name for c in chapters if c.name.split("-")[0] == number), "")
    page = href(mine) if mine else ""
    return {
        "id": f"task-{task.id}",
        "fingerprint": task.fingerprint,
        "title": text.line(task.source["title"]),
        "href": f"{page}#task-{task.id}",
        "chapter": mine,
        "named": _named(task.source),
    }


def _named(source):
    """Return what the judge may call a mistake in a program, with words for a teacher."""
    named = {mistake["says"]: mistake["says"] for mistake in source["mistakes"]}
    for mistake in MISTAKES if source["diagnose"] else ():
        named.setdefault(mistake.kind, f"{mistake.kind}, as in {mistake.line}")
    return named
