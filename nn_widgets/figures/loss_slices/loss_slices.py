"""Loss slices: the real loss over a plane in the space of the penguin network's 26 parameters."""

from typing import NamedTuple

import numpy as np
import traitlets

import nn_core
from nn_widgets.kit.choices import Number, pair_of_parameters
from nn_widgets.kit.figure import Figure
from nn_widgets.kit.ground.ground import Ground
from nn_widgets.kit.ground.picture import picture
from nn_widgets.maths import penguins
from nn_widgets.maths.chance import normal, uniform_numbers
from nn_widgets.maths.format import number

REACH = 8  # of two parameters, to either side
FAR = 10  # of two random directions
ROOM = 0.75  # of three twins: half a side of the picture, in widths of their triangle
TWINS = ([1, 0, 2], [2, 1, 0])  # orders of the first hidden neurons


class LossSlices(Figure):
    """The loss over a plane, and along the straight line from the network to a probe on it.

    Every argument is a trait, which Python may read and set while the figure moves.

    Parameters
    ----------
    plane : {"pair", "random", "twins"}
        Two parameters, two random directions, or the plane through the network and two twins,
        which are the same network with its first hidden neurons in another order.
    network : {"trained", "start"}
        The network that the plane goes through.
    pair : list of int
        Two places in the vector of the 26 parameters.
    seed : int
        Which two random directions.
    place : list of float
        The probe's place on the plane. One of the plane's own if left out.
    view : list of float
        Turn and tilt of the hill, in degrees.

    Raises
    ------
    traitlets.TraitError
        If a value is not one of those above.
    """

    _module = "loss_slices"
    _title = "Loss slices: the ground around a network"

    plane = traitlets.Enum(["pair", "random", "twins"], "pair").tag(sync=True)
    network = traitlets.Enum(["trained", "start"], "trained").tag(sync=True)
    pair = pair_of_parameters([6, 15]).tag(sync=True)
    seed = traitlets.Int(1, min=0, max=2**31 - 1).tag(sync=True)
    place = traitlets.List(Number(min=-1000, max=1000), [0.0, 0.0], 2, 2).tag(sync=True)
    view = traitlets.List(Number(min=-360, max=360), [30, 40], 2, 2).tag(sync=True)

    def __init__(self, plane="pair", **given):
        super().__init__(plane=plane, **given)
        if "place" not in given:
            self.place = self.cut().probe

    def data(self):
        """Return the networks and the birds."""
        return {"networks": penguins.networks_as_json(), "birds": penguins.measurements()}

    def cut(self):
        """Return the plane as the figure has it now, a `Cut`."""
        layers = penguins.networks()[self.network]
        if self.plane == "pair":
            return parameter_cut(layers, self.pair)
        return random_cut(layers, self.seed) if self.plane == "random" else twin_cut(layers)

    def still(self):
        """Return the map with the way from the network to the probe, and what it says."""
        cut = self.cut()
        home, probe = np.array(cut.home), np.array(self.place)
        way = np.array([home, (home + probe) / 2, probe])
        start, middle, end = (cut.loss(place) for place in way)
        than = "more" if middle > (start + end) / 2 else "not more"
        caption = (
            f"Loss {number(start)} at the network, {number(end)} at the probe, {number(middle)} "
            f"half way: {than} than the average of the two ends, {number((start + end) / 2)}."
        )
        ground = Ground(cut.loss, None, cut.domain, cut.names)
        return f"{picture(ground, way, caption)}\n<p>{caption}</p>"


class Cut(NamedTuple):
    """A plane: the parameters at (0, 0), what a unit of each coordinate adds, and what is shown."""

    origin: np.ndarray
    axes: np.ndarray
    home: list
    domain: list
    names: tuple
    probe: list

    def loss(self, place):
        """Return the average loss at a place (s, t)."""
        vector = self.origin + np.asarray(place) @ self.axes
        return nn_core.loss(nn_core.from_vector(vector, penguins.SIZES), *penguins.birds())


def parameter_cut(layers, pair):
    """Return the `Cut` along two parameters, the other 24 held."""
    vector = nn_core.to_vector(layers)
    home = [float(vector[place]) for place in pair]
    middle = [penguins.nearest_whole(value) for value in home]
    names = penguins.parameter_names(layers)
    return Cut(
        np.where(np.isin(np.arange(26), pair), 0, vector),
        np.eye(26)[list(pair)],
        home,
        [[value - REACH, value + REACH] for value in middle],
        tuple(names[place] for place in pair),
        [value + REACH / 2 for value in middle],
    )


def random_cut(layers, seed):
    """Return the `Cut` along two random directions at a right angle."""
    uniform = uniform_numbers(seed)
    axes = right_angled(*(np.array([normal(uniform) for _ in range(26)]) for _ in range(2)))
    names = ("first direction", "second direction")
    span = [-FAR, FAR]
    return Cut(nn_core.to_vector(layers), axes, [0.0, 0.0], [span, span], names, [FAR / 2] * 2)


def twin_cut(layers):
    """Return the `Cut` through a network and two of its twins."""
    vector = nn_core.to_vector(layers)
    away = [nn_core.to_vector(reordered(layers, order)) - vector for order in TWINS]
    axes = right_angled(*away)
    corners = np.vstack([[0, 0], np.round(away @ axes.T, 6)])
    half = np.ceil(ROOM * np.ptp(corners, axis=0).max())
    middle = [penguins.nearest_whole(value) for value in (corners.min(0) + corners.max(0)) / 2]
    return Cut(
        vector,
        axes,
        [0.0, 0.0],
        [[value - half, value + half] for value in middle],
        ("towards the twin", "across"),
        corners[1].tolist(),
    )


def reordered(layers, order):
    """Return the same network with the first hidden neurons in another order."""
    (W1, b1), (W2, b2), last = layers
    return [nn_core.Layer(W1[order], b1[order]), nn_core.Layer(W2[:, order], b2), last]


def right_angled(a, b):
    """Return two directions of length 1 at a right angle, the first along `a`; shape (2, 26)."""
    first = a / np.linalg.norm(a)
    rest = b - (b @ first) * first
    return np.array([first, rest / np.linalg.norm(rest)])
