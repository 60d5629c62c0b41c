"""A book of one chapter with a question of each kind, built by Sphinx for the browser tests."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

CONF = f"""
extensions = ["myst_parser", "nn_widgets.quiz_ext"]
html_theme = "furo"
html_title = "Questions"
html_static_path = [{str(ROOT / "nn_widgets/static/colours.css")!r},
                    {str(ROOT / "book/_theme/static")!r}]
html_css_files = ["colours.css", "katex/katex.css", "page.css"]
html_favicon = {str(ROOT / "book/_theme/static/favicon.svg")!r}
html_copy_source = False
language = "en"
"""

PAGES = {
    "index": "# Index\n\n```{progress}\n```\n\n```{toctree}\nexample\nanswers\nreview\n```\n",
    "example": '# Chapter\n\n```{raw} html\n<section class="nn-quiz" data-chapter="example" '
    'data-item=""></section>\n```\n',
    "answers": "# Answers\n\n```{answers}\n```\n",
    "review": "# Review\n\n```{review}\n```\n",
}


def build(folder, bank, item=""):
    """Build the book with the text `bank` as its chapter's questions; return where it is.

    The pages of the book stand in `book`, as in the real one. A cell of the chapter shows all
    questions, or the one called `item`.
    """
    source = Path(folder) / "source"
    (source / "book" / "quizzes").mkdir(parents=True, exist_ok=True)
    (source / "conf.py").write_text(CONF + 'root_doc = "book/index"\n', "utf-8")
    for name, text in PAGES.items():
        text = text.replace('data-item=""', f'data-item="{item}"')
        (source / "book" / f"{name}.md").write_text(text, "utf-8")
    (source / "book" / "quizzes" / "example.yml").write_text(bank, "utf-8")
    out = Path(folder) / "html"
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", source, out]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return out
