"""Softmax Jacobian: its still picture says what nn_core says; it refuses what makes no sense."""

import json
import re

import numpy as np
import pytest
import traitlets

from nn_core import feedforward, load_example, numerical_gradient, softmax
from nn_widgets import SoftmaxJacobian
from nn_widgets.maths.format import number

EXAMPLE = load_example()
SCORES = feedforward(EXAMPLE.layers, EXAMPLE.x).z[-1]


def rows(figure):
    """Return the texts of the still table's cells, row by row, without headings."""
    body = figure.still().partition("<tbody>")[2]
    return [
        [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<td.*?</td>", row)]
        for row in body.split("</tr>")[:4]
    ]


def test_it_begins_with_the_bird_that_is_followed_through_the_book():
    figure = SoftmaxJacobian()
    np.testing.assert_allclose(figure.z, SCORES[:, 0], atol=1e-11)
    assert figure.truth == EXAMPLE.y.argmax()
    assert figure.data()["species"][figure.truth] == "Gentoo"


@pytest.mark.parametrize("z", [SCORES[:, 0].tolist(), [3.0, 0.5, -2.0]])
@pytest.mark.parametrize("truth", [0, 1, 2])
def test_the_still_picture_holds_the_slopes_that_the_definition_gives(z, truth):
    def share(i):
        return numerical_gradient(lambda v: softmax(v)[i], np.array(z))

    def price(v):
        return -np.log(softmax(v)[truth])

    *matrix, slopes = rows(SoftmaxJacobian(z=z, truth=truth))
    for i, row in enumerate(matrix):
        into = -1 / softmax(np.array(z))[i] if i == truth else 0
        assert row == [number(into), *(number(round(v, 8)) for v in share(i)), "0"]
    wanted = numerical_gradient(price, np.array(z))
    assert slopes == ["", *(number(round(v, 8)) for v in wanted), "0"]


def test_the_still_picture_survives_a_probability_that_rounds_to_0():
    *matrix, slopes = rows(SoftmaxJacobian(z=[1000, 0, -1000], truth=2))
    assert [row[0] for row in matrix] == ["0", "0", "−∞"]
    assert slopes[1:] == ["1", "0", "−1", "0"]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"z": [1, 2, 1001]}, "1000"),
        ({"z": [1, 2, float("nan")]}, "z"),
        ({"z": [1, 2]}, "z"),
        ({"truth": 3}, "truth"),
        ({"step": 11}, "step"),
        ({"reach": 7}, "reach"),
    ],
)
def test_a_state_without_sense_is_refused_by_name(given, word):
    with pytest.raises(traitlets.TraitError, match=word):
        SoftmaxJacobian(**given)


def test_scores_out_of_the_usual_reach_widen_the_sliders():
    assert SoftmaxJacobian(z=[10, 0, 0]).reach == 1000
    assert SoftmaxJacobian(z=[6, 0, 0]).reach == 6


def test_the_state_is_plain_json_and_the_same_on_every_run():
    state = json.dumps(SoftmaxJacobian().state(), sort_keys=True)
    assert state == json.dumps(SoftmaxJacobian().state(), sort_keys=True)
    assert SoftmaxJacobian().html() == SoftmaxJacobian().html()
    assert repr(SoftmaxJacobian()) == "SoftmaxJacobian()"
