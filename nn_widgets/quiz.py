"""The chapter's questions as a widget, and as readable text in the stored notebook."""

import anywidget
import traitlets

from nn_widgets import inline
from nn_widgets.bank import BankError, find_bank, load_chapter
from nn_widgets.quiz_html import quiz_html, readable_html
from nn_widgets.quiz_text import Plain, Prerendered

__all__ = ["Quiz"]


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
    saved = traitlets.Dict().tag(sync=True)

    _css = "\n".join(
        (inline.STATIC / name).read_text("utf-8") for name in ("colours.css", "quiz.css")
    )

    def __init__(self, chapter, item=None):
        self._name, self._item = chapter, item
        self._items = _chosen(chapter, item)
        super().__init__(html=quiz_html(self._items, Prerendered(mathml=True)))

    @property
    def _esm(self):
        return inline.as_module(["quiz.js"], 'export default M["quiz.js"].default;')

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
    path = find_bank() / f"{name}.yml"
    if not path.is_file():
        raise BankError(f"There is no chapter {name} in the question bank.")
    chapter = load_chapter(path)
    items = [(chapter, each) for each in chapter.items if item in (None, each.id)]
    if not items:
        raise BankError(f"{name}.yml has no item {item}.")
    return items
