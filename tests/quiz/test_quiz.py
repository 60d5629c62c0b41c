"""The widget of questions: which it shows, what it carries, how it refuses."""

import re

import pytest

from nn_widgets import Quiz
from nn_widgets.quiz import quiz
from nn_widgets.quiz.bank import BankError, find_bank, load_chapter
from nn_widgets.quiz.kinds import SCRIPTS

NAME, ITEM = "04-gradient-descent", "the-vector-of-bias-gradients"
IDS = [item.id for item in load_chapter(find_bank() / f"{NAME}.yml").items]


def shown(widget):
    return re.findall(r'data-item="([^"]+)"', widget.html)


def test_a_chapter_has_all_its_questions_and_an_id_chooses_one():
    assert shown(Quiz(NAME)) == list(Quiz(NAME).more) == IDS
    assert shown(Quiz(NAME, ITEM)) == list(Quiz(NAME, ITEM).more) == [ITEM]


def test_what_is_not_there_is_refused():
    with pytest.raises(BankError, match=rf"^{NAME}\.yml has no item nothing\.$"):
        Quiz(NAME, "nothing")
    with pytest.raises(BankError, match=r"^There is no quizzes/nothing\.yml in "):
        Quiz("nothing")


def test_the_stored_output_names_the_question_and_the_repr_says_how_it_was_made():
    html = Quiz(NAME, ITEM)._repr_mimebundle_()[0]["text/html"]
    assert f'data-chapter="{NAME}" data-item="{ITEM}"' in html
    assert repr(Quiz(NAME, ITEM)) == f"Quiz('{NAME}', '{ITEM}')"
    assert repr(Quiz(NAME)) == f"Quiz('{NAME}')"


def test_jupyter_keeps_its_own_output_beside_the_text():
    assert "application/vnd.jupyter.widget-view+json" in Quiz(NAME, ITEM)._repr_mimebundle_()[0]


def test_formulas_are_typeset_with_what_a_notebook_can_read():
    html = Quiz(NAME, ITEM).html
    assert "<math" in html
    assert "katex-html" not in html  # it needs a style sheet


def test_the_page_of_a_notebook_is_sent_what_it_shows_and_sends_what_is_answered():
    assert {"html", "more", "saved"} <= set(Quiz.class_trait_names(sync=True))


def test_answers_are_the_reader_s_alone():
    widget = Quiz(NAME, ITEM)
    assert widget.answers == {}
    widget.saved = {ITEM: {"a": [True, False], "f": "0"}}
    assert widget.answers == {ITEM: [True, False]}


def test_every_kind_comes_with_its_script_and_its_style():
    widget = Quiz(NAME, ITEM)
    names = {"quiz/quiz.js", *SCRIPTS.values()}
    assert names <= set(quiz.modules())
    for kind, script in SCRIPTS.items():
        assert f'"{kind}": M["{script}"].default' in quiz.kinds_js()
    assert widget._esm.rstrip().endswith(f'M["quiz/quiz.js"].widget({quiz.kinds_js()});')
    assert all(f'M["{name}"]' in widget._esm.rpartition("export default")[0] for name in names)
    assert all(name in quiz.style() for name in (".nn-verdict", ".nn-grip"))  # a page's, a kind's
    assert all(sheet in widget._css for sheet in ("--nn-surface:", quiz.style()))
