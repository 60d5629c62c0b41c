"""Figures and quizzes that live in JupyterLab and in the built book.

A name is imported when it is first asked for, so that a cell waits for nothing it does not use.
"""

from importlib import import_module

from nn_widgets.figures import STEMS, class_name, module_name

_HOMES = {class_name(stem): module_name(stem) for stem in STEMS} | {
    "COLOURS": "nn_widgets.kit.plot.picture",
    "Quiz": "nn_widgets.quiz.quiz",
    "Task": "nn_widgets.tasks.task",
    "check": "nn_widgets.tasks.task",
    "matrices": "nn_widgets.kit.plot.matrices",
    "number": "nn_widgets.maths.format",
    "show": "nn_widgets.kit.plot.picture",
}

__all__ = sorted(_HOMES)


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__():
    return sorted({*globals(), *_HOMES})
