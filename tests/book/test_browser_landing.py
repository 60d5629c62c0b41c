"""Where a link leads the reader: the place in the window, on real chapters."""

import pytest
from views import View

VIEWS = [View(1280, "light"), View(390, "light")]
FIGURES = {
    "03-loss-complexity": "loss_slices",
    "04-gradient-descent": "hill_descent",
    "07-backward-sequence": "backward_stepper",
    "08-training-a-network": "draw_a_digit",
}
# How far the top of the element is below the top of the window, when the page is at rest.
TOP = """async (selector) => {
  const seen = () => document.querySelector(selector).getBoundingClientRect().top;
  const frame = () => new Promise(requestAnimationFrame);
  for (let same = 0, last = NaN; same < 20; last = seen()) {
    await frame();
    same = Math.abs(seen() - last) < 0.5 ? same + 1 : 0;
  }
  return seen();
}"""

# Frames so long that nobody is told of the first before the second is there.
LEFT_AND_BACK = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const busy = () => { for (const end = performance.now() + 60; performance.now() < end;); };
  const top = scrollY;
  scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
  await frame();
  busy();
  await frame();
  scrollTo({ top, behavior: "instant" });
  busy();
  await frame();
  busy();
}"""

# Where the page was, frame by frame: of a glide there are dozens.
PLACES = """(() => {
  window.places = [];
  (function look() {
    if (scrollY !== places.at(-1)) places.push(scrollY);
    requestAnimationFrame(look);
  })();
})()"""

# At the top, or as far up as the page goes.
THERE = """(selector) => {
  const { top } = document.querySelector(selector).getBoundingClientRect();
  const foot = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  return top >= -1 && (top <= 120 || (foot && top < innerHeight));
}"""


def at_top(page, selector, most=120):  # a narrow window has a header over the page
    page.wait_for_load_state("load")
    return -1 <= page.evaluate(TOP, selector) <= most


@pytest.mark.parametrize(("chapter", "stem"), FIGURES.items())
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_link_to_a_state_brings_the_reader_to_the_figure(
    new_page, site, chapter, stem, width, motion
):
    page = new_page(viewport={"width": width, "height": 800}, reduced_motion=motion)
    page.goto(f"{site}/book/{chapter}.html#nn={stem}")
    figure = f"figure[data-nn-widget={stem}]"
    page.wait_for_selector(f"{figure}.nn-mounted")
    assert at_top(page, figure)


def test_a_link_words_and_the_way_back_jump(page, site):
    page.add_init_script(PLACES)
    figure = "figure[data-nn-widget=backward_stepper]"
    page.goto(f"{site}/book/07-backward-sequence.html#nn=backward_stepper")
    page.wait_for_selector(f"{figure}.nn-mounted")
    assert at_top(page, figure)
    seen = [page.evaluate("places.splice(0)")]
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    words = page.locator("a.nn-show-me").first
    words.evaluate("(a) => a.scrollIntoView({ block: 'center', behavior: 'instant' })")
    for act in (words.click, lambda: page.keyboard.press("Escape")):
        page.evaluate(
            "new Promise(requestAnimationFrame).then(() => places.splice(0, places.length - 1))"
        )
        act()
        page.evaluate(TOP, figure)
        seen.append(page.evaluate("places"))
    assert all(2 <= len(places) <= 4 for places in seen), seen


def test_a_link_pasted_on_an_open_page_wakes_the_figure_and_goes_there(page, site):
    page.goto(f"{site}/book/08-training-a-network.html")
    page.wait_for_load_state("load")
    page.evaluate("location.hash = 'nn=draw_a_digit'")
    page.wait_for_selector("figure[data-nn-widget=draw_a_digit].nn-mounted")
    assert at_top(page, "figure[data-nn-widget=draw_a_digit]")


def test_from_disk_too(page, file_url):
    page.goto(file_url("book/04-gradient-descent.html") + "#nn=hill_descent")
    page.wait_for_selector("figure[data-nn-widget=hill_descent].nn-mounted")
    assert at_top(page, "figure[data-nn-widget=hill_descent]")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_link_to_a_question_or_a_heading_brings_the_reader_there(new_page, site, width):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(f"{site}/book/04-gradient-descent.html")
    question = page.locator(".nn-item").last.get_attribute("id")
    for name in (question, "the-answer"):
        page.goto("about:blank")
        page.goto(f"{site}/book/04-gradient-descent.html#{name}")
        page.wait_for_function(THERE, arg=f"#{name}", timeout=8000)
        page.wait_for_timeout(500)  # and it stays
        assert page.evaluate(THERE, f"#{name}")


def test_near_the_end_of_a_page_what_grows_below_it_makes_room(new_page, site):
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{site}/book/04-gradient-descent.html#the-answer")
    page.wait_for_load_state("load")
    page.evaluate("document.querySelector('footer').style.paddingBottom = '90px'")
    page.wait_for_function(THERE, arg="#the-answer", timeout=2000)


def test_what_is_named_in_a_fold_is_unfolded(page, site):
    page.goto(f"{site}/book/04-gradient-descent.html")
    page.evaluate("""() => {
      const fold = document.createElement("details");
      fold.innerHTML = "<summary>More</summary><p id='inside'>There.</p>";
      document.querySelector("article h2").after(fold);
      location.hash = "inside";
    }""")
    page.wait_for_function("document.querySelector('#inside').checkVisibility()")
    assert at_top(page, "#inside")


def test_a_reader_who_moves_is_not_held(page, site):
    page.goto(f"{site}/book/04-gradient-descent.html#nn=hill_descent")
    page.wait_for_selector("figure.nn-mounted")
    page.mouse.move(640, 400)
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(300)
    page.evaluate("document.querySelector('article p').style.paddingTop = '300px'")
    page.wait_for_timeout(300)
    assert not at_top(page, "figure.nn-widget")


def test_words_show_the_figure_and_a_key_leads_back_to_them(page, site):
    page.goto(f"{site}/book/04-gradient-descent.html")
    page.evaluate("""() => {
      const words = document.createElement("a");
      words.className = "nn-show-me";
      words.href = "#nn=hill_descent&alpha=1.5";
      words.textContent = "a step that is too long";
      [...document.querySelectorAll("article p")].at(-1).append(" ", words);
    }""")
    words = page.locator("a.nn-show-me", has_text="too long")
    words.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    for way in ("key", "button"):
        words.click()
        page.wait_for_selector("figure.nn-mounted")
        assert at_top(page, "figure[data-nn-widget=hill_descent]")
        assert page.evaluate("document.activeElement.matches('figure.nn-widget')")
        back = page.get_by_role("button", name="Back to the text")
        assert back.is_visible()
        page.keyboard.press("Escape") if way == "key" else back.click()
        assert page.evaluate("document.activeElement.textContent") == "a step that is too long"
        assert abs(page.evaluate("scrollY") - before) < 2 or words.is_visible()
        assert back.is_hidden()


@pytest.mark.parametrize(
    "view",
    [View(1280, "light"), View(1080, "light"), View(1000, "light"), View(390, "light")],
    ids=str,
)
@pytest.mark.parametrize("height", [720, 900])
def test_the_way_back_lies_on_no_part_of_the_figure_when_the_reader_lands(page, site, height):
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    page.goto(f"{site}/book/07-backward-sequence.html")
    page.locator("a.nn-show-me").first.click()
    page.wait_for_selector("figure.nn-mounted")
    assert at_top(page, "figure.nn-mounted", most=140)  # and the way back
    way, figure = (
        page.locator(name).bounding_box() for name in (".nn-return", "figure.nn-mounted")
    )
    beside = way["x"] + way["width"] <= figure["x"]
    assert beside or way["y"] + way["height"] <= figure["y"]


def test_a_figure_that_left_and_came_back_in_one_busy_moment_runs(page, site):
    page.goto(f"{site}/book/04-gradient-descent.html#nn=hill_descent&steps=0")
    figure = page.locator("figure[data-nn-widget=hill_descent]")
    figure.get_by_role("button", name="Run", exact=True).wait_for()
    page.evaluate(LEFT_AND_BACK)
    figure.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_function(
        "!document.querySelector('figure.nn-mounted').innerText.includes('After step 0:')"
    )
