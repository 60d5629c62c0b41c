"""What the built pages depend on besides their own text."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "_build" / "html"
SHARED = ["_config.yml", "_toc.yml", "requirements.txt", "nn_core", "nn_widgets", "book/_theme"]
SHARED += ["book/quizzes", "book/references.bib"]


def notebooks():
    """List the book's notebooks in order."""
    return sorted(path for path in (ROOT / "book").glob("*.ipynb"))


def digest(without=()):
    """Fingerprint everything that can change many pages at once, `without` files that end so."""
    summary = hashlib.sha256()
    for path in (path for path in shared_files() if path.suffix not in without):
        summary.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return summary.hexdigest()


def shared_files():
    """List the files under `SHARED`, without what Python leaves behind."""
    for place in (ROOT / name for name in SHARED):
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (p for p in found if p.is_file() and "__pycache__" not in p.parts)
