"""The penguin network with its numbers, as SVG that needs no style sheet.

As in the moving figure, a line's width grows with its weight, and a negative one is dashed. Numbers
of edges stand upright, where there is the most room between them.
"""

from html import escape

import numpy as np

from nn_widgets.kit.plot.picture import COLOURS
from nn_widgets.kit.plot.svg import text
from nn_widgets.maths.format import number

WIDTH, SIDE, ROW, RADIUS = 460, 36, 74, 21  # in pixels; SIDE from the edge to the first neurons
TOP, FOOT = 26, 8
SUPERSCRIPTS = "⁰¹²³"


def picture(layers, trace, names, label):
    """Draw every neuron and every edge with its number.

    Parameters
    ----------
    layers : list of Layer
    trace : Trace
        Of one example.
    names : tuple of two lists of str
        What the inputs and the outputs are called.
    label : str
        What the picture shows, for those who do not see it.

    Returns
    -------
    svg : str
    """
    columns = [h[:, 0] for h in (*trace.h, trace.p)]
    places = places_of([len(column) for column in columns])
    last = len(layers)
    edges = [
        edge(start, end, W[j, k], share(*W.shape[::-1]))
        for (W, _), before, after in zip(layers, places, places[1:], strict=False)
        for j, end in enumerate(after)
        for k, start in enumerate(before)
    ]
    heads = ["x", *(f"h{SUPERSCRIPTS[n]}" for n in range(1, last)), "p"]
    words = [names[0], *([""] * len(column) for column in columns[1:-1]), names[1]]
    notes = [[""] * len(columns[0]), *([f"z {number(v)}" for v in z[:, 0]] for z in trace.z)]
    neurons = [layer(*each) for each in zip(places, heads, columns, words, notes, strict=True)]
    height = TOP + FOOT + ROW * max(map(len, columns))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{escape(label)}">'
        '<g font-family="sans-serif" font-size="13" text-anchor="middle" stroke-linejoin="round">'
        f"{''.join([*edges, *neurons])}</g></svg>"
    )


def places_of(sizes):
    """Return the places of the neurons, a list for each layer."""
    high = ROW * max(sizes)
    across = np.linspace(SIDE, WIDTH - SIDE, len(sizes))
    return [
        [(float(x), TOP + high * (row + 0.5) / size) for row in range(size)]
        for x, size in zip(across, sizes, strict=True)
    ]


def share(before, after):
    """Return where on edges between so many neurons numbers stand one below the other, evenly."""
    return 1 / (before + 1) if before < after else after / (after + 1)


def edge(start, end, weight, at):
    """Draw an edge, and its weight at a share of its length."""
    (x1, y1), (x2, y2) = start, end
    width = 1 + 6 * np.tanh(abs(weight) / 2)
    dashes = ' stroke-dasharray="6 4"' if weight < 0 else ""
    x, y = x1 + at * (x2 - x1), y1 + at * (y2 - y1)
    return (
        f'<path d="M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}" style="stroke: {colour("W")}" '
        f'stroke-width="{width:.1f}" stroke-opacity=".45"{dashes}/>'
        f"{word(x, y + 4.5, number(weight), 'W')}"
    )


def layer(places, head, *numbers):
    """Draw a column of neurons under its name."""
    neurons = [neuron(*each, head[0]) for each in zip(places, *numbers, strict=True)]
    return word(places[0][0], 14, head, "muted") + "".join(neurons)


def neuron(place, value, name, note, role):
    """Draw a neuron with its value, its name above it and its z below it."""
    x, y = place
    disc = f'style="fill: {colour("surface")}; stroke: {colour(role)}" stroke-width="2"'
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" {disc}/>'
        f"{word(x, y + 4.5, number(value), role)}{word(x, y - RADIUS - 5, name, 'muted')}"
        f"{word(x, y + RADIUS + 13, note, 'z')}"
    )


def word(x, y, content, role):
    """Write a word or a number with a halo that keeps edges off it."""
    halo = f"stroke: {colour('surface')}; stroke-width: 4px; paint-order: stroke"
    return text(x, y, content, style=f"fill: {colour(role)}; {halo}") if content else ""


def colour(name):
    """Return the page's colour, or the light scheme's where there is no page."""
    return f"var(--nn-{name}, {COLOURS[name]})"
