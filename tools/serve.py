"""Serve the book on this machine; rebuild it, and reload the page, when a source changes."""

import subprocess
import sys

from sources import BUILT, ROOT

IGNORED = ["_build", ".venv", ".venv-bench", ".venv-mutants", "node_modules"]
IGNORED += ["tests", "benchmarks", "tools"]


def main():
    """Run sphinx-autobuild until the reader stops it."""
    served = BUILT.parent / "serve"
    command = [sys.executable, "-m", "sphinx_autobuild", "--host", "127.0.0.1"]
    command += [f"--ignore={ROOT / name}" for name in IGNORED]
    command += ["--re-ignore", r"(\.ipynb_checkpoints|__pycache__|\.egg-info|~$)"]
    command += ["-c", "tools", "-d", str(served / "doctrees"), ".", str(served / "html")]
    try:
        subprocess.call([*command, *sys.argv[1:]], cwd=ROOT)
    except KeyboardInterrupt:
        print("Stopped.")


if __name__ == "__main__":
    main()
