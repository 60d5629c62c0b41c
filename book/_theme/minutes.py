"""How long a chapter takes: counted in its built page, the same way for every chapter.

The map of the index page says three numbers for each: the path with its questions, the same with
the exercises, and with everything folded. A test holds them to the pages.
"""

import math
import re
import sys
from html import escape
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.util.docutils import SphinxRole

# Seconds. Adults read nonfiction at about 240 words a minute (Brysbaert 2019); who follows an
# argument with formulas stops and looks back, so the book counts 150. The others are its own
# estimates.
SECONDS = {
    "words": 60 / 150,
    "formulas": 15,
    "lines": 4,
    "figures": 120,
    "questions": 60,
    "exercises": 720,
}
NOT_READ = ".headerlink, nav, script, style, template, .katex-html, .nn-actions, .nn-progress"
PLACE = re.compile(r'(<span class="nn-minutes" data-chapter="([\w-]+)">)[^<]*(?=</span>)')


class Count(NamedTuple):
    """What a reader meets in a part of a page."""

    words: int = 0
    formulas: int = 0
    lines: int = 0
    figures: int = 0
    questions: int = 0
    exercises: int = 0

    def minutes(self):
        """Return the minutes that it takes, unrounded."""
        return sum(SECONDS[name] * value for name, value in self._asdict().items()) / 60

    def __add__(self, other):
        """Count two parts together."""
        return Count(*map(sum, zip(self, other, strict=True)))


class Chapter(NamedTuple):
    """The parts of a chapter: its path, its exercises and tasks, and what stands folded."""

    path: Count
    exercises: Count
    folded: Count

    def minutes(self):
        """Return the minutes of the path, with exercises, and with everything folded."""
        parts = (self.path, self.path + self.exercises, sum(self, Count()))
        return [math.ceil(part.minutes()) for part in parts]


def chapter(html):
    """Count a chapter's built page.

    Parameters
    ----------
    html : str

    Returns
    -------
    chapter : Chapter
        What stands folded in the exercises, solutions for the most part, counts as folded.
    """
    article = BeautifulSoup(html, "html.parser").find("article")
    for unread in article.select(NOT_READ):
        unread.decompose()
    beside = take(article, "details .nn-item")
    questions = take(article, ".nn-item")  # before the folds: their reasons are folded
    tasks = take(article, "details.nn-exercise")  # each is an exercise, whatever it says
    folded = [count(part) for root in (article, *tasks) for part in take(root, "details")]
    exercises = [exercise(part) for part in take(article, "section#exercises, .nn-task")]
    exercises.append(Count(exercises=len(tasks)))
    folded.append(Count(questions=len(beside)))
    path = count(article) + Count(questions=len(questions))
    return Chapter(path, sum(exercises, Count()), sum(folded, Count()))


def take(root, selector):
    """Take the outermost elements that fit out of the page and return them."""
    found = root.select(selector)
    inner = {id(part) for outer in found for part in outer.select(selector)}
    return [part.extract() for part in found if id(part) not in inner]


def exercise(part):
    """Count exercises, one for each heading below the section's own; a task is one."""
    return Count(exercises=len(part.find_all("h3")) if part.get("id") == "exercises" else 1)


def count(part):
    """Count what is read and looked at in a part of a page; what code prints is not read."""
    figures = len(take(part, ".nn-widget"))
    lines = sum(code_lines(cell) for cell in take(part, ".cell_input"))
    take(part, ".cell_output")
    formulas = len(take(part, ".katex-display"))
    for inline in part.select(".katex"):
        inline.replace_with(" x ")
    words = sum(map(any_letter, part.get_text(" ").split()))
    return Count(words, formulas, lines, figures)


def any_letter(word):
    """Tell whether something between two spaces is a word or a number, not a mark."""
    return any(map(str.isalnum, word))


def code_lines(cell):
    """Count the lines of a cell that hold something."""
    return sum(bool(line.strip()) for line in cell.get_text().splitlines())


class MinutesRole(SphinxRole):
    """The three numbers of a chapter, filled in when all pages are built."""

    def run(self):
        """Leave an empty place."""
        place = f'<span class="nn-minutes" data-chapter="{escape(self.text)}"></span>'
        return [nodes.raw("", place, format="html")], []


def fill_places(app, exception):
    """Write the minutes wherever a page asks for those of a chapter."""
    if exception or app.builder.format != "html":
        return
    pages = [Path(app.builder.get_outfilename(docname)) for docname in app.env.found_docs]
    texts = {page: page.read_text(encoding="utf-8") for page in pages if page.is_file()}
    counted = {p.stem: written(t) for p, t in texts.items() if re.match(r"\d\d-", p.stem)}
    for page, text in texts.items():
        if PLACE.search(text):
            filled = PLACE.sub(lambda place: place[1] + counted[place[2]], text)
            page.write_text(filled, encoding="utf-8")


def written(html):
    """Write a chapter's three numbers as the map does."""
    return " · ".join(map(str, chapter(html).minutes()))


def setup(app):
    """Register the role, and fill its places last."""
    app.add_role("minutes", MinutesRole())
    app.connect("build-finished", fill_places, priority=50)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        parts = chapter(Path(name).read_text(encoding="utf-8"))
        print(Path(name).stem, *parts.minutes(), parts.path)
