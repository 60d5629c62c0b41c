"""A formula with fewer elements looks as KaTeX made it, letter by letter, in a browser."""

import json
import re

import pytest
from sources import ROOT

from nn_widgets.tex import tex

THEME = ROOT / "book/_theme/static"
FORMULA = re.compile(r"(?<![\\\w])\$\$(.+?)\$\$|(?<![\\$\w])\$([^$\n]+?)\$(?!\w)", re.DOTALL)
# What the book does not use today, and an author may use tomorrow.
OTHERS = [
    (r"x^{\frac{a}{b}} + \sqrt[3]{x^2_i} + \overline{h} + \widehat{ab} + \vec{x}", True),
    (r"\sum_{i=1}^{N} \left( \frac{x_i}{\sqrt{y}} \right)^2 \le \max_{k} \lvert p_k \rvert", True),
    (r"\underbrace{W h}_{z} + \overset{!}{=} + \binom{n}{k} + \tfrac12 + e^{-e^{-x^2}}", True),
    (r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}", True),
    (r"\mathbf{x}^\top\!\boldsymbol{y} \in \mathbb{R}^{n_\ell \times n_{\ell-1}}", False),
    (r"\left[\begin{array}{c|c} a & b \\ \hline c & d \end{array}\right]", True),
]
# Where each letter and each line of a formula stands in its paragraph.
PLACES = """(formula) => {
  const corner = formula.closest("p").getBoundingClientRect();
  const place = (box) => [box.left - corner.left, box.top - corner.top, box.width, box.height];
  const seen = formula.querySelector(".katex-html");
  const texts = document.createTreeWalker(seen, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (let at = 0; at < text.length; at += 1) {
      if (text.data[at] === "\\u200b") continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      found.push([text.data[at], ...place(range.getBoundingClientRect())]);
    }
  }
  for (const line of seen.querySelectorAll(".frac-line, svg, .overline-line, .hline, .vertical-separator"))
    found.push([line.localName, ...place(line.getBoundingClientRect())]);
  return [...found, ["all", ...place(formula.getBoundingClientRect())], ["line", corner.height]];
}"""
BOTH = """async ([pairs, style, places]) => {
  const sheet = document.createElement("style");
  sheet.textContent = style;
  document.head.append(sheet);
  const article = document.querySelector("article");
  const line = (html) => `<p style="width: max-content"><span class="math">${html}</span></p>`;
  article.innerHTML = pairs.flat().map(line).join("");
  const fonts = Array.from(document.fonts).filter((font) => font.family.startsWith("KaTeX"));
  await Promise.all(fonts.map((font) => font.load()));
  const found = Array.from(article.querySelectorAll(".math"), eval(places));
  return pairs.map((_, at) => [found[2 * at], found[2 * at + 1]]);
}"""


def texts():
    """Every Markdown text of the book, questions included."""
    for path in (ROOT / "book").rglob("*"):
        if path.suffix in {".md", ".yml"}:
            yield path.read_text(encoding="utf-8")
        elif path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            yield from ("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def formulas():
    """Every formula of the book once, and a few others: its TeX, whether it has its own line."""
    found = {(a or b, bool(a)) for text in texts() for a, b in FORMULA.findall(text)}
    return sorted((" ".join(formula.split()), own) for formula, own in found) + OTHERS


@pytest.fixture(scope="module")
def pairs():
    """KaTeX's HTML and ours, by formula; a dollar in code is none."""
    asked = [(f, own, tex._ask(tex.colour(f), own)) for f, own in formulas()]
    return {f: (answer["html"], tex.render(f, own)) for f, own, answer in asked if "html" in answer}


@pytest.fixture
def places(page, site, pairs):
    """Where the browser puts the letters of both, by formula."""
    page.goto(f"{site}/book/references.html")
    style = (THEME / "katex/katex.css").read_text(encoding="utf-8")
    style = style.replace("url(fonts/", f"url({site}/_static/katex/fonts/")
    style += (THEME / "look/formulas.css").read_text(encoding="utf-8")
    found = page.evaluate(BOTH, [list(pairs.values()), style, PLACES])
    return dict(zip(pairs, found, strict=True))


def apart(one, other):
    """How far the letters of two are from one another, in pixels; infinitely if they differ."""
    if [mark[0] for mark in one] != [mark[0] for mark in other]:
        return float("inf")
    marks = zip(one, other, strict=True)
    return max(abs(a - b) for x, y in marks for a, b in zip(x[1:], y[1:], strict=True))


def test_every_letter_of_every_formula_stands_where_katex_puts_it(places):
    assert len(places) > 400
    moved = {formula: apart(*both) for formula, both in places.items()}
    assert {formula: far for formula, far in moved.items() if far > 0.5} == {}


def test_what_the_eye_sees_of_a_formula_has_less_than_half_of_katexs_elements(pairs):
    before, after = (
        sum(html.split("</math>")[1].count("</") for html in each)
        for each in zip(*pairs.values(), strict=True)
    )
    assert after < 0.45 * before
