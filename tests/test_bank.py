"""The question bank says what is wrong, and believes no answer without a proof."""

import copy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from nn_widgets.bank import BankError, find_bank, load_bank, load_chapter
from nn_widgets.proofs import ProofError, evaluate

ROOT = Path(__file__).parents[1]
EXAMPLE = Path(__file__).parent / "data" / "example.yml"

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
    path.write_text(yaml.safe_dump({"title": "Test", "items": list(items)}), "utf-8")
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
    assert [item.kind for item in chapter.items] == ["true-false", "choice", "numeric", "order"]
    doubt = chapter.items[2]
    for variant in doubt.variants:
        assert variant.answer == pytest.approx(-np.log(variant.names["prob"]))


@pytest.mark.skipif(not (ROOT / "book" / "quizzes").is_dir(), reason="the bank is not here yet")
def test_every_answer_of_the_book_is_proved():
    assert load_bank(ROOT / "book" / "quizzes")


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
        (changed(CHOICE, proof=None), "item pick, field options 1: proof is missing."),
        (changed(CHOICE, hint="no"), "item pick, field (the whole item): hint is not a known key."),
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
        (changed(NUMERIC, tolerance=-1), "item count, field tolerance"),
        (changed(NUMERIC, given={"Bad Name": "1"}), "item count, field given"),
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


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (
            changed(TABLE, statements__1__answer=True),
            "statements 2 answer: it says True, the proof",
        ),
        (changed(CHOICE, proof="[False, True]"), "options 1 right: it says True, the proof False."),
        (changed(CHOICE, proof="[True]"), "field proof: it must give 2 booleans"),
        (changed(CHOICE, proof="[1, 0]"), "options 1 proof: 1 and True are no booleans."),
        (changed(NUMERIC, answer="5"), "field answer: it says 5, the proof 4."),
        (changed(NUMERIC, answer="np.nan"), "field answer: it must be one finite number"),
        (changed(ORDER, proof="['a', 'c', 'b']"), "field parts"),
        (changed(ORDER, proof="['a', 'b']"), "field parts"),
        (
            changed(ORDER, parts__0__after=["b"]),
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
    item["statements"][0]["answer"] = "num > 0"
    variants = load(tmp_path, item).items[0].variants
    assert {variant.right[0] for variant in variants} == {True, False}
    assert all(v.right == [v.names["num"] > 0, False] for v in variants)


def test_a_fixed_answer_must_hold_for_all_numbers(tmp_path):
    item = changed(TABLE, proof="[num > 0, False]", given={"num": "rng.normal()"})
    with pytest.raises(BankError, match="statements 1 answer"):
        load(tmp_path, item)


def test_fresh_numbers_are_the_same_in_every_build(tmp_path):
    item = changed(NUMERIC, given={"num": "rng.integers(9)"}, answer="num", proof="num + 0")
    first, second = (load(tmp_path, item, name=f"0{n}-test.yml").items[0] for n in (1, 2))
    assert first.variants == second.variants
    assert len({variant.answer for variant in first.variants}) > 3


def test_a_slip_as_good_as_the_answer_is_never_drawn(tmp_path):
    item = changed(NUMERIC, given={"num": "rng.integers(3)"}, answer="num", proof="num + 0")
    item["slips"] = [{"value": "2 * num", "reason": "Once is enough."}]
    assert all(variant.answer != 0 for variant in load(tmp_path, item).items[0].variants)
    item["slips"][0]["value"] = "num"
    with pytest.raises(BankError, match="slips 1 value"):
        load(tmp_path, item)


def test_the_parts_never_start_in_a_right_order(tmp_path):
    item = changed(ORDER, parts__2__after=["a"], proof="order.index('a') < order.index('c')")
    places = load(tmp_path, item).items[0].variants[0].shuffled
    assert places.index(2) < places.index(0)


def test_a_step_that_lacks_what_it_needs_makes_an_order_wrong(tmp_path):
    steps = "{'a': lambda s: s | {'a': 1}, 'b': lambda s: s | {'b': s['a']}, "
    steps += "'c': lambda s: s | {'c': s['b']}}"
    proof = "(s := {}, [s := steps[k](s) for k in order], 'c' in s)[-1]"
    assert load(tmp_path, changed(ORDER, given={"steps": steps}, proof=proof))


def test_the_first_numbers_can_be_fixed(tmp_path):
    item = changed(NUMERIC, given={"num": "rng.integers(9)"}, answer="num", proof="num + 0")
    variants = load(tmp_path, {**item, "first": {"num": 100}}).items[0].variants
    assert variants[0].answer == 100
    assert all(variant.answer < 9 for variant in variants[1:])


def test_an_edited_question_has_another_fingerprint(tmp_path):
    first = load(tmp_path, CHOICE).items[0]
    second = load(tmp_path, changed(CHOICE, options__0__reason="Another reason.")).items[0]
    assert first.fingerprint != second.fingerprint


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title: x\nitems:\n  - id: [", "line 3: the YAML is broken"),
        ("title: x\ntitle: y\nitems: []", "line 2: the YAML is broken, title stands twice"),
        ("title: x\nitems: []", "field items: it needs at least 1 entries"),
        ("- a\n- b", "it must be a object"),
        ("", "it must be a object"),
        ("title: x\nitems: [1]", "item 1, field (the whole item)"),
        ("title: 2026-01-01\nitems: []", "YAML is broken"),
        ("title: !!python/object/apply:os.system ['true']\nitems: []", "the YAML is broken"),
        ("{[1]: 2}", "the YAML is broken"),
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
        "import os",
        "1 +",
        "1 / 0",
        "unknown",
        "[name for name in _validate]",
    ],
)
def test_a_proof_sees_nothing_but_nn_core_and_numpy(expression):
    with pytest.raises(ProofError):
        evaluate(expression, {})


def test_a_proof_that_does_not_end_is_stopped(monkeypatch):
    monkeypatch.setattr("nn_widgets.proofs.SECONDS", 0.1)
    with pytest.raises(ProofError, match="it takes more than"):
        evaluate("sum(1 for i in range(10**9))", {})


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
    assert find_bank("/") == Path(__file__).parents[1] / "book" / "quizzes"
    monkeypatch.setattr("nn_widgets.bank.__file__", "/elsewhere/nn_widgets/bank.py")
    with pytest.raises(BankError, match="no folder quizzes"):
        find_bank("/")


def test_the_command_line_says_what_is_wrong_and_fails(tmp_path):
    command = [sys.executable, "-m", "nn_widgets.bank_check", str(tmp_path)]
    load(tmp_path, CHOICE)
    good = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (good.returncode, "1 items, every answer proved" in good.stdout) == (0, True)
    with pytest.raises(BankError):
        load(tmp_path, changed(CHOICE, proof="[False, True]"))
    bad = subprocess.run(command, capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert bad.stderr.count("\n") == 1
