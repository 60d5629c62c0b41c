"""Tasks as tests use them: the check of a notebook, the page's verdicts, a solution's functions."""

import json

from page_python import run_all

from nn_widgets.quiz.quiz_text import Plain
from nn_widgets.tasks.bank import load_task
from nn_widgets.tasks.judge import space
from nn_widgets.tasks.task import Task
from nn_widgets.tasks.task_html import task_data

# As workshop.js asks.
JUDGED = {
    "setup": "_names = type(globals())()\nexec(_judge, _names)\n"
    "_verdict = _names['judge'](_task, globals())",
    "code": "_verdict",
}
IN_ALL_LAYERS = "import nn_core.search\nnn_core.search.TWICE = nn_core.search.TWICE[:1]"


def in_page(name, *programs):
    """Return the verdicts of the page's engine: whether right, and what is said."""
    given = json.loads(task_data(load_task(name), Plain()).partition("] = ")[2].rstrip(";\n"))
    request = {"given": {"_judge": given["judge"], "_task": given["task"]}, "cases": [JUDGED]}
    if given["task"]["diagnose"]:
        request["setup"] = IN_ALL_LAYERS
    return [told(result) for result in run_all([(program, request) for program in programs])]


def told(result):
    error = result["error"] or result["values"][0].get("error")
    if error:
        return False, f"{error['type']} on line {error['line']}"
    items = [item.get("value") for item in result["values"][0]["value"]["items"]]
    verdict = dict(zip(items[::2], items[1::2], strict=True))
    return verdict["right"], verdict["says"]


def checker(name):
    """Return the check of a task, as a function of the reader's function."""
    return Task(name).check


def solution(name):
    """Return the names that a task's solution defines."""
    return space(load_task(name).source["solution"])


def start(name):
    """Return the names that a task's starting lines define."""
    return space(load_task(name).source["start"])
