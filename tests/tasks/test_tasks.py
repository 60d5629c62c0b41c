"""Every task: its solution is right, its starting lines are not, each known mistake is named.

Under CPython with NumPy and in the page's engine: the same verdicts, in the same words.
"""

from functools import cache

import numpy as np
import pytest
from page_python import run_all
from reader_tasks import in_page

from nn_widgets.quiz.classroom.course import course
from nn_widgets.quiz.quiz_text import Plain
from nn_widgets.tasks.bank import find_tasks, load_task, load_tasks
from nn_widgets.tasks.judge import judge, part_difference, space, with_mistake
from nn_widgets.tasks.task import Task
from nn_widgets.tasks.training import request

TASKS = {task.id: task.source for task in load_tasks(find_tasks())}
LISTED = {name: source for name, source in TASKS.items() if not source["diagnose"]}
KNOWN = [(name, k) for name, source in LISTED.items() for k in range(len(source["mistakes"]))]


@cache
def judged(name, program):
    return judge(TASKS[name], space(program))


def verdict_of(name, program):
    verdict = judged(name, program)
    return verdict["right"], verdict["says"]


def test_every_chapter_but_the_third_has_a_task():
    assert {name[:2] for name in TASKS} == {f"{n:02}" for n in range(1, 12)} - {"03"}


@pytest.mark.parametrize("name", TASKS)
def test_the_solution_is_right_and_the_starting_lines_are_not(name):
    assert verdict_of(name, TASKS[name]["solution"])[0]
    assert not verdict_of(name, TASKS[name]["start"])[0]


@pytest.mark.parametrize(("name", "k"), KNOWN)
def test_a_known_mistake_is_named(name, k):
    mistake = TASKS[name]["mistakes"][k]
    assert verdict_of(name, with_mistake(TASKS[name], mistake)) == (False, mistake["says"])


@pytest.mark.parametrize("name", TASKS)
def test_what_the_judge_calls_a_mistake_the_page_for_a_class_knows(name):
    (about,) = course([], [load_task(name)], Plain(), lambda _: "")["tasks"]
    source = TASKS[name]
    for mistake in source["mistakes"]:
        named = judged(name, with_mistake(source, mistake))["named"]
        assert named == mistake["says"]
        assert named in about["named"]
    assert judged(name, source["solution"])["named"] == ""
    if source["diagnose"]:
        wrong = source["solution"].replace(" * slope(trace.z[n - 1])", "")
        assert judged(name, wrong)["named"] == "missing σ′"
        assert {"missing σ′", "transposed", "dW and db swapped"} <= set(about["named"])


@pytest.mark.parametrize("name", TASKS)
def test_the_page_gives_the_same_verdicts(name):
    source = TASKS[name]
    wrong = [with_mistake(source, mistake) for mistake in source["mistakes"]]
    programs = [source["solution"], source["start"], *wrong]
    assert in_page(name, *programs) == [verdict_of(name, program) for program in programs]


@pytest.mark.parametrize("name", TASKS)
def test_the_example_of_a_task_shows_numbers(name):
    example = TASKS[name]["example"]
    names = space(TASKS[name]["solution"])
    exec(example["setup"], names)
    for label, code in example["show"].items():
        assert np.all(np.isfinite(eval(code, names))), label
    cases = [{"setup": example["setup"], "code": code} for code in example["show"].values()]
    for case in run_all([(TASKS[name]["solution"], {"cases": cases})])[0]["values"]:
        assert "error" not in case, case


TWO_WRONG = [
    ("10-rule", [("d * (1 - h**2)", "d / (1 - h**2)"), ("d / u.data", "0 * d")]),
    (
        "11-block",
        [("[(N * dW, N * db) for dW, db in gradients]", "gradients"), ("G, a[1]", "a, 0")],
    ),
]


@pytest.mark.parametrize(("name", "broken"), TWO_WRONG)
def test_of_several_functions_the_first_that_goes_wrong_has_its_mistake_named(name, broken):
    program = TASKS[name]["solution"]
    for right, wrong in broken:
        assert right in program
        program = program.replace(right, wrong)
    first = broken[0][1]
    says = next(m["says"] for m in TASKS[name]["mistakes"] if first in m["instead"])
    assert verdict_of(name, program) == (False, says)
    assert in_page(name, program) == [(False, says)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("return GW", "average does not return what is asked"),
        ("return G[:1]", "average does not return what is asked"),
        ("return 7 * G", "average does not return what is asked"),
        ("return [(3 * GW, 3 * Gb) for GW, Gb in G]", "average: dW2[0, 0] is "),
    ],
)
def test_what_each_function_returns_is_told_in_its_own_words(wrong, says):
    right = "return [(GW / N, Gb / N) for GW, Gb in G]"
    program = TASKS["11-block"]["solution"].replace(right, f"GW, Gb = G[0]\n    {wrong}")
    found, told = verdict_of("11-block", program)
    assert not found
    assert told.startswith(f"Right: block, add. {says}"), told


def test_a_walk_in_another_order_that_waits_is_right():
    """Any reverse topological order will do: here the last that became whole goes first."""
    program = TASKS["10-walk"]["solution"].replace("whole.pop(0)", "whole.pop()")
    assert verdict_of("10-walk", program)[0]


def test_an_error_comes_with_its_line_unless_the_mistake_is_known():
    wrong = TASKS["01-feedforward"]["solution"].replace("W @ h + b", "W @ h + c")
    assert in_page("01-feedforward", wrong, "x = 1\n") == [
        (False, "NameError on line 8"),
        (False, "Your program has no function feedforward."),
    ]
    task = Task("01-feedforward")
    says = task.check(space(wrong)["feedforward"])
    assert says == "It raises NameError on line 4 of feedforward: name 'c' is not defined"


@pytest.mark.parametrize(
    ("got", "want", "says"),
    [
        (1, 2, "L has 1 entry here; wanted are 2."),
        (2, 1, "L has 2 entries here; wanted is 1."),
        (0, 3, "L has 0 entries here; wanted are 3."),
    ],
)
def test_the_entries_of_a_list_are_counted_in_a_sentence(got, want, says):
    assert part_difference("L", [0.5] * got, [0.5] * want, "here") == says


def test_too_many_functions_are_answered_with_those_asked_for():
    says = Task("07-backprop").check(len, len)
    assert says == "The task asks for 1 function: backprop."


def test_a_function_that_spoils_its_inputs_and_stops_does_not_spoil_the_next_check():
    task, right = Task("07-backprop"), space(TASKS["07-backprop"]["solution"])["backprop"]

    def spoils(layers, trace, y):
        dz = trace.p
        dz -= y
        return dz @ trace.h[0]

    assert task.check(spoils).startswith("It raises ValueError on line 4 of spoils: ")
    assert task.check(right).startswith("Right: ")


def test_what_changes_its_arguments_is_told_so():
    program = TASKS["04-descend"]["solution"].replace(
        "new.append((W - alpha * dW, b - alpha * db))",
        "W -= alpha * dW\n        b -= alpha * db\n        new.append((W, b))",
    )
    says = "descend changes what it is given: make new arrays, leave the old ones."
    assert verdict_of("04-descend", program) == (False, says)
    assert in_page("04-descend", program) == [(False, says)]


def test_a_wrong_value_that_no_mistake_explains_is_shown_beside_the_right_one():
    program = TASKS["02-average"]["solution"].replace("return total", "return 1.5 * total")
    verdict = judged("02-average", program)
    (name, got), (_, want) = verdict["got"][0], verdict["want"][0]
    assert name == "the average"
    assert np.isclose(got, 1.5 * want)
    assert f"wanted is {want:.4g}" in verdict["says"]


@pytest.mark.parametrize(
    ("got", "wanted"), [("-0.5", "−0.5"), ("-2e-5", "−2e−05"), ("-0.0", "0"), ("3", "3")]
)
def test_a_number_of_a_verdict_has_a_true_minus_sign_and_zero_has_none(got, wanted):
    right = "return total / count"
    program = TASKS["02-average"]["solution"].replace(right, f"return {got}")
    verdict = verdict_of("02-average", program)
    assert verdict[1].startswith(f"the average is {wanted} on ")
    assert in_page("02-average", program) == [verdict]


def test_what_is_wanted_has_a_true_minus_sign_too():
    says = verdict_of("07-one-layer", TASKS["07-one-layer"]["start"])[1]
    assert says.endswith("wanted is −0.684."), says


@pytest.mark.parametrize("name", ["07-backprop", "08-train"])
def test_the_right_function_trains_along_the_right_curve(name):
    plan = request(TASKS[name]["train"])
    repeat = {**plan["repeat"], "times": 5 * plan["repeat"]["every"]}
    asked = {"setup": plan["setup"], "repeat": repeat}
    (result,) = run_all([(TASKS[name]["solution"], asked)])
    assert result["error"] is None
    losses = [told["items"][0]["value"] for _, told in result["told"]]
    assert np.allclose(losses, plan["right"]["losses"][:6], atol=1e-4)
    assert plan["right"]["birds"] == 333
