"""The figures: a folder for each, of its name, with all that belongs to it.

A folder is all that a figure needs to be found: `hill_descent/hill_descent.py` defines
`HillDescent`.
"""

from importlib import import_module
from pathlib import Path

FOUND = sorted(Path(__file__).parent.glob("*/*.py"))
STEMS = [path.stem for path in FOUND if path.stem == path.parent.name]


def class_name(stem):
    """Return the name of a figure's class: ``HillDescent`` for ``hill_descent``."""
    return "".join(word.capitalize() for word in stem.split("_"))


def module_name(stem):
    """Return the name of the module that defines a figure."""
    return f"{__name__}.{stem}.{stem}"


def load(stem):
    """Return a figure's class."""
    return getattr(import_module(module_name(stem)), class_name(stem))
