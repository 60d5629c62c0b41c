"""The still picture of four machines: their sums of gradients as arrows, head to tail."""

from itertools import pairwise

import numpy as np

WIDE, HIGH, MARGIN = 360, 230, 36  # pixels
BESIDE = 15  # from the middle of an arrow to that of its name
COLOUR = "#d9482f"  # of a gradient of W, seen on light and on dark


def picture(sums, names, label):
    """Draw the arrows of `sums`, shape (4, 2), and their sum, as SVG without a style sheet."""
    corners = np.vstack([[0, 0], np.cumsum(sums, axis=0)])
    low, high = corners.min(axis=0), corners.max(axis=0)
    scale = min((WIDE - 2 * MARGIN) / (high - low)[0], (HIGH - 2 * MARGIN) / (high - low)[1])
    shift = np.array([WIDE, HIGH]) / 2 - scale * (low + high) / 2
    places = [(x, HIGH - y) for x, y in scale * corners + shift]
    steps = "".join(
        arrow(tail, head, "currentColor", 1.5) + name(tail, head, f"G{'₁₂₃₄'[k]}")
        for k, (tail, head) in enumerate(pairwise(places))
    )
    whole = arrow(places[0], places[-1], COLOUR, 3) + name(places[-1], places[0], "ΣG")
    axes = word((4, HIGH - 4), f"across {names[0]}, up {names[1]}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" '
        f'height="{HIGH}" role="img" aria-label="{label}"><g font-size="14" '
        f'font-family="sans-serif">{steps}{whole}{axes}</g></svg>'
    )


def arrow(tail, head, colour, width):
    """Write an arrow between two places."""
    (x1, y1), (x2, y2) = tail, head
    length = np.hypot(x2 - x1, y2 - y1)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    size = min(9, length)
    sides = [
        (x2 - size * (ux + sign * 0.5 * uy), y2 - size * (uy - sign * 0.5 * ux)) for sign in (1, -1)
    ]
    (ax, ay), (bx, by) = sides
    return (
        f'<path d="M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}M{ax:.1f},{ay:.1f}L{x2:.1f},{y2:.1f}'
        f'L{bx:.1f},{by:.1f}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
    )


def name(tail, head, text):
    """Write a name at the left hand of who goes from tail to head."""
    (x1, y1), (x2, y2) = tail, head
    far = BESIDE / np.hypot(x2 - x1, y2 - y1)
    place = (x1 + x2) / 2 + far * (y2 - y1), (y1 + y2) / 2 - far * (x2 - x1) + 5
    return word(place, text, "middle")


def word(place, text, anchor="start"):
    """Write a word at a place."""
    x, y = place
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="currentColor">{text}</text>'
