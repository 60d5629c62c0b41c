"""What the Sphinx extensions of the page do to a small book of two pages."""

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
THEME = ROOT / "book/_theme"
CONF = f"""
import sys
sys.path.insert(0, {str(THEME)!r})
extensions = ["myst_parser", "page_math", "page"]
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

{chapter}`01-topology` and {chapter}`09-checking-gradients`

$$ z = W h + b $$ (eq-one)

See {eq}`eq-one` and [$z$](01-topology.md).

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
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return BeautifulSoup((folder / "html/book/index.html").read_text("utf-8"), "html.parser")


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


def test_a_chapter_that_exists_is_linked_and_one_to_come_is_named(page):
    paragraph = next(p for p in page.select("article p") if "1. What is fixed" in p.get_text())
    assert [a["href"] for a in paragraph.select("a")] == ["01-topology.html"]
    assert "9. How do you know your gradient is right?" in paragraph.get_text()


def test_short_code_stays_on_one_line(page):
    assert "nn-short" in page.select_one("article code")["class"]


def test_landmarks_have_names_and_no_heading_lacks_a_level(page):
    names = [aside.get("aria-label") for aside in page.select("aside")]
    assert None not in names
    assert len(set(names)) == len(names)
    assert not page.select("[role=heading]:not([aria-level])")


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
