"""Hill descent: gradient descent on a surface, as a map and as a hill."""

import contourpy
import numpy as np
import traitlets

from . import hill_ground as ground
from . import penguins
from .base import Figure
from .format import number

SIDE, LEFT, TOP = 320, 56, 12  # of the still picture, in pixels
LINES = 12


class HillDescent(Figure):
    """Gradient descent on one of five surfaces, with the numbers of every step.

    Every argument is a trait, which Python may read and set while the figure moves.

    Parameters
    ----------
    surface : {"bowl", "ravine", "saddle", "valleys", "penguins"}
    start : list of float
        Where the walk starts, (w₁, w₂). The surface's own place if left out.
    alpha : float
        The learning rate. The surface's own if left out.
    steps : int
        Steps taken so far, at most 500.
    compare : bool
        Whether a second walk, with the rate `alpha_b`, starts at the same place.
    pair : list of int
        For the penguins: two places in the vector of the 26 parameters.
    held : {"trained", "start"}
        For the penguins: the network that the other 24 parameters are taken from.
    view : list of float
        Turn and tilt of the hill, in degrees.

    Raises
    ------
    traitlets.TraitError
        If a value is not one of those above.
    """

    _module = "hill_descent"
    _title = "Hill descent: which way is down, and how far is a step?"

    surface = traitlets.Enum(list(ground.SURFACES), "bowl").tag(sync=True)
    pair = traitlets.List(traitlets.Int(min=0, max=25), [6, 9], 2, 2).tag(sync=True)
    held = traitlets.Enum(["trained", "start"], "trained").tag(sync=True)
    start = traitlets.List(traitlets.Float(), [0.0, 0.0], 2, 2).tag(sync=True)
    alpha = traitlets.Float(0.1).tag(sync=True)
    alpha_b = traitlets.Float(0.05).tag(sync=True)
    steps = traitlets.Int(0, min=0, max=500).tag(sync=True)
    compare = traitlets.Bool(False).tag(sync=True)
    view = traitlets.List(traitlets.Float(), [30, 40], 2, 2).tag(sync=True)
    surfaces = traitlets.Dict(read_only=True).tag(sync=True)
    networks = traitlets.Dict(read_only=True).tag(sync=True)
    birds = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, surface="bowl", **given):
        alpha = given.pop("alpha", ground.SURFACES.get(surface, {}).get("alpha", 0.1))
        super().__init__(
            surface=surface, alpha=alpha, alpha_b=given.pop("alpha_b", alpha / 2), **given
        )
        self.set_trait("surfaces", ground.SURFACES)
        self.set_trait("networks", penguins.networks_as_json())
        self.set_trait("birds", penguins.measurements())
        if "start" not in given:
            self.start = first_place(self.surface, self.ground())

    @traitlets.validate("alpha", "alpha_b")
    def _positive(self, proposal):
        if not 0 < proposal["value"] <= 1000:
            name, value = proposal["trait"].name, proposal["value"]
            raise traitlets.TraitError(f"{name} must be above 0 and at most 1000, got {value}")
        return proposal["value"]

    @traitlets.validate("pair")
    def _different(self, proposal):
        if len(set(proposal["value"])) < 2:
            raise traitlets.TraitError(
                f"pair must hold two different places, got {proposal['value']}"
            )
        return proposal["value"]

    def ground(self):
        """Return the surface as the figure has it now, a `hill_ground.Ground`."""
        about = ground.SURFACES[self.surface]
        if "terms" in about:
            return ground.polynomial_ground(about["terms"], about["domain"])
        return ground.penguin_ground(self.pair, self.held, about["reach"])

    def walk(self):
        """Return the places walked so far, shape (steps + 1, 2), the start first."""
        return ground.walk(self.ground(), self.start, self.alpha, self.steps)

    def still(self):
        """Return the map with its contour lines and the walk, and what it shows in words."""
        here = self.ground()
        places = ground.walk(here, self.start, self.alpha, self.steps)
        title = ground.SURFACES[self.surface]["title"]
        caption = f"{title}: {described(here, places, self.alpha)}"
        return f"{picture(here, places, caption)}\n<p>{caption}</p>"


def described(here, places, alpha):
    """Say where the walk starts and where it has come to."""
    w1, w2 = here.names
    first = f"from {w1} = {number(places[0][0])}, {w2} = {number(places[0][1])}"
    losses = [number(here.loss(place)) for place in (places[0], places[-1])]
    if len(places) == 1:
        return f"the walk starts {first}, where the loss is {losses[0]}; α = {number(alpha)}."
    count = len(places) - 1
    steps = "step" if count == 1 else "steps"
    return (
        f"gradient descent {first} with α = {number(alpha)}; "
        f"{count} {steps} take the loss from {losses[0]} to {losses[1]}."
    )


def picture(here, places, label):
    """Draw contour lines, axes and walk as SVG that needs no style sheet, in either scheme."""
    (left, right), (bottom, top) = here.domain
    x = lambda w: LEFT + SIDE * (w - left) / (right - left)  # noqa: E731
    y = lambda w: TOP + SIDE * (top - w) / (top - bottom)  # noqa: E731
    trail = path(np.column_stack([x(places[:, 0]), y(places[:, 1])]))
    dots = "".join(dot(x(w1), y(w2), 2.5) for w1, w2 in places)
    end = dot(x(places[-1][0]), y(places[-1][1]), 6)
    width, height = LEFT + SIDE + 12, TOP + SIDE + 48
    clip = 'clip-path="url(#nn-hill-still)"'
    begin = dot(x(places[0][0]), y(places[0][1]), 9)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{label}">'
        f'<clipPath id="nn-hill-still">{frame()}</clipPath>'
        f'<g fill="none" stroke="currentColor">{frame()}'
        f'<g stroke-opacity=".45" {clip}>{contours(here, x, y)}</g></g>'
        f'<g fill="currentColor" font-size="13" font-family="sans-serif">{ticks(here, x, y)}</g>'
        f'<g {clip} fill="#2b6fe0" stroke="#2b6fe0">'
        f'<path d="{trail}" fill="none" stroke-width="2"/>{dots}{end}</g>'
        f'<g fill="none" stroke="currentColor" stroke-width="2">{begin}</g></svg>'
    )


def contours(here, x, y):
    """Draw lines of equal loss, closer in height near the bottom, as the moving figure does."""
    axes = [np.linspace(*span, 45) for span in here.domain]
    heights = np.array([[here.loss((w1, w2)) for w1 in axes[0]] for w2 in axes[1]])
    low, high = heights.min(), heights.max()
    found = contourpy.contour_generator(x(axes[0]), y(axes[1]), heights)
    levels = low + (high - low) * ((np.arange(LINES) + 0.5) / LINES) ** 2
    lines = [line for level in levels for line in found.lines(level)]
    return f'<path d="{"".join(path(line) for line in lines)}"/>'


def path(points):
    """Write a line through points as an SVG path."""
    kept = np.clip(points, -1e4, 1e4)
    return "M" + "L".join(f"{px:.1f},{py:.1f}" for px, py in kept)


def dot(x, y, radius):
    """Write a disc; a place that has run away stays writable."""
    return (
        f'<circle cx="{np.clip(x, -1e4, 1e4):.1f}" cy="{np.clip(y, -1e4, 1e4):.1f}" r="{radius}"/>'
    )


def frame():
    """Write the square that the map fills."""
    return f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>'


def ticks(here, x, y):
    """Write the ends and the middle of both axes, and their names."""
    (left, right), (bottom, top) = here.domain
    foot = TOP + SIDE
    across = [text(x(w), foot + 17, number(w)) for w in (left, (left + right) / 2, right)]
    up = [text(LEFT - 6, y(w) + 4, number(w), "end") for w in (bottom, (bottom + top) / 2, top)]
    names = [
        text(LEFT + SIDE / 2, foot + 37, here.names[0]),
        text(14, TOP + SIDE / 4, here.names[1]),
    ]
    return "".join(across + up + names)


def text(x, y, content, anchor="middle"):
    """Write a word or a number at a place."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{content}</text>'


def first_place(surface, here):
    """Return where a walk on the surface starts unless told otherwise."""
    own = ground.SURFACES[surface].get("start")
    if own:
        return own
    return [
        (low + high) / 2 + share * (high - low) / 2
        for (low, high), share in zip(here.domain, ground.PENGUIN_START, strict=True)
    ]
