"""Backpropagation: every gradient of the average loss, from the output back to the input."""

from nn_core import _validate as check
from nn_core.activations import ACTIVATIONS
from nn_core.network import Trace
from nn_core.parameters import Layer


def backward_sequence(layers, trace, y):
    """Yield every gradient, in the order in which it can be computed.

    Parameters
    ----------
    layers : list of Layer
    trace : Trace
        What `feedforward(layers, x)` returned.
    y : ndarray, shape (K, N)
        One-hot labels.

    Yields
    ------
    name, value : str, ndarray
        For three layers: dz3, dW3, db3, dh2, dz2, dW2, db2, dh1, dz1, dW1, db1. Each has the
        shape of what it is the gradient of.

    Raises
    ------
    ValueError
        If the layers do not fit each other or the trace, a value is not finite, or a column of
        `y` is not one-hot.

    Notes
    -----
    Equations (eq-dz), (eq-dW), (eq-db), (eq-dh) and (eq-dz-hidden) of chapter 7.
    """
    return backward(*check_backward(layers, trace, y))


def backward(layers, trace, y):
    """`backward_sequence` without checks."""
    slope = ACTIVATIONS[trace.activation].slope
    last, N = len(layers), y.shape[1]
    dz = (trace.p - y) / N
    backwards = zip(range(last, 0, -1), reversed(layers), reversed(trace.h), strict=True)
    for n, (W, _), h in backwards:
        yield f"dz{n}", dz
        yield f"dW{n}", dz @ h.T
        yield f"db{n}", dz.sum(axis=1, keepdims=True)
        if n > 1:
            dh = W.T @ dz
            yield f"dh{n - 1}", dh
            dz = dh * slope(h)  # σ′(z), which h = σ(z) already tells


def backprop(layers, trace, y):
    """Gradient of the average loss with respect to every weight and bias.

    Parameters
    ----------
    layers : list of Layer
    trace : Trace
        What `feedforward(layers, x)` returned.
    y : ndarray, shape (K, N)
        One-hot labels.

    Returns
    -------
    gradients : list of Layer
        `Layer(dW, db)` for each layer, in the order of `layers`.

    Raises
    ------
    ValueError
        As `backward_sequence`.
    """
    return collect(backward_sequence(layers, trace, y))


def collect(sequence):
    """Pick dW and db out of a backward sequence, the first layer first."""
    gradients = dict(sequence)
    last = sum(name.startswith("dW") for name in gradients)
    return [Layer(gradients[f"dW{n}"], gradients[f"db{n}"]) for n in range(1, last + 1)]


def check_backward(layers, trace, y):
    """Return the arguments of `backprop` if they fit each other."""
    layers = check.layers("layers", layers)
    if not isinstance(trace, Trace):
        check.fail("trace", "be a Trace, as feedforward returns it", type(trace).__name__)
    check.choice("trace.activation", trace.activation, ACTIVATIONS)
    for name, values in [("z", trace.z), ("h", trace.h)]:
        if len(values) != len(layers):
            check.fail(f"trace.{name}", f"list {len(layers)} arrays", len(values))
    p = check.array("trace.p", trace.p, (layers[-1][0].shape[0], None))
    for n, ((W, _), z, h) in enumerate(zip(layers, trace.z, trace.h, strict=True)):
        check.array(f"trace.z[{n}]", z, (W.shape[0], p.shape[1]))
        check.array(f"trace.h[{n}]", h, (W.shape[1], p.shape[1]))
    return layers, trace, check.labels("y", y, like=p)
