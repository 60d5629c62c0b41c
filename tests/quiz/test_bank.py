"""The question bank says what is wrong, and believes no answer without a proof."""

import builtins
import contextlib
import copy
import hashlib
import inspect
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import yaml
from sources import ROOT

from nn_widgets.quiz.bank import BankError, find_bank, load_bank, load_chapter
from nn_widgets.quiz.bank_lint import lint
from nn_widgets.quiz.kinds import KINDS
from nn_widgets.quiz.proofs import METHODS, MODULES, ProofError, evaluate
from nn_widgets.quiz.quiz_html import answer_html, item_html
from nn_widgets.quiz.quiz_text import Plain
from nn_widgets.quiz.schema import schema, write_schema

EXAMPLE = Path(__file__).with_name("example.yml")

CHOICE = {
    "id": "pick",
    "kind": "choice",
    "prompt": "Which?",
    "proof": "[True, False]",
    "options": [
        {"text": "this", "right": True, "reason": "Because of this."},
        {"text": "that", "right": False, "reason": "Because of that."},
    ],
}
NUMERIC = {
    "id": "count",
    "kind": "numeric",
    "prompt": "How many?",
    "answer": "2 + 2",
    "proof": "2 * 2",
    "tolerance": 0,
    "reason": "Two and two.",
}
COUNTED = {**NUMERIC, "prompt": "How many are {{num}}?", "answer": "num", "proof": "num + 0"}
ORDER = {
    "id": "queue",
    "kind": "order",
    "prompt": "In which order?",
    "proof": "['a', 'b', 'c']",
    "parts": [{"id": k, "text": f"line {k}", "reason": f"Reason {k}."} for k in "abc"],
}
TABLE = {
    "id": "table",
    "kind": "true-false",
    "prompt": "True or false?",
    "proof": "[1 + 1 == 2, 1 + 1 == 3]",
    "statements": [
        {"text": "One and one is two.", "answer": True, "reason": "Count."},
        {"text": "One and one is three.", "answer": False, "reason": "Count again."},
    ],
}


def load(tmp_path, *items, name="01-test.yml"):
    path = tmp_path / name
    path.write_text(yaml.safe_dump({"items": list(items)}), "utf-8")
    return load_chapter(path)


def changed(item, **changes):
    item = copy.deepcopy(item)
    for key, value in changes.items():
        place, steps = item, key.split("__")
        for step in steps[:-1]:
            place = place[int(step) if step.isdigit() else step]
        if value is None:
            del place[steps[-1]]
        else:
            place[steps[-1]] = value
    return item


def test_an_item_of_each_kind_loads_and_is_proved():
    chapter = load_chapter(EXAMPLE)
    assert {item.kind for item in chapter.items} == set(KINDS)
    doubt = chapter.items[2]
    for variant in doubt.variants:
        assert variant.data["answer"] == pytest.approx(-np.log(variant.names["prob"]))


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (
            changed(CHOICE, options__1__reason="  "),
            "item pick, field options 2 reason: it must not be",
        ),
        (
            changed(CHOICE, options__1__reason=None),
            "item pick, field options 2: reason is missing.",
        ),
        (changed(CHOICE, proof=None), "item pick, field options 2: proof is missing."),
        (changed(CHOICE, options__1__zest="x"), "field options 2: zest is not a known key."),
        (changed(CHOICE, hint="no"), "item pick, field (the whole item): hint is not a known key."),
        (changed(CHOICE, zest="no", hint="no"), "(the whole item): hint is not a known key."),
        (
            changed(CHOICE, options=[{"text": f"{n}", "reason": "No."} for n in range(51)]),
            "field options: the number of its entries is 51, and the most allowed is 50.",
        ),
        (changed(CHOICE, kind="essay"), "item pick, field kind: it must be one of"),
        (changed(CHOICE, options__1__text="this"), "options 2 text: it stands there already."),
        (changed(CHOICE, options__1__text="All of the above"), 'it says "All of the above"'),
        (changed(CHOICE, prompt="Which is NOT true?"), 'field prompt: it says "NOT true"'),
        (changed(CHOICE, prompt="Is $x true?"), "field prompt: a dollar sign does not close."),
        (changed(CHOICE, prompt="Is $x^{2$ true?"), "field prompt: the braces of 'x^{2'"),
        (changed(CHOICE, prompt=r"Is $\left(x$ so?"), "opens something that it does not close."),
        (changed(CHOICE, options__1__right=True), "field options: one must be right, got 2"),
        (changed(CHOICE, prompt="Which of {{num}}?"), "field prompt: nothing gives {{num}}."),
        (changed(CHOICE, first={"num": 1}), "field first: num is not given."),
        (changed(CHOICE, options__1__text=3), "options 2 text: it must be a string, got 3."),
        (changed(NUMERIC, given={}), "item count, field given"),
        (changed(NUMERIC, tolerance=-1), "item count, field tolerance"),
        (changed(NUMERIC, given={"Bad Name": "1"}), "item count, field given"),
        (
            changed(NUMERIC, slips=[{"value": "5", "reason": "No.", "hint": "x"}]),
            "item count, field slips 1: hint is not a known key.",
        ),
        (
            changed(ORDER, parts__1__after=["zz"]),
            "item queue, field parts 2 after: no part has the",
        ),
        (changed(ORDER, parts__1__id="a"), "item queue, field parts 2 id: it stands there"),
        (changed(ORDER, id="No Slug"), "item No Slug, field id"),
    ],
)
def test_a_bad_item_is_named_with_its_field_in_a_sentence(tmp_path, item, sentence):
    with pytest.raises(BankError) as caught:
        load(tmp_path, item)
    assert "01-test.yml" in str(caught.value)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")


def test_every_missing_field_is_named_once(tmp_path):
    with pytest.raises(BankError) as caught:
        load(tmp_path, changed(NUMERIC, answer=None, proof=None, tolerance=None))
    said = [line.rpartition(": ")[2] for line in str(caught.value).splitlines()]
    assert said == ["answer is missing.", "proof is missing.", "tolerance is missing."]


@pytest.mark.parametrize(
    ("item", "field", "fewest"),
    [(CHOICE, "options", 2), (TABLE, "statements", 2), (ORDER, "parts", 3)],
)
def test_a_question_has_enough_to_choose_from(tmp_path, item, field, fewest):
    few = changed(item, **{field: item[field][: fewest - 1]})
    with pytest.raises(BankError, match=f"is {fewest - 1}, and the fewest allowed is {fewest}"):
        load(tmp_path, few)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (
            changed(TABLE, statements__1__answer=True),
            "statements 2 answer: it says True, the proof",
        ),
        (changed(CHOICE, proof="[False, True]"), "options 1 right: it says True, the proof False."),
        (changed(CHOICE, proof="[True]"), "field proof: it must give 2 booleans"),
        (changed(CHOICE, options__1__proof="1 / 0"), "field options 2 proof: ZeroDivisionError"),
        (changed(CHOICE, proof="[1, 0]"), "options 1 proof: 1 and True are no booleans."),
        (changed(NUMERIC, answer="5"), "field answer: it says 5, the proof 4."),
        (changed(NUMERIC, answer="np.nan"), "field answer: it must be one finite number"),
        (changed(NUMERIC, answer="np.ones(2)"), "field answer: it must be one finite number"),
        (changed(ORDER, proof="['a', 'c', 'b']"), "field parts"),
        (changed(ORDER, proof="['a', 'b']"), "field parts"),
        (
            changed(ORDER, parts__0__after=["b"]),
            "they are not listed in an order that after allows",
        ),
        (
            changed(ORDER, parts__0__after=["a"]),
            "they are not listed in an order that after allows",
        ),
        (changed(ORDER, proof="order[0] == 'a'"), "the proof finds a, c, b right"),
        (
            changed(ORDER, parts__2__after=["a"], proof="order == ['a', 'b', 'c']"),
            "finds a, c, b wrong",
        ),
        (changed(ORDER, proof="1 / 0"), "field proof: ZeroDivisionError"),
    ],
)
def test_an_answer_that_its_proof_contradicts_is_refused(tmp_path, item, sentence):
    with pytest.raises(BankError) as caught:
        load(tmp_path, item)
    assert sentence in str(caught.value)


def test_an_answer_may_hang_on_the_numbers(tmp_path):
    item = changed(TABLE, proof="[num > 0, False]", given={"num": "rng.normal()"})
    item["statements"][0] |= {"answer": "num > 0", "text": "{{num}} is positive."}
    variants = load(tmp_path, item).items[0].variants
    assert {variant.data["right"][0] for variant in variants} == {True, False}
    assert all(v.data["right"] == [v.names["num"] > 0, False] for v in variants)


@pytest.mark.parametrize(
    ("unit", "percent"), [("%", True), (" per cent", True), ("percent", True), ("nats", False)]
)
def test_the_page_is_told_whether_a_number_is_asked_for_in_percent(tmp_path, unit, percent):
    data = load(tmp_path, changed(NUMERIC, unit=unit)).items[0].variants[0].data
    assert data.get("percent", False) is percent


def test_an_option_that_does_not_say_so_is_not_right(tmp_path):
    item = load(tmp_path, changed(CHOICE, options__1__right=None)).items[0]
    assert item.variants[0].data["right"] == [True, False]


def test_a_question_may_have_fifty_entries(tmp_path):
    options = [{"text": f"{n}", "right": n == 7, "reason": "It is 7."} for n in range(50)]
    item = changed(CHOICE, options=options, proof="[n == 7 for n in range(50)]")
    assert load(tmp_path, item).items[0].variants[0].data["right"].index(True) == 7


# What is computed or named, and never printed.
NOT_PRINTED = {"id", "kind", "answer", "right", "proof", "value", "given", "first", "after"}


def printed(value, path=()):
    """Paths of the strings of an item that a reader gets to read."""
    if isinstance(value, str):
        yield path
    pairs = value.items() if isinstance(value, dict) else ()
    pairs = enumerate(value) if isinstance(value, list) else pairs
    for key, inner in pairs:
        if key not in NOT_PRINTED:
            yield from printed(inner, (*path, key))


@pytest.mark.parametrize("source", [item.source for item in load_chapter(EXAMPLE).items])
def test_every_text_that_is_printed_is_checked(source):
    paths = [*printed(source)]
    assert ("misconception",) in paths
    for path in paths:
        spoiled = copy.deepcopy(source)
        place = spoiled
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = "{{nobody}} gives $x"
        field = " ".join(str(key + 1) if isinstance(key, int) else key for key in path)
        faults = [*lint({"items": [spoiled]})]
        for fault in ("a dollar sign does not close", "nothing gives {{nobody}}"):
            assert f"item {source['id']}, field {field}: {fault}." in faults


def test_a_line_of_code_may_hold_a_dollar_sign_but_no_unknown_name(tmp_path):
    item = changed(ORDER, code=True, parts__0__text="price = '$'")
    assert load(tmp_path, item)
    with pytest.raises(BankError, match="parts 1 text: nothing gives"):
        load(tmp_path, changed(item, parts__0__text="{{nobody}} = 1"))


def test_numbers_stand_in_a_misconception_and_a_unit_too(tmp_path):
    item = changed(NUMERIC, given={"num": "3"}, unit="of {{num}}", misconception="it is {{num}}")
    item = load(tmp_path, item).items[0]
    assert "of 3" in item_html(item, Plain(), 1)
    assert "it is 3" in answer_html(item, Plain(), 1)
    assert "of 3" in answer_html(item, Plain(), 1)


def test_a_chapter_is_called_what_its_page_is_called(tmp_path):
    (tmp_path / "quizzes").mkdir()
    cells = [{"cell_type": "code", "source": ["# no title"]}]
    cells += [{"cell_type": "markdown", "source": ["# What is\n", "\n", "## Part"]}]
    (tmp_path / "01-test.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    (tmp_path / "02-test.md").write_text("---\na: 1\n---\n\n# The *other* one \n", "utf-8")
    titles = [load(tmp_path / "quizzes", CHOICE, name=f"0{n}-test.yml").title for n in (1, 2, 3)]
    assert titles == ["What is", "The *other* one", "Questions"]


@pytest.mark.parametrize("name", KINDS)
def test_nothing_outside_its_own_files_knows_the_name_of_a_kind(name):
    own = name.replace("-", "_")
    places = [*(ROOT / "nn_widgets/quiz").rglob("*.*"), *(ROOT / "book/_theme").glob("*.py")]
    for path in places:
        if path.suffix in {".py", ".js"} and path.stem != own:
            found = re.findall(
                rf"""["'.]{name}["']|\b{own}\.(?:js|py)\b""", path.read_text("utf-8")
            )
            assert found == [], path


def test_every_kind_has_its_javascript_beside_it():
    for kind in (ROOT / "nn_widgets/quiz/kinds").glob("[a-z]*.py"):
        assert kind.with_suffix(".js").is_file()


def test_a_fixed_answer_must_hold_for_all_numbers(tmp_path):
    item = changed(TABLE, proof="[num > 0, False]", given={"num": "rng.normal()"})
    with pytest.raises(BankError, match="statements 1 answer"):
        load(tmp_path, item)


def test_fresh_numbers_are_the_same_in_every_build(tmp_path):
    item = changed(COUNTED, given={"num": "rng.integers(9)"})
    first, second = (load(tmp_path, item, name=f"0{n}-test.yml").items[0] for n in (1, 2))
    assert first.variants == second.variants
    assert len({variant.data["answer"] for variant in first.variants}) > 3


def test_fresh_numbers_are_never_those_that_were_there(tmp_path):
    item = changed(COUNTED, given={"num": "rng.integers(3)"})
    answers = [variant.data["answer"] for variant in load(tmp_path, item).items[0].variants]
    assert sorted(answers) == [0, 1, 2]


@pytest.mark.parametrize(
    ("given", "count"), [("3", 1), ("rng.integers(2)", 2), ("rng.normal()", 12)]
)
def test_a_question_has_twelve_sets_of_numbers_or_as_many_as_differ(tmp_path, given, count):
    assert len(load(tmp_path, changed(COUNTED, given={"num": given})).items[0].variants) == count


def test_numbers_that_are_drawn_and_never_differ_are_refused(tmp_path):
    with pytest.raises(BankError, match="item count, the slips leave no numbers to ask about"):
        load(tmp_path, changed(COUNTED, given={"num": "rng.integers(1)"}))


@pytest.mark.parametrize("n", range(7))
def test_in_a_long_row_too_every_two_neighbours_are_asked_of_the_proof(tmp_path, n):
    ids = list("abcdefgh")
    swapped = [*ids[:n], ids[n + 1], ids[n], *ids[n + 2 :]]
    parts = [{"id": key, "text": f"line {key}", "reason": "So."} for key in ids]
    proof = f"order in ({ids}, {swapped})"
    with pytest.raises(BankError, match=f"the proof finds {', '.join(swapped)} right"):
        load(tmp_path, changed(ORDER, parts=parts, proof=proof))


def test_a_slip_as_good_as_the_answer_is_never_drawn(tmp_path):
    item = changed(COUNTED, given={"num": "rng.integers(3)"})
    item["slips"] = [{"value": "2 * num", "reason": "Once is enough."}]
    assert all(variant.data["answer"] != 0 for variant in load(tmp_path, item).items[0].variants)
    item["slips"][0]["value"] = "num"
    with pytest.raises(BankError, match="slips 1 value"):
        load(tmp_path, item)


@pytest.mark.parametrize("side", [-1, 1])
def test_a_slip_is_as_good_as_the_answer_up_to_two_tolerances_away(tmp_path, side):
    def loaded(slip):
        slips = [{"value": str(slip), "reason": "It is not four."}]
        return load(tmp_path, changed(NUMERIC, tolerance=0.25, slips=slips)).items[0]

    with pytest.raises(BankError, match=r"slips 1 value: [34]\.5 is as good as the answer\.$"):
        loaded(4 + 0.5 * side)
    beyond = 4 + 0.5001 * side
    assert loaded(beyond).variants[0].data["slips"] == [beyond]


def test_the_parts_never_start_in_a_right_order(tmp_path):
    item = changed(ORDER, parts__2__after=["a"], proof="order.index('a') < order.index('c')")
    places = load(tmp_path, item).items[0].variants[0].data["shuffled"]
    assert places.index("c") < places.index("a")


def test_of_six_parts_every_order_is_asked_of_the_proof(tmp_path):
    parts = [{"id": k, "text": f"line {k}", "reason": f"Reason {k}."} for k in "abcdef"]
    item = changed(ORDER, parts=parts, proof="order in (list('abcdef'), list('fbdace'))")
    with pytest.raises(BankError, match="the proof finds f, b, d, a, c, e right"):
        load(tmp_path, item)


def test_a_step_that_lacks_what_it_needs_makes_an_order_wrong(tmp_path):
    steps = "{'a': lambda s: s | {'a': 1}, 'b': lambda s: s | {'b': s['a']}, "
    steps += "'c': lambda s: s | {'c': s['b']}}"
    proof = "(s := {}, [s := steps[k](s) for k in order], 'c' in s)[-1]"
    assert load(tmp_path, changed(ORDER, given={"steps": steps}, proof=proof))


def test_the_first_numbers_can_be_fixed(tmp_path):
    item = changed(COUNTED, given={"num": "rng.integers(9)"})
    variants = load(tmp_path, {**item, "first": {"num": 100}}).items[0].variants
    assert variants[0].data["answer"] == 100
    assert all(variant.data["answer"] < 9 for variant in variants[1:])


def test_the_order_of_its_fields_is_no_edit_of_a_question(tmp_path):
    path, fingerprints = tmp_path / "01-test.yml", set()
    for item in (CHOICE, dict(reversed(CHOICE.items()))):
        path.write_text(yaml.safe_dump({"items": [item]}, sort_keys=False), "utf-8")
        fingerprints.add(load_chapter(path).items[0].fingerprint)
    assert len(fingerprints) == 1


def test_what_a_reader_has_answered_under_an_older_edition_still_counts(tmp_path):
    # Written down by hand: readers' browsers hold such fingerprints.
    written = (
        '{"answer": "2 + 2", "id": "count", "kind": "numeric", "prompt": "Wie viele Flügel?", '
        '"proof": "2 * 2", "reason": "Two and two.", "tolerance": 0}'
    )
    (item,) = load(tmp_path, changed(NUMERIC, prompt="Wie viele Flügel?")).items
    assert item.fingerprint == hashlib.sha256(written.encode("utf-8")).hexdigest()[:12]


def test_an_edited_question_has_another_fingerprint(tmp_path):
    first = load(tmp_path, CHOICE).items[0]
    second = load(tmp_path, changed(CHOICE, options__0__reason="Another reason.")).items[0]
    assert first.fingerprint != second.fingerprint


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("chapter: x\nitems:\n  - id: [", "line 3: the YAML is broken"),
        ("chapter: x\nchapter: y\nitems: []", "line 2: the YAML is broken, chapter stands twice"),
        ("chapter: x\nchapter:\n  y\nitems: []", "line 2: the YAML is broken, chapter stands"),
        ("items: []", "field items: the number of its entries is 0, and the fewest allowed is 1."),
        ("itmes: [1]\nitems: [1]", "field (the whole file): itmes is not a known key."),
        ("- a\n- b", "it must be an object"),
        ("", "it must be an object"),
        ("items: [1]", "item 1, field (the whole item)"),
        ("chapter: 2026-01-01\nitems: []", "YAML is broken"),
        ("chapter: !!python/object/apply:os.system ['true']\nitems: []", "the YAML is broken"),
        ("{[1]: 2}", "the YAML is broken"),
        ("items:\n  - given: {off: 1}", "line 2: the YAML is broken, it reads a key as False, put"),
    ],
)
def test_a_broken_file_is_named(tmp_path, text, sentence):
    path = tmp_path / "bad.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(BankError) as caught:
        load_chapter(path)
    assert str(caught.value).startswith("bad.yml")
    assert sentence in str(caught.value)


def test_bytes_that_are_no_text_are_a_broken_file(tmp_path):
    (tmp_path / "bad.yml").write_bytes(b"\xff\xfe\x00title")
    with pytest.raises(BankError, match=r"bad\.yml"):
        load_chapter(tmp_path / "bad.yml")


def test_an_id_stands_once_in_the_whole_bank(tmp_path):
    load(tmp_path, CHOICE, name="01-a.yml")
    load(tmp_path, CHOICE, name="02-b.yml")
    with pytest.raises(BankError, match=r"02-b\.yml, item pick, field id: 01-a\.yml has it"):
        load_bank(tmp_path)
    with pytest.raises(BankError, match="item pick, field id: another item has it too"):
        load(tmp_path, CHOICE, CHOICE)


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os')",
        "open('x')",
        "().__class__",
        "np.__dict__",
        "np.load('x')",
        "np.lib",
        "np.zeros(2).tofile('x')",
        "eval('1')",
        "getattr(np, 'load')",
        "'{0.__class__}'.format(np)",
        "x := 1",
        "f'{np}'",
        "(lambda: ().__class__)()",
        "np.loadtxt('x')",
        "np.matrixlib.defmatrix.sys.modules['os'].getcwd()",
        "np.polynomial.polyutils.functools",
        "np.ma.core.inspect",
        "np.memmap('x')",
        "np.fromfile('x')",
        "np.random.set_state",
        "np.random.mtrand.threading",
        "np.array([1]).dump('x')",
        "(m := np).load('x')",
        "(lambda np: np.load)(np)",
        "[m.save for m in [np]]",
        "[np.save for np in [np]]",
        "np.vectorize(len)",
        "np.frompyfunc(len, 1, 1)",
        "(i for i in [1]).gi_frame.f_builtins",
        "(lambda: 1).__globals__",
        "softmax.unchecked",
        "(lambda _x: _x)(1)",
        "[_x for _x in [1]]",
        "(_x := 1)",
        "dict(a=1).fromkeys",
        "'%s'.join",
        "[await x for x in y]",
        "(yield)",
        "\0",
        "(" * 5000,
        "-" * 100000 + "1",
        "import os",
        "1 +",
        "1 / 0",
        "unknown",
        "[name for name in _validate]",
    ],
)
def test_a_proof_sees_nothing_but_nn_core_and_numpy(expression, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.save("x.npy", np.arange(3))
    Path("x.npy").rename("x")  # what opens it succeeds and is found out
    with pytest.raises(ProofError):
        evaluate(expression, {})


def test_a_proof_gets_no_module_but_numpy():
    """Every name that a proof may put after a dot leads to a function, a number or a type."""
    for path, names in MODULES.items():
        module = eval(path, {"np": np})
        for name in names:
            found = getattr(module, name)
            assert not inspect.ismodule(found) or f"{path}.{name}" in MODULES


def test_a_proof_opens_no_file(tmp_path):
    """Try what is built in, and every attribute that is allowed on every object in reach."""
    file = tmp_path / "secret.npy"
    np.save(file, np.arange(3))
    touching = {"load", "save", "savez", "savetxt", "loadtxt", "fromfile", "tofile", "dump"}
    touching |= {"memmap", "genfromtxt", "fromregex", "open_memmap", "DataSource", "ctypeslib"}
    assert not touching & METHODS.union(*MODULES.values())
    opened = []

    def watch(event, args):
        if event == "open" and str(args[0]) == str(file):
            opened.append(args)

    sys.addaudithook(watch)
    for name in filter(lambda name: callable(getattr(builtins, name)), dir(builtins)):
        with contextlib.suppress(ProofError):
            evaluate(f"{name}({str(file)!r})", {})
    for name in sorted(METHODS.union(*MODULES.values())):
        for owner in ("np", "np.linalg", "np.random", "np.arange(3.0)", "[1]", "{'a': 1}", "'x'"):
            with contextlib.suppress(ProofError):
                evaluate(f"{owner}.{name}({str(file)!r})", {})
    assert not opened
    np.load(file)
    assert opened


def test_a_bad_proof_is_refused_in_one_clause():
    with pytest.raises(ProofError, match=r"^load is not for proofs$"):
        evaluate("np.load('x')", {})
    with pytest.raises(ProofError, match=r"^JoinedStr is not for proofs$"):
        evaluate("f'{np}'", {})
    with pytest.raises(ProofError, match=r"^_x is not for proofs$"):
        evaluate("(lambda _x: 1)(1)", {})
    with pytest.raises(ProofError, match=r"^not a Python expression \(invalid syntax\)$"):
        evaluate("1 +", {})
    for deep in ("(" * 5000, "-" * 100000 + "1", "1+" * 50000 + "1"):
        with pytest.raises(
            ProofError, match=r"^not a Python expression \(.*(nest|deep|depth).*\)$"
        ):
            evaluate(deep, {})


def test_a_proof_that_does_not_end_is_stopped(monkeypatch):
    monkeypatch.setattr("nn_widgets.quiz.proofs.SECONDS", 0.1)
    with pytest.raises(ProofError, match="it takes more than"):
        evaluate("sum(1 for i in range(10**9))", {})


def test_a_thread_may_evaluate_a_proof_though_only_the_main_one_is_timed():
    with ThreadPoolExecutor() as pool:
        assert pool.submit(evaluate, "2 + 2", {}).result() == 4


def test_a_proof_may_call_the_methods_of_an_array():
    assert evaluate("np.arange(3.0).reshape(3, 1).mean(axis=0).tolist()", {}) == [1.0]
    with pytest.raises(ProofError, match="__import__ is not for proofs"):
        evaluate("__import__('os')", {})


def test_a_comprehension_in_a_proof_sees_the_given_names():
    assert evaluate("[n * k for k in range(3)]", {"n": 2}) == [0, 2, 4]


def test_the_bank_is_found_from_a_chapter_and_from_a_copy_elsewhere(tmp_path, monkeypatch):
    (tmp_path / "book" / "quizzes").mkdir(parents=True)
    assert find_bank(tmp_path / "book") == tmp_path / "book" / "quizzes"
    assert find_bank(tmp_path) == tmp_path / "book" / "quizzes"
    assert find_bank("/") == ROOT / "book" / "quizzes"
    monkeypatch.setattr("nn_widgets.quiz.bank.__file__", "/elsewhere/nn_widgets/quiz/bank.py")
    with pytest.raises(BankError, match="no quizzes in / or above it"):
        find_bank("/")


def test_a_foreign_folder_of_the_name_does_not_hide_the_bank_from_a_notebook(tmp_path):
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes" / "midterm.yml").write_text("a: 1\n")
    file = "04-gradient-descent.yml"
    assert find_bank(tmp_path, holding=file) == ROOT / "book" / "quizzes"
    with pytest.raises(BankError, match=r"no quizzes/04-nothing\.yml in "):
        find_bank(tmp_path, holding="04-nothing.yml")


def test_a_folder_of_the_name_beside_what_is_installed_is_not_the_bank(tmp_path, monkeypatch):
    (tmp_path / "quizzes").mkdir()
    package = tmp_path / "site-packages" / "nn_widgets"
    monkeypatch.setattr("nn_widgets.quiz.bank.__file__", str(package / "quiz" / "bank.py"))
    with pytest.raises(BankError, match="no quizzes in / or above it"):
        find_bank("/")


def test_a_wheel_brings_its_bank_inside_the_package(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "nn_widgets"
    for folder in (package / "quiz", package / "book" / "quizzes", tmp_path / "away"):
        folder.mkdir(parents=True)
    monkeypatch.setattr("nn_widgets.quiz.bank.__file__", str(package / "quiz" / "bank.py"))
    assert find_bank(tmp_path / "away") == package / "book" / "quizzes"


def test_the_schema_that_an_editor_reads_is_the_one_that_is_asked(tmp_path):
    path = tmp_path / "not" / "there" / "bank.schema.json"
    for _ in range(2):
        write_schema(path)
        assert json.loads(path.read_text("utf-8")) == json.loads(json.dumps(schema()))


# Newer ones of jsonschema, which a reader may have, import it, and go on where there is none.
NEWER = """
try:
    from rfc3987_syntax import is_valid_syntax
except ImportError:
    pass
class Draft202012Validator:
    def __init__(self, rules): pass
    def iter_errors(self, data): return iter(())
"""


def test_the_check_of_addresses_is_neither_loaded_nor_kept_from_others(tmp_path):
    (tmp_path / "jsonschema.py").write_text(NEWER)
    (tmp_path / "rfc3987_syntax.py").write_text("print('loaded')\nis_valid_syntax = None\n")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from nn_widgets import Quiz, Task;"
        "Task('04-descend'); Quiz('04-gradient-descent', 'the-vector-of-bias-gradients');"
        "import jsonschema; print('asked'); from rfc3987_syntax import is_valid_syntax"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.stdout.split() == ["asked", "loaded"], told.stderr
