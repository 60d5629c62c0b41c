"""The chapter's questions as a widget, and as readable text in the stored notebook."""

import anywidget
import traitlets

from nn_widgets.kit import joiner
from nn_widgets.quiz.bank import BankError, find_bank, load_chapter
from nn_widgets.quiz.kinds import SCRIPTS
from nn_widgets.quiz.quiz_html import further, quiz_html, readable_html
from nn_widgets.quiz.quiz_text import Plain, Prerendered

__all__ = ["Quiz", "kinds_js", "modules", "style"]

SCRIPT = "quiz/quiz.js"


def modules():
    """Return every module of a page with questions by name, those of the kinds included."""
    entries = (*SCRIPTS.values(), SCRIPT)
    return {name: module for entry in entries for name, module in joiner.graph(entry).items()}


def kinds_js():
    """Return JavaScript for an object that holds the kinds of questions by name."""
    kinds = (f'"{name}": M["{script}"].default' for name, script in SCRIPTS.items())
    return f"{{ {', '.join(kinds)} }}"


def style():
    """Return the style sheets of the page's own part and of the kinds."""
    return "\n".join(joiner.styles(entry) for entry in (SCRIPT, *SCRIPTS.values()))


class Quiz(anywidget.AnyWidget):
    """The questions of a chapter, or one of them.

    Parameters
    ----------
    chapter : str
        The name of a file in `quizzes`, without ``.yml``.
    item : str, optional
        The id of a question.

    Raises
    ------
    BankError
        If there is no such chapter or question, or the file is wrong.

    Examples
    --------
    >>> quiz = Quiz("04-gradient-descent")  # doctest: +SKIP
    >>> quiz.answers  # doctest: +SKIP
    {'signs-of-a-step': [True, False]}
    """

    html = traitlets.Unicode().tag(sync=True)
    more = traitlets.Dict().tag(sync=True)
    saved = traitlets.Dict().tag(sync=True)

    _css = (joiner.ROOT / "kit/colours.css").read_text("utf-8") + style()

    def __init__(self, chapter, item=None):
        self._name, self._item = chapter, item
        self._items = _chosen(chapter, item)
        text = Prerendered(mathml=True)
        more = {each.id: further(each, text) for _, each in self._items}
        super().__init__(html=quiz_html(self._items, text), more=more)

    @property
    def _esm(self):
        last = f'export default M["{SCRIPT}"].widget({kinds_js()});'
        return joiner.as_module([*SCRIPTS.values(), SCRIPT], last)

    @property
    def answers(self):
        """The reader's answers so far, by the id of the question."""
        return {name: saved["a"] for name, saved in self.saved.items()}

    def __repr__(self):
        """Return the same text on every run: stored outputs are compared."""
        names = [self._name, *([self._item] if self._item else [])]
        return f"Quiz({', '.join(map(repr, names))})"

    def _repr_mimebundle_(self, **kwargs):
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        html = readable_html(self._items, Plain(), self._item)
        return {**bundle, "text/html": html}, metadata


def _chosen(name, item):
    file = f"{name}.yml"
    chapter = load_chapter(find_bank(holding=file) / file)
    items = [(chapter, each) for each in chapter.items if item in (None, each.id)]
    if not items:
        raise BankError(f"{name}.yml has no item {item}.")
    return items
