"""What nothing must tear apart: a formula and its punctuation, a number and its % or its minus.

Browsers break lines before and after a formula, whatever stands there, because it is a box to them.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

OPENING = re.compile(r"[(\[“‘]+$")
CLOSING = re.compile(r"^[-–]?[,.;:!?)\]’”]*")
NEGATIVE = re.compile(r"(\N{MINUS SIGN}\d+(?:[.,]\d+)*)")
BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class KeepTogether(SphinxPostTransform):
    """Put formulas and the marks that touch them into one unbroken span."""

    default_priority = 700  # after the links are there

    def run(self):
        """Change the text of one page."""
        for formula in list(self.document.findall(nodes.math)):
            glue(outermost(formula))
        for text in list(self.document.findall(nodes.Text)):
            if BEFORE_PERCENT.search(text) and not isinstance(text.parent, nodes.FixedTextElement):
                text.parent.replace(text, nodes.Text(BEFORE_PERCENT.sub(NO_BREAK_SPACE, text)))
        for text in list(self.document.findall(nodes.Text)):
            if NEGATIVE.search(text) and not is_code(text.parent):
                text.parent.replace(text, [as_number(part) for part in NEGATIVE.split(text)])


def is_code(node):
    """Tell whether the text of a node is set as it is: code, formulas, HTML."""
    return isinstance(node, nodes.FixedTextElement | nodes.literal | nodes.math | nodes.raw)


def as_number(part):
    """Return a number with its sign as one piece, which no direction of writing turns around."""
    if not NEGATIVE.fullmatch(part):
        return nodes.Text(part)
    return nodes.inline("", part, classes=["nn-number", "notranslate"])


def outermost(node):
    """Return the link or the emphasis that holds nothing but this formula, or the formula."""
    while isinstance(node.parent, nodes.Inline) and len(node.parent) == 1:
        node = node.parent
    return node


def glue(node):
    """Take the marks that touch a formula out of the texts beside it, into a span with it."""
    parent, place = node.parent, node.parent.index(node)
    before, after = [
        parent[at] if 0 <= at < len(parent) and isinstance(parent[at], nodes.Text) else ""
        for at in (place - 1, place + 1)
    ]
    opening, closing = OPENING.search(before), CLOSING.match(after)
    opening, closing = opening[0] if opening else "", closing[0]
    if not opening and not closing:
        return
    span = nodes.inline("", "", nodes.Text(opening), classes=["nn-glued"])
    parent[place] = span
    span += [node, nodes.Text(closing)]
    if closing:
        parent[place + 1] = nodes.Text(after[len(closing) :])
    if opening:
        parent[place - 1] = nodes.Text(before[: -len(opening)])


def setup(app):
    """Register the transform."""
    app.add_post_transform(KeepTogether)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
