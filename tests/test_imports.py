"""Imports point one way: nn_core, then nn_widgets, then the book."""

import ast
import sys
from pathlib import Path

import pytest

import nn_core

ROOT = Path(__file__).resolve().parent.parent


def imported(source):
    """Names of the packages that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "a relative import" if node.level else node.module.split(".")[0]


def modules(package):
    return sorted((ROOT / package).rglob("*.py"))


def test_what_a_module_imports_is_seen_wherever_it_stands():
    source = "import os.path\ndef f():\n    from a.b import c\n    from . import d\n"
    assert set(imported(source)) == {"os", "a", "a relative import"}


@pytest.mark.parametrize("path", modules("nn_core"), ids=lambda path: path.stem)
def test_nn_core_imports_numpy_and_the_standard_library_only(path):
    allowed = {"nn_core", "numpy", *sys.stdlib_module_names}
    assert set(imported(path.read_text(encoding="utf-8"))) <= allowed


@pytest.mark.parametrize("path", modules("nn_widgets"), ids=lambda path: path.stem)
def test_nn_widgets_does_not_import_the_book(path):
    assert not {"book", "tests", "tools"} & set(imported(path.read_text(encoding="utf-8")))


def test_every_public_name_is_there_and_documented():
    assert nn_core.__all__ == sorted(nn_core.__all__)
    for name in nn_core.__all__:
        assert getattr(nn_core, name).__doc__, name


def test_every_module_of_nn_core_stays_short():
    lengths = {path.name: len(path.read_text().splitlines()) for path in modules("nn_core")}
    assert {name: n for name, n in lengths.items() if n > 150 and name != "mistakes.py"} == {}
