"""A question with one set of numbers, ready to be written as HTML."""

from html import escape

from nn_widgets.quiz.quiz_text import fill

__all__ = ["Question", "code_html", "entry_html"]


class Question:
    """An item, one of its variants, and how text is set.

    Attributes
    ----------
    slots : dict
        The content of every place written so far that other numbers may change, by its name.
    """

    def __init__(self, item, variant, text):
        self.item, self.variant, self.text = item, variant, text
        self.source, self.data = item.source, variant.data
        self.slots = {}

    def fill(self, source):
        """Write the numbers into a text."""
        return fill(source, self.variant.names)

    def line(self, source):
        """Return one line as HTML."""
        return self.text.line(self.fill(source))

    def slot(self, name, source, tag="div", attributes=""):
        """Return an element whose content other numbers may change; a span holds one line."""
        write = self.line if tag == "span" else lambda text: self.text.block(self.fill(text))
        return self._slot(name, write(source), tag, attributes)

    def code(self, name, line):
        """Return a line of code; its indentation is a number: a narrow page can shorten it."""
        code, indent = _code(self.fill(line))
        return self._slot(name, escape(code), "code", f' translate="no" style="--indent: {indent}"')

    def reason(self, name, source):
        """Return a reason that costs the page no layout until the answer is checked."""
        return self.slot(f"reason-{name}", source, "template")

    def _slot(self, name, content, tag, attributes):
        self.slots[name] = content
        return f'<{tag} data-slot="{name}"{attributes}>{content}</{tag}>'


def _code(line):
    code = line.lstrip()
    return code, len(line) - len(code)


def code_html(line):
    """Return a line of code for a stored notebook, in which no style survives."""
    code, indent = _code(line)
    return f"<code>{'&nbsp;' * indent}{escape(code)}</code>"


def entry_html(question, mark, text, entry):
    """Return an entry of the answer key: its mark, its text, its reason."""
    reason = question.slot("reason", entry["reason"])
    return f'<div class="nn-entry"><p><strong>{mark}</strong> {text}</p>{reason}</div>'
