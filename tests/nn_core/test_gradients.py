import warnings

import numpy as np
import pytest
from hypothesis import assume, given
from strategies import problems, sizes_of

import nn_core as nn


def far_from_kinks(layers, x, activation):
    """A difference quotient across relu's kink has no slope to find."""
    if activation != "relu":
        return True
    hidden = nn.feedforward(layers, x, activation).z[:-1]
    return all(np.abs(z).min() > 1e-3 for z in hidden)


@given(problems())
def test_every_gradient_agrees_with_its_definition(problem):
    layers, x, y, activation = problem
    assume(far_from_kinks(layers, x, activation))
    gradients = nn.backprop(layers, nn.feedforward(layers, x, activation), y)
    nn.check_gradient(
        lambda v: nn.loss(nn.from_vector(v, sizes_of(layers)), x, y, activation),
        nn.to_vector(layers),
        nn.to_vector(gradients),
    )


@given(problems())
def test_every_dz_agrees_with_its_definition(problem):
    layers, x, y, activation = problem
    assume(far_from_kinks(layers, x, activation))
    trace = nn.feedforward(layers, x, activation)
    sequence = dict(nn.backward_sequence(layers, trace, y))

    def loss_after(z, n):
        """The loss when layer n's pre-activation is replaced by z."""
        for W, b in layers[n:]:
            z = W @ getattr(nn, activation)(z) + b
        return nn.cross_entropy_from_logits(z, y)

    for n, z in enumerate(trace.z, start=1):
        nn.check_gradient(lambda z, n=n: loss_after(z, n), z, sequence[f"dz{n}"])


@given(problems())
def test_every_dh_agrees_with_its_definition(problem):
    layers, x, y, activation = problem
    assume(far_from_kinks(layers, x, activation))
    trace = nn.feedforward(layers, x, activation)
    sequence = dict(nn.backward_sequence(layers, trace, y))

    def loss_after(h, n):
        return nn.loss(layers[n:], h, y, activation)

    for n, h in enumerate(trace.h[1:], start=1):
        nn.check_gradient(lambda h, n=n: loss_after(h, n), h, sequence[f"dh{n}"])


def test_the_sequence_of_three_layers_has_eleven_steps_in_the_order_of_the_notes():
    layers, x, y = nn.load_example()
    names = [name for name, _ in nn.backward_sequence(layers, nn.feedforward(layers, x), y)]
    assert names == ["dz3", "dW3", "db3", "dh2", "dz2", "dW2", "db2", "dh1", "dz1", "dW1", "db1"]


@given(problems())
def test_each_gradient_has_the_shape_of_what_it_is_the_gradient_of(problem):
    layers, x, y, activation = problem
    trace = nn.feedforward(layers, x, activation)
    shapes = {f"dz{n}": z.shape for n, z in enumerate(trace.z, start=1)}
    shapes |= {f"dh{n}": h.shape for n, h in enumerate(trace.h) if n > 0}
    shapes |= {f"dW{n}": W.shape for n, (W, _) in enumerate(layers, start=1)}
    shapes |= {f"db{n}": b.shape for n, (_, b) in enumerate(layers, start=1)}
    got = {name: value.shape for name, value in nn.backward_sequence(layers, trace, y)}
    assert got == shapes


@given(problems())
def test_the_gradient_of_all_is_the_average_of_each_ones(problem):
    layers, x, y, activation = problem
    together = nn.to_vector(nn.backprop(layers, nn.feedforward(layers, x, activation), y))
    alone = [
        nn.to_vector(nn.backprop(layers, nn.feedforward(layers, x[:, [i]], activation), y[:, [i]]))
        for i in range(x.shape[1])
    ]
    np.testing.assert_allclose(together, np.mean(alone, axis=0), rtol=1e-10, atol=1e-14)


@given(problems(dtype=np.float32))
def test_float32_is_kept(problem):
    layers, x, y, activation = problem
    sequence = nn.backward_sequence(layers, nn.feedforward(layers, x, activation), y)
    assert {value.dtype for _, value in sequence} == {np.dtype(np.float32)}


@given(problems(activations=["sigmoid", "tanh"]))
def test_gradients_stay_finite_for_scores_of_ten_thousand(problem):
    layers, x, y, activation = problem
    large = [nn.Layer(1e4 * W, 1e4 * b) for W, b in layers]
    gradients = nn.backprop(large, nn.feedforward(large, x, activation), y)
    assert np.isfinite(nn.to_vector(gradients)).all()


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_no_slope_is_taken_at_the_inputs_so_they_may_be_of_any_size(activation):
    layers = [nn.Layer(np.array([[1e-200]]), np.zeros((1, 1))), nn.Layer(*np.ones((2, 1, 1)))]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # the square of 1e200 overflows
        trace = nn.feedforward(layers, np.array([[1e200]]), activation)
        nn.backprop(layers, trace, np.ones((1, 1)))


def test_the_inputs_are_not_modified():
    layers, x, y = nn.load_example()
    trace = nn.feedforward(layers, x)
    nn.backprop(layers, trace, y)
    fresh = nn.load_example()
    again = nn.feedforward(fresh.layers, fresh.x)
    np.testing.assert_array_equal(nn.to_vector(layers), nn.to_vector(fresh.layers))
    np.testing.assert_array_equal(y, fresh.y)
    for a, b in zip([*trace.z, *trace.h, trace.p], [*again.z, *again.h, again.p], strict=True):
        np.testing.assert_array_equal(a, b)


EXAMPLE = nn.load_example()
TRACE = nn.feedforward(EXAMPLE.layers, EXAMPLE.x)


@pytest.mark.parametrize(
    ("changed", "y", "message"),
    [
        ({}, EXAMPLE.y.T, r"y must have shape \(3, 1\), got \(1, 3\)"),
        ({}, EXAMPLE.y * 2, r"y must have one-hot columns, got a column \(0, 0, 2\)"),
        ({"z": TRACE.z[:2]}, EXAMPLE.y, r"trace\.z must list 3 arrays, got 2"),
        ({"h": TRACE.h[1:]}, EXAMPLE.y, r"trace\.h must list 3 arrays, got 2"),
        ({"p": TRACE.p.T}, EXAMPLE.y, r"trace\.p must have shape \(3, any\), got \(1, 3\)"),
        (
            {"h": [TRACE.h[0]] * 3},
            EXAMPLE.y,
            r"trace\.h\[1\] must have shape \(3, 1\), got \(2, 1\)",
        ),
        (
            {"z": [TRACE.z[1]] * 3},
            EXAMPLE.y,
            r"trace\.z\[0\] must have shape \(3, 1\), got \(2, 1\)",
        ),
        ({"p": TRACE.p * np.nan}, EXAMPLE.y, r"trace\.p must be finite, got nan among its values"),
        (
            {"activation": "step"},
            EXAMPLE.y,
            r"trace\.activation must be one of 'sigmoid', 'tanh', 'relu', got 'step'",
        ),
    ],
)
def test_what_does_not_fit_is_named(changed, y, message):
    trace = TRACE._replace(**changed)
    with pytest.raises(ValueError, match=f"^{message}$"):
        nn.backprop(EXAMPLE.layers, trace, y)


def test_a_trace_is_not_its_probabilities():
    with pytest.raises(ValueError, match=r"^trace must be a Trace, .* got ndarray$"):
        nn.backward_sequence(EXAMPLE.layers, TRACE.p, EXAMPLE.y)


@pytest.mark.parametrize("field", ["z", "h"])
def test_a_trace_without_its_lists_is_refused(field):
    with pytest.raises(ValueError, match=rf"^trace\.{field} must list 3 arrays, got NoneType$"):
        nn.backprop(EXAMPLE.layers, TRACE._replace(**{field: None}), EXAMPLE.y)


def test_a_trace_of_lists_counts_as_its_arrays():
    trace = nn.Trace(
        [z.tolist() for z in TRACE.z], [h.tolist() for h in TRACE.h], TRACE.p.tolist(), "sigmoid"
    )
    wanted = nn.to_vector(nn.backprop(EXAMPLE.layers, TRACE, EXAMPLE.y))
    got = nn.to_vector(nn.backprop(EXAMPLE.layers, trace, EXAMPLE.y.tolist()))
    np.testing.assert_array_equal(got, wanted)


def test_the_masked_part_of_a_trace_is_refused():
    h = [*TRACE.h[:2], np.ma.masked_greater(TRACE.h[2], 0)]
    with pytest.raises(ValueError, match=r"^trace\.h\[2\] must hold no masked value, got . of 2"):
        nn.backprop(EXAMPLE.layers, TRACE._replace(h=h), EXAMPLE.y)
