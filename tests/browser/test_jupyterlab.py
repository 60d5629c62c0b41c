"""Figures in a real JupyterLab, linked to a real kernel.

JupyterLab runs headless on loopback with settings of its own, in a scratch folder.
"""

import os
import re
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import nbformat
import pytest
from nbformat import v4
from playwright.sync_api import expect

import nn_widgets
from nn_widgets.base import Figure

PATIENCE = 30_000


def is_figure(thing):
    """Tell whether a name of nn_widgets is a figure."""
    return isinstance(thing, type) and issubclass(thing, Figure)


# For each figure: a line of Python that changes a trait, what the page then shows, and the trait
# that the first slider moves.
CASES = {
    "NetworkExplorer": ("figure.sizes = [2, 4, 3]", "27 parameters", "x"),
    "HillDescent": ("figure.alpha = 0.125", "− 0.125 ·", "start"),
}
FIGURES = [name for name in nn_widgets.__all__ if is_figure(getattr(nn_widgets, name))]
QUIZ = ("04-gradient-descent", "what-the-gradient-is")


def free_port():
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Run JupyterLab on a folder with the notebooks of the tests; return its address."""
    folder = tmp_path_factory.mktemp("lab")
    for name, (change, _, trait) in CASES.items():
        write(folder, name, [
            f"from nn_widgets import {name}\nfigure = {name}()\nfigure",
            change,
            f"print('seen by Python:', figure.{trait} != {name}().{trait})",
        ])  # fmt: skip
    write(folder, "all", [f"import nn_widgets\nnn_widgets.{name}()" for name in FIGURES])
    write(folder, "quiz", [f"from nn_widgets import Quiz\nquiz = Quiz{QUIZ}\nquiz",
                           "print('answers:', quiz.answers)"])  # fmt: skip
    port = free_port()
    options = [
        "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        f"--ServerApp.root_dir={folder}", "--IdentityProvider.token=",
    ]  # fmt: skip
    homes = {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "RUNTIME")}
    homes |= {f"JUPYTERLAB_{kind}_DIR": str(folder / kind) for kind in ("SETTINGS", "WORKSPACES")}
    with subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        env=os.environ | homes,
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
