"""Programs made at random give the same under CPython with NumPy and in the page's engine."""

import builtins
import io
import os
import warnings
from contextlib import redirect_stdout

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from page_python import difference, run_all, value
from random_programs import programs

COUNT = int(os.environ.get("PAGE_PROGRAMS", "3000"))
SAME = {"AxisError": "ValueError", "UnboundLocalError": "NameError"}
KEEP = "{k: v for k, v in sorted(globals().items()) if k[1:].isdigit() or k in ('s', 'q', 'i')}"


def python(program):
    """Run under CPython: what it printed, its names, and its error as (type, line)."""
    names, printed = {"__name__": "__main__"}, io.StringIO()
    try:
        code = compile(program, "program", "exec")
        with redirect_stdout(printed), warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            exec(code, names)
    except Exception as error:
        return printed.getvalue(), None, (name_of(error), line_of(error), str(error))
    return printed.getvalue(), eval(KEEP, names), None


def name_of(error):
    """The nearest type of error that Python itself has."""
    if type(error).__name__ in SAME:
        return SAME[type(error).__name__]
    return next(t.__name__ for t in type(error).__mro__ if getattr(builtins, t.__name__, None) is t)


def line_of(error):
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "program":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def collected(count):
    found = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(programs)
    def collect(program):
        found.append(program)

    collect()
    return found


def disagreement(program, result):
    """Say where the page's result is not NumPy's; `None` if the page says what it lacks."""
    printed, names, error = python(program)
    got = result["error"]
    if got and got["message"].startswith("arrays in the page have at most two dimensions"):
        return None
    if error or got:
        mine = got and (SAME.get(got["type"], got["type"]), got["line"])
        if mine != (error and error[:2]):
            return f"error {mine} {got and got['message']}, Python has {error}"
    elif found := difference(value(result["values"][0]["value"]), names):
        return found
    return "" if result["output"] == printed else f"printed\n{result['output']}\nPython\n{printed}"


@pytest.fixture(scope="module")
def outcomes():
    made = collected(COUNT)
    results = run_all([(program, {"cases": [KEEP]}) for program in made])
    return list(zip(made, results, strict=True))


def test_random_programs_give_what_numpy_gives(outcomes):
    wrong, lacking = [], 0
    for program, result in outcomes:
        found = disagreement(program, result)
        lacking += found is None
        if found:
            wrong.append(f"{program}\n→ {found}")
    assert not wrong, f"{len(wrong)} of {len(outcomes)} differ:\n\n" + "\n\n".join(wrong[:12])
    assert lacking < len(outcomes) / 20


def test_the_random_programs_hold_many_of_each_outcome(outcomes):
    errors = [result["error"]["type"] for _, result in outcomes if result["error"]]
    assert len({program for program, _ in outcomes}) >= 0.99 * len(outcomes)
    assert 0.2 < len(errors) / len(outcomes) < 0.8
    wanted = {"ValueError", "IndexError", "TypeError", "AttributeError", "NameError", "KeyError"}
    assert all(errors.count(kind) >= len(outcomes) / 500 for kind in wanted)
