"""Learning: step after step against the gradient."""

from itertools import count
from typing import NamedTuple

import numpy as np

from nn_core import _glance as glance
from nn_core import _validate as check
from nn_core._show import by_shape
from nn_core.gradients import backward
from nn_core.network import check_network, forward, forward_to_loss
from nn_core.parameters import Layer


def descend(layers, gradients, alpha):
    """Take one step downhill: W − α dW and b − α db, as new layers.

    Parameters
    ----------
    layers : list of Layer
    gradients : list of Layer
        `Layer(dW, db)` for each layer, as `backprop` returns them.
    alpha : float
        Learning rate, above 0.

    Returns
    -------
    layers : list of Layer

    Raises
    ------
    ValueError
        If the gradients do not have the shapes of the layers, a value is not finite, or `alpha`
        is not above 0.

    Notes
    -----
    Equation (eq-descent-rule) of chapter 4.
    """
    if not glance.step(layers, gradients, alpha):
        layers = check.layers("layers", layers)
        gradients = check.gradients("gradients", gradients, layers)
        alpha = check.positive("alpha", alpha)
    return step(layers, gradients, alpha)


def step(layers, gradients, alpha):
    """`descend` without checks."""
    return [
        Layer(W - alpha * dW, b - alpha * db)
        for (W, b), (dW, db) in zip(layers, gradients, strict=True)
    ]


@by_shape
class Epoch(NamedTuple):
    """The state after `number` passes over the data: the layers, and their loss on all of it."""

    number: int
    layers: list
    loss: float


def train(layers, x, y, alpha, epochs, batch_size=None, rng=None, activation="sigmoid"):
    """Train by gradient descent, one epoch at a time.

    Parameters
    ----------
    layers : list of Layer
        Where to start. They are not modified.
    x : ndarray, shape (n_0, N)
    y : ndarray, shape (K, N)
        One-hot labels.
    alpha : float
        Learning rate, above 0.
    epochs : int
        How many times to go over the data.
    batch_size : int, optional
        Examples per step; by default all of them. The last batch of an epoch may be smaller.
    rng : numpy.random.Generator, optional
        Shuffles the examples before each epoch; needed when `batch_size` is given.
    activation : {"sigmoid", "tanh", "relu"}

    Returns
    -------
    epochs : iterator of Epoch
        Epoch 0 is the start, before any step; then one for each pass. Stop early by not asking
        for the next. A run that diverges shows a loss that grows, or is inf or nan.

    Raises
    ------
    ValueError
        At the call, before the first epoch: as `loss`; also if `alpha` is not above 0,
        `epochs` is below 0, `batch_size` is not between 1 and N, or `rng` is missing.

    Notes
    -----
    Equation (eq-minibatch) of chapter 8.
    """
    layers, x, activation = check_network(layers, x, activation)
    (_, b), N = layers[-1], x.shape[1]
    y = check.labels("y", y, like=np.empty((len(b), N), x.dtype))
    alpha = check.positive("alpha", alpha)
    epochs = check.whole("epochs", epochs, 0)
    if batch_size is not None:
        batch_size = check.whole("batch_size", batch_size, 1, N)
        rng = check.generator("rng", rng)
    layers = [Layer(W, b) for W, b in layers]
    return run(layers, x, y, alpha, epochs, batch_size, rng, activation)


def run(layers, x, y, alpha, epochs, batch_size, rng, activation):
    """`train` without checks."""
    for number in count():
        trace, loss = forward_to_loss(layers, x, y, activation)
        yield Epoch(number, layers, loss)
        if number == epochs:
            return
        if batch_size is None:
            layers = step_back(layers, trace, y, alpha)
        else:
            layers = run_batches(layers, x, y, alpha, batch_size, rng, activation)


def step_back(layers, trace, y, alpha):
    """`descend` along `backprop`, without checks and without a list of gradients."""
    downhill = zip(reversed(layers), backward(layers, trace, y), strict=True)
    return [Layer(W - alpha * dW, b - alpha * db) for (W, b), (_, _, dW, db) in downhill][::-1]


def run_batches(layers, x, y, alpha, batch_size, rng, activation):
    """One pass over the examples in random order, a step for each batch."""
    order = rng.permutation(x.shape[1])
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        trace = forward(layers, x[:, batch], activation)
        layers = step_back(layers, trace, y[:, batch], alpha)
    return layers
