"""What public functions ask of their arguments.

Each check returns the argument, as an array where one is wanted, or raises a `ValueError` of one
sentence: the name, what was wanted, what came. Nothing is checked twice: the functions that do
the work trust what they are given.
"""

from functools import wraps

import numpy as np

from nn_core._scalars import choice, fail, generator, listed, positive, sizes, spell_column, whole

__all__ = ["array", "arrays", "checks_z", "choice", "columns", "distributions", "fail", "generator"]
__all__ += ["gradients", "labels", "layers", "listed", "positive", "sizes", "unmasked", "whole"]


def array(name, a, shape=None):
    """Return `a` as an array of finite floats; `None` in `shape` stands for any size."""
    a = unmasked(name, a)
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


def arrays(name, values, shapes):
    """Return a list of arrays, one of each shape."""
    pairs = enumerate(zip(values, shapes, strict=True))
    return [array(f"{name}[{i}]", a, shape) for i, (a, shape) in pairs]


def unmasked(name, a):
    """Return `a` as an array; to compute through a mask would be to use what it hides."""
    if isinstance(a, np.ma.MaskedArray) and np.ma.is_masked(a):
        fail(name, "hold no masked value", f"{np.ma.count_masked(a)} of {a.size} masked")
    try:
        return np.asarray(a)
    except ValueError:
        fail(name, "have rows of one length", "a ragged list")


def fits(shape, wanted):
    return len(shape) == len(wanted) and all(
        w is None or w == n for n, w in zip(shape, wanted, strict=True)
    )


def spell(shape):
    inside = ", ".join("any" if n is None else str(n) for n in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


def checks_z(check):
    """Let `f(z)` refuse what `check` does; the bare function stays at hand as `f.unchecked`.

    A power of e may become inf, and 1 / (1 + inf) is the right 0: overflow is no news here.
    """

    def decorate(f):
        quiet = np.errstate(over="ignore")(f)

        @wraps(f)
        def checked(z):
            return quiet(check("z", z))

        checked.unchecked = f
        return checked

    return decorate


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
        fail(name, "have one-hot columns", f"a column {spell_column(wrong)}")
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
        b = array(f"b{number}", b)
        if b.ndim == 2 and len(b) != len(W):
            fail(f"W{number} and b{number}", "have as many rows", f"shapes {W.shape} and {b.shape}")
        b = array(f"b{number}", b, (len(W), 1))
        checked.append((W, b))
        n_in = len(W)
    return checked


def gradients(name, pairs, layers):
    """Return a list of pairs (dW, db) that have the shapes of the layers, already checked."""
    if not isinstance(pairs, list | tuple) or not all(map(is_pair, pairs)):
        fail(name, "be a list of Layer(dW, db)", f"{type(pairs).__name__} of {pairs!r:.40}")
    listed(name, pairs, len(layers), "layers")
    return [
        (array(f"dW{n}", dW, W.shape), array(f"db{n}", db, b.shape))
        for n, ((W, b), (dW, db)) in enumerate(zip(layers, pairs, strict=True), start=1)
    ]


def is_pair(layer):
    return isinstance(layer, list | tuple) and len(layer) == 2
