"""Expressions of the question bank: Python that sees nn_core, NumPy and nothing else."""

import ast
import signal
import threading
from contextlib import contextmanager
from functools import cache

import numpy as np

import nn_core

__all__ = ["ProofError", "evaluate", "value_of"]

SECONDS = 5  # pragma: no mutate (some number of this size)
BUILTINS = (
    *(abs, all, any, bool, dict, enumerate, float, int, len, list, max, min, range),
    *(isinstance, map, next, reversed, round, set, sorted, str, sum, tuple, zip),
)


def _words(text):
    return frozenset(text.split())


# What an expression may be made of. Nothing here reads or writes files, or leads to what does.
NODES = (
    *(ast.Expression, ast.Constant, ast.Name, ast.Load, ast.Store, ast.Attribute, ast.Subscript),
    *(ast.Slice, ast.Starred, ast.Call, ast.keyword, ast.Lambda, ast.arguments, ast.arg),
    *(ast.NamedExpr, ast.IfExp, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.operator),
    *(ast.unaryop, ast.boolop, ast.cmpop, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp),
    *(ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension),
)
MODULES = {
    "np": _words("""
        abs all allclose any arange argmax argmin argsort array array_equal ceil clip concatenate
        cos cosh count_nonzero cross cumprod cumsum diag diff dot e exp expm1 eye finfo flip
        float32 float64 floor full full_like hstack identity inf inner int64 isclose isfinite isinf
        isnan isneginf isposinf kron linalg linspace log log10 log1p log2 logspace matmul max
        maximum mean median meshgrid min minimum nan nan_to_num ndindex newaxis ones ones_like
        outer pi power prod ptp random ravel repeat reshape roll round sign sin sinh sort sqrt
        square squeeze stack std sum take tan tanh tile trace transpose tril triu unique
        unravel_index var vdot vstack where zeros zeros_like
    """),
    "np.linalg": _words("cond det eigh eigvals eigvalsh inv matrix_rank norm solve svd"),
    "np.random": {"default_rng"},
}
# Methods and fields: of arrays, of generators of random numbers, of lists, of what nn_core returns.
METHODS = _words("""
    T all any argmax argmin argsort astype clip copy cumsum diagonal dot dtype flatten item max
    mean min nbytes ndim nonzero prod ptp ravel repeat reshape round shape size sort squeeze std
    sum take tolist trace transpose var choice integers normal permutation random shuffle
    standard_normal uniform append count eps get index items keys tiny values W b activation h kind
    layers loss number p sentence species where x y z
""")


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
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = getattr(error, "msg", None) or str(error) or "nested too deeply"
        raise ProofError(f"not a Python expression ({reason})") from error
    for node in ast.walk(tree):
        _refuse(node)
    return compile(tree, "<proof>", "eval")


def _refuse(node):
    if not isinstance(node, NODES):
        raise ProofError(f"{type(node).__name__} is not for proofs")
    name = getattr(node, "id", None) or getattr(node, "arg", None) or ""
    if isinstance(node, ast.Attribute):
        name = node.attr
        known = name in MODULES.get(ast.unparse(node.value), METHODS)
    else:
        known = not name.startswith("_")
    if not known:
        raise ProofError(f"{name} is not for proofs")


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
