"""What a function reads from the module or the notebook around it."""

import dis
from numbers import Number
from types import CodeType, FunctionType

import numpy as np

from nn_core.network import Trace


def from_outside(function):
    """Names of numbers and arrays that a function reads from the module or notebook around it."""
    found, seen, waiting = [], set(), [function]
    while waiting:
        f = waiting.pop()
        if not isinstance(f, FunctionType) or f in seen:
            continue
        seen.add(f)
        for name in dict.fromkeys(globals_read(f.__code__)):
            value = f.__globals__.get(name)
            if f.__globals__ is function.__globals__:
                waiting.append(value)
            if is_data(value) and name not in found:
                found.append(name)
    return found


def globals_read(code):
    """Yield the global names that a code object reads, those of the functions in it too."""
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from globals_read(const)


def is_data(value):
    """Tell whether a value is a number, an array, or a list of such."""
    if isinstance(value, list | tuple) and value:
        return all(map(is_data, value[:20]))
    return isinstance(value, Number | np.ndarray | Trace) and not isinstance(value, bool)
