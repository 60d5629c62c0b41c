"""What a page weighs: one style sheet for what all pages share, fonts of the book's own glyphs."""

import re
from hashlib import sha256
from pathlib import Path, PurePosixPath
from string import printable

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

STATIC = Path(__file__).parent / "static"
OWN_SHEET = re.compile(r"^_static/nn/")  # of a figure: not on every page
RELATIVE = re.compile(r"url\((?!['\"]?(?:data:|#|/|https?:))(['\"]?)")
BUNDLES = {}  # what each file to be written is made of
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def name_bundle(app, _page, _template, context, _doctree):
    """Ask for one file instead of the style sheets that do not belong to a figure."""
    sheets = context["css_files"]
    shared = [sheet for sheet in sheets if not OWN_SHEET.match(str(sheet.filename))]
    names = [PurePosixPath(sheet.filename) for sheet in shared]
    files = [Path(app.outdir, name) for name in names]
    # MyST-NB writes its sheet last of all; the name of that one has a checksum in it.
    content = str(names).encode() + b"".join(f.read_bytes() for f in files if f.is_file())
    bundle = f"_static/book.{sha256(content).hexdigest()[:12]}.css"
    BUNDLES[bundle] = names
    link = type(sheets[0])(bundle, rel="stylesheet", type="text/css")
    context["css_files"] = [link, *(sheet for sheet in sheets if sheet not in shared)]


def write_bundles(app, exception):
    """Write the files that the pages ask for."""
    if exception:
        return
    for bundle, names in BUNDLES.items():
        text = "\n".join(read_sheet(app.outdir, name) for name in names)
        Path(app.outdir, bundle).write_text(text, encoding="utf-8")
    BUNDLES.clear()


def read_sheet(outdir, name):
    """Return the text of a sheet, with addresses as they are seen from `_static`."""
    folder = name.parent.relative_to("_static")
    return RELATIVE.sub(rf"url(\1{folder}/", Path(outdir, name).read_text(encoding="utf-8"))


def thin_fonts(app, exception):
    """Keep of KaTeX's fonts the glyphs that the built pages can ask for, and no hints."""
    if exception or app.builder.format != "html":
        return
    glyphs = characters(app.outdir)
    for source in sorted((STATIC / "katex/fonts").glob("*.woff2")):
        font = TTFont(source, recalcTimestamp=False)  # the same bytes on every build
        subsetter = Subsetter(Options(hinting=False, layout_features=["*"]))
        subsetter.populate(text=glyphs)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(Path(app.outdir, "_static/katex/fonts", source.name))


def characters(outdir):
    """Return every character of the pages and scripts, escaped ones too."""
    found = set(printable)
    for path in Path(outdir).rglob("*"):
        if path.suffix in {".html", ".js"}:
            text = path.read_text(encoding="utf-8")
            found |= set(text) | {chr(int(code, 16)) for code in ESCAPE.findall(text)}
    return "".join(sorted(found))


def setup(app):
    """Connect the handlers, after every one that adds a sheet or a page."""
    app.connect("html-page-context", name_bundle, priority=950)
    app.connect("build-finished", write_bundles, priority=950)
    app.connect("build-finished", thin_fonts, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
