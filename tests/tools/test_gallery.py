"""What a saved file brings into the gallery's pages, without Sphinx."""

import json

import gallery
import pytest
from sources import ROOT
from sphinx.builders.html._assets import _file_checksum

FIGURE = ROOT / "nn_widgets/figures/softmax_jacobian"


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Return the built page of a figure that shows an old picture and asks for an old script."""
    monkeypatch.setattr(gallery, "FOLDER", tmp_path)
    monkeypatch.setattr(gallery, "BUILT", tmp_path)
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


def test_a_figure_without_a_page_is_left_to_sphinx(page):
    page.unlink()
    assert not gallery.refresh([FIGURE / "words.js"])


def test_a_shared_file_belongs_to_every_figure_and_a_figures_own_to_one():
    assert gallery.stems_of([FIGURE / "words.js"]) == {"softmax_jacobian"}
    every = {path.parent.name for path in (ROOT / "nn_widgets/figures").glob("*/*.css")}
    assert gallery.stems_of([FIGURE / "words.js", ROOT / "nn_widgets/kit/svg.js"]) == every


def test_a_file_with_a_mistake_leaves_the_pages_as_they_were(monkeypatch, capsys):
    def stop(_):
        raise SyntaxError("invalid syntax")

    monkeypatch.setattr(gallery, "refresh", stop)
    builder = gallery.Gallery([], url_host="", pre_build_commands=[], post_build_commands=[])
    builder(changed_paths=[FIGURE / "words.js"])
    assert "SyntaxError: invalid syntax" in capsys.readouterr().out
