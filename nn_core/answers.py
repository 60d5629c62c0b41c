"""What somebody's backpropagation answers on a network, if there is anything to compare."""

from copy import deepcopy

import numpy as np

from nn_core.mistakes import listed
from nn_core.trials import Diagnosis, named


def ask(backprop_function, case):
    """Return the function's answer, named, or a diagnosis if there is none to compare."""
    given = deepcopy((case.layers, case.trace, case.y))
    try:
        answer = backprop_function(*given)
    except KeyboardInterrupt:  # the reader's wish, not the function's answer
        raise
    except BaseException as error:
        return Diagnosis("raises", (), f"It raises {told(error)[0]} on {case}{told(error)[1]}")
    try:
        return change_fault(given, case) or form_fault(answer, case) or named(answer)
    except Exception as error:
        says = f"What it returns on {case} cannot be read: that raises {''.join(told(error))}"
        return Diagnosis("wrong type", (), says)


def told(error):
    """Return an exception's name, and its text after a colon, or a full stop if it has none."""
    try:
        text = " ".join(str(error).split())
    except Exception:
        text = ""
    text = text if len(text) <= 300 else f"{text[:300]} …"
    return type(error).__name__, f": {text}" if text else "."


def change_fault(given, case):
    """Return a diagnosis if the function has changed what it was given."""
    before, after = inputs(case.layers, case.trace, case.y), inputs(*given)
    for name in ("layers", "trace.z", "trace.h"):
        old, new = before.pop(name), after.pop(name)
        if old != new:
            had = "1 entry" if old == 1 else f"{old} entries"
            says = f"It modifies its inputs on {case}: {name} had {had} and has {new} now."
            return Diagnosis("modifies its inputs", (name,), says)
    changed = [name for name in before if not unchanged(before[name], after[name])]
    if not changed:
        return None
    says = f"It modifies its inputs: {listed(changed)} changed on {case}."
    if all(nearly_unchanged(before[name], after[name]) for name in changed):
        says += (
            " What is added and taken away again leaves a rounding error: put the old value back."
        )
    return Diagnosis("modifies its inputs", tuple(changed), says)


def inputs(layers, trace, y):
    """Name every array that is given to the function, and count each list."""
    found = {"layers": len(layers), "trace.z": len(trace.z), "trace.h": len(trace.h)}
    for n, layer in enumerate(layers, start=1):
        found[f"W{n}"], found[f"b{n}"] = layer if is_pair(layer) else (layer, layer)
    found |= {f"trace.z[{i}]": z for i, z in enumerate(trace.z)}
    found |= {f"trace.h[{i}]": h for i, h in enumerate(trace.h)}
    return found | {"trace.p": trace.p, "y": y}


def unchanged(before, after):
    """Tell whether an input is still the array that it was."""
    return isinstance(after, np.ndarray) and np.array_equal(before, after)


def nearly_unchanged(before, after):
    """Tell whether only rounding has changed an input."""
    same = isinstance(after, np.ndarray) and before.shape == after.shape
    return same and np.allclose(before, after, rtol=1e-12, atol=1e-12)


def is_pair(pair):
    """Tell whether this can be a layer's (dW, db)."""
    return isinstance(pair, list | tuple) and len(pair) == 2


def form_fault(answer, case):
    """Return a diagnosis if the answer is not a list of as many pairs as there are layers."""
    wanted = f"wanted is a list of {len(case.layers)} Layer(dW, db)"
    if not isinstance(answer, list | tuple):
        name = type(answer).__name__
        article = "an" if name[0].lower() in "aeiou" else "a"
        what = "nothing" if answer is None else f"{article} {name}"
        says = f"It returns {what} on {case}: {wanted}."
        return Diagnosis("wrong type", (), says)
    for n, pair in enumerate(answer):
        if not is_pair(pair):
            what = f"a {type(answer).__name__} whose entry {n} is {described(pair)}"
            says = f"It returns {what} on {case}: {wanted}."
            return Diagnosis("wrong type", (), says)
    for n, pair in enumerate(answer, start=1):
        for name, gradient in zip((f"dW{n}", f"db{n}"), pair, strict=True):
            if not is_array(gradient):
                says = (
                    "It returns something else than arrays of floats "
                    f"on {case}: {name} is {described(gradient)}."
                )
                return Diagnosis("wrong type", (name,), says)
    if len(answer) != len(case.layers):
        says = f"It returns a list of {len(answer)} on {case}: {wanted}."
        if len(answer) == 1:
            says += " Does it return, or begin a new list, in every turn of its loop?"
        return Diagnosis("wrong number", (), says)
    return None


def is_array(a):
    """Tell whether `a` holds floats, all of them in sight."""
    floats = isinstance(a, np.ndarray | np.floating) and a.dtype.kind == "f"
    return floats and not np.ma.is_masked(a)


def described(a):
    """Say what stands where an array of floats belongs."""
    if np.ma.is_masked(a):
        return f"a masked array that hides {np.ma.count_masked(a)} of its {a.size} numbers"
    if isinstance(a, np.ndarray):
        return f"an array of {a.dtype.name}"
    return "None" if a is None else f"of type {type(a).__name__}"
