"""Show me: the words in a chapter that set a figure, and the state that each of them asks for."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qsl

import nbformat
import pytest

import nn_widgets
from nn_widgets.figures import STEMS, class_name

BOOK = Path(nn_widgets.__file__).parents[1] / "book"
LINK = re.compile(r"\]\(#(nn=[^)\s]+)\)")


def linked(path):
    """Every address of a state in a chapter's prose."""
    cells = nbformat.read(path, as_version=4).cells
    return [a for cell in cells if cell.cell_type == "markdown" for a in LINK.findall(cell.source)]


LINKS = [
    (path.stem, address) for path in sorted(BOOK.glob("[0-9]*.ipynb")) for address in linked(path)
]


@pytest.mark.parametrize(("chapter", "address"), LINKS)
def test_the_figure_that_the_words_name_stands_on_the_page_and_takes_the_state(chapter, address):
    pairs = dict(parse_qsl(address))
    module = re.sub(r"-\d+$", "", pairs.pop("nn"))
    assert module in STEMS
    kind = getattr(nn_widgets, class_name(module))
    source = (BOOK / f"{chapter}.ipynb").read_text(encoding="utf-8")
    assert f"{kind.__name__}(" in source
    asked = {name: json.loads(text) for name, text in pairs.items()}
    figure = kind(**asked)
    assert {name: getattr(figure, name) for name in asked} == asked


@pytest.mark.parametrize(
    "chapter",
    [
        "04-gradient-descent",
        "05-cross-entropy",
        "06-softmax-derivative",
        "10-automatic-differentiation",
    ],
)
def test_at_least_two_sentences_of_the_chapter_set_its_figure(chapter):
    assert sum(name == chapter for name, _ in LINKS) >= 2
