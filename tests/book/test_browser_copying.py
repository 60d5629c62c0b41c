"""What lands in the clipboard, and what a translated page leaves as it is."""

import pytest

COPIED = """([from, to]) => {
  const pick = (selector) => document.querySelector(selector);
  const range = document.createRange();
  range.setStart(pick(from), 0);
  range.setEnd(pick(to), pick(to).childNodes.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  const got = {};
  addEventListener("copy", ({ clipboardData }) => {
    got.text = clipboardData.getData("text/plain");
    got.html = clipboardData.getData("text/html");
  }, { once: true });
  document.execCommand("copy");
  return got;
}"""
PROSE = """<p id="one">The sum <span class="math">{}</span> comes first.</p>
<div class="math-wrapper" id="two">{}</div><ul><li id="three">Then <code>tanh</code>.</li></ul>"""
BARE = """(selector) => [...document.querySelectorAll(selector)]
  .filter((part) => !part.closest("[translate=no], .notranslate")).map((part) => part.outerHTML)"""
ALIVE = """.katex, code, pre, .nn-matrix, .nn-backward-chip > *, .nn-hill-rule, .nn-hill-formula, .nn-sj-formula,
  .nn-price-sum, .nn-knob > [class^=nn-]:not(.nn-knob-value)"""
LETTERS = """() => [...document.querySelectorAll("article :is(.katex .base, .nn-matrix tr, .nn-live svg)")]
  .filter((part) => part.checkVisibility()).map((part) => {
    const { left } = part.getBoundingClientRect();
    const spans = [...part.querySelectorAll("span, td, th, text")];
    return [part.textContent, ...spans.map((s) => Math.round(s.getBoundingClientRect().left - left))];
  })"""
SIGNS = """() => [...document.querySelectorAll(".nn-number")].map((number) => {
  const place = (at) => {
    const range = document.createRange();
    range.setStart(number.firstChild, at);
    range.setEnd(number.firstChild, at + 1);
    return range.getBoundingClientRect().left;
  };
  return place(1) - place(0);
})"""


@pytest.fixture
def prose(page, site):
    """A page with a sentence and a formula on a line of its own, typeset as the book does."""
    from nn_widgets.tex import tex

    page.goto(f"{site}/book/references.html")
    text = PROSE.format(tex.render("z = W h + b"), tex.render(r"L = \frac{a}{b}", True))
    page.evaluate("(html) => { document.querySelector('article').innerHTML = html; }", text)
    return page


def test_a_formula_is_copied_as_its_tex_in_the_prose_around_it(prose):
    text = prose.evaluate(COPIED, ["#one", "#three"])["text"]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines == ["The sum $z = W h + b$ comes first.", r"$$L = \frac{a}{b}$$", "Then tanh."]


def test_a_part_of_a_formula_is_copied_as_the_whole(prose):
    text = prose.evaluate(COPIED, ["#one .nn-W", "#one .nn-h"])["text"]
    assert text.strip() == "$z = W h + b$"


def test_a_formula_is_copied_once_as_mathml_for_what_knows_it(prose):
    html = prose.evaluate(COPIED, ["#one", "#one"])["html"]
    assert html.count("<math") == 1
    assert "katex-html" not in html


def test_text_without_a_formula_is_left_to_the_browser(prose):
    assert prose.evaluate(COPIED, ["#three", "#three"]) == {"text": "", "html": ""}


@pytest.mark.parametrize(
    "chapter", ["06-softmax-derivative", "07-backward-sequence", "answers", "notation"]
)
def test_no_formula_and_no_code_is_left_to_a_translator(page, site, chapter):
    page.goto(f"{site}/book/{chapter}.html")
    page.wait_for_load_state("load")
    page.evaluate("for (const t of document.querySelectorAll('template')) t.after(t.content)")
    assert page.locator("article .katex").count() > 50
    assert page.evaluate(BARE, "article :is(.katex, code, pre, .nn-matrix)") == []


@pytest.mark.parametrize(
    ("chapter", "stem"),
    [
        ("02-training", "one_knob"),
        ("04-gradient-descent", "hill_descent"),
        ("05-cross-entropy", "price_of_a_prediction"),
        ("06-softmax-derivative", "softmax_jacobian"),
        ("07-backward-sequence", "backward_stepper"),
    ],
)
def test_a_figure_that_is_awake_leaves_no_formula_and_no_matrix_to_a_translator(
    page, site, chapter, stem
):
    page.goto(f"{site}/book/{chapter}.html#nn={stem}")
    page.wait_for_selector("figure.nn-mounted .nn-live")
    assert page.locator(f".nn-live :is({ALIVE})").count() > 0
    assert page.evaluate(BARE, f".nn-live :is({ALIVE}):not(:has([translate=no]))") == []


def test_a_page_that_is_read_from_the_right_turns_no_formula_and_no_sign_around(page, site):
    page.goto(f"{site}/book/07-backward-sequence.html#nn=backward_stepper")
    page.wait_for_selector("figure.nn-mounted .nn-matrix")
    page.evaluate("document.fonts.ready")
    before = page.evaluate(LETTERS)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate(LETTERS) == before
    typed = page.locator(".nn-item input[type=text]").first
    assert typed.evaluate("(field) => getComputedStyle(field).direction") == "ltr"
    signs = page.evaluate(SIGNS)
    assert signs
    assert min(signs) > 0
