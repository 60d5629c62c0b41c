"""What the Sphinx extensions of the page do to a small book of two pages."""

import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
THEME = ROOT / "book/_theme"
CONF = f"""
import sys
sys.path.insert(0, {str(THEME)!r})
extensions = ["myst_parser", "page_math", "line_breaks", "page", "weight"]
myst_enable_extensions = ["dollarmath"]
html_theme = "furo"
html_title = "A book"
html_math_renderer = "prerendered"
html_static_path = [{str(THEME / "static")!r}]
templates_path = [{str(THEME / "templates")!r}]
root_doc = "book/index"
numfig = math_numfig = True
"""
INDEX = """# First page

The first sentence is here. The second has code, `W @ h`, and a formula $W h$, which is left out.

{chapter}`01-topology`

$$ z = W h + b $$ (eq-one)

See {eq}`eq-one` and [$z$](01-topology.md). Here ($W$) is 97 % of $h + b$, an $n$-vector.

```{toctree}
01-topology
```
"""


def build(folder, index=INDEX):
    (folder / "book").mkdir(parents=True)
    (folder / "conf.py").write_text(CONF)
    (folder / "book/index.md").write_text(index)
    (folder / "book/01-topology.md").write_text("# Chapter\n\nA plain paragraph.\n")
    command = [sys.executable, "-m", "sphinx", "-qW", "--keep-going", "-n", ".", "html"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


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


def test_a_chapter_is_linked_by_its_question(page):
    link = page.find("a", string="1. What is fixed, and what is learned?")
    assert link["href"] == "01-topology.html"


def test_no_line_ends_between_a_formula_and_the_mark_that_touches_it(page):
    spans = [span.find_all(string=True, recursive=False) for span in page.select(".nn-glued")]
    assert spans == [[","], ["."], ["(", ")"], [","], ["-"]]
    assert len(page.select(".nn-glued .math")) == len(spans)
    assert len(page.select(".katex-html wbr")) == 1  # after the plus sign


def test_a_number_stays_with_its_percent_sign(page):
    assert "97\N{NO-BREAK SPACE}%" in page.get_text()


def test_a_description_is_cut_after_a_sentence_but_not_after_a_short_one(monkeypatch):
    monkeypatch.syspath_prepend(str(THEME))
    from page import shorten

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


def test_addresses_in_a_bundled_sheet_lead_where_they_led(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(THEME))
    import weight

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


def test_bad_tex_fails_the_build_and_names_page_and_formula(tmp_path):
    done = build(tmp_path, INDEX.replace("$W h$", r"$\frac{x$"))
    assert done.returncode != 0
    assert "index.md:3" in done.stderr
    assert r"\frac{x" in done.stderr


@pytest.mark.parametrize("text", ["Short.", "One. " * 60, "word " * 80])
def test_descriptions_end_where_words_end(text, monkeypatch):
    monkeypatch.syspath_prepend(str(THEME))
    import page

    short = page.shorten(text.strip())
    assert len(short) <= page.DESCRIPTION_LENGTH
    assert short[-1] in ".…" or short == text
