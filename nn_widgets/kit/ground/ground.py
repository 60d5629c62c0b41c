"""What figures and pictures mean by a ground: a surface over two numbers."""

from typing import NamedTuple


class Ground(NamedTuple):
    """A surface: `loss(w)` and `gradient(w)` for w = (w₁, w₂), what is shown of it, two names."""

    loss: callable
    gradient: callable
    domain: list
    names: tuple
