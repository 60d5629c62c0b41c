"""All together: its still picture, compared with the gradient of all birds at once."""

import re
from itertools import pairwise

import numpy as np
import pytest

from nn_core import backprop, feedforward, load_example, load_penguins, standardise
from nn_widgets import AllTogether
from nn_widgets.maths.format import number

X, Y = standardise(load_penguins().x), load_penguins().y
LAYERS = load_example().layers


def whole():
    """Return two entries of dW³ over all birds at once: of the first and the second row."""
    return backprop(LAYERS, feedforward(LAYERS, X), Y)[2].W[:2, 0]


def rows(figure):
    found = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", figure.still())
    return {name: re.findall(r"<td>(.*?)</td>", cells) for name, cells in found}


@pytest.mark.parametrize("blocks", ["unequal", "equal"])
def test_the_sums_divided_once_are_the_gradient_of_all_birds(blocks):
    table = rows(AllTogether(blocks=blocks))
    assert table["divided by N"] == ["", *map(number, whole())]
    assert table["sum"] == ["342", *map(number, 342 * whole())]


def test_the_mean_of_the_means_is_said_and_is_another_vector():
    means = []
    for x, y in zip(*(np.split(a, [10, 110, 210], axis=1) for a in (X, Y)), strict=True):
        means.append(backprop(LAYERS, feedforward(LAYERS, x), y)[2].W[:2, 0])
    mean = np.mean(means, axis=0)
    assert np.linalg.norm(mean - whole()) > np.linalg.norm(whole())
    still = AllTogether().still()
    assert f"mean of the four means would be ({', '.join(map(number, mean))})" in still


def test_the_arrows_stand_head_to_tail_and_reach_the_sum():
    paths = re.findall(r'<path d="M([-\d.]+),([-\d.]+)L([-\d.]+),([-\d.]+)M', AllTogether().still())
    *blocks, total = np.array(paths, dtype=float)
    assert len(blocks) == 4
    for one, after in pairwise(blocks):
        assert one[2:] == pytest.approx(after[:2])
    assert total == pytest.approx([*blocks[0][:2], *blocks[-1][2:]])
    across, up = total[2] - total[0], total[1] - total[3]
    assert up / across == pytest.approx(whole()[1] / whole()[0], abs=0.02)
