"""Run the notebooks and store their outputs, normalised: the same bytes on every run."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from sources import ROOT, notebooks

TIMEOUT_SECONDS = 600
WORKERS = 2
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def main(names):
    """Run the notebooks named, or all; report each, and fail if one failed."""
    # As many notebooks as cores run at once: more threads in each would wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    paths = [Path(name).resolve() for name in names] or notebooks()
    with ThreadPoolExecutor(WORKERS) as pool:
        failures = sum(pool.map(store, paths))
    if failures:
        sys.exit(f"Failed, and left unchanged: {failures} of {len(paths)}.")


def store(path):
    """Run one notebook in place; return whether it failed."""
    name = path.relative_to(ROOT)
    notebook = nbformat.read(path, as_version=4)
    try:
        execute(notebook, path.parent)
    except CellExecutionError as error:
        print(f"{name}: failed\n{error}", flush=True)
        return True
    normalise(notebook)
    text = nbformat.writes(notebook) + "\n"
    same = path.read_text(encoding="utf-8") == text
    path.write_text(text, encoding="utf-8")
    print(f"{name}: {'same as before' if same else 'stored'}", flush=True)
    return False


def execute(notebook, folder):
    """Run every cell in a fresh kernel, with the notebook's folder as working directory."""
    notebook.metadata.kernelspec = KERNEL
    NotebookClient(
        notebook,
        timeout=TIMEOUT_SECONDS,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # a kernel cuts a stream at arbitrary moments
        resources={"metadata": {"path": str(folder)}},
    ).execute()


def normalise(notebook):
    """Drop what differs from run to run or machine to machine and says nothing to a reader."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.language_info = {"name": "python", "pygments_lexer": "ipython3"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            for output in cell.outputs:
                drop_view(output)


def drop_view(output):
    """Keep a widget's HTML, and not its view, which needs a kernel."""
    if "data" in output and len(output.data) > 1:
        output.data.pop(WIDGET_VIEW, None)


if __name__ == "__main__":
    main(sys.argv[1:])
