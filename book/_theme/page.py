"""What the page needs beyond the theme: a description, the notebook's links, fewer scripts."""

from hashlib import sha256
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from nn_widgets.quiz.bank import title_of

DESCRIPTION_LENGTH = 160
FONTS = ["KaTeX_Main-Regular.woff2", "KaTeX_Math-Italic.woff2"]
# Those of Sphinx's own search, and of the theme, whose work frame.js does.
UNUSED_SCRIPTS = ("doctools.js", "documentation_options.js", "sphinx_highlight.js", "furo.js")
THEME = Path(__file__).with_name("static") / "theme.js"
SHORT_CODE = 18  # characters that stay on one line


class ChapterRole(SphinxRole):
    """The number and question of a chapter, as a link to it."""

    def run(self):
        """Make the reference."""
        page = Path(self.env.doc2path(f"book/{self.text}"))
        self.env.note_dependency(str(page))
        title = title_of(page) if page.is_file() else self.text
        question = nodes.inline("", f"{int(self.text[:2])}. {title}")
        link = addnodes.pending_xref(
            "", question, refdomain="std", reftype="doc", reftarget=f"/book/{self.text}",
            refdoc=self.env.docname, refexplicit=True, refwarn=True,
        )  # fmt: skip
        return [link], []


def complete_context(app, pagename, templatename, context, doctree):
    """Give the templates what they ask for, and the page only the scripts that it uses."""
    # Docutils gives each reference a role that has been withdrawn; it stands in a list.
    body = context.get("body") or ""
    context["body"] = body.replace(' role="doc-biblioentry"', ' role="listitem"')
    if 'name="description"' not in context.get("metatags", ""):
        text = description(doctree) if doctree is not None else f"Search {app.config.html_title}."
        tag = f'<meta name="description" content="{escape(text)}">'
        context["metatags"] = context.get("metatags", "") + tag
    context["script_files"] = [
        script
        for script in context["script_files"]
        if not str(getattr(script, "filename", script)).endswith(UNUSED_SCRIPTS)
    ]
    # Two slips of what is underneath: a heading without a level, a label that hides the words.
    context["furo_navigation_tree"] = context["furo_navigation_tree"].replace(' role="heading"', "")
    if "body" in context:
        context["body"] = context["body"].replace(' aria-label="Toggle hidden content"', "")
    context["nn_theme"] = f"_static/theme.js?v={sha256(THEME.read_bytes()).hexdigest()[:8]}"
    context["nn_fonts"] = FONTS if 'class="katex"' in context.get("body", "") else []
    context["nn_notebook"] = notebook(app, pagename)


def description(doctree):
    """Return the first running text without formulas, cut at the end of a sentence."""
    text = ""
    for paragraph in doctree.findall(nodes.paragraph):
        plain = isinstance(paragraph.parent, nodes.section) and not list(
            paragraph.findall(nodes.math)
        )
        if plain:
            text += " " + " ".join(paragraph.astext().split())
        if len(text) > DESCRIPTION_LENGTH:
            break
    return shorten(text.strip())


def shorten(text):
    """Keep at most `DESCRIPTION_LENGTH` characters of whole sentences, or of whole words."""
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    start = text[: DESCRIPTION_LENGTH - 1]
    end = max(start.rfind(mark + " ") for mark in ".?")
    return start[: end + 1] if end > 60 else start.rsplit(" ", 1)[0] + "…"


def notebook(app, pagename):
    """Return the name of the page's notebook among the copied sources, or ""."""
    source = Path(app.srcdir, pagename + ".ipynb")
    return f"{pagename}.ipynb" if source.exists() else ""


def keep_short_code_whole(app, doctree, docname):
    """Mark short code in running text, so that no line ends inside `W @ h`."""
    for literal in doctree.findall(nodes.literal):
        if len(literal.astext()) <= SHORT_CODE:
            literal["classes"].append("nn-short")


def write_start_page(app, exception):
    """Put a page at the root that leads to the index, so that the folder opens by itself."""
    if exception or app.builder.format != "html":
        return
    home = app.builder.get_target_uri(app.config.root_doc)
    page = app.builder.templates.render(
        "start.html", {"home": home, "title": app.config.html_title, "language": "en"}
    )
    Path(app.outdir, "index.html").write_text(page, encoding="utf-8")
    Path(app.outdir, ".nojekyll").touch()  # or GitHub's pages leave out every name with a low line


def setup(app):
    """Connect the handlers."""
    app.setup_extension("furo")  # now, so that its settings are known when they are read
    # Jupyter Book sets it for an extension that this book leaves out.
    app.add_config_value("comments_config", {}, "")
    app.add_role("chapter", ChapterRole())
    app.connect("doctree-resolved", keep_short_code_whole)
    app.connect("html-page-context", complete_context, priority=900)
    app.connect("build-finished", write_start_page, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
