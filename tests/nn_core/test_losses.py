import math
import warnings

import numpy as np
import pytest

import nn_core as nn
from nn_core.losses import predict


@pytest.mark.parametrize(
    ("truth", "wanted"), [([1, 0, 0], 0.223), ([0, 1, 0], 2.303), ([0, 0, 1], 2.303)]
)
def test_the_worked_prices_of_the_notes(truth, wanted):
    p, y = np.array([[0.8], [0.1], [0.1]]), np.array(truth)[:, None]
    assert round(nn.cross_entropy(p, y), 3) == wanted
    assert nn.cross_entropy(p[:, 0], y[:, 0]) == nn.cross_entropy(p, y)


def test_sure_and_right_costs_nothing_and_sure_and_wrong_costs_everything():
    p = np.array([[1.0], [0.0], [0.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        free = nn.cross_entropy(p, np.array([[1], [0], [0]]))
        assert nn.cross_entropy(p, np.array([[0], [1], [0]])) == np.inf
    assert free == 0
    assert math.copysign(1, free) == 1


@pytest.mark.parametrize("K", [2, 3, 10])
def test_a_uniform_guess_costs_the_logarithm_of_the_classes(K):
    y = nn.one_hot(np.arange(K), K)
    assert nn.cross_entropy(np.full((K, K), 1 / K), y) == pytest.approx(math.log(K), rel=1e-15)
    assert nn.cross_entropy_from_logits(np.zeros((K, K)), y) == pytest.approx(math.log(K))


def test_the_price_is_averaged_over_the_examples():
    p = np.array([[0.5, 0.25], [0.5, 0.75]])
    y = np.array([[1, 1], [0, 0]])
    assert nn.cross_entropy(p, y) == pytest.approx((math.log(2) + math.log(4)) / 2)


def test_both_prices_agree_where_both_are_exact():
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=(4, 7)), nn.one_hot(rng.integers(4, size=7), 4)
    from_p = nn.cross_entropy(nn.softmax(z), y)
    assert nn.cross_entropy_from_logits(z, y) == pytest.approx(from_p, rel=1e-13)


@pytest.mark.parametrize("scale", [0.1, 1.0, 30.0])
def test_the_slope_of_the_price_is_p_minus_y(scale):
    rng = np.random.default_rng(0)
    z = scale * rng.normal(size=(3, 5))
    y = nn.one_hot(rng.integers(3, size=5), 3)
    numeric = nn.numerical_gradient(lambda z: nn.cross_entropy_from_logits(z, y), z)
    np.testing.assert_allclose((nn.softmax(z) - y) / 5, numeric, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_of_ten_thousand_cost_what_they_should(dtype):
    z = np.array([[1e4, 1e4], [-1e4, -1e4]], dtype=dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert nn.cross_entropy_from_logits(z, np.array([[1, 0], [0, 1]])) == 1e4


def test_the_inputs_are_not_modified():
    p, y = np.array([[0.2, 1.0], [0.8, 0.0]]), np.array([[1.0, 1.0], [0.0, 0.0]])
    before = p.copy(), y.copy()
    nn.cross_entropy(p, y)
    nn.cross_entropy_from_logits(p, y)
    np.testing.assert_array_equal(p, before[0])
    np.testing.assert_array_equal(y, before[1])


HALVES = np.full((2, 1), 0.5)


@pytest.mark.parametrize(
    ("p", "y", "message"),
    [
        (np.full((3, 4), 1 / 3), np.zeros((4, 3)), r"y must have shape \(3, 4\), got \(4, 3\)"),
        (HALVES, [[1], [1]], r"y must have one-hot columns, got a column \(1, 1\)"),
        (HALVES, [[0.5], [0.5]], r"y must have one-hot columns, got a column \(0\.5, 0\.5\)"),
        ([0.5, 0.6], [1, 0], r"p must have columns that sum to 1, got a column that sums to 1\.1"),
        ([1.5, -0.5], [1, 0], r"p must hold no negative probability, got -0\.5"),
        ([np.inf, 0.0], [1, 0], r"p must be finite, got inf among its values"),
        ([0.5, 0.5], [1, 0, 0], r"y must have shape \(2,\), got \(3,\)"),
        (np.ones((1, 1, 1)), [1], r"p must have shape \(K, N\) or \(K,\), got \(1, 1, 1\)"),
        ([0.5, 0.499], [1, 0], r"p must have columns that sum to 1, got .* that sums to 0\.999"),
        ([[1, 2], [3]], [1, 0], "p must have rows of one length, got a ragged list"),
        (["a"], [1], r"p must hold real numbers, got dtype <U1"),
        (
            np.zeros((0, 2)),
            np.zeros((0, 2)),
            r"p must hold at least one number, got shape \(0, 2\)",
        ),
    ],
)
def test_what_is_wrong_with_a_prediction_is_said(p, y, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        nn.cross_entropy(p, y)


def test_the_wrong_column_is_the_one_that_is_shown():
    z, y = np.zeros((2, 3)), np.array([[1, 0, 1], [0, 0, 0]])
    with pytest.raises(ValueError, match=r"^y must have one-hot columns, got a column \(0, 0\)$"):
        nn.cross_entropy_from_logits(z, y)


def test_of_several_numbers_that_are_wrong_the_first_is_shown():
    with pytest.raises(ValueError, match="got inf among"):
        nn.cross_entropy([np.inf, np.nan], [1, 0])
    with pytest.raises(ValueError, match=r"a column that sums to 0\.5$"):
        nn.cross_entropy([[0.5, 1.0, 0.2], [0.0, 0.0, 0.0]], [[1, 1, 1], [0, 0, 0]])


@pytest.mark.parametrize("top", [1.00005, 1 + 1e-15])
def test_no_prediction_costs_less_than_nothing(top):
    assert nn.cross_entropy([top, 0], [1, 0]) == 0
    assert nn.cross_entropy([[top, 0.5], [0, 0.5]], [[1, 1], [0, 0]]) == math.log(2) / 2


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_scores_at_the_edge_of_their_dtype_have_a_price(dtype):
    top = np.finfo(dtype).max
    z = np.array([[top], [-top]], dtype=dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert nn.cross_entropy_from_logits(z, np.array([[1], [0]])) == 0
        assert nn.cross_entropy_from_logits(z, np.array([[0], [1]])) == top
        assert nn.cross_entropy_from_logits(z / 4, np.array([[0], [1]])) == top / 2


@pytest.mark.parametrize("nearly", [1 - 1e-9, 1 + 1e-15])
def test_a_label_that_is_nearly_one_is_shown_with_all_its_digits(nearly):
    message = rf"^y must have one-hot columns, got a column \(0, 0, {nearly!r}\)$"
    with pytest.raises(ValueError, match=message):
        nn.cross_entropy_from_logits(np.zeros((3, 1)), np.array([[0], [0], [nearly]]))


def test_of_a_long_column_that_is_not_one_hot_ten_numbers_are_shown():
    y = np.zeros(1000)
    y[[500, 900]] = 0.5
    message = r"^y must have one-hot .* whose numbers other than 0 begin \(0\.5, 0\.5\)$"
    with pytest.raises(ValueError, match=message):
        nn.cross_entropy_from_logits(np.zeros(1000), y)
    message = rf"^y must have one-hot .* begin \({', '.join(['2'] * 10)}\)$"
    with pytest.raises(ValueError, match=message):
        nn.cross_entropy_from_logits(np.zeros(11), np.full(11, 2))


def test_a_column_of_ten_that_is_not_one_hot_is_shown_whole():
    message = rf"^y must have one-hot columns, got a column \({', '.join(['0'] * 10)}\)$"
    with pytest.raises(ValueError, match=message):
        nn.cross_entropy_from_logits(np.zeros(10), np.zeros(10))


def test_probabilities_just_below_zero_are_refused():
    with pytest.raises(ValueError, match=r"^p must hold no negative probability, got -1e-12$"):
        nn.cross_entropy([1.0, -1e-12], [1, 0])


@pytest.mark.parametrize(("K", "N"), [(3, 7), (7, 3), (2, 1), (1, 2)])
def test_the_price_that_shares_its_powers_with_softmax_is_the_same_price(K, N):
    rng = np.random.default_rng(0)
    z, y = 3 * rng.normal(size=(K, N)), nn.one_hot(rng.integers(K, size=N), K)
    p, price = predict(z, y)
    np.testing.assert_array_equal(p, nn.softmax(z))
    assert price == pytest.approx(nn.cross_entropy_from_logits(z, y), rel=1e-13, abs=1e-15)
    assert price == pytest.approx(nn.cross_entropy(p, y), rel=1e-13, abs=1e-15)


def test_a_price_of_nothing_has_no_minus():
    price = nn.cross_entropy_from_logits([[1.0, 2.0]], [[1, 1]])
    assert (price, math.copysign(1, price)) == (0, 1)
