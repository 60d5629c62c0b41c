"""The book kept on a device: its worker, what the host says of its edition, and the home screen.

`keep.js` in the page offers it; the reader's press has the browser fetch the worker that is written
here, and the worker every file of the book. Nothing in a page but that press asks for any of it,
except `keep.json`, a hundred bytes that say which edition the host has.
"""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import icons
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

HERE = Path(__file__).parent
WORKBOX = HERE / "vendor/workbox/workbox.js"
WORKER = HERE / "keeping/worker.js"
PLACE = HERE / "keeping/place.html"
VERSION, MANIFEST, ICONS = "keep.json", "manifest.json", "_static/icons"
# What no page asks for: maps of the theme, a list for other books, what is written here.
LEFT_OUT = ("*.map", "objects.inv", VERSION, "keep-*.js")


class KeepBook(SphinxDirective):
    """The place where the page offers to keep the book; `keep.js` shows it where that can be."""

    def run(self):
        """Put it there."""
        self.env.note_dependency(str(PLACE))
        return [nodes.raw("", PLACE.read_text(encoding="utf-8"), format="html")]


def write_files(app, exception):
    """Write them when all else of the book is written, for the worker lists it all."""
    if exception or app.builder.format != "html":
        return
    home = app.builder.get_target_uri(app.config.root_doc)
    icons.write(Path(app.outdir, ICONS))
    manifest = manifest_of(app.config.html_title, app.config.language, home)
    Path(app.outdir, MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    write_worker(Path(app.outdir))


def manifest_of(title, language, home):
    """Return what a home screen needs; every address is relative, for any folder of any host."""
    return {
        "name": title,
        "short_name": title.removeprefix("The "),
        "lang": language,
        "start_url": home,
        "scope": "./",
        "display": "standalone",
        "theme_color": icons.colour(),
        "background_color": icons.colour(),
        "icons": [
            {
                "src": f"{ICONS}/{name}",
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, side, purpose in icons.ICONS
        ],
    }


def write_worker(folder):
    """Write the worker that keeps what is in a folder, under a name that is its edition's."""
    for old in folder.glob("keep-*.js"):
        old.unlink()
    files = list_files(folder)
    code = WORKBOX.read_text(encoding="utf-8"), WORKER.read_text(encoding="utf-8")
    edition = sha256(json.dumps([files, code]).encode()).hexdigest()[:12]
    name = f"keep-{edition}.js"
    book = f"self.BOOK = {json.dumps({'name': name, 'files': files})};\n"
    (folder / name).write_text(book.join(code), encoding="utf-8")
    version = {"worker": name, "bytes": sum(size for _, size, _ in files)}
    (folder / VERSION).write_text(json.dumps(version), encoding="utf-8")


def list_files(folder):
    """Return address, bytes and SHA-256 of every file that a page can ask for."""
    names = {path: path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return [describe(path, name) for path, name in sorted(names.items()) if may_be_asked_for(name)]


def may_be_asked_for(name):
    """Tell whether a page can ask for a file; what is hidden is for tools."""
    hidden = any(part.startswith(".") for part in name.parts)
    return not hidden and not any(name.match(pattern) for pattern in LEFT_OUT)


def describe(path, name):
    """Return the three of one file, the hash as browsers write it."""
    content = path.read_bytes()
    return quote(name.as_posix()), len(content), b64encode(sha256(content).digest()).decode()


def setup(app):
    """Connect the handler after every other one that writes, changes or thins a file."""
    app.add_directive("keep-book", KeepBook)
    app.connect("build-finished", write_files, priority=990)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
