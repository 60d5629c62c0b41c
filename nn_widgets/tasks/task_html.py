"""Tasks as HTML: asked, starting lines, room to write; the rest comes when the reader starts."""

import json
from html import escape
from pathlib import Path

from nn_widgets.tasks.training import request

__all__ = ["readable_html", "task_data", "task_html"]

ROOM = 8  # empty lines on paper
JUDGE = Path(__file__).with_name("judge.py")


def task_html(task, text):
    """Return a task as it stands in the page before the reader starts, and on paper."""
    source = task.source
    name = f"task-{task.id}"
    return (
        f'<section class="nn-task" id="{name}" data-task="{task.id}" '
        f'data-fingerprint="{task.fingerprint}" aria-labelledby="{name}-title">'
        f'<p class="nn-task-title" id="{name}-title">{text.line(source["title"])}</p>'
        f'<div class="nn-asked">{text.block(source["asked"])}</div>'
        f'<pre class="nn-lines" translate="no" tabindex="0" aria-label="Starting lines"><code>'
        f"{escape(source['start'].rstrip())}</code></pre>"
        f'<div class="nn-room" aria-hidden="true">{"<i></i>" * ROOM}</div>'
        '<p class="nn-late">Nothing runs here: this browser runs no scripts, or is too old for '
        "these. The notebook of this chapter has the same task.</p></section>"
    )


def readable_html(task, text):
    """Return a task for a stored notebook; the book's build replaces it."""
    source = task.source
    solution = f"<pre>{escape(source['solution'])}</pre>"
    return (
        f'<section class="nn-task" data-task="{task.id}">'
        f"<p><strong>{text.line(source['title'])}</strong></p>{text.block(source['asked'])}"
        f"{_folded('Hints', ''.join(map(text.block, source['hints'])))}"
        f"{_folded('A solution', solution)}</section>"
    )


def _folded(summary, inside):
    return f"<details><summary>{summary}</summary>{inside}</details>"


def task_data(task, text):
    """Return the script that brings what a started task needs; a page asks for it on Start."""
    source = task.source
    judged = ("functions", "returns", "solution", "cases", "diagnose", "mistakes")
    data = {
        "start": source["start"].rstrip(),
        "solution": source["solution"],
        "hints": [text.block(hint) for hint in source["hints"]],
        "example": source["example"],
        "judge": JUDGE.read_text(encoding="utf-8"),
        "task": {name: source[name] for name in judged},
        "walk": source.get("walk"),
        "train": request(source["train"]) if "train" in source else None,
    }
    return f'(window.nnTasks ??= {{}})["{task.id}"] = {json.dumps(data, ensure_ascii=False)};\n'
