"""What public functions ask of their arguments.

Each check returns the argument, as an array where one is wanted, or raises a `ValueError` of one
sentence: the name, what was wanted, what came. Nothing is checked twice: the functions that do
the work trust what they are given.
"""

from functools import wraps
from numbers import Integral, Real

import numpy as np


def fail(name, wanted, got):
    raise ValueError(f"{name} must {wanted}, got {got}")


def array(name, a, shape=None):
    """Return `a` as an array of finite floats; `None` in `shape` stands for any size."""
    try:
        a = np.asarray(a)
    except ValueError:
        fail(name, "have rows of one length", "a ragged list")
    if a.dtype.kind not in "fiub":
        fail(name, "hold real numbers", f"dtype {a.dtype}")
    if a.dtype.kind != "f":
        a = a.astype(float)
    if shape is not None and not fits(a.shape, shape):
        fail(name, f"have shape {spell(shape)}", a.shape)
    if a.size == 0:
        fail(name, "hold at least one number", f"shape {a.shape}")
    if not np.isfinite(a).all():
        fail(name, "be finite", f"{a[~np.isfinite(a)][0]} among its values")
    return a


def fits(shape, wanted):
    return len(shape) == len(wanted) and all(
        w is None or w == n for n, w in zip(shape, wanted, strict=True)
    )


def spell(shape):
    inside = ", ".join("any" if n is None else str(n) for n in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


def finite(f):
    """Let `f(z)` refuse what is not finite; the bare function stays at hand as `f.unchecked`."""

    @wraps(f)
    def checked(z):
        return f(array("z", z))

    checked.unchecked = f
    return checked


def columns(name, a):
    """Return `a` as examples in columns, shape (K, N), or as one example, shape (K,)."""
    a = array(name, a)
    if a.ndim not in (1, 2):
        fail(name, "have shape (K, N) or (K,)", a.shape)
    return a


def distributions(name, p):
    """Return `p` if each column is at least 0 and sums to 1."""
    p = columns(name, p)
    total = np.atleast_1d(p.sum(axis=0))
    # Wide enough for float32 and for the small nudge of a difference quotient.
    off = np.abs(total - 1) > 1e-4
    if p.min() < 0:
        fail(name, "hold no negative probability", f"{p.min():.6g}")
    if off.any():
        fail(name, "have columns that sum to 1", f"a column that sums to {total[off][0]:.6g}")
    return p


def labels(name, y, like):
    """Return `y` in the dtype of `like` if it has its shape and each column is one-hot."""
    y = array(name, y, like.shape)
    wrong = np.atleast_1d(not_one_hot(y))
    if wrong.any():
        wrong = np.atleast_2d(y.T)[wrong.argmax()]
        fail(name, "have one-hot columns", f"a column ({', '.join(f'{v:g}' for v in wrong)})")
    return y.astype(like.dtype, copy=False)


def not_one_hot(y):
    return ((y != 0) & (y != 1)).any(axis=0) | (y.sum(axis=0) != 1)


def layers(name, pairs):
    """Return a list of pairs (W, b) that fit each other, from the input to the output."""
    if not isinstance(pairs, list | tuple) or not pairs or not all(map(is_pair, pairs)):
        fail(name, "be a list of Layer(W, b)", f"{type(pairs).__name__} of {pairs!r:.40}")
    checked, n_in = [], None
    for number, (W, b) in enumerate(pairs, start=1):
        W = array(f"W{number}", W, (None, n_in))
        b = array(f"b{number}", b, (W.shape[0], 1))
        checked.append((W, b))
        n_in = W.shape[0]
    return checked


def is_pair(layer):
    return isinstance(layer, list | tuple) and len(layer) == 2


def sizes(name, numbers):
    """Return the sizes of the layers as a list of at least two positive integers."""
    wanted = "be at least two positive whole numbers"
    if not isinstance(numbers, list | tuple | np.ndarray) or len(numbers) < 2:
        fail(name, wanted, repr(numbers))
    if not all(isinstance(n, Integral) and n > 0 for n in numbers):
        fail(name, wanted, repr(numbers))
    return [int(n) for n in numbers]


def choice(name, value, options):
    if not isinstance(value, str) or value not in options:
        fail(name, f"be one of {', '.join(map(repr, options))}", repr(value))
    return value


def positive(name, number):
    if not isinstance(number, Real) or not 0 < number < np.inf:
        fail(name, "be a finite number above 0", repr(number))
    return float(number)


def whole(name, number, low, high=None):
    wanted = f"be a whole number from {low}" + (" up" if high is None else f" to {high}")
    if not isinstance(number, Integral) or number < low or (high is not None and number > high):
        fail(name, wanted, repr(number))
    return int(number)


def generator(name, rng):
    if not isinstance(rng, np.random.Generator):
        fail(name, "be a numpy.random.Generator", type(rng).__name__)
    return rng
