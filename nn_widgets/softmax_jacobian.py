"""Softmax Jacobian: −y/p times the matrix of all slopes of softmax, column by column."""

import math

import numpy as np
import traitlets

from nn_core import feedforward, load_example, load_penguins, one_hot, softmax, softmax_jacobian

from .base import Figure
from .format import number

LARGEST = 1000  # the largest score, either way
LAST_STEP = 10  # the whole; multiply, cancel, result for each of three columns; the collapse
INDEX = "₁₂₃"


class SoftmaxJacobian(Figure):
    """Three scores, the nine slopes of softmax, and how −y/p through them leaves p − y.

    Parameters
    ----------
    z : list of float
        Three scores, from −1000 to 1000. The scores of the bird followed through the book if
        left out.
    truth : int
        The right class: 0, 1 or 2.
    step : int
        How far the product is worked out: 0 for not at all, 1 to 9 for three steps in each
        column, 10 for all of it.
    reach : {6, 1000}
        The sliders go from −reach to reach.

    Raises
    ------
    traitlets.TraitError
        If a value is not one of those above.
    """

    _module = "softmax_jacobian"
    _title = "Softmax Jacobian: what is left of nine slopes"

    z = traitlets.List(traitlets.Float(), minlen=3, maxlen=3).tag(sync=True)
    truth = traitlets.Int(2, min=0, max=2).tag(sync=True)
    step = traitlets.Int(0, min=0, max=LAST_STEP).tag(sync=True)
    reach = traitlets.Enum([6, LARGEST], 6).tag(sync=True)
    bird = traitlets.List(traitlets.Float(), help="the bird's scores").tag(sync=True)
    species = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, z=None, **given):
        given.setdefault("reach", LARGEST if z and max(map(abs, z)) > 6 else 6)
        super().__init__(z=birds_scores() if z is None else z, **given)

    @traitlets.default("bird")
    def _scores_of_the_bird(self):
        return birds_scores()

    @traitlets.default("species")
    def _names_of_the_classes(self):
        return list(load_penguins().species)

    @traitlets.validate("z")
    def _check_z(self, proposal):
        if not all(math.isfinite(v) and abs(v) <= LARGEST for v in proposal["value"]):
            wanted = f"three numbers from −{LARGEST} to {LARGEST}"
            raise traitlets.TraitError(f"z must be {wanted}, got {proposal['value']}")
        return proposal["value"]

    def still(self):
        """Return the matrix with −y/p beside its rows and p − y under its columns."""
        z, y = np.reshape(self.z, (3, 1)), one_hot(np.array([self.truth]), 3)
        p, jacobian = softmax(z), softmax_jacobian(z)
        into = [-1 / p[i, 0] if p[i, 0] else -math.inf for i in range(3)]
        into = [into[i] if y[i, 0] else 0 for i in range(3)]
        head = ["", "−y/p", *(f"z{k}" for k in INDEX), "sum"]
        rows = [still_row(f"p{INDEX[i]}", into[i], jacobian[i]) for i in range(3)]
        slopes = "".join(f"<td><b>{number(v)}</b></td>" for v in (p - y)[:, 0])
        return (
            f'<table class="nn-numbers" style="text-align:right"><caption>{self._caption(p)}'
            f"</caption><thead><tr>{''.join(cell('th', text, 'col') for text in head)}</tr></thead>"
            f"<tbody>{''.join(rows)}<tr>{cell('th', 'p − y', 'row')}<td></td>{slopes}<td>0</td>"
            "</tr></tbody></table>"
        )

    def _caption(self, p):
        scores, shares = (", ".join(map(number, values)) for values in (self.z, p[:, 0]))
        return (
            f"From the scores z = ({scores}) softmax makes p = ({shares}); the truth is "
            f"{self.species[self.truth]}. The nine entries are the slopes ∂p/∂z. Each column, "
            "times −y/p, gives p − y."
        )


def birds_scores():
    """Return the scores of the bird that is followed through the book, the same everywhere."""
    layers, x, _ = load_example()
    return np.round(feedforward(layers, x).z[-1][:, 0], 12).tolist()


def still_row(name, into, slopes):
    """Return one row of the still table; the darker a cell, the larger its slope."""
    shaded = "".join(
        f'<td style="background:rgba(130,40,159,{min(abs(v), 0.25):.2f})">{number(v)}</td>'
        for v in slopes
    )
    return f"<tr>{cell('th', name, 'row')}<td>{number(into)}</td>{shaded}<td>0</td></tr>"


def cell(tag, text, scope):
    """Return a heading, or an empty cell where there is nothing to say."""
    return f'<{tag} scope="{scope}">{text}</{tag}>' if text else "<td></td>"
