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
    # Where y is 0 the logarithm is not taken: 0 · log 0 counts as 0. And a probability that
    # rounding put a little above 1 is 1: no prediction costs less than nothing.
    log_p = np.log(np.minimum(p, 1), where=y == 1, out=np.zeros_like(p))
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
        Right also where `softmax(z)` rounds to 0. A price above the largest float of the
        dtype counts as that float, so that one example's price is finite for every finite `z`.

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


@np.errstate(over="ignore")
def price(z, y):
    """`cross_entropy_from_logits` without checks."""
    return average(-y * log_softmax.unchecked(z))


def predict(z, y):
    """Softmax of `z` and its price, which share their powers: −log p is log total − below."""
    below = z - z.max(axis=0)
    powers = np.exp(below)
    total = powers.sum(axis=0)
    price_of_all = np.log(total).sum() - np.vdot(y, below)
    return powers / total, float(price_of_all) / y.shape[1]


def average(prices):
    """Sum all, divide by the number of columns; adding 0.0 turns −0.0 into 0.0."""
    columns = prices.size // len(prices)
    return float(prices.sum()) / columns + 0.0
