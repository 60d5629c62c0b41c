"""Figures in a real JupyterLab, linked to a real kernel, from the wheel alone.

JupyterLab runs headless on loopback with settings of its own, in a scratch folder. It has the
wheel, unpacked, and neither Node nor KaTeX nor the repository, as where a reader installs it.
"""

import re
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import nbformat
import pytest
import unpacked
from nbformat import v4
from playwright.sync_api import expect

from nn_widgets.figures import STEMS, class_name

PATIENCE = 30_000


# For each figure: a line of Python that changes a trait, what the page then shows, and the trait
# that the first slider moves.
CASES = {
    "NetworkExplorer": ("figure.sizes = [2, 4, 3]", "27 parameters", "x"),
    "HillDescent": ("figure.alpha = 0.125", "− 0.125 ·", "start"),
}
FIGURES = [class_name(stem) for stem in STEMS]
QUIZ = ("04-gradient-descent", "what-the-gradient-is")
TYPESET = ("04-gradient-descent", "the-vector-of-bias-gradients")


def free_port():
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Run JupyterLab on a folder with the notebooks of the tests; return its address."""
    variables = unpacked.unpack(tmp_path_factory.mktemp("wheel"))
    folder = tmp_path_factory.mktemp("lab")
    for name, (change, _, trait) in CASES.items():
        write(folder, name, [
            f"from nn_widgets import {name}\nfigure = {name}()\nfigure",
            change,
            f"print('seen by Python:', figure.{trait} != {name}().{trait})",
        ])  # fmt: skip
    write(folder, "all", [f"import nn_widgets\nnn_widgets.{name}()" for name in FIGURES])
    write(folder, "own", ["from nn_widgets import Graph\nfigure = Graph()\nfigure",
                          "print('drawn:', figure.program)",
                          "figure.program = 'u = 5\\nL = u * u * u'"])  # fmt: skip
    write(folder, "quiz", [f"from nn_widgets import Quiz\nquiz = Quiz{QUIZ}\nquiz",
                           "print('answers:', quiz.answers)"])  # fmt: skip
    write(folder, "formulas", [
        f"import nn_widgets\nprint(nn_widgets.__file__)\nnn_widgets.Quiz{TYPESET}",
        "nn_widgets.BackwardStepper(step='dW2')",
        "nn_widgets.Task('07-backprop')",
    ])  # fmt: skip
    port = free_port()
    options = [
        "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        f"--ServerApp.root_dir={folder}", "--IdentityProvider.token=",
    ]  # fmt: skip
    homes = {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "RUNTIME")}
    homes |= {f"JUPYTERLAB_{kind}_DIR": str(folder / kind) for kind in ("SETTINGS", "WORKSPACES")}
    with subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        env=variables | homes,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api")
        yield address
        server.terminate()


def write(folder, name, sources):
    """Write a notebook with these cells."""
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [v4.new_code_cell(source) for source in sources]
    nbformat.write(v4.new_notebook(cells=cells, metadata=metadata), folder / f"{name}.ipynb")


def wait_for(address):
    """Wait until a server answers."""
    for _ in range(120):
        try:
            return urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.25)
    pytest.fail("JupyterLab did not start within 30 s")
    return None


@pytest.fixture(scope="module")
def tab(browser):
    """Open one page for all notebooks."""
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()


def run_cell(page, index):
    """Run one cell of the open notebook and wait until it is done."""
    cell = page.locator(".jp-CodeCell").nth(index)
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text().strip()
    for _ in range(6):  # JupyterLab loses a request made while it still connects to the kernel
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        for _ in range(30):
            page.wait_for_timeout(100)
            if re.fullmatch(r"\[\d+\]:", now := prompt.inner_text().strip()) and now != before:
                return
    pytest.fail(f"cell {index} did not run: {now}")


def open_notebook(page, address):
    """Open a notebook and wait until its kernel is idle; return a list that errors go to."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.locator(".jp-CodeCell").first.wait_for()
    expect(page.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute("data-status", "idle")
    page.wait_for_load_state("networkidle")
    return errors


@pytest.mark.parametrize("name", CASES)
def test_a_figure_lives_in_jupyterlab(lab, tab, name):
    _, shown, _ = CASES[name]
    errors = open_notebook(tab, f"{lab}/doc/tree/{name}.ipynb")
    figure = tab.locator(".jp-OutputArea figure.nn-mounted")

    run_cell(tab, 0)
    figure.wait_for()
    assert figure.locator(".nn-live").is_visible()

    slider = figure.get_by_role("slider").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, steps=5)
    tab.mouse.up()
    run_cell(tab, 2)
    expect(tab.get_by_text("seen by Python: True")).to_be_visible()

    run_cell(tab, 1)
    expect(figure).to_contain_text(shown)

    run_cell(tab, 0)
    expect(figure).to_have_count(1)
    expect(figure).not_to_contain_text(shown)
    assert errors == []


def test_every_figure_comes_alive_in_jupyterlab(lab, tab):
    errors = open_notebook(tab, f"{lab}/doc/tree/all.ipynb")
    for index, name in enumerate(FIGURES):
        run_cell(tab, index)
        figure = tab.locator(".jp-CodeCell").nth(index).locator("figure.nn-mounted .nn-live")
        expect(figure, name).to_be_visible()
    assert errors == []


def test_an_answer_in_jupyterlab_is_known_to_python(lab, tab):
    errors = open_notebook(tab, f"{lab}/doc/tree/quiz.ipynb")
    run_cell(tab, 0)
    quiz = tab.locator(".jp-OutputArea .nn-quiz").first
    quiz.get_by_role("radio").first.check()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz).to_contain_text("Try again")
    run_cell(tab, 1)
    expect(tab.get_by_text(re.compile(r"answers: \{'what-the-gradient-is'"))).to_be_visible()
    assert errors == []


def test_the_kernel_draws_the_programs_of_its_reader(lab, tab):
    errors = open_notebook(tab, f"{lab}/doc/tree/own.ipynb")
    run_cell(tab, 0)
    figure = tab.locator(".jp-OutputArea figure.nn-mounted")
    figure.get_by_text("Write a program of your own").click()
    field = figure.get_by_label("Your program")
    field.fill("L = foo")
    figure.get_by_role("button", name="Draw its graph").click()
    expect(figure).to_contain_text("Line 1: nothing has the name foo.")
    field.fill("L = 3 * W3.sum()")
    figure.get_by_role("button", name="Draw its graph").click()
    expect(figure.locator(".nn-graph-said")).to_have_text("Drawn.")
    expect(figure.locator(".nn-graph-node")).to_have_count(4)
    run_cell(tab, 1)
    expect(tab.get_by_text("drawn: L = 3 * W3.sum()")).to_be_visible()
    run_cell(tab, 2)
    expect(figure.locator(".nn-graph-node")).to_have_count(3)
    expect(figure.locator(".nn-graph-name").first).to_have_text("u")
    assert errors == []


def test_formulas_of_the_wheel_stand_in_jupyterlab_once_and_typeset(lab, tab):
    errors = open_notebook(tab, f"{lab}/doc/tree/formulas.ipynb")
    cells = tab.locator(".jp-CodeCell")
    run_cell(tab, 0)
    expect(cells.nth(0).locator(".jp-OutputArea")).to_contain_text("unpacked/nn_widgets")
    question = cells.nth(0).locator(".nn-prompt")
    expect(question.locator("math").first).to_be_visible()
    assert "$" not in question.inner_text()

    run_cell(tab, 1)
    rule = cells.nth(1).locator(".nn-backward-rule")
    expect(rule.locator("math")).to_be_visible()
    expect(rule.locator(".katex-html")).to_be_hidden()

    run_cell(tab, 2)
    task = cells.nth(2).locator(".nn-task")
    expect(task).to_contain_text("backprop")
    assert errors == []
