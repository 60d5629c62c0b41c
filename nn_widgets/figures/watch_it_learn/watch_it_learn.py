"""Watch it learn: a bird, the network's answer, and a press that trains the network."""

from html import escape

import numpy as np
import traitlets

import nn_core
from nn_widgets.kit.figure import Figure
from nn_widgets.kit.plot.picture import COLOURS
from nn_widgets.maths.format import settled
from nn_widgets.maths.penguins import as_json, birds, measurements

STEPS = 2000
LENGTHS, DEPTHS = (31, 61), (12.5, 22)  # millimetres, the edges of the plot
WIDE, HIGH = 420, 200  # the still picture, in pixels
MARKS = ["M{x} {y}h0", "M{x} {y}m0-3.5l3.2 5.6h-6.4z", "M{x} {y}m-2.6-2.6h5.2v5.2h-5.2z"]


class WatchItLearn(Figure):
    """Choose a bird, ask the network what it is, and train the network.

    Parameters
    ----------
    bird : int
        Who is asked about: its column in the data, 0 to 341.
    steps : int
        How many full steps with α = 1 the network has taken from the book's start, at most 2,000.
    """

    _module = "watch_it_learn"
    _title = "A network that names penguins"

    bird = traitlets.Int(185, min=0, max=341).tag(sync=True)
    steps = traitlets.Int(0, min=0, max=STEPS).tag(sync=True)

    def data(self):
        """Return the birds as measured, the names of the species, and the starting network."""
        species = list(nn_core.load_penguins().species)
        start = as_json(nn_core.load_example().layers)
        return {"birds": measurements(), "species": species, "network": start}

    def still(self):
        """Return the birds as they were measured, and two answers about the chosen one."""
        x, y = birds()
        layers = nn_core.load_example().layers
        *_, last = nn_core.train(layers, x, y, alpha=1, epochs=STEPS)
        answers = [nn_core.feedforward(each, x).p for each in (layers, last.layers)]
        return f"{picture(self.bird)}\n{table(self.bird, y, answers)}"


def table(bird, y, answers):
    """Write what the network says of a bird, and how many it names rightly, before and after."""
    species, truth = nn_core.load_penguins().species, y.argmax(axis=0)
    head = "".join(f'<th scope="col">{text}</th>' for text in ("", "before", "after training"))
    rows = [
        (name + ", which it is" * bool(k == truth[bird]), *(percent(p[k, bird]) for p in answers))
        for k, name in enumerate(species)
    ]
    right = (f"{np.sum(p.argmax(axis=0) == truth)} of {truth.size}" for p in answers)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(map("<td>{}</td>".format, cells))}</tr>'
        for name, *cells in [*rows, ("birds named rightly", *right)]
    )
    return (
        '<table class="nn-numbers"><caption>What the network says of the ringed bird</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def percent(share):
    """Write a probability as the live figure does."""
    return f"{settled(100 * float(share)):.1f} %"


def picture(bird):
    """Draw all birds by their bills as SVG that needs no style sheet, the chosen one ringed."""
    penguins = nn_core.load_penguins()
    label = (
        "342 birds by length and depth of the bill: three clouds that touch, one for each species."
    )
    across = WIDE * (penguins.x[0] - LENGTHS[0]) / (LENGTHS[1] - LENGTHS[0])
    up = HIGH * (1 - (penguins.x[1] - DEPTHS[0]) / (DEPTHS[1] - DEPTHS[0]))
    marks = ""
    for k, mark in enumerate(MARKS):
        places = zip(across[penguins.y[k] == 1], up[penguins.y[k] == 1], strict=True)
        path = "".join(mark.format(x=f"{px:.0f}", y=f"{py:.0f}") for px, py in places)
        colour = f"var(--nn-class-{k}, {COLOURS[f'class-{k}']})"
        line = f'stroke="{colour}" stroke-width="6" stroke-linecap="round"' if k == 0 else ""
        marks += f'<path d="{path}" fill="{colour}" {line}/>'
    ring = f'<circle cx="{across[bird]:.0f}" cy="{up[bird]:.0f}" r="9" fill="none"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" '
        f'height="{HIGH}" role="img" aria-label="{label}">{marks}'
        f'<g stroke="currentColor" stroke-width="2.5">{ring}</g></svg>'
    )
