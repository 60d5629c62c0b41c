"""What stands around a chapter, for every reader: by keyboard, without storage, where sites forbid."""

import pytest
from serving import send_with_policy
from sources import ROOT
from views import View
from watching import AGAIN

CHAPTER = "book/04-gradient-descent.html"
FOCUSED = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  return {
    name: at.ariaLabel || at.textContent.trim().slice(0, 40),
    seen: at === document.body || (box.right > 0 && box.left < innerWidth && box.width > 0),
    drawer: at.closest(".sidebar-drawer, .toc-drawer")?.className ?? null,
  };
}"""
# Whoever asks for a place or a width while the page is parsed has all of it laid out at once.
PAGES = "**/*.html"
# Every read of the layout before the page is parsed, or between a scroll and the frame that shows it.
READS = """(() => {
  window.reads = [];
  let isEarly = true;
  addEventListener("DOMContentLoaded", () => { isEarly = false; });
  addEventListener("scroll", () => {
    isEarly = true;
    requestAnimationFrame(() => { isEarly = false; });
  });
  const watch = (owner, name) => {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    const note = () => { if (isEarly) window.reads.push(name); };
    const get = own.get && function read() { note(); return own.get.call(this); };
    const value = own.value && function read(...all) { note(); return own.value.apply(this, all); };
    Object.defineProperty(owner, name, get ? { ...own, get } : { ...own, value });
  };
  for (const name of ["scrollTop", "scrollWidth", "scrollHeight", "clientWidth", "clientHeight"])
    watch(Element.prototype, name);
  for (const name of ["offsetTop", "offsetWidth", "offsetHeight", "offsetParent"]) watch(HTMLElement.prototype, name);
  watch(Element.prototype, "getBoundingClientRect");
  for (const name of ["scrollY", "innerWidth", "innerHeight"]) watch(window, name);
})()"""
REFUSED = """document.fonts.status === "loaded"
  && [...document.fonts].some(({ status }) => status === "error")"""
SANDBOX = '<iframe sandbox="allow-scripts" src="{}" style="width: 1200px; height: 800px"></iframe>'


def chapters():
    return sorted(path.stem for path in (ROOT / "book").glob("[01]*.ipynb"))


@pytest.mark.parametrize("chapter", chapters())
def test_a_chapter_is_light_when_it_has_loaded(page, site, chapter):
    page.goto(f"{site}/book/{chapter}.html")
    page.wait_for_load_state("load")
    assert page.evaluate("document.querySelectorAll('*').length") <= 12_000
    assert page.evaluate("document.documentElement.outerHTML.length") <= 450_000


def test_no_script_reads_the_layout_while_the_page_is_parsed(page, site):
    page.add_init_script(READS)
    page.goto(f"{site}/book/07-backward-sequence.html")
    page.wait_for_load_state("load")
    assert page.evaluate("[...new Set(window.reads)]") == []


def test_no_script_reads_the_layout_before_the_frame_that_a_scroll_asks_for(page, site):
    page.add_init_script(READS)
    page.goto(f"{site}/book/08-training-a-network.html")
    page.wait_for_load_state("load")
    page.evaluate("window.reads.length = 0")
    for _ in range(12):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(60)
    page.wait_for_selector("figure.nn-mounted")
    assert page.evaluate("[...new Set(window.reads)]") == []
    assert page.evaluate("scrollY") > 2000


def theme(page):
    return page.evaluate("document.body.dataset.theme")


def test_the_switch_goes_through_three_looks_and_is_remembered(page, site):
    page.goto(f"{site}/{CHAPTER}")
    switch = page.locator(".theme-toggle:visible").first
    seen = []
    for _ in range(3):
        switch.click()
        seen.append(theme(page))
    assert seen == ["dark", "light", "auto"]
    switch.click()
    page.reload()
    assert theme(page) == "dark"
    page.evaluate("localStorage.setItem('theme', 'light')")  # on another page
    page.evaluate(AGAIN)
    assert theme(page) == "light"
    page.evaluate("localStorage.setItem('theme', 'purple')")
    page.reload()
    assert theme(page) == "auto"
    page.evaluate("localStorage.clear()")


def test_where_storage_is_denied_the_switch_stays(page, site, problems):
    page.goto(f"{site}/book/references.html")
    page.evaluate(
        "html => { document.body.innerHTML = html; }", SANDBOX.format(f"{site}/{CHAPTER}")
    )
    inside = page.frame_locator("iframe")
    switch = inside.locator(".theme-toggle:visible").first
    switch.click()
    inside.locator("body").evaluate(f"() => {AGAIN}")
    assert inside.locator("body").get_attribute("data-theme") == "dark"
    inside.locator("figure.nn-widget").first.scroll_into_view_if_needed()
    inside.locator("figure.nn-mounted").first.wait_for()
    inside.locator("article .katex-html").first.wait_for(state="hidden")  # its fonts are refused
    assert not [problem for problem in problems if "exception" in problem]
    problems.clear()


def test_where_fonts_are_refused_before_the_scripts_run_formulas_are_the_browsers_own(
    page, site, problems
):
    page.route("**/*.woff2", lambda route: route.abort())

    def late(route):
        page.wait_for_function(REFUSED)
        route.continue_()

    page.route("**/frame.js*", late)
    page.goto(f"{site}/book/notation.html")
    page.locator("article .katex-html").first.wait_for(state="hidden")
    problems.clear()


def test_a_site_that_forbids_scripts_in_the_page_loses_nothing(page, site, problems):
    send_with_policy(page, "script-src 'self'", PAGES)
    page.goto(f"{site}/{CHAPTER}")
    page.locator(".theme-toggle:visible").first.click()
    assert theme(page) == "dark"
    page.locator("figure.nn-widget").first.scroll_into_view_if_needed()
    page.wait_for_selector("figure.nn-mounted")
    page.evaluate("localStorage.clear()")
    assert not problems


def test_where_a_site_forbids_styles_in_the_page_formulas_are_the_browsers_own(
    page, site, problems
):
    send_with_policy(page, "style-src 'self'", PAGES)
    page.goto(f"{site}/book/notation.html")
    page.wait_for_load_state("load")
    problems.clear()  # the browser names each style that it has left out
    formula = page.locator("article .katex:visible").first
    assert formula.locator("math").bounding_box()["width"] > 3
    assert formula.locator(".katex-html").is_hidden()


def test_formulas_are_katexs_where_styles_are_allowed(page, site):
    page.goto(f"{site}/book/notation.html")
    page.wait_for_load_state("load")
    assert page.locator("article .katex .katex-html:visible").first.is_visible()


@pytest.mark.parametrize("view", [View(320, "light"), View(1000, "light")], ids=str)
def test_what_is_closed_is_no_stop_of_the_tab_key(page, site, view):
    page.goto(f"{site}/{CHAPTER}")
    for _ in range(30):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["seen"], at


@pytest.mark.parametrize("view", [View(320, "light")], ids=str)
@pytest.mark.parametrize(
    ("button", "drawer"),
    [("The contents of the book", "sidebar"), ("The contents of this page", "toc")],
)
def test_a_drawer_is_opened_used_and_closed_by_keys(page, site, view, button, drawer):
    page.goto(f"{site}/{CHAPTER}")
    handle = page.get_by_role("button", name=button)
    assert handle.get_attribute("aria-expanded") == "false"
    handle.focus()
    page.keyboard.press("Enter")
    assert handle.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    page.wait_for_timeout(400)  # it slides in
    at = page.evaluate(FOCUSED)
    assert drawer in at["drawer"]
    assert at["seen"]
    page.keyboard.press("Escape")
    assert handle.get_attribute("aria-expanded") == "false"
    assert page.evaluate(FOCUSED)["name"] == button


@pytest.mark.parametrize("view", [View(320, "light")], ids=str)
def test_a_link_to_a_part_of_the_page_closes_the_drawer(page, site, view):
    page.goto(f"{site}/{CHAPTER}")
    handle = page.get_by_role("button", name="The contents of this page")
    handle.click()
    page.locator(".toc-drawer a").last.click()
    assert handle.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize("view", [View(320, "light")], ids=str)
def test_without_scripts_the_drawers_open_all_the_same(new_page, site, view):
    page = new_page(java_script_enabled=False)
    page.goto(f"{site}/{CHAPTER}")
    page.locator("label.nav-overlay-icon").click()
    page.locator(".sidebar-drawer").wait_for(state="visible")


@pytest.mark.parametrize("view", [View(1280, "light"), View(390, "light")], ids=str)
def test_a_sleeping_figure_is_the_next_stop_and_wakes(page, site, view):
    page.goto(f"{site}/book/08-training-a-network.html")
    page.wait_for_load_state("load")
    page.evaluate("""() => {
      const figure = [...document.querySelectorAll("figure.nn-widget")].at(-1);
      const before = document.createElement("button");
      figure.before(before);
      before.focus({ preventScroll: true });
    }""")
    figure = page.locator("figure.nn-widget").last
    assert "nn-mounted" not in figure.get_attribute("class")
    page.keyboard.press("Tab")
    page.wait_for_function(
        "[...document.querySelectorAll('figure.nn-widget')].at(-1).matches('.nn-mounted:focus')"
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.nn-live') !== null")


def test_the_contents_mark_the_section_that_is_read(page, site):
    page.goto(f"{site}/{CHAPTER}")
    page.wait_for_load_state("load")
    heading = page.locator("article section section h2").nth(3)
    name = heading.evaluate("(h2) => h2.parentElement.id")
    heading.evaluate("(h2) => h2.scrollIntoView({ behavior: 'instant' })")
    marked = page.locator(".toc-tree li.scroll-current > a[aria-current]")
    page.wait_for_function(f"document.querySelector('.scroll-current > a')?.hash === '#{name}'")
    assert marked.count() == 1
