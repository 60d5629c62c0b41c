"""Gradients of programs: against differences, and against the pass that was derived by hand."""

import re
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nn_core as nn
from nn_core.autodiff import Value, softmax_cross_entropy

RNG = np.random.default_rng(0)
A, B = RNG.normal(size=(3, 4)), RNG.normal(size=(3, 4))
COLUMN, ROW, M = RNG.normal(size=(3, 1)), RNG.normal(size=4), RNG.normal(size=(4, 2))

OPERATIONS = {
    "+": lambda a: a + B,
    "+, a number": lambda a: 2 + a + 1,
    "-": lambda a: a - B,
    "-, from the left": lambda a: 1 - a,
    "-, the sign": lambda a: -a,
    "*": lambda a: a * B,
    "*, from the left": lambda a: B * a,
    "/": lambda a: a / (B**2 + 1),
    "/, from the left": lambda a: 2 / (a * a + 1),
    "** 3": lambda a: a**3,
    "** 0.5": lambda a: (a * a + 1) ** 0.5,
    "@": lambda a: a @ M,
    "@, from the left": lambda a: M @ M.T @ a.T,
    "@, an array from the left": lambda a: B.T @ a,
    "T": lambda a: a.T * B.T,
    "sum": lambda a: a.sum() * B,
    "sum, axis 0": lambda a: a.sum(axis=0) * ROW,
    "sum, last axis": lambda a: a.sum(axis=-1) * ROW[:3],
    "sum, both axes": lambda a: a.sum(axis=(0, 1)) * B,
    "sum, keepdims": lambda a: a.sum(axis=1, keepdims=True) * COLUMN,
    "exp": lambda a: a.exp() * B,
    "log": lambda a: (a * a + 0.5).log() * B,
    "tanh": lambda a: a.tanh() * B,
    "sigmoid": lambda a: a.sigmoid() * B,
    "relu": lambda a: a.relu() * B,
    "a column to a matrix": lambda a: a.sum(axis=1, keepdims=True) + B,
    "a row to a matrix": lambda a: a.sum(axis=0) * B,
    "a number to a matrix": lambda a: a.sum() + B,
    "an outer sum": lambda a: a.sum(axis=0) + a.sum(axis=1, keepdims=True),
    "used twice": lambda a: a * a,
    "used twice, far apart": lambda a: (a + a.tanh() @ (M @ M.T)) * a,
    "softmax_cross_entropy": lambda z: softmax_cross_entropy(z, nn.one_hot([0, 2, 1, 0], 3)),
}


def squares(result):
    return (result * result).sum()


def gradient(f, a):
    leaf = Value(a)
    squares(f(leaf)).backward()
    return leaf.gradient


@pytest.mark.parametrize("f", OPERATIONS.values(), ids=OPERATIONS.keys())
def test_every_operation_agrees_with_differences(f):
    expected = nn.numerical_gradient(lambda a: float(squares(f(Value(a))).data), A)
    found = gradient(f, A)
    assert found.shape == A.shape
    assert np.abs(found - expected).max() <= 1e-8 * max(1, np.abs(expected).max())


FUNCTIONS = {
    **{"exp": np.exp, "log": np.log, "tanh": np.tanh},
    **{"sigmoid": nn.sigmoid, "relu": nn.relu},
}
OTHERS = {"used twice, far apart", "softmax_cross_entropy"}  # no array can do what they do


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - FUNCTIONS.keys() - OTHERS))
def test_every_operation_computes_what_it_does_to_arrays(name):
    f = OPERATIONS[name]
    np.testing.assert_allclose(f(Value(A)).data, f(A), rtol=1e-14)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_computes_what_it_does_to_arrays(name):
    a = np.abs(A) if name == "log" else A
    np.testing.assert_allclose(getattr(Value(a), name)().data, FUNCTIONS[name](a), rtol=1e-14)


@pytest.mark.parametrize(
    ("shape", "other"),
    [((3, 1), (1, 4)), ((), (2, 3)), ((3,), (2, 3)), ((1,), (2, 1)), ((1, 1), ())],
)
def test_each_of_two_that_are_stretched_to_fit_gets_its_own_shape_back(shape, other):
    def loss(a, b):
        return ((a + b) * a * b).sum()

    u, v = np.asarray(RNG.normal(size=shape)), np.asarray(RNG.normal(size=other))
    a, b = Value(u), Value(v)
    loss(a, b).backward()
    assert np.shape(a.gradient) == shape
    assert np.shape(b.gradient) == other
    assert np.allclose(a.gradient, nn.numerical_gradient(lambda u: loss(u, v), u), rtol=1e-7)
    assert np.allclose(b.gradient, nn.numerical_gradient(lambda v: loss(u, v), v), rtol=1e-7)


# A random program: each step takes one or two of the values so far, in any place.
STEPS = st.lists(
    st.tuples(st.sampled_from("+*-@ste"), st.integers(0, 30), st.integers(0, 30)),
    min_size=1,
    max_size=12,
)


def random_program(steps, *leaves):
    """Apply random steps to square matrices, tamed by tanh so that no number runs away."""
    values = list(leaves)
    for kind, i, j in steps:
        a, b = values[i % len(values)], values[j % len(values)]
        values.append(
            {
                "+": lambda a=a, b=b: a + b,
                "*": lambda a=a, b=b: a * b,
                "-": lambda a=a, b=b: a - 0.5 * b,
                "@": lambda a=a, b=b: (a @ b).tanh(),
                "s": lambda a=a: a.sum(axis=0) * 0.2,
                "t": lambda a=a, b=b: a.tanh().T + b,
                "e": lambda a=a: a.tanh().exp(),
            }[kind]().tanh()
        )
        if values[-1].data.ndim == 1:
            values[-1] = values[-1] + leaves[1]
    total = values[-1]
    for value in values[len(leaves) :]:
        total = total + value * 0.1
    return (total * total).sum()


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_a_random_program_agrees_with_differences(steps):
    a, b = np.linspace(-1, 1, 9).reshape(3, 3), np.cos(np.arange(9.0)).reshape(3, 3)
    leaves = Value(a), Value(b)
    random_program(steps, *leaves).backward()
    for k, leaf in enumerate(leaves):

        def at(v, k=k):
            return float(
                random_program(steps, *[Value(v if i == k else [a, b][i]) for i in (0, 1)]).data
            )

        expected = nn.numerical_gradient(at, leaf.data)
        assert np.allclose(leaf.gradient, expected, rtol=1e-6, atol=1e-7)


def through_values(layers, x, y, activation="sigmoid"):
    parameters = [nn.Layer(*map(Value, layer)) for layer in layers]
    h = x
    for W, b in parameters[:-1]:
        h = getattr(W @ h + b, activation)()
    W, b = parameters[-1]
    return parameters, softmax_cross_entropy(W @ h + b, y)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_on_the_penguin_network_it_finds_what_backprop_finds(activation):
    birds, layers = nn.load_penguins(), nn.load_example().layers
    x = nn.standardise(birds.x)
    parameters, loss = through_values(layers, x, birds.y, activation)
    loss.backward()
    by_hand = nn.backprop(layers, nn.feedforward(layers, x, activation), birds.y)
    assert float(loss.data) == nn.loss(layers, x, birds.y, activation)
    for own, other in zip(parameters, by_hand, strict=True):
        assert np.abs(own.W.gradient - other.W).max() <= 1e-16
        assert np.abs(own.b.gradient - other.b).max() <= 1e-16


def test_the_largest_scores_have_a_price_and_a_slope_without_a_warning():
    top = np.finfo(float).max
    z = Value([[top], [-top]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loss = softmax_cross_entropy(z, [[0], [1]])
        loss.backward()
    assert loss.data == top
    assert z.gradient.tolist() == [[1], [-1]]


def test_a_weight_of_two_layers_gets_both_shares():
    W, x = Value(RNG.normal(size=(2, 2))), RNG.normal(size=(2, 5))

    def loss(W):
        return ((W @ (W @ x).tanh()) ** 2).sum()

    loss(W).backward()
    expected = nn.numerical_gradient(lambda v: float(loss(Value(v)).data), W.data)
    assert np.allclose(W.gradient, expected, rtol=1e-6)


def test_a_value_waits_until_every_share_has_come():
    a = Value(2.0)
    b = a * 3
    c = b.tanh()
    d = (c + b) * b
    order = list(d.walk())
    assert order.index(c) < order.index(b) < order.index(a)
    assert len(order) == len({id(v) for v in order})


def test_a_chain_of_ten_thousand_steps_is_walked():
    a = Value(1.0)
    v = a
    for _ in range(10_000):
        v = v + 0.001
    (v * v).backward()
    assert a.gradient == pytest.approx(2 * 11.0)


def test_a_value_used_twice_in_each_of_sixty_steps_takes_no_longer_than_its_steps():
    a = Value(1.0)
    v = a
    for _ in range(60):  # 2 to the 60 paths
        v = v + v
    assert sum(1 for _ in v.walk()) == 61
    assert a.gradient == 2.0**60


def test_gradients_of_several_losses_add_until_they_are_cleared():
    a = Value([1.0, 2.0])
    (a * a).sum().backward()
    (a * 3).sum().backward()
    assert a.gradient.tolist() == [5.0, 7.0]
    a.clear()
    (a * 3).sum().backward()
    assert a.gradient.tolist() == [3.0, 3.0]


def test_what_the_value_was_made_of_may_change_afterwards():
    mine = np.array([1.0, 2.0])
    a = Value(mine)
    loss = (a * a).sum()
    mine += 10
    loss.backward()
    assert a.gradient.tolist() == [2.0, 4.0]


def change(a):
    a.data = a.data + 1


def change_entry(a):
    a.data[0] = 9.0


def walk_twice(a):
    loss = (a * a).sum()
    loss.backward()
    loss.backward()


def walk_a_part_twice(a):
    h = a.tanh()
    h.sum().backward()
    (h * h).sum().backward()


REFUSALS = {
    "no scalar": (lambda a: (a * a).backward(), "the loss must be one number, got shape (2,)"),
    "changed": (change, "the data of a Value cannot change: make a new Value of the new numbers"),
    "an entry changed": (change_entry, "assignment destination is read-only"),
    "walked twice": (walk_twice, "this graph was walked before: compute the loss again"),
    "a part twice": (walk_a_part_twice, "this graph was walked before: compute the loss again"),
    "log": (lambda a: (a - 1).log(), "the logarithm must be taken of positive numbers, got 0"),
    "power": (lambda a: a**a, "the exponent must be a number, got Value"),
    "product": (lambda a: a @ a, "a product must have equal inner sizes, got (2,) @ (2,)"),
    "product with a row": (
        lambda _: Value(A) @ ROW,
        "a product must have equal inner sizes, got (3, 4) @ (4,)",
    ),
    "product of sizes": (
        lambda _: Value(A) @ B,
        "a product must have equal inner sizes, got (3, 4) @ (3, 4)",
    ),
    "text": (lambda _: Value("seven"), "data must hold real numbers, got dtype <U5"),
    "nan": (lambda _: Value([1.0, np.nan]), "data must be finite, got nan among its values"),
    "labels": (
        lambda a: softmax_cross_entropy(Value(np.eye(3)), np.ones((3, 3))),
        "y must have one-hot columns, got a column (1, 1, 1)",
    ),
}


@pytest.mark.parametrize(("f", "sentence"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_cannot_be_is_refused_in_one_sentence(f, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        f(Value([1.0, 2.0]))


def test_a_refused_walk_leaves_the_gradients_as_they_were():
    a = Value([1.0, 2.0])
    h = a.tanh()
    h.sum().backward()
    before = a.gradient.copy()
    with pytest.raises(ValueError, match="walked before"):
        ((a * a).sum() + h.sum()).backward()
    assert (a.gradient == before).all()
