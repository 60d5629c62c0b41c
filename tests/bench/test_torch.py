"""The same network in PyTorch, in float64. `make bench` installs PyTorch; else this is skipped."""

import numpy as np
import pytest

import nn_core as nn

torch = pytest.importorskip("torch", reason="PyTorch is not installed; `make bench` installs it")

NETWORKS = [
    ([2, 3, 2, 3], 342),
    ([64, 32, 10], 32),
    ([784, 100, 10], 128),
    ([100] * 7, 128),
    ([3, 4], 1),
]


def same_in_torch(layers, x, y, activation):
    """Probabilities, loss and gradients as PyTorch's autograd finds them."""
    parameters = [[torch.tensor(a, requires_grad=True) for a in layer] for layer in layers]
    *hidden, (W, b) = parameters
    h = torch.tensor(x)
    for V, c in hidden:
        h = getattr(torch, activation)(V @ h + c)
    z = W @ h + b
    loss = torch.nn.functional.cross_entropy(z.T, torch.tensor(y.T))
    loss.backward()
    gradients = [tuple(a.grad.numpy() for a in layer) for layer in parameters]
    return torch.softmax(z, dim=0).detach().numpy(), loss.item(), gradients


def close(a, b):
    """Tell whether two arrays differ by at most 1e-12 of the largest entry."""
    return np.abs(a - b).max() <= 1e-12 * np.abs(b).max()


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize(("sizes", "N"), NETWORKS, ids=str)
def test_pytorch_finds_the_same_to_twelve_digits(sizes, N, activation):
    rng = np.random.default_rng(0)
    layers = nn.init_layers(sizes, rng)
    x, y = rng.normal(size=(sizes[0], N)), nn.one_hot(rng.integers(sizes[-1], size=N), sizes[-1])
    trace = nn.feedforward(layers, x, activation)
    p, loss, gradients = same_in_torch(layers, x, y, activation)
    assert close(trace.p, p)
    assert nn.loss(layers, x, y, activation) == pytest.approx(loss, rel=1e-12)
    for own, other in zip(nn.backprop(layers, trace, y), gradients, strict=True):
        assert close(own.W, other[0])
        assert close(own.b, other[1])
