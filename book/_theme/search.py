"""The search page: all text of the book in one script, read from the built pages.

The page's own script (`search/search.js`, over MiniSearch) makes its index when it is opened, so
that it searches from disk as from a server. Formulas are written out on one line, from the MathML
that a screen reader reads.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from nn_widgets.kit import joiner

FOLDER = Path(__file__).parent / "search"
NOT_SEARCHED = {"answers", "review"}
CHAPTER = re.compile(r"\d\d-")
# How much a page counts beside a chapter: what explains before what corrects or lists.
WEIGHTS = {"glossary": 1.2, "notation": 0.8, "a-better-network": 0.6, "errata": 0.15}
ELSEWHERE = 0.3

VOID = {"br", "wbr", "img", "input", "hr", "link", "meta", "col"}
LEFT_OUT = {"template", "script", "style", "svg", "button", "annotation", "figure", "legend"}
LEFT_OUT_CLASSES = {
    "headerlink",
    "katex-html",
    "nn-actions",
    "nn-progress",
    "nn-late",
    "nn-matrices",
    "nn-radios",
}
LEFT_OUT_CLASSES |= {"collapsed", "expanded"}  # what a fold is called
BLOCKS = {
    "p",
    "li",
    "td",
    "th",
    "dd",
    "dt",
    "div",
    "section",
    "tr",
    "br",
    "summary",
    "label",
    "pre",
}
HEADING = re.compile(r"h[1-6]")
TITLES = {"nn-task-title"}

UP = dict(zip("0123456789+−()nijklLT⊤′*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱʲᵏˡᴸᵀᵀ′*", strict=True))
DOWN = dict(zip("0123456789+−()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
SPACED = re.compile(r"[=−+⊙·⋅×→≈≤≥<>∈≠:⟹⇒]")
SIGN = re.compile(r"(^|[=(,;·⋅×<>≈≤≥] ?)− ")  # of a number, not between two


class Element:
    """An element of a page: its tag, its attributes, and what is in it, elements and strings."""

    def __init__(self, tag, attributes=()):
        self.tag, self.attributes, self.children = tag, dict(attributes), []
        self.classes = set((self.attributes.get("class") or "").split())

    def left_out(self):
        """Tell whether nobody would look for what is in it."""
        to_the_key = "answers.html#key-" in (self.attributes.get("href") or "")
        return self.tag in LEFT_OUT or bool(self.classes & LEFT_OUT_CLASSES) or to_the_key


class Tree(HTMLParser):
    """The article of a page as elements, without what is left out."""

    def __init__(self, html):
        super().__init__()
        self.root = Element("article")
        self.path = [self.root]
        self.feed(html[html.index("<article") : html.rindex("</article>")])

    def handle_starttag(self, tag, attributes):
        """Go into an element."""
        element = Element(tag, attributes)
        if not (element.left_out() or self.path[-1].left_out()):
            self.path[-1].children.append(element)
        elif not element.left_out():  # inside of one: its own children go too
            element.tag = "template"
        if tag not in VOID:
            self.path.append(element)

    def handle_endtag(self, tag):
        """Leave an element."""
        if tag not in VOID and len(self.path) > 1:
            self.path.pop()

    def handle_data(self, data):
        """Keep text."""
        self.path[-1].children.append(data)


def written(element):
    """Return the text of an element as it reads, a block on a line of its own."""
    if isinstance(element, str):
        return element
    if element.tag == "math":
        return SIGN.sub(r"\1−", line(formula(element)))
    inside = "".join(map(written, element.children))
    return f"\n{inside}\n" if apart(element) else inside


def apart(element):
    """Tell whether nothing beside it belongs to the same word."""
    return element.tag in BLOCKS or "eqno" in element.classes


def formula(element):
    """Return MathML on one line: (a + b)/2, Wˡ, σ′(z)."""
    if isinstance(element, str):
        return element.strip().replace("\N{FUNCTION APPLICATION}", " ")
    parts = [formula(child) for child in element.children if not isinstance(child, str)]
    match element.tag:
        case "mo" | "mi" | "mn" | "mtext" | "ms":
            text = "".join(map(formula, element.children))
            return f" {text} " if element.tag == "mo" and SPACED.fullmatch(text) else text
        case "mfrac":
            return "/".join(map(grouped, parts))
        case "msup" | "mover":
            return parts[0] + script(parts[1], UP, "^")
        case "msub" | "munder":
            return parts[0] + script(parts[1], DOWN, "_")
        case "msubsup" | "munderover":
            return parts[0] + script(parts[1], DOWN, "_") + script(parts[2], UP, "^")
        case "msqrt":
            return f"√{grouped(''.join(parts))}"
        case "mtable":
            return "; ".join(parts)
        case "mtr":
            return ", ".join(filter(str.strip, parts)).replace(",  =", " =")
    return "".join(parts)


def grouped(text):
    """Put a sum or a product with signs in parentheses."""
    return f"({text})" if " " in text.strip() else text


def script(text, letters, mark):
    """Raise or lower a text, by letters made for it where there are such."""
    text = text.replace(" ", "")
    raised = "".join(letters.get(letter, "") for letter in text)
    return raised if len(raised) == len(text) else mark + (text if len(text) == 1 else f"({text})")


def places(root, title):
    """List the places of a page: each heading, term, question and task, with the text under it."""
    found = []

    def begin(name, title):
        found.append({"anchor": name, "title": title, "text": "", "code": ""})
        return found[-1]

    def visit(element, place):
        name = element.attributes.get("id", "")
        if name and element.tag == "section" and place["title"]:
            place = begin(name, "")
        elif element.classes & {"nn-item", "nn-task"}:
            place = begin(name, "A question" if "nn-item" in element.classes else "")
        for child in element.children:
            if isinstance(child, str) or child.tag == "math":
                place["text"] += written(child)
            elif child.tag == "dt":
                place = begin(child.attributes.get("id", ""), line(written(child)))
            elif not place["title"] and (HEADING.fullmatch(child.tag) or child.classes & TITLES):
                place["title"] = line(written(child))
            elif child.tag == "pre":
                place["code"] += written(child)
            else:
                place["text"] += "\n" * apart(child)
                visit(child, place)
                place["text"] += "\n" * apart(child)

    visit(root, begin("", ""))
    found[0]["title"] = title
    whole = [{key: line(text) for key, text in place.items()} for place in found]
    return [place for place in whole if place["text"] or place["code"]]


def line(text):
    """Return a text on one line."""
    return " ".join(text.split())


def weight(name):
    """Return how much a page counts beside a chapter."""
    return 1 if CHAPTER.match(name) else WEIGHTS.get(name, ELSEWHERE)


def collect(outdir, names, title_of):
    """Read the built pages; return what the search page needs of them."""
    pages, found = [], []
    for name in names:
        if Path(name).name in NOT_SEARCHED:
            continue
        html = Path(outdir, f"{name}.html").read_text(encoding="utf-8")
        found += [
            {"page": len(pages), **place} for place in places(Tree(html).root, title_of(name))
        ]
        pages.append(
            {"href": f"{name}.html", "title": title_of(name), "weight": weight(Path(name).name)}
        )
    return {"pages": pages, "places": found}


def write(app, exception):
    """Write the script of the search page when all pages are there."""
    if exception or app.builder.format != "html":
        return
    names = sorted(app.env.found_docs)
    book = collect(app.outdir, names, lambda name: title(app.env, name))
    text = json.dumps(book, ensure_ascii=False, separators=(",", ":"))
    modules = joiner.graph("search.js", FOLDER).values()
    script = joiner.as_script(modules, f'M["search.js"].start({text});')
    Path(app.outdir, "_static", "search.js").write_text(script, encoding="utf-8")


def title(env, name):
    """Return the heading of a page, with its number where it has one."""
    number = env.toc_secnumbers.get(name, {}).get("")
    heading = env.longtitles[name].astext()
    return f"{number[0]}. {heading}" if number else heading


def add_page(app):
    """Have the page written, in place of Sphinx's own search."""
    yield "search", {}, "search.html"


def no_index(app):
    """Leave Sphinx's index out, which nothing reads."""
    app.builder.search = False


def setup(app):
    """Connect the handlers, the last after every one that changes a page."""
    app.connect("builder-inited", no_index)
    app.connect("html-collect-pages", add_page)
    app.connect("build-finished", write, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
