"""Judge the functions that a reader wrote, by what they give on hidden cases, never by their text.

The same text runs in CPython and in the page's engine, hence plain classes and plain loops.
"""

import numpy as np

CLOSE, FAR = 1e-9, 1e-6  # absolute and relative


def judge(task, names):
    """Say whether a reader's functions do what is asked, and if not, what is the matter.

    Parameters
    ----------
    task : dict
        As the task's file has it.
    names : dict
        What the reader's program leaves: the functions by their names.

    Returns
    -------
    verdict : dict
        `right`; `says`, a sentence; `named`, what a known mistake is called, or ""; and where there
        are numbers to show, `on`, the case, with `got` and `want`, lists of pairs of a name and a
        value.

    Raises
    ------
    Exception
        What a reader's function raises on a case, if no known mistake does the same.
    """
    for name in task["functions"]:
        if not callable(names.get(name)):
            return verdict(False, f"Your program has no function {name}.")
    with np.errstate(all="ignore"):
        return judged(task, names)


def judged(task, names):
    """Judge functions that are there."""
    if task.get("diagnose"):
        return diagnosed(names[task["functions"][0]])
    rules = space(task["cases"])
    mine, want = outcomes(task, names, rules), outcomes(task, space(task["solution"]), rules)
    wrong = [k for k in range(len(want)) if not mine[k].same(want[k])]
    changed = [outcome.changed for outcome in mine if outcome.changed]
    if changed:
        return verdict(False, changed[0])
    if not wrong:
        return verdict(True, f"Right on {len(want)} hidden cases.")
    says = known(task, mine, wrong, rules)
    return shown(says, task, mine, want, wrong)


def known(task, mine, wrong, rules):
    """Name the mistake that explains every case, or all where there is a finite answer.

    What fails on a case, or overflows there, may hold a second mistake: first things first. So of
    several functions only the first that goes wrong counts.
    """
    own = [k for k in range(len(mine)) if mine[k].name == mine[wrong[0]].name]
    finite = [k for k in own if mine[k].finite()]
    others = [k for k in own if k not in finite]
    partly = ""
    for mistake in task["mistakes"]:
        names, cases = space(with_mistake(task, mistake)), rules["cases"]()

        def as_mine(k, names=names, cases=cases):
            return mine[k].same(outcome_of(task, names, rules, cases[k]))

        if not all(as_mine(k) for k in finite):
            continue
        if all(as_mine(k) for k in others):
            return mistake["says"]
        if not partly and any(k in wrong for k in finite):
            partly = mistake["says"]
    return partly


def diagnosed(function):
    """Judge a backward pass as `diagnose` does."""
    from copy import deepcopy

    from nn_core.diagnosis import diagnose
    from nn_core.trials import cases

    found = diagnose(function)
    if found.kind == "raises":
        for case in cases():
            function(*deepcopy((case.layers, case.trace, case.y)))  # it may change what it is given
    named = found.kind if found.mistakes else ""
    return verdict(found.kind in ("right", "precision"), found.sentence, named)


def verdict(right, says, named="", on="", got=(), want=()):
    """Put together what `judge` returns."""
    found = {"right": right, "says": says, "named": named, "on": on}
    found["got"], found["want"] = list(got), list(want)
    return found


def space(source):
    """Run a program in a namespace of its own."""
    names = {}
    exec(source, names)
    return names


def with_mistake(task, mistake):
    """Return the solution's program with a known mistake in it."""
    return task["solution"].replace(mistake["line"].strip(), mistake["instead"].strip())


class Outcome:
    """What a function did on a case: a value or an error, and what it changed."""

    def __init__(self, label, name):
        self.label = label
        self.name = name
        self.value = None
        self.error = None
        self.changed = ""

    def finite(self):
        """Tell whether there is a value, and no number in it that is not finite."""
        return self.error is None and self.value is not None and same(self.value, self.value, 0)

    def same(self, other):
        """Tell whether two functions did the same: gave equal values, or both failed."""
        if self.error or other.error:
            return bool(self.error and other.error)
        return same(self.value, other.value)


def outcomes(task, names, rules):
    """Run functions on every case. Each case is made anew: what one changes, no other sees."""
    found, cases = [], rules["cases"]
    for k in range(len(cases())):
        case, given = cases()[k], cases()[k][1]
        outcome = outcome_of(task, names, rules, case)
        if not outcome.error and not unchanged(case[1], given):
            says = f"{outcome.name} changes what it is given: make new arrays, leave the old ones."
            outcome.changed = says
        found.append(outcome)
    return found


def outcome_of(task, names, rules, case):
    """Run a function on a case."""
    label, args, *name = case
    outcome = Outcome(label, name[0] if name else task["functions"][0])
    try:
        outcome.value = names[outcome.name](*args)
        if rules.get("seen"):
            outcome.value = rules["seen"](outcome.value, *args)
    except Exception as error:
        outcome.error = error
    return outcome


def unchanged(args, given):
    """Tell whether arguments are still what they were; generators and functions may move on."""
    if isinstance(given, (list, tuple)):
        same_length = len(args) == len(given)
        return same_length and all(unchanged(a, b) for a, b in zip(args, given))  # noqa: B905
    return not isinstance(given, (np.ndarray, float, int)) or same(args, given)


def same(a, b, nan=1):
    """Tell whether two values are equal as far as rounding goes, and of the same shapes.

    What is not finite is equal to what is not finite, unless `nan` is 0.
    """
    if isinstance(b, (list, tuple)):
        if not isinstance(a, (list, tuple)) or len(a) != len(b):
            return False
        return all(same(one, other, nan) for one, other in zip(a, b))  # noqa: B905
    a, b = numbers(a), numbers(b)
    return a is not None and b is not None and a.shape == b.shape and not far(a, b, nan).any()


def numbers(value):
    """Return a value as an array of floats, or None if it is none."""
    if value is None or isinstance(value, str):
        return None
    try:
        array = np.array(value, dtype=float)
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return None
    return np.where(np.isfinite(array), array, np.nan)  # what is not finite is wrong in one way


def far(a, b, nan=1):
    """Tell where two arrays differ, as an array of at least one dimension."""
    a, b = a.reshape(-1), b.reshape(-1)
    equal = np.abs(a - b) <= CLOSE + FAR * np.abs(b)
    return ~(equal | ((a != a) & (b != b))) if nan else ~equal


def shown(says, task, mine, want, wrong):
    """Report the first case that goes wrong: a known mistake's sentence, or what there is to say.

    What a reader's function raises on it is raised again, unless the mistake is known.
    """
    name = says
    visible = [k for k in wrong if not mine[k].error] if says else wrong
    if not visible:
        return verdict(False, says, name)
    outcome, right = mine[visible[0]], want[visible[0]]
    if outcome.error:
        raise outcome.error
    got, wanted = (named(returned(task, outcome.name), one.value) for one in (outcome, right))
    says = says or right_ones(task, mine, wrong) + difference(task, outcome, got, wanted)
    return verdict(False, says, name, outcome.label, got, wanted)


def right_ones(task, mine, wrong):
    """Name the functions of a task that are right already, if it asks for several."""
    failed = [mine[k].name for k in wrong]
    good = [name for name in task["functions"] if name not in failed]
    return f"Right: {', '.join(good)}. " if good else ""


def returned(task, name):
    """Return what a function of a task returns, in the words of its file."""
    kind = task["returns"]
    return kind[name] if isinstance(kind, dict) else kind


def named(kind, value):
    """Return a value's arrays with their names, in the order in which they are looked at."""
    if kind in ("gradients", "layers"):
        pair = ("dW", "db") if kind == "gradients" else ("W", "b")
        if not isinstance(value, (list, tuple)):
            return [("the result", value)]
        parts = []
        for n in range(len(value)):
            if not isinstance(value[n], (list, tuple)) or len(value[n]) != 2:
                return [("the result", value)]
            two = [(f"{pair[k]}{n + 1}", value[n][k]) for k in (0, 1)]
            parts = two + parts if kind == "gradients" else parts + two  # gradients go backwards
        return parts
    if isinstance(kind, str):
        return [(kind, value)]
    if isinstance(value, (list, tuple)) and len(value) == len(kind):
        return [(kind[n], value[n]) for n in range(len(kind))]
    return [("the result", value)]


def difference(task, outcome, got, want):
    """Say what is different: nothing returned, another form, a shape, a number."""
    on = f"on {outcome.label}"
    if outcome.value is None:
        return f"{outcome.name} returns nothing {on}: is the return there?"
    if len(got) != len(want) or [name for name, _ in got] != [name for name, _ in want]:
        wanted = ", ".join([name for name, _ in want])
        kind = returned(task, outcome.name)
        if isinstance(kind, list):
            wanted = " and ".join(kind)
        return f"{outcome.name} does not return what is asked {on}: wanted is {wanted}."
    for (name, a), (_, b) in zip(got, want):  # noqa: B905
        said = part_difference(name, a, b, on)
        if said:
            return f"{outcome.name}: {said}" if len(task["functions"]) > 1 else said
    return f"Something differs {on}."


def part_difference(name, got, want, on):
    """Say how one part differs, or nothing."""
    if isinstance(want, (list, tuple)):
        if not isinstance(got, (list, tuple)):
            return f"{name} is no list {on}."
        if len(got) != len(want):
            entries = "entry" if len(got) == 1 else "entries"
            wanted = "wanted is" if len(want) == 1 else "wanted are"
            return f"{name} has {len(got)} {entries} {on}; {wanted} {len(want)}."
        said = [part_difference(f"{name}[{k}]", got[k], want[k], on) for k in range(len(want))]
        return ([one for one in said if one] or [""])[0]
    a, b = numbers(got), numbers(want)
    if a is None:
        return f"{name} is no array of numbers {on}."
    if a.shape != b.shape:
        turned = " It is the shape of its transpose." if a.shape == tuple(reversed(b.shape)) else ""
        return f"{name} has shape {a.shape} {on}; it must have {b.shape}.{turned}"
    at = far(a, b)
    if not at.any():
        return ""
    k = int(np.argmax(at))
    place = spot(k, b.shape)
    mine, right = a.reshape(-1)[k], b.reshape(-1)[k]
    return f"{name}{place} is {spelled(mine)} {on}; wanted is {spelled(right)}."


def spelled(number):
    """Write a number with a true minus sign; zero has none."""
    return f"{number + 0.0:.4g}".replace("-", "−")


def spot(k, shape):
    """Write the place of an entry as an index."""
    if len(shape) == 2:
        return f"[{k // shape[1]}, {k % shape[1]}]"
    return f"[{k}]" if len(shape) == 1 else ""
