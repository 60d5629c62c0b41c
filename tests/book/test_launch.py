"""Jupyter Book's own keys make links to Binder, Colab and JupyterHub on every notebook's page."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import gallery
import launch
import pytest
import small_book
import yaml
from bs4 import BeautifulSoup
from gallery import THEME
from jupyter_book.config import get_final_config
from sources import ROOT
from sphinx.errors import ConfigError

GITHUB = {"url": "https://github.com/a-school/the-book.git", "branch": "main"}
ALL = {
    "notebook_interface": "jupyterlab",
    "binderhub_url": "https://binder.example/",
    "colab_url": "https://colab.example",
    "jupyterhub_url": "https://hub.example",
}


def taken(**keys):
    """Return what the book makes of `_config.yml` with more keys, read by Jupyter Book itself."""
    user = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8")) | keys
    config, _ = get_final_config(user_yaml=user, cli_config={"latex_individualpages": False})
    settings = SimpleNamespace(html_theme_options=config["html_theme_options"])
    launch.take_options(None, settings)
    return settings


def addresses(**keys):
    """Return the addresses of chapter 1 on each service, by their words."""
    found = launch.links(taken(**keys).nn_launch, "book/01-topology.ipynb")
    return {link.words: link.address for link in found}


def test_without_the_keys_there_is_no_link_and_the_theme_keeps_its_own_options():
    assert addresses() == {}
    assert addresses(repository=GITHUB) == {}
    assert taken(repository=GITHUB, launch_buttons=ALL).html_theme_options == {
        "top_of_page_buttons": []
    }


def test_each_service_gets_the_address_that_it_documents():
    assert addresses(repository=GITHUB, launch_buttons=ALL) == {
        "Open on Binder": "https://binder.example/v2/gh/a-school/the-book/main"
        "?urlpath=lab/tree/book/01-topology.ipynb",
        "Open in Colab": "https://colab.example/github/a-school/the-book/blob/main"
        "/book/01-topology.ipynb",
        "Open on JupyterHub": "https://hub.example/hub/user-redirect/git-pull"
        "?repo=https%3A//github.com/a-school/the-book"
        "&urlpath=lab/tree/the-book/book/01-topology.ipynb&branch=main",
    }


def test_what_a_service_reads_back_from_its_address_is_what_was_meant():
    found = addresses(
        repository={**GITHUB, "branch": "spring & fall", "path_to_book": "/books/one/"},
        launch_buttons={**ALL, "notebook_interface": "classic"},
    )
    asked = parse_qs(urlsplit(found["Open on JupyterHub"]).query)
    assert asked == {
        "repo": ["https://github.com/a-school/the-book"],
        "branch": ["spring & fall"],
        "urlpath": ["tree/the-book/books/one/book/01-topology.ipynb"],
    }
    assert "/v2/gh/a-school/the-book/spring%20%26%20fall?" in found["Open on Binder"]


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://gitlab.com/school/sub/book", "gl/school%2Fsub%2Fbook"),
        ("https://git.example/book", "git/https%3A%2F%2Fgit.example%2Fbook"),
    ],
)
def test_binder_is_told_where_else_a_repository_lies(url, place):
    asked = {"binderhub_url": "https://binder.example"}
    found = addresses(repository={"url": url, "branch": "main"}, launch_buttons=asked)
    assert f"https://binder.example/v2/{place}/main?" in found["Open on Binder"]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"launch_buttons": ALL}, "need to know the repository"),
        ({"launch_buttons": {"thebe": True}}, "thebe is not one of this book's services"),
        ({"repository": {"url": "https://gitlab.com/a/b"}, "launch_buttons": ALL}, "not on gitlab"),
        ({"repository": GITHUB, "launch_buttons": {**ALL, "notebook_interface": "x"}}, "classic, "),
    ],
)
def test_keys_that_lead_nowhere_are_one_sentence(keys, says):
    with pytest.raises(ConfigError, match=says):
        taken(**keys)


@pytest.mark.parametrize("asked", [True, False])
def test_the_links_stand_on_the_page_of_a_notebook_and_on_no_other(tmp_path, asked):
    options = {"launch_buttons": ALL, "repository_url": GITHUB["url"], "repository_branch": "main"}
    small_book.settle(
        tmp_path,
        ["myst_nb", "page", "launch"],
        html_theme_options=options if asked else {},
        templates_path=[str(THEME / "templates")],
        root_doc="index",
    )
    gallery.write_notebook(tmp_path, "chapter", [])
    (tmp_path / "index.md").write_text(
        "(run-the-notebooks)=\n# Book\n\nA line.\n\n```{toctree}\nchapter\n```\n"
    )
    done = small_book.build(tmp_path, tmp_path / "html")
    assert done.returncode == 0, done.stderr
    pages = [tmp_path / "html" / name for name in ("chapter.html", "index.html")]
    chapter, index = (BeautifulSoup(page.read_text("utf-8"), "html.parser") for page in pages)
    words = [link.get_text(strip=True) for link in chapter.select(".nn-actions a")]
    services = ["Open on Binder", "Open in Colab", "Open on JupyterHub"] if asked else []
    assert words == ["Download the notebook", "Run it in JupyterLab", *services]
    assert not index.select(".nn-actions")
