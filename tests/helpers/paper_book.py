"""A book of two chapters with a question of each kind, a figure, a fold and formulas, for paper."""

from pathlib import Path

import small_book
from sources import ROOT

FILLER = "A sentence that fills a line and means nothing, again and again. " * 4
FIGURES = 4
INDEX = """# A small book

{.nn-lead}
Of two chapters

Some words for the opening, and [a question](first.md) in it.

```{toctree}
:caption: I. The beginning
first
second
```

```{toctree}
:caption: Appendices
answers
review
```
"""
FIRST = """# What comes first?

A formula with a number:

$$ z = W h + b $$ (eq-z)

A [figure turns](#nn=loss_slices&x=1) when you press this.

## Sections of walnut

{walnut}

## Questions of the first

```{{raw}} html
<section class="nn-quiz" data-chapter="first" data-item=""></section>
```
"""
SECOND = """# What comes second?

It follows from {eq}`eq-z`, of the [section on walnut](first.md#sections-of-walnut).

:::{admonition} Exercise: two halves, on paper, 12 minutes
:class: dropdown nn-exercise
How many halves has a walnut?

<details>
<summary>Solution</summary>

Two, as every opened walnut shows.

</details>
:::

:::{admonition} Deeper: a fold, 1 minute
:class: dropdown nn-deeper
Only who unfolds it reads of hazelnuts.
:::

## Sections of cedar

And $h$ in a line.
"""


def build(folder):
    """Build the book; return its folder. A figure stands at several heights of a page."""
    source, out = Path(folder) / "source", Path(folder) / "html"
    (source / "book" / "quizzes").mkdir(parents=True)
    small_book.settle(
        source,
        ["myst_parser", "page", "page_math", "figure_links", "unfold", "figures", "quizzes"],
        root_doc="book/index",
        html_css_files=small_book.SHEETS,
        html_math_renderer="prerendered",
        html_copy_source=False,
        templates_path=[str(ROOT / "book/_theme/templates")],
        myst_enable_extensions=["amsmath", "attrs_block", "colon_fence", "dollarmath"],
        myst_heading_anchors=3,
        numfig=True,
        math_numfig=True,
    )
    walnut = "\n\n".join(
        f"Figure {n} follows.\n\n" + f"{FILLER}\n\n" * n + "```{figure-alive} loss_slices\n```"
        for n in range(1, FIGURES + 1)
    )
    pages = {
        "index": INDEX,
        "first": FIRST.format(walnut=walnut),
        "second": SECOND,
        "answers": "# Answers\n\nAll of them.\n\n```{answers}\n```\n",
        "review": "# Answer again\n\nWhat you had wrong.\n\n```{review}\n```\n",
    }
    for name, text in pages.items():
        (source / "book" / f"{name}.md").write_text(text, "utf-8")
    bank = (ROOT / "tests/quiz/example.yml").read_text("utf-8")
    (source / "book" / "quizzes" / "first.yml").write_text(bank, "utf-8")
    done = small_book.build(source, out)
    assert done.returncode == 0, done.stderr[-3000:]
    return out
