"""Trials of somebody's backpropagation: small networks, and what to say of an answer."""

from functools import cache
from typing import NamedTuple

import numpy as np

from nn_core.data import one_hot
from nn_core.gradients import backprop
from nn_core.network import Trace, feedforward
from nn_core.parameters import Layer, init_layers


class Diagnosis(NamedTuple):
    """What `diagnose` finds.

    `kind` is a name, such as "right" or "transposed", `where` lists the gradients it shows in,
    `sentence` says it, and `mistakes` holds the ids of the known mistakes that explain it.
    """

    kind: str
    where: tuple
    sentence: str
    mistakes: tuple = ()

    def __str__(self):
        """Return the sentence; a notebook shows the same."""
        return self.sentence

    __repr__ = __str__

    def __format__(self, spec):
        """Lay the sentence out as a string is laid out."""
        return format(self.sentence, spec)


class Case(NamedTuple):
    """A small network with its examples, and the right answer."""

    layers: list
    trace: Trace
    y: np.ndarray
    right: dict

    def __str__(self):
        """Give the sizes, the activation, the number of examples."""
        sizes = "–".join(str(len(h)) for h in [*self.trace.h, self.trace.p])
        return f"a {sizes} network, {self.trace.activation}, N = {self.y.shape[1]}"


# Unequal sizes show a transpose by its shape, equal ones by its values alone. There are one to
# five layers, layers of one neuron, one input, two classes and ten; N is 1 and more, and more than
# anybody's batch: a prime, of which some are left over. Its weights are so large that a p cut off
# at 0.0001 shows. The third has the shapes of the first, which shows what is kept from one call to
# the next; the last one has slopes that somebody might clip. Fourth in a row comes a seed that
# leaves no gradient tiny and no layer dead.
CASES = [
    ([2, 3, 2, 3], "sigmoid", 5, 52),
    ([4, 4, 4, 4], "tanh", 6, 0),
    ([2, 3, 2, 3], "sigmoid", 5, 5),
    ([2, 4, 3, 2, 3], "relu", 7, 2),
    ([3, 3, 3, 3, 3, 3], "sigmoid", 4, 0),
    ([4, 4, 4, 4, 4], "relu", 5, 2),
    ([3, 2, 4], "tanh", 1, 0),
    ([2, 3, 9, 2, 10], "tanh", 3, 7),
    ([5, 3], "sigmoid", 8, 0),
    ([3, 1, 4], "sigmoid", 6, 12),
    ([1, 4, 2], "tanh", 9, 31),
    ([2, 1, 1, 2], "relu", 1, 16),
    ([2, 4, 3], "sigmoid", 307, 4, 1, 4.5),
    ([3, 4, 3], "relu", 4, 160, 12),
]


@cache
def cases():
    """Return the networks that every function is tried on."""
    return [make_case(*case) for case in CASES]


def make_case(sizes, activation, N, seed, steep=1, large=1.5):
    """Draw a network and its examples; with relu, `steep` makes the first slopes larger."""
    rng = np.random.default_rng(seed)
    layers = [Layer(large * W, b) for W, b in init_layers(sizes, rng)]
    if steep != 1:
        (W1, b1), (W2, b2), *rest = layers
        layers = [Layer(W1 / steep, b1 / steep), Layer(W2 * steep, b2), *rest]
    trace = feedforward(layers, rng.normal(size=(sizes[0], N)), activation)
    y = one_hot(rng.integers(sizes[-1], size=N), sizes[-1])
    return Case(layers, trace, y, named(backprop(layers, trace, y)))


def named(gradients):
    """Copy the pairs (dW, db) into a dictionary from "dW1" to its array, and so on."""
    return {
        f"{name}{n}": np.array(gradient)
        for n, pair in enumerate(gradients, start=1)
        for name, gradient in zip(("dW", "db"), pair, strict=True)
    }
