"""Check the style of Python, the style, names and types of JavaScript, and the style sheets."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import environment
from sources import ROOT, notebooks

from nn_widgets.tex.node import find_node, npm_command

CELL_WIDTH = 78
JAVASCRIPT_WIDTH = 120


def main():
    """Run every check, and fail if one failed."""
    failed = [name for name, passed in outcomes().items() if not passed]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


def outcomes():
    """Run every check, all at once; return for each whether it had nothing to say."""
    environment.prepare_checkers(npm_command())
    with ThreadPoolExecutor() as pool:
        return dict(zip(CHECKS, pool.map(lambda check: check(), CHECKS.values()), strict=True))


def ruff(*arguments):
    """Run ruff on the repository; return whether it had nothing to say."""
    return not subprocess.call([sys.executable, "-m", "ruff", *arguments], cwd=ROOT)


def cells_are_narrow():
    """Hold the chapters' code to the width that a page shows without scrolling."""
    width = f"lint.pycodestyle.max-line-length = {CELL_WIDTH}"
    paths = [str(path) for path in notebooks()]
    return not paths or ruff("check", "--quiet", "--select=E501", "--config", width, *paths)


def javascript_is_narrow():
    """Hold the project's JavaScript to one width; say which lines are wider."""
    wide = [
        f"{path.relative_to(ROOT)}:{number}: {len(line)} columns, at most {JAVASCRIPT_WIDTH} fit"
        for path in javascript_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > JAVASCRIPT_WIDTH
    ]
    print(*wide, sep="\n", end="\n" if wide else "")
    return not wide


def javascript_files():
    """List the project's own JavaScript; vendored libraries are their authors' business."""
    places = [ROOT / "nn_widgets", ROOT / "book/_theme", ROOT / "tests", ROOT / "benchmarks"]
    found = [path for place in places for path in place.rglob("*.*js")]
    own = [path for path in found if path.suffix in (".js", ".cjs", ".mjs")]
    return sorted(path for path in own if "vendor" not in path.parts)


def node_package(script, *arguments):
    """Run a program of node_modules; return whether it had nothing to say."""
    command = [find_node(), str(ROOT / "node_modules" / script), *arguments]
    return not subprocess.call(command, cwd=ROOT)


CHECKS = {
    "Python style (ruff check)": lambda: ruff("check", "--quiet"),
    "Python format (ruff format)": lambda: ruff("format", "--check", "--quiet"),
    "width of the chapters' cells (ruff check)": cells_are_narrow,
    "width of JavaScript": javascript_is_narrow,
    "JavaScript and style sheets (ESLint)": lambda: node_package("eslint/bin/eslint.js"),
    "JavaScript types (tsc)": lambda: node_package("typescript/bin/tsc", "--pretty", "false"),
}

if __name__ == "__main__":
    main()
