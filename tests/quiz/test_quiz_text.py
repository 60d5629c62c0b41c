"""How the text of a question is set."""

from nn_widgets.quiz.quiz_text import Plain


def test_quotation_marks_are_curved_outside_code_and_formulas():
    text = Plain().line("""The network's "slope" of `a['b']` and $f'$""")
    assert text == "The network’s “slope” of <code>a['b']</code> and $f&#x27;$"


def test_a_formula_keeps_the_mark_that_follows_it():
    text = Plain().line("$p$, not $y$: an $n$-vector")
    assert text == (
        '<span class="nn-glued">$p$,</span> not <span class="nn-glued">$y$:</span> '
        'an <span class="nn-glued">$n$-</span>vector'
    )


def test_a_number_keeps_its_percent_sign():
    assert Plain().line("51 % of them") == "51\N{NO-BREAK SPACE}% of them"
