"""The figures' side of the Sphinx build: classic scripts beside the pages.

A page loads one script for each kind of figure on it, and none where there is none. A script holds
all that its figure needs; where two of a page hold the same module, it runs once. A script that
figures share would make every page of the book heavier. The scripts are written once per build;
Sphinx puts a checksum of the content into each address.
"""

import hashlib
import re
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from nn_widgets.figures import STEMS, load
from nn_widgets.kit import joiner
from nn_widgets.kit.figure import entry_of
from nn_widgets.python import bundle

FOLDER = "nn"
MOUNT = "kit/mount.js"
PYTHON, LOAD = "python.js", "python/load.js"  # a figure that imports the second may load the first
SHEETS = ("colours.css", "base.css")
HOST = re.compile(r'data-nn-widget="(\w+)"')


def write_scripts(app):
    """Write the scripts and style sheets that pages may ask for."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files(STEMS).items():
        (folder / name).write_text(text, encoding="utf-8")


def files(names):
    """Return the text of every file for the figures `names`, by file name."""
    out = {name: (joiner.ROOT / "kit" / name).read_text("utf-8") for name in SHEETS}
    for name in names:
        entry = entry_of(name)
        modules = {**joiner.graph(MOUNT), **joiner.graph(entry)}
        last = f'M["{MOUNT}"].mount("{name}", M["{entry}"].default);'
        if LOAD in modules:
            out[PYTHON] = out.get(PYTHON) or bundle.script()
            version = hashlib.sha256(out[PYTHON].encode()).hexdigest()[:8]
            address = f'new URL("{PYTHON}?v={version}", document.currentScript.src).href'
            last = f'M["{LOAD}"].keepAt({address});\n{last}'
        out[f"{name}.js"] = joiner.as_script(modules.values(), last)
        out[f"{name}.css"] = joiner.styles(entry)
    return {name: text for name, text in out.items() if text}


def add_scripts(app, _page, _template, context, _doctree):
    """Load on this page what its figures need, and nothing where there are none."""
    found = sorted(set(HOST.findall(context.get("body") or "")))
    if not found or app.builder.format != "html":
        return
    unknown = [name for name in found if name not in STEMS]
    if unknown:
        raise ValueError(f"{context['pagename']}: there is no figure {', '.join(unknown)}")
    have = {Path(str(getattr(sheet, "filename", sheet))).name for sheet in context["css_files"]}
    sheets = SHEETS[1:] if "colours.css" in have else SHEETS
    folder = Path(app.outdir) / "_static" / FOLDER
    for sheet in [*sheets, *(f"{name}.css" for name in found)]:
        if (folder / sheet).is_file():
            app.add_css_file(f"{FOLDER}/{sheet}")
    for name in found:
        app.add_js_file(f"{FOLDER}/{name}.js", loading_method="defer")


def drop_widget_state(app, page, _template, _context, _doctree):
    """Leave out Jupyter's own copy of every widget's state, module text and all."""
    metadata = getattr(app.env, "nb_metadata", {}).get(page, {})
    files = metadata.get("js_files", {})
    for key in [key for key in files if key.startswith("ipywidgets")]:
        del files[key]


class FigureAlive(SphinxDirective):
    """A figure on a page that is no notebook, as it begins."""

    required_arguments = 1

    def run(self):
        """Put the figure there as a notebook's stored output would."""
        name = self.arguments[0]
        if name not in STEMS:
            raise self.error(f"there is no figure {name}; there are {', '.join(STEMS)}")
        for file in sorted((joiner.ROOT / "figures" / name).glob("*.py")):
            self.env.note_dependency(str(file))
        return [nodes.raw("", load(name)().html(), format="html")]


def setup(app):
    """Connect the handlers; the state goes before MyST-NB's own handler can write it."""
    app.add_directive("figure-alive", FigureAlive)
    app.connect("builder-inited", write_scripts)
    app.connect("html-page-context", drop_widget_state, priority=100)
    app.connect("html-page-context", add_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
