"""Activation functions, each beside its derivative, and softmax.

All act on arrays of any shape, entry by entry, except softmax, which acts on columns. The dtype
is kept. A value that is not finite raises a `ValueError`.
"""

from typing import NamedTuple

import numpy as np

from nn_core._validate import array, checks_z, columns, fail


@checks_z(array)
def sigmoid(z):
    """Squeeze `z` between 0 and 1: 1 / (1 + e⁻ᶻ)."""
    return 1.0 / (1.0 + np.exp(-z))  # beside floats, NumPy is quicker with 1.0 than with 1


@checks_z(array)
def dsigmoid(z):
    """Slope of the sigmoid at `z`: σ(z) (1 − σ(z)), at most 1/4."""
    h = sigmoid.unchecked(z)
    return h * (1 - h)


@checks_z(array)
def tanh(z):
    """Squeeze `z` between −1 and 1."""
    return np.tanh(z)


@checks_z(array)
def dtanh(z):
    """Slope of tanh at `z`: 1 − tanh(z)², at most 1."""
    return 1 - np.tanh(z) ** 2


@checks_z(array)
def relu(z):
    """Cut `z` off below 0."""
    return np.maximum(z, 0)


@checks_z(array)
def drelu(z):
    """Slope of relu at `z`: 1 above 0, else 0. At the kink itself it is taken to be 0."""
    return (z > 0).astype(z.dtype)


@checks_z(columns)
def softmax(z):
    """Turn each column of scores into probabilities.

    Parameters
    ----------
    z : ndarray, shape (K, N) or (K,)
        Scores (logits), one column per example.

    Returns
    -------
    p : ndarray, shape of `z`
        e to each score, divided by the sum of these over the column.

    Notes
    -----
    Equation (eq-softmax) of chapter 5. Taking the largest score off first changes no
    probability and keeps every power at most 1, so no finite `z` overflows.
    """
    powers = np.exp(z - z.max(axis=0))
    return powers / powers.sum(axis=0)


@checks_z(columns)
def log_softmax(z):
    """Logarithm of `softmax(z)`, finite for every finite `z`.

    Parameters
    ----------
    z : ndarray, shape (K, N) or (K,)
        Scores (logits), one column per example.

    Notes
    -----
    Equation (eq-log-softmax) of chapter 5. What is below the lowest float counts as that float.
    """
    shifted = np.maximum(z - z.max(axis=0), np.finfo(z.dtype).min)
    return shifted - np.log(np.exp(shifted).sum(axis=0))


@np.errstate(over="ignore")
def softmax_jacobian(z):
    """Return every slope of softmax at one example: entry [i, j] is ∂p_i / ∂z_j.

    Parameters
    ----------
    z : ndarray, shape (K,) or (K, 1)
        The scores of one example.

    Returns
    -------
    jacobian : ndarray, shape (K, K)
        diag(p) − p pᵀ. It is symmetric, and its rows sum to 0.

    Raises
    ------
    ValueError
        If `z` is not finite or holds more than one example.

    Notes
    -----
    Equation (eq-softmax-jacobian) of chapter 6.
    """
    z = array("z", z)
    if z.shape not in [(z.size,), (z.size, 1)]:
        fail("z", "have shape (K,) or (K, 1)", z.shape)
    p = softmax.unchecked(z.ravel())
    return np.diag(p) - np.outer(p, p)


class Activation(NamedTuple):
    """A function σ, its derivative σ′, and σ′(z) read off h = σ(z): all without checks."""

    f: object
    df: object
    slope: object


# The slope read off h takes the exponential of the way forward, instead of a second one.
ACTIVATIONS = {
    "sigmoid": Activation(sigmoid.unchecked, dsigmoid.unchecked, lambda h: h * (1.0 - h)),
    "tanh": Activation(tanh.unchecked, dtanh.unchecked, lambda h: 1.0 - h**2),
    "relu": Activation(relu.unchecked, drelu.unchecked, drelu.unchecked),
}
