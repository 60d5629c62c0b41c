"""Python in a browser: from disk and from a server, under a policy, and within its bounds."""

import gzip

import pytest
from serving import serve

from nn_widgets.kit import joiner
from nn_widgets.python import bundle

FULL = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:"
PAGES = {
    "index": "",
    "policy": FULL,
    "no-worker": FULL.replace("worker-src blob:", "worker-src 'none'"),
    "no-wasm": FULL.replace(" 'wasm-unsafe-eval'", ""),
}
RUN = "([program, request]) => engine().then((python) => python.run(program, request))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small site: pages under several policies, and the script that they ask for."""
    folder = tmp_path_factory.mktemp("python")
    (folder / "python.js").write_text(bundle.script(), encoding="utf-8")
    last = 'window.engine = () => M["python/load.js"].loadPython("python.js");'
    loader = joiner.as_script(joiner.graph("python/load.js").values(), last)
    (folder / "load.js").write_text(loader, encoding="utf-8")
    for name, policy in PAGES.items():
        rule = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
        (folder / f"{name}.html").write_text(
            f'<!doctype html><html lang="en"><meta charset="utf-8">{rule}<title>Python</title>'
            '<link rel="icon" href="data:,"><script src="load.js"></script><pre id="out"></pre>',
            encoding="utf-8",
        )
    return folder


@pytest.fixture(scope="module")
def served(folder):
    with serve(folder) as address:
        yield address


@pytest.fixture
def opened(browser, folder, served):
    """Return a function that opens a page, from a server or from disk."""
    context = browser.new_context()

    def open_page(name="index", disk=False):
        page = context.new_page()
        start = folder.as_uri() if disk else served
        page.goto(f"{start}/{name}.html")
        return page

    yield open_page
    context.close()


def run(page, program, **request):
    return page.evaluate(RUN, [program, request])


GOOD = "import numpy as np\nfrom nn_core import sigmoid\nprint(sigmoid(np.zeros(2)))\n"


@pytest.mark.parametrize("disk", [False, True], ids=["server", "disk"])
@pytest.mark.parametrize("name", ["index", "policy"])
def test_a_program_runs(opened, name, disk):
    if disk and name == "policy":
        pytest.skip("on disk 'self' is nothing that a policy can name")
    page = opened(name, disk)
    page.set_default_timeout(60000)
    assert run(page, GOOD)["output"] == "[0.5 0.5]\n"


@pytest.mark.parametrize("name", ["no-worker", "no-wasm"])
def test_a_policy_that_forbids_it_is_named(opened, name):
    page = opened(name)
    said = page.evaluate("() => engine().then(() => 'started', (error) => error.message)")
    assert "worker-src blob:" in said
    assert "'wasm-unsafe-eval'" in said


def test_a_script_that_is_not_there_is_a_sentence(opened, folder):
    page = opened()
    page.route("**/python.js", lambda route: route.abort())
    said = page.evaluate("() => engine().then(() => 'started', (error) => error.message)")
    assert said.startswith("The script that holds Python could not be loaded.")
    page.unroute("**/python.js")
    assert run(page, GOOD)["output"] == "[0.5 0.5]\n"


def test_what_the_press_loads_is_within_its_budget():
    assert len(gzip.compress(bundle.script().encode(), 9)) <= 350_000


def test_the_engine_is_ready_soon_on_a_slow_processor(opened, capsys):
    page = opened()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    took = page.evaluate(
        "async () => { const t = performance.now(); await engine(); return performance.now() - t; }"
    )
    with capsys.disabled():
        print(f"\nPython is ready in {took:.0f} ms, the page slowed four times")
    assert took < 20_000  # a busy machine may be slow; the budget, 2 s, is looked at by hand


def test_an_endless_program_is_ended_and_what_it_printed_stays(opened):
    page = opened()
    result = run(page, "print('before')\nwhile True:\n    pass\n", limits={"seconds": 2})
    assert result["output"] == "before\n"
    assert (result["error"]["type"], result["error"]["message"]) == ("Overtime", "")
    assert "did not end within 2 seconds" in result["error"]["plain"]
    assert run(page, GOOD)["output"] == "[0.5 0.5]\n"


def test_a_flood_of_printing_is_bounded_while_it_runs(opened):
    page = opened()
    program = "print('first')\nwhile True:\n    print('x' * 1000)\n"
    result = run(page, program, limits={"seconds": 2, "output": 5000})
    assert result["output"].startswith("first\n")
    assert len(result["output"]) == 5000
    assert result["omitted"] > 100_000


BOMBS = [
    "x = []\nwhile True:\n    x.append(bytearray(10**6))\n",
    "x = [0]\nwhile True: x = x + x\n",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_memory_bomb_ends_and_the_page_lives(opened, bomb):
    page = opened()
    error = run(page, bomb, limits={"seconds": 30})["error"]
    assert error["type"] == "MemoryError"
    assert run(page, GOOD)["output"] == "[0.5 0.5]\n"


def test_what_is_printed_is_text_and_never_html(opened):
    page = opened()
    program = "t = '<img src=x onerror=alert(1)>'\nprint(t)\nraise ValueError(t)\n"
    result = run(page, program)
    page.evaluate(
        "(text) => { document.querySelector('#out').textContent = text; }", result["output"]
    )
    assert result["output"] == "<img src=x onerror=alert(1)>\n"
    assert result["error"]["message"] == "<img src=x onerror=alert(1)>"
    assert page.locator("img").count() == 0


def test_a_program_can_be_stopped_by_its_reader(opened):
    page = opened()
    result = page.evaluate(
        """async () => {
          const python = await engine();
          const stop = new AbortController();
          setTimeout(() => stop.abort(), 300);
          return python.run("while True: pass", {}, { signal: stop.signal });
        }"""
    )
    error = result["error"]
    assert (error["type"], error["message"]) == ("Stopped", "")
    assert error["plain"] == "The program was stopped."


def test_programs_wait_for_one_another_and_steps_are_told_as_they_go(opened):
    page = opened()
    told = page.evaluate(
        """async () => {
          const python = await engine();
          const told = [];
          const repeat = { code: "w = w * 2", times: 4, every: 2, value: "w" };
          const first = python.run("w = 1", { repeat },
            { onValue: (step, { value }) => told.push([step, value]) });
          const second = python.run("print(w)");
          return [told, (await first).error, (await second).error.type, told];
        }"""
    )
    steps = [[0, 1], [2, 4], [4, 16]]
    assert told == [steps, None, "NameError", steps]


def test_a_program_cannot_reach_the_network(opened, served):
    page = opened()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    result = run(page, "import js\njs.fetch('index.html')\n")
    assert result["error"]["type"] == "ModuleNotFoundError"
    assert [
        address for address in asked if not address.endswith("python.js") and "blob:" not in address
    ] == []
