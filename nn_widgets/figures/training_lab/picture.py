"""The training lab on paper: regions, birds and loss curve as SVG, and the same in words."""

from html import escape
from itertools import pairwise

import contourpy
import numpy as np

import nn_core
from nn_widgets.figures.training_lab import training as lab
from nn_widgets.kit.plot.svg import text, upwards
from nn_widgets.maths.format import counted, number

SIDE, LEFT, TOP, FOOT = 240, 50, 10, 44  # of each picture, in pixels
GRID = 81
COLOURS = [
    f"var(--nn-class-{k}, {colour})" for k, colour in enumerate(("#b05500", "#8339a8", "#00756b"))
]
SIGNS = ("discs", "triangles", "squares")


def described(title, choice, run, updates):
    """Say what was trained, how far, and what came of it."""
    right = right_answers(run.layers, choice["activation"])
    learned = f"{right[run.learn].sum()} of {run.learn.sum()} birds are right"
    first, last = (number(loss) for _, loss in (run.losses[0], run.losses[-1]))
    kept = ""
    if choice["hold_out"]:
        held = ~run.learn
        kept = f" Of the {held.sum()} birds held out, {right[held].sum()} are right."
    names = ", ".join(
        f"{sign} {name}" for sign, name in zip(SIGNS, nn_core.load_penguins().species, strict=True)
    )
    alpha = f"with α = {number(choice['alpha'])}"
    taken = counted(updates, f"update {alpha} takes", f"updates {alpha} take")
    return (
        f"{escape(title)}: {taken} the loss from {first} to {last}; {learned}.{kept} "
        f"Signs: {names}; a ring marks a bird that is taken for another species."
    )


def right_answers(layers, activation):
    """Return for each bird whether its most probable species is its own."""
    x, y = lab.birds()
    p = nn_core.feedforward(layers, x, activation).p
    return p.argmax(axis=0) == y.argmax(axis=0)


def pictures(choice, run, label):
    """Draw both pictures side by side; they need no style sheet and wrap on a narrow page."""
    return f"<div>{regions(choice, run, label)} {curve(run.losses)}</div>"


def frame(content, label):
    """Put a picture into an SVG of the common size, with its frame."""
    width, height = LEFT + SIDE + 12, TOP + SIDE + FOOT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{label}">{content}'
        f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" '
        'stroke="currentColor"/></svg>'
    )


def regions(choice, run, label):
    """Draw the regions with their borders, and every bird."""
    penguins = nn_core.load_penguins()
    spans = [domain(row) for row in penguins.x]
    x = lambda mm: LEFT + SIDE * (mm - spans[0][0]) / (spans[0][1] - spans[0][0])  # noqa: E731
    y = lambda mm: TOP + SIDE * (spans[1][1] - mm) / (spans[1][1] - spans[1][0])  # noqa: E731
    axes = [np.linspace(*span, GRID) for span in spans]
    areas = "".join(
        f'<path d="{outline}" fill="{colour}" fill-opacity=".16" fill-rule="evenodd" '
        'stroke="currentColor" stroke-opacity=".6"/>'
        for outline, colour in zip(outlines(choice, run, axes, x, y), COLOURS, strict=True)
    )
    places = np.column_stack([x(penguins.x[0]), y(penguins.x[1])])
    kinds = penguins.y.argmax(axis=0)
    signs = "".join(drawn(places[kinds == k], k) for k in range(3))
    wrong = places[~right_answers(run.layers, choice["activation"])]
    rings = "".join(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="6"/>' for px, py in wrong)
    names = axis_text(spans, ("bill length (mm)", "bill depth (mm)"))
    return frame(
        f'{areas}{signs}<g fill="none" stroke="currentColor" stroke-width="1.5">{rings}</g>{names}',
        label,
    )


def outlines(choice, run, axes, x, y):
    """Return, for each species, the outline of where it is the most probable."""
    inputs = np.array([axis.ravel() for axis in np.meshgrid(*axes)])
    measured = nn_core.load_penguins().x
    centre, spread = measured.mean(axis=1, keepdims=True), measured.std(axis=1, keepdims=True)
    trace = nn_core.feedforward(run.layers, (inputs - centre) / spread, choice["activation"])
    scores = trace.z[-1].reshape(3, GRID, GRID)
    for k in range(3):
        lead = scores[k] - np.delete(scores, k, axis=0).max(axis=0)
        found = contourpy.contour_generator(x(axes[0]), y(axes[1]), lead, fill_type="OuterOffset")
        yield "".join(
            path(points[start:end]) + "z"
            for points, ends in zip(*found.filled(0, np.inf), strict=True)
            for start, end in pairwise(ends)
        )


def domain(row):
    """Return what a picture shows of a measurement: all birds and some room."""
    room = 0.05 * (row.max() - row.min())
    return row.min() - room, row.max() + room


def drawn(places, kind):
    """Draw the signs of one species as one path: discs, triangles or squares."""
    colour = COLOURS[kind]
    if kind == 1:
        shapes = "".join(f"M{px:.1f},{py - 3.5:.1f}l3.2,5.6h-6.4z" for px, py in places)
        return f'<path d="{shapes}" fill="{colour}"/>'
    cap = ("round", "", "square")[kind]
    dots = "".join(f"M{px:.1f},{py:.1f}h0" for px, py in places)
    return f'<path d="{dots}" stroke="{colour}" stroke-width="5" stroke-linecap="{cap}"/>'


def curve(losses):
    """Draw the loss over the updates."""
    updates, values = np.array(losses).T
    top = max(values.max(), 1e-9)
    across, up = [0, updates[-1] or 1], [0, top]
    line = path(
        np.column_stack([LEFT + SIDE * updates / across[1], TOP + SIDE * (1 - values / top)])
    )
    label = f"The loss on the way from {number(values[0])} to {number(values[-1])}."
    names = axis_text([across, up], ("updates", "loss L"))
    stroke = 'fill="none" stroke="var(--nn-L, #12376b)" stroke-width="2"'
    return frame(f'<path d="{line}" {stroke}/>{names}', label)


def path(points):
    """Write a line through points as an SVG path."""
    return "M" + "L".join(f"{px:.1f},{py:.1f}" for px, py in points)


def axis_text(spans, names):
    """Write the ends of both axes, and their names."""
    foot = TOP + SIDE
    (left, right), (bottom, top) = [[tick(v) for v in span] for span in spans]
    texts = [
        text(LEFT, foot + 16, left, "start"),
        text(LEFT + SIDE, foot + 16, right, "end"),
        text(LEFT + SIDE / 2, foot + 34, names[0]),
        text(LEFT - 6, foot, bottom, "end"),
        text(LEFT - 6, TOP + 11, top, "end"),
        upwards(14, TOP + SIDE / 2, names[1]),
    ]
    style = 'fill="currentColor" font-size="12" font-family="sans-serif"'
    return f"<g {style}>{''.join(texts)}</g>"


def tick(value):
    """Write the number at the end of an axis, shortly."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
