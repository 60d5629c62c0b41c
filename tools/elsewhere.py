"""Make the wheel, with which the chapters run in any Jupyter; with --try, run them so.

The wheel is made in the book's own environment, so nothing is fetched. To try it, an environment is
set up outside the repository with nothing but the wheel and its extra `notebook`, no Node among
it; the notebooks are copied into an empty folder, and each output is compared with the stored one.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environment
from sources import ROOT, notebooks

FOLDER = ROOT / "_build" / "wheel"
LEFT = shutil.ignore_patterns(".*", "_build", "__pycache__", "*.egg-info", "node_modules", "tests")
KERNEL = "elsewhere"
REGISTER = ["ipykernel", "install", "--sys-prefix", f"--name={KERNEL}"]


def main(arguments):
    """Make the wheel in `_build/wheel`, in place of an earlier one; try it if asked to."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    wheel = make(FOLDER)
    print(f"{wheel.name} has {wheel.stat().st_size / 1000:.0f} kB. Install it anywhere with")
    print(f'    pip install "{wheel}[notebook]"', flush=True)
    if "--try" in arguments:
        with tempfile.TemporaryDirectory() as folder:
            sys.exit(run_chapters(Path(folder), wheel))


def make(folder):
    """Make the wheel in a folder, from a copy without what earlier builds left; return its path."""
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(ROOT, copy, ignore=LEFT, dirs_exist_ok=True)
        subprocess.run([*command, "--wheel-dir", folder, copy], check=True)
    (wheel,) = Path(folder).glob("*.whl")
    return wheel


def run_chapters(folder, wheel):
    """Run every notebook in `folder`, away from the repository; return pytest's exit status."""
    environment.create(folder / "environment")
    python = environment.interpreter(folder / "environment")
    for command in (["pip", "install", "-qq", f"{wheel}[notebook]"], REGISTER):
        environment.run([python, "-m", *command], PYTHONPATH="")  # or the repository counts
    copies = folder / "chapters"
    copies.mkdir()
    for path in notebooks():
        shutil.copy(path, copies)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope", "--nbval"]
    command += [f"--nbval-kernel-name={KERNEL}", "-p", "no:cacheprovider"]
    command += [f"--nbval-sanitize-with={ROOT / 'tests/nbval_sanitize.cfg'}"]
    return subprocess.call([*command, copies], cwd=copies, env=variables(folder))


def variables(folder):
    """Return variables for a kernel that has no Node and none of the repository's modules."""
    kept = {key: os.environ[key] for key in os.environ if key not in ("PATH", "PYTHONPATH")}
    programs = Path(environment.interpreter(folder / "environment")).parent
    kernels = folder / "environment" / "share" / "jupyter"
    return {**kept, "PATH": str(programs), "JUPYTER_PATH": str(kernels)}


if __name__ == "__main__":
    main(sys.argv[1:])
