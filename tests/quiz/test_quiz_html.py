"""The HTML of questions."""

import json
import re
from pathlib import Path

import pytest
import yaml

from nn_widgets.quiz.bank import find_bank, load_bank, load_chapter
from nn_widgets.quiz.kinds import KINDS
from nn_widgets.quiz.quiz_html import answer_html, further, item_html, quiz_html, readable_html
from nn_widgets.quiz.quiz_text import Plain

EXAMPLE = Path(__file__).with_name("example.yml")


def asked(tmp_path, **fields):
    """A question for a number, as a page shows it."""
    item = {"id": "count", "kind": "numeric", "prompt": "How many?", "answer": "4"}
    item |= {"proof": "2 + 2", "tolerance": 0.1, "reason": "Four.", **fields}
    (tmp_path / "01-test.yml").write_text(yaml.safe_dump({"items": [item]}), encoding="utf-8")
    (loaded,) = load_chapter(tmp_path / "01-test.yml").items
    return loaded


def names(*sections):
    return [re.match(r'<section class="nn-quiz" aria-label="([^"]+)">', s)[1] for s in sections]


def test_questions_that_stand_one_by_one_have_names_of_their_own():
    chapter = load_chapter(find_bank() / "07-backward-sequence.yml")
    pairs = [(chapter, item) for item in chapter.items]
    alone = [quiz_html([pair], Plain(), None, n) for n, pair in enumerate(pairs, start=1)]
    found = names(*alone, quiz_html(pairs, Plain()))
    assert len(set(found)) == len(found) == len(pairs) + 1


def test_the_key_and_a_stored_notebook_show_every_entry_of_a_question():
    chapter = load_chapter(EXAMPLE)
    for item in chapter.items:
        listed = KINDS[item.kind].entries(item.source)
        key = answer_html(item, Plain(), 1)
        stored = readable_html([(chapter, item)], Plain())
        assert stored.count("<li>") == len(listed), item.id
        assert key.count('<div class="nn-entry">') == len(listed or item.source["slips"]), item.id


def test_the_key_numbers_the_parts_of_an_order():
    files = EXAMPLE, find_bank() / "07-backward-sequence.yml"
    items = [item for file in files for item in load_chapter(file).items]
    ordered = [item for item in items if item.kind == "order"]
    for item in ordered:
        marks = re.findall(r"<strong>(\d+)\.</strong>", answer_html(item, Plain(), 1))
        assert marks == [str(n + 1) for n in range(len(item.source["parts"]))]
        looks_like_code = 'class="nn-parts nn-code"' in item_html(item, Plain(), 1)
        assert looks_like_code == item.source.get("code", False)
    assert {item.source.get("code", False) for item in ordered} == {True, False}


@pytest.mark.parametrize("belief", ["all is counted twice", None])
def test_the_key_says_what_is_often_believed_and_nothing_where_that_is_unknown(tmp_path, belief):
    item = asked(tmp_path, **({"misconception": belief} if belief else {}))
    said = re.findall(r"Often believed: ([^<]*)<", answer_html(item, Plain(), 1))
    assert said == [belief] * bool(belief)


def test_the_key_says_of_every_entry_whether_it_is_so():
    says = {"True:": True, "False:": False, "✓ Right:": True, "✗ Not right:": False}
    judged = [item for item in load_chapter(EXAMPLE).items if "right" in item.variants[0].data]
    for item in judged:
        marks = re.findall(r"<strong>([^<]+)</strong>", answer_html(item, Plain(), 1))
        assert [says[mark] for mark in marks] == item.variants[0].data["right"], item.id
    assert {item.kind for item in judged} == {"choice", "true-false"}


def test_where_several_options_may_be_right_they_have_check_boxes_and_the_hint_says_so():
    items = [i for c in load_bank(find_bank()) for i in c.items if i.kind == "choice"]
    for item in items:
        html, several = item_html(item, Plain(), 1), item.source.get("several", False)
        controls = set(re.findall(r'<input type="(\w+)"', html))
        assert controls == {"checkbox" if several else "radio"}, item.id
        assert ("Choose all that are right." if several else "Choose one.") in html, item.id
    assert {item.source.get("several", False) for item in items} == {True, False}


def test_the_page_is_told_how_long_a_complete_answer_is():
    for item in load_chapter(EXAMPLE).items:
        size = len(KINDS[item.kind].entries(item.source)) or 1
        assert f' data-size="{size}"' in item_html(item, Plain(), 1), item.id


def test_a_page_a_stored_notebook_and_the_key_show_the_first_numbers():
    chapter = load_chapter(EXAMPLE)
    item = next(item for item in chapter.items if item.id == "price-of-a-doubt")
    first = item.variants[0]
    assert first.names["prob"] not in [variant.names["prob"] for variant in item.variants[1:]]
    page = item_html(item, Plain(), 1)
    for html in (page, readable_html([(chapter, item)], Plain()), answer_html(item, Plain(), 1)):
        assert f"the probability {first.names['prob']:.2f}" in re.sub(r"[${}]|<[^>]*>", "", html)
    assert json.loads(re.search(r"<script[^>]*>(.*)</script>", page)[1]) == first.data


def test_a_stored_notebook_names_the_one_question_that_it_shows():
    chapter = load_chapter(EXAMPLE)
    pairs = [(chapter, item) for item in chapter.items]
    item = chapter.items[0].id
    one = readable_html(pairs[:1], Plain(), item)
    assert f'data-chapter="{chapter.name}" data-item="{item}">' in one
    assert f'data-chapter="{chapter.name}" data-item="">' in readable_html(pairs, Plain())


def test_questions_are_numbered_from_one_if_nothing_else_is_said():
    chapter = load_chapter(EXAMPLE)
    html = quiz_html([(chapter, item) for item in chapter.items[:2]], Plain())
    assert ' aria-label="Questions">' in html
    numbers = [int(n) for n in re.findall(r"<legend>Question (\d+) ", html)]
    assert numbers == [1, 2]


def test_where_no_script_starts_the_reader_is_led_to_the_key_if_there_is_one():
    chapter = load_chapter(EXAMPLE)
    pairs = [(chapter, chapter.items[0])]
    with_key = quiz_html(pairs, Plain(), "key.html", more="more.js")
    assert '<a href="key.html">the answer key</a>' in with_key
    assert f'<a href="key.html#key-{chapter.items[0].id}">Answer</a>' in with_key
    without = quiz_html(pairs, Plain(), more="more.js")
    assert '<p class="nn-late">' in without
    assert "<a " not in without
    assert "nn-late" not in quiz_html(pairs, Plain(), "key.html")


def test_lines_of_code_keep_their_indentation_in_a_stored_notebook_and_in_the_key():
    chapter = load_chapter(find_bank() / "07-backward-sequence.yml")
    item = next(item for item in chapter.items if item.id == "lines-of-backprop")
    stored = readable_html([(chapter, item)], Plain(), item.id)
    assert f"<code>{'&nbsp;' * 8}dh = layer.W.T @ dz</code>" in stored
    for html in (quiz_html([(chapter, item)], Plain()), answer_html(item, Plain(), 1)):
        assert ' style="--indent: 8">dh = layer.W.T @ dz</code>' in html


def test_a_phone_offers_the_keys_that_an_answer_or_a_slip_may_need():
    keys = {}
    for chapter in load_bank(find_bank()):
        for item in chapter.items:
            if found := re.search(r'inputmode="(\w+)"', item_html(item, Plain(), 1)):
                keys[item.id] = found[1]
                values = [v.data["answer"] for v in item.variants]
                values += [slip for v in item.variants for slip in v.data["slips"]]
                plain = all(value >= 0 and float(value).is_integer() for value in values)
                assert found[1] == ("decimal" if plain else "text"), item.id
    assert set(keys.values()) == {"decimal", "text"}


@pytest.mark.parametrize(("answer", "keys"), [("-1", "text"), ("0", "decimal"), ("0.5", "text")])
def test_a_number_below_zero_needs_the_minus_of_a_whole_keyboard(tmp_path, answer, keys):
    item = asked(tmp_path, answer=answer, proof=f"{answer} + 0", slips=[])
    assert f'inputmode="{keys}"' in item_html(item, Plain(), 1)


def test_the_page_has_the_reason_of_each_slip_and_of_the_answer(tmp_path):
    slips = [{"value": str(n), "reason": f"Not {n}."} for n in (7, 8)]
    html = item_html(asked(tmp_path, slips=slips), Plain(), 1)
    reasons = re.findall(r'<template data-slot="reason-([\w-]+)"', html)
    assert reasons == ["slip-0", "slip-1", "answer"]


def test_an_option_is_one_line_and_a_reason_has_paragraphs(tmp_path):
    html = item_html(asked(tmp_path, unit="mm", reason="One.\n\nTwo."), Plain(), 1)
    assert '<span data-slot="unit">mm</span>' in html
    (reason,) = re.findall(r'<template data-slot="reason-answer">(.*?)</template>', html, re.DOTALL)
    assert reason.count("<p>") == 2


def test_a_question_is_no_form_and_its_reasons_wait_in_templates():
    chapter = load_chapter(find_bank() / "01-topology.yml")
    for item in chapter.items:
        html = item_html(item, Plain(), 1)
        assert "<form" not in html
        live = re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)
        assert 'data-slot="reason' not in live
        assert html.count('<template data-slot="reason') >= 1


def test_further_numbers_change_what_differs_and_nothing_else():
    chapter = load_chapter(find_bank() / "04-gradient-descent.yml")
    item = next(item for item in chapter.items if item.id == "the-vector-of-bias-gradients")
    more = further(item, Plain())
    assert more["fingerprint"] == item.fingerprint
    assert len(more["variants"]) == len(item.variants) - 1
    for variant, found in zip(item.variants[1:], more["variants"], strict=True):
        assert found["data"] == variant.data
        assert f"{variant.names['g1']:.2f}" in found["slots"]["prompt"].replace("−", "-")
        assert "text-6" not in found["slots"]  # a statement without a number
