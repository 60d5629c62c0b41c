"""The screens on which the book must look right, and the room that a figure keeps on them."""

from typing import NamedTuple

import pytest


class View(NamedTuple):
    """A screen: its width in CSS pixels and the reader's colour scheme."""

    width: int
    scheme: str

    def options(self):
        """Return it as the options of a browser context."""
        return {"viewport": {"width": self.width, "height": 900}, "color_scheme": self.scheme}


VIEWS = [View(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]

# The scheme in which a page of a width opens; changed to the other, its colours alone can differ.
OPENED = {1280: "light", 390: "dark", 320: "light"}

in_every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda v: f"{v.width}-{v.scheme}")


def reserves_its_room(figure):
    """Tell whether the room kept for a figure before it comes alive is about what it takes."""
    reserved, taken = figure.evaluate("""el => {
      const before = el.getBoundingClientRect().height;
      el.style.minHeight = 0;
      const taken = el.getBoundingClientRect().height;
      el.style.minHeight = "";
      return [before, taken];
    }""")
    return taken - 20 <= reserved < taken + 250
