"""Serve the book on this machine; rebuild it, and reload the page, when a source changes."""

import os
import sys

from sources import BUILT, ROOT
from sphinx_autobuild.__main__ import main as autobuild

IGNORED = ["_build", ".venv", ".venv-bench", ".venv-mutants", "node_modules"]
IGNORED += ["tests", "benchmarks", "tools"]


def main():
    """Run sphinx-autobuild until the reader stops it."""
    served = BUILT.parent / "serve"
    options = ["--host", "127.0.0.1", *(f"--ignore={ROOT / name}" for name in IGNORED)]
    options += ["--re-ignore", r"(\.ipynb_checkpoints|__pycache__|\.egg-info|~$)"]
    options += ["-c", "tools", "-d", str(served / "doctrees"), ".", str(served / "html")]
    os.chdir(ROOT)
    try:
        autobuild([*options, *sys.argv[1:]])
    except KeyboardInterrupt:
        print("Stopped.")


if __name__ == "__main__":
    main()
