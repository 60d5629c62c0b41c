"""The tasks' side of the Sphinx build: from `book/tasks` into the pages.

A stored output `<section class="nn-task" data-task=…>` gives way to the task as its file has it
now. A page with tasks loads a button for each; Python, the editor and what belongs to one task
stand in scripts beside it, which Start loads.
"""

import hashlib
import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError

from nn_widgets.kit import joiner
from nn_widgets.python import bundle
from nn_widgets.quiz.quiz_text import Prerendered
from nn_widgets.tasks.bank import TaskError, find_tasks, load_task, load_tasks
from nn_widgets.tasks.task_html import task_data, task_html

STORED = re.compile(r'<section class="nn-task" data-task="([^"]*)">')
ALIVE = 'class="nn-task"'
FOLDER = "nn"
BUTTON, WORKSHOP = "tasks/tasks.js", "tasks/workshop.js"
EDITOR = joiner.ROOT / "tasks/vendor/codemirror/codemirror.js"


def note_tasks(app, doctree):
    """Read a page again when a task on it changes."""
    for raw in doctree.findall(nodes.raw):
        for name in STORED.findall(raw.astext()):
            app.env.note_dependency(str(find_tasks(app.srcdir) / f"{name}.yml"))


def fill_places(app, doctree, docname):
    """Put each task where its cell stands."""
    if app.builder.format != "html":
        return
    for raw in list(doctree.findall(nodes.raw)):
        if raw.get("format") == "html" and (found := STORED.search(raw.astext())):
            try:
                task = load_task(found[1], find_tasks(app.srcdir))
            except TaskError as error:
                raise ExtensionError(f"{docname}: {error}") from None
            raw.replace_self(nodes.raw("", task_html(task, Prerendered()), format="html"))


def write_files(app):
    """Write the button's script with its style sheet, and what Start loads."""
    folder = find_tasks(app.srcdir) if app.builder.format == "html" else None
    if folder is None or not folder.is_dir():
        return
    out = Path(app.outdir) / "_static" / FOLDER
    out.mkdir(parents=True, exist_ok=True)
    text = Prerendered()
    shared = {
        "python.js": bundle.script(),
        "editor.js": EDITOR.read_text(encoding="utf-8"),
        "workshop.js": joiner.as_script(joiner.graph(WORKSHOP).values()),
    }
    tasks = {task.id: task_data(task, text) for task in load_tasks(folder)}
    files = {
        "scripts": [_written(out, name, script) for name, script in shared.items()],
        "tasks": {name: _written(out, f"task-{name}.js", data) for name, data in tasks.items()},
    }
    last = (
        f'M["{BUTTON}"].wake(document, {{ base: document.currentScript.src, '
        f"...{json.dumps(files)} }});"
    )
    script = joiner.as_script(joiner.graph(BUTTON).values(), last)
    (out / "tasks.js").write_text(script, encoding="utf-8")
    (out / "tasks.css").write_text(joiner.styles(BUTTON), encoding="utf-8")


def _written(folder, name, text):
    """Write a file; return its address, which changes with its content."""
    (folder / name).write_text(text, encoding="utf-8")
    return f"{name}?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"


def add_files(app, _page, _template, context, _doctree):
    """Load the button on this page, if it has tasks."""
    if ALIVE in (context.get("body") or ""):
        app.add_css_file(f"{FOLDER}/tasks.css")
        app.add_js_file(f"{FOLDER}/tasks.js", loading_method="defer")


def setup(app):
    """Connect the handlers."""
    app.connect("doctree-read", note_tasks)
    app.connect("doctree-resolved", fill_places)
    app.connect("builder-inited", write_files)
    app.connect("html-page-context", add_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
