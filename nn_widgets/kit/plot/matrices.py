"""Named arrays as labelled matrices: what a cell of a chapter shows, without any printing."""

import re
from html import escape
from itertools import zip_longest

import numpy as np

from nn_widgets.kit.plot.picture import COLOURS
from nn_widgets.maths.format import number

WHOLE = 10  # rows or columns that are all shown: a class for each digit
SHOWN = 8  # of a longer side, all but the first few and the last are left out
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SYMBOL = re.compile(r"(?P<role>d?[xWbzhpyL])(?P<layer>\d*)")
ALIASES = {"loss": "L"}
GAP = "…"


class Matrices:
    """What `matrices` returns: tables for a page, aligned text where there is only text."""

    def __init__(self, named, rows, cols):
        self._named, self._rows, self._cols = named, rows, cols

    def __repr__(self):
        """Return the numbers as text: for readers by ear, and for the tests of the chapters."""
        return "\n\n".join(text(name, value) for name, value in self._named.items())

    def _repr_html_(self):
        tables = (table(name, v, self._rows, self._cols) for name, v in self._named.items())
        return f'<div class="nn-matrices" translate="no">{"".join(tables)}</div>'


def matrices(named=None, *, rows=(), cols=(), **more):
    """Show arrays under their names, each as a matrix in the colour of its symbol.

    Parameters
    ----------
    named, **more : dict, array_like of at most two dimensions
        What to show. ``W2`` is read as W², ``dz3`` as dz³; a dictionary takes names that are no
        Python names: ``{"p − y": p - y}``. Numbers are written to three decimals.
    rows, cols : sequence of str, optional
        Headings, for the arrays that have as many rows or columns.

    Returns
    -------
    matrices : Matrices
        Tables in the book and in JupyterLab, plain text elsewhere.

    Raises
    ------
    ValueError
        If nothing is given, or an array has more than two dimensions or holds no numbers.
    """
    arrays = {name: checked(name, value) for name, value in {**(named or {}), **more}.items()}
    if not arrays:
        raise ValueError("matrices needs at least one array, got none")
    return Matrices(arrays, tuple(rows), tuple(cols))


def checked(name, value):
    """Return `value` as an array of numbers, or say which one is none."""
    array = np.asarray(value)
    if array.ndim > 2 or array.dtype.kind not in "biuf":
        raise ValueError(
            f"{name} must hold numbers in at most two dimensions, "
            f"got {array.dtype} of shape {array.shape}"
        )
    return array


def symbol(name):
    """Return the label and the colour of a name: `dW3` is dW³ in the colour of dW."""
    match = SYMBOL.fullmatch(ALIASES.get(name, name))
    if not match:
        return name, "text"
    return match["role"] + match["layer"].translate(RAISED), match["role"]


def shape(value):
    """Write a shape as the book does: 3 × 2."""
    return " × ".join(map(str, value.shape))


def shown(length):
    """Return the places of a side that are written; None where some are left out."""
    if length <= WHOLE:
        return list(range(length))
    return [*range(SHOWN - 2), None, length - 1]


def written(value):
    """Return the entries as rows of texts."""
    grid = np.atleast_2d(value)
    return [
        [GAP if None in (i, j) else number(grid[i, j]) for j in shown(grid.shape[1])]
        for i in shown(grid.shape[0])
    ]


def text(name, value):
    """Write one array as aligned text under its name and shape."""
    label = symbol(name)[0]
    entries = written(value)
    if value.ndim == 0:
        return f"{label} = {entries[0][0]}"
    wide = [max(map(len, column)) for column in zip(*entries, strict=True)]
    lines = ["  ".join(e.rjust(w) for e, w in zip(row, wide, strict=True)) for row in entries]
    return "\n".join([f"{label}  {shape(value)}", *lines])


def table(name, value, rows, cols):
    """Write one array as a table; it looks right without a style sheet."""
    label, role = symbol(name)
    size = f' <span class="nn-shape">{shape(value)}</span>' if value.ndim else ""
    colour = f"var(--nn-{role}, {'inherit' if role == 'text' else COLOURS[role]})"
    grid = np.atleast_2d(value)
    above = headings(cols, grid.shape[1])
    beside = headings(rows, grid.shape[0])
    head = "".join(f'<th scope="col">{each}</th>' for each in above)
    head = f"<thead><tr>{'<td></td>' if beside else ''}{head}</tr></thead>" if above else ""
    beside = [f'<th scope="row">{each}</th>' for each in beside]
    body = "".join(
        f"<tr>{first}{''.join(f'<td>{entry}</td>' for entry in row)}</tr>"
        for first, row in zip_longest(beside, written(value), fillvalue="")
    )
    return (
        f'<table class="nn-matrix" style="--nn-role: {colour}; color: {colour}">'
        f"<caption>{escape(label)}{size}</caption>{head}<tbody>{body}</tbody></table>"
    )


def headings(names, length):
    """Return the headings that are written, if there are as many as entries."""
    if len(names) != length:
        return []
    return [GAP if place is None else escape(str(names[place])) for place in shown(length)]
