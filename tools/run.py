"""Run a command of the book in its environment, made or refreshed first: python tools/run.py book.

This is what the Makefile calls, and what you call where there is no make. Like `environment.py` it
needs nothing installed.
"""

import os
import subprocess
import sys
from pathlib import Path

import environment

COMMANDS = {
    "setup": [],
    "book": ["tools/build.py"],
    "serve": ["tools/serve.py"],
    "gallery": ["tools/gallery.py"],
    "lab": ["-m", "jupyterlab", "--notebook-dir=book"],
    "test": ["tools/check.py"],
    "lint": ["tools/lint.py"],
    "pdf": ["tools/pdf.py"],
    "worksheets": ["tools/worksheets.py"],
    "quizzes": ["-m", "nn_widgets.quiz.bank_check"],
    "outputs": ["tools/outputs.py"],
    "kernels": ["tools/kernels.py"],
    "wheel": ["tools/elsewhere.py"],
    "elsewhere": ["tools/elsewhere.py", "--try"],
}


def main(arguments):
    """Run the command named by the first argument, with the others."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        sys.exit("python tools/run.py takes one of these: " + ", ".join(COMMANDS))
    environment.main([])
    folder = environment.ROOT / ".venv"
    if COMMANDS[name]:
        command = [environment.interpreter(folder), *COMMANDS[name], *rest]
        sys.exit(subprocess.call(command, cwd=environment.ROOT, env=variables(folder)))


def variables(folder):
    """Return the variables of the environment: its programs first, and text in UTF-8 everywhere."""
    programs = str(Path(environment.interpreter(folder)).parent)
    path = os.pathsep.join([programs, os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "PYTHONUTF8": "1"}


if __name__ == "__main__":
    main(sys.argv[1:])
