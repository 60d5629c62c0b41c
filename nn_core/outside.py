"""What a function reads from the module or the notebook around it."""

import dis
import types
from functools import partial
from numbers import Number

import numpy as np


def from_outside(function):
    """Names of numbers and arrays that a function reads from the module or notebook around it."""
    first = bare(function)
    found, seen, waiting = {}, set(), [first]
    while waiting:
        f = bare(waiting.pop())
        # What a library's function reads of its own is the library's affair.
        if f is None or f in seen or f.__globals__ is not first.__globals__:
            continue
        seen.add(f)
        for name, value in read(f):
            waiting.append(value)
            if is_data(value):
                found[name] = value
    return list(found)


def bare(f):
    """Return the function in a partial one, a method, a callable object, a decorated function."""
    if isinstance(f, partial):  # one of another is made flat
        f = f.func
    if callable(f) and not isinstance(f, types.FunctionType | types.MethodType):
        f = type(f).__call__
    f = getattr(f, "__func__", f)
    while hasattr(f, "__wrapped__"):
        f = f.__wrapped__
    return f if isinstance(f, types.FunctionType) else None


def read(f):
    """Yield what a function reads from the function around it, then globals: names with values."""
    for name, cell in zip(f.__code__.co_freevars, f.__closure__ or (), strict=True):
        if cell != types.CellType():  # an empty one has no contents yet
            yield name, cell.cell_contents
    for name in globals_read(f.__code__):
        yield name, f.__globals__.get(name)


def globals_read(code):
    """Yield the global names that a code object reads, those of the functions in it too."""
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from globals_read(const)


def is_data(value):
    """Tell whether a value is a number, an array, a list of such, or a named tuple with some."""
    if isinstance(value, list | tuple) and value:
        enough = any if hasattr(value, "_fields") else all  # a Trace has a name in it, too
        return enough(map(is_data, value[:20]))  # pragma: no mutate
    return isinstance(value, Number | np.ndarray) and not isinstance(value, bool)
