"""The same network in PyTorch, in float64. `make bench` installs PyTorch; else this is skipped."""

import numpy as np
import pytest

import nn_core as nn
from nn_core.autodiff import Value, softmax_cross_entropy

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


def program(v, steps):
    """Return a loss from random steps on `v`, Values or tensors: both have the same methods."""
    v = list(v)
    for kind, i, j in steps:
        a, b = v[i % len(v)], v[j % len(v)]
        v.append(
            [
                lambda a=a, b=b: a * b + a,
                lambda a=a, b=b: a / (b * b + 1) - 0.5 * b,
                lambda a=a, b=b: (a @ b).tanh(),
                lambda a=a, b=b: a.sum(axis=0) * b.T,
                lambda a=a, b=b: a.sum(axis=1, keepdims=True).sigmoid() + b,
                lambda a=a, b=b: a.tanh().exp() + b.relu(),
                lambda a=a, b=b: (a**2 + 1).log() * b.sum(),
                lambda a=a, b=b: (a.T @ b + b) ** 3,
            ][kind]().tanh()
        )
    return sum((part * part).sum() for part in v[3:])


@pytest.mark.parametrize("seed", range(40))
def test_pytorch_finds_the_same_gradients_of_a_random_program(seed):
    rng = np.random.default_rng(seed)
    arrays = rng.normal(size=(3, 4, 4))
    steps = rng.integers([8, 40, 40], size=(12, 3)).tolist()
    own, others = [Value(a) for a in arrays], [torch.tensor(a, requires_grad=True) for a in arrays]
    program(own, steps).backward()
    program(others, steps).backward()
    for value, tensor in zip(own, others, strict=True):
        expected = 0 if tensor.grad is None else tensor.grad.numpy()
        assert np.abs(value.gradient - expected).max() <= 1e-12 * max(1, np.abs(expected).max())


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize(("sizes", "N"), NETWORKS, ids=str)
def test_pytorch_finds_the_same_as_a_network_of_values(sizes, N, activation):
    rng = np.random.default_rng(0)
    layers = nn.init_layers(sizes, rng)
    x, y = rng.normal(size=(sizes[0], N)), nn.one_hot(rng.integers(sizes[-1], size=N), sizes[-1])
    _, _, gradients = same_in_torch(layers, x, y, activation)
    values, h = [[Value(W), Value(b)] for W, b in layers], x
    for W, b in values[:-1]:
        h = getattr(W @ h + b, activation)()
    W, b = values[-1]
    softmax_cross_entropy(W @ h + b, y).backward()
    for own, other in zip(values, gradients, strict=True):
        assert close(own[0].gradient, other[0])
        assert close(own[1].gradient, other[1])
