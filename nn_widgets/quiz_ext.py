"""The questions' side of the Sphinx build: quizzes from the bank, progress, review, answer key.

A stored output `<section class="nn-quiz" data-chapter=…>` gives way to the questions as the bank
has them now. The directives `progress`, `review` and `answers` stand where a page wants them;
each chapter with questions ends with those that no cell of it shows, and with its own progress.
"""

import re
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from nn_widgets import inline
from nn_widgets.bank import BankError, find_bank, load_bank
from nn_widgets.base import script_json
from nn_widgets.quiz_html import answer_html, item_html, quiz_html
from nn_widgets.quiz_text import Prerendered

STORED = re.compile(r'<section class="nn-quiz" data-chapter="([^"]*)" data-item="([^"]*)">')
ALIVE = re.compile(r'class="nn-(quiz|progress|review|key)"')
KEY = "answers"
REVIEW = "review"
FOLDER = "nn"


class Place(nodes.General, nodes.Element):
    """Where progress, review or a chapter's answers will stand; `kind` says which."""


class _Here(SphinxDirective):
    kind = ""

    def run(self):
        """Leave a mark, and read the page again when any question changes."""
        for path in sorted(find_bank(self.env.srcdir).glob("*.yml")):
            self.env.note_dependency(str(path))
        return [Place(kind=self.kind)]


class Progress(_Here):
    """A table of all chapters: answered, right, left; reset, export, import."""

    kind = "progress"


class Review(_Here):
    """What the reader answered wrongly, to be answered again."""

    kind = "review"


class Answers(_Here):
    """Every question with its answer and reasons, a section for each chapter."""

    def run(self):
        """Return the sections, so that they stand in the page's contents."""
        super().run()
        return [self._section(chapter) for chapter in _bank(self.env.srcdir)]

    def _section(self, chapter):
        section = nodes.section(ids=[f"key-{chapter.name}"])
        section += nodes.title("", chapter.title)
        section += Place(kind="answers", chapter=chapter.name)
        return section


def _bank(srcdir):
    try:
        return load_bank(find_bank(srcdir))
    except BankError as error:
        raise ExtensionError(f"The question bank is wrong.\n{error}") from None


def note_bank(app, doctree):
    """Read a page again when a question on it changes."""
    for raw in doctree.findall(nodes.raw):
        for name, _ in STORED.findall(raw.astext()):
            app.env.note_dependency(str(find_bank(app.srcdir) / f"{name}.yml"))


def fill_places(app, doctree, docname):
    """Put the questions of the bank where they belong, and what goes with them."""
    if app.builder.format != "html":
        return
    page = _Page(app, docname)
    shown = []
    for raw in list(doctree.findall(nodes.raw)):
        if raw.get("format") == "html" and STORED.search(raw.astext()):
            shown.append(STORED.search(raw.astext()).groups())
            raw.replace_self(_html(page.quiz(*shown[-1])))
    for place in list(doctree.findall(Place)):
        place.replace_self(_html(getattr(page, place["kind"])(place.get("chapter"))))
    if mine := [c for c in page.chapters if docname.endswith(f"/{c.name}")]:
        _last_section(doctree).append(_html(page.rest(mine[0], shown)))
        _last_section(doctree).append(_html(page.chapter_progress(mine[0])))


def _html(text):
    return nodes.raw("", text, format="html")


def _last_section(doctree):
    sections = [node for node in doctree.children if isinstance(node, nodes.section)]
    return sections[-1] if sections else doctree


class _Page:
    """What one page shows of the bank."""

    def __init__(self, app, docname):
        self.app, self.docname = app, docname
        self.chapters = _bank(app.srcdir)
        self.text = Prerendered()

    def href(self, name):
        """Return the address of a page in this page's folder of the book, or None."""
        found = [doc for doc in self.app.env.found_docs if doc.split("/")[-1] == name]
        return self.app.builder.get_relative_uri(self.docname, found[0]) if found else None

    def quiz(self, name, item):
        """Return a chapter's questions, or one of them, numbered as in the chapter."""
        chapter = next((c for c in self.chapters if c.name == name), None)
        items = list(enumerate(chapter.items, 1)) if chapter else []
        chosen = [(place, each) for place, each in items if item in ("", each.id)]
        if not chosen:
            raise ExtensionError(f"{self.docname}: the question bank has no {name} {item}".strip())
        pairs = [(chapter, each) for _, each in chosen]
        return quiz_html(pairs, self.text, self.href(KEY), chosen[0][0])

    def rest(self, chapter, shown):
        """Return the questions that no cell of the chapter shows: a new one needs no new cell."""
        if (chapter.name, "") in shown:
            return ""
        left = [item.id for item in chapter.items if (chapter.name, item.id) not in shown]
        return "".join(self.quiz(chapter.name, item) for item in left)

    def progress(self, _chapter):
        """Return the progress of all chapters that are in the book."""
        here = [chapter for chapter in self.chapters if self.href(chapter.name)]
        return self._progress(here, " data-files")

    def chapter_progress(self, chapter):
        """Return the progress of one chapter."""
        return self._progress([chapter], "")

    def _progress(self, chapters, attributes):
        review = self.href(REVIEW)
        attributes += f' data-review="{escape(review)}"' if review else ""
        data = [
            {
                "name": chapter.name,
                "title": chapter.title,
                "href": self.href(chapter.name),
                "items": [[item.id, item.fingerprint] for item in chapter.items],
            }
            for chapter in chapters
        ]
        return (
            f'<div class="nn-progress"{attributes}>'
            f'<script type="application/json">{script_json(data)}</script>'
            '<p class="nn-nojs">With JavaScript, this place shows which questions you '
            "have answered.</p></div>"
        )

    def review(self, _chapter):
        """Return every question of the book, dormant; the page wakes those answered wrongly."""
        dormant = "".join(
            f'<template class="nn-stored" data-item="{item.id}" '
            f'data-fingerprint="{item.fingerprint}" data-title="{escape(chapter.title)}" '
            f'data-href="{escape(self.href(chapter.name) or "")}">'
            f"{item_html(chapter, item, self.text, place)}</template>"
            for chapter in self.chapters
            for place, item in enumerate(chapter.items, 1)
        )
        return f'<div class="nn-review">{self._without_javascript()}{dormant}</div>'

    def _without_javascript(self):
        sentence = "This page needs JavaScript to know your answers."
        key = self.href(KEY)
        link = f' All answers are in <a href="{escape(key)}">the answer key</a>.' if key else ""
        return f'<p class="nn-nojs">{sentence}{link}</p>'

    def answers(self, name):
        """Return a chapter's questions with answers and reasons."""
        chapter = next(chapter for chapter in self.chapters if chapter.name == name)
        return "".join(
            answer_html(item, self.text, place) for place, item in enumerate(chapter.items, 1)
        )


def write_files(app):
    """Write the script and the style sheet that pages with questions ask for."""
    if app.builder.format == "html":
        folder = Path(app.outdir) / "_static" / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        script = inline.as_script(inline.graph("quiz.js").values(), 'M["quiz.js"].start(document);')
        (folder / "quiz.js").write_text(script, encoding="utf-8")
        style = (inline.STATIC / "quiz.css").read_text(encoding="utf-8")
        (folder / "quiz.css").write_text(style, encoding="utf-8")


def add_files(app, _page, _template, context, _doctree):
    """Load them on this page, if it has questions."""
    if ALIVE.search(context.get("body") or ""):
        app.add_css_file(f"{FOLDER}/quiz.css")
        app.add_js_file(f"{FOLDER}/quiz.js", loading_method="defer")


def setup(app):
    """Connect directives and handlers."""
    app.add_node(Place)
    for name, directive in (("progress", Progress), ("review", Review), ("answers", Answers)):
        app.add_directive(name, directive)
    app.connect("doctree-read", note_bank)
    app.connect("doctree-resolved", fill_places)
    app.connect("builder-inited", write_files)
    app.connect("html-page-context", add_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
