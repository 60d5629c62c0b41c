"""Network explorer: every z and h of a small network, and every term of their sums."""

import numpy as np
import traitlets

from nn_core import feedforward, load_example, load_penguins

from .base import Figure
from .format import number
from .network_picture import picture

LARGEST = 1000  # neurons in a layer
MOST_LAYERS = 7  # the input included


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

    sizes = traitlets.List(traitlets.Int(), [2, 3, 2, 3]).tag(sync=True)
    activation = traitlets.Enum(["sigmoid", "tanh", "relu"], "sigmoid").tag(sync=True)
    x = traitlets.List(traitlets.Float()).tag(sync=True)
    layers = traitlets.List(help="the penguin network").tag(sync=True)
    bird = traitlets.Dict(help="what the penguin network's inputs and outputs mean").tag(sync=True)

    @traitlets.default("x")
    def _bird_followed_through_the_book(self):
        return load_example().x.ravel().tolist()

    @traitlets.default("layers")
    def _penguin_network(self):
        layers = load_example().layers
        return [{"W": layer.W.tolist(), "b": layer.b.ravel().tolist()} for layer in layers]

    @traitlets.default("bird")
    def _meaning_of_inputs_and_outputs(self):
        data = load_penguins()
        return {
            "inputs": ["bill length", "bill depth"],
            "means": data.x.mean(axis=1).tolist(),
            "deviations": data.x.std(axis=1).tolist(),
            "species": list(data.species),
        }

    @traitlets.validate("sizes")
    def _check_sizes(self, proposal):
        sizes = proposal["value"]
        if not 2 <= len(sizes) <= MOST_LAYERS or not all(1 <= n <= LARGEST for n in sizes):
            raise traitlets.TraitError(
                f"sizes must be 2 to {MOST_LAYERS} numbers from 1 to {LARGEST}, got {sizes}"
            )
        return sizes

    @traitlets.validate("x")
    def _check_x(self, proposal):
        if not np.isfinite(proposal["value"]).all():
            raise traitlets.TraitError(f"x must be finite numbers, got {proposal['value']}")
        return proposal["value"]

    def still(self):
        """Return the penguin network drawn with its numbers, and the same as a table."""
        layers = load_example().layers
        x = np.reshape([*self.x, 0, 0][:2], (2, 1))
        trace = feedforward(layers, x, self.activation)
        species = self.bird["species"]
        best = trace.p[:, 0].argmax()
        label = (
            "The penguin network on one bird, a weight on each edge, dashed where it is negative. "
            f"Most probable: {species[best]}, p = {number(trace.p[best, 0])}."
        )
        drawn = picture(layers, trace, (self.bird["inputs"], species), label)
        return f"{drawn}\n<p>{label}</p>\n{table(trace)}"


def table(trace):
    """Write a row for each neuron: its z, if it has one, and its value."""
    rows = [row(f"x[{k + 1}]", None, value) for k, value in enumerate(trace.h[0][:, 0])]
    after = [*trace.h[1:], trace.p]
    for layer, (z, h) in enumerate(zip(trace.z, after, strict=True), start=1):
        name = "p" if layer == len(after) else f"h<sup>{layer}</sup>"
        rows += [row(f"{name}[{j + 1}]", z[j, 0], h[j, 0]) for j in range(len(z))]
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
