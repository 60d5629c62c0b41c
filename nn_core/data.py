"""Real data that comes with the package, and the example that the book follows by hand.

`data/README.md` names the sources and the licences. Nothing is downloaded.
"""

from importlib.resources import files
from typing import NamedTuple

import numpy as np

from nn_core import _validate as check
from nn_core._show import by_shape
from nn_core.parameters import Layer

SPECIES = ("Adelie", "Chinstrap", "Gentoo")


@by_shape
class Penguins(NamedTuple):
    """342 birds: `x` (2, 342) bill length and depth in mm, `y` (3, 342) one-hot species."""

    x: np.ndarray
    y: np.ndarray
    species: tuple


@by_shape
class Digits(NamedTuple):
    """1,797 images: `x` (64, 1797) pixels from 0 to 16, row by row, `y` (10, 1797) one-hot."""

    x: np.ndarray
    y: np.ndarray


@by_shape
class Example(NamedTuple):
    """One bird, `x` (2, 1) and `y` (3, 1), and the network that meets it first."""

    layers: list
    x: np.ndarray
    y: np.ndarray


def load_penguins():
    """Return the Palmer penguins with both bill measurements, as `Penguins`.

    The measurements are in millimetres; `standardise` puts them on one scale.
    """
    with (files("nn_core") / "data" / "penguins.csv").open(encoding="utf-8") as file:
        table = np.loadtxt(file, dtype=str, delimiter=",", skiprows=1)
    names = table[:, 2]
    y = one_hot(np.searchsorted(SPECIES, names), len(SPECIES))
    return Penguins(np.ascontiguousarray(table[:, :2].T.astype(float)), y, SPECIES)


def load_digits():
    """Return the handwritten digits of the UCI repository, 8 by 8 pixels each, as `Digits`."""
    with (files("nn_core") / "data" / "digits.npz").open("rb") as file:
        table = dict(np.load(file))
    x = np.ascontiguousarray(table["pixels"].T.astype(float))
    return Digits(x, one_hot(table["digits"].astype(int), 10))


def load_example():
    """Return the bird and the starting network that the book follows by hand, as `Example`.

    The bird is number 185 of the penguins, a Gentoo with a bill of 49.1 mm by 14.8 mm,
    standardised. The network has the sizes 2–3–2–3. It takes the bird for an Adelie (48 %) and
    gives the truth 21 %.
    """
    # Two decimals, typed out: what you read on the page is the number itself, not a rounding of
    # it, and no change in a random generator can move it.
    layers = [
        Layer(
            np.array([[0.98, 0.21], [0.47, -0.41], [0.63, -0.32]]),
            np.array([[-0.11], [-0.98], [0.64]]),
        ),
        Layer(
            np.array([[-0.55, 1.14, 0.24], [0.71, -0.62, -0.51]]),
            np.array([[0.37], [0.71]]),
        ),
        Layer(
            np.array([[0.55, -0.26], [0.06, -0.59], [1.05, -1.15]]),
            np.array([[-0.18], [-0.09], [-0.80]]),
        ),
    ]
    return Example(layers, np.array([[0.95], [-1.19]]), np.array([[0.0], [0.0], [1.0]]))


def standardise(x):
    """Shift and scale each row of `x` to mean 0 and variance 1.

    Parameters
    ----------
    x : ndarray, shape (n, N)
        One row per quantity, one column per example.

    Raises
    ------
    ValueError
        If a value is not finite, or a row holds one value only, so that it has no scale.
    """
    x = check.array("x", x, (None, None))
    # By a power of 2, which is exact, each row comes near 1, where no square overflows.
    x = np.ldexp(x, -np.frexp(np.abs(x).max(axis=1, keepdims=True))[1])
    span = np.ptp(x, axis=1)  # exactly 0 for a constant row, where std is rounding
    if not span.all():
        check.fail("x", "vary along each row", f"a constant row {span.argmin()}")
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


def one_hot(labels, classes):
    """Return columns with a 1 where the label is and 0 elsewhere.

    Parameters
    ----------
    labels : array of int, shape (N,)
        Each from 0 to `classes` − 1.
    classes : int

    Returns
    -------
    y : ndarray, shape (classes, N)
    """
    classes = check.whole("classes", classes, 1)
    labels = check.unmasked("labels", labels)
    if labels.ndim != 1 or labels.size == 0 or labels.dtype.kind not in "iu":
        check.fail("labels", "be a row of whole numbers", f"{labels.dtype}, shape {labels.shape}")
    if labels.min() < 0 or labels.max() >= classes:
        outside = labels[(labels < 0) | (labels >= classes)][0]
        check.fail("labels", f"be from 0 to {classes - 1}", outside)
    # Row by row in memory, as p is: laid out by columns, p − y would take four times as long.
    y = np.zeros((classes, labels.size))
    y[labels, np.arange(labels.size)] = 1
    return y
