"""Chapter 9: no wrong backward pass is taken for a right one, and names are right."""

import contextlib
import io
from pathlib import Path

import nbformat
import numpy as np
import pytest

import nn_core as nn
from nn_core.diagnosis import spoils
from nn_core.mistakes import MISTAKES
from nn_core.trials import Diagnosis, ask, make_case

BOOK = Path(__file__).parents[1] / "book"
SYMPTOMS = {"raises", "wrong shape", "wrong number", "unknown", "right"}

# Networks that `diagnose` does not use.
UNSEEN = [
    ([3, 3, 3, 3], "sigmoid", 4, 11),
    ([4, 4, 4, 4, 4], "tanh", 5, 12),
    ([3, 2, 4, 3], "tanh", 6, 13),
]

LISTED = """
def backprop_listed(layers, trace, y):
    dsigma = {"sigmoid": dsigmoid, "tanh": dtanh, "relu": drelu}[trace.activation]
    delta = (trace.p - y) / y.shape[1]
    deltas = [delta]
    for layer, z in zip(layers[:0:-1], trace.z[-2::-1]):
        delta = dsigma(z) * (layer.W.T @ delta)
        deltas.append(delta)
    return [
        Layer(dz @ h.T, dz.sum(axis=1, keepdims=True))
        for dz, h in zip(deltas[::-1], trace.h)
    ]
"""


@pytest.fixture(scope="module")
def page():
    """Return the names that the chapter's cells define, up to its exercise."""
    notebook = nbformat.read(BOOK / "09-checking-gradients.ipynb", as_version=4)
    cells = {cell.id: cell.source for cell in notebook.cells}
    names = {"np": np, **vars(nn), "number": str}
    for cell in ("right-pass", "mutants-code", "suspects", "exercise-checker"):
        exec(cells[cell], names)
    names["plain"] = cells["right-pass"].partition("assert")[0].partition("\n\n\n")[2]
    return names


@pytest.fixture(scope="module")
def diagnosed(page):
    """Return every mutant of two right functions with its diagnosis."""
    texts = [*page["mutants"](page["plain"]), *page["mutants"](LISTED)]
    with np.errstate(all="ignore"):
        return [(f, nn.diagnose(f)) for f in map(page["compiled"], texts)]


def by_definition(case):
    """Return the gradients of a case by centred differences."""
    sizes = [len(h) for h in case.trace.h] + [len(case.y)]
    vector = nn.numerical_gradient(
        lambda w: nn.loss(nn.from_vector(w, sizes), case.trace.h[0], case.y, case.trace.activation),
        nn.to_vector(case.layers),
    )
    return nn.from_vector(vector, sizes)


def test_the_function_that_the_second_set_comes_from_is_right(page):
    assert nn.diagnose(page["compiled"](LISTED)).kind == "right"


def test_a_mutant_that_is_called_right_agrees_with_the_definition(diagnosed):
    assert len(diagnosed) > 100
    called_right = [f for f, diagnosis in diagnosed if diagnosis.kind == "right"]
    assert len(called_right) < 10
    for f in called_right:
        for case in [make_case(*c) for c in UNSEEN]:
            mine = f(case.layers, case.trace, case.y)
            for (dW, db), want in zip(mine, by_definition(case), strict=True):
                np.testing.assert_allclose(dW, want.W, atol=1e-8)
                np.testing.assert_allclose(db, want.b, atol=1e-8)


def foretells(kind, f):
    """Tell whether some mistake of this kind gives what `f` gives, on networks unseen before."""
    cases = [make_case(*case) for case in UNSEEN]
    with np.errstate(all="ignore"):
        answers = [ask(f, case) for case in cases]
        return any(
            None not in (spoiled := [spoils(m, c, a) for c, a in zip(cases, answers, strict=True)])
            and (any(spoiled) or any(isinstance(a, Diagnosis) for a in answers))
            for m in MISTAKES
            if m.kind == kind
        )


def test_a_mistake_that_is_named_foretells_the_gradients_of_other_networks(diagnosed):
    named = [(f, d.kind) for f, d in diagnosed if d.kind not in SYMPTOMS]
    assert len(named) >= 30
    assert [kind for f, kind in named if not foretells(kind, f)] == []


def test_a_wrong_name_would_foretell_something_else(page):
    assert not foretells("missing σ′", page["pass_a"])


@pytest.mark.parametrize("name", "ABCDE")
def test_each_suspect_goes_wrong_where_the_checker_says(page, name):
    case = make_case([3, 3, 3, 3], "sigmoid", 6, 21)
    mine = page[f"pass_{name.lower()}"](case.layers, case.trace, case.y)
    want = by_definition(case)
    wrong = [
        f"{kind}{n}"
        for n in (3, 2, 1)
        for kind, i in (("dW", 0), ("db", 1))
        if not np.allclose(mine[n - 1][i], want[n - 1][i], atol=1e-7)
    ]
    shows = {"dz3": "dW3", "dh2": "dW2", "dz2": "dW2"}
    culprit = page["CULPRITS"][name]
    assert wrong[0] == shows.get(culprit, culprit)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"A": "dz3"}, "A: right"),
        ({"A": "dW3"}, "A: something before dW3 is wrong already; look at"),
        ({"D": "dz3"}, "D: dz3 is right: the mistake comes later"),
        ({"C": "dz2"}, "C: something before dz2 is wrong already"),
        ({"D": "dW2"}, "D: something before dW2 is wrong already."),
        ({"B": "W2"}, "B: W2 is not in the sequence"),
        ({}, "E: not said yet"),
    ],
)
def test_the_checker_says_how_near_a_finding_is(page, found, words):
    assert any(line.startswith(words) for line in page["check_findings"](found))


def test_compare_shows_where_a_pass_departs_from_the_definition(page):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        page["compare"](page["pass_d"])
    lines = out.getvalue().splitlines()
    assert [line.split()[1] for line in lines] == ["agrees", "differs:"] * 3
