"""The quick look changes nothing: with it or without, the same result or the same sentence."""

from collections import deque
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import problems

import nn_core as nn
from nn_core import _glance as glance
from nn_core import gradients, network, training


class Blind:
    """A look that sees nothing in order, so that all is looked at closely."""

    network = way_back = step = staticmethod(lambda *_: False)


def outcome(function, *arguments):
    """What a function returns, as arrays and their types, or the sentence it raises."""
    with np.errstate(all="ignore"):
        try:
            return flat(function(*arguments))
        except Exception as error:
            return type(error), str(error)


def flat(value):
    if isinstance(value, list | tuple):
        return [type(value), *map(flat, value)]
    return (type(value), value.dtype, value.tolist()) if isinstance(value, np.ndarray) else value


def same_without_the_look(function, *arguments):
    seen = outcome(function, *arguments)
    with pytest.MonkeyPatch.context() as patch:
        for module in (network, gradients, training):
            patch.setattr(module, "glance", Blind)
        assert repr(outcome(function, *arguments)) == repr(seen)


def put(value):
    """A change that writes `value` somewhere into an array."""

    def change(a, rng):
        a = a.copy()
        a[tuple(rng.integers(n) for n in a.shape)] = value
        return a

    return change


CHANGES = {
    **{f"{value} in it": put(value) for value in (np.nan, np.inf, -np.inf, 2, 1e-9, 1e200, -0.0)},
    "transposed": lambda a, rng: a.T,
    "flat": lambda a, rng: a.ravel(),
    "a row too many": lambda a, rng: np.concatenate([a, a[:1]]),
    "a column too few": lambda a, rng: a[:, 1:],
    "a column too many": lambda a, rng: np.concatenate([a, a[:, :1]], axis=1),
    "rows turned round": lambda a, rng: a[::-1],
    "columns in memory": lambda a, rng: np.asfortranarray(a),
    "a list": lambda a, rng: a.tolist(),
    "one number": lambda a, rng: 1.0,
    "nothing": lambda a, rng: None,
    "masked": lambda a, rng: np.ma.masked_greater(a, 0),
    "a mask of nothing": lambda a, rng: np.ma.array(a),
    "a matrix": lambda a, rng: np.asmatrix(a),
    **{
        f"of {kind}": lambda a, rng, kind=kind: a.astype(kind)
        for kind in ("f2", "f4", "f8", "g", "i8", "?", "c16", "O", "U5", ">f8")
    },
}
WHAT = st.sampled_from(sorted(CHANGES))


def changed(arrays, where, what, seed):
    """The arrays with one of them changed."""
    arrays, at = list(arrays), where % len(arrays)
    with np.errstate(all="ignore"):
        arrays[at] = CHANGES[what](arrays[at], np.random.default_rng(seed))
    return arrays


def paired(arrays):
    return [nn.Layer(*pair) for pair in zip(arrays[::2], arrays[1::2], strict=True)]


@given(problems(), st.integers(0, 99), WHAT, st.integers(0, 99))
@settings(max_examples=500)
def test_feedforward_is_the_same_without_the_look(problem, where, what, seed):
    layers, x, _, activation = problem
    x, *arrays = changed([x, *(a for layer in layers for a in layer)], where, what, seed)
    same_without_the_look(nn.feedforward, paired(arrays), x, activation)


@given(problems(), st.integers(0, 99), WHAT, st.integers(0, 99))
@settings(max_examples=500)
def test_backprop_is_the_same_without_the_look(problem, where, what, seed):
    layers, x, y, activation = problem
    z, h, p, _ = nn.feedforward(layers, x, activation)
    arrays = [a for layer in layers for a in layer]
    arrays = changed([y, p, *z, *h, *arrays], where, what, seed)
    y, p, L = arrays[0], arrays[1], len(layers)
    trace = nn.Trace(arrays[2 : L + 2], arrays[L + 2 : 2 * L + 2], p, activation)
    same_without_the_look(nn.backprop, paired(arrays[2 * L + 2 :]), trace, y)


@given(problems(), st.integers(0, 99), WHAT, st.integers(0, 99))
@settings(max_examples=500)
def test_descend_is_the_same_without_the_look(problem, where, what, seed):
    layers, x, y, activation = problem
    slopes = nn.backprop(layers, nn.feedforward(layers, x, activation), y)
    arrays = [a for pairs in (layers, slopes) for pair in pairs for a in pair]
    pairs = paired(changed(arrays, where, what, seed))
    same_without_the_look(nn.descend, pairs[: len(layers)], pairs[len(layers) :], 0.5)


LAYERS, X, Y = nn.load_example()
TRACE = nn.feedforward(LAYERS, X)
SLOPES = nn.backprop(LAYERS, TRACE, Y)
FORMS = {
    "tuple": tuple,
    "pairs": lambda pairs: [tuple(pair) for pair in pairs],
    "lists": lambda pairs: [list(pair) for pair in pairs],
    "stacked": lambda pairs: [np.array([W[:, :1], b]) for W, b in pairs],
    "split elsewhere": lambda pairs: [pairs[0][:1], (pairs[0].b, *pairs[1]), *pairs[2:]],
    "deque": deque,
    "none": lambda pairs: [],
    "fewer": lambda pairs: pairs[:-1],
    "more": lambda pairs: [*pairs, pairs[0]],
    "turned round": lambda pairs: pairs[::-1],
    "iterator": iter,
    "nothing": lambda pairs: None,
}


@pytest.mark.parametrize("form", FORMS)
def test_lists_of_any_form_are_the_same_without_the_look(form):
    layers, slopes = FORMS[form](LAYERS), FORMS[form](SLOPES)
    if form == "iterator":
        layers = slopes = "no list"
    for shape in (layers, layers[:1] if isinstance(layers, list) else layers):
        same_without_the_look(nn.feedforward, shape, X)
        same_without_the_look(nn.backprop, shape, TRACE, Y)
        same_without_the_look(nn.descend, shape, SLOPES, 0.5)
    same_without_the_look(nn.descend, LAYERS, slopes, 0.5)
    for field in ("z", "h"):
        values = getattr(TRACE, field)
        for new in (tuple(values), values[:-1], [*values, values[0]], [], None, values[0]):
            same_without_the_look(nn.backprop, LAYERS, TRACE._replace(**{field: new}), Y)
    uneven = TRACE._replace(z=TRACE.z[1:], h=[*TRACE.h, TRACE.z[0]])
    same_without_the_look(nn.backprop, LAYERS, uneven, Y)


@pytest.mark.parametrize("activation", ["tanh", "step", None, ["sigmoid"], 3])
def test_activations_of_any_name_are_the_same_without_the_look(activation):
    same_without_the_look(nn.feedforward, LAYERS, X, activation)
    trace = TRACE._replace(activation=activation)
    same_without_the_look(nn.backprop, LAYERS, trace, Y)
    same_without_the_look(nn.backprop, LAYERS, tuple(trace), Y)


@pytest.mark.parametrize(
    "alpha", [1, True, 0.0, -0.5, np.inf, np.nan, "1", None, np.float32(0.1), Decimal("0.1")]
)
def test_rates_of_any_kind_are_the_same_without_the_look(alpha):
    same_without_the_look(nn.descend, LAYERS, SLOPES, alpha)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "g", "i8", "?", "c16", "O", ">f8"])
def test_arrays_of_any_one_kind_are_the_same_without_the_look(dtype):
    layers, slopes = (
        [nn.Layer(*(a.astype(dtype) for a in p)) for p in q] for q in (LAYERS, SLOPES)
    )
    z, h, p, activation = TRACE
    z, h = ([a.astype(dtype) for a in values] for values in (z, h))
    x, y, trace = X.astype(dtype), Y.astype(dtype), nn.Trace(z, h, p.astype(dtype), activation)
    same_without_the_look(nn.feedforward, layers, x)
    same_without_the_look(nn.backprop, layers, trace, y)
    same_without_the_look(nn.descend, layers, slopes, 0.5)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(problem=problems())
def test_what_is_in_order_needs_no_second_look(dtype, problem):
    layers, x, y, activation = problem
    layers = [nn.Layer(W.astype(dtype), b.astype(dtype)) for W, b in layers]
    x, y = x.astype(dtype), y.astype(dtype)
    trace = nn.feedforward(layers, x, activation)
    assert glance.network(layers, x, activation)
    assert glance.way_back(layers, trace, y)
    assert glance.step(layers, nn.backprop(layers, trace, y), 0.5)


@pytest.mark.parametrize("N", [1, 2, 5])
@pytest.mark.parametrize("K", [1, 2, 3])
def test_labels_are_one_hot_where_the_close_look_says_so(K, N):
    values = [0, 1, -1, 2, 0.5, 1 + 1e-15, 1e-9, np.nan]
    rng = np.random.default_rng(0)
    for p_odd in (0.1, 0.5):
        for _ in range(300):
            y = nn.one_hot(rng.integers(K, size=N), K)
            odd = rng.random(y.shape) < p_odd / y.size
            y[odd] = rng.choice(values, size=odd.sum())
            wanted = not (((y != 0) & (y != 1)).any() or (y.sum(axis=0) != 1).any())
            assert glance.one_hot(y) == wanted


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("columns", [1, 7, glance.FEW])
@pytest.mark.parametrize("order", ["C", "F"])
def test_a_number_that_is_not_finite_is_seen_wherever_it_is(dtype, columns, order):
    rng = np.random.default_rng(0)
    for value in (0, 1e-30, 1e19, np.nan, np.inf, -np.inf):
        for which in range(3):
            arrays = [rng.normal(size=(3, n)).astype(dtype, order) for n in (2, columns, 1)]
            arrays[which][tuple(rng.integers(n) for n in arrays[which].shape)] = value
            count = sum(a.size for a in arrays)
            assert glance.finite(arrays, arrays[0].dtype, count) == np.isfinite(value)


def at_a_glance_alone(question, *arguments):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(glance, "finite", lambda *_: True)
        return question(*arguments)


def test_shapes_are_seen_whatever_the_numbers_are():
    assert at_a_glance_alone(glance.network, LAYERS, X, "sigmoid")
    for spoil in (lambda a: a.T, lambda a: a[:-1], np.ravel, lambda a: np.vstack([a, a])):
        for n in range(3):
            for field in ("W", "b"):
                layers = list(LAYERS)
                layers[n] = layers[n]._replace(**{field: spoil(getattr(layers[n], field))})
                assert not at_a_glance_alone(glance.network, layers, X, "sigmoid")
                assert not at_a_glance_alone(glance.way_back, layers, TRACE, Y)
                assert not at_a_glance_alone(glance.step, layers, SLOPES, 0.5)
                slopes = list(SLOPES)
                slopes[n] = slopes[n]._replace(**{field: spoil(getattr(slopes[n], field))})
                assert not at_a_glance_alone(glance.step, LAYERS, slopes, 0.5)


# What each call of a loop is given, by the name that its sentence has for it.
GIVEN = {
    "feedforward": ["W1", "b1", "W3", "b3", "x"],
    "backprop": ["W1", "b2", "trace.h[0]", "trace.h[2]", "trace.z[1]", "trace.p", "y"],
    "descend": ["W2", "b3", "dW1", "db1", "dW3", "db3"],
}
SPOILED = {
    "finite": lambda a: a.fill(np.nan),
    "have": lambda a: setattr(a, "shape", a.shape[::-1] if a.shape[0] != a.shape[1] else a.size),
}


@pytest.mark.parametrize("columns", [1, 7, glance.FEW])
@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize(("call", "name"), [(c, n) for c, names in GIVEN.items() for n in names])
@pytest.mark.filterwarnings("ignore:Setting the shape")  # what NumPy still allows is still seen
def test_the_next_call_sees_what_was_written_into_an_array_of_the_loop(call, name, how, columns):
    rng = np.random.default_rng(0)
    layers = nn.init_layers([2, 3, 2, 3], rng)
    x, y = rng.normal(size=(2, columns)), nn.one_hot(rng.integers(3, size=columns), 3)
    for _ in range(3):
        trace = nn.feedforward(layers, x)
        slopes = nn.backprop(layers, trace, y)
        nn.descend(layers, slopes, 0.5)
    arrays = {"x": x, "y": y, "trace.p": trace.p}
    for n in range(3):
        arrays |= {f"W{n + 1}": layers[n].W, f"b{n + 1}": layers[n].b}
        arrays |= {f"dW{n + 1}": slopes[n].W, f"db{n + 1}": slopes[n].b}
        arrays |= {f"trace.h[{n}]": trace.h[n], f"trace.z[{n}]": trace.z[n]}
    SPOILED[how](arrays[name])
    calls = {
        "feedforward": lambda: nn.feedforward(layers, x),
        "backprop": lambda: nn.backprop(layers, trace, y),
        "descend": lambda: nn.descend(layers, slopes, 0.5),
    }
    with pytest.raises(ValueError, match=how) as error:
        calls[call]()
    assert name in str(error.value)
