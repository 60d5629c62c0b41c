from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn_core as nn

SIZES = st.lists(st.integers(1, 6), min_size=2, max_size=5)


def test_the_notes_network_has_60600_parameters():
    assert nn.count_parameters([100] * 7) == 60_600


def test_the_penguin_network_has_26_parameters():
    assert nn.count_parameters([2, 3, 2, 3]) == 26


@given(SIZES, st.integers(0, 2**32 - 1))
def test_the_count_is_the_number_of_entries_and_the_vector_holds_them_all(sizes, seed):
    layers = nn.init_layers(sizes, np.random.default_rng(seed))
    vector = nn.to_vector(layers)
    assert nn.count_parameters(sizes) == sum(W.size + b.size for W, b in layers) == len(vector)
    for (W, b), (V, c) in zip(layers, nn.from_vector(vector, sizes), strict=True):
        np.testing.assert_array_equal(W, V)
        np.testing.assert_array_equal(b, c)


def test_the_vector_goes_layer_by_layer_and_row_by_row():
    layers = nn.from_vector(np.arange(9.0), [2, 1, 3])
    np.testing.assert_array_equal(layers[0].W, [[0, 1]])
    np.testing.assert_array_equal(layers[0].b, [[2]])
    np.testing.assert_array_equal(layers[1].W, [[3], [4], [5]])
    np.testing.assert_array_equal(layers[1].b, [[6], [7], [8]])


def test_vector_and_layers_share_no_memory():
    vector = np.arange(3.0)
    layers = nn.from_vector(vector, [2, 1])
    layers[0].W[:] = 9
    assert vector.tolist() == [0, 1, 2]
    nn.to_vector(layers)[:] = 7
    assert layers[0].W.tolist() == [[9, 9]]


def test_float32_is_kept():
    vector = np.arange(3, dtype=np.float32)
    layers = nn.from_vector(vector, [2, 1])
    assert layers[0].W.dtype == layers[0].b.dtype == nn.to_vector(layers).dtype == np.float32


def test_random_layers_have_the_promised_spread_and_repeat_with_the_seed():
    layers = nn.init_layers([400, 300], np.random.default_rng(0))
    again = nn.init_layers([400, 300], np.random.default_rng(0))
    assert layers[0].W.std() == pytest.approx(1 / 20, rel=0.02)
    assert layers[0].b.std() == pytest.approx(1 / 20, rel=0.2)
    assert abs(layers[0].W.mean()) < 0.001
    np.testing.assert_array_equal(layers[0].W, again[0].W)


@pytest.mark.parametrize("sizes", [[3], [3, 0], [3, 2.5], 5, [3, -1], "23", [3, None]])
def test_sizes_that_make_no_network_are_refused(sizes):
    message = r"^sizes must be at least two positive whole numbers, got "
    with pytest.raises(ValueError, match=message):
        nn.count_parameters(sizes)


def test_a_seed_is_no_generator():
    with pytest.raises(ValueError, match=r"^rng must be a numpy\.random\.Generator, got int$"):
        nn.init_layers([2, 3], 0)


def test_a_vector_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match=r"^vector must have shape \(26,\), got \(25,\)$"):
        nn.from_vector(np.zeros(25), [2, 3, 2, 3])


@pytest.mark.parametrize(
    "sizes",
    [range(2, 5), (2, 3, 4), np.array([2, 3, 4]), [2.0, 3e0, Decimal(4)], iter([2, 3, 4])],
    ids=["range", "tuple", "array", "whole floats", "iterator"],
)
def test_sizes_may_be_given_in_any_way_that_lists_whole_numbers(sizes):
    layers = nn.init_layers(sizes, np.random.default_rng(0))
    assert [W.shape for W, _ in layers] == [(3, 2), (4, 3)]


def test_small_integers_do_not_overflow_as_sizes():
    sizes = np.array([100, 100, 100], dtype=np.uint8)
    vector = np.arange(20_200.0)
    layers = nn.from_vector(vector, sizes)
    np.testing.assert_array_equal(nn.to_vector(layers), vector)


def test_layers_cut_from_a_vector_are_copies_of_their_own():
    vector = np.arange(9.0)
    for layer in nn.from_vector(vector, [2, 1, 3]):
        assert not any(np.shares_memory(a, vector) for a in layer)
        assert all(a.base is None or a.base is not vector for a in layer)


def test_layers_show_their_shapes_and_not_their_numbers():
    layers = nn.from_vector(np.arange(9.0), [2, 1, 3])
    assert repr(layers) == "[Layer(W=<1×2>, b=<1×1>), Layer(W=<3×1>, b=<3×1>)]"
    small = nn.Layer(layers[0].W.astype(np.float32), None)
    assert str(small) == "Layer(W=<1×2 float32>, b=None)"
    assert f"{layers[0]:>30}" == "       Layer(W=<1×2>, b=<1×1>)"


def test_weights_and_biases_that_do_not_fit_are_both_named():
    layers = [nn.Layer(np.ones((2, 3)), np.ones((3, 1)))]
    message = r"^W1 and b1 must have as many rows, got shapes \(2, 3\) and \(3, 1\)$"
    with pytest.raises(ValueError, match=message):
        nn.to_vector(layers)
