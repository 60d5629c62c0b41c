"""What every figure gives: safe, stable text/html and clear refusals."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import traitlets

import nn_widgets
from nn_widgets.figures import STEMS, class_name, load
from nn_widgets.kit.choices import Number
from nn_widgets.kit.figure import Figure, script_json

STATE = re.compile(r'<script type="application/json">(.*?)</script>', re.DOTALL)


@pytest.fixture(params=STEMS)
def figure(request):
    """Make one figure of each kind that needs no arguments."""
    return load(request.param)()


@pytest.mark.parametrize("stem", STEMS)
def test_a_figure_has_one_name_for_its_folder_its_state_and_its_class(stem):
    kind = load(stem)
    assert kind._module == stem
    assert getattr(nn_widgets, class_name(stem)) is kind
    assert class_name(stem) in nn_widgets.__all__


def test_a_new_folder_is_a_new_figure(tmp_path):
    package = shutil.copytree(Path(nn_widgets.__file__).parent, tmp_path / "nn_widgets")
    folder = package / "figures/my_own"
    folder.mkdir()
    (folder / "my_own.py").write_text("class MyOwn:\n    pass\n")
    command = [sys.executable, "-c", "from nn_widgets import *; print(MyOwn.__module__)"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "nn_widgets.figures.my_own.my_own\n", done.stderr


def test_a_name_that_is_not_there_is_refused():
    with pytest.raises(ImportError, match="cannot import name 'HillAscent'"):
        from nn_widgets import HillAscent  # noqa: F401


def html_of(figure):
    """Return the figure's text/html."""
    return figure._repr_mimebundle_()[0]["text/html"]


def test_the_same_figure_has_the_same_html_and_repr_every_time(figure):
    again = type(figure).mro()[1]()
    assert html_of(figure) == html_of(again)
    assert repr(figure) == repr(again)
    assert "0x" not in repr(figure)


class Measured(Figure):
    """A figure whose numbers come from sums, as one processor or another adds them."""

    _module = "hill_descent"
    alpha = Number(0.5, min=0, max=1).tag(sync=True)
    sums = traitlets.Any()

    def data(self):
        return {"curve": self.sums.tolist()}

    def still(self):
        return "<p></p>"


def test_the_last_bits_of_the_data_and_of_the_state_are_not_stored():
    sums = np.array([0.1, 1 / 3, -2e5 / 7, 1e-3, 0.6])
    other = np.nextafter(sums, np.inf)
    assert (sums != other).all()
    here = html_of(Measured(sums=sums, alpha=0.6))
    assert here == html_of(Measured(sums=other, alpha=0.6000000000000001))
    assert here != html_of(Measured(sums=sums * (1 + 1e-8), alpha=0.6))


def test_the_html_holds_heading_still_picture_and_state(figure):
    html = html_of(figure)
    assert f'data-nn-widget="{figure._module}"' in html
    assert f"<figcaption>{figure._title}</figcaption>" in html
    assert re.search(r'<div class="nn-still">\s*<(svg|table|p|div)\b', html)
    assert json.loads(STATE.search(html)[1]) == json.loads(json.dumps(figure.page()))


def test_the_state_is_the_figures_own_traits(figure):
    assert figure.state()
    assert not {"layout", "tooltip", "tabbable"} & set(figure.state())
    assert not [name for name in figure.state() if name.startswith("_")]


def test_jupyter_gets_one_module_without_imports(figure):
    assert not re.search(r"^\s*import\b", figure._esm, re.MULTILINE)
    assert "export default" in figure._esm
    assert "--nn-surface" in figure._css


def test_text_in_the_state_cannot_leave_its_script():
    text = script_json({"a": "</script><script>alert(1)//", "b": "<!--", "c": "&"})
    assert not re.search("[<>&]", text)
    assert json.loads(text)["a"] == "</script><script>alert(1)//"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes"])
def test_a_state_that_is_no_json_is_refused(value):
    with pytest.raises(ValueError, match="a figure's state must be plain JSON: "):
        script_json({"a": value})


@pytest.mark.parametrize("sizes", [[], [3], [2, 0, 3], [2, 1001], [1] * 8])
def test_the_explorer_refuses_sizes_it_cannot_draw(sizes):
    with pytest.raises(
        traitlets.TraitError,
        match="sizes must be a list of 2 to 7, each a whole number from 1 to 1000",
    ):
        load("network_explorer")(sizes=sizes)
