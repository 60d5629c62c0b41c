"""Any number of penguins, drawn from the measured ones."""

import numpy as np

from nn_core import _validate as check
from nn_core import load_penguins


def draw_birds(N, error, rng, size=100_000):
    """Draw birds from the 342, and measure the bill of each anew.

    Parameters
    ----------
    N : int
        How many.
    error : float
        Standard deviation of the measuring error, in mm: each length and each depth is what the
        data say plus a normal error of this size. The data are rounded to 0.1 mm.
    rng : numpy.random.Generator
    size : int
        How many are held in memory at a time.

    Returns
    -------
    pairs : iterator of (x, y)
        `x` (2, n) on the scale on which the 342 have mean 0 and variance 1, `y` (3, n) one-hot.
        At one network their average loss is that of the 342 plus a part for the error, to second
        order ½ error² times the sum of the second slopes along both measurements, and a chance of
        the draw that falls with 1/√N.

    Raises
    ------
    ValueError
        If `N` or `size` is not a whole number above 0, `error` not above 0, or `rng` no generator.
    """
    N, size = check.whole("N", N, 1), check.whole("size", size, 1)
    return draw(N, check.positive("error", error), check.generator("rng", rng), size)


def draw(N, error, rng, size):
    """`draw_birds` without checks."""
    measured, y, _ = load_penguins()
    mean, spread = (f(measured, axis=1, keepdims=True) for f in (np.mean, np.std))
    for start in range(0, N, size):
        chosen = rng.integers(measured.shape[1], size=min(size, N - start))
        x = measured[:, chosen] + error * rng.normal(size=(2, len(chosen)))
        yield (x - mean) / spread, y[:, chosen]
