"""The book's mark as pictures for a home screen, from `static/favicon.svg`, which says it once."""

from pathlib import Path
from xml.etree import ElementTree

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline

MARK = Path(__file__).with_name("static") / "favicon.svg"
SVG = "{http://www.w3.org/2000/svg}"
POINTS = 72  # to the inch
STEPS = {"moveTo": Outline.MOVETO, "lineTo": Outline.LINETO}

# Name, side in pixels, what the picture is for. A system cuts its own shape out of one that may be
# masked; what matters stays within a circle of 4/5 of the side, as the mark does.
ICONS = (
    ("icon-192.png", 192, "any"),
    ("icon-512.png", 512, "any"),
    ("icon-maskable-512.png", 512, "maskable"),
    ("apple-touch-icon.png", 180, "maskable"),
)


def write(folder):
    """Write every picture into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, side, purpose in ICONS:
        draw(folder / name, side, fills=purpose == "maskable")


def draw(path, side, fills):
    """Draw the mark `side` pixels wide; one that `fills` its square has no round corners."""
    mark = ElementTree.parse(MARK).getroot()
    _, _, width, height = map(float, mark.get("viewBox").split())
    figure = Figure(figsize=(1, 1), dpi=side)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    points = POINTS / width  # in the length of 1 of the mark
    ground, *lines = mark
    radius = 0 if fills else float(ground.get("rx"))
    axes.add_patch(square(width, height, radius, ground.get("fill"), points))
    for line in lines:
        thickness = float(line.get("stroke-width")) * points
        axes.add_patch(PathPatch(outline(line.get("d")), fill=False, ec=line.get("stroke"),
                                 lw=thickness, capstyle="round", joinstyle="round"))  # fmt: skip
    figure.savefig(path, facecolor="none", metadata={"Software": None})


def square(width, height, radius, colour, points):
    """Return the ground of the mark: a line so thick that its joins are the round corners."""
    inner = (width - 2 * radius, height - 2 * radius)
    thickness = 2 * radius * points
    return Rectangle(
        (radius, radius), *inner, fc=colour, ec=colour, lw=thickness, joinstyle="round"
    )


def outline(commands):
    """Return the straight lines of a path of SVG."""
    pen = RecordingPen()
    parse_path(commands, pen)
    steps = [(STEPS[step], point[0]) for step, point in pen.value if step in STEPS]
    codes, points = zip(*steps, strict=True)
    return Outline(points, codes)


def colour():
    """Return the colour of the mark's ground."""
    return ElementTree.parse(MARK).getroot()[0].get("fill")
