"""The text of questions: numbers filled in, Markdown, TeX; nothing in it is ever HTML."""

import re
from functools import cache
from html import escape

import numpy as np
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from nn_widgets.maths.format import number

__all__ = ["Plain", "Prerendered", "fill"]

CLOSING = re.compile(r"[-–]?[,.;:!?)\]’”]*")
CODE = {"code_inline", "code_block", "fence"}
MATH = re.compile(r"((?<!\\)\$\$.+?\$\$|(?<!\\)\$[^$]+\$)", re.DOTALL)


def fill(text, names):
    r"""Write the values of `given` in the places of a text that name them.

    In TeX a value keeps its group, so that ``\frac{top}{bottom}`` stays a fraction, and an array
    is a pmatrix; elsewhere an array is a list in parentheses.
    """
    if not names:
        return text
    place = re.compile(r"\{\{(" + "|".join(map(re.escape, names)) + r")(?::(\d+))?\}\}")
    parts = MATH.split(text)
    for position, part in enumerate(parts):
        write = _in_tex if position % 2 else _in_prose
        parts[position] = place.sub(lambda m, write=write: write(names[m[1]], m[2]), part)
    return "".join(parts)


def _in_prose(value, digits):
    if isinstance(value, str):
        return value
    if np.ndim(value) == 0:
        return _digits(value, digits)
    return "(" + ", ".join(_in_prose(entry, digits) for entry in value) + ")"


def _in_tex(value, digits):
    if isinstance(value, str):
        return f"{{{value}}}"
    if np.ndim(value) == 0:
        return "{" + _power(_digits(value, digits).replace("\N{MINUS SIGN}", "-")) + "}"
    rows = [np.atleast_1d(row) for row in value]
    lines = [" & ".join(_in_tex(entry, digits) for entry in row) for row in rows]
    return r"\begin{pmatrix}" + r" \\ ".join(lines) + r"\end{pmatrix}"


def _digits(value, digits):
    if digits is None or not np.isfinite(value):
        return number(value)
    text = f"{value:.{digits}f}"
    return text.replace("-", "\N{MINUS SIGN}") if float(text) else text.lstrip("-")


def _power(text):
    """1.23e-05 as a product with a power of ten; the infinity sign and words as TeX has them."""
    if found := re.fullmatch(r"(.+)e([+-]?)0*(\d+)", text):
        return rf"{found[1]} \cdot 10^{{{found[2].replace('+', '')}{found[3]}}}"
    return text.replace("∞", r"\infty").replace("undefined", r"\text{undefined}")


class Plain:
    """Text for a notebook without this page's style: TeX stays between its dollar signs."""

    code = ()  # its attributes and their values

    def math(self, tex, display):
        """Return the formula as it was typed."""
        dollars = "$$" if display else "$"
        return escape(f"{dollars}{tex}{dollars}")

    def block(self, text):
        """Return paragraphs as HTML."""
        return _markdown().render(text, {"math": self.math, "code": self.code}).strip()

    def line(self, text):
        """Return one line as HTML that may stand in a label."""
        return _markdown().renderInline(text.strip(), {"math": self.math, "code": self.code})


class Prerendered(Plain):
    """Text for the built book: KaTeX's HTML with MathML; `mathml=True` gives the MathML alone."""

    code = (("translate", "no"),)

    def __init__(self, mathml=False):
        self.mathml = mathml

    def math(self, tex, display):
        """Return the formula as HTML."""
        from nn_widgets.tex import tex as katex  # Node starts only where it is needed

        html = katex.render(tex.strip(), display)
        return re.search(r"<math.*?</math>", html, re.DOTALL)[0] if self.mathml else html


@cache
def _markdown():
    options = {"html": False, "typographer": True}
    parser = MarkdownIt("commonmark", options).use(dollarmath_plugin, double_inline=True)
    parser.enable("smartquotes")
    parser.core.ruler.push("keep_together", _keep_together)
    parser.disable(["heading", "lheading", "image", "hr", "reference"])
    for rule, display in {
        "math_inline": False,
        "math_inline_double": True,
        "math_block": True,
    }.items():
        parser.add_render_rule(rule, _math_rule(display))
    return parser


def _keep_together(state):
    """Hold formulas and the marks that touch them in one span, as line_breaks.py does on a page.

    Code gets the attributes that it has in this place.
    """
    for line in state.tokens:
        kept = []
        for token in [line, *(line.children or [])]:
            if token.type in CODE:
                token.attrs |= dict(state.env["code"])
        for token in line.children or []:
            if token.type == "text":
                token.content = re.sub(r"(?<=\d) (?=%)", "\N{NO-BREAK SPACE}", token.content)
            marks = CLOSING.match(token.content)[0] if token.type == "text" else ""
            if marks and kept and kept[-1].type.startswith("math_inline"):
                span = Token("glue_open", "span", 1, attrs={"class": "nn-glued"})
                mark = Token("text", "", 0, content=marks)
                kept[-1:] = [span, kept[-1], mark, Token("glue_close", "span", -1)]
                token.content = token.content[len(marks) :]
            kept.append(token)
        line.children = kept or line.children


def _math_rule(display):
    def rule(self, tokens, index, options, env):
        return env["math"](tokens[index].content, display)

    return rule
