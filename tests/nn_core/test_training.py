from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from strategies import problems

import nn_core as nn


def penguins():
    birds = nn.load_penguins()
    return nn.load_example().layers, nn.standardise(birds.x), birds.y


def vector(layers):
    return nn.to_vector(layers)


def test_a_step_is_alpha_times_the_gradient_downhill():
    layers = [nn.Layer(np.array([[1.0, 2.0]]), np.array([[3.0]]))]
    gradients = [nn.Layer(np.array([[10.0, -20.0]]), np.array([[40.0]]))]
    (after,) = nn.descend(layers, gradients, 0.1)
    np.testing.assert_allclose(after.W, [[0.0, 4.0]])
    np.testing.assert_allclose(after.b, [[-1.0]])


@given(problems(activations=["sigmoid", "tanh"]))
def test_a_small_step_lowers_the_loss_by_alpha_times_the_squared_gradient(problem):
    layers, x, y, activation = problem
    gradients = nn.backprop(layers, nn.feedforward(layers, x, activation), y)
    alpha, slope = 1e-5, float(vector(gradients) @ vector(gradients))
    before = nn.loss(layers, x, y, activation)
    after = nn.loss(nn.descend(layers, gradients, alpha), x, y, activation)
    assert before - after == pytest.approx(alpha * slope, rel=1e-3, abs=1e-14)


def test_full_batches_are_the_five_steps_written_out():
    layers, x, y = penguins()
    for epoch in nn.train(layers, x, y, 0.5, 3):
        np.testing.assert_allclose(vector(epoch.layers), vector(layers), rtol=1e-13)
        assert epoch.loss == pytest.approx(nn.loss(layers, x, y), rel=1e-13)
        gradients = nn.backprop(layers, nn.feedforward(layers, x), y)
        layers = nn.descend(layers, gradients, 0.5)


@pytest.mark.parametrize("batch_size", [1, 100, 171, 342])
def test_batches_are_steps_on_the_shuffled_examples_the_last_one_smaller(batch_size):
    layers, x, y = penguins()
    *_, last = nn.train(layers, x, y, 0.1, 2, batch_size, np.random.default_rng(7), "tanh")
    rng = np.random.default_rng(7)
    for _ in range(2):
        order = rng.permutation(342)
        pieces = [order[i : i + batch_size] for i in range(0, 342, batch_size)]
        assert sum(map(len, pieces)) == 342
        for batch in pieces:
            trace = nn.feedforward(layers, x[:, batch], "tanh")
            layers = nn.descend(layers, nn.backprop(layers, trace, y[:, batch]), 0.1)
    np.testing.assert_allclose(vector(last.layers), vector(layers), rtol=1e-11, atol=1e-13)
    assert last.loss == pytest.approx(nn.loss(layers, x, y, "tanh"), rel=1e-12)


def test_epoch_zero_is_the_start_and_the_last_number_is_the_count():
    layers, x, y = penguins()
    epochs = list(nn.train(layers, x, y, 1, 3))
    assert [epoch.number for epoch in epochs] == [0, 1, 2, 3]
    assert epochs[0].loss == pytest.approx(nn.loss(layers, x, y), rel=1e-14)
    np.testing.assert_array_equal(vector(epochs[0].layers), vector(layers))
    assert [epoch.number for epoch in nn.train(layers, x, y, 1, 0)] == [0]


def test_the_penguin_network_learns_97_percent_of_the_birds():
    layers, x, y = penguins()
    *_, last = nn.train(layers, x, y, alpha=1, epochs=2000)
    right = nn.feedforward(last.layers, x).p.argmax(axis=0) == y.argmax(axis=0)
    assert 0.965 <= right.mean() <= 0.98
    assert 0.06 < last.loss < 0.08


def test_digits_are_learned_in_batches():
    digits = nn.load_digits()
    rng = np.random.default_rng(0)
    layers = nn.init_layers([64, 32, 10], rng)
    *_, last = nn.train(layers, digits.x / 16, digits.y, 1, 10, 32, rng)
    right = nn.feedforward(last.layers, digits.x / 16).p.argmax(axis=0) == digits.y.argmax(axis=0)
    assert right.mean() > 0.95


@pytest.mark.parametrize("batch_size", [None, 50])
def test_float32_is_kept_even_by_a_float64_rate(batch_size):
    layers, x, y = penguins()
    small = [nn.Layer(*(a.astype(np.float32) for a in layer)) for layer in layers]
    rng = np.random.default_rng(0)
    *_, last = nn.train(small, x.astype(np.float32), y, np.float64(0.5), 2, batch_size, rng)
    assert {a.dtype for layer in last.layers for a in layer} == {np.dtype(np.float32)}


def test_the_inputs_are_not_modified():
    layers, x, y = penguins()
    list(nn.train(layers, x, y, 1, 2))
    list(nn.train(layers, x, y, 1, 2, 100, np.random.default_rng(0)))
    for a, b in zip(penguins()[1:], (x, y), strict=True):
        np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(vector(layers), vector(penguins()[0]))


def test_an_epoch_already_seen_is_not_changed_by_the_next():
    layers, x, y = penguins()
    epochs = nn.train(layers, x, y, 1, 2)
    first = next(epochs)
    seen = vector(first.layers)
    list(epochs)
    np.testing.assert_array_equal(vector(first.layers), seen)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"alpha": 0}, "alpha must be a finite number above 0, got 0"),
        ({"alpha": -1.5}, r"alpha must be a finite number above 0, got -1\.5"),
        ({"alpha": "1"}, "alpha must be a finite number above 0, got '1'"),
        ({"alpha": np.inf}, "alpha must be a finite number above 0, got inf"),
        ({"epochs": -1}, "epochs must be a whole number from 0 up, got -1"),
        ({"epochs": 1.5}, r"epochs must be a whole number from 0 up, got 1\.5"),
        ({"batch_size": 343}, "batch_size must be a whole number from 1 to 342, got 343"),
        ({"batch_size": 32}, r"rng must be a numpy\.random\.Generator, got NoneType"),
        ({"activation": "step"}, "activation must be one of .*, got 'step'"),
        ({"x": np.ones((3, 342))}, r"x must have shape \(2, any\), got \(3, 342\)"),
        ({"y": np.ones((342, 3))}, r"y must have shape \(3, 342\), got \(342, 3\)"),
    ],
)
def test_what_is_wrong_is_said_at_the_call(changed, message):
    layers, x, y = penguins()
    arguments = {"layers": layers, "x": x, "y": y, "alpha": 1, "epochs": 1} | changed
    with pytest.raises(ValueError, match=f"^{message}$"):
        nn.train(**arguments)


def test_gradients_that_are_not_the_layers_own_are_refused():
    layers = nn.load_example().layers
    with pytest.raises(ValueError, match=r"^gradients must list 3 layers, got 2$"):
        nn.descend(layers, layers[:2], 1)
    with pytest.raises(ValueError, match=r"^dW1 must have shape \(3, 2\), got \(2, 3\)$"):
        nn.descend(layers[:1], layers[1:2], 1)
    with pytest.raises(ValueError, match=r"^alpha must be a finite number above 0, got 0$"):
        nn.descend(layers, layers, 0)


def test_the_wrong_gradient_is_named_and_not_the_layer():
    layers = nn.load_example().layers

    def spoiled(**changed):
        return [layers[0]._replace(**changed), *layers[1:]]

    for gradients, message in [
        (spoiled(W=layers[0].W.T), r"dW1 must have shape \(3, 2\), got \(2, 3\)"),
        (spoiled(b=layers[0].b.T), r"db1 must have shape \(3, 1\), got \(1, 3\)"),
        (spoiled(b=layers[0].b[:, 0]), r"db1 must have shape \(3, 1\), got \(3,\)"),
        (spoiled(W=layers[0].W * np.nan), "dW1 must be finite, got nan among its values"),
        (spoiled(b=layers[0].b + np.inf), "db1 must be finite, got inf among its values"),
        (spoiled(W=None), "dW1 must hold real numbers, got dtype object"),
        ([1, 2, 3], r"gradients must be a list of Layer\(dW, db\), got list of .*"),
        (layers[0].W, r"gradients must be a list of Layer\(dW, db\), got ndarray of .*"),
    ]:
        with pytest.raises(ValueError, match=f"(?s)^{message}$"):
            nn.descend(layers, gradients, 0.1)


@pytest.mark.parametrize("alpha", [Decimal("0.5"), Fraction(1, 2), np.float32(0.5), np.array(0.5)])
def test_a_rate_may_be_any_real_number(alpha):
    layers = nn.load_example().layers
    for after, wanted in zip(
        nn.descend(layers, layers, alpha), nn.descend(layers, layers, 0.5), strict=True
    ):
        np.testing.assert_array_equal(after.W, wanted.W)


@pytest.mark.parametrize("count", [3.0, np.float32(3), np.int8(3), Decimal(3), Fraction(6, 2)])
def test_a_whole_number_may_be_written_as_a_float(count):
    layers, x, y = penguins()
    rng = np.random.default_rng(0)
    assert len(list(nn.train(layers, x, y, 1, count))) == 4
    assert len(list(nn.train(layers, x, y, 1, 1, 30 * count, rng))) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("epochs", v) for v in ["3", 1e400, np.nan, None, 10**400, Decimal("nan"), 1j]),
        *(("alpha", v) for v in ["1", 10**400, np.nan, None, Decimal("NaN"), 1j, np.ones(1)]),
    ],
)
def test_what_is_no_such_number_is_refused_in_one_sentence(name, value):
    layers, x, y = penguins()
    arguments = {"alpha": 1, "epochs": 1} | {name: value}
    wanted = "a whole number from 0 up" if name == "epochs" else "a finite number above 0"
    with pytest.raises(ValueError, match=f"^{name} must be {wanted}, got .{{1,40}}$"):
        nn.train(layers, x, y, **arguments)


def test_an_epoch_shows_its_number_and_its_loss():
    layers, x, y = penguins()
    epoch = next(nn.train(layers, x, y, 1, 1))
    assert repr(epoch).startswith("Epoch(number=0, layers=[Layer(W=<3×2>, b=<3×1>), Layer(")
    assert repr(epoch).endswith(f"loss={epoch.loss!r})")
    assert f"{epoch:>200}" == repr(epoch).rjust(200)
