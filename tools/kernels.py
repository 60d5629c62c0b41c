"""Run the notebooks as other processors would: the stored outputs must not change.

OpenBLAS and NumPy choose among kernels by the processor, and kernels differ in the last bits of
a sum. Each kind below has this machine compute as another one does; a kind that needs more than
this processor has is left out, and said.
"""

import os
import subprocess
import sys
from typing import NamedTuple

from sources import ROOT, notebooks

SANITIZE = "--nbval-sanitize-with=tests/nbval_sanitize.cfg"
OVERLAYS = ROOT / "_build" / "kernels"
OLDEST, NEWEST = "numpy==2.0.0", "numpy"  # the range that pyproject.toml allows


class Kind(NamedTuple):
    """Which kernels: OpenBLAS's, the features that NumPy must not use, threads, NumPy itself."""

    core: str = "Haswell"
    without: tuple = ()
    threads: int = 1
    numpy: str = ""
    needs: str = ""


V4 = ("X86_V4", "AVX512_ICL", "AVX512_SPR", "AVX512F", "AVX512CD", "AVX512_SKX")
V3 = ("X86_V3", "AVX2", "FMA3", "F16C", "AVX")
KINDS = {
    "haswell": Kind(without=V4, needs="AVX2"),
    "skylake-x": Kind("SkylakeX", needs="AVX512_SKX"),
    # Zen, Bulldozer and the like have no kernels of their own in NumPy's wheels.
    "sandybridge": Kind("Sandybridge", without=V4 + V3, threads=2, needs="AVX"),
    "prescott": Kind("Prescott", without=V4 + V3, needs="SSE3"),
    "oldest-numpy": Kind(numpy=OLDEST, needs="AVX2"),
    "newest-numpy": Kind(numpy=NEWEST, needs="AVX2"),
}


def main(names):
    """Run the notebooks under the kinds named, or all; fail if an output of one differs."""
    if unknown := set(names) - set(KINDS):
        sys.exit(f"No kind is called {unknown.pop()}; there are {', '.join(KINDS)}.")
    chosen = {name: KINDS[name] for name in names or KINDS}
    failed = [name for name, kind in chosen.items() if possible(name, kind) and not agrees(kind)]
    if failed:
        sys.exit(f"Stored outputs differ under {', '.join(failed)}.")


def possible(name, kind):
    """Say which kind comes next, and whether this processor can compute so."""
    able = not kind.needs or kind.needs in features()
    print(f"\n-- {name} --" if able else f"\n-- {name}: left out, it needs {kind.needs} --")
    return able


def agrees(kind):
    """Run all notebooks under one kind; return whether every output is the stored one."""
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadscope"]
    return not subprocess.call(
        [*command, "--nbval", SANITIZE, *notebooks()], cwd=ROOT, env=environment(kind)
    )


def environment(kind):
    """Return the variables that make a kernel compute as `kind` says."""
    from numpy._core._multiarray_umath import __cpu_dispatch__ as dispatched

    paths = [str(overlay(kind.numpy))] if kind.numpy else []
    without = [] if kind.numpy else [name for name in kind.without if name in dispatched]
    return {
        **os.environ,
        "OPENBLAS_CORETYPE": kind.core,
        "OPENBLAS_NUM_THREADS": str(kind.threads),
        "NPY_DISABLE_CPU_FEATURES": " ".join(without),
        "PYTHONPATH": os.pathsep.join([*paths, os.environ.get("PYTHONPATH", "")]),
    }


def features():
    """Return what NumPy finds in this processor."""
    from numpy._core._multiarray_umath import __cpu_features__ as found

    return {name for name, there in found.items() if there}


def overlay(requirement):
    """Install another NumPy beside the environment, once, and return its folder."""
    folder = OVERLAYS / requirement
    if not folder.is_dir():
        pip = [sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--target", folder]
        subprocess.run([*pip, requirement], check=True)
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
