"""A small book printed as PDF, and its worksheets, read back."""

import os
import re
import subprocess
import sys

import paper_book
import pytest
from pypdf import PdfReader
from shared import shared
from sources import ROOT

PRINT = """
import sys; from pathlib import Path
sys.path.insert(0, "tools")
import pdf, worksheets
built, out = Path(sys.argv[1]), Path(sys.argv[2])
pdf.main(built, out, ("a4", "letter")); worksheets.main(built, out / "sheets", ("a4",))
"""
HEADINGS = [
    "Contents", "About this book", "This copy", "I. The beginning", "What comes first?",
    "Sections of walnut", "Questions of the first", "What comes second?", "Sections of cedar",
    "Appendices", "Answers", "What comes first?", "What comes second?",
]  # fmt: skip
POINTS = {"a4": (595, 842), "letter": (612, 792)}


def print_book(folder):
    """Print the small book in a process of its own: a second Playwright cannot run in this one."""
    command = [sys.executable, "-c", PRINT, paper_book.build(folder), folder / "out"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return shared(tmp_path_factory, "paper", print_book) / "out"


@pytest.fixture(scope="module")
def reader(out):
    return PdfReader(out / "the-backward-pass-a4.pdf")


@pytest.fixture(scope="module")
def texts(reader):
    """The words of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def outline(reader, entries=None, level=1):
    """Yield level, title and page of each bookmark."""
    for entry in reader.outline if entries is None else entries:
        if isinstance(entry, list):
            yield from outline(reader, entry, level + 1)
        else:
            yield level, entry.title, reader.get_destination_page_number(entry) + 1


def first_page_with(texts, words, after=2):
    """Number of the first page, behind the cover and the contents, that has these words."""
    return next(n for n, text in enumerate(texts, 1) if n > after and words in text)


def test_the_bookmarks_are_the_headings_in_their_order(reader):
    titles = [title for level, title, _ in outline(reader) if level <= 3]
    assert titles == HEADINGS
    levels = {title: level for level, title, _ in outline(reader)}
    assert levels["I. The beginning"] == 1
    assert levels["Answers"] == 2
    assert levels["Sections of cedar"] == 3


def test_a_bookmark_leads_to_the_page_that_has_its_words(reader, texts):
    for _, title, page in outline(reader):
        assert " ".join(title.split()) in texts[page - 1], title


def test_the_contents_say_the_pages_on_which_the_headings_stand(texts):
    contents = texts[1]
    assert "Contents About this book" in contents
    for title in ("What comes first?", "Sections of walnut", "What comes second?", "Answers"):
        said = int(re.search(rf"{re.escape(title)} (\d+)", contents)[1])
        assert said == first_page_with(texts, title, after=3), title


def test_every_page_but_the_cover_has_its_number_and_no_page_is_empty(texts):
    assert "Of two chapters" in texts[0]
    for number, text in enumerate(texts[1:], 2):
        assert re.search(rf"(^|\s){number}(\s|$)", text), text
        assert len(text) > 40


def test_every_link_inside_leads_somewhere(out, reader):
    links = [
        note.get_object()
        for page in reader.pages
        for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]
    inside = [link["/Dest"] for link in links if "/Dest" in link]
    assert len(inside) > 20
    assert {str(name) for name in inside} <= set(reader.named_destinations)
    # Chromium leaves out a link whose place there is none.
    html = (out / "book.html").read_text(encoding="utf-8")
    ids = set(re.findall(r' id="([^"]+)"', html))
    assert set(re.findall(r' href="#([^"]+)"', html)) <= ids
    outside = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]
    assert not [address for address in outside if address.startswith("file:")]


def test_a_link_to_another_chapter_and_to_a_state_lead_to_their_places(reader, texts):
    places = reader.named_destinations
    page = reader.get_destination_page_number(places["/first--sections-of-walnut"]) + 1
    assert page == first_page_with(texts, "Sections of walnut", after=3)
    figure = reader.get_destination_page_number(places["/first--nn-loss_slices"]) + 1
    assert "Figure 1 follows." in texts[figure - 1] + texts[figure - 2]


def test_no_figure_is_torn(texts):
    """Its caption, above, and its last words, below, stand on the same page."""
    caption, last = "Loss slices: the ground", "not more than the average of the two ends"
    with_caption = [n for n, text in enumerate(texts) for _ in range(text.count(caption))]
    with_last = [n for n, text in enumerate(texts) for _ in range(text.count(last))]
    assert len(with_caption) == paper_book.FIGURES
    assert with_caption == with_last


def test_formulas_are_letters_of_their_own_font_and_nothing_is_an_image(reader, texts):
    page = reader.pages[first_page_with(texts, "A formula with a number", after=3) - 1]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert any("KaTeX_Math" in str(font.get("/BaseFont")) for font in fonts)
    assert not any(page.images for page in reader.pages)
    assert "(1)" in page.extract_text()


def alternatives(reader, node=None):
    """Yield what the tags say instead of each picture."""
    node = reader.trailer["/Root"]["/StructTreeRoot"] if node is None else node
    node = node.get_object()  # a number is one, too: 0 is the first piece of a page
    for each in node if isinstance(node, list) else [node]:
        tag = each.get_object()
        if isinstance(tag, dict):
            yield from [str(tag["/Alt"])] if "/Alt" in tag else []
            yield from alternatives(reader, tag["/K"]) if "/K" in tag else []


def test_who_hears_the_document_hears_figures_and_formulas(reader):
    said = list(alternatives(reader))
    assert sum(text.startswith("Loss 0.068 at the network") for text in said) == 4
    assert said.count("z = W h + b") == 1
    assert "h" in said


def test_answers_and_solutions_stand_at_the_end_and_the_questions_say_where(reader, texts):
    start = next(page for level, title, page in outline(reader) if title == "Answers")
    for words in ("An infinite price is for the sure", "as every opened walnut shows"):
        assert [n for n, text in enumerate(texts, 1) if words in text] >= [start]
    question = next(text for text in texts if "What is the cross-entropy?" in text)
    page = int(re.search(r"What is the cross-entropy\?.*?Answer: page (\d+)", question)[1])
    assert "An infinite price is for the sure" in texts[page - 1] + texts[page]
    exercise = next(text for text in texts if "How many halves" in text)
    page = int(re.search(r"How many halves.*?Solution: page (\d+)", exercise)[1])
    assert "as every opened walnut shows" in texts[page - 1]


def test_a_fold_is_open_and_what_needs_a_browser_is_gone(texts):
    everything = " ".join(texts)
    assert "Only who unfolds it reads of hazelnuts." in everything
    for words in ("JavaScript", "Answer again", "Check", "Show the", "Nothing checks"):
        assert words not in everything, words


def test_both_papers_have_their_size_and_the_document_its_name(out, reader):
    for size, points in POINTS.items():
        pdf = PdfReader(out / f"the-backward-pass-{size}.pdf")
        assert {tuple(round(x) for x in page.mediabox[2:]) for page in pdf.pages} == {points}
    assert reader.metadata.title == "A small book"
    assert reader.metadata.author
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_worksheet_asks_and_its_key_answers(out):
    sheet, key = (
        " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)
        for path in (out / "sheets/a4/first.pdf", out / "sheets/a4/key.pdf")
    )
    for words in ("Name", "Question 1", "Question 4", "What is the cross-entropy?"):
        assert words in sheet
    for words in ("An infinite price", "Often believed", "Answer: page"):
        assert words not in sheet
    for words in ("What comes first?", "An infinite price", "Often believed"):
        assert words in key
    exercise = PdfReader(out / "sheets/a4/second.pdf").pages[0].extract_text()
    assert "How many halves" in exercise
    assert "as every opened walnut shows" not in exercise
    assert "as every opened walnut shows" in key
