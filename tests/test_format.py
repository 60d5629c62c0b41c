"""How the book writes numbers, in Python and in JavaScript."""

import json
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from nn_widgets.format import number

STATIC = Path(__file__).parents[1] / "nn_widgets" / "static"

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


def test_javascript_writes_every_number_as_python_does():
    rng = np.random.default_rng()
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
    ]
    script = (
        f"import {{ formatNumber }} from {json.dumps((STATIC / 'format.js').as_uri())};"
        "import { readFileSync } from 'node:fs';"
        "console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(formatNumber)));"
    )
    node = shutil.which("node") or pytest.fail("node is needed to compare the two languages")
    command = [node, "--input-type=module", "-e", script]
    sent = json.dumps([float(v) for v in vectors])
    done = subprocess.run(command, input=sent, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [number(float(v)) for v in vectors]
