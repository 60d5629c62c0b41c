"""Backward stepper: the forward and the backward pass of the penguin network, number by number."""

import inspect
from functools import lru_cache

import numpy as np
import traitlets

import nn_core
from nn_core import activations, gradients, losses, network
from nn_core.mistakes import MISTAKES
from nn_widgets.figures.backward_stepper.picture import picture
from nn_widgets.kit.choices import Different, Number
from nn_widgets.kit.figure import Figure
from nn_widgets.maths import penguins
from nn_widgets.maths.format import number
from nn_widgets.maths.penguins import as_json, measurements
from nn_widgets.tex import tex

BIRDS = 342
BOOK_BIRD = 185  # load_example's, among the 342
SEEDS = range(1, 10)
WEIGHTS = ("book", "trained", *(f"seed {seed}" for seed in SEEDS))
MODES = ("watch", "predict", "nudge", "break", "write")
BREAKS = MISTAKES[:32]  # those that mistakes.js makes, in its order: links count them
SIZES = [2, 3, 2, 3]
PARAMETERS = nn_core.count_parameters(SIZES)
FORWARD = ("z1", "h1", "z2", "h2", "z3", "p", "L")
BACKWARD = tuple(
    name for n in (3, 2, 1) for name in (f"dh{n}", f"dz{n}", f"dW{n}", f"db{n}") if name != "dh3"
)
STEPS = FORWARD + BACKWARD


class BackwardStepper(Figure):
    """Step through both passes of the penguin network: term, edge, line of code, matrix entry.

    Every argument is a trait, which Python may read and set while the figure moves.

    Parameters
    ----------
    step : str
        What is being computed: z1, h1, z2, h2, z3, p, L, dz3, dW3, db3, dh2, …, db1.
    entry : list of int
        Row and column of the entry in focus, from 0. Of what flows, the column is the example.
    birds : list of int or "all"
        Numbers of one to four of the 342 birds, from 0. 185 is the bird of the book.
    weights : str
        "book" for the start that the book follows, "trained", or "seed 1" to "seed 9".
    mode : {"watch", "predict", "nudge", "break", "write"}
    mistake : int
        For "break": 0 for none, or the place in `BREAKS`, counted from 1.
    nudged : int
        For "nudge": the place of a parameter in the vector of all 26. 19 is W³₂₁.
    epsilon : float
        For "nudge": how far it is moved.
    view : {"sum", "matrices"}
        What a narrow screen shows below the network: equation and code, or the matrices.

    Raises
    ------
    traitlets.TraitError
        If a value is not one of those above.
    """

    _module = "backward_stepper"
    _title = "Backward stepper: where does each number come from?"

    step = traitlets.Enum(STEPS, "z1").tag(sync=True)
    entry = traitlets.List(traitlets.Int(min=0, max=BIRDS - 1), [0, 0], 2, 2).tag(sync=True)
    birds = traitlets.Union(
        [Different(traitlets.Int(min=0, max=BIRDS - 1), [BOOK_BIRD], 1, 4), traitlets.Enum(["all"])]
    ).tag(sync=True)
    weights = traitlets.Enum(WEIGHTS, "book").tag(sync=True)
    mode = traitlets.Enum(MODES, "watch").tag(sync=True)
    mistake = traitlets.Int(0, min=0, max=len(BREAKS)).tag(sync=True)
    nudged = traitlets.Int(19, min=0, max=PARAMETERS - 1).tag(sync=True)
    epsilon = Number(0.01, min=1e-6, max=1).tag(sync=True)
    view = traitlets.Enum(["sum", "matrices"], "sum").tag(sync=True)

    def data(self):
        """Return the networks, the birds, and what is written beside each step."""
        return {
            "networks": {name: as_json(layers(name)) for name in WEIGHTS},
            "measured": measurements(),
            "code": code_lines(),
            "equations": equations(),
            "mistakes": [mistake.kind for mistake in BREAKS],
        }

    def values(self):
        """Return everything that both passes compute, and what they start from, by name."""
        own = layers(self.weights)
        x, y = examples(self.birds)
        trace = nn_core.feedforward(own, x)
        found = {"p": trace.p, "y": y, "L": np.array([[nn_core.loss(own, x, y)]])}
        for n, ((W, b), z, h) in enumerate(zip(own, trace.z, trace.h, strict=True), start=1):
            found |= {f"W{n}": W, f"b{n}": b, f"z{n}": z, f"h{n - 1}" if n > 1 else "x": h}
        return found | dict(nn_core.backward_sequence(own, trace, y))

    def still(self):
        """Return the flow of numbers forward and backward, drawn, and what it shows in words."""
        values = self.values()
        first = {name: value[:, :1] for name, value in values.items() if name[0] in "xhzpyd"}
        first = {name: one for name, one in first.items() if not name.startswith(("dW", "db"))}
        birds = values["y"].shape[1]
        loss = number(values["L"][0, 0])
        of = "one bird" if birds == 1 else f"the first of {birds} birds"
        says = (
            "What flows through the penguin network and back. Above, the values of "
            f"{of}, from x to the loss {loss}; below, the gradients, from dz³ back to dz¹, "
            "and the gradients of the weights and biases that come off them on the way."
        )
        return f"{picture(values | first, says)}\n<p>{says}</p>"


@lru_cache
def layers(weights):
    """Return the network that a name in `WEIGHTS` means; drawn weights have two decimals."""
    if weights in ("book", "trained"):
        return penguins.networks()["start" if weights == "book" else weights]
    rng = np.random.default_rng(int(weights.removeprefix("seed ")))
    drawn = nn_core.init_layers(SIZES, rng)
    return [nn_core.Layer(W.round(2), b.round(2)) for W, b in drawn]


def examples(birds):
    """Return `x` and `y` of the birds; the book's bird has the two decimals that it has there."""
    x, y = penguins.birds()
    if birds == "all":
        return x, y
    x = x.copy()
    x[:, [BOOK_BIRD]] = nn_core.load_example().x
    return x[:, birds], y[:, birds]


def code_lines():
    """Return the lines of nn_core that compute each kind of step, as they stand there."""
    return {kind: [line_of(*place) for place in places] for kind, places in CODE.items()}


CODE = {
    "z": [(network.scores, "z.append(W @ h[-1] + b)")],
    "h": [(network.scores, "h.append(sigma(")],
    "p": [
        (activations.softmax.unchecked, "powers = "),
        (activations.softmax.unchecked, "return powers"),
    ],
    "L": [(losses.price, "return average("), (losses.average, "return float(")],
    "dz output": [(gradients.backward, "dz = (trace.p")],
    "dW": [(gradients.backward, "dW = dz @")],
    "db": [(gradients.backward, "db = dz.sum")],
    "dh": [(gradients.backward, "dh = W.T")],
    "dz": [(gradients.backward, "dz = dh * ")],
}


def line_of(function, start):
    """Return the line of a function's source that starts so, and the module it stands in.

    Raises
    ------
    LookupError
        If there is none: nn_core has changed, and the figure must follow.
    """
    lines = [line.strip() for line in inspect.getsource(function).splitlines()]
    found = [line for line in lines if line.startswith(start)]
    if not found:
        raise LookupError(f"{function.__name__} has no line that starts with {start!r}")
    module = inspect.getmodule(function).__name__.rpartition(".")[2]
    return {"line": found[0], "file": f"{module}.py"}


def formula(name):
    """Return the equation of a step as TeX, in matrices where it has them."""
    kind, n = name.rstrip("123"), name[-1:]
    before = str(int(n) - 1) if n.isdigit() else ""
    after = str(int(n) + 1) if n.isdigit() else ""
    h = "x" if before == "0" else f"h^{before}"
    return {
        "z": f"z^{n} = W^{n} {h} + b^{n}",
        "h": rf"h^{n} = \sigma(z^{n})",
        "p": r"p = \operatorname{softmax}(z^3)",
        "L": r"L = -\frac{1}{N} \sum_i \sum_k y_{ki} \log p_{ki}",
        "dz": "dz^3 = (p - y) / N" if n == "3" else rf"dz^{n} = dh^{n} \odot \sigma'(z^{n})",
        "dW": rf"dW^{n} = dz^{n} {h}^\top" if h == "x" else rf"dW^{n} = dz^{n} ({h})^\top",
        "db": rf"db^{n}_j = \sum_i dz^{n}_{{ji}}",
        "dh": rf"dh^{n} = (W^{after})^\top dz^{after}",
    }[kind]


@lru_cache
def equations():
    """Return the equation of each step, set by KaTeX, by the name of the step."""
    return {name: tex.render(formula(name)) for name in STEPS}
