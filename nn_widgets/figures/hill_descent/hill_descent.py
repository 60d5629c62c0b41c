"""Hill descent: gradient descent on a surface, as a map and as a hill."""

import traitlets

from nn_widgets.figures.hill_descent import surface as ground
from nn_widgets.kit.choices import Number, pair_of_parameters
from nn_widgets.kit.figure import Figure
from nn_widgets.kit.ground.picture import picture
from nn_widgets.maths import penguins
from nn_widgets.maths.format import number

FAR = 1000  # where a walk may start, to either side of 0
LEAST_RATE = 1e-9


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
    pair = pair_of_parameters([6, 9]).tag(sync=True)
    held = traitlets.Enum(["trained", "start"], "trained").tag(sync=True)
    start = traitlets.List(Number(min=-FAR, max=FAR), [0.0, 0.0], 2, 2).tag(sync=True)
    alpha = Number(0.1, min=LEAST_RATE, max=1000).tag(sync=True)
    alpha_b = Number(0.05, min=LEAST_RATE, max=1000).tag(sync=True)
    steps = traitlets.Int(0, min=0, max=500).tag(sync=True)
    compare = traitlets.Bool(False).tag(sync=True)
    view = traitlets.List(Number(min=-360, max=360), [30, 40], 2, 2).tag(sync=True)

    def __init__(self, surface="bowl", **given):
        super().__init__(surface=surface, **given)
        if "alpha" not in given:
            self.alpha = ground.SURFACES[self.surface].get("alpha", 0.1)
        if "alpha_b" not in given:
            self.alpha_b = self.alpha / 2
        if "start" not in given:
            self.start = first_place(self.surface, self.ground())

    def data(self):
        """Return the surfaces, and the networks and birds that one of them is made of."""
        return {
            "surfaces": ground.SURFACES,
            "networks": penguins.networks_as_json(),
            "birds": penguins.measurements(),
        }

    def ground(self):
        """Return the surface as the figure has it now, a `Ground`."""
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
