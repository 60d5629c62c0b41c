"""What every figure is: traits, data, a still picture, one text/html that needs no kernel."""

import json
import reprlib
from html import escape

import anywidget
import traitlets

from nn_widgets.kit import joiner
from nn_widgets.kit.choices import choice, takes
from nn_widgets.maths.format import settled


class Figure(anywidget.AnyWidget):
    """A figure that moves in JupyterLab, in the built book, and stands still on paper.

    A subclass names its ES module's stem in `_module` and its heading in `_title`, tags its traits
    with ``sync=True``, and gives `still`. The traits are the reader's choices and nothing else:
    they are the whole state, and what a link carries. What JavaScript needs besides is `data`.
    """

    _module = ""
    _title = ""
    _base_traits = frozenset(anywidget.AnyWidget.class_trait_names())
    _given = traitlets.Dict(read_only=True).tag(sync=True)

    def still(self):
        """Return the picture for paper and for pages without JavaScript: HTML, an SVG or a table.

        It must look right without a style sheet.
        """
        raise NotImplementedError(f"{type(self).__name__} has no still picture")

    def data(self):
        """Return what JavaScript needs besides the state, by name; it stays as it is."""
        return {}

    def state(self):
        """Return the reader's choices by name, as any processor computes them."""
        return settled(self.get_state(self._choices()))

    def __setattr__(self, name, value):
        """Refuse what a trait does not take in the sentence that the page has for it."""
        try:
            super().__setattr__(name, value)
        except traitlets.TraitError:
            trait = self.traits().get(name)
            if trait is None or takes(trait, self, value):
                raise
            wanted = choice(trait)["words"]
            given = reprlib.repr(value)
            raise traitlets.TraitError(f"{name} must be {wanted}, got {given}") from None

    def page(self):
        """Return what the page holds: the state, what each choice may be, and the data."""
        return {**self._given, "state": self.state()}

    @traitlets.default("_given")
    def _from_traits_and_data(self):
        choices = {name: choice(self.traits()[name]) for name in self._choices()}
        return {"allowed": choices, "data": settled(self.data())}

    @classmethod
    def _choices(cls):
        names = [name for name in cls.class_trait_names(sync=True) if not name.startswith("_")]
        return sorted(name for name in names if name not in Figure._base_traits)

    def html(self):
        """Return the figure as the built book holds it: heading, still picture, state."""
        css_class = "nn-" + self._module.replace("_", "-")
        return (
            f'<figure class="nn-widget {css_class}" data-nn-widget="{self._module}">\n'
            f"<figcaption>{escape(self._title)}</figcaption>\n"
            f'<div class="nn-still">{self.still()}</div>\n'
            f'<script type="application/json">{script_json(self.page())}</script>\n</figure>'
        )

    @property
    def _esm(self):
        return esm(self._module, self._title)

    @property
    def _css(self):
        # No notebook has KaTeX's style sheet: there a formula is read from its MathML alone.
        return css(self._module) + "\n.nn-widget .katex-html { display: none; }\n"

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


def entry_of(module):
    """Return the name of a figure's own ES module, which starts all others."""
    return f"figures/{module}/{module}.js"


def esm(module, title):
    """Return the one ES module that Jupyter loads for a figure.

    It is joined anew for each figure, so that an edited module counts without a new kernel.
    """
    entry = entry_of(module)
    about = json.dumps({"name": module, "title": title})
    last = f'export default M["kit/jupyter.js"].forJupyter(M["{entry}"].default, {about});'
    return joiner.as_module([entry, "kit/jupyter.js"], last)


def css(module):
    """Return a figure's style sheet: the book's colours, what all figures share, its own."""
    shared = [joiner.ROOT / "kit" / name for name in ("colours.css", "base.css")]
    texts = [file.read_text(encoding="utf-8") for file in shared]
    return "\n".join([*texts, joiner.styles(entry_of(module))])
