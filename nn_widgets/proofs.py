"""Expressions of the question bank: Python that sees nn_core, NumPy and nothing else."""

import ast
import signal
import threading
from contextlib import contextmanager
from functools import cache

import numpy as np

import nn_core

__all__ = ["ProofError", "evaluate", "value_of"]

SECONDS = 5
BUILTINS = (
    *(abs, all, any, bool, dict, enumerate, float, int, len, list, max, min, range),
    *(isinstance, map, next, reversed, round, set, sorted, str, sum, tuple, zip),
)
# What reads or writes files, or leads to modules that do.
CLOSED = {
    *("load", "save", "savez", "savez_compressed", "loadtxt", "savetxt", "genfromtxt", "fromfile"),
    *("tofile", "memmap", "fromregex", "dump", "dumps", "lib", "ctypeslib", "f2py", "testing"),
    *("core", "test", "rec", "char", "ctypes", "format", "format_map", "DataSource", "open_memmap"),
}
REFUSED = (ast.Await, ast.Yield, ast.YieldFrom, ast.JoinedStr)


class ProofError(ValueError):
    """An expression that is not allowed or does not run; the message is one clause."""


def evaluate(expression, names):
    """Value of an expression over nn_core's public names, `np` and `names`.

    Parameters
    ----------
    expression : str
    names : dict
        Further names: those of `given`, and `rng` where numbers are drawn.

    Raises
    ------
    ProofError
        If the expression is no Python, reaches for anything else, fails, or takes too long.
    """
    code = _compiled(expression)
    try:
        with _time_limit(SECONDS), np.errstate(all="ignore"):
            return eval(code, {**_world(), **names})  # the tree was checked name by name
    except Exception as error:
        raise ProofError(f"{type(error).__name__}: {error}") from error


def value_of(number_or_expression, names):
    """Evaluate an expression; a number stands for itself."""
    if isinstance(number_or_expression, str):
        return evaluate(number_or_expression, names)
    return number_or_expression


@cache
def _compiled(expression):
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except SyntaxError as error:
        raise ProofError(f"not a Python expression ({error.msg})") from error
    for node in ast.walk(tree):
        _refuse(node)
    return compile(tree, "<proof>", "eval")


def _refuse(node):
    name = getattr(node, "attr", None) or getattr(node, "id", None) or ""
    if name.startswith("_") or (isinstance(node, ast.Attribute) and name in CLOSED):
        raise ProofError(f"{name} is not for proofs")
    if isinstance(node, REFUSED):
        raise ProofError(f"{type(node).__name__} is not for proofs")


@cache
def _world():
    core = {name: getattr(nn_core, name) for name in nn_core.__all__}
    plain = {function.__name__: function for function in BUILTINS}
    # Methods of arrays import as they run; a proof cannot, for its names begin without underscore.
    return {
        "__builtins__": {"__import__": __import__},
        **plain,
        **core,
        "np": np,
        "pi": np.pi,
        "e": np.e,
    }


@contextmanager
def _time_limit(seconds):
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _too_long(signum, frame):
    raise TimeoutError(f"it takes more than {SECONDS} seconds")
