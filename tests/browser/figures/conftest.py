"""A small book with figures in every condition: well, twice, broken, absent.

It is built without a kernel in two seconds, with the extensions of the real book, and served in
place of it; so a figure's tests need no chapter that shows it.
"""

import subprocess
import sys

import nbformat
import pytest
from nbformat import v4
from serving import serve
from sources import ROOT

from nn_widgets.base import Figure

CONF = f"""
extensions = ["myst_nb", "nn_widgets.sphinx_ext"]
html_theme = "furo"
html_title = project = "Figures"
language = "en"
nb_execution_mode = "off"
nb_mime_priority_overrides = [["html", "text/html", 5]]
nb_ipywidgets_js = {{}}
html_static_path = [r"{ROOT}/nn_widgets/static/colours.css"]
html_css_files = ["colours.css"]
html_favicon = r"{ROOT}/book/_theme/static/favicon.svg"
"""


def bundle(figure):
    """Return the outputs that a notebook stores for a figure."""
    return figure._repr_mimebundle_()[0]


def replaced(figure, old, new):
    """Return a figure's outputs after someone's edit of the stored notebook."""
    outputs = bundle(figure)
    assert old in outputs["text/html"], "the edit changes nothing"
    return {**outputs, "text/html": outputs["text/html"].replace(old, new)}


def write_notebook(folder, name, outputs):
    """Write a notebook that shows the given outputs, one cell each."""
    cells = [v4.new_markdown_cell(f"# {name}\n\n" + "Some text before it.\n\n" * 3)]
    for data in outputs:
        output = v4.new_output("execute_result", data, execution_count=1)
        tags = {"tags": ["remove-input"]}
        cells.append(v4.new_code_cell("figure", metadata=tags, outputs=[output], execution_count=1))
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"x": {"state": {}}}}}
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python"}, "widgets": state}
    nbformat.write(v4.new_notebook(cells=cells, metadata=metadata), folder / f"{name}.ipynb")


@pytest.fixture(scope="session")
def book_dir(tmp_path_factory):
    """Build the small book; return its folder."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "conf.py").write_text(CONF)
    for name, kind in Figure.modules.items():
        write_notebook(folder, name, [bundle(kind())])
        write_notebook(folder, f"{name}-twice", [bundle(kind()), bundle(kind())])
        unread = replaced(
            kind(), '<script type="application/json">{', '<script type="application/json">[{'
        )
        write_notebook(folder, f"{name}-broken", [unread])
    explorer = Figure.modules["network_explorer"]
    invalid = replaced(explorer(), '"sizes":[2,3,2,3]', '"sizes":[2,0]')
    write_notebook(folder, "invalid", [invalid, bundle(explorer())])
    names = "\n".join(sorted(path.stem for path in folder.glob("*.ipynb")))
    toctree = f"```{{toctree}}\n{names}\n```\n"
    (folder / "index.md").write_text(f"# A book without a figure on this page\n\n{toctree}")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", folder, folder / "built"]
    subprocess.run(command, check=True)
    return folder / "built"


@pytest.fixture(scope="session")
def site(book_dir):
    """Serve the small book on loopback; return its address."""
    with serve(book_dir) as address:
        yield address


@pytest.fixture(scope="session")
def file_url(book_dir):
    """Return a function that gives the address of a page of the small book on disk."""
    return lambda name: (book_dir / name).as_uri()


@pytest.fixture
def new_page(new_page):
    """Open pages that do not wait long: the small book lies on this machine."""

    def open_page(**options):
        page = new_page(**options)
        page.set_default_timeout(5000)
        return page

    return open_page
