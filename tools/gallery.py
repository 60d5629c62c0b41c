"""A small book with a page for every figure: served while you work on one, and built by the tests.

It needs no kernel and no chapter. What a saved file changes is there within two seconds: a module
of JavaScript or a style sheet lies beside the pages, and a page is written again only when the
figure's own HTML is another.
"""

import subprocess
import sys
from pathlib import Path

from sources import ROOT

THEME = ROOT / "book/_theme"
FOLDER = ROOT / "_build" / "gallery"
STAMP = FOLDER / "python.txt"
SETTINGS = {
    "extensions": ["myst_nb", "figures"],
    "exclude_patterns": ["built", "jupyter_execute"],
    "html_theme": "furo",
    "html_title": "A small book",
    "language": "en",
    "html_static_path": [str(ROOT / "nn_widgets/kit/colours.css"), str(THEME / "static")],
    "html_css_files": ["colours.css"],
    "html_favicon": str(THEME / "static/favicon.svg"),
    "nb_execution_mode": "off",
    "nb_mime_priority_overrides": [["html", "text/html", 5]],
    "nb_ipywidgets_js": {},
}


def main(arguments):
    """Serve the gallery, or, asked to, write its pages alone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if "--write" in arguments:
        write_pages()
        return
    write_settings(FOLDER, SETTINGS, setup="app.connect('env-get-outdated', lambda *_: ['index'])")
    watched = [f"--watch={ROOT / name}" for name in ("nn_widgets", "nn_core", "book/_theme")]
    command = [sys.executable, "-m", "sphinx_autobuild", "--host", "127.0.0.1", *watched]
    command += [f"--pre-build={sys.executable} {__file__} --write", "--delay=0"]
    command += [
        "--re-ignore",
        r"(__pycache__|jupyter_execute|conf\.py|\.ipynb$|~$)",
        FOLDER,
        FOLDER / "built",
    ]
    try:
        subprocess.call([*command, *arguments], cwd=ROOT)
    except KeyboardInterrupt:
        print("Stopped.")


def write_pages():
    """Write the figures' notebooks again if a Python file has changed since."""
    newest = str(max(p.stat().st_mtime_ns for p in ROOT.glob("nn_*/**/*.py")))
    if STAMP.is_file() and STAMP.read_text() == newest:
        return
    from nn_widgets.figures import STEMS, load

    for name in STEMS:
        write_notebook(FOLDER, name, [bundle(load(name)())])
    write_index(FOLDER, "Every figure")
    STAMP.write_text(newest)


def bundle(figure):
    """Return the outputs that a notebook stores for a figure."""
    return figure._repr_mimebundle_()[0]


def write_notebook(folder, name, outputs):
    """Write a notebook that shows the given outputs, one cell each, if it is a new one."""
    import nbformat  # here, because a saved script needs none of it and does not wait for it
    from nbformat import v4

    cells = [v4.new_markdown_cell(f"# {name}\n\n" + "Some text before it.\n\n" * 3, id="text")]
    for place, data in enumerate(outputs):
        output = v4.new_output("execute_result", data, execution_count=1)
        cell = {"metadata": {"tags": ["remove-input"]}, "outputs": [output], "execution_count": 1}
        cells.append(v4.new_code_cell("figure", id=f"figure-{place}", **cell))
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"x": {"state": {}}}}}
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python"}, "widgets": state}
    text = nbformat.writes(v4.new_notebook(cells=cells, metadata=metadata))
    path = folder / f"{name}.ipynb"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def write_index(folder, title):
    """Write the page that leads to the notebooks of a folder."""
    names = "\n".join(sorted(path.stem for path in folder.glob("*.ipynb")))
    text = f"# {title}\n\n```{{toctree}}\n{names}\n```\n"
    (folder / "index.md").write_text(text, encoding="utf-8")


def write_settings(folder, settings, setup="pass"):
    """Write Sphinx's settings into a folder."""
    lines = ["import sys", f"sys.path.insert(0, {str(THEME)!r})"]
    lines += [f"{name} = {value!r}" for name, value in settings.items()]
    lines += ["", "def setup(app):", f"    {setup}"]
    Path(folder, "conf.py").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
