"""Softmax Jacobian: −y/p times the matrix of all slopes of softmax, column by column."""

import math

import numpy as np
import traitlets

from nn_core import feedforward, load_example, load_penguins, one_hot, softmax, softmax_jacobian
from nn_widgets.kit.choices import Number
from nn_widgets.kit.figure import Figure
from nn_widgets.maths.format import number

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

    z = traitlets.List(Number(min=-LARGEST, max=LARGEST), minlen=3, maxlen=3).tag(sync=True)
    truth = traitlets.Int(2, min=0, max=2).tag(sync=True)
    step = traitlets.Int(0, min=0, max=LAST_STEP).tag(sync=True)
    reach = traitlets.Enum([6, LARGEST], 6).tag(sync=True)

    def __init__(self, z=None, **given):
        given.setdefault("reach", LARGEST if z and max(map(abs, z)) > 6 else 6)
        super().__init__(z=birds_scores() if z is None else z, **given)

    def data(self):
        """Return the bird's scores and the names of the classes."""
        return {"bird": birds_scores(), "species": list(load_penguins().species)}

    def still(self):
        """Return the matrix with −y/p beside its rows and p − y under its columns."""
        z, y = np.array(self.z), one_hot(np.array([self.truth]), 3)[:, 0]
        p = softmax(z)
        head = "".join(heading(f"z{k}", "col") for k in INDEX)
        rows = [still_row(*row) for row in zip(INDEX, p, y, softmax_jacobian(z), strict=True)]
        slopes = "".join(f"<td><b>{number(slope)}</b></td>" for slope in p - y)
        return (
            f'<p>{self._words(p)}</p><table class="nn-numbers" style="text-align:right">'
            "<caption>−y/p, the matrix ∂p/∂z, and their product</caption>"
            f"<thead><tr><td></td>{heading('−y/p', 'col')}{head}{heading('sum', 'col')}</tr>"
            f"</thead><tbody>{''.join(rows)}"
            f"<tr>{heading('p − y', 'row')}<td></td>{slopes}<td>0</td></tr></tbody></table>"
        )

    def _words(self, p):
        scores, shares = (", ".join(map(number, values)) for values in (self.z, p))
        truth = load_penguins().species[self.truth]
        return (
            f"From the scores z = ({scores}) softmax makes p = ({shares}); the truth is "
            f"{truth}. Each column of slopes, times −y/p, gives one entry of p − y."
        )


def birds_scores():
    """Return the scores of the bird that is followed through the book, the same everywhere."""
    layers, x, _ = load_example()
    return np.round(feedforward(layers, x).z[-1][:, 0], 12).tolist()


def still_row(index, p, y, slopes):
    """Return one row of the still table; the darker a cell, the larger its slope."""
    into = (-1 / p if p else -math.inf) if y else 0  # 0 where y is 0, whatever p is
    shaded = "".join(
        f'<td style="background:rgba(130,40,159,{min(abs(v), 0.25):.2f})">{number(v)}</td>'
        for v in slopes
    )
    name = heading(f"p{index}", "row")
    return f"<tr>{name}<td>{number(into)}</td>{shaded}<td>0</td></tr>"


def heading(text, scope):
    """Return a cell that names its column ("col") or its row ("row")."""
    return f'<th scope="{scope}">{text}</th>'
