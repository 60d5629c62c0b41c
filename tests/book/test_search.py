"""What the search page is told of the book: the text of the pages, formulas as one types them."""

import pytest
from search import NOT_SEARCHED, WEIGHTS, Tree, places
from sources import ROOT

from nn_widgets.tex import tex

PAGE = """<p>Outside.</p><article role="main"><section id="top"><h1>Page</h1>
<p>First words.</p>
<section id="rule"><h2><span>4.1. </span>The rule<a class="headerlink" href="#rule">#</a></h2>
<p>A step is <code>W - alpha * dW</code>.</p>
<div class="highlight"><pre>def step(W):\n    pass</pre></div>
<template><p>Hidden.</p><p>Hidden too.</p></template><figure><text>7</text></figure><br>
<div class="nn-item" id="quiz-one"><fieldset><legend>Question 1</legend><p>How long?</p>
<a href="answers.html#key-one">Answer</a></fieldset></div></section>
<dl class="glossary"><dt id="term-loss">loss</dt><dd><p>What it costs.</p></dd>
<dt id="term-epoch">epoch</dt><dd><p>All of it once.</p></dd></dl>
<section id="empty"><h2>Empty</h2></section></section></article>"""


def test_a_page_is_cut_into_what_a_link_can_lead_to_and_nothing_hidden_is_in_it():
    found = [tuple(place.values()) for place in places(Tree(PAGE).root, "Page")]
    assert found == [
        ("", "Page", "First words.", ""),
        ("rule", "4.1. The rule", "A step is W - alpha * dW.", "def step(W): pass"),
        ("quiz-one", "A question", "How long?", ""),
        ("term-loss", "loss", "What it costs.", ""),
        ("term-epoch", "epoch", "All of it once.", ""),
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"\sigma(z) = \frac{1}{1 + e^{-z}}", "σ(z) = 1/(1 + e^(−z))"),
        (r"\sigma'(z)", "σ′(z)"),
        (r"dz^l = dh^l \odot \sigma'(z^l)", "dzˡ = dhˡ ⊙ σ′(zˡ)"),
        (r"p - y", "p − y"),
        (r"x = -0.3", "x = −0.3"),
        (r"-\log p_k", "−log pₖ"),
        (r"W^\top \, dz", "Wᵀdz"),
        (r"\frac{\partial L}{\partial w}", "∂L/∂w"),
        (r"\sqrt{a + b}", "√(a + b)"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\begin{aligned} p &= h \\ &= 2 \end{aligned}", "p = h; = 2"),
        (r"\sum_{i=1}^N L_i", "∑_(i=1)^NLᵢ"),
    ],
)
def test_a_formula_is_written_on_one_line_as_it_is_read(typed, read):
    html = tex.render(typed)
    found = places(Tree(f"<article><section id='a'><h1>A</h1>{html}</section></article>").root, "A")
    assert found[0]["text"] == read


def test_a_page_that_is_left_out_or_weighed_by_its_name_is_there():
    pages = {path.stem for path in (ROOT / "book").iterdir() if path.suffix in {".md", ".ipynb"}}
    assert {*NOT_SEARCHED, *WEIGHTS} - pages == set()


def test_lines_of_a_cell_and_the_number_of_an_equation_are_words_apart():
    html = "<h1>A</h1><table><tr><td>missing 1/N<br><code>dz = p - y</code></td></tr></table>"
    html += '<div class="math">p − y<span class="eqno">(6.2)</span></div><p>The</p>'
    found = places(Tree(f"<article><section id='a'>{html}</section></article>").root, "A")
    assert found[0]["text"] == "missing 1/N dz = p - y p − y (6.2) The"
