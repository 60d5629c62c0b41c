"""The JavaScript that figures compute with gives nn_core's numbers, on vectors drawn afresh."""

import os
from pathlib import Path

import numpy as np
import pytest
from in_node import ask

import nn_core

RUNNER = Path(__file__).with_name("nn_vectors.mjs")
SEED = int(os.environ.get("NN_JS_SEED", 1))  # a test fails for a change, never for luck
CASES = 40
TOLERANCE = 1e-12


def as_json(layers):
    return [{"W": W.tolist(), "b": b.tolist()} for W, b in layers]


def draw_case(rng):
    """Return a random network with its data, as JSON: size, depth, width, scale, activation."""
    sizes = rng.integers(1, 7, size=rng.integers(2, 6)).tolist()
    sizes[-1] = max(2, sizes[-1])
    n = int(rng.choice([1, 2, 3, 4, 5, 17, 64]))
    scale = float(rng.choice([0.1, 1.0, 10.0]))
    batch = rng.choice(n, size=rng.integers(1, n + 1), replace=False)
    return {
        "sizes": sizes,
        "layers": as_json(nn_core.init_layers(sizes, rng)),
        "x": (scale * rng.normal(size=(sizes[0], n))).tolist(),
        "y": nn_core.one_hot(rng.integers(sizes[-1], size=n), sizes[-1]).tolist(),
        "activation": str(rng.choice(["sigmoid", "tanh", "relu"])),
        "alpha": float(rng.choice([0.01, 0.3, 1.0])),
        "steps": int(rng.integers(1, 6)),
        "batch": batch.tolist(),
    }


def step(layers, x, y, alpha, activation):
    trace = nn_core.feedforward(layers, x, activation)
    return nn_core.descend(layers, nn_core.backprop(layers, trace, y), alpha)


def train(layers, x, y, case):
    """Return the layers after the case's full steps and its batch, and the loss between."""
    alpha, activation = case["alpha"], case["activation"]
    for _ in range(case["steps"]):
        layers = step(layers, x, y, alpha, activation)
    loss = nn_core.loss(layers, x, y, activation)
    batch = case["batch"]
    return step(layers, x[:, batch], y[:, batch], alpha, activation), loss


def block_sums(layers, x, y, case):
    """Return the summed gradients of the first examples, of the rest, and of all, with counts."""
    n, cut = x.shape[1], len(case["batch"])
    blocks = [slice(0, cut), *([slice(cut, n)] if cut < n else []), slice(0, n)]
    sums = []
    for block in blocks:
        trace = nn_core.feedforward(layers, x[:, block], case["activation"])
        gradient = nn_core.to_vector(nn_core.backprop(layers, trace, y[:, block]))
        sums.append([trace.p.shape[1] * gradient, trace.p.shape[1]])
    return sums


def expected(case):
    """Return what nn_core makes of the case, under the runner's names."""
    layers = [nn_core.Layer(np.array(layer["W"]), np.array(layer["b"])) for layer in case["layers"]]
    x, y, activation = np.array(case["x"]), np.array(case["y"], float), case["activation"]
    trace = nn_core.feedforward(layers, x, activation)
    gradients = nn_core.backprop(layers, trace, y)
    dz1 = dict(nn_core.backward_sequence(layers, trace, y))["dz1"]
    trained, trained_loss = train(layers, x, y, case)
    elementwise = ("sigmoid", "dsigmoid", "tanh", "dtanh", "relu", "drelu")
    return {
        "z": trace.z,
        "h": trace.h,
        "p": trace.p,
        "log_softmax": nn_core.log_softmax(trace.z[-1]),
        "jacobian": nn_core.softmax_jacobian(trace.z[-1][:, :1]),
        "cross_entropy": nn_core.cross_entropy(trace.p, y),
        "cross_entropy_from_logits": nn_core.cross_entropy_from_logits(trace.z[-1], y),
        "loss": nn_core.loss(layers, x, y, activation),
        "loss_of": nn_core.loss(layers, x, y, activation),
        "sequence": list(nn_core.backward_sequence(layers, trace, y)),
        "input_gradient": layers[0].W.T @ dz1,
        "gradients": as_json(gradients),
        "descended": as_json(nn_core.descend(layers, gradients, case["alpha"])),
        "vector": nn_core.to_vector(layers),
        "back": as_json(layers),
        "blocks": block_sums(layers, x, y, case),
        "trained": as_json(trained),
        "trained_loss": trained_loss,
        "count": nn_core.count_parameters(case["sizes"]),
        "elementwise": np.array([getattr(nn_core, name)(x).ravel() for name in elementwise]).T,
    }


def leaves(value, path=""):
    """Yield every number in a nest of dicts, lists and arrays, with the way to it."""
    if isinstance(value, dict):
        for key in sorted(value):
            yield from leaves(value[key], f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}[{index}]")
    elif isinstance(value, np.ndarray):
        yield from leaves(value.tolist(), path)
    else:
        yield path, value


def same(got, want):
    if isinstance(want, str) and not isinstance(got, (int, float)):
        return got == want or float(got) == float(want)
    got, want = float(got), float(want)
    return got == want or abs(got - want) <= TOLERANCE * max(1.0, abs(want))


@pytest.fixture(scope="module")
def answers():
    rng = np.random.default_rng(SEED)
    cases = [draw_case(rng) for _ in range(CASES)]
    return list(zip(cases, ask(RUNNER, cases), strict=True))


@pytest.mark.parametrize("number", range(CASES))
def test_nn_js_gives_the_numbers_of_nn_core(answers, number):
    case, got = answers[number]
    where = f"NN_JS_SEED={SEED}, case {number}: {case['sizes']}, {case['activation']}"
    wanted, found = dict(leaves(expected(case))), dict(leaves(got))
    assert wanted.keys() == found.keys(), where
    wrong = {key: (found[key], wanted[key]) for key in wanted if not same(found[key], wanted[key])}
    assert not wrong, f"{where}: got, want: {wrong}"


def test_the_comparison_sees_an_error_of_one_part_in_a_hundred_thousand_million():
    assert same(1.0, 1.0 + 1e-13)
    assert not same(1.0, 1.0 + 1e-11)
    assert not same(float("nan"), 1.0)
