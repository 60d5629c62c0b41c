"""From a few lines of Python to their graph: what each value was made of, and by which operation.

This runs in a notebook's Python and, from its own text, in the page's: `nn_core.autodiff` computes,
and each step notes besides what it is called. So nothing is imported here that the page has not.
"""

import numpy as np

from nn_core import load_example
from nn_core.autodiff import Value, softmax_cross_entropy

MOST_NODES, MOST_NUMBERS = 40, 64


class Step(Value):
    """A Value that knows its operation, what it was made of, and the name it was given."""

    made = 0

    def __init__(self, data, *sources):
        super().__init__(data, *sources)
        self.sign, self.of, self.more, self.name = "", (), {}, ""
        Step.made = self.number = Step.made + 1

    @property
    def T(self):  # noqa: N802
        """Transpose."""
        return noted("T", Value(self.data.T, (self, lambda d: d.T)), [self])

    def sum(self, axis=None, keepdims=False):
        """Add up all numbers, or those along an axis."""
        along = None if axis is None else int(axis) % max(self.data.ndim, 1)
        kept = bool(keepdims)
        return noted("sum", Value.sum(self, axis, kept), [self], {"axis": along, "keepdims": kept})

    def __pow__(self, n):
        """Raise to a power that is written as a number."""
        if isinstance(n, bool) or not isinstance(n, (int, float)):
            raise ValueError("an exponent must be written as a number, as in u ** 2")
        return noted("**", Value.__pow__(self, n), [self], {"n": float(n)})

    def __radd__(self, other):
        """Keep the order in which the two were written."""
        return as_step(other) + self

    def __rsub__(self, other):
        """Keep the order."""
        return as_step(other) - self

    def __rmul__(self, other):
        """Keep the order."""
        return as_step(other) * self

    def __rtruediv__(self, other):
        """Keep the order."""
        return as_step(other) / self

    def __rmatmul__(self, other):
        """Keep the order."""
        return as_step(other) @ self


def noted(sign, value, of, more=None):
    """Return what nn_core computed as a Step that knows how."""
    step = Step(value.data, *value.sources)
    step.sign, step.of, step.more = sign, tuple(of), more or {}
    return step


def operation(name, sign):
    """Return an operation of Value that notes what it did."""
    compute = getattr(Value, name)

    def apply(*values):
        steps = [as_step(value) for value in values]
        return noted(sign, compute(*steps), steps)

    return apply


OPERATORS = {"add": "+", "sub": "−", "mul": "·", "truediv": "/", "matmul": "@", "neg": "neg"}
FUNCTIONS = ("exp", "log", "tanh", "sigmoid", "relu")
for _name, _sign in OPERATORS.items():
    setattr(Step, f"__{_name}__", operation(f"__{_name}__", _sign))
for _name in FUNCTIONS:
    setattr(Step, _name, operation(_name, _name))


def as_step(value):
    """Return a value as a Step; numbers become one that was made of nothing."""
    return value if isinstance(value, Step) else Step(value)


def price(z, y):
    """Take softmax and the price of the prediction together, as chapter 10 does."""
    z, labels = as_step(z), getattr(y, "data", y)
    labels = np.asarray(labels, dtype=float)
    more = {"y": {"shape": list(labels.shape), "data": numbers(labels)}}
    return noted("price", softmax_cross_entropy(z, labels), [z], more)


def given():
    """Return the names that a program finds: the functions, the bird, the network, and V."""
    layers, x, y = load_example()
    names = type(globals())()  # the page's exec takes no other kind of dictionary
    names["price"] = price
    for name in FUNCTIONS:
        names[name] = lambda v, name=name: getattr(as_step(v), name)()
    names["sum"] = lambda v, axis=None: as_step(v).sum(axis)
    arrays = {"x": x, "y": y, "V": np.random.default_rng(1).normal(size=(3, 3))}
    for n, (W, b) in enumerate(layers):
        arrays[f"W{n + 1}"], arrays[f"b{n + 1}"] = W, b
    for name, array in arrays.items():
        names[name] = called(name, array)
    return names


def called(name, value):
    """Return a value as a Step of this name, unless it has one."""
    step = as_step(value)
    step.name = step.name or name
    return step


def traced(text):
    """Run a program and return its graph.

    Parameters
    ----------
    text : str
        Lines of Python; the value of the last one is the loss.

    Returns
    -------
    graph : dict
        `problem`, a sentence or "", and `nodes`, each after those it was made of: `sign`, `of`,
        `name`, `shape`, `data` of one that was made of nothing, and what the operation needs.
    """
    loss, problem = run(text)
    return {"problem": problem, "nodes": [] if problem else described(reached(loss))}


def run(text):
    """Run a program; return the loss, and a sentence if there is none."""
    names, parts, at = given(), statements(text), 1
    if not parts:
        return None, "Write at least one line, as in L = u * u."
    try:
        for place, part in parts[:-1]:
            at = place
            execute(part, names)
        at, part = parts[-1]
        loss = last(part, names)
    except Exception as error:
        return None, sentence(error, at)
    return loss, wrong(loss)


def statements(text):
    """Return the statements with their first lines: what is indented belongs to what is above."""
    parts = []
    for at, line in enumerate(text.split("\n")):
        if not line.strip() or line.strip().startswith("#"):
            continue
        if parts and line[0] in " \t":
            parts[-1] = (parts[-1][0], parts[-1][1] + "\n" + line)
        else:
            parts.append((at + 1, line))
    return parts


def execute(part, names):
    """Run one statement; what it gave a name to becomes a node of that name."""
    before = dict(names)
    exec(part, names)
    for name, value in list(names.items()):
        kind = (int, float, list, tuple, np.ndarray, Step)
        if name[0] != "_" and isinstance(value, kind) and before.get(name) is not value:
            names[name] = called(name, value)


def last(part, names):
    """Run the last statement and return its value, called L if it has no name."""
    try:
        execute("_last = " + part, names)
    except SyntaxError:
        compile(part, "last", "exec")  # what is no Python at all is said of it
        raise ValueError("the last line must give the loss, as in L = t + s") from None
    return called("L", names["_last"])


def wrong(loss):
    """Say what keeps a graph from being drawn, or nothing."""
    if loss.data.size != 1:
        shape = " × ".join([str(n) for n in loss.data.shape])
        return f"The last line must give one number, the loss, and gives {shape}: add them by sum."
    nodes = reached(loss)
    if len(nodes) > MOST_NODES:
        return f"This graph has {len(nodes)} nodes, and at most {MOST_NODES} can be drawn."
    if max([node.data.size for node in nodes]) > MOST_NUMBERS:
        return f"A matrix here may have at most {MOST_NUMBERS} numbers."
    if not all(np.all(np.isfinite(node.data)) for node in nodes):
        return "A value of this program is no finite number."
    return ""


def sentence(error, at):
    """Say what is wrong with a line, in the words of who raised it where they are plain."""
    words = str(error)
    if isinstance(error, SyntaxError):
        return f"Line {at} cannot be read as Python."
    if isinstance(error, NameError) and "'" in words:
        return f"Line {at}: nothing has the name {words.split(chr(39))[1]}."
    if isinstance(error, ValueError):
        return f"Line {at}: {words}."
    return f"Line {at}: Python says {type(error).__name__}: {words}."


def reached(loss):
    """Return the steps that a loss was made from, in the order in which they were made."""
    found, open_ends = {loss.number: loss}, [loss]
    while open_ends:
        for step in open_ends.pop().of:
            if step.number not in found:
                found[step.number] = step
                open_ends.append(step)
    return [found[number] for number in sorted(found)]


def described(steps):
    """Return the steps as plain data; they name one another by their places."""
    places = {step.number: k for k, step in enumerate(steps)}
    return [
        dict(
            step.more,
            sign=step.sign,
            of=[places[source.number] for source in step.of],
            name=step.name,
            shape=list(step.data.shape),
            data=[] if step.of else numbers(step.data),
        )
        for step in steps
    ]


def numbers(array):
    """Return the numbers of an array, row by row."""
    return [float(number) for number in np.asarray(array).ravel()]
