"""A small book with figures in every condition: well, twice, broken, absent.

It is built without a kernel in two seconds, with the extensions of the real book, and served in
place of it; so a figure's tests need no chapter that shows it.
"""

import pytest
import small_book
from gallery import bundle, write_index, write_notebook
from serving import serve
from shared import shared

from nn_widgets.figures import STEMS, load


def replaced(figure, old, new):
    """Return a figure's outputs after someone's edit of the stored notebook."""
    outputs = bundle(figure)
    assert old in outputs["text/html"], "the edit changes nothing"
    return {**outputs, "text/html": outputs["text/html"].replace(old, new)}


def build(folder):
    """Build the small book in `folder`."""
    small_book.settle(folder, ["myst_nb", "figures"])
    for name in STEMS:
        kind = load(name)
        write_notebook(folder, name, [bundle(kind())])
        write_notebook(folder, f"{name}-twice", [bundle(kind()), bundle(kind())])
        unread = replaced(
            kind(), '<script type="application/json">{', '<script type="application/json">[{'
        )
        write_notebook(folder, f"{name}-broken", [unread])
    explorer = load("network_explorer")
    invalid = replaced(explorer(), '"sizes":[2,3,2,3]', '"sizes":[2,0]')
    write_notebook(folder, "invalid", [invalid, bundle(explorer())])
    write_index(folder, "A book without a figure on this page")
    done = small_book.build(folder, folder / "built")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def book_dir(tmp_path_factory):
    """Build the small book; return its folder."""
    return shared(tmp_path_factory, "figures", build) / "built"


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
