"""The still picture of a graph: each value in its box, with its gradient."""

from itertools import pairwise

import numpy as np

from nn_widgets.kit.plot.svg import text
from nn_widgets.maths.format import number

WIDE, HIGH, ACROSS, DOWN, EDGE, PORT = 72, 50, 80, 72, 6, 12  # pixels, as in picture.js
COLOUR = "#d9482f"  # of a gradient, seen on light and on dark
SIGNS = {"sigmoid": "σ", "neg": "−"}
RAISED, LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"


def written(name):
    """Write a name as the book does: W1 is W¹, and w1 is w₁."""
    letters = name.rstrip("0123456789")
    digits = RAISED if letters in tuple("WbzhV") else LOWERED
    return letters + "".join(digits[int(n)] for n in name[len(letters) :])


def picture(nodes, layout, values, gradients, label):
    """Draw a graph as SVG that needs no style sheet, in either scheme."""
    wide = layout["width"] * ACROSS + 2 * EDGE
    high = max(layer for _, layer in layout["places"]) * DOWN + HIGH + 2 * EDGE
    ways = "".join(line(layout, one) for one in layout["lines"])
    boxes = "".join(
        box(*everything)
        for everything in zip(nodes, layout["places"], values, gradients, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" '
        f'width="{wide:.0f}" height="{high:.0f}" role="img" aria-label="{label}">'
        f'<g fill="none" stroke="currentColor">{ways}</g>'
        f'<g font-size="12" font-family="sans-serif">{boxes}</g></svg>'
    )


def middle(place):
    """Return the middle of a box in pixels."""
    across, layer = place
    return EDGE + across * ACROSS, EDGE + layer * DOWN + HIGH / 2


def line(layout, one):
    """Write a way for each use, side by side."""
    (x1, y1), (x2, y2) = (middle(layout["places"][one[end]]) for end in ("from", "to"))
    passed = [middle(place) for place in one["places"]]
    ways = ""
    for n in range(one["uses"]):
        shift = (n - (one["uses"] - 1) / 2) * PORT
        stops = [(x1 + shift, y1 + HIGH / 2)]
        stops += [(x, y + half) for x, y in passed for half in (-HIGH / 2, HIGH / 2)]
        stops.append((x2 + shift, y2 - HIGH / 2))
        way = f"M{stops[0][0]:.1f},{stops[0][1]:.1f}"
        for (ox, oy), (x, y) in pairwise(stops):
            half = (oy + y) / 2
            way += f"C{ox:.1f},{half:.1f} {x:.1f},{half:.1f} {x:.1f},{y:.1f}"
        x, y = stops[-1]
        ways += f'<path d="{way}M{x - 4:.1f},{y - 7:.1f}L{x:.1f},{y:.1f}L{x + 4:.1f},{y - 7:.1f}"/>'
    return ways


def box(node, place, value, gradient):
    """Write a box: name and operation, value, gradient."""
    x, y = middle(place)
    top = y - HIGH / 2
    sign = SIGNS.get(node["sign"], node["sign"])
    name = written(node["name"]) or sign
    sign = sign if node["name"] else ""
    frame = (
        f'<rect x="{x - WIDE / 2:.1f}" y="{top:.1f}" width="{WIDE}" height="{HIGH}" rx="8" '
        'fill="none" stroke="currentColor"/>'
    )
    words = [
        text(x - WIDE / 2 + 7, top + 16, name, "start", font_weight="600"),
        text(x + WIDE / 2 - 7, top + 16, sign, "end"),
        text(x, top + 31, short(value)),
    ]
    own = f"d {short(gradient)}" if np.size(gradient) == 1 else f"d{written(node['name'])}"
    gradients = text(x, top + 45, own, fill=COLOUR, font_weight="600")
    return f'{frame}<g fill="currentColor">{"".join(words)}</g>{gradients}'


def short(array):
    """Write a number as it is, and of more of them the shape."""
    array = np.asarray(array)
    return number(array.item()) if array.size == 1 else " × ".join(map(str, array.shape))
