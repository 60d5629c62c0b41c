"""The parameters of a network: layers of weights and biases, and the same as one vector."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nn_core import _validate as check
from nn_core._show import by_shape


@by_shape
class Layer(NamedTuple):
    """The parameters of one layer, or their gradients `Layer(dW, db)`."""

    W: np.ndarray
    b: np.ndarray


def init_layers(sizes, rng):
    """Draw random layers: weights and biases standard normal, divided by √n_in.

    Parameters
    ----------
    sizes : sequence of int
        Neurons per layer, the inputs first: `[2, 3, 2, 3]`.
    rng : numpy.random.Generator

    Returns
    -------
    layers : list of Layer

    Raises
    ------
    ValueError
        If `sizes` are not two or more positive whole numbers, or `rng` is no generator.
    """
    sizes = check.sizes("sizes", sizes)
    rng = check.generator("rng", rng)
    return [
        Layer(*(rng.normal(size=shape) / np.sqrt(n_in) for shape in [(n_out, n_in), (n_out, 1)]))
        for n_in, n_out in pairwise(sizes)
    ]


def count_parameters(sizes):
    """Count weights and biases: (n_in + 1) · n_out for each layer.

    Notes
    -----
    Equation (eq-parameter-count) of chapter 1.
    """
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(check.sizes("sizes", sizes)))


def to_vector(layers):
    """Write all parameters in one row: W¹ row by row, b¹, W², b², and so on.

    Returns
    -------
    vector : ndarray, shape (P,)
        A copy. `from_vector` is the way back.
    """
    return np.concatenate([a.ravel() for pair in check.layers("layers", layers) for a in pair])


def from_vector(vector, sizes):
    """Cut a vector of parameters into layers of the given sizes; undoes `to_vector`.

    Raises
    ------
    ValueError
        If the vector's length is not `count_parameters(sizes)`, or a value is not finite.
    """
    sizes = check.sizes("sizes", sizes)
    vector = check.array("vector", vector, (count_parameters(sizes),))
    layers, start = [], 0
    for n_in, n_out in pairwise(sizes):
        middle, end = start + n_out * n_in, start + n_out * (n_in + 1)
        W = vector[start:middle].reshape(n_out, n_in).copy()
        layers.append(Layer(W, vector[middle:end].reshape(n_out, 1).copy()))
        start = end
    return layers
