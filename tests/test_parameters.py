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


@pytest.mark.parametrize("sizes", [[3], [3, 0], [3, 2.0], 5, [3, -1]])
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
