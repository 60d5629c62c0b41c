"""Links that open a page's notebook on Binder, in Colab or on a JupyterHub.

Jupyter Book's own keys in `_config.yml`, `repository` and `launch_buttons`, ask for them. Jupyter
Book hands both to the theme as its options, and Furo has no such options: they are taken here.
"""

from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from sphinx.errors import ConfigError

# What Jupyter Book gives for a repository that nobody has named.
NOBODYS = "https://github.com/executablebooks/jupyter-book"
INTERFACES = {"classic": "tree", "jupyterlab": "lab/tree"}
BINDER = {"github.com": "gh", "gitlab.com": "gl"}
OTHERS = ("thebe", "deepnote_url")


class Link(NamedTuple):
    """Where a notebook opens, in words, and the address."""

    words: str
    address: str


def take_options(app, config):
    """Check the options that are meant for this module, and leave the theme its own."""
    given = config.html_theme_options
    config.nn_launch = {
        **{key: value for key, value in (given.get("launch_buttons") or {}).items() if value},
        "repository": (given.get("repository_url") or NOBODYS).rstrip("/").removesuffix(".git"),
        "branch": given.get("repository_branch") or "master",
        "folder": (given.get("path_to_docs") or "").strip("/"),
    }
    config.html_theme_options = {"top_of_page_buttons": []}
    links(config.nn_launch, "")  # what is wrong with them is said before a page is read


def links(launch, name):
    """Return the links to a notebook, none if none are asked for.

    Parameters
    ----------
    launch : dict
        The keys of `launch_buttons` that are set, and `repository`, `branch` and `folder`.
    name : str
        The notebook's path in the book.

    Returns
    -------
    found : list of Link

    Raises
    ------
    ConfigError
        If the repository is missing or is not where Colab finds notebooks, or for another service.
    """
    others = [key for key in OTHERS if launch.get(key)]
    if others:
        raise ConfigError(f"launch_buttons: {others[0]} is not one of this book's services.")
    makers = {"binderhub_url": binder, "colab_url": colab, "jupyterhub_url": jupyterhub}
    wanted = {key: make for key, make in makers.items() if launch.get(key)}
    if wanted and launch["repository"] == NOBODYS:
        raise ConfigError("launch_buttons: the links need to know the repository, as its url.")
    interface = launch.get("notebook_interface", "classic")
    if interface not in INTERFACES:
        raise ConfigError(f"launch_buttons: notebook_interface is one of {', '.join(INTERFACES)}.")
    path = f"{launch['folder']}/{name}".lstrip("/")
    return [make(launch[key].rstrip("/"), launch, path) for key, make in wanted.items()]


def binder(host, launch, path):
    """Return the link to a Binder."""
    site, repository = urlsplit(launch["repository"]).netloc, launch["repository"]
    if site in BINDER:
        own = urlsplit(repository).path.strip("/")
        place = f"{BINDER[site]}/{quote(own, safe='/' if site == 'github.com' else '')}"
    else:
        place = f"git/{quote(repository, safe='')}"
    query = urlencode({"urlpath": f"{interface_of(launch)}/{path}"}, safe="/")
    return Link("Open on Binder", f"{host}/v2/{place}/{quote(launch['branch'], safe='')}?{query}")


def colab(host, launch, path):
    """Return the link to Colab."""
    site, _, own = launch["repository"].partition("://")[2].partition("/")
    if site != "github.com":
        raise ConfigError(f"launch_buttons: Colab opens what is on GitHub, not on {site}.")
    place = quote(f"{own}/blob/{launch['branch']}/{path}")
    return Link("Open in Colab", f"{host}/github/{place}")


def jupyterhub(host, launch, path):
    """Return the link to a JupyterHub, which fetches the repository with nbgitpuller."""
    folder = launch["repository"].rpartition("/")[2]
    query = {
        "repo": launch["repository"],
        "urlpath": f"{interface_of(launch)}/{folder}/{path}",
        "branch": launch["branch"],
    }
    address = f"{host}/hub/user-redirect/git-pull?{urlencode(query, safe='/')}"
    return Link("Open on JupyterHub", address)


def interface_of(launch):
    """Return the beginning of the path at which the interface opens a notebook."""
    return INTERFACES[launch.get("notebook_interface", "classic")]


def add_links(app, _page, _template, context, _doctree):
    """Give the template the links of a page that is a notebook."""
    name = context.get("nn_notebook")
    context["nn_launch"] = links(app.config.nn_launch, name) if name else []


def setup(app):
    """Connect the handlers; a page knows its notebook by then."""
    app.add_config_value("nn_launch", {}, "html")
    app.connect("config-inited", take_options)
    app.connect("html-page-context", add_links, priority=910)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
