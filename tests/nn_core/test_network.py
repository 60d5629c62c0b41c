import math
import re
import warnings

import numpy as np
import pytest
from hypothesis import given
from strategies import problems

import nn_core as nn
from nn_core.network import forward_to_loss


def test_a_bird_goes_through_the_network_as_by_hand():
    layers, x, _ = nn.load_example()
    h = [float(v) for v in x[:, 0]]
    for n, (W, b) in enumerate(layers):
        z = [sum(W[j, k] * h[k] for k in range(len(h))) + b[j, 0] for j in range(len(b))]
        h = [1 / (1 + math.exp(-v)) for v in z]
        np.testing.assert_allclose(nn.feedforward(layers, x).z[n][:, 0], z, rtol=1e-14)
    powers = [math.exp(v) for v in z]
    p = [v / sum(powers) for v in powers]
    np.testing.assert_allclose(nn.feedforward(layers, x).p[:, 0], p, rtol=1e-14)


@given(problems())
def test_a_trace_holds_inputs_scores_and_probabilities(problem):
    layers, x, _, activation = problem
    trace = nn.feedforward(layers, x, activation)
    np.testing.assert_array_equal(trace.h[0], x)
    assert len(trace.z) == len(trace.h) == len(layers)
    assert trace.activation == activation
    for (W, b), h, z in zip(layers, trace.h, trace.z, strict=True):
        np.testing.assert_array_equal(z, W @ h + b)
    for z, h in zip(trace.z[:-1], trace.h[1:], strict=True):
        np.testing.assert_array_equal(h, getattr(nn, activation)(z))
    np.testing.assert_array_equal(trace.p, nn.softmax(trace.z[-1]))


@given(problems())
def test_the_loss_is_the_price_of_the_prediction(problem):
    layers, x, y, activation = problem
    p = nn.feedforward(layers, x, activation).p
    wanted = nn.cross_entropy(p, y)
    assert nn.loss(layers, x, y, activation) == pytest.approx(wanted, rel=1e-12, abs=1e-15)


@given(problems())
def test_one_way_through_gives_the_trace_and_the_loss(problem):
    layers, x, y, activation = problem
    trace, loss = forward_to_loss(layers, x, y, activation)
    wanted = nn.feedforward(layers, x, activation)
    for a, b in zip([*trace.z, *trace.h, trace.p], [*wanted.z, *wanted.h, wanted.p], strict=True):
        np.testing.assert_array_equal(a, b)
    assert trace.activation == activation
    assert loss == pytest.approx(nn.loss(layers, x, y, activation), rel=1e-12, abs=1e-14)


@given(problems())
def test_the_order_of_the_examples_does_not_matter(problem):
    layers, x, y, activation = problem
    order = np.random.default_rng(0).permutation(x.shape[1])
    shuffled = nn.loss(layers, x[:, order], y[:, order], activation)
    assert shuffled == pytest.approx(nn.loss(layers, x, y, activation), rel=1e-13)


@given(problems())
def test_the_order_of_hidden_neurons_does_not_matter(problem):
    layers, x, y, activation = problem
    twin = list(layers)
    for n in range(len(layers) - 1):
        order = np.random.default_rng(n).permutation(len(layers[n].b))
        twin[n] = nn.Layer(twin[n].W[order], twin[n].b[order])
        twin[n + 1] = nn.Layer(twin[n + 1].W[:, order], twin[n + 1].b)
    wanted = nn.loss(layers, x, y, activation)
    assert nn.loss(twin, x, y, activation) == pytest.approx(wanted, rel=1e-12)


@given(problems(dtype=np.float32))
def test_float32_is_kept(problem):
    layers, x, _, activation = problem
    trace = nn.feedforward(layers, x, activation)
    assert {a.dtype for a in [*trace.z, *trace.h, trace.p]} == {np.dtype(np.float32)}


def test_the_inputs_are_not_modified():
    layers, x, y = nn.load_example()
    nn.loss(layers, x, y)
    fresh = nn.load_example()
    np.testing.assert_array_equal(nn.to_vector(layers), nn.to_vector(fresh.layers))
    np.testing.assert_array_equal(x, fresh.x)
    np.testing.assert_array_equal(y, fresh.y)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_scores_of_ten_thousand_leave_the_loss_finite_and_right(activation):
    layers = [nn.Layer(np.array([[1.0]]), np.array([[1e4]]))]
    layers.append(nn.Layer(np.array([[1e4], [-1e4]]), np.zeros((2, 1))))
    layers.insert(0, nn.Layer(np.array([[1.0]]), np.array([[-1e4]])))
    x = np.zeros((1, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for wanted, y in [(2e4, np.array([[0.0], [1.0]])), (0, np.array([[1.0], [0.0]]))]:
            assert nn.loss(layers, x, y, activation) == wanted
            assert forward_to_loss(layers, x, y, activation)[1] == wanted


W, B, X = np.ones((2, 3)), np.ones((2, 1)), np.ones((3, 4))


@pytest.mark.parametrize(
    ("layers", "x", "activation", "message"),
    [
        ([(W, B)], np.ones((2, 4)), "sigmoid", r"x must have shape \(3, any\), got \(2, 4\)"),
        ([(W, B)], np.ones(3), "sigmoid", r"x must have shape \(3, any\), got \(3,\)"),
        ([(W, np.ones(2))], X, "sigmoid", r"b1 must have shape \(2, 1\), got \(2,\)"),
        ([(W, np.ones(3))], X, "sigmoid", r"b1 must have shape \(2, 1\), got \(3,\)"),
        (
            [(W, np.ones((3, 1)))],
            X,
            "sigmoid",
            r"W1 and b1 must have as many rows, got shapes \(2, 3\) and \(3, 1\)",
        ),
        ([(W, B), (W, B)], X, "sigmoid", r"W2 must have shape \(any, 2\), got \(2, 3\)"),
        ([(W * np.nan, B)], X, "sigmoid", r"W1 must be finite, got nan among its values"),
        ([(W, B)], X * np.inf, "sigmoid", r"x must be finite, got inf among its values"),
        ([(W, B)], X[:, :0], "sigmoid", r"x must hold at least one number, got shape \(3, 0\)"),
        ([(W, B)], X, "swish", r"activation must be one of 'sigmoid', 'tanh', 'relu', got 'swish'"),
        ([], X, "sigmoid", r"layers must be a list of Layer\(W, b\), got list of \[\]"),
        (W, X, "sigmoid", r"layers must be a list of Layer\(W, b\), got ndarray .*"),
        (nn.Layer(W, B), X, "sigmoid", r"layers must be a list of Layer\(W, b\), got Layer .*"),
    ],
)
def test_what_does_not_fit_is_named(layers, x, activation, message):
    with pytest.raises(ValueError, match=f"(?s)^{message}$"):
        nn.feedforward(layers, x, activation)


def test_lists_count_as_the_arrays_that_they_list():
    layers, x, _ = nn.load_example()
    listed = [(W.tolist(), b.tolist()) for W, b in layers]
    np.testing.assert_array_equal(nn.feedforward(listed, x.tolist()).p, nn.feedforward(layers, x).p)


def test_labels_of_the_wrong_shape_are_named():
    with pytest.raises(ValueError, match=r"^y must have shape \(2, 4\), got \(4, 2\)$"):
        nn.loss([nn.Layer(W, B)], X, np.ones((4, 2)))


def test_a_trace_shows_its_shapes_on_one_line():
    layers, x, _ = nn.load_example()
    assert repr(nn.feedforward(layers, x)) == (
        "Trace(z=[<3×1>, <2×1>, <3×1>], h=[<2×1>, <3×1>, <2×1>], p=<3×1>, activation='sigmoid')"
    )


def test_what_is_masked_is_not_computed_with():
    layers, x, _ = nn.load_example()
    x = np.ma.masked_less(x, 0)
    with pytest.raises(ValueError, match=r"^x must hold no masked value, got 1 of 2 masked$"):
        nn.feedforward(layers, x)
    unmasked = np.ma.array(x.data)
    p = nn.feedforward(layers, unmasked).p
    assert type(p) is np.ndarray
    np.testing.assert_array_equal(p, nn.feedforward(layers, x.data).p)


@pytest.mark.parametrize("kind", [complex, object, str, "M8[s]"])
def test_what_is_no_real_number_is_refused(kind):
    W = np.array([[1, 2, 3], [4, 5, 6]]).astype(kind)
    message = rf"^W1 must hold real numbers, got dtype {re.escape(str(W.dtype))}$"
    with pytest.raises(ValueError, match=message):
        nn.feedforward([(W, B)], X)
