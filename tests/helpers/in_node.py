"""JavaScript under Node, for tests that compare the two languages."""

import json
import subprocess

from nn_widgets.tex.node import find_node


def run(*arguments, given=""):
    """Run Node; `given` is its standard input. Return what it printed, as JSON."""
    command = [find_node(), *map(str, arguments)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def ask(script, asked):
    """Return what a script answers that reads JSON and prints JSON."""
    return run(script, given=json.dumps(asked))
