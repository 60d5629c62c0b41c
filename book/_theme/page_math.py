"""Formulas of the page: typeset when the book is built, with symbols in their colours.

A formula that KaTeX refuses is a warning with its place, and so an error of the strict build.
"""

from html import escape

from docutils import nodes
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from nn_widgets.tex.tex import TexError, render

logger = logging.getLogger(__name__)


def typeset(node, display):
    """HTML of a math node, or its TeX and a warning."""
    try:
        return render(node.astext(), display)
    except TexError as error:
        logger.warning(str(error), location=node, type="math", subtype="katex")
        return escape(node.astext())


def is_linked(node):
    """Whether the formula stands in the text of a link."""
    while node.parent is not None and not isinstance(node, nodes.reference):
        node = node.parent
    return isinstance(node, nodes.reference)


def visit_inline(translator, node):
    """Write a formula in a line of text."""
    # A link that is nothing but a formula needs a name; readers of MathML do not look into links.
    name = {"role": "math", "aria-label": node.astext()} if is_linked(node) else {}
    translator.body.append(translator.starttag(node, "span", "", CLASS="math notranslate", **name))
    translator.body.append(typeset(node, False) + "</span>")
    raise nodes.SkipNode


def visit_block(translator, node):
    """Write a formula on a line of its own, with its number if it has one."""
    # The theme puts each block in a wrapper and gives it the block's ids; an id stands once.
    ids = [] if "math-wrapper" in node.parent.get("classes", []) else node["ids"]
    anchor = f' id="{ids[0]}"' if ids else ""
    translator.body.append(f'<div class="math notranslate"{anchor}>{typeset(node, True)}')
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app):
    """Register the renderer; `html_math_renderer` in _config.yml chooses it."""
    app.add_html_math_renderer("prerendered", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": False}
