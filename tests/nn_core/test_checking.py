import numpy as np
import pytest

import nn_core as nn
from nn_core.checking import relative_error, spell_apart


def test_the_gradient_of_a_quadratic_is_known():
    A = np.array([[2.0, 1.0], [1.0, 3.0]])
    v = np.array([0.5, -1.5])
    numeric = nn.numerical_gradient(lambda v: v @ A @ v / 2, v)
    np.testing.assert_allclose(numeric, A @ v, rtol=1e-9)


def test_a_matrix_has_a_gradient_of_its_own_shape():
    M = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    np.testing.assert_allclose(nn.numerical_gradient(lambda M: (M**3).sum(), M), 3 * M**2)


def test_a_centred_difference_errs_by_the_square_of_its_step():
    errors = [
        abs(nn.numerical_gradient(lambda v: np.exp(v).sum(), np.zeros(1), e)[0] - 1)
        for e in (1e-1, 1e-2)
    ]
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.01)
    assert errors[0] == pytest.approx(1e-2 / 6, rel=0.01)


def test_float32_is_measured_in_float64_and_nothing_is_modified():
    v = np.array([1.0, 2.0], dtype=np.float32)
    numeric = nn.numerical_gradient(lambda v: (v**2).sum(), v)
    assert numeric.dtype == np.float64
    np.testing.assert_allclose(numeric, [2, 4], rtol=1e-9)
    assert v.tolist() == [1, 2]


def test_a_right_gradient_passes_and_the_error_comes_back():
    v = np.array([0.3, -0.7])
    assert 0 <= nn.check_gradient(lambda v: np.sin(v).sum(), v, np.cos(v)) < 1e-9


def test_an_error_as_large_as_the_tolerance_passes():
    v = np.array([0.3, -0.7])
    error = nn.check_gradient(lambda v: np.sin(v).sum(), v, 1.5 * np.cos(v), tolerance=1)
    assert error == nn.check_gradient(lambda v: np.sin(v).sum(), v, 1.5 * np.cos(v), error)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda g: -g,
        lambda g: g[::-1],
        lambda g: 1.0001 * g,
        lambda g: g + np.array([0, 0, 1e-6]),
        lambda g: 0 * g,
    ],
    ids=["sign", "order", "factor", "one entry", "zero"],
)
def test_a_wrong_gradient_fails(spoil):
    v = np.array([0.3, -0.7, 0.1])
    with pytest.raises(nn.GradientError):
        nn.check_gradient(lambda v: np.sin(v).sum(), v, spoil(np.cos(v)))


def test_a_small_gradient_is_measured_by_its_own_size():
    slope = np.full(2, 2e-3)
    with pytest.raises(nn.GradientError):
        nn.check_gradient(lambda v: float(slope @ v), np.zeros(2), slope * (1 + 2e-6))


def test_a_useless_epsilon_makes_the_check_fail():
    v = np.array([0.3])
    with pytest.raises(AssertionError):
        nn.check_gradient(lambda v: np.sin(v).sum(), v, np.cos(v), epsilon=0.5)


def test_the_worst_entry_is_named_with_both_numbers():
    M = np.array([[1.0, 2.0], [3.0, 4.0]])
    wrong = 2 * M
    wrong[0, 1], wrong[1, 0] = 4.1, 9.0
    message = (
        r"^gradient\[1, 0\] is 9, the definition gives 6: "
        r"relative error 0\.33, tolerance 1e-06$"
    )
    with pytest.raises(nn.GradientError, match=message):
        nn.check_gradient(lambda M: (M**2).sum(), M, wrong)


@pytest.mark.parametrize("mistake", ["missing derivative", "transposed weights", "missing mean"])
def test_seeded_bugs_in_backpropagation_are_caught(mistake):
    rng = np.random.default_rng(0)
    layers = nn.init_layers([3, 3, 3], rng)
    x, y = rng.normal(size=(3, 5)), nn.one_hot(rng.integers(3, size=5), 3)
    (z1, _), (_, h1), p, _ = nn.feedforward(layers, x)
    dz2 = (p - y) / (1 if mistake == "missing mean" else 5)
    W2 = layers[1].W if mistake == "transposed weights" else layers[1].W.T
    dz1 = W2 @ dz2 * (1 if mistake == "missing derivative" else nn.dsigmoid(z1))
    gradients = [(dz @ h.T, dz.sum(axis=1, keepdims=True)) for dz, h in [(dz1, x), (dz2, h1)]]
    with pytest.raises(nn.GradientError):
        nn.check_gradient(
            lambda v: nn.loss(nn.from_vector(v, [3, 3, 3]), x, y),
            nn.to_vector(layers),
            nn.to_vector(gradients),
        )


@pytest.mark.parametrize(
    ("f", "x", "epsilon", "message"),
    [
        (np.sin, [0.0, 1.0], 1e-5, r"f\(x\) must have shape \(\), got \(2,\)"),
        (np.sum, [0.0, np.nan], 1e-5, "x must be finite, got nan among its values"),
        (np.sum, [0.0], 0, "epsilon must be a finite number above 0, got 0"),
        (lambda v: np.nan, [0.0], 1e-5, r"f\(x\) must be finite, got nan among its values"),
    ],
)
def test_what_is_wrong_with_the_arguments_is_said(f, x, epsilon, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        nn.numerical_gradient(f, np.array(x), epsilon)


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"^gradient must have shape \(2,\), got \(2, 1\)$"):
        nn.check_gradient(np.sum, np.zeros(2), np.ones((2, 1)))


def test_a_tolerance_below_zero_is_refused():
    with pytest.raises(ValueError, match=r"^tolerance must be a finite number above 0, got -1$"):
        nn.check_gradient(np.sum, np.zeros(2), np.ones(2), tolerance=-1)


@pytest.mark.parametrize(
    ("x", "epsilon", "message"),
    [
        (
            [1.0, 1e12, 3e12],
            1e-5,
            r"epsilon must be far above the rounding of x, got 1e-05 at 1e\+12",
        ),
        ([3.0], 1e-17, "epsilon must be far above the rounding of x, got 1e-17 at 3"),
        ([3e9], 1e-5, r"epsilon must be far above the rounding of x, got 1e-05 at 3e\+09"),
        ([3.0], 1e308, r"epsilon must be far above the rounding of x, got 1e\+308 at 3"),
    ],
)
def test_a_step_that_rounding_swallows_is_refused(x, epsilon, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        nn.numerical_gradient(np.sum, np.array(x), epsilon)


def test_a_step_that_rounding_leaves_nearly_whole_is_taken():
    (slope,) = nn.numerical_gradient(lambda v: v[0], np.array([1e7]))
    assert slope == pytest.approx(1, rel=1e-3)


def test_rounding_may_take_a_thousandth_of_a_step_and_no_more():
    step = np.spacing(1.5)  # 0.49 of it is lost on either side
    assert nn.numerical_gradient(np.sum, [1.5], 700.49 * step) == pytest.approx(1, rel=1e-3)
    with pytest.raises(ValueError, match=r"^epsilon must be far above the rounding of x, got .*"):
        nn.numerical_gradient(np.sum, [1.5], 400.49 * step)


def test_the_gradient_of_one_number_has_no_place_to_name():
    with pytest.raises(nn.GradientError, match=r"^gradient is 5, the definition gives 4: "):
        nn.check_gradient(lambda v: v**2, np.array(2.0), np.array(5.0))


def test_two_numbers_that_differ_are_written_differently():
    with pytest.raises(nn.GradientError, match=r"is 2\.000003, the definition gives 2: rel"):
        nn.check_gradient(lambda v: 2 * v[0], np.zeros(1), np.array([2.000003]))


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        (1 / 3, 2 / 3, ("0.333333", "0.666667")),
        (1.0000001, 1.0, ("1.0000001", "1")),
        (0.1 + 0.2, 0.3, ("0.30000000000000004", "0.29999999999999999")),
        (1 / 3, 1 / 3, ("0.33333333333333331",) * 2),
    ],
)
def test_six_digits_are_written_or_as_many_as_tell_two_numbers_apart(a, b, wanted):
    assert spell_apart(a, b) == wanted


def test_an_error_is_measured_by_the_larger_number_but_never_by_less_than_a_thousandth():
    a, b = np.array([2e-4, 4e-3, -1.0]), np.array([1e-4, 2e-3, 1.0])
    np.testing.assert_allclose(relative_error(a, b), [0.1, 0.5, 2])
