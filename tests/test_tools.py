"""The checks behind `make test` catch what they are there to catch."""

import check
import environment
import outputs
import pages
import pytest
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


def test_links_to_other_sites_are_left_alone(tmp_path, write_page):
    write_page("a.html", '<a href="https://example.org/x">x</a> <img src="data:image/png;base64,">')
    assert pages.dead_links(pages.read(tmp_path)) == []


def test_of_a_progress_bar_only_the_last_state_is_stored():
    ticks = ["\r  0 %|    | 0/2", "\r 50 %|##  | 1/2", "\r100 %|####| 2/2\n", "done\n"]
    parts = [new_output("stream", name="stdout", text=tick) for tick in ticks]
    notebook = new_notebook(cells=[new_code_cell(outputs=parts)])
    outputs.normalise(notebook)
    assert [output.text for output in notebook.cells[0].outputs] == ["100 %|####| 2/2\ndone\n"]


def test_a_widget_keeps_its_page_and_loses_its_kernel():
    both = {outputs.WIDGET_VIEW: {"model_id": "1"}, "text/html": "<p>still</p>"}
    notebook = new_notebook(cells=[new_code_cell(outputs=[new_output("display_data", data=both)])])
    outputs.normalise(notebook)
    assert notebook.cells[0].outputs[0].data == {"text/html": "<p>still</p>"}


def test_pieces_of_one_stream_become_one():
    pieces = [new_output("stream", name="stdout", text=text) for text in "abc"]
    other = new_output("stream", name="stderr", text="!")
    merged = outputs.merge_streams([*pieces, other])
    assert [(o.name, o.text) for o in merged] == [("stdout", "abc"), ("stderr", "!")]


def test_the_summary_marks_a_step_without_tests_as_empty():
    rows = [("unit", check.Result(passed=3, failed=1), 0.5), ("javascript", check.Result(), 0.0)]
    lines = check.table(rows).splitlines()
    assert [line.split() for line in lines[2:4]] == [
        ["unit", "3", "1", "0", "0.5"],
        ["javascript", "0", "0", "0", "0.0", "empty"],
    ]


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
