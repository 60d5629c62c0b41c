"""Write the one script that holds Python for the page: engine, arrays, nn_core and the worker.

The page loads it on the press of Start. Nothing here is fetched: MicroPython is vendored beside
this file, and `nn_core` is read from its own source, so that there is one of it.
"""

import ast
import base64
import io
import json
import tokenize
from functools import cache
from pathlib import Path

import nn_core
from nn_widgets.kit import joiner

HERE = Path(__file__).parent
ROOT = HERE.parent
NAME = HERE.name
MICROPYTHON = HERE / "vendor" / "micropython"
HEAP_LIMIT = 256 * 2**20  # bytes that all of Python's objects may take

# What the published script says, and what it says in the page: no module, no address of its own,
# the WebAssembly from outside, complaints about memory as Python's error alone.
CHANGES = (
    ("export default _createMicroPythonModule;export async function", "async function"),
    ("import.meta.url", '"file:///"'),
    (
        "let Module={locateFile:",
        "let Module={instantiateWasm:options.instantiate,printErr(){},locateFile:",
    ),
    ("2147483648", str(HEAP_LIMIT)),
)

CHECKS_Z = """
class checks_z:
    def __init__(self, check):
        self.check = check

    def __call__(self, f):
        return checked(f, self.check)


class checked:
    def __init__(self, f, check):
        self.unchecked, self.check = f, check

    def __call__(self, z):
        return self.unchecked(self.check("z", z))
"""
UNMASKED = """
def unmasked(name, a):
    try:
        return np.asarray(a)
    except ValueError:
        fail(name, "have rows of one length", "a ragged list")
"""
# In the page every look is a close one, and a named tuple shows itself as Python's own do.
GLANCE = "def network(*arguments):\n    return False\n\nway_back = step = network\n"
SHOW = "def by_shape(cls):\n    return cls\n"
# The numbers that the page knows are int and float; these say what they are in few words.
NUMBERS = (
    ("from collections.abc import Iterable\nfrom decimal import Decimal\n", ""),
    ("from reprlib import repr as short\n", "short = repr\n"),
    ("isinstance(numbers, Iterable)", "isinstance(numbers, list | tuple | range | np.ndarray)"),
    ("isinstance(number, Real | Decimal)", "isinstance(number, Real)"),
    ("value.is_integer()", "value - value == 0 and value % 1 == 0"),
)
LOWEST = (
    ("np.finfo(z.dtype).min", "-1.7976931348623157e308"),
    ("(z > 0).astype", "np.asarray(z > 0).astype"),
)
SCALED = (("    x = np.ldexp(x, -np.frexp(np.abs(x).max(axis=1, keepdims=True))[1])\n", ""),)
# A single truth is Python's own in the page, and has no `all`: ask a row of one.
ROWS = (
    ("np.isfinite(a).all()", "np.isfinite(a.ravel()).all()"),
    ("a[~np.isfinite(a)][0]", "a.ravel()[~np.isfinite(a.ravel())][0]"),
)
# Arrays have no locks in the page, and a sum of all is a number of Python's own: an array again.
GRAPH = (
    ("self._data.flags.writeable = False", "pass"),
    ("rule(value.gradient)", "rule(np.asarray(value.gradient))"),
    (
        "d = d.sum(axis=tuple(range(d.ndim - len(shape))))",
        "d = np.asarray(d.sum(axis=tuple(range(d.ndim - len(shape)))))",
    ),
    ("    if d.shape == shape:\n", "    d = np.asarray(d)\n    if d.shape == shape:\n"),
)
AUTODIFF = (
    ("h = self.data.sum(", "h = np.asarray(self.data.sum("),
    ("keepdims=True)\n        spread", "keepdims=True))\n        spread"),
    ("(self.data > 0).all()", "np.all(self.data > 0)"),
    ("{self.data.min():g}", "{np.min(self.data):g}"),
)
SINGLE = (("a.astype(np.float32)", "np._single(a)"),)
FROM_OUTSIDE = """
def from_outside(function):
    return []  # a function keeps no list of the names that it reads
"""
PENGUINS = """
def load_penguins():
    x = np.array([{length}, {depth}])
    return Penguins(x, one_hot(np.array({species}), len(SPECIES)), SPECIES)
"""
DIGITS = """
def load_digits():
    raise NotImplementedError("in the page there are no digits")
"""


def script():
    """Return the page's script: it sets `window.nnPython`, whose `start()` gives the engine."""
    modules = joiner.graph(f"{NAME}/engine.js").values()
    wasm = base64.b64encode((MICROPYTHON / "micropython.wasm").read_bytes()).decode()
    last = (
        f'window.nnPython ??= M["{NAME}/engine.js"].makePython('
        f"{json.dumps(worker(), ensure_ascii=False)}, {json.dumps(wasm)});"
    )
    return licence() + joiner.as_script(modules, last)


def worker():
    """Return the text of the worker: MicroPython, what runs in it, and its library."""
    last = (
        f'M["{NAME}/worker.js"].work(loadMicroPython, {json.dumps(library(), ensure_ascii=False)});'
    )
    joined = joiner.as_module([f"{NAME}/worker.js"], last)
    return (
        f'"use strict";\n(async () => {{\n{micropython()}\n{joined}\n}})().catch('
        "(error) => postMessage({ broken: String(error) }));\n"
    )


def node_module():
    """Return the same as an ES module for Node: `loadMicroPython`, `makeRunner`, `library`."""
    last = f"const library = {json.dumps(library(), ensure_ascii=False)};\n"
    last += f'const {{ makeRunner }} = M["{NAME}/runner.js"];\n'
    last += "export { library, loadMicroPython, makeRunner };"
    joined = joiner.as_module([f"{NAME}/runner.js"], last)
    return f"{micropython()}\n{joined}"


def licence():
    """Return MicroPython's licence as a comment that stays in the script."""
    text = (MICROPYTHON / "LICENSE").read_text(encoding="utf-8").strip()
    return f"/*! MicroPython 1.27.0, micropython.org\n\n{text}\n*/\n"


def micropython():
    """Return the vendored script with its four places changed."""
    text = (MICROPYTHON / "micropython.mjs").read_text(encoding="utf-8")
    return changed(text, CHANGES, "micropython.mjs")


def changed(text, pairs, name):
    """Replace each first by its second; a first that is not there is an error."""
    for old, new in pairs:
        if old not in text:
            raise ValueError(f"{name} has no `{old}` any more: see bundle.py")
        text = text.replace(old, new)
    return text


def library():
    """Return the Python files that the engine has, by their path: its own, and `nn_core`."""
    own = {
        path.relative_to(HERE / "lib").as_posix(): bare(path.read_text(encoding="utf-8"))
        for path in sorted((HERE / "lib").rglob("*.py"))
    }
    core = {
        f"nn_core/{path.name}": bare(adapted(path))
        for path in sorted(Path(nn_core.__file__).parent.glob("*.py"))
    }
    return own | core


def adapted(path):
    """Return a module of `nn_core` as the page can run it."""
    text = path.read_text(encoding="utf-8")
    if path.name == "_validate.py":
        text = changed(text, ROWS, path.name)
        text = with_function(text, "unmasked", UNMASKED)
        return with_function(text, "checks_z", CHECKS_Z, holds="checked.unchecked = f")
    if path.name == "_glance.py":
        return GLANCE
    if path.name == "_show.py":
        return SHOW
    if path.name == "_scalars.py":
        return changed(text, NUMBERS, path.name)
    if path.name == "activations.py":
        return changed(text, LOWEST, path.name)
    if path.name == "_graph.py":
        return changed(text, GRAPH, path.name)
    if path.name == "autodiff.py":
        return changed(text, AUTODIFF, path.name)
    if path.name == "comparison.py":
        return changed(text, SINGLE, path.name)
    if path.name == "outside.py":
        return with_function(text, "from_outside", FROM_OUTSIDE)
    if path.name == "data.py":
        text = with_function(changed(text, SCALED, path.name), "load_penguins", penguins())
        return with_function(text, "load_digits", DIGITS)
    return text


@cache
def penguins():
    """Return `load_penguins` with the birds written out."""
    birds = nn_core.load_penguins()
    length, depth = birds.x.tolist()
    species = birds.y.argmax(axis=0).tolist()
    return PENGUINS.format(length=length, depth=depth, species=species)


def with_function(text, name, replacement, holds=""):
    """Put another definition where `name` is defined.

    Raises
    ------
    ValueError
        If it is not defined, or not as expected: then the page's one no longer stands for it.
    """
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1
            lines = text.splitlines()
            if holds not in "\n".join(lines[first : node.end_lineno]):
                raise ValueError(f"{name} of nn_core no longer has `{holds}`: see bundle.py")
            return "\n".join(lines[:first] + replacement.splitlines() + lines[node.end_lineno :])
    raise ValueError(f"nn_core defines no {name} any more: see bundle.py")


def bare(text):
    """Return a module without its docstrings, comments and empty lines."""
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            indent = lines[node.lineno - 1][: node.col_offset]
            lines[node.lineno - 1 : node.end_lineno] = [f"{indent}0"] + [""] * (
                node.end_lineno - node.lineno
            )
    text = "\n".join(lines) + "\n"
    rows = text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            rows[row - 1] = rows[row - 1][:column]
    return "\n".join(row.rstrip() for row in rows if row.strip()) + "\n"
