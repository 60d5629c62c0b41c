"""The pages of a built book, in its order, made into parts of one document.

Every id gets the name of its page in front, and every link between pages becomes a link inside the
document. What a paper cannot do goes: scripts, saved answers, places for JavaScript.
"""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

ALIVE = (
    "script, template, noscript, .nn-progress, .nn-late, .nn-nojs, .nn-actions, .headerlink, "
    ".toctree-wrapper"
)
LONG = 30  # lines of code that may be torn
REFERRING = ("for", "aria-labelledby", "aria-describedby", "headers")
INSIDE = re.compile(r"url\(#")  # a clip or a marker of a picture
HEADING = re.compile(r"h[1-5]")


class Page(NamedTuple):
    """A page of the book: its file, the caption of its part, its content."""

    path: Path
    part: str
    article: Tag

    @property
    def name(self):
        """What its ids begin with."""
        return self.path.stem

    @property
    def title(self):
        """Its first heading, as plain text."""
        return said(self.article.find(HEADING))


class Book(NamedTuple):
    """What is printed: the start page, the others in their order, and how they look."""

    title: str
    home: Page
    pages: list
    sheets: list
    styles: list


def read(built):
    """Return the book in the folder `built`; its pages stand as the list of contents has them."""
    start = Path(built, "index.html")
    soup = parse(start)
    if ahead := soup.select_one('meta[http-equiv="refresh"]'):
        start = start.parent / ahead["content"].partition("url=")[2]
        soup = parse(start)
    listed, part = [], ""
    for found in soup.select(".sidebar-tree .caption, .sidebar-tree .toctree-l1 > a"):
        if found.name == "a":
            listed.append((start.parent / urlsplit(found["href"]).path, part))
        else:
            part = said(found)
    soups = {start: soup, **{path: parse(path) for path, _ in listed}}
    sheets = [
        (path.parent / urlsplit(link["href"]).path).resolve().as_uri()
        for path, each in soups.items()
        for link in each.select('link[rel="stylesheet"]')
    ]
    pages = [Page(path, part, soups[path].find("article")) for path, part in listed]
    return Book(
        said(soup.select_one(".sidebar-brand-text")),
        Page(start, "", soup.find("article")),
        # What was answered wrongly, too.
        [page for page in pages if not page.article.select(".nn-review")],
        list(dict.fromkeys(sheets)),
        [str(style) for style in soup.head.select("style")],
    )


def parse(path):
    """Parse a built page."""
    return BeautifulSoup(Path(path).read_text(encoding="utf-8"), "html.parser")


def said(element):
    """Return the text of an element as it is seen: a formula stands in it once, without marks."""
    hidden = element.select(".katex-mathml, .headerlink")
    unseen = {id(text) for each in hidden for text in each.strings}
    return " ".join("".join(text for text in element.strings if id(text) not in unseen).split())


def settle(book):
    """Make the pages of a book ready to stand in one document; return the book."""
    for progress in book.home.article.select("section > .nn-progress"):
        progress.parent.decompose()  # what is answered is known to the browser alone
    names = {page.path.resolve(): page.name for page in (book.home, *book.pages)}
    for page in (book.home, *book.pages):
        for alive in page.article.select(ALIVE):
            alive.decompose()
        name_figures(page.article)
        own_ids(page)
        lead_inside(page, names)
        for listing in page.article.select("pre"):
            if listing.get_text().count("\n") > LONG:
                listing["class"] = [*listing.get("class", []), "nn-long"]
        for formula in page.article.select(".katex"):
            name_formula(formula)
    return book


def name_figures(article):
    """Give each figure an id, for the words that set it in the page to lead to."""
    seen = Counter()
    for figure in article.select("[data-nn-widget]"):
        name = figure["data-nn-widget"]
        seen[name] += 1
        figure["id"] = f"nn={name}" if seen[name] == 1 else f"nn={name}-{seen[name]}"


def own_ids(page):
    """Put the page's name before every id, and wherever an id is meant."""
    for element in page.article.find_all():
        if element.get("id"):
            element["id"] = within(page.name, element["id"])
        for name in REFERRING:
            if element.get(name):
                value = element[name] if isinstance(element[name], str) else " ".join(element[name])
                element[name] = " ".join(within(page.name, each) for each in value.split())
        for name, value in element.attrs.items():
            if isinstance(value, str) and "url(#" in value:
                element[name] = INSIDE.sub(f"url(#{page.name}--", value)
            elif name in {"href", "xlink:href"} and value.startswith("#") and element.name != "a":
                element[name] = f"#{within(page.name, value[1:])}"


def within(page, anchor):
    """Return the id in the document of what a page calls `anchor`; of a figure's state, its own."""
    anchor = anchor.partition("&")[0]
    return f"{page}--{anchor.replace('=', '-')}" if anchor else page


def lead_inside(page, names):
    """Have each link lead to its place in the document; what is not in it is no link."""
    for link in page.article.select("a[href]"):
        address = urlsplit(link["href"])
        if address.scheme or address.netloc:
            if link.get_text().removeprefix("doi:") in link["href"]:
                link["class"] = [*link.get("class", []), "nn-said"]  # its address is its text
            continue
        file = (page.path.parent / unquote(address.path)).resolve() if address.path else page.path
        if name := names.get(file.resolve()):
            link["href"] = "#" + within(name, unquote(address.fragment))
        else:
            link.unwrap()


def name_formula(formula):
    """Name a formula by its TeX: an invisible second copy would be found and copied with it."""
    hidden = formula.select_one(".katex-mathml")
    if hidden is None:
        return
    tex = hidden.find("annotation")
    formula["role"], formula["aria-label"] = "img", (tex or hidden).get_text().strip()
    hidden.decompose()
    for shown in formula.select("[aria-hidden]"):
        del shown["aria-hidden"]  # a picture without content would not be in the tags of the PDF


def lower(article, by=1):
    """Make each heading one of a lower level, so that the parts of the book stand above."""
    for heading in article.find_all(HEADING):
        heading.name = f"h{min(6, int(heading.name[1]) + by)}"
