"""How the book writes numbers, in Python and in JavaScript."""

import json
import math

import in_node
import numpy as np
import pytest
from sources import ROOT

from nn_widgets.maths.format import counted, number, settled

MODULE = ROOT / "nn_widgets/maths/format.js"
KNOWN = [
    (0, "0"),
    (-0.0, "0"),
    (3, "3"),
    (-12, "−12"),
    (60600, "60600"),
    (999999, "999999"),
    (-232871760, "−2.33e8"),  # like its neighbours that are not whole
    (0.5, "0.500"),
    (-1.19, "−1.190"),
    (0.0625, "0.063"),  # a tie in binary: away from zero
    (-0.0625, "−0.063"),
    (0.0005, "0.001"),
    (0.00049, "4.90e-4"),
    (-1.234e-5, "−1.23e-5"),
    (123456.7, "1.23e5"),
    (math.inf, "∞"),
    (-math.inf, "−∞"),
    (math.nan, "undefined"),
    (np.float32(0.25), "0.250"),
    (np.int64(7), "7"),
]


@pytest.mark.parametrize(("value", "text"), KNOWN)
def test_a_number_is_written_by_the_rule(value, text):
    assert number(value) == text


def test_no_number_is_written_as_minus_zero():
    assert not any(number(v).startswith("−0.000") for v in -np.logspace(-12, 2, 500))


@pytest.mark.parametrize("exact", [0.0625, 1.0005, 2.5, 0.0005, 1.0, 12345.0625, 99999.9995])
def test_a_last_bit_changes_no_number_that_is_read(exact):
    beside = [np.nextafter(exact, 0), exact, np.nextafter(exact, np.inf), exact * (1 - 3e-15)]
    assert len({number(value) for value in beside}) == 1


def test_a_stored_state_is_the_same_whatever_the_last_bits():
    exact = {"p": [0.21202485877313915, 0.1], "n": 3, "name": "Gentoo", "on": True, "rest": 0.0}
    other = {"p": [0.21202485877313912, 0.1 + 2e-17], "n": 3, "name": "Gentoo", "on": True}
    other["rest"] = -2.7e-17
    assert json.dumps(settled(exact)) == json.dumps(settled(other))
    assert abs(settled(exact)["p"][0] - exact["p"][0]) < 1e-10


def test_a_state_keeps_what_is_no_float():
    state = {"count": 10**15 + 1, "labels": ["a", None, False], "pairs": [[1, 2.5]]}
    assert settled(state) == state


def test_a_count_agrees_with_what_is_counted():
    said = [counted(n, "step is", "steps are") for n in (0, 1, 2, 60_600)]
    assert said == ["0 steps are", "1 step is", "2 steps are", "60,600 steps are"]


def test_javascript_writes_every_number_as_python_does():
    rng = np.random.default_rng(0)
    values = rng.normal(size=400) * 10.0 ** rng.integers(-9, 9, size=400)
    ties = np.arange(-999, 1000, 2) / 16
    vectors = [
        *values,
        *ties,
        *values.round(3),
        0.0005,
        0.000499999,
        99999.9996,
        1e5,
        999999,
        1e6,
        -232871760,
        2.0**53,
        1e22,
        np.finfo(float).max,
        *np.nextafter(ties, 0),
    ]
    script = (
        f"import {{ formatNumber }} from {json.dumps(MODULE.as_uri())};"
        "import { readFileSync } from 'node:fs';"
        "console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(formatNumber)));"
    )
    sent = json.dumps([float(v) for v in vectors])
    said = in_node.run("--input-type=module", "-e", script, given=sent)
    assert said == [number(float(v)) for v in vectors]
