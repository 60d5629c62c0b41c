"""The HTML of questions."""

import re

from nn_widgets.bank import find_bank, load_chapter
from nn_widgets.quiz_html import quiz_html
from nn_widgets.quiz_text import Plain


def names(*sections):
    return [re.match(r'<section class="nn-quiz" aria-label="([^"]+)">', s)[1] for s in sections]


def test_questions_that_stand_one_by_one_have_names_of_their_own():
    chapter = load_chapter(find_bank() / "07-backward-sequence.yml")
    pairs = [(chapter, item) for item in chapter.items]
    alone = [quiz_html([pair], Plain(), None, n) for n, pair in enumerate(pairs, start=1)]
    found = names(*alone, quiz_html(pairs, Plain()))
    assert len(set(found)) == len(found) == len(pairs) + 1
