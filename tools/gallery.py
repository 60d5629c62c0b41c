"""A small book with a page for every figure: served while you work on one, and built by the tests.

It needs no kernel and no chapter. A saved file of a figure goes into the built page without Sphinx,
and the open page is there anew within two seconds: scripts and style sheets lie beside it, and the
figure's HTML takes the place of what stood there. Sphinx runs at the start, and for all else.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from traceback import format_exception_only
from zlib import crc32

import anywidget  # noqa: F401  (the processes that saved files start have it at hand)
from sources import ROOT
from sphinx_autobuild import __main__ as autobuild
from sphinx_autobuild.build import Builder

THEME = ROOT / "book/_theme"
FOLDER = ROOT / "_build" / "gallery"
BUILT = FOLDER / "built"
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
    ignored = r"(__pycache__|jupyter_execute|conf\.py|\.ipynb$|~$)"
    options = ["--host", "127.0.0.1", "--delay=0", "--re-ignore", ignored, *watched]
    options += [f"--pre-build={sys.executable} {__file__} --write"]
    autobuild.Builder = Gallery  # no public way leads to what a saved file sets off
    try:
        autobuild.main([*options, str(FOLDER), str(BUILT), *arguments])
    except KeyboardInterrupt:
        print("Stopped.")


class Gallery(Builder):
    """What a saved file sets off: Sphinx only where the pages themselves may become others."""

    def __call__(self, *, changed_paths):
        """Bring the built pages up to date; this runs in a process of its own."""
        try:
            if not refresh(changed_paths):
                super().__call__(changed_paths=changed_paths)
        except Exception as error:  # a file saved half-way: the server goes on
            print("The pages stay as they were.", *format_exception_only(error), flush=True)


def refresh(paths):
    """Write what changes with some files of `nn_widgets` into the pages; tell if it is all."""
    if not paths or not all(path.is_relative_to(ROOT / "nn_widgets") for path in paths):
        return False  # so ends the first build, in the server itself: nothing is imported there
    from nn_widgets.figures import STEMS

    if set(STEMS) != {page.stem for page in FOLDER.glob("*.ipynb")}:
        return False  # a figure is new, or gone
    check_syntax(path for path in paths if path.suffix == ".js" and path.is_file())
    rooms = {path.parent.name for path in paths}
    stems = rooms if rooms <= set(STEMS) else set(STEMS)  # what is shared belongs to all
    write_scripts(stems)
    done = all(path.suffix != ".py" for path in paths) or all(map(write_figure, stems))
    if done:
        print(f"Written: {', '.join(sorted(stems))}.", flush=True)
    return done


def check_syntax(scripts):
    """Raise a `SyntaxError` that says where, if a module cannot be read."""
    from nn_widgets.tex.node import find_node

    for script in scripts:
        command = [find_node(), "--check", str(script)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        if told.returncode:
            raise SyntaxError(told.stderr.partition("\n    at ")[0].strip())


def write_scripts(stems):
    """Write the figures' scripts and style sheets again, and their checksums into the pages."""
    sys.path.insert(0, str(THEME))
    import figures  # here, where it is read anew for each saved file

    files = figures.files(stems)
    for name, text in files.items():
        own, pages_own = BUILT / "_static" / figures.FOLDER / name, BUILT / "_static" / name
        for place in [own, *filter(Path.is_file, [pages_own])]:  # the colours stand twice
            place.write_text(text, encoding="utf-8")
    address = re.compile(rf"({'|'.join(map(re.escape, files))})\?v=\w+")
    for stem in stems:
        page = BUILT / f"{stem}.html"
        text = page.read_text(encoding="utf-8")
        fresh = address.sub(lambda found: f"{found[1]}?v={checksum(files[found[1]])}", text)
        page.write_text(fresh, encoding="utf-8")


def write_figure(stem):
    """Write a figure's HTML into its page, in the place of what stands there; tell if it did."""
    from nn_widgets.figures import load

    page, path = BUILT / f"{stem}.html", FOLDER / f"{stem}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    (shown,) = notebook["cells"][1]["outputs"]
    old, text = "".join(shown["data"]["text/html"]), page.read_text(encoding="utf-8")
    if old not in text:
        return False
    shown["data"] = bundle(load(stem)())
    path.write_text(json.dumps(notebook), encoding="utf-8")
    page.write_text(text.replace(old, shown["data"]["text/html"]), encoding="utf-8")
    return True


def checksum(text):
    """Return what Sphinx writes behind an address, so that a browser asks for the new file."""
    return f"{crc32(text.encode()):08x}"


def write_pages():
    """Write the notebooks again if a Python file has changed since, or a figure came or went."""
    from nn_widgets.figures import STEMS, load

    newest = max(p.stat().st_mtime_ns for p in ROOT.glob("nn_*/**/*.py"))
    stamp = f"{newest} {' '.join(STEMS)}"
    if STAMP.is_file() and STAMP.read_text() == stamp:
        return
    for gone in {page.stem for page in FOLDER.glob("*.ipynb")} - set(STEMS):
        (FOLDER / f"{gone}.ipynb").unlink()
        (BUILT / f"{gone}.html").unlink(missing_ok=True)
    for name in STEMS:
        write_notebook(FOLDER, name, [bundle(load(name)())])
    write_index(FOLDER, "Every figure")
    STAMP.write_text(stamp)


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
