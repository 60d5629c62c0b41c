"""What a screen reader reads of a formula is MathML by the standard."""

import re
from xml.etree import ElementTree

import pytest

from nn_widgets.tex.mathml import well_formed
from nn_widgets.tex.tex import _ask, render

# What MathML Core asks of each element, by hand.
TWO = ["mfrac", "msub", "msup", "munder", "mover", "mroot"]
THREE = ["msubsup", "munderover"]


def miscounted(html):
    """Return the elements of rendered HTML that have too many children or too few."""
    math = re.search(r"<math\b.*?</math>", html, re.DOTALL)[0]
    elements = ElementTree.fromstring(math).iter()
    named = [(one.tag.split("}")[-1], len(one)) for one in elements]
    wanted = {**dict.fromkeys(TWO, 2), **dict.fromkeys(THREE, 3)}
    return [(name, n) for name, n in named if n != wanted.get(name, n)]


FORMULAS = [
    r"\alpha < 2/\lambda_{\max}",
    r"\lambda_{\max}^{\min}",
    r"x^{\max}",
    r"\max_k p_k",
    r"\frac{\partial L}{\partial W^3_{21}}",
    r"\underset{w}{\operatorname{arg\,min}}\; L(w)",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_element_has_the_children_that_it_may_have(formula):
    assert miscounted(render(formula)) == []


def test_katex_itself_gets_the_greatest_eigenvalue_wrong():
    html = _ask(r"\lambda_{\max}", False)["html"]
    assert miscounted(html) == [("msub", 3)]
    said = re.search(r"<math.*?</semantics>", well_formed(html), re.DOTALL)[0]
    assert "<msub><mi>λ</mi><mi>max</mi></msub>" in said


def test_a_name_that_is_applied_to_something_keeps_the_sign_for_it():
    assert "\N{FUNCTION APPLICATION}" in render(r"\max(a, b)")


def test_mathml_that_cannot_be_mended_stops_the_build():
    with pytest.raises(ValueError, match="broken MathML: <msub"):
        well_formed(
            '<math xmlns="http://www.w3.org/1998/Math/MathML"><msub><mi>x</mi></msub></math>'
        )
