"""The price of a prediction: cross-entropy, in nats."""

import numpy as np

from nn_core._validate import columns, distributions, labels
from nn_core.activations import log_softmax


@np.errstate(divide="ignore")  # log 0 is -inf, the price of sure and wrong
def cross_entropy(p, y):
    """Average price, in nats, of predicting `p` when the truth is `y`.

    Parameters
    ----------
    p : ndarray, shape (K, N) or (K,)
        Probabilities, one column per example.
    y : ndarray, shape of `p`
        One-hot labels.

    Returns
    -------
    loss : float
        0 for sure and right, log K for a uniform guess, inf for sure and wrong.

    Raises
    ------
    ValueError
        If the shapes differ, a column of `p` is no distribution, or one of `y` is not one-hot.

    Notes
    -----
    Equation (eq-cross-entropy) of chapter 5.
    """
    p = distributions("p", p)
    y = labels("y", y, like=p)
    # Where y is 0 the logarithm is not taken: 0 · log 0 counts as 0.
    log_p = np.log(p, where=y == 1, out=np.zeros_like(p))
    return average(-y * log_p)


def cross_entropy_from_logits(z, y):
    """Average price, in nats, of the prediction `softmax(z)` when the truth is `y`.

    Parameters
    ----------
    z : ndarray, shape (K, N) or (K,)
        Scores (logits), one column per example.
    y : ndarray, shape of `z`
        One-hot labels.

    Returns
    -------
    loss : float
        Finite for every finite `z`, also where `softmax(z)` rounds to 0.

    Raises
    ------
    ValueError
        If the shapes differ, `z` is not finite, or a column of `y` is not one-hot.

    Notes
    -----
    Equation (eq-cross-entropy-logits) of chapter 5. Its slope is (p − y) / N.
    """
    z = columns("z", z)
    return price(z, labels("y", y, like=z))


def price(z, y):
    """`cross_entropy_from_logits` without checks."""
    return average(-y * log_softmax.unchecked(z))


def average(prices):
    """Sum each column, average over the columns; adding 0.0 turns −0.0 into 0.0."""
    return float(prices.sum(axis=0).mean()) + 0.0
