"""The screens on which the book must look right."""

from typing import NamedTuple

import pytest


class View(NamedTuple):
    """A screen: its width in CSS pixels and the reader's colour scheme."""

    width: int
    scheme: str


VIEWS = [View(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]

in_every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda v: f"{v.width}-{v.scheme}")
