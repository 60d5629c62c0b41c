"""The tasks of the book: `book/tasks/<chapter>-<name>.yml`, loaded and checked.

A new task is a new file and one cell, `Task("<chapter>-<name>")`, in its chapter.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from nn_widgets.quiz.bank import BankError, find_bank
from nn_widgets.quiz.schema import validator

__all__ = ["TaskError", "TaskSource", "find_tasks", "load_task", "load_tasks"]

SCHEMA = Path(__file__).with_name("task.schema.json")
# What the reader has to do: only when it changes is a kept program one for another task.
ASKED = ("asked", "start", "functions", "cases", "diagnose")


class TaskError(ValueError):
    """What is wrong with a task, a sentence that names file and field."""


class TaskSource(NamedTuple):
    """One task.

    Attributes
    ----------
    id : str
        The file's name, which begins with the number of its chapter.
    source : dict
        What stands in the file; `diagnose` and `mistakes` are always there.
    fingerprint : str
        Twelve hexadecimal digits of the hash of what is asked.
    """

    id: str
    source: dict
    fingerprint: str


def find_tasks(start=None):
    """Return the folder `tasks`, which stands beside `quizzes`."""
    return find_bank(start).with_name("tasks")


def load_tasks(folder):
    """Return every task of a folder, in the order of their names."""
    return [load_task(path.stem, folder) for path in sorted(Path(folder).glob("*.yml"))]


def load_task(name, folder=None):
    """Return one task.

    Raises
    ------
    TaskError
        If there is none of this name, or something is wrong with its file.
    """
    file = f"{name}.yml"
    try:
        path = Path(folder or find_bank(holding=file, name="tasks")) / file
        return _load(path, path.read_bytes())
    except (BankError, FileNotFoundError):
        raise TaskError(f"There is no task {name}.") from None


@cache
def _load(path, content):
    try:
        source = yaml.safe_load(content.decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TaskError(f"{path.name}: the YAML is broken, {error}.") from None
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for error in validator(schema).iter_errors(source):
        place = "/".join(map(str, error.absolute_path)) or "the file"
        raise TaskError(f"{path.name}, {place}: {error.message}.")
    source = {"diagnose": False, "mistakes": [], "cases": "", **source}
    for number, mistake in enumerate(source["mistakes"], 1):
        if mistake["line"].strip() not in source["solution"]:
            raise TaskError(f"{path.name}, mistake {number}: its line is not in the solution.")
    asked = json.dumps([source[name] for name in ASKED], ensure_ascii=False)
    fingerprint = hashlib.sha256(asked.encode()).hexdigest()[:12]
    return TaskSource(path.stem, source, fingerprint)
