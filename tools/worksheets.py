"""Print worksheets: what each chapter asks, with room to write, and the key apart."""

import re
import sys
import time
from html import escape
from pathlib import Path

import pdf
from bs4 import BeautifulSoup
from build import build
from paper import press
from paper.document import contents, fragment, headings, leaf, write
from paper.pages import read, settle
from sources import BUILT, ROOT

OUT = ROOT / "_build" / "worksheets"
LINES = 12  # of a task or an exercise
ON_PAPER = re.compile("on paper", re.IGNORECASE)
NUMBER = re.compile(r"Question (\d+)")
NAME = '<p class="nn-sheet-name"><span>Name</span><span>Date</span></p>'


def main(built=BUILT, out=OUT, sizes=tuple(press.SIZES)):
    """Print the sheets and the key; return the files."""
    if not Path(built, "index.html").is_file():
        sys.exit("There is no built book to print.")
    start = time.monotonic()
    book = settle(read(built))
    answers = pdf.key_of(book)
    asking = [
        page for page in book.pages if page.article.select(".nn-item, .nn-task, .nn-exercise")
    ]
    if not answers or not asking:
        sys.exit("The book has no questions with answers: there is nothing to print.")
    for page in asking:
        pdf.move_out(page, answers, Path(built))
    documents = {page.name: sheet(page) for page in asking}
    documents["key"] = key(asking, answers)
    files = []
    with press.chromium() as running:
        for name, (title, body, styles) in documents.items():
            html = write(Path(out, f"{name}.html"), f"{book.title}: {title}", body, book, styles)
            for size in sizes:
                files.append(Path(out, size, f"{name}.pdf"))
                press.print_pdf(running, html, files[-1], size, Author=pdf.author(), Subject=title)
            html.unlink()
    print(f"{len(files)} files in {out}, printed in {time.monotonic() - start:.0f} seconds.")
    return files


def sheet(page):
    """Return the title, the body and the styles of a page's worksheet."""
    for turn in page.article.select(".nn-turn"):
        turn.decompose()
    questions = sorted(page.article.select(".nn-item"), key=number)
    for entry in page.article.select('.nn-item[data-kind="numeric"] .nn-entry'):
        entry.insert_before(fragment('<div class="nn-working"></div>'))
    tasks = page.article.select(".nn-task")
    for task in tasks:
        task.select_one(".nn-room").replace_with(room())
    exercises = [
        each for each in page.article.select(".nn-exercise") if ON_PAPER.search(title(each))
    ]
    for exercise in exercises:
        exercise.append(room())
    groups = {"Questions": questions, "Write it": tasks, "On paper": exercises}
    body = "".join(
        f'<section id="{name.lower().replace(" ", "-")}"><h2>{name}</h2>'
        f"{''.join(map(str, group))}</section>"
        for name, group in groups.items()
        if group
    )
    html, style = leaf("sheet", page.title, f"<h1>{escape(page.title)}</h1>{NAME}{body}")
    return page.title, lead_nowhere(f'<div class="nn-sheet">{html}</div>'), [style]


def number(question):
    """Return the number of a question."""
    return int(NUMBER.search(question.legend.get_text())[1])


def title(exercise):
    """Return the title of an exercise."""
    return exercise.select_one(".nn-fold-title").get_text()


def room():
    """Return empty lines to write on."""
    return fragment(f'<div class="nn-room" aria-hidden="true">{"<i></i>" * LINES}</div>')


def key(asking, answers):
    """Return the title, the body and the styles of the key: each chapter begins a page."""
    sections = [pdf.section_of(answers, page) for page in asking]
    lines = [line for section in sections for line in headings(section, 2)]
    html = f'<h1 id="key">Key</h1>{contents(lines)}'
    leaves = [leaf("key", "Key", html)]
    for page, section in zip(asking, sections, strict=True):
        leaves.append(leaf(f"key-{page.name}", f"Key: {page.title}", str(section)))
    body = lead_nowhere("".join(html for html, _ in leaves))
    return "Key", f'<div class="nn-sheet">{body}</div>', [style for _, style in leaves]


def lead_nowhere(html):
    """Make words of the links to places that are not in this document."""
    soup = BeautifulSoup(html, "html.parser")
    here = {element["id"] for element in soup.find_all(id=True)}
    for link in soup.select('a[href^="#"]'):
        if link["href"][1:] not in here:
            link.unwrap()
    return str(soup)


if __name__ == "__main__":
    if not build():
        sys.exit("The book was not built, and so not printed: the lines above say why.")
    main()
