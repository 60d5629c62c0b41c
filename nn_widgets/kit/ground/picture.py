"""The ground on paper: contour lines and a way over them, as SVG that needs no style sheet."""

import zlib

import contourpy
import numpy as np

from nn_widgets.kit.plot.svg import text, upwards
from nn_widgets.maths.format import number

SIDE, LEFT, TOP = 320, 56, 12  # in pixels
LINES = 12


def picture(here, places, label):
    """Draw contour lines, axes and walk as SVG that needs no style sheet, in either scheme."""
    (left, right), (bottom, top) = here.domain
    x = lambda w: LEFT + SIDE * (w - left) / (right - left)  # noqa: E731
    y = lambda w: TOP + SIDE * (top - w) / (top - bottom)  # noqa: E731
    trail = path(np.column_stack([x(places[:, 0]), y(places[:, 1])]))
    dots = "".join(dot(x(w1), y(w2), 2.5) for w1, w2 in places)
    end = dot(x(places[-1][0]), y(places[-1][1]), 6)
    width, height = LEFT + SIDE + 12, TOP + SIDE + 48
    name = f"nn-still-{zlib.crc32(label.encode()):08x}"
    clip = f'clip-path="url(#{name})"'
    begin = dot(x(places[0][0]), y(places[0][1]), 9)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{label}">'
        f'<clipPath id="{name}">{frame()}</clipPath>'
        f'<g fill="none" stroke="currentColor">{frame()}'
        f'<g stroke-opacity=".45" {clip}>{contours(here, x, y)}</g></g>'
        f'<g fill="currentColor" font-size="13" font-family="sans-serif">{ticks(here, x, y)}</g>'
        f'<g {clip} fill="#2b6fe0" stroke="#2b6fe0">'
        f'<path d="{trail}" fill="none" stroke-width="2"/>{dots}{end}</g>'
        f'<g fill="none" stroke="currentColor" stroke-width="2">{begin}</g></svg>'
    )


def contours(here, x, y):
    """Draw lines of equal loss, closer in height near the bottom, as the moving figure does."""
    axes = [np.linspace(*span, 45) for span in here.domain]
    heights = np.array([[here.loss((w1, w2)) for w1 in axes[0]] for w2 in axes[1]])
    low, high = heights.min(), heights.max()
    found = contourpy.contour_generator(x(axes[0]), y(axes[1]), heights)
    levels = low + (high - low) * ((np.arange(LINES) + 0.5) / LINES) ** 2
    lines = [line for level in levels for line in found.lines(level)]
    return f'<path d="{"".join(path(line) for line in lines)}"/>'


def path(points):
    """Write a line through points as an SVG path."""
    kept = np.clip(points, -1e4, 1e4)
    return "M" + "L".join(f"{px:.1f},{py:.1f}" for px, py in kept)


def dot(x, y, radius):
    """Write a disc; a place that has run away stays writable."""
    return (
        f'<circle cx="{np.clip(x, -1e4, 1e4):.1f}" cy="{np.clip(y, -1e4, 1e4):.1f}" r="{radius}"/>'
    )


def frame():
    """Write the square that the map fills."""
    return f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>'


def ticks(here, x, y):
    """Write the ends and the middle of both axes, and their names."""
    (left, right), (bottom, top) = here.domain
    foot = TOP + SIDE
    across = [text(x(w), foot + 17, number(w)) for w in (left, (left + right) / 2, right)]
    up = [text(LEFT - 6, y(w) + 4, number(w), "end") for w in (bottom, (bottom + top) / 2, top)]
    names = [
        text(LEFT + SIDE / 2, foot + 37, here.names[0]),
        side_name(here.names[1]),
    ]
    return "".join(across + up + names)


def side_name(name):
    """Write the name of the axis upwards; a long one along the axis."""
    if len(name) <= 4:
        return text(14, TOP + SIDE / 4, name)
    return upwards(14, TOP + SIDE / 2, name)
