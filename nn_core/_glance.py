"""Is all in order? A training loop asks three times a step, so the answer has to be quick.

A question is answered True only where `_validate` would return every argument as it is. Whatever
else comes, right or wrong, the answer is False: `_validate` then looks closely, turns lists into
arrays, and names what is wrong.

Every number is read every time, because anybody may write into an array. Whether types and shapes
fit each other stays the same from step to step: that is remembered.
"""

from functools import lru_cache
from itertools import chain, pairwise
from math import fsum, isfinite, prod
from operator import attrgetter

import numpy as np

from nn_core.activations import ACTIVATIONS
from nn_core.parameters import Layer

PLAIN, LAYERS, FLOATS = {np.ndarray}, {Layer}, [{np.dtype("f4")}, {np.dtype("f8")}]
FEW = 20_000
flat, look = chain.from_iterable, attrgetter("__class__", "dtype", "shape")


def network(layers, x, activation):
    """Tell whether layers and inputs fit."""
    return type(activation) is str and activation in ACTIVATIONS and in_order(layers, [x], inputs)


def way_back(layers, trace, y):
    """Tell whether layers, what flowed through them, and labels fit."""
    z, h, p, activation = trace
    return (
        type(activation) is str
        and activation in ACTIVATIONS
        and type(z) is type(h) is list
        and len(z) == len(h)
        and in_order(layers, [*h, *z, p, y], flow)
        and one_hot(y)
    )


def step(layers, gradients, alpha):
    """Tell whether the gradients have the shapes of the layers."""
    return (
        type(alpha) is float
        and 0 < alpha < np.inf
        and type(gradients) is list
        and {*map(type, gradients)} == LAYERS
        and in_order(layers, flat(gradients), parameters)
    )


def in_order(layers, others, wanted):
    """Tell whether all are plain arrays of one kind of float, finite, in the shapes `wanted`."""
    try:
        arrays = [*flat(layers), *others]
        count = fit(tuple(map(type, layers)), tuple(map(look, arrays)), wanted)
        return type(layers) is list and count > 0 and finite(arrays, arrays[0].dtype, count)
    except Exception:  # the question cannot even be put to them
        return False


@lru_cache
def fit(kinds, looks, wanted):
    """Count the numbers in all arrays; 0 where types or shapes do not fit.

    `kinds` are the types of the layers, `looks` tell type, dtype and shape of each array: first
    those of the layers, then what is `wanted` besides.
    """
    types, dtypes, shapes = zip(*looks, strict=True)
    W, (*_, N) = shapes[: 2 * len(kinds) : 2], shapes[-1]
    sizes = [W[0][1], *(n for n, _ in W)]
    fits = [*shapes] == [*parameters(sizes, N), *wanted(sizes, N)] and 0 not in (*sizes, N)
    plain = {*kinds} == LAYERS and {*types} == PLAIN and {*dtypes} in FLOATS
    return sum(map(prod, shapes)) if fits and plain else 0


def parameters(sizes, _):
    """Shapes of W1, b1, W2, b2 and so on, and of their gradients."""
    return [shape for n_in, n in pairwise(sizes) for shape in ((n, n_in), (n, 1))]


def inputs(sizes, N):
    """Shape of x."""
    return [(sizes[0], N)]


def flow(sizes, N):
    """Shapes of h0, h1 and so on, of z1, z2 and so on, of p and of y."""
    return [(n, N) for n in (*sizes[:-1], *sizes[1:], sizes[-1], sizes[-1])]


def finite(arrays, dtype, count):
    """Tell whether all numbers are finite: in the sum of squares, an inf or a nan is still there.

    Few numbers are copied into one row first: that takes less time than asking array by array.
    """
    if count < FEW:  # pragma: no mutate (both ways give the same answer)
        try:
            numbers = np.frombuffer(b"".join(arrays), dtype)
        except TypeError:
            pass  # an array that does not lie row by row in memory
        else:
            return isfinite(numbers.dot(numbers))
    return isfinite(fsum(map(np.vdot, arrays, arrays)))


def one_hot(y):
    """Tell whether every column sums to 1, by as many numbers other than 0 as there are columns."""
    K, N = y.shape
    sums = ones(K, y.dtype).dot(y)
    return np.count_nonzero(y) == N and sums.tobytes() == ones(N, y.dtype).tobytes()


@lru_cache(maxsize=16)
def ones(n, dtype):
    """Return n ones, the same array each time: nothing outside this module sees it."""
    return np.ones(n, dtype)
