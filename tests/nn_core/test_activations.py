import warnings

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import nn_core as nn
from nn_core.activations import ACTIVATIONS

PAIRS = {
    "sigmoid": (nn.sigmoid, nn.dsigmoid),
    "tanh": (nn.tanh, nn.dtanh),
    "relu": (nn.relu, nn.drelu),
}
EVERY = [f for pair in PAIRS.values() for f in pair] + [nn.softmax, nn.log_softmax]


def names(functions):
    return [f.__name__ for f in functions]


def test_sigmoid_has_its_known_values():
    z = np.array([0.0, np.log(3), -np.log(3)])
    np.testing.assert_allclose(nn.sigmoid(z), [0.5, 0.75, 0.25], rtol=1e-15)
    np.testing.assert_allclose(nn.dsigmoid(z), [0.25, 0.1875, 0.1875], rtol=1e-15)


def test_tanh_has_its_known_values():
    z = np.array([0.0, np.log(2)])
    np.testing.assert_allclose(nn.tanh(z), [0.0, 0.6], rtol=1e-15)
    np.testing.assert_allclose(nn.dtanh(z), [1.0, 0.64], rtol=1e-15)


def test_relu_is_flat_up_to_and_at_zero():
    z = np.array([-2.0, 0.0, 3.0])
    np.testing.assert_array_equal(nn.relu(z), [0, 0, 3])
    np.testing.assert_array_equal(nn.drelu(z), [0, 0, 1])


@pytest.mark.parametrize("name", PAIRS)
def test_each_derivative_is_the_slope_of_its_function(name):
    f, df = PAIRS[name]
    z = np.array([-6.0, -1.3, -0.2, 0.2, 0.7, 5.0])
    numeric = nn.numerical_gradient(lambda z: f(z).sum(), z)
    np.testing.assert_allclose(df(z), numeric, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", PAIRS)
def test_the_slope_read_off_the_value_is_the_derivative_to_the_last_bit(name):
    f, df = PAIRS[name]
    z = np.linspace(-40, 40, 1001)
    np.testing.assert_array_equal(ACTIVATIONS[name].slope(f(z)), df(z))


def test_softmax_turns_odds_into_shares():
    z = np.log([[1.0, 2.0], [3.0, 2.0], [4.0, 4.0]])
    np.testing.assert_allclose(nn.softmax(z), [[0.125, 0.25], [0.375, 0.25], [0.5, 0.5]])


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=6), st.floats(-1e4, 1e4))
def test_softmax_is_a_distribution_that_a_shift_does_not_change(scores, shift):
    z = np.array(scores)
    p = nn.softmax(z)
    assert p.min() >= 0
    assert p.sum() == pytest.approx(1, rel=1e-12)
    np.testing.assert_allclose(nn.softmax(z + shift), p, atol=1e-10)


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=6))
def test_log_softmax_is_finite_and_agrees_with_exact_arithmetic(scores):
    exact = [sympy.Float(s, 40) for s in scores]
    top = max(exact)
    total = sum(sympy.exp(s - top) for s in exact)
    wanted = [float(s - top - sympy.log(total)) for s in exact]
    np.testing.assert_allclose(nn.log_softmax(np.array(scores)), wanted, rtol=1e-9, atol=1e-12)


def test_log_softmax_takes_the_logarithm_of_each_column_s_shares():
    z = np.log([[1.0, 2.0], [3.0, 2.0], [4.0, 4.0]]) + np.array([5.0, -7.0])
    wanted = np.log([[0.125, 0.25], [0.375, 0.25], [0.5, 0.5]])
    np.testing.assert_allclose(nn.log_softmax(z), wanted, rtol=1e-13)


def test_the_softmax_jacobian_is_what_sympy_derives():
    symbols = sympy.symbols("z1:4")
    total = sum(map(sympy.exp, symbols))
    formula = sympy.Matrix([sympy.exp(s) / total for s in symbols]).jacobian(symbols)
    z = np.array([0.3, -1.2, 2.0])
    wanted = np.array(formula.subs(dict(zip(symbols, z, strict=True)))).astype(float)
    np.testing.assert_allclose(nn.softmax_jacobian(z), wanted, rtol=1e-12)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=5))
def test_the_softmax_jacobian_is_what_differences_say(scores):
    z = np.array(scores)
    rows = [nn.numerical_gradient(lambda z, i=i: nn.softmax(z)[i], z) for i in range(len(z))]
    np.testing.assert_allclose(nn.softmax_jacobian(z), rows, atol=1e-9)
    np.testing.assert_allclose(nn.softmax_jacobian(z).sum(axis=1), 0, atol=1e-15)


def test_the_softmax_jacobian_takes_a_column_too():
    z = np.array([0.3, -1.2, 2.0])
    np.testing.assert_array_equal(nn.softmax_jacobian(z[:, None]), nn.softmax_jacobian(z))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "f", [*EVERY, nn.softmax_jacobian], ids=names([*EVERY, nn.softmax_jacobian])
)
def test_no_score_overflows(f, dtype):
    top = np.finfo(dtype).max
    z = np.array([-top, -1e4, -800.0, 0.0, 800.0, 1e4, top], dtype=dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(f(z[1:-1])).all()
        assert np.isfinite(f(z)).all()


def test_a_function_that_checks_its_input_keeps_its_name_and_its_sentence():
    assert names(EVERY)[:2] == ["sigmoid", "dsigmoid"]
    assert nn.sigmoid.__doc__.startswith("Squeeze `z` between 0 and 1")


@pytest.mark.parametrize("f", [nn.softmax, nn.log_softmax])
@pytest.mark.parametrize("z", [1.0, np.zeros((2, 2, 2))])
def test_scores_that_are_no_columns_are_refused(f, z):
    message = r"^z must have shape \(K, N\) or \(K,\), got \("
    with pytest.raises(ValueError, match=message):
        f(z)


@pytest.mark.parametrize(
    "f", [*EVERY, nn.softmax_jacobian], ids=names([*EVERY, nn.softmax_jacobian])
)
def test_float32_is_kept_and_the_input_is_not_modified(f):
    z = np.array([0.5, -1.5, 2.0], dtype=np.float32)
    before = z.copy()
    assert f(z).dtype == np.float32
    np.testing.assert_array_equal(z, before)


@pytest.mark.parametrize(
    "f", [*EVERY, nn.softmax_jacobian], ids=names([*EVERY, nn.softmax_jacobian])
)
def test_what_is_not_finite_is_refused(f):
    with pytest.raises(ValueError, match=r"^z must be finite, got nan among its values$"):
        f(np.array([0.0, np.nan]))


def test_whole_numbers_and_lists_are_taken_for_floats():
    np.testing.assert_array_equal(nn.relu([-1, 2]), [0.0, 2.0])
    np.testing.assert_array_equal(nn.softmax([0, 0]), [0.5, 0.5])


def test_the_jacobian_of_two_examples_is_refused():
    with pytest.raises(ValueError, match=r"^z must have shape \(K,\) or \(K, 1\), got \(3, 2\)$"):
        nn.softmax_jacobian(np.zeros((3, 2)))
