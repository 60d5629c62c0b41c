"""Automatic differentiation: the gradient of whatever a program computed from arrays.

A program is a graph of small steps. A `Value` is one of its nodes: it holds an array, and knows
from which values it was made and the rule that hands a gradient back to each of them.

>>> w, x = Value([[2.0, -1.0]]), Value([[3.0], [0.5]])
>>> loss = ((w @ x).tanh() ** 2).sum()
>>> loss.backward()
>>> w.gradient.shape
(1, 2)

Chapter 10 builds it in three steps.
"""

import numpy as np

from nn_core import _validate as check
from nn_core._graph import Node
from nn_core.activations import drelu, log_softmax, relu, sigmoid
from nn_core.losses import average


class Value(Node):
    """An array that remembers how it was made: a node, and the operations with their rules.

    Its arguments, attributes, `backward` and `walk` are those of a `Node`.
    """

    def __add__(self, other):
        """Hand the same gradient to both terms."""
        a, b = self, as_value(other)
        return Value(a.data + b.data, (a, lambda d: d), (b, lambda d: d))

    def __mul__(self, other):
        """Hand each factor the gradient times the other factor."""
        a, b = self, as_value(other)
        return Value(a.data * b.data, (a, lambda d: d * b.data), (b, lambda d: d * a.data))

    def __matmul__(self, other):
        """Hand back dA = dC Bᵀ and dB = Aᵀ dC: the rules for dW and dh."""
        a, b = self, as_value(other)
        if a.data.ndim != 2 or b.data.ndim != 2 or a.data.shape[1] != b.data.shape[0]:
            check.fail("a product", "have equal inner sizes", f"{a.data.shape} @ {b.data.shape}")
        return Value(a.data @ b.data, (a, lambda d: d @ b.data.T), (b, lambda d: a.data.T @ d))

    def __pow__(self, n):
        """Raise to the power of a number `n`; the slope is n vⁿ⁻¹."""
        if not np.isscalar(n):
            check.fail("the exponent", "be a number", type(n).__name__)
        return Value(self.data**n, (self, lambda d: d * n * self.data ** (n - 1)))

    def __neg__(self):
        """Change the sign."""
        return self * -1.0

    def __sub__(self, other):
        """Add the negative."""
        return self + -as_value(other)

    def __truediv__(self, other):
        """Multiply by the inverse."""
        return self * as_value(other) ** -1.0

    __radd__, __rmul__ = __add__, __mul__  # where what stands on the left is no Value

    def __rsub__(self, other):
        """Subtract from what is no Value."""
        return -self + other

    def __rtruediv__(self, other):
        """Divide what is no Value."""
        return self**-1.0 * other

    def __rmatmul__(self, other):
        """Multiply a matrix that is no Value from the left."""
        return as_value(other) @ self

    @property
    def T(self):  # noqa: N802
        """Transpose; the gradient comes back transposed."""
        return Value(self.data.T, (self, lambda d: d.T))

    def sum(self, axis=None, keepdims=False):
        """Add up; every term gets the gradient of the sum."""
        h = self.data.sum(axis=axis, keepdims=True)
        spread = (self, lambda d: np.broadcast_to(d.reshape(h.shape), self.data.shape))
        return Value(h if keepdims else h.squeeze(axis), spread)

    def exp(self):
        """Return eᵛ, which is its own slope."""
        h = np.exp(self.data)
        return Value(h, (self, lambda d: d * h))

    def log(self):
        """Return the natural logarithm; its slope is 1/v."""
        if not (self.data > 0).all():
            check.fail("the logarithm", "be taken of positive numbers", f"{self.data.min():g}")
        return Value(np.log(self.data), (self, lambda d: d / self.data))

    def tanh(self):
        """Return tanh v; its slope is 1 − h²."""
        h = np.tanh(self.data)
        return Value(h, (self, lambda d: d * (1 - h**2)))

    def sigmoid(self):
        """Return σ(v); its slope is h (1 − h)."""
        h = sigmoid.unchecked(self.data)
        return Value(h, (self, lambda d: d * h * (1 - h)))

    def relu(self):
        """Cut off below 0; the slope is 1 above 0, else 0."""
        return Value(relu.unchecked(self.data), (self, lambda d: d * drelu.unchecked(self.data)))


@np.errstate(over="ignore")
def softmax_cross_entropy(z, y):
    """Average price of the prediction ``softmax(z)`` when the truth is `y`, as one step.

    Parameters
    ----------
    z : Value, shape (K, N)
        Scores, one column per example.
    y : ndarray, shape (K, N)
        One-hot labels.

    Returns
    -------
    loss : Value
        One number, in nats. It hands back (p − y) / N.

    Raises
    ------
    ValueError
        If the shapes differ or a column of `y` is not one-hot.

    Notes
    -----
    Equations (eq-cross-entropy-logits) of chapter 5 and (eq-dz) of chapter 7.
    """
    z = as_value(z)
    y = check.labels("y", y, like=z.data)
    N = y.size // y.shape[0]
    log_p = log_softmax.unchecked(z.data)
    return Value(average(-y * log_p), (z, lambda d: d * (np.exp(log_p) - y) / N))


def as_value(v):
    """Return `v` as a Value; a number or an array becomes one that was made of nothing."""
    return v if isinstance(v, Value) else Value(v)
