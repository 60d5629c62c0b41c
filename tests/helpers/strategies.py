"""Random networks for the property tests."""

import numpy as np
from hypothesis import strategies as st

import nn_core as nn

ACTIVATIONS = ["sigmoid", "tanh", "relu"]


@st.composite
def problems(draw, activations=ACTIVATIONS, dtype=float, max_layers=4):
    """Layers, inputs, one-hot labels and the name of an activation."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=max_layers + 1))
    N = draw(st.integers(1, 6))
    activation = draw(st.sampled_from(activations))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    layers = [nn.Layer(W.astype(dtype), b.astype(dtype)) for W, b in nn.init_layers(sizes, rng)]
    x = rng.normal(size=(sizes[0], N)).astype(dtype)
    y = nn.one_hot(rng.integers(sizes[-1], size=N), sizes[-1])
    return layers, x, y, activation


def sizes_of(layers):
    return [layers[0].W.shape[1], *(len(layer.b) for layer in layers)]
