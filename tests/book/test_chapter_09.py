"""Chapter 9: no wrong backward pass is taken for a right one, and names are right."""

import ast
from copy import deepcopy

import numpy as np
import pytest
from reader_tasks import start
from sources import ROOT

import nn_core as nn
from nn_core.answers import ask
from nn_core.comparison import Trial
from nn_core.search import explanations
from nn_core.trials import make_case

BOOK = ROOT / "book"

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


PLAIN = """
def plain_backprop(layers, trace, y):
    N = y.shape[1]
    slopes = {"sigmoid": dsigmoid, "tanh": dtanh, "relu": drelu}
    slope = slopes[trace.activation]
    dz = (trace.p - y) / N
    gradients = []
    for n in reversed(range(len(layers))):
        dW = dz @ trace.h[n].T
        db = dz.sum(axis=1, keepdims=True)
        gradients.insert(0, Layer(dW, db))
        if n > 0:
            dh = layers[n].W.T @ dz
            dz = dh * slope(trace.z[n - 1])
    return gradients
"""

OTHER = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Div: [ast.Mult],
    ast.Mult: [ast.Add, ast.Div],
    ast.MatMult: [ast.Mult],
    ast.Gt: [ast.GtE, ast.Lt],
}
NEIGHBOUR = {"dz": "dh", "dh": "dz", "p": "y", "h": "z", "z": "h", "W": "b", "dW": "db", "db": "dW"}


def changes(node):
    "Every small change of one piece of a program."
    match node:
        case ast.BinOp(left=a, op=op, right=b):
            others = OTHER.get(type(op), [])
            yield from (ast.BinOp(a, o(), b) for o in others)
            yield from (
                a,
                ast.BinOp(b, op, a),
                ast.UnaryOp(ast.USub(), node),
                ast.BinOp(ast.Constant(2), ast.Mult(), node),
            )
        case ast.Compare(left=a, ops=[op], comparators=b):
            others = OTHER[type(op)]
            yield from (ast.Compare(a, [o()], b) for o in others)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield from (ast.Constant(value + 1), ast.Constant(1 - value))
        case ast.Attribute(value=a, attr="T"):
            yield a
        case ast.Attribute(value=a, attr=name) if name in NEIGHBOUR:
            yield ast.Attribute(a, NEIGHBOUR[name], ast.Load())
        case ast.Name(id=name, ctx=ast.Load()) if name in NEIGHBOUR:
            yield ast.Name(NEIGHBOUR[name], ast.Load())
        case ast.Call(func=ast.Name(id="reversed" | "slope"), args=[a]):
            yield a
        case ast.Subscript(value=a, slice=ast.Name() as index):
            shifted = (ast.BinOp(index, o(), ast.Constant(1)) for o in (ast.Add, ast.Sub))
            yield from (ast.Subscript(a, i, ast.Load()) for i in shifted)


def mutants(source):
    "The program with one change, for each change of each of its pieces."
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for place, node in enumerate(ast.walk(tree)):
        for which, _ in enumerate(changes(node)):
            copy = deepcopy(tree)
            target = list(ast.walk(copy))[place]
            new = list(changes(target))[which]
            for parent in ast.walk(copy):
                for field, value in ast.iter_fields(parent):
                    if value is target:
                        setattr(parent, field, new)
                    elif isinstance(value, list) and target in value:
                        value[value.index(target)] = new
            text = ast.unparse(ast.fix_missing_locations(copy))
            if text not in seen:
                seen.add(text)
                yield text


def compiled(text):
    "The function that the text of a program defines."
    names = dict(vars(nn))
    before = set(names)
    exec(text, names)
    return next(f for name, f in names.items() if name not in before and "backprop" in name)


@pytest.fixture(scope="module")
def page():
    """Return the five passes of the task, each with its mistake."""
    return start("09-five-passes")


@pytest.fixture(scope="module")
def diagnosed():
    """Return every mutant of two right functions with its diagnosis."""
    with np.errstate(all="ignore"):
        texts = [*mutants(PLAIN), *mutants(LISTED)]
        return [(f, nn.diagnose(f)) for f in map(compiled, texts)]


def by_definition(case):
    """Return the gradients of a case by centred differences."""
    sizes = [len(h) for h in case.trace.h] + [len(case.y)]
    vector = nn.numerical_gradient(
        lambda w: nn.loss(nn.from_vector(w, sizes), case.trace.h[0], case.y, case.trace.activation),
        nn.to_vector(case.layers),
    )
    return nn.from_vector(vector, sizes)


@pytest.mark.parametrize("text", [PLAIN, LISTED])
def test_the_functions_that_the_mutants_come_from_are_right(text):
    assert nn.diagnose(compiled(text)).kind == "right"


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


def foretells(mistakes, f):
    """Tell whether these mistakes give what `f` gives, on networks unseen before."""
    cases = [make_case(*case) for case in UNSEEN]
    with np.errstate(all="ignore"):
        trials = [Trial(case, ask(f, case)) for case in cases]
        found = ({m.id for m, _ in each.changes} for each in explanations(trials))
        return not any(trial.wrong for trial in trials) or set(mistakes) in found


def test_a_mistake_that_is_named_foretells_the_gradients_of_other_networks(diagnosed):
    named = [(f, d.mistakes) for f, d in diagnosed if d.mistakes]
    assert len(named) >= 30
    assert [mistakes for f, mistakes in named if not foretells(mistakes, f)] == []


def test_a_wrong_name_would_foretell_something_else(page):
    assert not foretells(["no-slope"], page["pass_a"])


CULPRITS = {"A": "dz3", "B": "dz2", "C": "dh2", "D": "db3", "E": "dW3"}


@pytest.mark.parametrize("name", "ABCDE")
def test_each_suspect_goes_wrong_where_it_should(page, name):
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
    culprit = CULPRITS[name]
    assert wrong[0] == shows.get(culprit, culprit)
