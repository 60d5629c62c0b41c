"""Matplotlib figures that belong to the page: its colours in both schemes, its text, its width.

Importing this module sets Matplotlib's style. Draw with the colours of `COLOURS` (or "C0", "C1",
"C2" for the three species, "k" for text); `show` turns each of them into a CSS variable.

>>> fig, ax = plt.subplots()
>>> ax.plot(loss_so_far, color=COLOURS["L"])
>>> show(fig, "The loss falls from 1.2 to 0.07 in 2,000 steps.")
"""

import hashlib
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib import pyplot as plt

__all__ = ["COLOURS", "Picture", "show"]

CSS = Path(__file__).parents[1] / "colours.css"
LIGHT = CSS.read_text(encoding="utf-8").split("}", 1)[0]

# Symbol to the colour of the light scheme: "dW" to "#c4270f".
COLOURS = dict(re.findall(r"--nn-([\w-]+): (#[0-9a-f]{6})", LIGHT))

# JupyterLab has no --nn-text unless a figure of the book is there; it has its own.
INK = f"var(--nn-text, var(--jp-content-font-color1, {COLOURS['text']}))"
VARIABLES = {hexcode: f"var(--nn-{name}, {hexcode})" for name, hexcode in reversed(COLOURS.items())}
VARIABLES |= {COLOURS["text"]: INK, "#000000": INK, "#ffffff": "var(--nn-page, #ffffff)"}
VARIABLES |= {"#808080": f"var(--nn-muted, {COLOURS['muted']})"}

CYCLE = ["class-0", "class-1", "class-2", "W", "dW", "h", "p", "dh"]
STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "the backward pass",
    "font.size": 12,
    "axes.titlesize": 13,
    "axes.prop_cycle": mpl.cycler(color=[COLOURS[name] for name in CYCLE]),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "axes.edgecolor": COLOURS["muted"],
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "figure.figsize": (6.4, 3.8),
    "figure.constrained_layout.use": True,
    "savefig.facecolor": "none",
    "text.color": COLOURS["text"],
    "axes.labelcolor": COLOURS["text"],
    "xtick.color": COLOURS["muted"],
    "ytick.color": COLOURS["muted"],
    "xtick.labelcolor": COLOURS["text"],
    "ytick.labelcolor": COLOURS["text"],
    "grid.color": COLOURS["line"],
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
}
mpl.rcParams.update(STYLE)

SVG = "http://www.w3.org/2000/svg"
USE, DEFS = f"{{{SVG}}}use", f"{{{SVG}}}defs"
XLINK = "{http://www.w3.org/1999/xlink}href"
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK[1:-5])
DECIMAL = re.compile(r"\d+\.\d+")
FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


# Black fill is SVG's default, which Matplotlib leaves unsaid; the corners are Matplotlib's.
INHERITED = {"fill": INK, "stroke-linejoin": "round", "font-family": FONTS}
NOT_INHERITED = {"opacity", "clip-path"}
ROOT_STYLE = {"max-width": "100%", "height": "auto", **INHERITED}


class Picture:
    """A figure as inline SVG; what a cell displays when its last line is `show(fig, alt)`."""

    def __init__(self, html, alt):
        self.html = html
        self.alt = alt

    def __repr__(self):
        """Say what the figure shows, where only text can be shown."""
        return self.alt

    def _repr_html_(self):
        return self.html


def show(fig, alt):
    """Close `fig` and return it as a picture of the page.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        The same figure gives the same bytes on every run.
    alt : str
        What a reader who cannot see the figure needs to know, in a sentence or two.

    Returns
    -------
    picture : Picture

    Raises
    ------
    ValueError
        If `alt` is empty.
    """
    if not alt.strip():
        raise ValueError("alt must say what the figure shows, got an empty text")
    file = io.BytesIO()
    fig.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(fig)
    svg = ElementTree.fromstring(file.getvalue())
    return Picture(f'<div class="nn-picture">{page_svg(svg, alt)}</div>', alt)


def page_svg(svg, alt):
    """Make an SVG of Matplotlib fit the page: name, colours, width, ids."""
    style = svg.find(f"{{{SVG}}}defs/{{{SVG}}}style/..")
    for unused in [*svg.findall(f"{{{SVG}}}metadata"), style]:
        svg.remove(unused)
    title = ElementTree.Element(f"{{{SVG}}}title")
    title.text = alt
    svg.insert(0, title)
    size = width(svg)
    del svg.attrib["width"], svg.attrib["height"]
    keep_needed_ids(svg)
    for element in svg.iter():
        share_style(element)
        for name, value in element.attrib.items():
            element.set(name, adapt(name, value))
    drop_inherited(svg, INHERITED)
    svg.attrib |= {"role": "img", "aria-label": alt, "style": written(ROOT_STYLE | {"width": size})}
    return re.sub(r"\s*\n\s*", " ", ElementTree.tostring(svg, encoding="unicode"))


def width(svg):
    """Return the width of the drawing in em of 16 pixels: it grows with the reader's text."""
    points = float(svg.get("width").removesuffix("pt"))
    return f"{points * 96 / 72 / 16:.4g}em"


def keep_needed_ids(svg):
    """Keep the ids that something refers to, under names of this figure's own."""
    content = ElementTree.tostring(svg)
    prefix = "nn-" + hashlib.sha256(content).hexdigest()[:8] + "-"
    needed = set(re.findall(r'(?:url\(#|href="#)([\w-]+)', content.decode()))
    for element in svg.iter():
        name = element.attrib.pop("id", None)
        if name in needed:
            element.set("id", prefix + name)
        for attribute, value in element.attrib.items():
            value = re.sub(r"url\(#", f"url(#{prefix}", value)
            if attribute in {XLINK, "href"}:
                value = value.replace("#", "#" + prefix, 1)
            element.set(attribute, value)


def share_style(group):
    """Give a style that all children have to their group: 342 markers say it once."""
    styles = {child.get("style") for child in group}
    if len(group) > 1 and len(styles) == 1 and all(child.tag == USE for child in group):
        group.set("style", styles.pop() or "")
        for child in group:
            child.attrib.pop("style", None)


def drop_inherited(element, inherited):
    """Leave out of every style what the element has from its parent anyway."""
    for child in element:
        if child.tag == DEFS:
            continue  # what stands there inherits from where it is used
        own = declarations(child)
        own = {name: value for name, value in own.items() if inherited.get(name) != value}
        child.attrib.pop("style", None)
        if own:
            child.set("style", written(own))
        passed_on = {name: value for name, value in own.items() if name not in NOT_INHERITED}
        drop_inherited(child, inherited | passed_on)


def declarations(element):
    """Read the style of an element: property to value."""
    parts = [part.split(":", 1) for part in element.get("style", "").split(";") if part.strip()]
    return {name.strip(): value.strip() for name, value in parts}


def written(style):
    """Write declarations as the value of a style attribute."""
    return "; ".join(f"{name}: {value}" for name, value in style.items())


def compact(path):
    """Write a path in tenths of a point, each part relative to where the last one ended."""
    parts, start, here = [], (0, 0), (0, 0)
    for command, numbers in re.findall(r"([MLCQZz])([^MLCQZz]*)", path):
        places = [round(10 * float(number)) for number in numbers.split()]
        points = list(zip(places[::2], places[1::2], strict=True))
        if command == "M":
            start, origin = points[0], (0, 0)
        else:
            command, origin = command.lower(), here
        steps = [f"{(x - origin[0]) / 10:g} {(y - origin[1]) / 10:g}" for x, y in points]
        parts.append(command + " ".join(steps))
        here = points[-1] if points else start
    return "".join(parts)


def tenths(number):
    """Write a number that was found in a text in tenths."""
    return f"{float(number[0]):.1f}".removesuffix(".0")


def adapt(name, value):
    """Round positions to tenths of a point; put the page's colours and fonts in styles."""
    if name == "d":
        return compact(value)
    if name in {"x", "y", "points"} or value.startswith(("translate", "rotate")):
        return re.sub(DECIMAL, tenths, value)
    if name != "style":
        return value
    value = re.sub(r"#[0-9a-f]{6}\b", lambda found: VARIABLES.get(found[0], found[0]), value)
    return re.sub(r"'DejaVu Sans'(, [^;]*)?", FONTS, value)
