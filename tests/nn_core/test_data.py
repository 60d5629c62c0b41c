import tracemalloc
from importlib.resources import files

import numpy as np
import pytest

import nn_core as nn


def test_there_are_342_birds_of_three_species():
    x, y, species = nn.load_penguins()
    assert x.shape == (2, 342)
    assert x.dtype == y.dtype == np.float64
    assert dict(zip(species, y.sum(axis=1), strict=True)) == {
        "Adelie": 151,
        "Chinstrap": 68,
        "Gentoo": 123,
    }


def test_the_bills_are_those_of_the_published_table():
    x, y, _ = nn.load_penguins()
    np.testing.assert_array_equal(x[:, 0], [39.1, 18.7])
    np.testing.assert_array_equal(x[:, -1], [50.2, 18.7])
    means = [x[:, y[k] == 1].mean(axis=1).round(2).tolist() for k in range(3)]
    assert means == [[38.79, 18.35], [48.83, 18.42], [47.5, 14.98]]


def test_there_are_1797_digits_as_published():
    x, y = nn.load_digits()
    assert x.shape == (64, 1797)
    assert y.sum(axis=1).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert set(np.unique(x)) == set(range(17))
    assert x[:8, 0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert y[:, :3].argmax(axis=0).tolist() == [0, 1, 2]


def test_the_files_are_small_and_say_where_they_come_from():
    folder = files("nn_core") / "data"
    text = (folder / "README.md").read_text(encoding="utf-8")
    for name, licence in [("penguins.csv", "CC0"), ("digits.npz", "CC BY 4.0")]:
        assert name in text
        assert licence in text
        assert len((folder / name).read_bytes()) <= 100_000


def test_loading_twice_gives_arrays_of_ones_own():
    nn.load_penguins().x[:] = 0
    nn.load_example().layers[0].W[:] = 0
    assert nn.load_penguins().x.any()
    assert nn.load_example().layers[0].W.any()


def test_the_bird_of_the_example_is_one_of_the_penguins():
    penguins, example = nn.load_penguins(), nn.load_example()
    np.testing.assert_array_equal(penguins.x[:, 185], [49.1, 14.8])
    standardised = nn.standardise(penguins.x)[:, [185]]
    np.testing.assert_array_equal(example.x, standardised.round(2))
    np.testing.assert_array_equal(example.y, penguins.y[:, [185]])


def test_the_starting_network_gives_the_bird_the_probabilities_that_the_text_names():
    layers, x, _ = nn.load_example()
    p = nn.feedforward(layers, x).p
    np.testing.assert_array_equal(p.round(3), [[0.480], [0.308], [0.212]])


def test_the_numbers_of_the_example_can_be_told_apart_at_three_decimals():
    layers, x, y = nn.load_example()
    trace = nn.feedforward(layers, x)
    gradients = dict(nn.backward_sequence(layers, trace, y))
    forward = np.concatenate([*trace.z, *trace.h[1:], trace.p]).ravel()
    backward = np.concatenate([v.ravel() for name, v in gradients.items() if name[:2] != "db"])
    for values in (forward, backward):
        assert len(np.unique(np.abs(values).round(3))) == len(values)
        assert np.abs(values).min() > 0.01
        assert (values > 0).any()
        assert (values < 0).any()


def test_standardised_rows_have_mean_0_and_variance_1():
    x = np.array([[1.0, 2.0, 6.0], [10.0, -10.0, 3.0]])
    before = x.copy()
    z = nn.standardise(x)
    np.testing.assert_allclose(z.mean(axis=1), 0, atol=1e-15)
    np.testing.assert_allclose((z**2).mean(axis=1), 1)
    np.testing.assert_array_equal(x, before)
    assert nn.standardise(x.astype(np.float32)).dtype == np.float32


def test_one_hot_puts_a_one_where_the_label_is():
    y = nn.one_hot([2, 0], 3)
    np.testing.assert_array_equal(y, [[0, 1], [0, 0], [1, 0]])
    assert y.dtype == np.float64


def test_what_cannot_be_standardised_is_refused():
    with pytest.raises(ValueError, match=r"^x must vary along each row, got a constant row 1$"):
        nn.standardise([[1.0, 2.0], [0.1, 0.1]])
    with pytest.raises(ValueError, match=r"got a constant row 0$"):
        nn.standardise(np.full((1, 7), 49.1))  # whose standard deviation is rounded to 7e-15
    with pytest.raises(ValueError, match=r"^x must have shape \(any, any\), got \(2,\)$"):
        nn.standardise([1.0, 2.0])


@pytest.mark.parametrize(
    ("labels", "classes", "message"),
    [
        ([0, 3], 3, "labels must be from 0 to 2, got 3"),
        ([-1], 3, "labels must be from 0 to 2, got -1"),
        ([0, 4, -1], 3, "labels must be from 0 to 2, got 4"),
        (np.zeros(0, int), 3, r"labels must be a row of whole numbers, got int64, shape \(0,\)"),
        ([0.5], 3, r"labels must be a row of whole numbers, got float64, shape \(1,\)"),
        ([[0]], 3, r"labels must be a row of whole numbers, got int64, shape \(1, 1\)"),
        ([0], 0, "classes must be a whole number from 1 up, got 0"),
    ],
)
def test_labels_that_are_none_are_refused(labels, classes, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        nn.one_hot(labels, classes)


@pytest.mark.parametrize("scale", [1e308, 1e200, 1e-200, 1e-300])
def test_rows_of_any_scale_can_be_standardised(scale):
    x = np.array([[1.0, -1.0, 0.5], [3.0, 1.0, 2.0]])
    wanted = nn.standardise(x)
    np.testing.assert_allclose(nn.standardise(x * [[scale], [1.0]])[0], wanted[0], rtol=1e-14)
    np.testing.assert_array_equal(nn.standardise(x * [[scale], [1.0]])[1], wanted[1])


def test_standardising_the_penguins_is_the_textbook_formula_to_the_last_bit():
    x = nn.load_penguins().x
    by_hand = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    np.testing.assert_array_equal(nn.standardise(x), by_hand)


def test_one_label_of_many_classes_needs_no_square_matrix():
    tracemalloc.start()
    y = nn.one_hot([3], 100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * y.nbytes
    assert y.shape == (100_000, 1)
    assert np.flatnonzero(y) == [3]


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, np.uint64])
def test_labels_of_any_integer_type_are_taken(dtype):
    y = nn.one_hot(np.array([2, 0, 127], dtype=dtype), 200)
    assert y.argmax(axis=0).tolist() == [2, 0, 127]
    assert y.sum() == 3
    assert y.flags.c_contiguous  # laid out as p is


def test_masked_labels_are_refused():
    labels = np.ma.masked_equal([0, 9, 1], 9)
    with pytest.raises(ValueError, match=r"^labels must hold no masked value, got 1 of 3 masked$"):
        nn.one_hot(labels, 10)


def test_the_data_show_their_shapes():
    assert repr(nn.load_penguins()) == (
        "Penguins(x=<2×342>, y=<3×342>, species=('Adelie', 'Chinstrap', 'Gentoo'))"
    )
    assert repr(nn.load_digits()) == "Digits(x=<64×1797>, y=<10×1797>)"
    assert repr(nn.load_example()).endswith("x=<2×1>, y=<3×1>)")
