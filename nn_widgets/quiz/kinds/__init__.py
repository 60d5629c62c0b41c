"""The kinds of questions: a file each, with its JavaScript and, if it needs one, its style sheet.

A file `hot_spot.py` is the kind ``hot-spot``, and `hot_spot.js` beside it is what the page knows
of it. The file names its class in `KIND`.
"""

from importlib import import_module
from pathlib import Path

__all__ = ["KINDS", "SCRIPTS"]

STEMS = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if p.stem != "__init__")

KINDS = {stem.replace("_", "-"): import_module(f"{__name__}.{stem}").KIND() for stem in STEMS}
SCRIPTS = {stem.replace("_", "-"): f"quiz/kinds/{stem}.js" for stem in STEMS}
