"""What the Sphinx extensions of the page do to a small book of two pages."""

from pathlib import PurePosixPath

import pytest
import small_book
import weight
from bs4 import BeautifulSoup
from cells import FewElements
from code_style import Light
from fontTools.ttLib import TTFont
from gallery import THEME
from page import DESCRIPTION_LENGTH, shorten
from pygments import highlight
from pygments.lexers import PythonLexer

EXTENSIONS = ["myst_parser", "page_math", "line_breaks", "figure_links", "unfold"]
EXTENSIONS += ["page", "weight"]
SETTINGS = {
    "myst_enable_extensions": ["dollarmath"],
    "html_math_renderer": "prerendered",
    "html_static_path": [str(THEME / "static")],
    "html_css_files": [],
    "templates_path": [str(THEME / "templates")],
    "root_doc": "book/index",
    "numfig": True,
    "math_numfig": True,
}
INDEX = """# First page

The first sentence is here. The second has code, `W @ h`, and a formula $W h$, which is left out.

{chapter}`01-topology`

$$ z = W h + b $$ (eq-one)

See {eq}`eq-one` and [$z$](01-topology.md). Here ($W$) is 97 % of $h + b$, an $n$-vector.

Take [one *step*](#nn=hill_descent&surface=%22ravine%22&start=%5B-2.6,2%5D).

````{admonition} Deeper: a <fold>, 1 minute
:class: dropdown nn-deeper

It holds $h$ and an equation.

$$ p = h $$ (eq-two)
````

```{toctree}
01-topology
```
"""


def build(folder, index=INDEX):
    (folder / "book").mkdir(parents=True)
    small_book.settle(folder, EXTENSIONS, **SETTINGS)
    (folder / "book/index.md").write_text(index)
    (folder / "book/01-topology.md").write_text("# Chapter\n\nA plain paragraph.\n")
    return small_book.build(folder, folder / "html", "--keep-going", "-n")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def page(built):
    return BeautifulSoup((built / "book/index.html").read_text("utf-8"), "html.parser")


def test_formulas_are_typeset_and_coloured_without_script(page):
    assert len(page.select(".katex-display .nn-W")) == 1
    assert not page.select("script[src*=katex], script[src*=mathjax]")


def test_a_labelled_formula_has_its_number_and_one_id(page):
    assert page.select_one(".eqno").get_text().startswith("(1)")
    assert len(page.select("#equation-eq-one")) == 1


def test_a_link_that_is_a_formula_has_a_name(page):
    assert page.select_one("article p a .math")["aria-label"] == "z"


def test_the_description_is_running_text(page):
    described = page.select_one("meta[name=description]")["content"]
    assert "formula" not in described


def test_a_chapter_is_linked_by_the_title_that_stands_on_its_page(page):
    link = page.find("a", string="1. Chapter")
    assert link["href"] == "01-topology.html"


def test_no_line_ends_between_a_formula_and_the_mark_that_touches_it(page):
    spans = [span.find_all(string=True, recursive=False) for span in page.select(".nn-glued")]
    assert spans == [[","], ["."], ["(", ")"], [","], ["-"]]
    assert len(page.select(".nn-glued .math")) == len(spans)
    assert len(page.select(".katex-html wbr")) == 1  # after the plus sign


def test_a_number_stays_with_its_percent_sign(page):
    assert "97\N{NO-BREAK SPACE}%" in page.get_text()


def test_a_description_is_cut_after_a_sentence_but_not_after_a_short_one():
    assert shorten("A" * 80 + ". " + "word " * 40) == "A" * 80 + "."
    assert shorten("Short. " + "word " * 40).endswith("word word…")


def test_short_code_stays_on_one_line(page):
    assert "nn-short" in page.select_one("article code")["class"]


def test_landmarks_have_names_and_no_heading_lacks_a_level(page):
    names = [aside.get("aria-label") for aside in page.select("aside")]
    assert None not in names
    assert len(set(names)) == len(names)
    assert not page.select("[role=heading]:not([aria-level])")


def test_a_page_asks_for_one_style_sheet_that_holds_them_all(page, built):
    (link,) = page.select("link[rel=stylesheet]")
    text = (built / "book" / link["href"].split("?")[0]).read_text("utf-8")
    for sheet in ["pygments.css", "styles/furo.css", "styles/furo-extensions.css"]:
        assert (built / "_static" / sheet).read_text("utf-8") in text


def test_addresses_in_a_bundled_sheet_lead_where_they_led(tmp_path):
    sheet = tmp_path / "_static/katex/katex.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("a{src:url(f.woff2)} b{src:url('g.png')} c{m:url('data:x');n:url(#y)}")
    assert weight.read_sheet(tmp_path, PurePosixPath("_static/katex/katex.css")) == (
        "a{src:url(katex/f.woff2)} b{src:url('katex/g.png')} c{m:url('data:x');n:url(#y)}"
    )


def test_fonts_keep_every_glyph_that_a_page_shows_and_lose_others(page, built):
    thin = [TTFont(path) for path in (built / "_static/katex/fonts").glob("*.woff2")]
    whole = [TTFont(path) for path in (THEME / "static/katex/fonts").glob("*.woff2")]
    kept = set().union(*(font.getBestCmap() for font in thin))
    shown = {ord(c) for formula in page.select(".katex-html") for c in formula.get_text()}
    assert shown
    assert shown & set().union(*(font.getBestCmap() for font in whole)) <= kept
    assert sum(len(f.getBestCmap()) for f in thin) < sum(len(f.getBestCmap()) for f in whole)


def test_the_start_page_leads_to_the_index(tmp_path):
    build(tmp_path)
    start = BeautifulSoup((tmp_path / "html/index.html").read_text("utf-8"), "html.parser")
    assert start.select_one("a")["href"] == "book/index.html"
    assert start.html["lang"] == "en"


def test_a_host_that_knows_jekyll_serves_the_folders_with_a_low_line(built):
    assert (built / ".nojekyll").is_file()


def test_no_page_holds_a_script_of_its_own(built):
    for path in (built / "book").glob("*.html"):
        scripts = BeautifulSoup(path.read_text("utf-8"), "html.parser").select("script")
        assert [script for script in scripts if not script.get("src")] == []


def test_code_has_elements_only_where_it_has_a_colour():
    code = highlight('for x in data: z = f"{x:.2f}"', PythonLexer(), FewElements(style=Light))
    spans = BeautifulSoup(code, "html.parser").select("span[class]")
    assert [span.get_text() for span in spans] == ["for", "in", 'f"{', ':.2f}"']


def test_bad_tex_fails_the_build_and_names_page_and_formula(tmp_path):
    done = build(tmp_path, INDEX.replace("$W h$", r"$\frac{x$"))
    assert done.returncode != 0
    assert "index.md:3" in done.stderr
    assert r"\frac{x" in done.stderr


@pytest.mark.parametrize("text", ["Short.", "One. " * 60, "word " * 80])
def test_descriptions_end_where_words_end(text):
    short = shorten(text.strip())
    assert len(short) <= DESCRIPTION_LENGTH
    assert short[-1] in ".…" or short == text


def test_words_that_set_a_figure_are_a_link_with_the_state_in_its_address(page):
    link = page.select_one("a.nn-show-me")
    assert link.get_text() == "one step"
    assert link.em.get_text() == "step"
    assert link["href"] == "#nn=hill_descent&surface=%22ravine%22&start=%5B-2.6,2%5D"


def test_a_dropdown_admonition_is_closed_and_its_title_opens_it(page):
    fold = page.select_one("details.nn-deeper")
    assert fold.summary.get_text() == "Deeper: a <fold>, 1 minute"
    assert not fold.has_attr("open")
    assert not page.select(".admonition.dropdown")
    assert len(fold.select(".math")) == 2
    assert len(fold.select("#equation-eq-two")) == 1
