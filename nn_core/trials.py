"""Trials of somebody's backpropagation: small networks, and what it answers on each."""

from copy import deepcopy
from typing import NamedTuple

import numpy as np

from nn_core.data import one_hot
from nn_core.gradients import backprop
from nn_core.network import Trace, feedforward
from nn_core.parameters import Layer, init_layers


class Diagnosis(NamedTuple):
    """A `kind`, such as "right" or "transposed", the gradients it shows in, and a sentence."""

    kind: str
    where: tuple
    sentence: str

    def __str__(self):
        """Return the sentence; a notebook shows the same."""
        return self.sentence

    __repr__ = __str__


class Case(NamedTuple):
    """A small network with its examples, and the right answer."""

    layers: list
    trace: Trace
    y: np.ndarray
    right: dict

    def __str__(self):
        """Give the sizes, the activation, the number of examples."""
        sizes = "–".join(str(len(h)) for h in [*self.trace.h, self.trace.p])
        return f"a {sizes} network, {self.trace.activation}, N = {self.y.shape[1]}"


# Unequal sizes show a transpose by its shape, equal ones by its values alone. N is 1 and more;
# there are one to five layers. Last comes a seed that leaves no gradient tiny and no layer dead.
CASES = [
    ([2, 3, 2, 3], "sigmoid", 5, 52),
    ([4, 4, 4, 4], "tanh", 6, 0),
    ([2, 4, 3, 2, 3], "relu", 7, 2),
    ([3, 3, 3, 3, 3, 3], "sigmoid", 4, 0),
    ([4, 4, 4, 4, 4], "relu", 5, 2),
    ([3, 2, 4], "tanh", 1, 0),
    ([2, 3, 5, 2, 4], "tanh", 3, 2),
    ([5, 3], "sigmoid", 8, 0),
]


def make_case(sizes, activation, N, seed):
    """Draw a network and its examples."""
    rng = np.random.default_rng(seed)
    layers = [Layer(1.5 * W, b) for W, b in init_layers(sizes, rng)]
    trace = feedforward(layers, rng.normal(size=(sizes[0], N)), activation)
    y = one_hot(rng.integers(sizes[-1], size=N), sizes[-1])
    return Case(layers, trace, y, named(backprop(layers, trace, y)))


def named(gradients):
    """Write the pairs (dW, db) as a dictionary from "dW1" to its array, and so on."""
    names = ((f"dW{n}", f"db{n}") for n in range(1, len(gradients) + 1))
    return {
        name: np.asarray(gradient)
        for pair in zip(names, gradients, strict=True)
        for name, gradient in zip(*pair, strict=True)
    }


def ask(backprop_function, case):
    """Return the function's answer, named, or a diagnosis if there is none to compare."""
    given = deepcopy((case.layers, case.trace, case.y))
    try:
        answer = backprop_function(*given)
    except Exception as error:
        says = f"It raises {type(error).__name__} on {case}: {error}"
        return Diagnosis("raises", (), says)
    before, after = inputs(case.layers, case.trace, case.y), inputs(*given)
    changed = [name for name in before if not np.array_equal(before[name], after.get(name))]
    if changed:
        says = f"It modifies its inputs: {listed(changed)} changed on {case}."
        return Diagnosis("modifies its inputs", tuple(changed), says)
    return form_fault(answer, case) or named(answer)


def inputs(layers, trace, y):
    """Name every array that is given to the function."""
    parts = {"W": [W for W, _ in layers], "b": [b for _, b in layers]}
    found = {f"{name}{n}": a for name in parts for n, a in enumerate(parts[name], start=1)}
    found |= {f"trace.z[{i}]": z for i, z in enumerate(trace.z)}
    found |= {f"trace.h[{i}]": h for i, h in enumerate(trace.h)}
    return found | {"trace.p": trace.p, "y": y}


def listed(names):
    """Write names in a row: "dW1, dW2 and dW3"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def form_fault(answer, case):
    """Return a diagnosis if the answer is not a list of as many pairs as there are layers."""
    wanted = f"wanted is a list of {len(case.layers)} Layer(dW, db)"
    if not isinstance(answer, list | tuple):
        says = f"It returns {type(answer).__name__} on {case}: {wanted}."
        return Diagnosis("wrong type", (), says)
    if not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in answer):
        says = f"It returns a list that holds something else than pairs on {case}: {wanted}."
        return Diagnosis("wrong type", (), says)
    if not all(is_array(gradient) for pair in answer for gradient in pair):
        says = f"It returns something else than arrays of floats on {case}: {wanted}."
        return Diagnosis("wrong type", (), says)
    if len(answer) != len(case.layers):
        says = f"It returns a list of {len(answer)} on {case}: {wanted}."
        return Diagnosis("wrong number", (), says)
    return None


def is_array(a):
    """Tell whether `a` holds floats."""
    return isinstance(a, np.ndarray | np.floating) and a.dtype.kind == "f"
