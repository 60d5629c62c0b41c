"""Network explorer: every z and h of a small network, and every term of their sums."""

import numpy as np
import traitlets

from nn_core import feedforward, load_example, load_penguins
from nn_widgets.figures.network_explorer.picture import picture
from nn_widgets.kit.choices import Number
from nn_widgets.kit.figure import Figure
from nn_widgets.maths.format import number
from nn_widgets.maths.penguins import as_json

LARGEST = 1000  # neurons in a layer
MOST_LAYERS = 7  # the input included
INPUTS = ["bill length", "bill depth"]


class NetworkExplorer(Figure):
    """Choose sizes, activation and input; read every neuron and the term of every edge.

    Parameters
    ----------
    sizes : list of int
        Neurons per layer, the input first. Without it, the penguin network. Weights of other
        networks are drawn at random, the same ones every time.
    activation : {"sigmoid", "tanh", "relu"}
    x : list of float
        The input; missing entries are 0.
    """

    _module = "network_explorer"
    _title = "Network explorer"

    sizes = traitlets.List(traitlets.Int(min=1, max=LARGEST), [2, 3, 2, 3], 2, MOST_LAYERS).tag(
        sync=True
    )
    activation = traitlets.Enum(["sigmoid", "tanh", "relu"], "sigmoid").tag(sync=True)
    x = traitlets.List(Number(min=-1000, max=1000), maxlen=LARGEST).tag(sync=True)

    @traitlets.default("x")
    def _bird_followed_through_the_book(self):
        return load_example().x.ravel().tolist()

    def data(self):
        """Return the penguin network, and what its inputs and outputs mean."""
        penguins = load_penguins()
        return {
            "layers": as_json(load_example().layers),
            "bird": {
                "inputs": INPUTS,
                "means": penguins.x.mean(axis=1).tolist(),
                "deviations": penguins.x.std(axis=1).tolist(),
                "species": list(penguins.species),
            },
        }

    def still(self):
        """Return the penguin network drawn with its numbers, and the same as a table."""
        layers = load_example().layers
        x = np.reshape([*self.x, 0, 0][:2], (2, 1))
        trace = feedforward(layers, x, self.activation)
        species = list(load_penguins().species)
        best = trace.p[:, 0].argmax()
        label = (
            "The penguin network on one bird, a weight on each edge, dashed where it is negative. "
            f"Most probable: {species[best]}, p = {number(trace.p[best, 0])}."
        )
        drawn = picture(layers, trace, (INPUTS, species), label)
        return f"{drawn}\n<p>{label}</p>\n{table(trace)}"


def table(trace):
    """Write a row for each neuron: its z, if it has one, and its value."""
    rows = [row(f"x<sub>{k + 1}</sub>", None, value) for k, value in enumerate(trace.h[0][:, 0])]
    after = [*trace.h[1:], trace.p]
    for layer, (z, h) in enumerate(zip(trace.z, after, strict=True), start=1):
        name = "p" if layer == len(after) else f"h<sup>{layer}</sup>"
        rows += [row(f"{name}<sub>{j + 1}</sub>", z[j, 0], h[j, 0]) for j in range(len(z))]
    head = "".join(f'<th scope="col">{text}</th>' for text in ("neuron", "z", "value"))
    sizes = '<span style="white-space: nowrap">2–3–2–3</span>'
    caption = f"The penguin network, {sizes}, on one bird"
    return (
        f'<table class="nn-numbers"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def row(name, z, value):
    """Return one neuron's row of the still table; an input has no z."""
    z = "" if z is None else number(z)
    return f'<tr><th scope="row">{name}</th><td>{z}</td><td>{number(value)}</td></tr>'
