"""Make the environment in .venv, or do nothing when it is already the right one.

This file runs before anything is installed, on whatever Python the reader has: standard
library only, and syntax that an old Python can still read far enough to be told it is old.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
WINDOWS = os.name == "nt"
# An activated .venv must not be asked to make itself anew: its parent is.
PYTHON = getattr(sys, "_base_executable", sys.executable)


def main(arguments):
    """Set up the environment that the arguments ask for."""
    refuse_old_python()
    if "--compile" in arguments:
        compile_requirements()
    elif "--bench" in arguments:
        prepare(ROOT / ".venv-bench", ["pyproject.toml"], [["-e", ".[bench]"]])
    elif "--mutants" in arguments:
        prepare(
            ROOT / ".venv-mutants",
            ["requirements.txt", "pyproject.toml"],
            [["-r", "requirements.txt"], ["-e", ".[mutants]"]],
        )
    else:
        prepare(
            ROOT / ".venv",
            ["requirements.txt", "pyproject.toml"],
            [["-r", "requirements.txt"], ["--no-deps", "-e", "."]],
        )


def refuse_old_python():
    """Stop with one sentence where the Python is older than the book's packages allow."""
    if sys.version_info < OLDEST:
        sys.exit(
            "The book needs Python 3.11 or newer, and {} is Python {}.{}. "
            "Name a newer one: make PYTHON=python3.12 book".format(
                sys.executable, *sys.version_info[:2]
            )
        )


def prepare(folder, sources, installs):
    """Install into `folder` unless its stamp says that the same was installed before."""
    stamp, wanted = folder / "stamp.txt", fingerprint(sources)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"Setting up {folder.name} with Python {sys.version.split()[0]} (once).", flush=True)
    # The first line is the Python and the place: if it changed, nothing inside is usable.
    usable = stamp.is_file() and stamp.read_text().split("\n")[0] == wanted.split("\n")[0]
    stamp.unlink(missing_ok=True)
    if not usable:
        create(folder)
    for install in installs:
        run([interpreter(folder), "-m", "pip", "install", "-qq", *install])
    stamp.write_text(wanted)


def fingerprint(sources):
    """Say what the environment depends on: Python, place, and the content of `sources`."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    return "\n".join([f"{version} {ROOT}", *map(digest, sources)])


def digest(name):
    """Return the checksum of a file's content."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def create(folder):
    """Make an empty virtual environment; on Debian as root, fetch the missing venv package."""
    shutil.rmtree(folder, ignore_errors=True)
    if not can_make_environments():
        install_venv_package()
    run([PYTHON, "-m", "venv", str(folder)])
    run([interpreter(folder), "-m", "pip", "install", "-qq", "--upgrade", "pip"])


def can_make_environments():
    """Tell whether this Python has both halves of venv, which Debian ships apart."""
    return not subprocess.call([PYTHON, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL)


def install_venv_package():
    """Install Debian's venv package, or say in one sentence who has to."""
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if WINDOWS or not (shutil.which("apt-get") and os.geteuid() == 0):
        sys.exit(
            f"{PYTHON} comes without the venv module; "
            f"install it (on Debian and Ubuntu: sudo apt install {package}) and run make again."
        )
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package])


def prepare_checkers(npm):
    """Install what package-lock.json lists, which checks the JavaScript and does nothing else."""
    stamp, wanted = ROOT / "node_modules" / "stamp.txt", digest("package-lock.json")
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("Setting up node_modules for the checks of the JavaScript (once).", flush=True)
    run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    stamp.write_text(wanted)


def compile_requirements():
    """Pin the newest versions that fit pyproject.toml, without naming a package registry."""
    tool = ROOT / "_build" / "pip-tools"
    if not tool.is_dir():
        create(tool)
        run([interpreter(tool), "-m", "pip", "install", "-qq", "pip-tools"])
    command = [interpreter(tool), "-m", "piptools", "compile", "--quiet", "--upgrade"]
    command += ["--extra=book", "--extra=dask", "--extra=paper", "--extra=test"]
    command += ["--extra=widgets"]
    command += ["--strip-extras", "--allow-unsafe"]  # setuptools, which makes the wheel
    command += ["--no-emit-find-links", "--no-emit-index-url", "--no-emit-trusted-host"]
    command += ["--output-file=requirements.txt", "pyproject.toml"]
    run(command, CUSTOM_COMPILE_COMMAND="make requirements")


def interpreter(folder):
    """Name the Python inside an environment."""
    return str(folder / ("Scripts/python.exe" if WINDOWS else "bin/python"))


def run(command, **variables):
    """Run a command in the project's root; a failure has already been explained by the command."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **variables}
    if subprocess.call(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL):
        sys.exit("Setting up stopped at: " + " ".join(command))


if __name__ == "__main__":
    main(sys.argv[1:])
