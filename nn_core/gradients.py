"""Backpropagation: every gradient of the average loss, from the output back to the input."""

from nn_core import _glance as glance
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
    return named(backward(*check_backward(layers, trace, y)), len(layers))


def backward(layers, trace, y):
    """Yield (dh, dz, dW, db) of each layer, the last layer first; there dh is None."""
    slope_from_h = ACTIVATIONS[trace.activation].slope
    last, N = len(layers), y.shape[1]
    dh = None
    dz = (trace.p - y) / N
    backwards = zip(range(last, 0, -1), reversed(layers), reversed(trace.h), strict=True)
    for n, (W, _), h in backwards:
        dW = dz @ h.T
        db = dz.sum(axis=1, keepdims=True)
        yield dh, dz, dW, db
        if n > 1:
            dh = W.T @ dz
            dz = dh * slope_from_h(h)  # σ′(z), which h = σ(z) already tells


def named(gradients, last):
    """Yield what `backward` does one by one, each with its name."""
    for n, values in zip(range(last, 0, -1), gradients, strict=True):
        for name, value in zip(("dh", "dz", "dW", "db"), values, strict=True):
            if value is not None:
                yield f"{name}{n}", value


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
    return collect(backward(*check_backward(layers, trace, y)))


def collect(gradients):
    """Keep dW and db of what `backward` yields, the first layer first."""
    return [Layer(dW, db) for _, _, dW, db in gradients][::-1]


def check_backward(layers, trace, y):
    """Return the arguments of `backprop` if they fit each other."""
    if type(trace) is Trace and glance.way_back(layers, trace, y):
        return layers, trace, y
    layers = check.layers("layers", layers)
    if not isinstance(trace, Trace):
        check.fail("trace", "be a Trace, as feedforward returns it", type(trace).__name__)
    check.choice("trace.activation", trace.activation, ACTIVATIONS)
    check.listed("trace.z", trace.z, len(layers), "arrays")
    check.listed("trace.h", trace.h, len(layers), "arrays")
    _, b = layers[-1]
    p = check.array("trace.p", trace.p, (len(b), None))
    z = check.arrays("trace.z", trace.z, [(len(W), p.shape[1]) for W, _ in layers])
    h = check.arrays("trace.h", trace.h, [(W.shape[1], p.shape[1]) for W, _ in layers])
    return layers, Trace(z, h, p, trace.activation), check.labels("y", y, like=p)
