"""A book of one chapter with a question of each kind, built by Sphinx for the browser tests."""

from pathlib import Path

import small_book

SETTINGS = {
    "root_doc": "book/index",
    "html_css_files": small_book.SHEETS,
    "html_copy_source": False,
}

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
    small_book.settle(source, ["myst_parser", "quizzes"], **SETTINGS)
    for name, text in PAGES.items():
        text = text.replace('data-item=""', f'data-item="{item}"')
        (source / "book" / f"{name}.md").write_text(text, "utf-8")
    (source / "book" / "quizzes" / "example.yml").write_text(bank, "utf-8")
    out = Path(folder) / "html"
    done = small_book.build(source, out)
    assert done.returncode == 0, done.stderr[-3000:]
    return out
