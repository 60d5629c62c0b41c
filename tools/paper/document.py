"""The parts of a document for paper: leaves, contents, words that say where something is."""

import copy
import json
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

SHEET = Path(__file__).with_name("paper.css")


def fragment(html):
    """Return the one element that `html` is."""
    return BeautifulSoup(html, "html.parser").find()


def number_of(anchor):
    """Return a place that gets the number of the page on which an id stands."""
    return f'<span data-page-of="{escape(anchor)}"></span>'


def turn_to(words, anchor):
    """Return a line that leads to something elsewhere in the document."""
    link = f'<a href="#{escape(anchor)}">page {number_of(anchor)}</a>'
    return fragment(f'<p class="nn-turn">{escape(words)}: {link}</p>')


def code_html(code):
    """Return a program in the colours of the book."""
    return highlight(code, PythonLexer(), HtmlFormatter())


def leaf(name, head, html):
    """Return a part of the document that begins a page, and the style of its pages."""
    words = json.dumps(head, ensure_ascii=False)
    style = (
        f'.nn-leaf[data-leaf="{name}"] {{ page: {name}; }}\n'
        f"@page {name} {{ @top-left {{ content: {words}; }} }}"
    )
    return f'<section class="nn-leaf" data-leaf="{name}">{html}</section>', style


def contents(lines):
    """Return a list of headings with their pages; see `headings`."""
    items = (
        f'<li class="nn-level-{level}"><a href="#{escape(anchor)}"><span>{words}</span> '
        f"{number_of(anchor)}</a></li>"
        for level, anchor, words in lines
    )
    return f'<ol class="nn-contents">{"".join(items)}</ol>'


def headings(article, depth):
    """Return the level, the id and the HTML of each heading down to a level."""
    found = []
    for heading in article.find_all([f"h{level}" for level in range(1, depth + 1)]):
        words = copy.copy(heading)
        for link in words.find_all("a"):
            link.unwrap()
        anchor = heading.find_parent(id=True)["id"]
        found.append((int(heading.name[1]), anchor, words.decode_contents().strip()))
    return found


def write(path, title, body, book, styles=()):
    """Write a document that looks as the book does on paper; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    links = [f'<link rel="stylesheet" href="{sheet}">' for sheet in (*book.sheets, SHEET.as_uri())]
    head = [*links, *book.styles, "<style>", *styles, "</style>"]
    text = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{''.join(head)}</head>"
        f'<body data-theme="light"><article>{body}</article></body></html>\n'
    )
    path.write_text(text, encoding="utf-8")
    return path
