"""Words that set a figure: `[take one step](#nn=hill_descent&steps=1)`.

Such an address holds a state (`nn_widgets/static/link.js` reads it), and no heading has its name.
MyST would look for one, so these links are made before it looks.
"""

from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

STATE = "nn="


class FigureLinks(SphinxPostTransform):
    """Make each link to a state of a figure a plain link within the page."""

    default_priority = 5  # before MyST resolves its own, at 9

    def run(self):
        """Change the links of one page."""
        for found in list(self.document.findall(addnodes.pending_xref)):
            if found["reftype"] == "myst" and found["reftarget"].startswith(STATE):
                address = "#" + quote(found["reftarget"], safe="=&,.-_")
                link = nodes.reference(
                    "", "", refuri=address, internal=True, classes=["nn-show-me"]
                )
                link += found.children
                found.replace_self(link)


def setup(app):
    """Register with Sphinx."""
    app.add_post_transform(FigureLinks)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
