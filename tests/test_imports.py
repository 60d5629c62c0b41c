"""Imports point down: nn_core, then the rooms of nn_widgets, then the figures, then the book."""

import ast
import posixpath
import re
import sys

import pytest
from sources import ROOT

import nn_core
import nn_dask
from nn_widgets.figures import STEMS

# What each room of nn_widgets may use besides itself.
KIT, PYTHON = {"kit", "maths", "tex"}, {"python", "kit", "maths", "tex"}
MAY_USE = {"maths": set(), "tex": set(), "kit": {"maths", "tex"}, "python": KIT}
MAY_USE |= {"tasks": PYTHON | {"quiz"}}
MAY_USE |= {"quiz": PYTHON, **{f"figures/{stem}": PYTHON for stem in STEMS}}
JAVASCRIPT = re.compile(r"""^\s*(?:import|export)\b[^;]*?["'](\.[^"']+)["'];""", re.MULTILINE)
TYPE = re.compile(r"""\bimport\(["'](\.[^"']+)["']\)""")


def imported(source):
    """Full names of what a Python module imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield "a relative import"
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages(source):
    """Names of the packages that a Python module imports."""
    return {name.split(".")[0] for name in imported(source)}


def read(name):
    """Text of a module, by its path from the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def modules(package, ending):
    """Names of a package's modules, as paths from the root; vendored ones left out."""
    found = sorted((ROOT / package).rglob(f"*{ending}"))
    return [path.relative_to(ROOT).as_posix() for path in found if "vendor" not in path.parts]


def used_by(name):
    """Paths of what a module of nn_widgets imports from nn_widgets."""
    if name.endswith(".py"):
        found = [used for used in imported(read(name)) if used.startswith("nn_widgets")]
        return [used.replace(".", "/") for used in found]
    text, folder = read(name), posixpath.dirname(name)
    targets = [*JAVASCRIPT.findall(text), *TYPE.findall(text)]
    return [posixpath.normpath(f"{folder}/{target}") for target in targets]


def room(path):
    """Name the room of nn_widgets that a path lies in; a figure's folder is one."""
    _, *parts = path.split("/")
    return "/".join(parts[:2]) if parts[:1] == ["figures"] else "".join(parts[:1])


IN_ROOMS = [
    name
    for ending in (".py", ".js")
    for name in modules("nn_widgets", ending)
    if name.count("/") > 1 and name != "nn_widgets/figures/__init__.py"
]


def test_what_a_module_imports_is_seen_wherever_it_stands():
    source = "import os.path\ndef f():\n    from a.b import c\n    from . import d\n"
    assert set(imported(source)) == {"os.path", "a.b.c", "a relative import"}


@pytest.mark.parametrize("name", modules("nn_core", ".py"))
def test_nn_core_imports_numpy_and_the_standard_library_only(name):
    assert packages(read(name)) <= {"nn_core", "numpy", *sys.stdlib_module_names}


@pytest.mark.parametrize("name", modules("nn_dask", ".py"))
def test_nn_dask_imports_nn_core_numpy_dask_and_what_holds_the_threads(name):
    others = {"numpy", "distributed", "threadpoolctl", *sys.stdlib_module_names}
    assert packages(read(name)) <= {"nn_core", "nn_dask", *others}


@pytest.mark.parametrize("name", modules("nn_widgets", ".py"))
def test_nn_widgets_does_not_import_the_book(name):
    assert not {"book", "tests", "tools"} & packages(read(name))


@pytest.mark.parametrize("name", IN_ROOMS)
def test_no_room_uses_what_stands_above_it_and_no_figure_another(name):
    here = room(name)
    assert {room(used) for used in used_by(name)} <= {here, *MAY_USE[here]}


def test_every_module_of_a_room_is_looked_at():
    assert {room(name) for name in IN_ROOMS} >= set(MAY_USE) - {"python"}
    assert room("nn_widgets/kit/plot/axes.js") == "kit"
    used = used_by("nn_widgets/figures/hill_descent/curve.js")
    assert {"nn_widgets/kit/plot/plot.js", "nn_widgets/kit/ground/map_view.js"} <= set(used)


@pytest.mark.parametrize("package", [nn_core, nn_dask])
def test_every_public_name_is_there_and_documented(package):
    assert package.__all__ == sorted(package.__all__)
    for name in package.__all__:
        assert getattr(package, name).__doc__, name


def test_every_module_of_nn_core_stays_short():
    lengths = {name: len(read(name).splitlines()) for name in modules("nn_core", ".py")}
    assert {k: n for k, n in lengths.items() if n > 150 and not k.endswith("mistakes.py")} == {}
