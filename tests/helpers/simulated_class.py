"""A class that does not exist: files of answers, made by chance and counted as they are made.

Nothing here asks the page's own code: a right answer is right because it is made from the bank's
data, and a wrong one is wrong in a way that is noted when it is written.
"""

import json
import re
from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np

from nn_widgets.quiz.quiz_text import fill

FORMAT = "the-backward-pass answers"
TERM = 1_790_000_000_000  # a day of the term, in milliseconds
DAY = 86_400_000


class Try(NamedTuple):
    """One answer: what is written, and what is wrong in it."""

    answer: object
    right: bool
    slips: tuple


class Counted:
    """What the files hold of one question or task."""

    def __init__(self):
        self.answered = self.first = self.last = 0
        self.wrong = Counter()

    @property
    def need(self):
        """Who was wrong at the first try, and once more who is wrong at last."""
        return (self.answered - self.first) + (self.answered - self.last)


class Class:
    """Files by name, and what is in them by question and by file."""

    def __init__(self, chapters, tasks, rng, students=27):
        self.rng, self.tasks = rng, tasks
        # A kind of which nobody has said how to be wrong stays unanswered.
        items = [item for chapter in chapters for item in chapter.items]
        self.items = [item for item in items if item.kind in KINDS]
        self.questions, self.programs = defaultdict(Counted), defaultdict(Counted)
        self.files, self.progress = {}, {}
        for n in range(students):
            self._student(n)

    def _student(self, n):
        rng = self.rng
        share = rng.choice([0.1, 0.5, 1.0])  # some are half done
        skill = rng.uniform(0.2, 0.95)
        name = ["", f"Pupil {n}", f"=cmd|'/C calc'!A{n}"][n % 3]
        answers, done = {}, Counter()
        for item in self.items:
            if rng.random() < share:
                answers[item.id] = self._answered(item, skill, done)
        for task in self.tasks:
            if rng.random() < share:
                answers[f"task-{task.id}"] = self._programmed(task, skill, done)
        file = f"answers ({n}).json"
        self.files[file] = written(answers, name=name, saved=TERM + n)
        self.progress[file] = name, done

    def _answered(self, item, skill, done):
        rng = self.rng
        variants = rng.integers(len(item.variants), size=rng.integers(1, 4))
        tries = [attempt(item, int(n), rng.random() < skill, rng) for n in variants]
        first, last = tries[0], tries[-1]
        counted = self.questions[item.id]
        counted.answered += 1
        counted.first += first.right
        counted.last += last.right
        counted.wrong.update((last if first.right else first).slips)
        done.update(answered=1, first=first.right, last=last.right, tries=len(tries))
        checks = [
            {"a": t.answer, "n": int(n), "c": word(t.right), "at": self._time()}
            for t, n in zip(tries, variants, strict=True)
        ]
        draft = rng.random() < 0.1  # the reader has begun to answer once more
        state = {**{k: checks[-1][k] for k in "nac"}, **({"c": ""} if draft else {})}
        return {"f": item.fingerprint, **state, "t": trail(checks)}

    def _programmed(self, task, skill, done):
        rng = self.rng
        known = [mistake["says"] for mistake in task.source["mistakes"]]
        known += ["missing σ′", "dW and db swapped", "sign"] if task.source["diagnose"] else []
        tries = [bool(rng.random() < skill) for _ in range(rng.integers(1, 5))]
        failed = [right for right in tries if known and not right]
        named = list(dict.fromkeys(str(rng.choice(known)) for _ in failed))
        counted = self.programs[f"task-{task.id}"]
        counted.answered += 1
        counted.first += tries[0]
        counted.last += any(tries)
        counted.wrong.update(named)
        done.update(tried=1, solved=any(tries), tries=len(tries))
        checks = [{"a": None, "n": 0, "c": word(right), "at": self._time()} for right in tries]
        t = {**trail(checks), "named": two_at_once(named)} if named else trail(checks)
        return {"f": task.fingerprint, "n": 0, "a": "x = 1", "c": word(tries[-1]), "t": t}

    def _time(self):
        return int(TERM - self.rng.integers(30 * DAY))


def two_at_once(named):
    """Write the first two of the kinds of mistakes as the judge writes two in one program."""
    if len(named) > 1 and not any(name.endswith(".") for name in named[:2]):
        return [" and ".join(named[:2]), *named[2:]]
    return named


def word(right):
    """Return a verdict as a file has it."""
    return "right" if right else "wrong"


def trail(checks):
    """Return what the checks of one question leave in a file."""
    right = sum(check["c"] == "right" for check in checks)
    ends = {"first": checks[0], "last": checks[-1]}
    return {"tries": len(checks), "right": right, "step": 0, **ends}


def written(answers, **about):
    """Return the text of a file."""
    about = {key: value for key, value in about.items() if value != ""}
    return json.dumps({"format": FORMAT, "version": 1, **about, "answers": answers})


def attempt(item, n, right, rng):
    """Answer a question, rightly or not.

    A slip is a pair: what the reader did, and the words of the entry, or of the reason.
    """
    data = item.variants[n].data
    return KINDS[item.kind](item, data, right, rng)


def _choice(item, data, right, rng):
    truth = data["right"]
    if right:
        return Try(truth, True, ())
    options = item.source["options"]
    if item.source.get("several"):
        flips = rng.choice(len(truth), size=rng.integers(1, len(truth)), replace=False)
        answer = [bool(is_so ^ (k in flips)) for k, is_so in enumerate(truth)]
        if not any(answer):
            return _choice(item, data, False, rng)
    else:
        answer = [False] * len(truth)
        answer[rng.choice([k for k, is_so in enumerate(truth) if not is_so])] = True
    wrong = [k for k, (mine, is_so) in enumerate(zip(answer, truth, strict=True)) if mine != is_so]
    if sum(answer) == sum(truth) == 1:
        wrong = [answer.index(True)]
    does = ["chosen" if answer[k] else "left out" for k in wrong]
    texts = [plain(item, options[k]["text"]) for k in wrong]
    return Try(answer, False, tuple(zip(does, texts, strict=True)))


def _true_false(item, data, right, rng):
    truth = data["right"]
    flips = [] if right else rng.choice(len(truth), size=rng.integers(1, 3), replace=False)
    answer = [bool(is_so ^ (k in flips)) for k, is_so in enumerate(truth)]
    texts = [plain(item, item.source["statements"][k]["text"]) for k in flips]
    return Try(answer, right, tuple(("judged wrongly", text) for text in texts))


def _numeric(item, data, right, rng):
    wanted, slips, tolerance = data["answer"], data["slips"], data["tolerance"]
    if right:
        return Try(typed(wanted), True, ())
    value = wanted + 10 * (tolerance + 1) + 1000.123
    if slips and rng.random() < 0.8:
        value = float(rng.choice(slips))
    found = [
        k for k, slip in enumerate(slips) if abs(slip - float(typed(value))) <= tolerance + 1e-9
    ]
    if not found and value in slips:
        return _numeric(item, data, False, rng)  # six decimals do not do
    if not found:
        return Try(typed(value), False, (("another number typed", ""),))
    reason = plain(item, item.source["slips"][found[0]]["reason"])
    return Try(typed(value), False, (("typed with a known slip", reason),))


def typed(value):
    """Write a number that can mean one thing only."""
    return f"{value:.7f}"


def _order(item, data, right, rng):
    after, parts = data["after"], {part["id"]: part["text"] for part in item.source["parts"]}

    def early(order):
        return [p for k, p in enumerate(order) if p not in _possible(order[: k + 1], after)]

    while True:
        order = [str(part) for part in rng.permutation(list(parts))] if not right else list(parts)
        wrong = early(order)
        if bool(wrong) != right:
            texts = [plain(item, parts[part]) for part in wrong]
            return Try(order, right, tuple(("placed too early", text) for text in texts))


def _possible(parts, after):
    """Those of some parts that can be done, in whatever order, with no other part."""
    done = set()
    for _ in parts:
        done |= {part for part in parts if done.issuperset(after[part])}
    return done


def plain(item, text):
    """Return the letters and digits of a text with its first numbers, whatever sets it."""
    return letters(fill(text, item.variants[0].names))


def letters(text):
    """Leave out all that typesetting may change; −1 is not 1, however its minus is written."""
    text = re.sub(r"\s", "", text.replace("&nbsp;", ""))
    return re.sub(r"[^A-Za-z0-9~]", "", re.sub(r"[-−](?=\d)", "~", text))


KINDS = {"choice": _choice, "true-false": _true_false, "numeric": _numeric, "order": _order}
ANSWER = {"f": "0123456789ab", "n": 0, "a": "1", "c": "right", "__proto__": {"c": "right"}}
HOSTILE = {
    "markup.json": written({"<img src=x onerror=alert(1)>": {}}, name="<b onclick=alert(1)>A</b>"),
    "prototype.json": written({"__proto__": ANSWER, "constructor": ANSWER}),
    "nested.json": "[" * 3_000_000,
}


def simulated(chapters, tasks, seed=7, students=27):
    """Return a class of `students`, the same for the same seed."""
    return Class(chapters, tasks, np.random.default_rng(seed), students)
