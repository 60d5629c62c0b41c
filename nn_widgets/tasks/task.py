"""A task in a notebook: what is asked, and the check of the reader's own function."""

import inspect

from nn_widgets.maths.format import counted
from nn_widgets.quiz.quiz_text import Plain
from nn_widgets.tasks.bank import load_task
from nn_widgets.tasks.judge import judge
from nn_widgets.tasks.task_html import readable_html

__all__ = ["Task", "check"]


class Task:
    """A task of the book: shows what is asked, and checks what the reader wrote.

    Parameters
    ----------
    name : str
        The name of a file in `tasks`, without ``.yml``.

    Raises
    ------
    TaskError
        If there is no such task.
    """

    def __init__(self, name):
        self._task = load_task(name)

    def __repr__(self):
        """Return the same text on every run: stored outputs are compared."""
        return f"Task({self._task.id!r})"

    def _repr_html_(self):
        return readable_html(self._task, Plain())

    def check(self, *functions):
        """Say whether functions do what the task asks.

        Parameters
        ----------
        *functions : callable
            As many as the task asks for, in its order, under any names.

        Returns
        -------
        says : str
        """
        wanted = self._task.source["functions"]
        if len(functions) != len(wanted):
            asked = counted(len(wanted), "function", "functions")
            return f"The task asks for {asked}: {', '.join(wanted)}."
        try:
            verdict = judge(self._task.source, dict(zip(wanted, functions, strict=True)))
        except Exception as error:
            line = _line_of(error, functions)
            return f"It raises {type(error).__name__}{line}: {error}"
        return verdict["says"]


def _line_of(error, functions):
    """Say on which of the functions' own lines an error was raised, counted from their `def`."""
    files = {f.__code__.co_filename: f for f in functions if inspect.isfunction(f)}
    step, found = error.__traceback__, ""
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename in files and code.co_name != "<module>":
            found = f" on line {step.tb_lineno - code.co_firstlineno + 1} of {code.co_name}"
        step = step.tb_next
    return found


def check(name, *functions):
    """Say whether functions do what the task `name` asks: `check("07-backprop", my_backprop)`."""
    print(Task(name).check(*functions))
