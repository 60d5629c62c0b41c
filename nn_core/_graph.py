"""The graph that a program of `Value`s leaves, and the walk back through it."""

from collections import Counter, deque

import numpy as np

from nn_core import _validate as check


class Node:
    """An array that remembers how it was made.

    Parameters
    ----------
    data : array_like of float
        Its numbers; they are copied, in float64, and stay as they are.
    *sources : tuple of (Value, callable)
        What it was made of: a value, and the rule that turns this value's gradient into the share
        that goes back to that one. Only a new operation needs them; see `tanh`.

    Attributes
    ----------
    gradient : ndarray of the shape of `data`, or 0.0
        The slope of the loss along each number, once `backward` has run; what several losses
        hand back adds up until `clear`.

    Raises
    ------
    ValueError
        If `data` does not hold finite real numbers, or somebody tries to change it.

    Notes
    -----
    Equations (eq-share) and (eq-shares-add) of chapter 10.
    """

    __array_ufunc__ = None  # an array beside a Value leaves the operation to the Value

    def __init__(self, data, *sources):
        self._data = np.asarray(data) if sources else np.array(check.array("data", data), float)
        self._data.flags.writeable = False  # a rule may need these very numbers on the way back
        self.sources, self.gradient = sources, 0.0

    @property
    def data(self):
        """The numbers; what is computed from them relies on their staying as they are."""
        return self._data

    @data.setter
    def data(self, _):
        raise ValueError("the data of a Value cannot change: make a new Value of the new numbers")

    def backward(self):
        """Find the gradient of this value, one number, along every value that it was made from.

        Raises
        ------
        ValueError
            If it is not one number, or its graph was walked before.
        """
        deque(self.walk(), maxlen=0)

    def walk(self):
        """Do what `backward` does, and yield each value when its gradient is whole."""
        if self.data.size != 1:
            check.fail("the loss", "be one number", f"shape {self.data.shape}")
        missing = uses(self)  # before anything is handed on: a value waits for all its shares
        self.gradient = self.gradient + np.ones_like(self.data)
        whole = deque([self])
        while whole:
            value = whole.popleft()
            yield value
            for source, rule in value.sources:
                source.gradient = source.gradient + fit(rule(value.gradient), source.data.shape)
                missing[source] -= 1
                if not missing[source]:
                    whole.append(source)
            value.sources = None if value.sources else ()  # its arrays are needed no more

    def clear(self):
        """Forget the gradient, before the next loss hands back its own."""
        self.gradient = 0.0

    def __repr__(self):
        """Say the shape, not the numbers."""
        return f"{type(self).__name__} of shape {self.data.shape}"


def uses(loss):
    """Count, for every value of the graph, how many shares of its gradient will be handed back."""
    counts, found = Counter(), [loss]
    while found:
        value = found.pop()
        if value.sources is None:
            raise ValueError("this graph was walked before: compute the loss again")
        for source, _ in value.sources:
            if source not in counts:
                found.append(source)
            counts[source] += 1
    return counts


def fit(d, shape):
    """Undo broadcasting: a number that was used many times gets the sum of what comes back."""
    if d.shape == shape:
        return d
    d = d.sum(axis=tuple(range(d.ndim - len(shape))))
    return d.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)
