"""Graph: what a program leaves, its values on the way forward, its gradients on the way back."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import traitlets

from nn_widgets.figures.graph import tracing
from nn_widgets.figures.graph.layout import layered
from nn_widgets.figures.graph.picture import picture, written
from nn_widgets.kit.choices import Different, Number, Text
from nn_widgets.kit.figure import Figure
from nn_widgets.maths.format import counted, number
from nn_widgets.python.bundle import bare

LAYERS = ["z1 = W1 @ x + b1", "h1 = sigmoid(z1)", "z2 = W2 @ h1 + b2", "h2 = sigmoid(z2)"]
PRESETS = {
    "twice": ["u = 0.7", "s = u + u", "t = s * s", "L = t + s"],
    "neuron": [
        "x1 = 0.5",
        "x2 = -1",
        "w1 = 0.8",
        "w2 = 0.3",
        "b = 0.1",
        "y = 1",
        "z = w1 * x1 + w2 * x2 + b",
        "h = sigmoid(z)",
        "L = (h - y) ** 2",
    ],
    "bird": [*LAYERS, "z3 = W3 @ h2 + b3", "L = price(z3, y)"],
    "skip": [*LAYERS, "z3 = W3 @ h2 + V @ h1 + b3", "L = price(z3, y)"],
}
HEADINGS = [
    "node",
    "value",
    "gradient",
]
LONGEST = 600  # characters of a program, which a link carries
MOST_STEPS = tracing.MOST_NODES + 120  # values, then nodes that hand on, where nobody waits too


class Graph(Figure):
    """Compute a program's values forward, predict who hands on next, get the gradients back.

    Parameters
    ----------
    preset : {"twice", "neuron", "bird", "skip"}
        Which of the book's programs is drawn.
    program : str
        A program of the reader's own in its place: lines of Python, the last one the loss.
    step : int
        How many steps are done: values one by one, then nodes that hand on.
    order : list of int
        The nodes that the reader had hand on first, by number, where several were ready.
    add, wait : bool
        Whether a further share adds (`+=`) or replaces (`=`), and whether a node waits until all
        its shares have come; without both the gradients are wrong.
    node, entry : int
        The node that is looked at, −1 for that of the last step, and the entry that is nudged.
    nudge : float
        By how much it is nudged.
    predict : bool
        Whether pressing a node is a guess of who hands on next.

    Raises
    ------
    ValueError
        If the program that it is made with cannot be drawn.
    """

    _module = "graph"
    _title = "A program and its graph"

    preset = traitlets.Enum(list(PRESETS), "twice").tag(sync=True)
    program = Text("", max=LONGEST).tag(sync=True)
    step = traitlets.Int(0, min=0, max=MOST_STEPS).tag(sync=True)
    order = Different(traitlets.Int(min=0, max=tracing.MOST_NODES - 1), [], 0, 40).tag(sync=True)
    add = traitlets.Bool(True).tag(sync=True)
    wait = traitlets.Bool(True).tag(sync=True)
    node = traitlets.Int(-1, min=-1, max=tracing.MOST_NODES - 1).tag(sync=True)
    entry = traitlets.Int(0, min=0, max=tracing.MOST_NUMBERS - 1).tag(sync=True)
    nudge = Number(0.01, min=1e-6, max=1).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)

    # In a notebook the kernel draws what its reader writes: the page asks, and it answers.
    _asked = traitlets.Unicode("").tag(sync=True)
    _traced = traitlets.Dict().tag(sync=True)

    def __init__(self, **choices):
        super().__init__(**choices)
        if self.program and (problem := drawn(self.program)["problem"]):
            raise ValueError(problem)

    def data(self):
        """Return the graphs of the presets, of the program, and what draws others in the page."""
        own = drawn(self.program) if self.program else {"problem": "none"}
        return {
            "presets": {name: graph_of("\n".join(lines)) for name, lines in PRESETS.items()},
            "own": None if own["problem"] else graph_of(self.program),
            "python": source(),
        }

    @traitlets.observe("_asked", "program")
    def _draw(self, change):
        if change["new"]:
            self._traced = {"asked": change["new"], **drawn(change["new"])}

    def still(self):
        """Return the graph with all values and gradients, and both as a table."""
        text = self.program or "\n".join(PRESETS[self.preset])
        loss, _ = tracing.run(text)
        steps = tracing.reached(loss)
        loss.backward()
        nodes = tracing.described(steps)
        values = [step.data for step in steps]
        gradients = [np.asarray(step.gradient) for step in steps]
        label = f"The graph of a program, {counted(len(nodes), 'node', 'nodes')}: " + ", ".join(
            f"{written(node['name']) or node['sign'] or 'a number'}" for node in nodes
        )
        caption = (
            "Values go down, from what they were made of; gradients come back up. A node adds up "
            "what comes back to it, and hands it on when all has come."
        )
        lines = "\n".join(f"<code>{line}</code><br>" for line in escaped(text))
        drawing = picture(nodes, layered([node["of"] for node in nodes]), values, gradients, label)
        both = (
            '<div style="display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start">\n'
            f'<div style="flex:none;max-width:100%">{drawing}</div>\n'
            f'<div style="flex:1 1 16rem">{table(nodes, values, gradients)}</div>\n</div>'
        )
        return f"<p>{lines}</p>\n{both}\n<p>{caption}</p>"


def escaped(text):
    """Return the lines of a program as they may stand in HTML."""
    replaced = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return replaced.split("\n")


@lru_cache(maxsize=64)
def drawn(text):
    """Return the graph of a program with its layout, or the sentence that says why not."""
    with np.errstate(all="ignore"):
        graph = tracing.traced(text)
    return {**graph, "layout": layered([node["of"] for node in graph["nodes"]])}


def graph_of(text):
    """Return a program that can be drawn with its graph."""
    return {"program": text, "nodes": drawn(text)["nodes"], "layout": drawn(text)["layout"]}


@lru_cache
def source():
    """Return the Python that draws a program in the page."""
    here = Path(__file__).parent
    names = ("tracing.py", "layout.py")
    return "".join(bare((here / name).read_text(encoding="utf-8")) for name in names)


def table(nodes, values, gradients):
    """Write a row for each node: its name or operation, its value, its gradient."""
    head = "".join(f'<th scope="col">{text}</th>' for text in HEADINGS)
    rows = "".join(
        f'<tr><th scope="row">{written(node["name"]) or node["sign"] or "a number"}</th>'
        f"<td>{in_line(value)}</td><td>{in_line(gradient)}</td></tr>"
        for node, value, gradient in zip(nodes, values, gradients, strict=True)
    )
    return (
        '<table class="nn-numbers"><caption>Every value and its gradient</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def in_line(array):
    """Write an array in a line, its rows parted by semicolons, those of one column by commas."""
    array = np.asarray(array)
    if array.ndim < 2 or array.shape[1] == 1:
        return ", ".join(map(number, array.ravel()))
    return "; ".join(map(in_line, array))
