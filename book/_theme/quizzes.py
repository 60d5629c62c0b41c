"""The questions' side of the Sphinx build: quizzes from the bank, progress, review, answer key.

A stored output `<section class="nn-quiz" data-chapter=…>` gives way to the questions as the bank
has them now, with their first numbers; a script for each chapter, which a page loads when it is
asked for, holds the others. The directives `progress`, `review`, `answers`, `anki` and `at-a-class`
stand where a page wants them; each chapter with questions ends with those that no cell of it shows,
and with its own progress.
"""

import json
import re
from hashlib import sha256
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from nn_widgets.kit import joiner
from nn_widgets.kit.figure import script_json
from nn_widgets.quiz.anki import notes
from nn_widgets.quiz.bank import BankError, find_bank, load_bank, page_of
from nn_widgets.quiz.classroom.course import CLASSROOM, course
from nn_widgets.quiz.kinds import KINDS, SCRIPTS
from nn_widgets.quiz.quiz import SCRIPT, kinds_js, modules, style
from nn_widgets.quiz.quiz_html import answer_html, further, item_html, quiz_html
from nn_widgets.quiz.quiz_text import Prerendered
from nn_widgets.tasks.bank import find_tasks, load_tasks

STORED = re.compile(r'<section class="nn-quiz" data-chapter="([^"]*)" data-item="([^"]*)">')
ALIVE = re.compile(r'class="nn-(quiz|progress|review|key)"')
KEY = "answers"
REVIEW = "review"
FOLDER = "nn"
ANKI = f"{FOLDER}/the-backward-pass.tsv"
WRITTEN = {}  # the scripts of the chapters, for as long as their questions are the same


class Place(nodes.General, nodes.Element):
    """Where progress, review or a chapter's answers will stand; `kind` says which."""


class _Here(SphinxDirective):
    kind = ""

    def run(self):
        """Leave a mark, and read the page again when any question changes."""
        for path in sorted(find_bank(self.env.srcdir).glob("*.yml")):
            self.env.note_dependency(str(path))
            if page := page_of(path):  # the titles stand there
                self.env.note_dependency(str(page))
        return [Place(kind=self.kind)]


class Progress(_Here):
    """A table of all chapters: answered, right, left; reset, export, import."""

    kind = "progress"


class Review(_Here):
    """What the reader answered wrongly, to be answered again."""

    kind = "review"


class AtAClass(_Here):
    """A place for the saved answers of a class, and what to teach next."""

    kind = "at_a_class"


class Anki(_Here):
    """A link to all questions as cards."""

    kind = "anki"


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
        return quiz_html(pairs, self.text, self.href(KEY), chosen[0][0], self.more(chapter))

    def more(self, chapter):
        """Return the address of the script with the chapter's questions and their numbers."""
        here = self.app.builder.get_target_uri(self.docname)
        return relative_uri(here, f"_static/{questions(chapter)[0]}")

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
        return (
            f'<div class="nn-progress"{attributes}>{self._contents(chapters, self.tasks)}'
            '<p class="nn-nojs">With JavaScript, this place shows which questions you '
            "have answered.</p></div>"
        )

    def tasks(self, chapter):
        """Return what the page has to know of each task: its name begins with the chapter's."""
        tasks = load_tasks(find_tasks(self.app.srcdir))
        mine = [task for task in tasks if task.id.split("-")[0] == chapter.name.split("-")[0]]
        return [[f"task-{task.id}", task.fingerprint, "task", 1] for task in mine]

    def _contents(self, chapters, more=lambda _: []):
        """Return what the page has to know of each question to say whether it is answered."""
        data = [
            {
                "name": chapter.name,
                "title": chapter.title,
                "href": self.href(chapter.name) or "",
                "more": self.more(chapter),
                "items": [
                    [item.id, item.fingerprint, item.kind, KINDS[item.kind].size(item.source)]
                    for item in chapter.items
                ]
                + more(chapter),
            }
            for chapter in chapters
        ]
        return f'<script type="application/json">{script_json(data)}</script>'

    def review(self, _chapter):
        """Return a place that the page fills with the questions answered wrongly."""
        contents = self._contents(self.chapters)
        return f'<div class="nn-review">{contents}{self._without_javascript()}</div>'

    def _without_javascript(self):
        sentence = "This page needs JavaScript to know your answers."
        key = self.href(KEY)
        link = f' All answers are in <a href="{escape(key)}">the answer key</a>.' if key else ""
        return f'<p class="nn-nojs">{sentence}{link}</p>'

    def at_a_class(self, _chapter):
        """Return a place that the page fills with what a class has answered."""
        here = [chapter for chapter in self.chapters if self.href(chapter.name)]
        about = course(here, load_tasks(find_tasks(self.app.srcdir)), self.text, self.href)
        for chapter in about["chapters"]:
            chapter["more"] = self.more(next(c for c in here if c.name == chapter["name"]))
        data = f'<script type="application/json">{script_json(about)}</script>'
        sentence = "This page needs JavaScript to read the files; the files stay where they are."
        return f'<div class="nn-class">{data}<p class="nn-nojs">{sentence}</p></div>'

    def anki(self, _chapter):
        """Return a link to the cards."""
        number = sum(len(chapter.items) for chapter in self.chapters)
        here = self.app.builder.get_target_uri(self.docname)
        address = relative_uri(here, f"_static/{ANKI}")
        return (
            f'<p><a href="{address}" download>Save all {number} questions as cards for Anki</a></p>'
        )

    def answers(self, name):
        """Return a chapter's questions with answers and reasons."""
        chapter = next(chapter for chapter in self.chapters if chapter.name == name)
        return "".join(
            answer_html(item, self.text, place) for place, item in enumerate(chapter.items, 1)
        )


def questions(chapter):
    """Return the address below `_static` and the text of a script that holds a chapter's questions.

    The script leaves the HTML of each question with its first numbers, and all further numbers,
    under the chapter's name in `window.nnQuestions`. Its address changes with its content.
    """
    key = (chapter.name, *(item.fingerprint for item in chapter.items))
    if key not in WRITTEN:
        text = Prerendered()
        items = {
            item.id: {"html": item_html(item, text, place), **further(item, text)}
            for place, item in enumerate(chapter.items, 1)
        }
        name, held = (json.dumps(each, ensure_ascii=False) for each in (chapter.name, items))
        script = f"(window.nnQuestions ??= {{}})[{name}] = {held};\n"
        version = sha256(script.encode()).hexdigest()[:12]
        WRITTEN[key] = f"{FOLDER}/questions/{chapter.name}.js?v={version}", script
    return WRITTEN[key]


def write_files(app):
    """Write the scripts and the style sheet that pages with questions ask for."""
    if app.builder.format != "html":
        return
    script = joiner.as_script(modules().values(), f'M["{SCRIPT}"].start(document, {kinds_js()});')
    files = {f"{FOLDER}/quiz.js": script, f"{FOLDER}/quiz.css": style()}
    files |= {ANKI: notes(_bank(app.srcdir)), **_classroom()}
    for chapter in _bank(app.srcdir):
        address, text = questions(chapter)
        files[address.partition("?")[0]] = text
    for name, text in files.items():
        path = Path(app.outdir, "_static", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _classroom():
    """Return the script and the style sheet of the page for a class."""
    graph = joiner.graph(CLASSROOM)
    kinds = {name: each for entry in SCRIPTS.values() for name, each in joiner.graph(entry).items()}
    last = f'M["{CLASSROOM}"].start(document, {kinds_js()});'
    script = joiner.as_script({**kinds, **graph}.values(), last)
    return {f"{FOLDER}/class.js": script, f"{FOLDER}/class.css": joiner.styles(CLASSROOM)}


def add_files(app, _page, _template, context, _doctree):
    """Load them on this page, if it has questions."""
    if ALIVE.search(context.get("body") or ""):
        app.add_css_file(f"{FOLDER}/quiz.css")
        app.add_js_file(f"{FOLDER}/quiz.js", loading_method="defer")
    if 'class="nn-class"' in (context.get("body") or ""):
        app.add_css_file(f"{FOLDER}/class.css")
        app.add_js_file(f"{FOLDER}/class.js", loading_method="defer")


def setup(app):
    """Connect directives and handlers."""
    app.add_node(Place)
    for directive in (Progress, Review, Answers, Anki):
        app.add_directive(directive.__name__.lower(), directive)
    app.add_directive("at-a-class", AtAClass)
    app.connect("doctree-read", note_bank)
    app.connect("doctree-resolved", fill_places)
    app.connect("builder-inited", write_files)
    app.connect("html-page-context", add_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
