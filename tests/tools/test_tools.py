"""The checks behind `make test` catch what they are there to catch."""

import json
import os
import re
import subprocess
import sys

import check
import engines
import environment
import kernels
import mutants
import nbformat
import outputs
import pages
import pytest
import run
from nbformat.v4 import new_code_cell, new_notebook, new_output
from sources import ROOT


@pytest.fixture
def write_page(tmp_path):
    """Return a function that writes a built page."""

    def write(name, body):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"<!doctype html><html><body>{body}</body></html>")
        return path

    return write


@pytest.mark.parametrize(
    "body",
    ['<span class="katex-error">x</span>', '<mtext mathcolor="#cc0000">x</mtext>'],
)
def test_a_formula_that_did_not_typeset_is_found(tmp_path, write_page, body):
    write_page("a.html", body)
    assert len(pages.formula_errors(pages.read(tmp_path))) == 1


@pytest.mark.parametrize("link", ["b.html", "b.html#there", "#here", "sub/", "b.html?v=1", "x.css"])
def test_a_link_that_leads_somewhere_is_not_reported(tmp_path, write_page, link):
    write_page("b.html", '<p id="there"></p>')
    write_page("sub/index.html", "")
    (tmp_path / "x.css").touch()
    write_page("a.html", f'<h1 id="here"></h1><a href="{link}">go</a>')
    assert pages.dead_links(pages.read(tmp_path)) == []


@pytest.mark.parametrize("link", ["c.html", "b.html#nowhere", "#nowhere", "none/", "y.css"])
def test_a_link_that_leads_nowhere_is_found(tmp_path, write_page, link):
    write_page("b.html", '<p id="there"></p>')
    write_page("a.html", f'<a href="{link}">go</a>')
    assert len(pages.dead_links(pages.read(tmp_path))) == 1


def test_a_link_to_a_state_leads_to_a_figure_of_its_page(tmp_path, write_page):
    figure = '<figure data-nn-widget="hill_descent"></figure>'
    states = ["nn=hill_descent&amp;x=%5B1,2%5D", "nn=hill_descent-2", "nn=hill_descent-3", "nn=x"]
    links = "".join(f'<a href="#{state}">x</a>' for state in states)
    write_page("a.html", figure * 2 + links)
    dead = pages.dead_links(pages.read(tmp_path))
    assert [fault.partition("#")[2] for fault in dead] == ["nn=hill_descent-3", "nn=x"]


def test_links_to_other_sites_are_left_alone(tmp_path, write_page):
    write_page("a.html", '<a href="https://example.org/x">x</a> <img src="data:image/png;base64,">')
    assert pages.dead_links(pages.read(tmp_path)) == []


def test_a_stream_is_stored_in_one_piece_and_of_a_progress_bar_only_the_last_state(tmp_path):
    ticks = ["\r  0 %|    | 0/2", "\r 50 %|##  | 1/2", "\r100 %|####| 2/2\n", "done\n"]
    code = f"import sys\nfor tick in {ticks}:\n    print(tick, end='', flush=True)\n"
    notebook = new_notebook(cells=[new_code_cell(code + "print('!', file=sys.stderr)")])
    outputs.execute(notebook, tmp_path)
    said = {output.name: output.text for output in notebook.cells[0].outputs}
    assert said == {"stdout": "100 %|####| 2/2\ndone\n", "stderr": "!\n"}
    assert len(notebook.cells[0].outputs) == 2


def test_a_widget_keeps_its_page_and_loses_its_kernel():
    both = {outputs.WIDGET_VIEW: {"model_id": "1"}, "text/html": "<p>still</p>"}
    notebook = new_notebook(cells=[new_code_cell(outputs=[new_output("display_data", data=both)])])
    outputs.normalise(notebook)
    assert notebook.cells[0].outputs[0].data == {"text/html": "<p>still</p>"}


def test_the_summary_marks_a_step_without_tests_as_empty():
    rows = [("unit", check.Result(passed=3, failed=1), 0.5), ("javascript", check.Result(), 0.0)]
    lines = check.table(rows).splitlines()
    assert [line.split() for line in lines[2:4]] == [
        ["unit", "3", "1", "0", "0.5"],
        ["javascript", "0", "0", "0", "0.0", "empty"],
    ]


FICKLE = """from pathlib import Path

BEEN = Path(__file__).with_name("been")


def test_is_right(): ...


def test_is_late():
    is_second = BEEN.exists()
    BEEN.touch()
    assert is_second


def test_is_wrong():
    assert {is_right}
"""


@pytest.mark.parametrize(("is_right", "counts"), [(True, (3, 0, 0)), (False, (1, 2, 0))])
def test_a_browser_test_that_fails_has_a_second_try_and_one_that_fails_twice_fails(
    tmp_path, monkeypatch, capfd, is_right, counts
):
    (tmp_path / "test_browser_fickle.py").write_text(FICKLE.format(is_right=is_right))
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(check, "REPORTS", tmp_path)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # only what it needs: it starts soon
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p xdist")
    assert check.run_twice("browser", tmp_path) == counts
    late = "test_is_late" if is_right else "test_is_late, test_is_wrong"
    assert f"Once more: {late}\n" in capfd.readouterr().out


# Asked of a child: OpenBLAS's kernels, its threads, the instructions that NumPy's functions use.
ASK = """
import json
import numpy as np, threadpoolctl

functions = np.lib.introspect.opt_func_info()
targets = {kinds["current"].split("(")[0] for f in functions.values() for kinds in f.values()}
(blas,) = threadpoolctl.threadpool_info()
print(json.dumps([blas["architecture"], blas["num_threads"], sorted(targets)]))
"""
OTHERWISE = {"Prescott": "Katmai"}  # the older of two names for one kernel
ABLE = [name for name, k in kernels.KINDS.items() if not k.numpy and k.needs in kernels.features()]


@pytest.mark.parametrize("name", ABLE)
def test_a_kind_of_processor_computes_with_the_kernels_asked_for(name):
    kind = kernels.KINDS[name]
    variables = {**kernels.environment(kind), "PYTHONPATH": ""}
    asked = subprocess.check_output([sys.executable, "-c", ASK], env=variables, text=True)
    core, threads, targets = json.loads(asked)
    assert core in (kind.core, OTHERWISE.get(kind.core))
    assert threads == min(kind.threads, len(getattr(os, "sched_getaffinity", lambda _: "ab")(0)))
    assert "baseline" in targets
    assert not set(targets) & set(kind.without)
    assert set(kind.without) >= set(kernels.V3) or targets != ["baseline"]


def test_the_kinds_differ_in_cores_threads_and_numpys():
    kinds = kernels.KINDS.values()
    assert len({kind.core for kind in kinds}) >= 4
    assert {kind.threads for kind in kinds} == {1, 2}
    assert {kind.numpy for kind in kinds} == {"", kernels.OLDEST, "numpy"}
    oldest = re.search(r'"numpy>=([\d.]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))[1]
    assert f"numpy=={oldest}.0" == kernels.OLDEST


@pytest.mark.parametrize(("ci", "kinds"), [("", 1), ("true", 2)])
def test_notebooks_run_as_one_kind_of_processor_and_in_ci_as_two(monkeypatch, ci, kinds):
    runs = {}

    def run(name, *arguments, environment=None, output=None):
        runs[name] = environment
        assert {"--nbval", kernels.SANITIZE, "a.ipynb"} <= set(arguments)
        return check.Result(passed=3, failed=1, skipped=2)

    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(check, "run_pytest", run)
    monkeypatch.setattr(check, "notebooks", lambda: ["a.ipynb"])
    assert check.check_notebooks() == (3 * kinds, kinds, 2 * kinds)
    cores = [(variables or {}).get("OPENBLAS_CORETYPE", "own") for variables in runs.values()]
    assert cores == ["own", "Prescott"][:kinds]


def test_where_no_other_engine_is_each_is_asked_for_and_none_has_failed(monkeypatch, capsys):
    monkeypatch.setattr(engines, "find", list)
    assert check.check_engines() == (0, 0, 0)
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == ["Not run in firefox", "Not run in webkit"]


def test_the_fingerprint_follows_content_and_not_time(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    source = tmp_path / "requirements.txt"
    source.write_text("numpy==1")
    before = environment.fingerprint(["requirements.txt"])
    source.write_text("numpy==1")
    assert environment.fingerprint(["requirements.txt"]) == before
    source.write_text("numpy==2")
    assert environment.fingerprint(["requirements.txt"]) != before


def test_an_old_python_is_told_so_in_one_sentence(monkeypatch):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer.* is Python 3\.9\."):
        environment.refuse_old_python()


def test_the_requirements_name_no_registry():
    text = (ROOT / "requirements.txt").read_text()
    assert not [sign for sign in ("://", "--index", "--find-links ", "--trusted") if sign in text]


@pytest.mark.parametrize("failing", [1, 2])
def test_notebooks_that_fail_are_counted(monkeypatch, failing):
    monkeypatch.setattr(outputs, "store", lambda path: path.stem <= str(failing))
    with pytest.raises(SystemExit, match=rf"^Failed, and left unchanged: {failing} of 3\.$"):
        outputs.main(["1", "2", "3"])


STILL = "from nn_widgets import PriceOfAPrediction\n\nPriceOfAPrediction()"
PLOT = (
    "import matplotlib.pyplot as plt\n\nfrom nn_widgets import show\n\n"
    'fig, ax = plt.subplots()\nax.plot([1, 2])\nshow(fig, "A line.")'
)


@pytest.mark.parametrize(("source", "caught"), [(STILL, True), (PLOT, False)])
def test_a_stale_still_picture_is_caught_and_another_matplotlib_is_not(tmp_path, source, caught):
    notebook = new_notebook(cells=[new_code_cell(source)])
    outputs.execute(notebook, tmp_path)
    outputs.normalise(notebook)
    html = notebook.cells[0].outputs[0].data["text/html"]
    assert "<path d=" in html
    notebook.cells[0].outputs[0].data["text/html"] = html.replace('<path d="M', '<path d="M1 1L', 1)
    path = tmp_path / "stale.ipynb"
    nbformat.write(notebook, path)
    sanitize = f"--nbval-sanitize-with={ROOT / 'tests/nbval_sanitize.cfg'}"
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "--nbval", sanitize, path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode == 1) == caught, done.stdout


def test_every_command_of_make_is_there_without_make():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\(RUN\) (\w+)", text)) == set(run.COMMANDS)
    for command in run.COMMANDS.values():
        assert not command or command[0] == "-m" or (ROOT / command[0]).is_file()


def test_an_unknown_command_is_answered_with_those_there_are(capsys):
    with pytest.raises(SystemExit, match=r"takes one of these: .*\bbook\b.*\btest\b"):
        run.main(["bok"])


@pytest.mark.parametrize(("windows", "first"), [(True, "Scripts"), (False, "bin")])
def test_a_command_finds_the_programs_of_its_environment_first(monkeypatch, windows, first):
    monkeypatch.setattr(environment, "WINDOWS", windows)
    variables = run.variables(ROOT / ".venv")
    assert variables["PATH"].startswith(str(ROOT / ".venv" / first) + os.pathsep)
    assert variables["PYTHONUTF8"] == "1"
    assert environment.interpreter(ROOT / ".venv").startswith(str(ROOT / ".venv" / first))


def test_every_module_of_the_mathematics_and_of_the_questions_is_tried_with_mutants():
    modules = [*(ROOT / "nn_core").rglob("*.py"), *(ROOT / "nn_widgets/quiz").rglob("*.py")]
    names = {p.relative_to(ROOT).as_posix() for p in modules if p.name != "__init__.py"}
    assert names == set(mutants.TESTS)
    assert all((ROOT / test).is_file() for tests in mutants.TESTS.values() for test in tests)
