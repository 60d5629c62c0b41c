"""The questions as a whole: whose they are, what they are about, and that their proofs prove."""

import ast
import copy
import json
import re

import numpy as np
import pytest
from sources import ROOT

from nn_widgets.quiz.bank import load_bank
from nn_widgets.quiz.quiz_text import MATH, fill
from nn_widgets.quiz.schema import texts
from nn_widgets.quiz.variants import draw_variants
from nn_widgets.tex import tex

BOOK = ROOT / "book"
BANK = load_bank(BOOK / "quizzes")
ITEMS = {item.id: item for chapter in BANK for item in chapter.items}
CHAPTERS = [
    "01-topology",
    "02-training",
    "03-loss-complexity",
    "04-gradient-descent",
    "05-cross-entropy",
    "06-softmax-derivative",
    "07-backward-sequence",
    "08-training-a-network",
    "09-checking-gradients",
    "10-automatic-differentiation",
    "11-many-machines",
]


SHOWN = re.compile(r'Quiz\("([^"]+)"(?:, "([^"]+)")?\)')


def entries(source):
    return source.get("statements") or source.get("options") or []


def ids(kind):
    return [name for name, item in ITEMS.items() if item.kind == kind]


def test_every_chapter_has_at_least_six_questions():
    assert [chapter.name for chapter in BANK] == CHAPTERS
    assert min(len(chapter.items) for chapter in BANK) >= 6
    assert sum(len(chapter.items) for chapter in BANK[:7]) >= 50


def test_the_title_of_a_chapter_stands_in_its_notebook_alone():
    titles = [chapter.title for chapter in BANK]
    assert titles[0] == "What is fixed, and what is learned?"
    places = [*BOOK.glob("*.md"), *BOOK.glob("quizzes/*.yml")]
    places += [*BOOK.glob("_theme/*.py"), ROOT / "_toc.yml", ROOT / "_config.yml"]
    for path in places:
        text = path.read_text("utf-8")
        assert [title for title in titles if title in text] == [], path.name


def shown_in(name):
    """(chapter, item) of each quiz cell of a chapter's notebook, from its top to its end."""
    cells = json.loads((BOOK / f"{name}.ipynb").read_text("utf-8"))["cells"]
    code = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return [found for source in code for found in SHOWN.findall(source)]


@pytest.mark.parametrize("chapter", BANK, ids=CHAPTERS)
def test_a_chapter_shows_each_of_its_questions_once_in_the_order_of_the_bank(chapter):
    shown = shown_in(chapter.name)
    if shown != [(chapter.name, "")]:  # all of them at once
        for n, item in enumerate(chapter.items):
            here = shown[n] if n < len(shown) else "no cell"
            assert here == (chapter.name, item.id), f"{item.id} has no cell Quiz(…) in its place"
        assert len(shown) == len(chapter.items)


@pytest.mark.parametrize("chapter", BANK, ids=CHAPTERS)
def test_every_chapter_has_a_number_to_find_that_is_fresh_on_each_try(chapter):
    answers = [
        {fill(item.source["prompt"], variant.names) for variant in item.variants}
        for item in chapter.items
        if item.kind == "numeric"
    ]
    assert max(map(len, answers)) > 1


def test_the_notes_two_statements_on_the_gradient_are_true():
    item = ITEMS["what-the-gradient-is"]
    assert [entry["text"] for entry in item.source["statements"]] == [
        "The gradient is an $n$-dimensional vector.",
        "Where it is not zero, the gradient points the way in which the loss increases fastest.",
    ]
    assert item.variants[0].data["right"] == [True, True]


def test_the_notes_seven_statements_on_the_bias_gradients_have_the_notes_answers():
    item = ITEMS["the-vector-of-bias-gradients"]
    first = item.variants[0]
    notes = [0.45, -0.30, 1.2, 0.20, 0.55]
    assert [first.names[f"g{k}"] for k in range(1, 6)] == notes
    assert first.data["right"] == [True, False, True, False, True, False, True]


def test_fresh_bias_gradients_change_every_answer_but_the_last():
    rights = np.array(
        [variant.data["right"] for variant in ITEMS["the-vector-of-bias-gradients"].variants]
    )
    assert (rights[:, :6].any(axis=0) & ~rights[:, :6].all(axis=0)).all()
    assert rights[:, 6].all()


@pytest.mark.parametrize(
    ("name", "price"), [("price-when-mostly-right", 0.223), ("price-when-mostly-wrong", 2.303)]
)
def test_the_notes_two_prices_are_asked_with_the_notes_numbers(name, price):
    first = ITEMS[name].variants[0]
    assert [first.names[f"p{k}"] for k in (1, 2, 3)] == [0.8, 0.1, 0.1]
    assert first.data["answer"] == pytest.approx(price, abs=5e-4)


def test_six_of_the_eleven_gradients_come_in_the_notes_order():
    parts = ITEMS["eleven-gradients"].source["parts"]
    notes = ["dz3", "dW3", "dh2", "dz2", "dW2", "dh1", "dz1", "dW1"]
    asked = ["dz3", "dh2", "dz2", "dW2", "dh1", "dz1"]
    assert [part["id"] for part in parts] == asked == [name for name in notes if name in asked]


def test_each_of_these_gradients_waits_for_what_its_rule_names_and_no_more():
    for part in ITEMS["eleven-gradients"].source["parts"]:
        kind, layer = part["id"][:2], int(part["id"][2])
        rule = {"dW": [f"dz{layer}"], "db": [f"dz{layer}"], "dh": [f"dz{layer + 1}"]}
        wanted = rule.get(kind, [f"dh{layer}"] if layer < 3 else [])
        assert part.get("after", []) == wanted, part["id"]


def test_the_five_steps_come_in_the_notes_order():
    parts = ITEMS["five-steps"].source["parts"]
    assert [part["id"] for part in parts] == ["feed", "losses", "average", "gradient", "update"]


# Each documented misconception, and where it is met: an item, and the wrong answer it leads to.
@pytest.mark.parametrize(
    ("name", "mistake"),
    [
        ("one-preactivation", lambda v: v["w11"] * v["h1"] + v["w21"] * v["h2"] + v["b1"]),
        ("one-entry-of-dh", lambda v: v["w11"] * v["d1"] + v["w12"] * v["d2"]),
        ("one-entry-of-dw", lambda v: v["d2"] * v["h1"]),
        ("through-the-sigmoid", lambda v: v["dh"]),
        ("one-step", lambda v: v["w"] + v["alpha"] * v["g"]),
        ("one-entry-of-dz", lambda v: 1 - v["p2"]),
        ("one-entry-of-dz", lambda v: v["p2"] * (1 - v["p2"])),
        ("a-number-used-twice", lambda v: v["cb"] * v["db"]),
        ("average-of-four", lambda v: v["l1"] + v["l2"] + v["l3"] + v["l4"]),
        ("count-parameters", lambda v: v["n0"] * v["n1"] + v["n1"] * v["n2"] + v["n2"] * v["n3"]),
        ("price-of-a-fresh-prediction", lambda v: -np.log10(v["part"])),
    ],
)
def test_a_documented_slip_is_recognised(name, mistake):
    for variant in ITEMS[name].variants:
        assert np.isclose(variant.data["slips"], mistake(variant.names)).any()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("from-input-two-to-neuron-three", "$W^1_{23}$"),
        ("shape-of-the-second-matrix", "(5, 4)"),
        ("a-flock-in-columns", "(342, 2)"),
        ("which-product-gives-dw", "`h @ dz.T`"),
        ("sure-and-wrong", "$1$, the largest possible price"),
        ("nan-at-a-thousand", "Replace every nan in the result by zero"),
        ("wrong-class-by-the-chain-rule", "$0$"),
        ("one-sigma-prime-missing", "$dW^2$ and $dW^1$"),
        ("square-matrices", "It stops with an error about shapes that do not fit"),
    ],
)
def test_a_documented_misconception_is_offered_as_a_wrong_option(name, wrong):
    options = ITEMS[name].source["options"]
    place = [option["text"] for option in options].index(wrong)
    assert not ITEMS[name].variants[0].data["right"][place]


@pytest.mark.parametrize("name", ITEMS)
def test_every_question_names_a_misconception_and_gives_each_answer_its_own_reason(name):
    source = ITEMS[name].source
    entries = [one for several in source.values() if isinstance(several, list) for one in several]
    reasons = [one["reason"] for one in [source, *entries] if "reason" in one]
    assert source["misconception"]
    assert len(set(reasons)) == len(reasons) > bool(entries)
    assert min(map(len, reasons)) > 20


@pytest.mark.parametrize("name", ITEMS)
def test_no_reason_is_praise(name):
    for field, text in texts(ITEMS[name].source):
        assert not re.search(r"\b(Correct|Right|Well done|Exactly|Wrong)[.,:!]", text), field
        assert not re.search(r"(?<![\d}])!", text), field


def test_the_right_option_is_seldom_the_longest():
    longest = 0
    singles = [name for name in ids("choice") if not ITEMS[name].source.get("several")]
    for name in singles:
        lengths = [len(option["text"]) for option in ITEMS[name].source["options"]]
        right = ITEMS[name].variants[0].data["right"].index(True)
        longest += lengths[right] == max(lengths) and lengths.count(max(lengths)) == 1
    assert longest <= len(singles) / 2


def test_the_right_option_stands_in_every_place_about_as_often():
    singles = [ITEMS[n] for n in ids("choice") if not ITEMS[n].source.get("several")]
    places = [item.variants[0].data["right"].index(True) for item in singles]
    assert set(places) == {0, 1, 2, 3}
    assert max(map(places.count, places)) <= len(places) / 2


def proofs(source):
    return [source[key] for key in ("proof",) if key in source] + [
        entry["proof"] for entry in entries(source)
    ]


@pytest.mark.parametrize("name", ITEMS)
def test_every_proof_computes(name):
    given = ITEMS[name].source.get("given", {})
    for proof in proofs(ITEMS[name].source):
        names = {node.id for node in ast.walk(ast.parse(proof)) if isinstance(node, ast.Name)}
        assert names & {*given, "np", "order", "count_parameters", "cross_entropy"}, proof


@pytest.mark.parametrize("name", [*ids("true-false"), *ids("choice")])
def test_no_proof_lets_the_opposite_answer_pass(name):
    source = ITEMS[name].source
    key = "answer" if "statements" in source else "right"
    for place, entry in enumerate(entries(source)):
        turned = copy.deepcopy(source)
        stated = entry.get(key, False)
        opposite = f"not ({stated})" if isinstance(stated, str) else not stated
        entries(turned)[place][key] = opposite
        assert draw_variants(turned)[1], entry["text"]


@pytest.mark.parametrize("name", ids("numeric"))
def test_no_proof_lets_a_shifted_number_pass(name):
    shifted = copy.deepcopy(ITEMS[name].source)
    shifted["answer"] = f"({shifted['answer']}) * 1.001"
    assert draw_variants(shifted)[1]


@pytest.mark.parametrize("name", ids("order"))
def test_no_proof_lets_reversed_lines_pass(name):
    turned = copy.deepcopy(ITEMS[name].source)
    turned["parts"] = [
        {key: value for key, value in part.items() if key != "after"}
        for part in reversed(turned["parts"])
    ]
    assert draw_variants(turned)[1]


@pytest.mark.parametrize("chapter", BANK, ids=CHAPTERS)
def test_every_formula_renders(chapter):
    formulas = {
        part.strip("$").strip()
        for item in chapter.items
        for _, text in texts(item.source)
        for variant in item.variants[:2]
        for part in MATH.split(fill(text, variant.names))[1::2]
    }
    for formula in formulas:
        html = tex.render(formula, False)
        assert "katex-error" not in html, formula
