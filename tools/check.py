"""Run every check in order, then say in one table and one line what passed and what failed.

A step that fails does not stop those after it, so one run shows everything that is wrong; the
tests in a browser alone need the build before them. A step without any test is "empty": it counts
for nothing, neither as a pass nor as a failure.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from xml.etree import ElementTree

import browser
import build
import engines
import kernels
import lint
import pages
from sources import BUILT, ROOT, notebooks

from nn_widgets.tex.node import find_node

REPORTS = ROOT / "_build" / "reports"
NO_TESTS_COLLECTED = 5
FEW = 3  # tests of a browser that may be tried once more
BROWSER, ENGINES = "test_browser*.py", "test_engines.py"


class Result(NamedTuple):
    """How many tests of a step passed, failed, were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0


def main(names):
    """Run the steps named, or all of them; the exit status says whether all is well."""
    unknown = set(names) - set(STEPS)
    if unknown:
        sys.exit(f"No step is called {unknown.pop()}; there are {', '.join(STEPS)}.")
    chosen = [name for name in STEPS if name in names or not names]
    REPORTS.mkdir(parents=True, exist_ok=True)
    # A worker on each core: more threads in each would wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if "browser" in chosen:
        os.environ["BOOK_BROWSER"] = browser.obtain()
    rows = [run_step(name) for name in chosen]
    total = Result(
        *(sum(column) for column in zip(*(result for _, result, _ in rows), strict=True))
    )
    print(table(rows))
    print(f"{total.passed} passed, {total.failed} failed", end="")
    print(f", {total.skipped} skipped" if total.skipped else "")
    sys.exit(total.failed > 0)


def run_step(name):
    """Run one step and time it."""
    print(f"\n== {name} ==", flush=True)
    start = time.monotonic()
    result = STEPS[name]()
    return name, result, time.monotonic() - start


def table(rows):
    """Lay the results out, a line for each step."""
    lines = [f"\n{'step':<12}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}"]
    for name, result, seconds in rows:
        counts = "{:>8}{:>8}{:>9}".format(*result)
        lines.append(f"{name:<12}{counts}{seconds:>9.1f}{'' if any(result) else '  empty'}")
    return "\n".join(lines) + "\n"


def check_lint():
    """Count each style check as one test."""
    return count(lint.outcomes().values())


def check_unit():
    """Run the Python tests that need no browser."""
    others = [f"--ignore-glob=*/{name}" for name in (BROWSER, ENGINES)]
    return run_pytest("unit", "tests", *others)


def check_javascript():
    """Run the tests of the JavaScript modules under Node."""
    files = sorted((ROOT / "tests").rglob("*.test.js"))
    if not files:
        return Result()
    command = [find_node(), "--test", "--test-reporter=tap", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    counts = dict(re.findall(r"^# (pass|fail|cancelled|skipped) (\d+)$", done.stdout, re.MULTILINE))
    passed, failed, skipped = (int(counts.get(key, 0)) for key in ("pass", "fail", "skipped"))
    failed += int(counts.get("cancelled", 0))
    print(done.stdout if done.returncode else f"{passed} passed", done.stderr)
    return Result(passed, max(failed, done.returncode != 0), skipped)


def check_notebooks():
    """Run every notebook and compare each output with the stored one.

    CI does so on two kinds of kernel, both at once: while a worker waits for its kernel to start or
    to compute, another goes on.
    """
    if not notebooks():
        return Result()
    arguments = ["--nbval", kernels.SANITIZE, *notebooks()]
    environments = {"notebooks": None}
    if os.environ.get("CI"):
        environments["notebooks-prescott"] = kernels.environment(kernels.KINDS["prescott"])
    with ThreadPoolExecutor() as pool:
        runs = [
            pool.submit(
                run_pytest, name, *arguments, environment=environment, output=subprocess.PIPE
            )
            for name, environment in environments.items()
        ]
    return Result(*(sum(pair) for pair in zip(*(run.result() for run in runs), strict=True)))


def check_build():
    """Build every page afresh, and search the pages; each is one test."""
    if not build.build(fresh=True):
        return Result(failed=1)
    return count([True, *(not faults for faults in pages.main().values())])


def check_browser():
    """Run the tests that look at the built book, and at JupyterLab, in a browser."""
    if not is_built():
        return Result(failed=1)
    # Its modules are too unequal to be dealt out whole: the core that is done first takes over.
    return run_twice("browser", *sorted((ROOT / "tests").rglob(BROWSER)), "--dist", "worksteal")


def check_engines():
    """Run the smoke tests in the other engines that are here; say what one that is not needs."""
    here = engines.find()
    for name in engines.PROGRAMS:
        if name not in here:
            print(engines.wanted(name))
    if not here:
        return Result()
    if not is_built():
        return Result(failed=1)
    # An engine starts once, on a core of its own.
    chosen = ["-k", " or ".join(here), "--dist", "loadgroup"]
    return run_twice("engines", ROOT / "tests" / ENGINES, *chosen)


def is_built():
    """Tell whether there is a built book to look at; say so if not."""
    built = (BUILT / "index.html").is_file()
    print("" if built else "Not run: the book was not built.\n", end="")
    return built


def run_twice(name, *arguments):
    """Run tests in a browser; the few that failed run once more, with a browser of their own.

    A browser may crash, and a busy machine may be late. Whatever passes only then is named.
    """
    first = run_pytest(name, *arguments)
    failed = failures(REPORTS / f"{name}.xml")
    if not first.failed or not 0 < len(failed) <= FEW:
        return first
    print(f"\nOnce more: {', '.join(failed)}", flush=True)
    second = run_pytest(f"{name}-again", *arguments, "--last-failed", "-n", "0")
    if second.failed or second.passed != len(failed):
        return first
    return first._replace(passed=first.passed + second.passed, failed=0)


def failures(report):
    """Name the tests that a JUnit file calls failed, or wrong while they were tidied up."""
    cases = ElementTree.parse(report).getroot().iter("testcase") if report.is_file() else []
    wrong = [c.get("name") for c in cases if {"failure", "error"} & {part.tag for part in c}]
    return sorted(set(wrong))


def run_pytest(name, *arguments, environment=None, output=None):
    """Run pytest on all cores and count from its report; a module stays on one, unless told.

    An `output` that is a pipe is printed in one piece at the end.
    """
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-n", "logical", "--maxprocesses", "4"]
    command += ["--dist", "loadscope", f"--junitxml={report}", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, text=True, check=False)
    print(done.stdout or "", end="", flush=True)
    if done.returncode == NO_TESTS_COLLECTED:
        return Result()
    result = read_report(report) if report.is_file() else Result()
    # A crash may leave a report without failures: the exit status has the last word.
    return result._replace(failed=max(result.failed, done.returncode != 0))


def read_report(report):
    """Count the tests in a JUnit file."""
    suite = ElementTree.parse(report).getroot().find("testsuite")
    tests, failures, errors, skipped = (
        int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")
    )
    return Result(tests - failures - errors - skipped, failures + errors, skipped)


def count(outcomes):
    """Turn yes and no into a result."""
    outcomes = list(outcomes)
    return Result(passed=sum(outcomes), failed=len(outcomes) - sum(outcomes))


STEPS = {
    "lint": check_lint,
    "unit": check_unit,
    "javascript": check_javascript,
    "notebooks": check_notebooks,
    "build": check_build,
    "browser": check_browser,
    "engines": check_engines,
}

if __name__ == "__main__":
    main(sys.argv[1:])
