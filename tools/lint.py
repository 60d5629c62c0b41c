"""Check the style of Python and that every JavaScript module parses."""

import subprocess
import sys

from sources import ROOT, notebooks

CELL_WIDTH = 78


def main():
    """Run each check, and fail if one failed."""
    failed = [name for name, check in CHECKS.items() if not check()]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


def ruff(*arguments):
    """Run ruff on the repository; return whether it had nothing to say."""
    return not subprocess.call([sys.executable, "-m", "ruff", *arguments], cwd=ROOT)


def cells_are_narrow():
    """Hold the chapters' code to the width that a page shows without scrolling."""
    width = f"lint.pycodestyle.max-line-length = {CELL_WIDTH}"
    paths = [str(path) for path in notebooks()]
    return not paths or ruff("check", "--quiet", "--select=E501", "--config", width, *paths)


def javascript_parses():
    """Let Node parse each module, as the browser would, without running it."""
    broken = [path for path in javascript_files() if not parses(path)]
    return not broken


def javascript_files():
    """List the project's own JavaScript; vendored libraries are their authors' business."""
    places = [ROOT / "nn_widgets", ROOT / "book/_theme", ROOT / "tests", ROOT / "benchmarks"]
    found = [path for place in places for path in place.rglob("*.[cm]js")]
    found += [path for place in places for path in place.rglob("*.js")]
    return sorted(path for path in found if not {"vendor", "node_modules"} & set(path.parts))


def parses(path):
    """Check one module's syntax; Node's own message says where it is wrong."""
    kind = "commonjs" if path.suffix == ".cjs" else "module"
    command = ["node", f"--input-type={kind}", "--check"]
    done = subprocess.run(command, input=path.read_bytes(), capture_output=True, check=False)
    if done.returncode:
        print(path.relative_to(ROOT), done.stderr.decode(), sep="\n")
    return not done.returncode


CHECKS = {
    "Python style (ruff check)": lambda: ruff("check", "--quiet"),
    "Python format (ruff format)": lambda: ruff("format", "--check", "--quiet"),
    "width of the chapters' cells (ruff check)": cells_are_narrow,
    "JavaScript syntax (node --check)": javascript_parses,
}

if __name__ == "__main__":
    main()
