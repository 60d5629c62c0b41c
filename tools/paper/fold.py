"""What stands folded in a page: on paper it is open, or it is at the end of the book."""

import re
from typing import NamedTuple

from bs4.element import Tag

from paper.pages import said

CHECK = re.compile(r"^the check of ", re.IGNORECASE)
SOLUTION = re.compile(r"solution", re.IGNORECASE)
VERB = re.compile(r"^(?:Show|Hide) ")
EXERCISE = "nn-exercise"


class Taken(NamedTuple):
    """What was taken out of a page: its title, its content, and the element in its place."""

    title: str
    content: Tag
    place: Tag


def unfold(article):
    """Open the folds of a page; take out solutions, and code that only prepares or draws.

    The asserts behind the text and the checks of solutions are for a machine: they go.

    Returns
    -------
    solutions, code : list of Taken
        In the order of the page.
    """
    solutions, code = [], []
    for fold in article.select("details"):
        if fold.decomposed:
            continue
        title = title_of(fold)
        cell = fold.find_parent("div", class_="cell")
        tags = set(cell["class"]) if cell else set()
        exercise = fold.find_parent(class_=EXERCISE)
        if "tag_nn-checked" in tags or CHECK.match(title):
            fold.decompose()
        elif exercise:
            solutions.append(take(fold, title_of(exercise)))
        elif "tag_hide-cell" in tags and SOLUTION.search(title):
            before = fold.find_previous(class_=EXERCISE)
            solutions.append(take(fold, title_of(before) if before else title))
        elif "tag_hide-input" in tags:
            code.append(take(fold, title))
        else:
            open_up(fold, title)
    return solutions, code


def title_of(fold):
    """Say what a fold holds, without the verb: on paper nobody shows or hides."""
    words = fold.find(class_="collapsed") or fold.find(class_="nn-fold-title") or fold.summary
    title = VERB.sub("", said(words))
    return title[:1].upper() + title[1:]


def take(fold, title):
    """Take a fold out of its page and leave a place where it was."""
    fold.summary.decompose()
    place = fold.wrap(Tag(name="div", attrs={"class": "nn-elsewhere"}))
    fold.extract()
    fold.name, fold["class"] = "div", "nn-taken"
    return Taken(title, fold, place)


def open_up(fold, title):
    """Make of a fold a box with its words as a title."""
    words = fold.summary
    words.clear()
    words.string, words.name, words["class"] = title, "p", "nn-fold-title"
    own = [name for name in fold.get("class", []) if name.startswith("nn-")]
    fold.name, fold["class"] = "div", ["nn-fold", *own]
