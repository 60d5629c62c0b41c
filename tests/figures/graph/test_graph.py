"""Graph: programs become graphs, here and in the page; lines cross where they must, no more."""

import json
import re
from itertools import combinations, pairwise
from pathlib import Path

import in_node
import nbformat
import numpy as np
import pytest
import traitlets
from page_python import run_all, value
from sources import ROOT

from nn_core import backward_sequence, feedforward, load_example, numerical_gradient
from nn_widgets import Graph
from nn_widgets.figures.graph import tracing
from nn_widgets.figures.graph.graph import PRESETS, drawn, source
from nn_widgets.figures.graph.layout import layered
from nn_widgets.maths.format import number

EVERYTHING = """\
a = [[0.5, -1.2], [0.3, 0.8]]
b = [[1.5], [2.5]]
c = [0.2, 0.7]
# every operation once
q = (a @ b).T * c / (a + b) - exp(-a)
L = sum(q + log(b) ** 2 + relu(a) * tanh(sum(a, 0)) - a.sum(1, True).sigmoid() / 2 + 3 * a)
M = 1 - L
M = M + 2 / L + [[1, 2]] @ b"""
SHARED = "W = [[0.5, -0.2], [0.1, 0.4]]\nh1 = tanh(W @ x)\nh2 = tanh(W @ h1)\nL = sum(h2 * h2)"
LOOP = "v = 1.0\nfor _ in range(5):\n    v = v * v + v\nL = v"
LADDER = "u = x\nfor _ in range(11):\n    u = u * x + u\nL = sum(u)"
GOOD = {name: "\n".join(lines) for name, lines in PRESETS.items()}
GOOD |= {"everything": EVERYTHING, "shared": SHARED, "loop": LOOP, "ladder": LADDER}
every_program = pytest.mark.parametrize("name", GOOD)

BAD = {
    "": "Write at least one line",
    "# nothing": "Write at least one line",
    "u = 1\nv = ": "Line 2 cannot be read as Python.",
    "L = foo * 2": "Line 1: nothing has the name foo.",
    "u = 1\n\nL = W1 @ W1": "Line 3: a product must have equal inner sizes, got (3, 2) @ (3, 2).",
    "L = x": "The last line must give one number, the loss, and gives 2 × 1: add them by sum.",
    "u = 2\nL = 2 ** u": "Line 2: Python says TypeError",
    "u = 2\nL = u ** u": "Line 2: an exponent must be written as a number, as in u ** 2.",
    "L = log(-1.0)": "Line 1: the logarithm must be taken of positive numbers, got -1.",
    "u = 1.0\nfor _ in range(41): u = u + 1\nL = u": "This graph has 83 nodes, and at most 40",
    "u = [[1.0] * 65]\nL = sum(u)": "A matrix here may have at most 64 numbers.",
    "u = 1000.0\nL = exp(u)": "A value of this program is no finite number.",
    "L = 'text'": "Line 1: ",
    "L = 2\nL += 1": "Line 2: the last line must give the loss, as in L = t + s.",
    "L = 2\nfor _ in range(3): L = L * L": "Line 2: the last line must give the loss",
    "L = = 1": "Line 1 cannot be read as Python.",
}


@pytest.fixture(scope="module")
def in_page():
    """What the page's Python makes of each program: its graph and its layout."""
    texts = [*GOOD.values(), *BAD]
    cases = [
        {"setup": "_graph = traced(_text)", "code": "_graph"},
        "layered([_node['of'] for _node in _graph['nodes']])",
    ]
    results = run_all([(source(), {"given": {"_text": t}, "cases": cases}) for t in texts])
    for result in results:
        assert result["error"] is None, result["error"]
    return {
        text: [value(one["value"]) for one in result["values"]]
        for text, result in zip(texts, results, strict=True)
    }


def near(got, want):
    """Tell whether two graphs are the same, to the last bits of their numbers."""
    if isinstance(want, dict):
        return got.keys() == want.keys() and all(near(got[key], want[key]) for key in want)
    if isinstance(want, list):
        return len(got) == len(want) and all(map(near, got, want))
    return got == pytest.approx(want, abs=1e-12) if isinstance(want, float) else got == want


@every_program
def test_the_page_and_the_notebook_make_the_same_graph_of_a_program(in_page, name):
    graph, layout = in_page[GOOD[name]]
    want = drawn(GOOD[name])
    assert want["problem"] == ""
    assert near({**graph, "layout": layout}, want)


@pytest.mark.parametrize("text", BAD)
def test_what_cannot_be_drawn_gets_one_sentence_here_and_in_the_page(in_page, text):
    for graph in (drawn(text), in_page[text][0]):
        assert graph["problem"].startswith(BAD[text])
        assert graph["problem"].endswith((".", "u."))
        assert graph["nodes"] == []


def evaluated(nodes, leaves):
    """The loss of a graph by NumPy alone, from the arrays of its leaves."""
    acts = {
        "+": np.add,
        "−": np.subtract,
        "·": np.multiply,
        "/": np.divide,
        "@": np.matmul,
        "neg": np.negative,
        "exp": np.exp,
        "log": np.log,
        "tanh": np.tanh,
        "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
        "relu": lambda a: np.maximum(a, 0),
        "T": np.transpose,
    }
    values = []
    for node, leaf in zip(nodes, leaves, strict=True):
        of = [values[k] for k in node["of"]]
        if not of:
            made = leaf
        elif node["sign"] == "**":
            made = of[0] ** node["n"]
        elif node["sign"] == "sum":
            made = of[0].sum(axis=node["axis"], keepdims=node["keepdims"])
        elif node["sign"] == "price":
            y = np.reshape(node["y"]["data"], node["y"]["shape"])
            made = -(y * (of[0] - np.log(np.exp(of[0]).sum(axis=0)))).sum() / y.shape[1]
        else:
            made = acts[node["sign"]](*of)
        values.append(np.asarray(made))
    return values


@every_program
def test_a_graph_says_all_that_it_takes_to_find_every_gradient_by_differences(name):
    loss, _ = tracing.run(GOOD[name])
    steps = tracing.reached(loss)
    nodes = tracing.described(steps)
    leaves = [np.reshape(node["data"], node["shape"]) if not node["of"] else None for node in nodes]
    loss.backward()
    for step, made in zip(steps, evaluated(nodes, leaves), strict=True):
        assert np.allclose(step.data, made, rtol=1e-12)
    for k, leaf in enumerate(leaves):
        if leaf is not None:

            def at(a, k=k):
                return float(evaluated(nodes, [*leaves[:k], a, *leaves[k + 1 :]])[-1].item())

            slopes = numerical_gradient(at, leaf)
            assert np.allclose(steps[k].gradient, slopes, rtol=1e-5, atol=1e-7)


def test_the_penguin_network_of_the_figure_has_the_eleven_gradients_of_chapter_7():
    loss, _ = tracing.run(GOOD["bird"])
    loss.backward()
    found = {f"d{s.name}": s.gradient for s in tracing.reached(loss)}
    layers, x, y = load_example()
    eleven = dict(backward_sequence(layers, feedforward(layers, x), y))
    assert len(eleven) == 11
    for name, gradient in eleven.items():
        assert np.allclose(found[name], gradient, rtol=0, atol=1e-15), name


# --------------------------------------------------------------------------------- JavaScript

RUNNER = Path(__file__).with_name("vectors.mjs")
NUDGES = 1e-3
CHAPTER = ROOT / "book/10-automatic-differentiation.ipynb"


@pytest.fixture(scope="module")
def in_javascript():
    """What the figure's own mathematics makes of each graph."""
    asked = []
    for text in GOOD.values():
        nodes = drawn(text)["nodes"]
        leaves = [k for k, node in enumerate(nodes) if not node["of"]]
        nudges = [[k, 0, NUDGES] for k in range(len(nodes))]
        asked.append({"nodes": nodes, "nudges": nudges, "leaves": leaves})
    return dict(zip(GOOD, in_node.run(RUNNER, given=json.dumps(asked)), strict=True))


def array(described):
    return np.reshape(np.array(described["data"], float), described["shape"])


@every_program
def test_javascript_has_the_values_and_the_gradients_of_nn_core(in_javascript, name):
    loss, _ = tracing.run(GOOD[name])
    steps = tracing.reached(loss)
    loss.backward()
    found = in_javascript[name]
    for k, step in enumerate(steps):
        gradient = np.asarray(step.gradient)
        for got, want in (
            (array(found["values"][k]), step.data),
            (array(found["passes"]["walk"]["gradients"][k]), gradient),
        ):
            assert got.shape == want.shape
            assert np.allclose(got, want, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", ["twice", "bird", "skip", "shared", "loop", "ladder"])
def test_javascript_walks_in_the_order_of_nn_core(in_javascript, name):
    loss, _ = tracing.run(GOOD[name])
    places = {step.number: k for k, step in enumerate(tracing.reached(loss))}
    order = [places[step.number] for step in loss.walk()]
    assert in_javascript[name]["passes"]["walk"]["order"] == order


@pytest.mark.parametrize("name", ["twice", "bird", "skip"])
def test_the_mistakes_are_those_of_chapter_10(in_javascript, name):
    cells = {cell.id: cell.source for cell in nbformat.read(CHAPTER, 4).cells}
    names = {}
    for cell in ("setup", "value", "fit", "first-try", "second-try"):
        exec(cells[cell], names)
    exec(cells["price"].split("x_value")[0], names)
    nodes, values = drawn(GOOD[name])["nodes"], []
    labels = next((np.reshape(n["y"]["data"], n["y"]["shape"]) for n in nodes if "y" in n), None)
    for hand, mistake in (("hand_back", "both"), ("hand_back_and_add", "rush")):
        values = []
        for node in nodes:
            of = [values[k] for k in node["of"]]
            act = {"+": "__add__", "·": "__mul__", "@": "__matmul__", "sigmoid": "sigmoid"}
            if not of:
                made = names["Value"](np.reshape(node["data"], node["shape"]))
            elif node["sign"] == "price":
                made = names["price"](of[0], labels)
            else:
                made = getattr(of[0], act[node["sign"]])(*of[1:])
            values.append(made)
        names[hand](values[-1], 1.0)
        found = in_javascript[name]["passes"][mistake]["gradients"]
        for got, want in zip(found, values, strict=True):
            assert np.allclose(array(got), want.gradient, rtol=1e-12, atol=1e-15)


@every_program
def test_a_nudge_moves_the_loss_as_it_does_in_numpy(in_javascript, name):
    nodes = drawn(GOOD[name])["nodes"]
    values = [array(one) for one in in_javascript[name]["values"]]
    for k, got in enumerate(in_javascript[name]["nudged"]):
        moved = values[k].copy()
        moved.flat[0] += NUDGES
        cut = [dict(node, of=[]) if j <= k else node for j, node in enumerate(nodes)]
        leaves = [*values[:k], moved, *values[k + 1 :]]
        assert got == pytest.approx(evaluated(cut, leaves)[-1].item(), rel=1e-11)


# ------------------------------------------------------------------------------------- layout


def links_of(of, layout):
    """The pieces of all lines between neighbouring layers, from the drawing itself."""
    pieces = []
    for line in layout["lines"]:
        stops = [layout["places"][line["from"]], *line["places"], layout["places"][line["to"]]]
        pieces += [(a[1], a[0], b[0]) for a, b in pairwise(stops)]
    return pieces


@every_program
def test_every_line_leads_down_layer_by_layer_and_no_two_boxes_touch(name):
    of = [node["of"] for node in drawn(GOOD[name])["nodes"]]
    layout = drawn(GOOD[name])["layout"]
    uses = {(line["from"], line["to"]): line["uses"] for line in layout["lines"]}
    for k, sources in enumerate(of):
        for source_ in set(sources):
            assert uses.pop((source_, k)) == sources.count(source_)
            assert layout["places"][source_][1] < layout["places"][k][1]
    assert not uses
    for line in layout["lines"]:
        stops = [layout["places"][line["from"]], *line["places"], layout["places"][line["to"]]]
        assert [b[1] - a[1] for a, b in pairwise(stops)] == [1] * (len(stops) - 1)
    for (x1, row1), (x2, row2) in combinations(layout["places"], 2):
        assert row1 != row2 or abs(x1 - x2) >= 0.999
    assert all(0.5 - 1e-3 <= x <= layout["width"] - 0.5 + 1e-3 for x, _ in layout["places"])
    for line in layout["lines"]:
        for x, row in line["places"]:
            assert all(r != row or abs(x - other) >= 0.649 for other, r in layout["places"])


@every_program
def test_no_lines_cross_in_a_graph_that_can_do_without(name):
    layout = drawn(GOOD[name])["layout"]
    pieces = links_of(None, layout)
    crossed = sum(
        row1 == row2 and (a1 - a2) * (b1 - b2) < -1e-9
        for (row1, a1, b1), (row2, a2, b2) in combinations(pieces, 2)
    )
    assert crossed == layout["crossings"]
    if name not in ("everything", "ladder"):
        assert crossed == 0


def test_lines_that_must_cross_cross_as_seldom_as_they_can():
    # Three sums of three numbers each: the graph K33 has a crossing in every drawing.
    of = [[], [], [], [0, 1, 2], [0, 1, 2], [0, 1, 2], [3, 4, 5]]
    assert layered(of)["crossings"] == 9
    # Two separate products, given in an order that crosses them.
    assert layered([[], [], [], [], [0, 2], [1, 3], [4, 5]])["crossings"] == 0


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_fits_a_phone_but_for_a_few_pixels(name):
    assert drawn(GOOD[name])["layout"]["width"] * 80 + 12 <= 345


# ------------------------------------------------------------------------------------- figure


@pytest.mark.parametrize("name", PRESETS)
def test_the_still_picture_has_every_value_and_gradient(name):
    still = Graph(preset=name).still()
    loss, _ = tracing.run(GOOD[name])
    loss.backward()
    steps = tracing.reached(loss)
    assert still.count("<rect") == len(steps)
    boxes = re.findall(r"<rect.*?<g .*?>(.*?)</g>(<text.*?</text>)", still)
    for (own, back), step in zip(boxes, steps, strict=True):
        shape = " × ".join(map(str, step.data.shape))
        value = number(step.data.item()) if step.data.size == 1 else shape
        assert re.findall(r">([^<]*)</text>", own)[-1] == value
        if step.data.size == 1:
            assert f">d {number(np.asarray(step.gradient).item())}<" in back
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th><td>(.*?)</td><td>(.*?)</td>", still)
    assert len(rows) == len(steps)
    for (_, shown, back), step in zip(rows, steps, strict=True):
        for text, array in ((shown, step.data), (back, np.asarray(step.gradient))):
            assert re.split("[,;] ", text) == [number(v) for v in array.ravel()]


def test_a_program_of_ones_own_is_drawn_in_the_still_picture_too():
    figure = Graph(program="u = 3\nL = u * u")
    assert "9" in figure.still()
    assert figure.page()["data"]["own"]["program"] == "u = 3\nL = u * u"


@pytest.mark.parametrize(
    ("program", "says"), [("L = 3.0", "1 node: "), ("u = 3.0\nL = u * u", "2 nodes: ")]
)
def test_the_still_picture_counts_its_nodes(program, says):
    assert f"The graph of a program, {says}" in Graph(program=program).still()


def test_marks_of_html_in_a_program_stay_text():
    still = Graph(program="u = 1  # <b>&\nL = u * 2").still()
    assert "&lt;b&gt;&amp;" in still
    assert "<b>" not in still


def test_a_bad_program_is_refused_in_one_sentence():
    with pytest.raises(ValueError, match=r"^Line 1: nothing has the name foo\.$"):
        Graph(program="L = foo")
    with pytest.raises(traitlets.TraitError, match="a text of at most 600 characters"):
        Graph(program="u" * 601)


def test_a_kernel_answers_what_the_page_asks_and_no_link_carries_it():
    figure = Graph()
    figure._asked = "u = 2\nL = u * u"
    assert figure._traced == {"asked": figure._asked, **drawn(figure._asked)}
    figure._asked = "L = foo"
    assert figure._traced["problem"] == "Line 1: nothing has the name foo."
    assert not {"_asked", "_traced"} & set(figure.state())
    json.dumps(figure._traced)
