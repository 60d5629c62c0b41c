"""The book kept on a device: by a press and not before, whole or not at all, of one edition, and gone again."""

import json
import re
import shutil
from itertools import pairwise
from urllib.parse import urlsplit

import icons
import keep
import numpy as np
import pytest
from PIL import Image
from serving import Host
from views import View, in_every_view
from watching import watch

from nn_widgets.tasks.bank import load_task

FOLDER = "shelf"  # the book stands in a folder of the host, as on many hosts
TRACES = """async () => ({
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).map((each) => each.scope),
  manifest: document.querySelectorAll("link[rel=manifest]").length,
  stored: localStorage.length + sessionStorage.length,
  databases: (await indexedDB.databases()).length,
})"""
NOTHING = {"caches": [], "workers": [], "manifest": 0, "stored": 0, "databases": 0}
COUNT = """async () => {
  const counts = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length));
  return counts.reduce((sum, count) => sum + count, 0);
}"""
WATCH_BAR = """() => {
  const bar = document.querySelector(".nn-keep progress");
  window.seen = [];
  new MutationObserver(() => window.seen.push(bar.value / bar.max)).observe(bar, { attributes: true });
}"""
UPDATE = "navigator.serviceWorker.ready.then((here) => here.update()).catch(() => {})"
COMING = "navigator.serviceWorker.ready.then((here) => [here.installing, here.waiting])"
LOSE = "caches.keys().then((all) => Promise.all(all.map((name) => caches.delete(name))))"
MUCH = "navigator.storage.estimate = async () => ({ quota: 1e12, usage: 0 });"
INDEX = "book/index.html"
WAIT = 60_000  # ms on a busy machine


def host_of(folder, built):
    """Put the built book into a folder of a host."""
    shutil.copytree(built, folder / FOLDER)
    return Host(folder)


@pytest.fixture
def host(tmp_path, built_book):
    served = host_of(tmp_path, built_book)
    yield served
    served.stop()


@pytest.fixture
def site(host):
    return f"{host.start()}/{FOLDER}"


@pytest.fixture
def copy(host):
    """Return the folder that the host serves the book from."""
    return host.folder / FOLDER


@pytest.fixture
def context_of(own_contexts):
    """Open contexts of the test's own, because a book is kept in them."""
    return own_contexts


@pytest.fixture
def start(page, site):
    """Open the start page, with the offer in sight."""
    page.goto(f"{site}/{INDEX}")
    box(page).wait_for()
    return page


@pytest.fixture(scope="module")
def cut(browser, tmp_path_factory, built_book):
    """Keep the book on a phone, cut its network and stop the host; return the browser and the address."""
    host = host_of(tmp_path_factory.mktemp("host"), built_book)
    site = f"{host.start()}/{FOLDER}"
    context = browser.new_context(**View(390, "light").options(), accept_downloads=True)
    page = context.new_page()
    page.goto(f"{site}/{INDEX}")
    keep_it(page)
    page.close()
    context.set_offline(True)
    host.stop()
    yield context, site
    context.close()


@pytest.fixture
def away(cut, problems):
    """Open a watched page without any connection; return it with the book's address."""
    context, site = cut
    page = context.new_page()
    page.set_default_timeout(WAIT)
    watch(page, urlsplit(site).netloc, problems)
    yield page, site
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear()")
    page.close()


def box(page):
    return page.locator("#keep")


def press(page, name):
    box(page).get_by_role("button", name=name, exact=True).click()


def offered(page, name, timeout=WAIT):
    box(page).get_by_role("button", name=name, exact=True).wait_for(timeout=timeout)


def keep_it(page):
    press(page, "Keep this book on this device")
    offered(page, "Remove")


def told(page, words):
    page.locator("#keep [role=status]", has_text=words).wait_for(timeout=WAIT)


def count_of(folder):
    """Number of files that a kept book has: asked of the folder, not of the list."""
    names = [p.name for p in folder.rglob("*") if p.is_file()]
    out = {".buildinfo", ".nojekyll", "objects.inv", "keep.json"}
    worker = [name for name in names if name.startswith("keep-")]
    assert len(worker) == 1
    return sum(not (name in out or name in worker or name.endswith(".map")) for name in names)


def changed(folder, page="book/glossary.html", words="Words of the newer edition"):
    """Build another edition: one page says something else."""
    path = folder / page
    text = path.read_text("utf-8")
    path.write_text(text.replace("</h1>", f"</h1><p>{words}</p>", 1), "utf-8")
    keep.write_worker(folder)
    return words


# ---- Nothing without the press ----


def test_a_page_says_the_size_and_leaves_no_trace_before_the_press(start, site, copy, host):
    size = sum(p.stat().st_size for p in copy.rglob("*") if p.is_file()) / 1e6
    said = float(box(start).inner_text().split(" MB")[0].split()[-1])
    assert size - 0.3 < said <= size  # what no page asks for is left out
    start.goto(f"{site}/book/01-topology.html")
    start.locator("a.nn-keep-link", has_text="Keep this book on this device").wait_for()
    start.wait_for_load_state("networkidle")
    assert start.evaluate(TRACES) == NOTHING
    asked = {path.partition("?")[0].removeprefix(f"/{FOLDER}/") for path in host.asked}
    ours = {path for path in asked if re.search("keep|manifest|icons/", path)}
    assert ours == {"_static/keep.js", "keep.json"}


def test_a_link_on_every_page_leads_to_the_offer(page, site):
    page.goto(f"{site}/book/glossary.html")
    page.locator("a.nn-keep-link").click()
    page.wait_for_url(f"{site}/{INDEX}#keep")
    offered(page, "Keep this book on this device")
    page.wait_for_function("""() => {
      const { top, bottom } = document.querySelector("#keep").getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }""")


def test_where_no_worker_can_be_nothing_is_offered(new_page, file_url, site, built_book, browser):
    page = new_page()
    page.goto(file_url(INDEX))
    page.wait_for_load_state()
    assert not box(page).is_visible()
    page = new_page(java_script_enabled=False)
    page.goto(f"{site}/{INDEX}")
    assert not box(page).is_visible()
    context = browser.new_context()
    page = context.new_page()  # a host without a certificate
    file = lambda url: built_book / urlsplit(url).path[1:]  # noqa: E731
    page.route("http://book.test/**", lambda asked: asked.fulfill(path=file(asked.request.url)))
    page.goto(f"http://book.test/{INDEX}")
    page.wait_for_load_state("networkidle")
    assert not page.evaluate("isSecureContext")
    assert not box(page).is_visible()
    context.close()


def test_the_browser_is_offered_a_home_screen_only_with_the_book(start, site, copy):
    client = start.context.new_cdp_session(start)
    assert client.send("Page.getAppManifest")["url"] == ""
    keep_it(start)
    faults = client.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # As every test is; a browser without windows does not look. What one with windows asks follows.
    assert {fault["errorId"] for fault in faults} <= {"in-incognito"}
    found = client.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{site}/manifest.json"
    manifest = json.loads(found["data"])
    assert manifest["name"]
    assert manifest["display"] == "standalone"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert (copy / manifest["start_url"]).is_file()
    for icon in manifest["icons"]:
        with Image.open(copy / icon["src"]) as picture:
            assert "{}x{}".format(*picture.size) == icon["sizes"]
    href = start.get_attribute("link[rel=apple-touch-icon]", "href")
    assert (copy / href.removeprefix(site + "/")).is_file()


# ---- The press ----


def test_the_press_shows_how_much_has_come_and_keeps_every_file(start, copy):
    start.evaluate(WATCH_BAR)
    keep_it(start)
    seen = start.evaluate("window.seen")
    assert all(a <= b for a, b in pairwise(seen))
    assert len({round(share, 1) for share in seen}) > 5
    assert seen[-1] == 1
    assert start.evaluate(COUNT) == count_of(copy)


@in_every_view
def test_the_offer_is_accessible_fits_and_works_by_keyboard(start, axe, view):
    button = box(start).get_by_role("button", name="Keep this book on this device")
    assert axe(start, "#keep") == []
    button.focus()
    start.keyboard.press("Enter")
    offered(start, "Remove")
    assert start.evaluate("document.activeElement.getAttribute('role')") == "status"
    start.keyboard.press("Tab")
    assert start.evaluate("document.activeElement.textContent") == "Remove"
    assert axe(start, "#keep") == []
    assert start.evaluate("document.documentElement.scrollWidth") <= view.width


def test_the_reader_can_stop_and_nothing_is_left(start, host, problems):
    host.pause = 0.05
    press(start, "Keep this book on this device")
    press(start, "Stop")
    told(start, "Stopped. Nothing was kept.")
    offered(start, "Keep this book on this device")
    assert start.evaluate(TRACES) == NOTHING
    problems.clear()


# ---- Without a connection ----


def test_every_page_opens_without_a_connection(away, built_book):
    page, site = away
    names = [path.relative_to(built_book).as_posix() for path in built_book.rglob("*.html")]
    assert len(names) > 15
    for name in set(names) - {"index.html"}:  # that one sends the reader on; see below
        page.goto(f"{site}/{name}", wait_until="load")
        assert page.locator("h1").first.is_visible(), name
        page.wait_for_function("document.fonts.ready.then(() => document.styleSheets.length > 0)")
        figures = page.locator("figure.nn-widget")
        for place in range(figures.count()):
            figures.nth(place).scroll_into_view_if_needed()
        page.wait_for_function("""() => [...document.querySelectorAll("figure.nn-widget")]
          .every((figure) => figure.matches(".nn-mounted"))""")


@pytest.mark.parametrize("address", ["", "book/", "book/index", "?utm_source=mail", f"{INDEX}#map"])
def test_the_book_opens_at_any_of_its_addresses_without_a_connection(away, address):
    page, site = away
    page.goto(f"{site}/{address}")
    page.locator("h1", has_text="The Backward Pass").wait_for()
    page.wait_for_url(f"{site}/book/**")


def test_a_figure_answers_without_a_connection_at_a_link_to_its_state(away):
    page, site = away
    page.goto(f"{site}/book/04-gradient-descent.html#nn=hill_descent&surface=%22ravine%22")
    figure = page.locator("figure.nn-mounted[data-nn-widget=hill_descent]").first
    figure.wait_for()
    assert "Ravine" in figure.get_by_label("Surface").locator("option:checked").inner_text()
    before = figure.locator(".nn-live").inner_text()
    figure.get_by_role("button", name="Step", exact=True).click()
    page.wait_for_function("([figure, before]) => figure.querySelector('.nn-live').innerText !== before",
                           arg=[figure.element_handle(), before])  # fmt: skip


def test_a_question_is_judged_and_gets_fresh_numbers_without_a_connection(away):
    page, site = away
    page.goto(f"{site}/book/05-cross-entropy.html")
    item = page.locator("#quiz-price-when-mostly-right")
    item.get_by_label("Your answer").fill("123456")
    item.get_by_role("button", name="Check").click()
    item.locator(".nn-verdict", has_text="✗").wait_for()
    item.get_by_role("button", name="fresh numbers").click()  # they come from a file of their own
    page.wait_for_function("window.nnQuestions?.['05-cross-entropy']")
    item.locator(".nn-verdict", has_text="✗").wait_for(state="detached")
    assert item.get_by_label("Your answer").input_value() == ""


def test_a_task_runs_without_a_connection(away):
    page, site = away
    page.goto(f"{site}/book/07-backward-sequence.html")
    task = page.locator("#task-07-backprop")
    task.get_by_role("button", name="Start", exact=True).click()
    text = task.get_by_role("textbox", name="Your program")
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(load_task("07-backprop").source["solution"])
    task.get_by_role("button", name="Check", exact=True).click()
    task.locator(".nn-verdict", has_text="Right").wait_for()


def test_the_search_finds_and_quotes_without_a_connection(away):
    page, site = away
    page.goto(f"{site}/search.html?q=softmax")
    page.locator(".nn-found > li", has_text="softmax").first.wait_for()


def test_a_notebook_is_saved_without_a_connection(away, built_book, tmp_path):
    page, site = away
    page.goto(f"{site}/book/01-topology.html")
    page.locator(".nn-keep-link").wait_for()
    with page.expect_download() as saving:
        page.get_by_role("link", name="Download the notebook").click()
    saving.value.save_as(tmp_path / "saved")
    assert saving.value.suggested_filename == "01-topology.ipynb"
    built = built_book / "_sources/book/01-topology.ipynb"
    assert (tmp_path / "saved").read_bytes() == built.read_bytes()


def test_without_a_connection_the_book_goes_only_at_a_second_press(away):
    page, site = away
    page.goto(f"{site}/{INDEX}")
    press(page, "Remove")
    told(page, "press once more")
    assert page.evaluate(COUNT) > 100


# ---- Another edition ----


def text_at(page, address):
    page.goto(address)
    return page.locator("article").inner_text()


def test_an_update_is_offered_never_forced_and_loads_what_has_changed(start, site, copy, host):
    keep_it(start)
    old = start.evaluate("caches.keys()")
    words = changed(copy)
    other = start.context.new_page()
    assert words not in text_at(other, f"{site}/book/glossary.html")
    other.locator(".nn-keep-link", has_text="A newer edition").wait_for()
    start.goto(f"{site}/{INDEX}")
    offered(start, "Update")
    host.asked.clear()
    assert start.evaluate("caches.keys()") == old
    press(start, "Update")
    offered(start, "Open the newer edition")
    fetched = {path.partition("?")[0].removeprefix(f"/{FOLDER}/") for path in host.asked}
    (worker,) = copy.glob("keep-*.js")
    looked_for = {"keep.json", old[0].split()[-1]}  # the browser itself, now and then: it is gone
    assert fetched - looked_for == {worker.name, "book/glossary.html"}
    assert words not in text_at(other, f"{site}/book/glossary.html")
    for page in (start, other):
        page.evaluate("window.isOld = true")
    press(start, "Open the newer edition")
    for page in (start, other):
        page.wait_for_function("!window.isOld && document.readyState === 'complete'")
    other.get_by_text(words).wait_for()
    offered(start, "Remove")
    assert not box(start).get_by_role("button", name="Update").is_visible()
    (name,) = start.evaluate("caches.keys()")
    assert name not in old
    host.stop()
    start.context.set_offline(True)
    assert words in text_at(start, f"{site}/book/glossary.html")
    assert start.evaluate(COUNT) == count_of(copy)


def test_what_the_browser_checks_by_itself_changes_nothing(start, site, copy, host):
    keep_it(start)
    words = changed(copy)
    for _ in range(3):
        assert words not in text_at(start, f"{site}/book/glossary.html")
        start.evaluate(UPDATE)
    start.wait_for_timeout(1000)
    assert start.evaluate(COMING) == [None, None]
    host.stop()
    start.context.set_offline(True)
    assert words not in text_at(start, f"{site}/book/glossary.html")


def test_a_page_of_the_newer_edition_gets_no_script_of_the_older(start, site, copy):
    keep_it(start)
    script = copy / "_static/page.js"
    script.write_text(script.read_text("utf-8") + "\nwindow.isNewer = true;\n", "utf-8")
    text = (copy / "book/glossary.html").read_text("utf-8")
    text = text.replace("_static/page.js?v=", "_static/page.js?v=newer")
    (copy / "book/twelve.html").write_text(text, "utf-8")
    keep.write_worker(copy)
    for name, newer in (("twelve", True), ("glossary", None)):
        start.goto(f"{site}/book/{name}.html", wait_until="load")
        assert start.evaluate("window.isNewer") == newer, name


def test_an_update_that_breaks_off_leaves_the_book_as_it_was(start, site, copy, host, problems):
    keep_it(start)
    before = start.evaluate("caches.keys()")
    words = changed(copy)
    start.goto(f"{site}/{INDEX}")
    offered(start, "Update")
    host.break_off_after(2)  # which edition, its worker; then no page
    press(start, "Update")
    told(start, "The connection broke off. The book here stays as it is.")
    assert start.evaluate("caches.keys()") == before
    assert words not in text_at(start, f"{site}/book/glossary.html")
    problems.clear()


# ---- What can go wrong ----


def test_a_connection_that_breaks_off_leaves_no_half_book(start, copy, host, problems):
    host.break_off_after(40)
    press(start, "Keep this book on this device")
    told(start, "The connection broke off. Nothing was kept.")
    assert start.evaluate(TRACES) == NOTHING
    host.left = None
    keep_it(start)
    assert start.evaluate(COUNT) == count_of(copy)
    problems.clear()


def test_a_press_without_a_connection_is_answered_and_a_later_one_works(start, host, problems):
    host.stop()
    press(start, "Keep this book on this device")
    told(start, "There is no connection. Nothing has changed.")
    host.start()
    keep_it(start)
    problems.clear()


def test_a_host_in_the_middle_of_a_change_gives_no_mixed_book(start, copy, problems):
    page = copy / "book/glossary.html"
    page.write_text(page.read_text("utf-8") + " ", "utf-8")
    press(start, "Keep this book on this device")
    told(start, "is not the book as it was built")
    told(start, "Nothing was kept.")
    assert start.evaluate(TRACES) == NOTHING
    problems.clear()


@pytest.mark.parametrize("knows", [True, False], ids=["known before", "found on the way"])
def test_a_device_without_room_is_told_so_and_nothing_is_left(new_page, site, problems, knows):
    page = new_page()
    if not knows:
        page.add_init_script(MUCH)
    page.goto(f"{site}/{INDEX}")
    client = page.context.new_cdp_session(page)
    origin = "http://" + urlsplit(site).netloc
    client.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 5_000_000})
    press(page, "Keep this book on this device")
    told(page, "There is not enough room on this device. Nothing was kept.")
    assert page.evaluate(TRACES) == NOTHING
    problems.clear()


def test_what_an_interrupted_load_has_left_is_gone_at_the_next_visit(start, site):
    start.evaluate("name => caches.open(name)", f"book {site}/ keep-000000000000.js")
    start.evaluate("name => caches.open(name)", "of another program")
    start.reload()
    offered(start, "Keep this book on this device")
    assert start.evaluate("caches.keys()") == ["of another program"]


def test_a_book_whose_files_the_browser_has_deleted_is_no_longer_said_to_be_here(start):
    keep_it(start)
    start.evaluate(LOSE)
    start.reload()
    offered(start, "Keep this book on this device")
    assert start.evaluate(TRACES) == NOTHING


# ---- Remove ----


def test_remove_leaves_nothing_and_the_book_can_be_kept_again(start, site, copy):
    keep_it(start)
    start.reload()
    other = start.context.new_page()
    other.goto(f"{site}/book/05-cross-entropy.html")
    press(start, "Remove")
    told(start, "no longer on this device")
    other.evaluate("fetch('../_static/page.js')")  # one still open works, and keeps nothing
    assert start.evaluate(TRACES) == NOTHING
    keep_it(start)
    assert start.evaluate(COUNT) == count_of(copy)
    press(start, "Remove")
    told(start, "no longer on this device")
    start.reload()
    offered(start, "Keep this book on this device")
    assert start.evaluate("navigator.serviceWorker.controller") is None
    assert start.evaluate(TRACES) == NOTHING


def test_two_books_of_one_host_are_kept_and_removed_apart(start, site, copy):
    shutil.copytree(copy, copy / "second")
    keep.write_worker(copy / "second")
    keep_it(start)
    second = start.context.new_page()
    second.goto(f"{site}/second/{INDEX}")
    keep_it(second)
    press(start, "Remove")
    told(start, "no longer on this device")
    second.reload()
    offered(second, "Remove")
    assert second.evaluate(COUNT) == count_of(copy / "second")


# ---- The mark ----


def test_the_icons_are_the_mark_as_a_browser_draws_it(page, tmp_path):
    icons.write(tmp_path)
    drawing = icons.MARK.read_text("utf-8")
    for name, side, purpose in icons.ICONS:
        mark = drawing.replace("<svg", f"<svg width={side}")
        if purpose == "maskable":
            mark = mark.replace('rx="7"', "")
        page.set_viewport_size({"width": side, "height": side})
        page.set_content(f"<body style='margin:0;line-height:0'>{mark}</body>")
        page.screenshot(path=tmp_path / "drawn.png", omit_background=True)
        ours, theirs = (on_white(tmp_path / file) for file in (name, "drawn.png"))
        assert ours.shape == theirs.shape
        assert np.abs(ours - theirs).mean() < 0.5, name  # of 255


def on_white(path):
    with Image.open(path) as picture:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
    return np.asarray(ground).astype(int)
