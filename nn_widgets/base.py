"""What every figure is: traits, a still picture, and one text/html that needs no kernel."""

import json
from functools import lru_cache
from html import escape

import anywidget

from . import inline


class Figure(anywidget.AnyWidget):
    """A figure that moves in JupyterLab, in the built book, and stands still on paper.

    A subclass names its ES module's stem in `_module` and its heading in `_title`, tags its traits
    with ``sync=True``, and gives `still`. The traits are the whole state; they must be plain JSON.
    """

    _module = ""
    _title = ""
    _base_traits = frozenset(anywidget.AnyWidget.class_trait_names())

    modules = {}  # noqa: RUF012 -- every figure there is, by the stem of its module

    def __init_subclass__(cls, **kwargs):
        """Enter each kind of figure into `modules`."""
        super().__init_subclass__(**kwargs)
        if "_module" in cls.__dict__:  # anywidget makes a further subclass for each instance
            Figure.modules[cls._module] = cls

    def still(self):
        """Return the picture for paper and for pages without JavaScript: HTML, an SVG or a table.

        It must look right without a style sheet.
        """
        raise NotImplementedError(f"{type(self).__name__} has no still picture")

    def state(self):
        """Return the traits that JavaScript needs, by name."""
        return self.get_state(self._state_names())

    @classmethod
    def _state_names(cls):
        names = [name for name in cls.class_trait_names(sync=True) if not name.startswith("_")]
        return sorted(name for name in names if name not in Figure._base_traits)

    def html(self):
        """Return the figure as the built book holds it: heading, still picture, state."""
        css_class = "nn-" + self._module.replace("_", "-")
        return (
            f'<figure class="nn-widget {css_class}" data-nn-widget="{self._module}">\n'
            f"<figcaption>{escape(self._title)}</figcaption>\n"
            f'<div class="nn-still">{self.still()}</div>\n'
            f'<script type="application/json">{script_json(self.state())}</script>\n</figure>'
        )

    @property
    def _esm(self):
        return esm(self._module, self._title, tuple(self._state_names()))

    @property
    def _css(self):
        return css(self._module)

    def __repr__(self):
        """Return the same text on every run: stored outputs are compared."""
        return f"{type(self).__name__}()"

    def _repr_mimebundle_(self, **kwargs):
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        return {**bundle, "text/html": self.html()}, metadata


def script_json(state):
    """Write `state` so that it can stand in a script element and nothing in it can end it.

    Raises
    ------
    ValueError
        If `state` is not plain JSON; infinities and NaN are not.
    """
    try:
        text = json.dumps(state, sort_keys=True, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise ValueError(f"a figure's state must be plain JSON: {error}") from None
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@lru_cache
def esm(module, title, names):
    """Return the one ES module that Jupyter loads for a figure whose state has these `names`."""
    entry = f"{module}.js"
    about = json.dumps({"name": module, "title": title, "names": names})
    last = f'export default M["jupyter.js"].forJupyter(M["{entry}"].default, {about});'
    return inline.as_module([entry, "jupyter.js"], last)


@lru_cache
def css(module):
    """Return a figure's style sheet: the book's colours, what all figures share, its own."""
    shared = [inline.STATIC / name for name in ("colours.css", "base.css")]
    texts = [file.read_text(encoding="utf-8") for file in shared]
    return "\n".join([*texts, inline.styles(f"{module}.js")])
