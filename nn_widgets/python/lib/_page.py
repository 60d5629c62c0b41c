"""What the page needs of MicroPython: Python's own ways where they differ, running programs."""

import builtins
import collections
import io
import json  # noqa: F401
import js
import random  # noqa: F401
import re  # noqa: F401
import sys
import time  # noqa: F401
from collections import namedtuple

sys.path.insert(0, "/lib")

import numpy as np

# --------------------------------------------------------- what Python has and MicroPython has not

_zip, _sum, _print, _import = builtins.zip, builtins.sum, builtins.print, builtins.__import__


def _strict_zip(*iterables, strict=False):
    if not strict:
        return _zip(*iterables)
    return _zipped_strictly([iter(one) for one in iterables])


def _zipped_strictly(iterators):
    end = object()
    while True:
        items = [next(one, end) for one in iterators]
        short = [k for k, item in enumerate(items) if item is end]
        if len(short) == len(items):
            return
        if short:
            k = short[0] if short[0] else next(k for k, v in enumerate(items) if v is not end)
            longer = "longer" if short[0] == 0 else "shorter"
            before = "argument 1" if k == 1 else f"arguments 1-{k}"
            raise ValueError(f"zip() argument {k + 1} is {longer} than {before}")
        yield tuple(items)


def _sum_from(items, start=0):
    return _sum(items, start)


def list_of(*items):
    return list(items)


def tuple_of(*items):
    return items


def set_of(*items):
    return set(items)


def dict_of(*parts):
    out = collections.OrderedDict()
    for part in parts:
        if type(part) is tuple:
            out[part[0]] = part[1]
        else:
            out.update(part)
    return out


def dict_from(*items, **named):
    out = collections.OrderedDict()
    for part in items:
        if isinstance(part, dict):
            out.update(part)
        else:
            for key, value in part:
                out[key] = value
    out.update(named)
    return out


class _Slices:
    def __getitem__(self, part):
        return part


_slices = _Slices()


def slice_of(*ends):
    if len(ends) == 1:
        return _slices[: ends[0]]
    return _slices[ends[0] : ends[1] : ends[2] if len(ends) > 2 else None]


class _Stepped:
    def __init__(self, whole):
        self._whole = whole

    def __getitem__(self, part):
        if type(part) is not slice:
            return self._whole[part]
        picked = list(self._whole)[part]
        if isinstance(self._whole, str):
            return "".join(picked)
        return bytes(picked) if isinstance(self._whole, bytes) else tuple(picked)


def stepped(whole):
    return _Stepped(whole) if isinstance(whole, (tuple, str, bytes)) else whole


def _shown(value):
    if isinstance(value, dict):
        return "{" + ", ".join([f"{key!r}: {item!r}" for key, item in value.items()]) + "}"
    return value


def _print_plainly(*values, **how):
    _print(*map(_shown, values), **how)


_OPERATORS = {"*": 2, "/": 3, "//": 4, "%": 5, "**": 6, "&": 9, "|": 10, "^": 11}


def changed(operator, a, b):
    """Give `a operator= b`: in place for an array, as NumPy does."""
    if type(a) is np.ndarray:
        if operator == "@":
            r = np._in_place_product(a._a, np.asarray(b)._a)
            if r != 0:
                np._out(r)
            return a
        out = np._change(_OPERATORS[operator], a, b)
        if out is not NotImplemented:
            return out
    if operator == "*":
        if type(a) is list and type(b) is int:
            a[:] = a * b
            return a
        return a * b
    if operator == "/":
        return a / b
    if operator == "@":
        return a @ b
    if operator == "//":
        return a // b
    if operator == "%":
        return a % b
    if operator == "**":
        return a**b
    if operator == "&":
        return a & b
    if operator == "|":
        if isinstance(a, dict):
            a.update(b)
            return a
        return a | b
    return a ^ b


def dict_from_keys(keys, value=None):
    return dict_of(*[(key, value) for key in keys])


def fields_of(name, fields, defaults=False):
    base = namedtuple(name, fields)

    class Fields(base):
        _fields = fields

        def _replace(self, **changes):
            values = [changes.pop(f) if f in changes else getattr(self, f) for f in fields]
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return type(self)(*values)

        def _asdict(self):
            return dict_from(zip(fields, self, strict=True))

        def __repr__(self):
            inside = ", ".join([f"{f}={getattr(self, f)!r}" for f in fields])
            return f"{type(self).__name__}({inside})"

    class FieldsWithDefaults(Fields):
        def __init__(self, *values, **named):
            values = list(values)
            for f in fields[len(values) :]:
                values.append(named.pop(f) if f in named else getattr(self, "_nn_default_of_" + f))
            super().__init__(*values, **named)

    return FieldsWithDefaults if defaults else Fields


# What runs in the page has numbers and text; page, files and network are not its business.
_HIDDEN = ("js", "jsffi", "uctypes", "machine", "os", "vfs", "asyncio", "micropython")


def _import_for_reader(name, *rest):
    if name.split(".")[0] in _HIDDEN:
        raise ImportError(f"no module named '{name}'")
    if name.startswith("nn_core"):
        js.nnPrepare()
    return _import(name, *rest)


def _input(prompt=""):
    raise NotImplementedError(
        "in the page a program cannot ask for input: give the value a name instead"
    )


def _open(*arguments, **more):
    raise NotImplementedError("in the page a program has no files")


def _patch():
    builtins.zip, builtins.sum, builtins.print = _strict_zip, _sum_from, _print_plainly
    builtins.input, builtins.open = _input, _open
    for f in (
        list_of,
        tuple_of,
        set_of,
        dict_of,
        dict_from,
        dict_from_keys,
        slice_of,
        stepped,
        changed,
        fields_of,
    ):
        setattr(builtins, "_nn_" + f.__name__, f)
    builtins.RecursionError = RuntimeError
    builtins.UnboundLocalError = NameError
    builtins.ModuleNotFoundError = ImportError
    builtins.FloatingPointError = ArithmeticError
    builtins.RuntimeWarning = Exception
    builtins.__import__ = _import_for_reader


_patch()

# --------------------------------------------------------------------------------- running

_put = js.nnValues
_space = {}


def begin():
    """Start with an empty namespace."""
    global _space
    _space = {"__name__": "__main__"}


def execute(source, file):
    """Run statements; on an error tell JavaScript what, and where."""
    return _guarded(lambda: exec(compile(source, file, "exec"), _space))


class _Pause:
    def __iter__(self):
        yield None


builtins._nn_pause, builtins._nn_due = _Pause(), js.nnDue
_source, _running = None, None


def _go_on():
    _running.send(None)


# Names outside functions belong to the `exec` at work: so one is, whenever the program goes on.
builtins._nn_go_on = _go_on
_resume = compile("_nn_go_on()", "resume", "exec")


def hold(source, file):
    """Keep a program for `start`, which runs where `await` may stand outside functions."""
    global _source
    _source = source, file


def start():
    global _running
    _running = None
    return _guarded(_start)


def _start():
    global _running
    source, file = _source
    _running = exec(compile(source, file, "exec"), _space)


def advance():
    """Go on to the next pause: 1 if there is one, 0 at the end, -1 on an error."""
    try:
        if _running is None:
            return 0
        exec(_resume, _space)
        return 1
    except StopIteration:
        return 0
    except BaseException as error:
        _tell(error)
        return -1


def evaluate(source, file):
    """Give the value of an expression to JavaScript, as a description."""
    return _guarded(lambda: _describe(eval(compile(source, file, "eval"), _space), 0, [0]))


def give_array(name, proxy):
    """Put an array that JavaScript built into the namespace."""
    _space[name] = np._array(proxy)


def _guarded(f):
    try:
        f()
        return True
    except BaseException as error:
        _tell(error)
        return False


def _tell(error):
    text = io.StringIO()
    sys.print_exception(error, text)
    try:
        words = str(error)
    except BaseException:
        words = ""
    if isinstance(error, KeyError):
        words = repr(error.args[0]) if error.args else ""
    _put("error")(type(error).__name__, words, text.getvalue()[:20000])


MOST_ITEMS, MOST_DEPTH, MOST_TEXT = 20000, 12, 20000


def _describe(value, depth, seen):
    # Push a description of a value: its number, its array, or its parts one after the other.
    seen[0] += 1
    t = type(value)
    if value is None:
        _put("none")()
    elif t is bool:
        _put("bool")(value)
    elif t is float:
        _put("float")(value)
    elif t is int:
        _put("int")(str(value)[:400])
    elif t is str:
        _put("str")(value[:MOST_TEXT])
    elif t is np.ndarray:
        _put("array")(value._a)
    elif depth >= MOST_DEPTH or seen[0] > MOST_ITEMS:
        _put("object")(t.__name__, "…")
    elif isinstance(value, (list, tuple)):
        for item in value:
            _describe(item, depth + 1, seen)
        fields = getattr(value, "_fields", ())
        _put("items")("list" if t is list else "tuple", len(value), t.__name__, " ".join(fields))
    elif isinstance(value, dict):
        for key, item in value.items():
            _describe(key, depth + 1, seen)
            _describe(item, depth + 1, seen)
        _put("items")("dict", 2 * len(value), "dict", "")
    else:
        _put("object")(t.__name__, repr(value)[:MOST_TEXT])
