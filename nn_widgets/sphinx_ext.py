"""The figures' side of the Sphinx build: classic scripts beside the pages.

A page that holds figures loads one script that figures share and one for each kind of figure on
it; a page without figures loads none. The scripts are written once per build; Sphinx puts a
checksum of the content into each address.
"""

import re
from collections import Counter
from pathlib import Path

from . import inline
from .base import Figure

FOLDER = "nn"
HOST = re.compile(r'data-nn-widget="(\w+)"')


def write_scripts(app):
    """Write the scripts and style sheets that pages may ask for."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files(sorted(Figure.modules)).items():
        (folder / name).write_text(text, encoding="utf-8")


def files(names):
    """Return the text of every file for the figures `names`, by file name.

    `shared.js` holds the mounting script and what two or more figures import; each other script
    holds the rest of one figure's modules.
    """
    mount = inline.graph("mount.js")
    graphs = {name: inline.graph(f"{name}.js") for name in names}
    uses = Counter(module for graph in graphs.values() for module in graph)
    everything = {
        key: module for graph in [mount, *graphs.values()] for key, module in graph.items()
    }
    shared = {key for key in everything if key in mount or uses[key] > 1}
    shared |= {need for key in shared for need in needs(everything, key)}
    out = {"shared.js": inline.as_script(m for key, m in everything.items() if key in shared)}
    for name, graph in graphs.items():
        last = f'M["mount.js"].mount("{name}", M["{name}.js"].default);'
        own = [module for key, module in graph.items() if key not in shared]
        out[f"{name}.js"] = inline.as_script(own, last)
        out[f"{name}.css"] = inline.styles(f"{name}.js")
    for sheet in ("base.css", "colours.css"):
        out[sheet] = (inline.STATIC / sheet).read_text(encoding="utf-8")
    return {name: text for name, text in out.items() if text}


def needs(modules, key):
    """Return every module that `key` needs, however far."""
    direct = {target for target, _ in modules[key].imports}
    return direct | {far for target in direct for far in needs(modules, target)}


def add_scripts(app, _page, _template, context, _doctree):
    """Load on this page what its figures need, and nothing where there are none."""
    found = sorted(set(HOST.findall(context.get("body") or "")))
    if not found or app.builder.format != "html":
        return
    unknown = [name for name in found if name not in Figure.modules]
    if unknown:
        raise ValueError(f"{context['pagename']}: there is no figure {', '.join(unknown)}")
    have = {Path(str(getattr(sheet, "filename", sheet))).name for sheet in context["css_files"]}
    sheets = [] if "colours.css" in have else ["colours.css"]
    folder = Path(app.outdir) / "_static" / FOLDER
    for sheet in [*sheets, "base.css", *(f"{name}.css" for name in found)]:
        if (folder / sheet).is_file():
            app.add_css_file(f"{FOLDER}/{sheet}")
    for script in ["shared.js", *(f"{name}.js" for name in found)]:
        app.add_js_file(f"{FOLDER}/{script}", loading_method="defer")


def drop_widget_state(app, page, _template, _context, _doctree):
    """Leave out Jupyter's own copy of every widget's state, module text and all."""
    metadata = getattr(app.env, "nb_metadata", {}).get(page, {})
    files = metadata.get("js_files", {})
    for key in [key for key in files if key.startswith("ipywidgets")]:
        del files[key]


def setup(app):
    """Connect the handlers; the state goes before MyST-NB's own handler can write it."""
    app.connect("builder-inited", write_scripts)
    app.connect("html-page-context", drop_widget_state, priority=100)
    app.connect("html-page-context", add_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
