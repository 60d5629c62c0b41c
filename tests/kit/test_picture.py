"""A Matplotlib figure becomes an SVG of the page: same bytes, both schemes, a name."""

import re
from xml.etree import ElementTree

import nbformat
import pytest
from matplotlib import pyplot as plt
from sources import ROOT

from nn_widgets.kit.plot.picture import COLOURS, compact, drop_inherited, show


def draw(colour="C0", label="x"):
    fig, ax = plt.subplots()
    ax.plot([0, 1, 2], [3, 1, 2], "o", color=colour)
    ax.plot([0, 2], [1, 3], "k*")
    ax.set_xlabel(label)
    return fig


BOOK = ROOT / "book"


def svg_of(picture):
    return ElementTree.fromstring(picture.html).find("{http://www.w3.org/2000/svg}svg")


def test_the_same_figure_gives_the_same_bytes():
    assert show(draw(), "a plot").html == show(draw(), "a plot").html


def test_ids_of_two_figures_never_meet():
    one, two = (
        set(re.findall(r' id="([^"]+)"', show(draw(c), "a plot").html)) for c in ("C0", "C1")
    )
    assert one
    assert not one & two


def test_every_reference_finds_its_id():
    fig = draw()
    fig.axes[0].imshow([[0, 1], [2, 3]])
    fig.axes[0].fill_between([0, 1], [0, 1], hatch="/")
    html = show(fig, "a plot").html
    ids = re.findall(r' id="([^"]+)"', html)
    wanted = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', html))
    assert {a or b for a, b in wanted} == set(ids)
    assert len(ids) == len(set(ids))


def test_a_reader_who_cannot_see_it_gets_its_name():
    svg = svg_of(show(draw(), 'Two lines & "a star" <here>'))
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == svg[0].text == 'Two lines & "a star" <here>'


def test_a_figure_without_a_name_is_refused():
    with pytest.raises(ValueError, match="alt must say"):
        show(draw(), "  ")


@pytest.mark.parametrize("name", ["x", "dW", "class-1", "text", "line"])
def test_a_symbols_colour_becomes_its_variable(name):
    html = show(draw(COLOURS[name]), "a plot").html
    assert f"var(--nn-{name}, " in html


def test_no_colour_is_left_that_knows_only_one_scheme():
    html = show(draw("C1"), "a plot").html
    assert not re.findall(r"(?<!, )#[0-9a-f]{6}\b", html)


def test_the_width_follows_the_page_and_the_text_is_text():
    svg = svg_of(show(draw(label="bill length"), "a plot"))
    assert "max-width: 100%" in svg.get("style")
    assert svg.get("width") is None
    # The width is in em of the page's text: a size of text of the picture's own would change it.
    assert "em" in svg.get("style")
    assert "font-size" not in svg.get("style")
    assert svg.get("viewBox")
    assert "bill length" in "".join(svg.itertext())


def test_the_figure_is_closed():
    fig = draw()
    show(fig, "a plot")
    assert not plt.fignum_exists(fig.number)


def test_a_style_that_the_parent_passes_on_is_not_said_again():
    svg = ElementTree.fromstring(
        '<svg><g style="fill: red; opacity: 0.5"><path style="fill: red; stroke: blue"/>'
        '<path style="fill: red; opacity: 0.5"/>'
        '<g style="fill: green"><path style="fill: red"/></g></g></svg>'
    )
    drop_inherited(svg, {"fill": "red", "stroke": "blue"})
    styles = [element.get("style") for element in svg.iter()]
    assert styles == [None, "opacity: 0.5", None, "opacity: 0.5", "fill: green", "fill: red"]


def test_what_is_drawn_elsewhere_keeps_its_whole_style():
    svg = ElementTree.fromstring(
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><path style="fill: red"/></defs></svg>'
    )
    drop_inherited(svg, {"fill": "red"})
    assert svg[0][0].get("style") == "fill: red"


def test_a_path_is_written_short_and_keeps_its_places():
    assert compact("M 311.142 256.98  L 311.141 256.98  M 1.04 -2.5  z") == "M311.1 257l0 0M1 -2.5z"
    assert compact("M 10.0 0.04  L 10.0 5.0  Q 11 5 12.5 4") == "M10 0l0 5q1 0 2.5 -1"
    assert compact("M 1 1 L 2 2 C 2 3 3 3 4 2 z L 2 1") == "M1 1l1 1c0 1 1 1 2 0zl1 0"


def test_rounding_errors_of_a_path_do_not_add_up():
    path = compact("M 0 0 " + " ".join(f"L {0.14 * n:.2f} 0" for n in range(1, 1001)))
    steps = [float(step.split()[0]) for step in path.split("l")[1:]]
    assert sum(steps) == pytest.approx(140)


@pytest.mark.parametrize("path", sorted(BOOK.glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_cell_that_makes_a_picture_shows_it(path):
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    makers = [
        c for c in cells if "remove-input" in c.metadata.get("tags", ()) or "show(" in c.source
    ]
    shows = [any("text/html" in o.get("data", {}) for o in c.outputs) for c in makers]
    assert [c.id for c, shown in zip(makers, shows, strict=True) if not shown] == []
