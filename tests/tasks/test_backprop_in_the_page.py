"""Backward passes as students write them get the verdict of `diagnose` in the page, too."""

import inspect
import re

import pytest
from judge_program import main
from reader_tasks import in_page
from students import RIGHT, WRONG

from nn_widgets.tasks.bank import load_task

PRELUDE = (
    "import numpy as np\nimport nn_core as nn\nfrom nn_core import Layer\n"
    'SLOPE = {"sigmoid": nn.dsigmoid, "tanh": nn.dtanh, "relu": nn.drelu}\n'
)
# What the page has not, and says so by name, or what speaks of the machine.
ALONE = "deepcopy", "global", "np.random", "float32", "float16", "einsum", "complex", "cosh"


def programs(functions):
    """Source texts of functions that need nothing but the prelude, each defining `backprop`."""
    for f in functions:
        text = re.sub(r"^@.*\n", "", inspect.getsource(f))
        names = set(f.__code__.co_names) & set(f.__globals__)
        if names <= {"np", "nn", "Layer", "SLOPE"} and not any(word in text for word in ALONE):
            yield PRELUDE + text + f"\nbackprop = {f.__name__}\n"


@pytest.mark.parametrize(
    ("functions", "right"), [(RIGHT, True), ([f for f, _ in WRONG], False)], ids=["right", "wrong"]
)
def test_ten_passes_of_students_get_the_right_verdict(functions, right):
    texts = list(programs(functions))[:10]
    assert len(texts) == 10
    for text, (found, says) in zip(texts, in_page("07-backprop", *texts), strict=True):
        assert found == right, (text, says)
        assert says


def test_two_mistakes_made_in_every_layer_are_both_named_in_the_page():
    solution = load_task("07-backprop").source["solution"]
    twice = solution.replace("(trace.p - y) / N", "trace.p - y").replace("z[n - 1]", "h[n]")
    ((right, says),) = in_page("07-backprop", twice)
    assert not right
    assert says == (
        "Two mistakes: every gradient is N times too large: divide by N, once; "
        "dW1, db1, dW2 and db2 are wrong because σ′ is taken of h: it belongs to z."
    )


def test_a_program_in_a_file_gets_the_verdict_of_the_page(tmp_path, capsys):
    solution = load_task("07-backprop").source["solution"]
    written = {
        "right.py": solution,
        "wrong.py": solution.replace(" * slope(trace.z[n - 1])", ""),
        "stops.py": solution.replace("dz @ h.T", "dz @ h"),
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name) for name in written]
    assert main("07-backprop", *paths)
    right, wrong, stops = capsys.readouterr().out.splitlines()
    assert right.startswith(f"✓ {paths[0]}: Right")
    assert wrong.startswith(f"✗ {paths[1]}: ")
    assert "σ′ is missing" in wrong
    assert stops == f"✗ {paths[2]}: ValueError on line 14"
    assert not main("07-backprop", paths[0])
