"""A network: what flows through its layers, and what it costs.

Examples are columns. Layers are numbered from 1; `h[0]` is the input. Layer l has the weights
`W` of shape (n_l, n_{l−1}), where `W[j, k]` runs from neuron k to neuron j, and the biases `b` of
shape (n_l, 1). Hidden layers share one activation function; the output layer has softmax.
"""

from typing import NamedTuple

import numpy as np

from nn_core import _glance as glance
from nn_core import _validate as check
from nn_core._show import by_shape
from nn_core.activations import ACTIVATIONS, softmax
from nn_core.losses import predict, price


@by_shape
class Trace(NamedTuple):
    """All that a network computes on its way forward.

    `z` lists z¹ to zᴸ and `h` lists h⁰ to hᴸ⁻¹, so `z[i]` is computed from `h[i]`; `p` holds
    the probabilities, and `activation` is the name of the hidden layers' function.
    """

    z: list
    h: list
    p: np.ndarray
    activation: str


def feedforward(layers, x, activation="sigmoid"):
    """Send examples through the network and keep every value on the way.

    Parameters
    ----------
    layers : list of Layer
    x : ndarray, shape (n_0, N)
        Inputs, one column per example.
    activation : {"sigmoid", "tanh", "relu"}
        The function of the hidden layers.

    Returns
    -------
    trace : Trace

    Raises
    ------
    ValueError
        If the layers do not fit each other or `x`, a value is not finite, or the activation is
        unknown.

    Notes
    -----
    Equations (eq-preactivation), (eq-activation) and (eq-softmax-output) of chapter 1.
    """
    if not glance.network(layers, x, activation):
        layers, x, activation = check_network(layers, x, activation)
    return forward(layers, x, activation)


@np.errstate(over="ignore")
def forward(layers, x, activation):
    """`feedforward` without checks."""
    z, h = scores(layers, x, activation)
    return Trace(z, h, softmax.unchecked(z[-1]), activation)


@np.errstate(over="ignore")
def forward_to_loss(layers, x, y, activation):
    """`feedforward` and `loss` in one, without checks."""
    z, h = scores(layers, x, activation)
    p, price_of_p = predict(z[-1], y)
    return Trace(z, h, p, activation), price_of_p


def scores(layers, x, activation):
    """Every z and h up to the scores that softmax turns into probabilities."""
    sigma = ACTIVATIONS[activation].f
    *hidden, output = layers
    z, h = [], [x]
    for W, b in hidden:
        z.append(W @ h[-1] + b)
        h.append(sigma(z[-1]))
    W, b = output
    z.append(W @ h[-1] + b)
    return z, h


def check_network(layers, x, activation):
    """Return the arguments of `feedforward` if they fit each other."""
    layers = check.layers("layers", layers)
    (W, _), *_ = layers
    x = check.array("x", x, (W.shape[1], None))
    return layers, x, check.choice("activation", activation, ACTIVATIONS)


def loss(layers, x, y, activation="sigmoid"):
    """Average loss of the network over the examples, in nats.

    Parameters
    ----------
    layers : list of Layer
    x : ndarray, shape (n_0, N)
    y : ndarray, shape (K, N)
        One-hot labels.
    activation : {"sigmoid", "tanh", "relu"}

    Returns
    -------
    loss : float

    Raises
    ------
    ValueError
        As `feedforward`; also if a column of `y` is not one-hot.

    Notes
    -----
    Equation (eq-average-loss) of chapter 2.
    """
    z = feedforward(layers, x, activation).z[-1]
    return price(z, check.labels("y", y, like=z))
