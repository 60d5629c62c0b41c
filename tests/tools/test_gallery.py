"""What a saved file brings into the gallery's pages, without Sphinx."""

import json
import subprocess
import sys

import gallery
import pytest
from sources import ROOT
from sphinx.builders.html._assets import _file_checksum

import nn_widgets.figures

FIGURE = ROOT / "nn_widgets/figures/softmax_jacobian"


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Return the built page of a figure that shows an old picture and asks for an old script."""
    monkeypatch.setattr(gallery, "FOLDER", tmp_path)
    monkeypatch.setattr(gallery, "BUILT", tmp_path)
    monkeypatch.setattr(gallery, "STAMP", tmp_path / "python.txt")
    monkeypatch.setattr(nn_widgets.figures, "STEMS", ["softmax_jacobian"])
    (tmp_path / "_static/nn").mkdir(parents=True)
    gallery.write_notebook(tmp_path, "softmax_jacobian", [{"text/html": "<b>old</b>"}])
    page = tmp_path / "softmax_jacobian.html"
    page.write_text(
        'before <b>old</b> after <script src="_static/nn/softmax_jacobian.js?v=0"></script>'
    )
    return page


def test_a_saved_script_is_beside_the_pages_and_they_ask_for_it_anew(page, tmp_path):
    assert gallery.refresh([FIGURE / "words.js"])
    script = tmp_path / "_static/nn/softmax_jacobian.js"
    assert "softmax" in script.read_text(encoding="utf-8")
    version = _file_checksum(tmp_path / "_static", "nn/softmax_jacobian.js")
    assert f"softmax_jacobian.js?v={version}" in page.read_text(encoding="utf-8")
    assert "<b>old</b>" in page.read_text(encoding="utf-8")


def test_a_saved_python_file_draws_its_figure_anew_as_often_as_it_is_saved(page, tmp_path):
    for _ in range(2):
        assert gallery.refresh([FIGURE / "softmax_jacobian.py"])
        text = page.read_text(encoding="utf-8")
        assert text.startswith("before <figure")
        assert text.count("</figure> after") == 1
        notebook = json.loads((tmp_path / "softmax_jacobian.ipynb").read_text(encoding="utf-8"))
        assert "".join(notebook["cells"][1]["outputs"][0]["data"]["text/html"]) in text


def test_a_page_that_shows_something_else_is_left_to_sphinx(page):
    page.write_text("something else")
    assert not gallery.refresh([FIGURE / "softmax_jacobian.py"])
    assert not gallery.refresh([ROOT / "book/_theme/static/look/text.css"])
    assert not gallery.refresh([])


def test_the_server_itself_holds_no_module_that_may_be_saved():
    code = "import gallery, sys; gallery.refresh(()); "
    code += "print([name for name in sys.modules if name.startswith('nn_')])"
    command = [sys.executable, "-c", code]
    said = subprocess.check_output(command, cwd=ROOT / "tools", text=True)
    assert said.strip() == "[]"


def test_a_saved_colour_is_the_pages_own_too(page, tmp_path):
    colours = ROOT / "nn_widgets/kit/colours.css"
    places = [tmp_path / "_static/colours.css", tmp_path / "_static/nn/colours.css"]
    places[0].write_text("old")
    assert gallery.refresh([colours])
    assert [place.read_text("utf-8") for place in places] == 2 * [colours.read_text("utf-8")]


def test_a_figure_that_is_new_is_left_to_sphinx(page, monkeypatch):
    monkeypatch.setattr(nn_widgets.figures, "STEMS", ["one_knob", "softmax_jacobian"])
    assert not gallery.refresh([FIGURE / "words.js"])


def test_a_figure_that_is_gone_leaves_no_page(page, tmp_path):
    gallery.write_pages()
    gallery.write_notebook(tmp_path, "gone", [{"text/html": "<b>gone</b>"}])
    (tmp_path / "gone.html").touch()
    assert not gallery.refresh([FIGURE / "words.js"])
    gallery.STAMP.write_text(gallery.STAMP.read_text() + " gone")
    gallery.write_pages()
    assert not [*tmp_path.glob("gone*")]
    assert "gone" not in (tmp_path / "index.md").read_text(encoding="utf-8")


def test_a_module_that_cannot_be_read_is_named_with_its_line(tmp_path):
    script = tmp_path / "bad.mjs"
    script.write_text("export const a = 1;\nexport const b = (2;\n")
    with pytest.raises(SyntaxError, match=r"bad\.mjs:2\n"):
        gallery.check_syntax([script])
    gallery.check_syntax([FIGURE / "words.js"])


def test_a_file_with_a_mistake_is_told_and_ends_nothing(monkeypatch, capsys):
    def stop(_):
        compile("a = (1", "figures/x/picture.py", "exec")

    monkeypatch.setattr(gallery, "refresh", stop)
    builder = gallery.Gallery([], url_host="", pre_build_commands=[], post_build_commands=[])
    builder(changed_paths=[FIGURE / "words.js"])
    said = capsys.readouterr().out
    assert 'File "figures/x/picture.py", line 1' in said
    assert "SyntaxError: '(' was never closed" in said
