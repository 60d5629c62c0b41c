"""Print the built book as one file, on A4 and on Letter: cover, contents, chapters, answers."""

import json
import sys
import time
from datetime import date
from html import escape
from pathlib import Path

from build import build
from paper import press
from paper.document import code_html, contents, fragment, headings, leaf, turn_to, write
from paper.fold import unfold
from paper.pages import Page, lower, read, settle
from sources import BUILT, ROOT

OUT = ROOT / "_build" / "pdf"
NAME = "the-backward-pass"
LICENCE = "Text, questions and figures: CC BY 4.0. Code: BSD 3-Clause."
NOT_ON_PAPER = "h1, .nn-lead, figure"
OPENING = "About this book"
DEPTH = 3  # levels in the contents: parts, chapters, sections
THIS_COPY = """
<section id="this-copy"><h2>This copy</h2>
<p>On a screen the figures move, the questions answer and the tasks run. Here every figure stands as
it begins, and the words that set a figure lead to it. A question or a task says on which page its
answer is; where a question draws fresh numbers, this copy has the first ones.</p>
<p>What is folded in the page is open here, with two exceptions. Code that only prepares or draws
stands at the end, before the answers. The lines that check the numbers of the text, marked
<em>checked</em> in the page, stand in the notebooks.</p></section>
"""


def main(built=BUILT, out=OUT, sizes=tuple(press.SIZES)):
    """Print the book; return the files."""
    if not Path(built, "index.html").is_file():
        sys.exit("There is no built book to print.")
    start = time.monotonic()
    book = read(built)
    about = {"Author": author(), "Subject": subtitle(book)}
    body, styles = assemble(settle(book), Path(built))
    html = write(Path(out, "book.html"), book.title, body, book, styles)
    files = [Path(out, f"{NAME}-{size}.pdf") for size in sizes]
    with press.chromium() as running:
        for size, pdf in zip(sizes, files, strict=True):
            count = press.print_pdf(running, html, pdf, size, **about)
            print(f"{pdf}: {count} pages, {pdf.stat().st_size / 1e6:.1f} MB", flush=True)
    print(f"Printed in {time.monotonic() - start:.0f} seconds.")
    return files


def author():
    """Return who wrote the book, as its settings say."""
    lines = (ROOT / "_config.yml").read_text(encoding="utf-8").splitlines()
    return next(line.partition(": ")[2] for line in lines if line.startswith("author: "))


def subtitle(book):
    """Return the line under the title of the start page."""
    lead = book.home.article.select_one(".nn-lead")
    return lead.get_text() if lead else ""


def assemble(book, built):
    """Return the body of the document, and the styles of its leaves."""
    cover = cover_html(book)
    key = key_of(book)
    chapters = [page for page in book.pages if page is not key]
    code = [found for page in chapters if (found := move_out(page, key, built))]
    last = [page for page in (code_page(code, chapters[-1].part), key) if page]
    leaves = [leaf("opening", OPENING, opening_html(book))]
    lines, part = [(1, book.home.name, OPENING)], ""
    for page in [*chapters, *last]:
        opens = ""
        if page.part:
            lower(page.article)
        if page.part != part:
            opens = f'<h1 class="nn-part" id="part-{page.name}">{escape(page.part)}</h1>'
            lines.append((1, f"part-{page.name}", escape(page.part)))
        lines += headings(page.article, DEPTH)
        html = f'{opens}<div id="{page.name}">{page.article.decode_contents()}</div>'
        leaves.append(leaf(f"leaf-{page.name}", page.title, html))
        part = page.part
    listed = f'<section class="nn-leaf" id="contents"><h1>Contents</h1>{contents(lines)}</section>'
    return "".join([cover, listed, *(html for html, _ in leaves)]), [style for _, style in leaves]


def key_of(book):
    """Return the page with the answers, or None."""
    return next((page for page in book.pages if page.article.select(".nn-key")), None)


def cover_html(book):
    """Return the cover: the title, the still picture of the start page, and whose it is."""
    picture = book.home.article.select_one(".nn-still svg")
    day = date.today()
    return (
        f'<section class="nn-cover"><p class="nn-cover-title">{escape(book.title)}</p>'
        f'<p class="nn-cover-lead">{escape(subtitle(book))}</p>{picture or ""}'
        f'<p class="nn-cover-foot">{escape(author())}<br>{day.day} {day:%B %Y}<br>{LICENCE}</p>'
        "</section>"
    )


def opening_html(book):
    """Return what the start page says, without what only a screen has, and about this copy."""
    for element in book.home.article.select(NOT_ON_PAPER):
        element.decompose()
    text = book.home.article.decode_contents()
    return f'<div id="{book.home.name}"><h1>{OPENING}</h1>{text}{THIS_COPY}</div>'


def move_out(page, key, built):
    """Move solutions of a page into the answers, and say there and here where they are.

    Returns
    -------
    code : Tag or None
        A section with the code that the page only needs to prepare and to draw.
    """
    solutions, code = unfold(page.article)
    if key:
        point_to_answers(page.article, key)
        moved = [(solved(task, built), task) for task in page.article.select(".nn-task")]
        for number, taken in enumerate(solutions, 1):
            name = f"{key.name}--solution-{page.name}-{number}"
            moved.append((entry(name, taken), taken.place))
        for html, place in moved:
            add(section_of(key, page), html, place, "Solution")
    else:  # without a page of answers there is no better place
        for taken in solutions:
            taken.place.append(taken.content)
    if not code:
        return None
    section = fragment(f'<section id="code--{page.name}"><h2></h2></section>')
    section.h2.string = page.title
    for number, taken in enumerate(code, 1):
        add(section, entry(f"code--{page.name}-{number}", taken), taken.place, taken.title)
    return section


def point_to_answers(article, key):
    """Say at each question on which page its answer is."""
    answered = {each["id"] for each in key.article.select(".nn-key")}
    for question in article.select(".nn-item[data-item]"):
        anchor = f"{key.name}--key-{question['data-item']}"
        if anchor in answered:
            question.append(turn_to("Answer", anchor))


def section_of(key, page):
    """Return the section of a page among the answers, a new one if there is none."""
    name = f"{key.name}--key-{page.name}"
    found = key.article.find(id=name)
    if found is None:
        found = fragment(f'<section id="{name}"><h2></h2></section>')
        key.article.section.append(found)
    found.h2.string = page.title  # with its number
    return found


def add(section, html, place, words):
    """Add an entry to a section; where it was taken from, say on which page it is."""
    section.append(html)
    place.append(turn_to(words, html["id"]))


def entry(name, taken):
    """Return what was taken out of a page as a section of its own."""
    found = fragment(f'<section id="{name}"><h3></h3></section>')
    found.h3.string = taken.title
    found.append(taken.content)
    return found


def solved(task, built):
    """Return the solution of a task, which its page asks for when the reader starts."""
    name = task["data-task"]
    script = Path(built, "_static", "nn", f"task-{name}.js").read_text(encoding="utf-8")
    data = json.loads(script.partition(" = ")[2].rstrip().rstrip(";"))
    found = fragment(
        f'<section id="solution-{task["id"]}"><h3></h3>{code_html(data["solution"])}</section>'
    )
    found.h3.string = task.select_one(".nn-task-title").get_text()
    return found


def code_page(sections, part):
    """Return the page of code that the chapters fold."""
    if not sections:
        return None
    article = fragment(
        '<article><section id="code--all"><h1>Code that the pages fold</h1>'
        "<p>It prepares what a chapter computes with, or draws a picture of it. The notebooks have "
        "it where it is run.</p></section></article>"
    )
    for section in sections:
        article.section.append(section)
    return Page(Path("code.html"), part, article)


if __name__ == "__main__":
    if not build():
        sys.exit("The book was not built, and so not printed: the lines above say why.")
    main()
