"""How the cells of a chapter stand on the page: the names of folds, and code in few elements."""

from docutils import nodes
from pygments.formatters import HtmlFormatter
from pygments.token import Text
from sphinx.highlighting import PygmentsBridge
from sphinx.transforms.post_transforms import SphinxPostTransform

PROMPTS = {"tag_nn-checked": "checked"}


class NameFolds(SphinxPostTransform):
    """Call the folded asserts behind a text *checked*, not by their form."""

    default_priority = 190  # MyST-NB folds at 199
    formats = ("html",)

    def run(self, **_kwargs):
        """Change the words on the folds of tagged cells."""
        for cell in self.document.findall(nodes.container):
            for name in PROMPTS.keys() & set(cell["classes"]):
                cell["prompt_show"] = cell["prompt_hide"] = PROMPTS[name]


class FewElements(HtmlFormatter):
    """HTML of code in which only what has a colour of its own is an element."""

    def format(self, tokensource, outfile):
        """Write the tokens as the kinds that the style tells apart; neighbours become one."""
        super().format(((self.look(kind), text) for kind, text in tokensource), outfile)

    def look(self, kind):
        """Return the most general kind of token that looks like this one; plain text is none."""
        looks = dict(self.style)
        known = [each for each in kind.split() if each in looks]
        return next(each for each in (Text, *known) if looks[each] == looks[known[-1]])


def setup(app):
    """Register the transform, and what writes code."""
    PygmentsBridge.html_formatter = FewElements
    app.add_post_transform(NameFolds)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
