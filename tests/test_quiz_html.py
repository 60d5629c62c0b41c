"""The HTML of questions."""

import re

from nn_widgets.bank import find_bank, load_chapter
from nn_widgets.quiz_html import answer_html, quiz_html, readable_html
from nn_widgets.quiz_text import Plain


def names(*sections):
    return [re.match(r'<section class="nn-quiz" aria-label="([^"]+)">', s)[1] for s in sections]


def test_questions_that_stand_one_by_one_have_names_of_their_own():
    chapter = load_chapter(find_bank() / "07-backward-sequence.yml")
    pairs = [(chapter, item) for item in chapter.items]
    alone = [quiz_html([pair], Plain(), None, n) for n, pair in enumerate(pairs, start=1)]
    found = names(*alone, quiz_html(pairs, Plain()))
    assert len(set(found)) == len(found) == len(pairs) + 1


def test_lines_of_code_keep_their_indentation_in_a_stored_notebook_and_in_the_key():
    chapter = load_chapter(find_bank() / "07-backward-sequence.yml")
    item = next(item for item in chapter.items if item.id == "lines-of-backprop")
    stored = readable_html([(chapter, item)], Plain(), item.id)
    assert f"<code>{'&nbsp;' * 8}dh = layer.W.T @ dz</code>" in stored
    for html in (quiz_html([(chapter, item)], Plain()), answer_html(item, Plain(), 1)):
        assert '<code style="--indent: 8">dh = layer.W.T @ dz</code>' in html
