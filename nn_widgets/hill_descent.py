"""Hill descent: gradient descent on a surface, as a map and as a hill."""

import traitlets

from . import hill_ground as ground
from . import penguins
from .base import Figure
from .format import number
from .ground_picture import picture


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
    alpha_b : float
        The second walk's learning rate, half of `alpha` if not given.
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
    pair = penguins.Pair([6, 9]).tag(sync=True)
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
        super().__init__(surface=surface, **given)
        if "alpha" not in given:
            self.alpha = ground.SURFACES[self.surface].get("alpha", 0.1)
        if "alpha_b" not in given:
            self.alpha_b = self.alpha / 2
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


def first_place(surface, here):
    """Return where a walk on the surface starts unless told otherwise."""
    own = ground.SURFACES[surface].get("start")
    if own:
        return own
    return [
        (low + high) / 2 + share * (high - low) / 2
        for (low, high), share in zip(here.domain, ground.PENGUIN_START, strict=True)
    ]
