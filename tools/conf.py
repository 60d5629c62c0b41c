"""Hand the settings of _config.yml to sphinx-autobuild, which knows only a conf.py."""

import sys
from pathlib import Path

from jupyter_book.config import get_final_config

sys.path.insert(0, str(Path(__file__).parent))  # Sphinx reads this file without its folder

from sources import ROOT, digest

settings, _ = get_final_config(
    user_yaml=ROOT / "_config.yml",
    cli_config={"external_toc_path": str(ROOT / "_toc.yml"), "latex_individualpages": False},
    sourcedir=ROOT,
)
for _name in ("html_static_path", "templates_path", "html_extra_path", "bibtex_bibfiles"):
    settings[_name] = [str(ROOT / path) for path in settings.get(_name, [])]
for _name in ("html_favicon", "html_logo"):
    if settings.get(_name):
        settings[_name] = str(ROOT / settings[_name])
# One style sheet of a name that changes with it would have every page written for one line of CSS.
settings["extensions"] = [name for name in settings["extensions"] if name != "weight"]
globals().update(settings)


def setup(app):
    """Have every page rebuilt when what it is made from changes; scripts lie beside the pages."""
    app.add_config_value("shared_sources", digest(without={".js", ".css"}), "env")
    # With one page to write, Sphinx also copies what lies beside the pages.
    app.connect("env-get-outdated", lambda app, *_: [app.config.root_doc])
