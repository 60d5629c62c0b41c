"""TeX becomes HTML and MathML with coloured symbols; what KaTeX refuses is an error."""

import json
import re
from pathlib import Path

import in_node
import pytest
from sources import ROOT

from nn_widgets.tex import tex as tex_module
from nn_widgets.tex.tex import TexError, colour, render, render_many

FORMULAS = [
    r"z^l = W^l h^{l-1} + b^l",
    r"\frac{\partial L}{\partial W^3_{21}} = dz^3_2\, h^2_1",
    r"\begin{aligned} z &= Wx + b \\[2pt] p &= \frac{e^{z_k}}{\sum_j e^{z_j}} \end{aligned}",
    r"\hat{y} = \left(\sqrt{x}\right)'",
]


def mathml(html):
    """The MathML of rendered HTML, without the rows that only group."""
    math = re.search(r"<semantics.*?</semantics>", html, re.DOTALL)[0]
    return re.sub(r"</?mrow>|<annotation.*?</annotation>", "", math, flags=re.DOTALL)


@pytest.mark.parametrize("formula", FORMULAS)
def test_colour_leaves_the_mathml_as_it_was(formula):
    plain = tex_module._ask(formula, True)["html"]
    assert mathml(render(formula, True)) == mathml(plain)


@pytest.mark.parametrize("formula", FORMULAS)
def test_colour_leaves_the_spacing_as_it_was(formula):
    def spaces(html):
        return re.findall(r'class="mspace"[^>]*style="([^"]*)"', html)

    coloured, plain = (tex_module._ask(text, True)["html"] for text in (colour(formula), formula))
    assert spaces(coloured) == spaces(plain)


def test_the_symbols_carry_their_classes():
    html = render("dW = dz h")
    assert {"nn-dW", "nn-dz", "nn-h"} <= set(re.findall(r"nn-\w+", html))


def test_the_annotation_holds_the_authors_tex():
    assert '<annotation encoding="application/x-tex">W &lt; x</annotation>' in render("W < x")


def test_display_stands_on_its_own_line():
    assert "katex-display" in render("x", display=True)
    assert "katex-display" not in render("x")


@pytest.mark.parametrize(
    "bad", [r"\frac{x", r"\nosuchcommand", "a & b", "x^1^2", r"\href{https://example.org}{x}"]
)
def test_bad_tex_is_an_error_that_quotes_the_formula(bad):
    with pytest.raises(TexError, match=re.escape(repr(bad))):
        render(bad)


def test_many_formulas_come_back_in_order():
    assert render_many([("x", False), ("y", True)]) == [render("x"), render("y", True)]


def test_colour_is_the_one_of_symbols():
    assert colour("x") == r"\htmlClass{nn-x}{x}"


def test_the_style_sheet_of_the_page_is_that_of_the_katex_that_typesets():
    sheet = (ROOT / "book/_theme/static/katex/katex.css").read_text(encoding="utf-8")
    script = tex_module.find_katex().read_text(encoding="utf-8")
    styled = re.findall(r'\.katex-version:after\{content:"([\d.]+)"\}', sheet)
    assert styled == re.findall(r'\{version:"([\d.]+)"', script)


def test_katex_is_read_as_what_it_is_in_a_folder_that_says_otherwise(tmp_path):
    (tmp_path / "package.json").write_text('{"type": "module"}')
    katex = tmp_path / "katex.min.js"
    katex.write_bytes(tex_module.find_katex().read_bytes())
    script = Path(tex_module.__file__).with_name("tex.cjs")
    asked = json.dumps({"tex": "x", "display": False})
    assert "katex" in in_node.run(script, katex, given=asked + "\n")["html"]
