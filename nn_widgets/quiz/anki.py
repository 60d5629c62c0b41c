r"""The questions as cards for Anki: a line each, tabs between the fields.

The first field is the question's id, by which Anki finds the card that it has: a file that is read
again renews the cards and keeps what Anki knows of them. Formulas stand as Anki reads them,
``\(…\)`` and ``\[…\]``. Questions with fresh numbers have the first ones.
"""

import csv
import io
import re
from html import escape

from nn_widgets.quiz.kinds import KINDS
from nn_widgets.quiz.question import Question, code_html
from nn_widgets.quiz.quiz_text import Plain

__all__ = ["notes"]

HEAD = """\
#separator:tab
#html:true
#notetype:Basic
#deck:The Backward Pass
#guid column:1
#tags column:4
"""
LINE = re.compile(r"(<pre.*?</pre>)", re.DOTALL)


class Card(Question):
    """A question whose parts nothing changes, and whose code needs no style for its indents."""

    def code(self, name, line):
        """Return a line of code."""
        return code_html(self.fill(line))

    def _slot(self, name, content, tag, attributes):
        return f"<{tag}>{content}</{tag}>"


class Formulas(Plain):
    """Text whose formulas MathJax typesets."""

    def math(self, tex, display):
        r"""Return the formula between ``\(`` and ``\)``, as text of HTML."""
        left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
        return escape(f"{left}{tex.strip()}{right}", quote=False)


def notes(chapters):
    """Return the text of the file: for each question its id, front, back, and tag.

    Parameters
    ----------
    chapters : list of Chapter
    """
    out = io.StringIO()
    out.write(HEAD)
    rows = csv.writer(out, "excel-tab", lineterminator="\n")
    for chapter in chapters:
        for item in chapter.items:
            tag = f"backward-pass::{chapter.name}"
            rows.writerow([f"backward-pass:{item.id}", *map(_one_line, sides(item)), tag])
    return out.getvalue()


def sides(item):
    """Return the front and the back of a card as HTML: the question, and every reason."""
    kind, question = KINDS[item.kind], Card(item, item.variants[0], Formulas())
    prompt = question.text.block(question.fill(item.source["prompt"]))
    often = question.line(item.source.get("misconception", ""))
    about = f"<p><i>Often believed: {often}</i></p>" if often else ""
    listed = "".join(f"<li>{line}</li>" for line in kind.lines(question))
    front = f"{prompt}<p><i>{kind.hint(item.source)}</i></p>"
    return front + (f"<ul>{listed}</ul>" if listed else ""), "".join(kind.key(question)) + about


def _one_line(html):
    """Take line breaks out; in lines of code they become elements."""
    parts = LINE.split(html)
    parts[::2] = [" ".join(part.split()) for part in parts[::2]]
    parts[1::2] = [part.replace("\n", "<br>") for part in parts[1::2]]
    return "".join(parts)
