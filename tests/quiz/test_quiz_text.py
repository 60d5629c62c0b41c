"""How the text of a question is set."""

import numpy as np
import pytest

from nn_widgets.quiz.quiz_text import Plain, Prerendered, fill


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


@pytest.mark.parametrize(
    ("text", "value", "filled"),
    [
        ("{{a}} mm", -0.5, "−0.500 mm"),
        ("$x = {{a}}$", -0.5, "$x = {-0.500}$"),
        ("{{a}}, $b$, {{a}}", 2, "2, $b$, 2"),
        (r"$\frac{{a}}{2}$", 3, r"$\frac{3}{2}$"),
        ("{{a:2}}", 0.5, "0.50"),
        ("{{a:1}}", -0.01, "0.0"),
        ("{{a:1}}", -0.26, "−0.3"),
        ("$${{a}}$$", 1.5e-8, r"$${1.50 \cdot 10^{-8}}$$"),
        ("${{a}}$", np.inf, r"${\infty}$"),
        ("{{a}}", np.array([1, 2]), "(1, 2)"),
        ("${{a}}$", np.array([1, 2]), r"$\begin{pmatrix}{1} \\ {2}\end{pmatrix}$"),
        ("${{a}}$", np.array([[1, 2]]), r"$\begin{pmatrix}{1} & {2}\end{pmatrix}$"),
        ("{{a}} and {{b}}", "Adelie", "Adelie and {{b}}"),
        ("${{a}}$", "W", "${W}$"),
    ],
)
def test_a_value_is_written_as_its_place_asks(text, value, filled):
    assert fill(text, {"a": value}) == filled


def test_without_names_a_text_stays():
    assert fill("{{a}}", {}) == "{{a}}"


def test_a_formula_between_two_dollars_on_each_side_is_displayed_even_in_a_line():
    assert Plain().line("so $$x$$ it is") == "so $$x$$ it is"
    assert "katex-display" in Prerendered().line("so $$x$$ it is")
    assert "katex-display" not in Prerendered().line("so $x$ it is")
    assert Plain().block("So\n\n$$x$$\n\nit is.") == "<p>So</p>\n$$x$$<p>it is.</p>"


def test_nothing_in_a_text_is_html():
    assert Plain().line("a <b>c</b>") == "a &lt;b&gt;c&lt;/b&gt;"
    assert Plain().block("<div>\na\n</div>") == "<p>&lt;div&gt;\na\n&lt;/div&gt;</p>"


def test_a_page_has_formulas_typeset_and_code_that_nobody_translates():
    assert 'class="katex"' in Prerendered().line("$x$")
    assert Prerendered(mathml=True).line("$x$").startswith("<math")
    assert Prerendered().line("`a`") == '<code translate="no">a</code>'
    assert 'translate="no"' in Prerendered().block("```\na\n```")
