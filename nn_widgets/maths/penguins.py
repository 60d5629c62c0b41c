"""The penguins and their two networks, for every figure that turns some of the 26 parameters.

`penguins.js` has the same in JavaScript.
"""

from functools import lru_cache

import numpy as np

import nn_core

SIZES = [2, 3, 2, 3]


@lru_cache
def birds():
    """Return the standardised measurements and the one-hot species."""
    penguins = nn_core.load_penguins()
    return nn_core.standardise(penguins.x), penguins.y


@lru_cache
def networks():
    """Return the book's example network, and the same after 2,000 full steps with α = 1."""
    x, y = birds()
    start = nn_core.load_example().layers
    *_, last = nn_core.train(start, x, y, alpha=1, epochs=2000)
    return {
        "start": start,
        "trained": [nn_core.Layer(*map(rounded, layer)) for layer in last.layers],
    }


def rounded(values):
    """Three decimals are enough for a place to stand, and short in a page."""
    return np.round(values, 3)


def nearest_whole(value):
    """Round halves up, as JavaScript does."""
    return float(np.floor(value + 0.5))


def parameter_names(layers):
    """Name the entries of the parameter vector: W¹₁₁, W¹₁₂, …, b³₃."""
    raised, lowered = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
    names = []
    for number, layer in enumerate(layers, 1):
        for letter, values in (("W", layer.W), ("b", layer.b[:, 0])):
            names += [
                f"{letter}{raised[number]}" + "".join(lowered[i + 1] for i in index)
                for index in np.ndindex(values.shape)
            ]
    return names


def networks_as_json():
    """Return both networks as a page carries them."""
    return {name: as_json(layers) for name, layers in networks().items()}


def as_json(layers):
    """Return layers as a page carries them."""
    return [{"W": layer.W.tolist(), "b": layer.b[:, 0].tolist()} for layer in layers]


def measurements():
    """Return the birds as they were measured: short in the page, standardised there."""
    penguins = nn_core.load_penguins()
    return {"x": penguins.x.tolist(), "species": penguins.y.argmax(axis=0).tolist()}
