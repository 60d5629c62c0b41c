"""The functions that the chapters define run in the page as they stand, with the same values."""

import ast
import json
from functools import cache

import numpy as np
import pytest
from page_python import difference, run_all, value
from sources import ROOT

import nn_core

BOOK = ROOT / "book"
GIVEN = """
import numpy as np
import nn_core
from nn_core import *
from nn_core import mistakes
x_all, y_all = standardise(load_penguins().x), load_penguins().y
start, bird, label = load_example()
x, y = x_all[:, ::57], y_all[:, ::57]
W1, b1 = start[0]
trace = feedforward(start, x)
here = to_vector(start)
gradient = to_vector(backprop(start, trace, y))
rng = np.random.default_rng(7)
square = init_layers([3, 3, 3, 3], rng)
z = rng.normal(size=(3, 4))
Y = one_hot(rng.integers(3, size=4), 3)
average_loss = loss
slope, sizes, SIZES, steps = 0.5, [2, 3, 2, 3], [2, 3, 2, 3], 3
"""
SLOPE = 'SLOPE = {"sigmoid": dsigmoid, "tanh": dtanh, "relu": drelu}\n'

COUNTER = "from collections import Counter\n"
MACHINE = ["first:Value", "first:small", "count_uses", "walk", "fit"]

# chapter: the functions that an expression needs; what stands before them; the expression.
# "cell:f" is the whole cell that defines f; "first:f" is f as it is first defined.
USES = [
    ("01", ["preactivation_by_loops"], "", "preactivation_by_loops(W1, b1, bird)"),
    ("01", ["share_right"], "", "share_right(start)"),
    ("02", ["network_loss", "with_knob", "along"], "", "along(here, 3, np.linspace(-2, 2, 9))"),
    ("02", ["averages"], "", "averages(here)"),
    ("02", ["average_loss"], "", "average_loss(start, x, y)"),
    (
        "02",
        ["average_loss", "loss_in_batches"],
        "",
        "loss_in_batches(start, [(x_all[:, i::9], y_all[:, i::9]) for i in range(9)])",
    ),
    ("02", ["tinker"], "", "tinker(lambda w: (w ** 2).sum(), np.ones(3), 60, rng)"),
    ("03", ["swapped"], "", "swapped(start, [2, 0, 1])"),
    ("03", ["pairs", "my_count"], "", "my_count([2, 3, 2, 3])"),
    ("04", ["loss_at", "slope_along"], "", "slope_along(gradient)"),
    ("04", ["step_down"], "", "step_down(start, backprop(start, trace, y), 0.5)"),
    ("04", ["descend_bowl"], "curvatures = np.array([1.0, 0.25])", "descend_bowl(0.5, 20)"),
    ("05", ["softmax_as_written"], "", "softmax_as_written(z), softmax_as_written(z * 1000)"),
    ("05", ["my_cross_entropy"], "", "my_cross_entropy(softmax(z), Y)"),
    ("05", ["stable_softmax"], "", "stable_softmax(z * 1000)"),
    (
        "05",
        ["my_log_softmax", "my_cross_entropy_from_logits"],
        "",
        "my_cross_entropy_from_logits(z, Y)",
    ),
    ("06", ["jacobian_of_softmax"], "", "jacobian_of_softmax(z[:, [0]])"),
    ("06", ["by_definition_of"], "", "by_definition_of(z, Y)"),
    ("06", ["output_slope"], "", "output_slope(z, Y)"),
    ("07", ["backprop_sigmoid"], "", "backprop_sigmoid(start, trace, y)"),
    (
        "07",
        ["slope_forwards", "all_forwards"],
        "",
        "all_forwards(start, feedforward(start, bird), label)",
    ),
    (
        "07",
        ["brackets", "multiplications", "going_forwards"],
        "",
        "brackets(4), multiplications([2, 3, 2, 3]), going_forwards([2, 3, 2, 3])",
    ),
    ("07", ["sigma_of_h"], "", "sigma_of_h(start, trace, y), str(diagnose(sigma_of_h))"),
    ("08", ["five_steps"], "", "five_steps(start, x, y, 1.0, 20)"),
    ("08", ["share_right"], "", "share_right(start, x_all, y_all)"),
    (
        "09",
        ["slopes", "slopes_of_anna", "slopes_of_boris"],
        "",
        "[str(diagnose(f)) for f in (slopes_of_anna, slopes_of_boris)]",
    ),
    ("08", ["split"], "", "split(y_all, [0.7, 0.15, 0.15], np.random.default_rng(5))"),
    ("09", ["run", "slopes", "slopes_of_anna"], "", "run(slopes_of_anna, start, 30)"),
    ("09", ["my_numerical_gradient", "loss_at"], "", "my_numerical_gradient(loss_at, here)"),
    (
        "09",
        ["my_numerical_gradient"],
        "",
        "str(diagnose(lambda l, t, y: [Layer(W.T, b) for W, b in backprop(l, t, y)]))",
    ),
    (
        "10",
        ["first:Value", "first:small", "hand_back", "hand_back_and_add", "gradients_by"],
        "",
        "[gradients_by(hand) for hand in (hand_back, hand_back_and_add)]",
    ),
    ("10", MACHINE, COUNTER, "[v.gradient for v in walk(small(Value([[0.7]]))[-1])]"),
    ("10", [*MACHINE, "cell:price"], COUNTER, "[v.gradient for v in passing]"),
    (
        "10",
        [*MACHINE, "price", "parameters_of", "loss_of"],
        COUNTER,
        "[v.gradient for v in walk(loss_of(parameters_of(start), x_all, y_all))]",
    ),
    ("10", ["fit"], "share = rng.normal(size=(3, 4))", "fit(share, (3, 1)), fit(share, (1, 4))"),
]


@cache
def cells(chapter):
    (path,) = BOOK.glob(f"{chapter}-*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]


def source(chapter, name):
    """The text of a function as the chapter has it, the last one of the name; or its whole cell."""
    whole, first = name.startswith("cell:"), name.startswith("first:")
    name = name.split(":")[-1]
    for text in cells(chapter) if first else reversed(cells(chapter)):
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
                return text if whole else ast.get_source_segment(text, node)
    raise AssertionError(f"chapter {chapter} defines no {name}")


def program(chapter, names, before):
    return "\n".join([GIVEN, before, *(source(chapter, name) for name in names)]) + "\n"


# Programs that leave a graph: the operations of `nn_core.autodiff`, and what it refuses.
GRAPHS = {
    "a number": "slopes(lambda u: (u.sum() + u.exp() - u.log() * u.tanh() / u.sigmoid()).T, 0.7)",
    "a kink": "slopes(lambda u: u.relu() + 2 * u.relu() ** 3 - 1 / u, 1.5)",
    "products": "slopes(lambda a, b, c: ((a @ b + c).tanh() / (c**2 + 1)).sum(), A, B, [[2], [3]])",
    "sums": "slopes(lambda a: (a.sum(axis=0) * a.sum(axis=1, keepdims=True)).sum(), A)",
    "one sum": "slopes(lambda a: (-a).sum(axis=1).sum(axis=0), A)",
    "stretched": "slopes(lambda u, a: (u * a - 3).sum(), 2.0, A)",
    "a price": "slopes(lambda z: autodiff.softmax_cross_entropy(z, Y), z)",
    "shapes": "said(lambda: Value(A) @ Value(A))",
    "a logarithm": "said(lambda: Value(-1.0).log())",
    "an exponent": "said(lambda: Value(A) ** Value(A))",
    "no single number": "said(Value(A).backward)",
    "walked twice": "said(lambda v=Value(2.0) * 3: (v.backward(), v.backward()))",
}
SLOPES = """
from nn_core import autodiff
from nn_core.autodiff import Value
A, B = rng.normal(size=(2, 3)), rng.normal(size=(3, 4))

def slopes(program, *arrays):
    values = [Value(a) for a in arrays]
    program(*values).backward()
    return [np.asarray(v.gradient) for v in values]

def said(wrong):
    try:
        wrong()
    except ValueError as error:
        return str(error)
"""


def under_cpython(text, expression):
    names = {}
    with np.errstate(all="ignore"):
        exec(compile(text, "program", "exec"), names)
        return eval(expression, names)


def built(use):
    """The program of a use; nothing to run where a chapter no longer has what it needs."""
    try:
        return program(*use[:3])
    except AssertionError:
        return ""


@pytest.fixture(scope="module")
def results():
    return run_all([(built(use), {"cases": [use[3]]}) for use in USES])


@pytest.mark.parametrize(
    "number", range(len(USES)), ids=[f"{u[0]}-{u[1][-1]}-{k}" for k, u in enumerate(USES)]
)
def test_a_function_of_a_chapter_runs_unchanged(results, number):
    chapter, names, before, expression = USES[number]
    text, result = program(chapter, names, before), results[number]
    assert result["error"] is None, result["error"]
    assert "error" not in result["values"][0], result["values"][0]
    want = under_cpython(text, expression)
    quotient = {"my_numerical_gradient", "by_definition_of", "slope_along"} & set(names)
    tolerance = 1e-7 if quotient else 1e-12  # a difference quotient magnifies rounding
    assert not difference(value(result["values"][0]["value"]), want, tolerance)


@pytest.fixture(scope="module")
def graphs():
    cases = list(GRAPHS.values())
    (result,) = run_all([(GIVEN + SLOPES, {"cases": cases})])
    assert result["error"] is None, result["error"]
    return dict(zip(cases, result["values"], strict=True))


@pytest.mark.parametrize("expression", GRAPHS.values(), ids=GRAPHS.keys())
def test_automatic_differentiation_gives_the_same_in_the_page(graphs, expression):
    got = graphs[expression]
    assert "error" not in got, got
    want = under_cpython(GIVEN + SLOPES, expression)
    assert want is not None
    assert not difference(value(got["value"]), want, 1e-12)


PUBLIC = {
    "sigmoid": "sigmoid(z)",
    "dsigmoid": "dsigmoid(z)",
    "tanh": "tanh(z)",
    "dtanh": "dtanh(z)",
    "relu": "relu(z)",
    "drelu": "drelu(z)",
    "softmax": "softmax(z)",
    "log_softmax": "log_softmax(z)",
    "softmax_jacobian": "softmax_jacobian(z[:, 0])",
    "cross_entropy": "cross_entropy(softmax(z), Y)",
    "cross_entropy_from_logits": "cross_entropy_from_logits(z, Y)",
    "feedforward": "feedforward(start, x)",
    "loss": "loss(start, x, y, 'tanh')",
    "backprop": "backprop(start, trace, y)",
    "backward_sequence": "list(backward_sequence(start, trace, y))",
    "init_layers": "init_layers([2, 5, 3], np.random.default_rng(11))",
    "count_parameters": "count_parameters([2, 5, 3])",
    "to_vector": "to_vector(start)",
    "from_vector": "from_vector(here, [2, 3, 2, 3])",
    "descend": "descend(start, backprop(start, trace, y), 0.1)",
    "train": "list(train(start, x, y, 0.5, 5, 2, np.random.default_rng(1)))",
    "numerical_gradient": "numerical_gradient(lambda v: (v ** 3).sum(), z)",
    "check_gradient": "check_gradient(lambda v: (v ** 3).sum(), z, 3 * z ** 2)",
    "diagnose": "str(diagnose(lambda *a: [Layer(2 * W, 2 * b) for W, b in backprop(*a)]))",
    "load_example": "load_example()",
    "load_penguins": "load_penguins()",
    "standardise": "standardise(load_penguins().x)",
    "one_hot": "one_hot(np.array([0, 2, 1]), 3)",
    "Layer": "Layer(W1, b=b1)",
    "Trace": "trace._replace(p=x).p",
    "Epoch": "nn_core.Epoch(1, [], 0.5)",
    "Example": "Example(1, 2, 3)",
    "Penguins": "Penguins(1, 2, 3)",
    "Diagnosis": "str(nn_core.Diagnosis('right', (), 'Right.'))",
}
ONLY_OUTSIDE = {"Digits", "load_digits"}  # too many numbers for a page
ERRORS = {"GradientError": "check_gradient(lambda v: (v ** 3).sum(), z, z)"}


@pytest.fixture(scope="module")
def public():
    cases = [*PUBLIC.values(), *ERRORS.values()]
    return dict(zip(cases, run_all([(GIVEN, {"cases": cases})])[0]["values"], strict=True))


def test_every_public_name_of_nn_core_is_tried_here():
    assert PUBLIC.keys() | ONLY_OUTSIDE | ERRORS.keys() == set(nn_core.__all__)


@pytest.mark.parametrize("name", PUBLIC)
def test_nn_core_gives_the_same_in_the_page(public, name):
    got = public[PUBLIC[name]]
    assert "error" not in got, got
    tolerance = 1e-7 if name in ("numerical_gradient", "check_gradient") else 1e-12
    assert not difference(value(got["value"]), under_cpython(GIVEN, PUBLIC[name]), tolerance)


def test_a_wrong_gradient_raises_the_same_sentence_in_the_page(public):
    with pytest.raises(nn_core.GradientError) as caught:
        under_cpython(GIVEN, ERRORS["GradientError"])
    error = public[ERRORS["GradientError"]]["error"]
    assert (error["type"], error["message"]) == ("GradientError", str(caught.value))
