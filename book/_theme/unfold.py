"""An admonition of class `dropdown` is something to unfold: `<details>` with its title in front."""

from html import escape

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class Unfold(SphinxPostTransform):
    """Write each such admonition as the element that browsers fold by themselves."""

    default_priority = 800  # when all that is inside has its links
    formats = ("html",)

    def run(self):
        """Change the admonitions of one page."""
        for box in list(self.document.findall(nodes.admonition)):
            if "dropdown" in box["classes"]:
                box.parent.replace(box, folded(box))  # replace_self would hand its classes on


def folded(box):
    """Return what stands for the admonition: an opening tag, its content, a closing tag."""
    title, *content = box.children
    names = " ".join(c for c in box["classes"] if c.startswith("nn-"))
    anchor = f' id="{box["ids"][0]}"' if box["ids"] else ""
    opening = f'<details class="{names}"{anchor}>\n<summary>{escape(title.astext())}</summary>'
    return [raw(opening), *content, raw("</details>")]


def raw(html):
    """Return a node that the HTML writer copies."""
    return nodes.raw("", html, format="html")


def setup(app):
    """Register with Sphinx."""
    app.add_post_transform(Unfold)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
