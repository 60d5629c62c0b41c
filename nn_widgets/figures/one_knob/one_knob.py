"""One knob: turn any of the penguin network's 26 parameters and see who pays."""

import numpy as np
import traitlets

from nn_core import feedforward, from_vector, load_penguins, log_softmax, to_vector
from nn_widgets.figures.one_knob.picture import bird_picture, curve_picture
from nn_widgets.kit.choices import Number
from nn_widgets.kit.figure import Figure
from nn_widgets.maths import penguins
from nn_widgets.maths.format import number

REACH = 6
FAR = 1000  # farther than any knob turns
INTERVALS = 120  # of the curve, so that its points are 0.1 apart


class OneKnob(Figure):
    """The loss of each of the 342 birds, and their average as a function of one parameter.

    Every argument is a trait, which Python may read and set while the figure moves.

    Parameters
    ----------
    network : {"start", "trained"}
        Where the 26 parameters come from: the starting network, or the trained one.
    knob : int
        Which parameter is held, 0 to 25, in the order of `nn_core.to_vector`.
    turned : dict of str to float
        Parameters that are not as they came, by number: ``{"25": 1.2}``. Each turns by 6 to
        either side of the whole number nearest to where it came.

    Raises
    ------
    traitlets.TraitError
        If a value is not one of those above.
    """

    _module = "one_knob"
    _title = "One knob: turn a parameter, see who pays"

    network = traitlets.Enum(["start", "trained"], "start").tag(sync=True)
    knob = traitlets.Int(25, min=0, max=25).tag(sync=True)
    turned = traitlets.Dict(
        value_trait=Number(min=-FAR, max=FAR),
        key_trait=traitlets.Enum([str(knob) for knob in range(26)]),
    ).tag(sync=True)

    def data(self):
        """Return the networks, the birds and the names of the species."""
        return {
            "networks": penguins.networks_as_json(),
            "birds": penguins.measurements(),
            "species": list(load_penguins().species),
        }

    @traitlets.validate("turned")
    def _within_reach(self, proposal):
        first = self.first()
        for name, value in proposal["value"].items():
            low, high = range_of(first[int(name)])
            if not low <= value <= high:
                raise traitlets.TraitError(
                    f"knob {name} must stand between {low:g} and {high:g}, got {value}"
                )
        return proposal["value"]

    def first(self):
        """Return the 26 parameters as they came."""
        return to_vector(penguins.networks()[self.network])

    def vector(self):
        """Return the 26 parameters as they stand."""
        return np.array([self.turned.get(str(k), value) for k, value in enumerate(self.first())])

    def curve(self):
        """Return the knob's values, shape (n,), and the averages there, shape (n, 4).

        The columns are the three species, then all birds.
        """
        values = np.linspace(*range_of(self.first()[self.knob]), INTERVALS + 1)
        moved = np.tile(self.vector(), (len(values), 1))
        moved[:, self.knob] = values
        return values, np.array([averages(bird_losses(one)) for one in moved])

    def still(self):
        """Return the birds, the curve and who pays what, as the figure would show them."""
        vector = self.vector()
        losses, before = bird_losses(vector), bird_losses(self.first())
        name = penguins.parameter_names(penguins.networks()[self.network])[self.knob]
        held = f"{name} = {number(vector[self.knob])}"
        values, along = self.curve()
        point = vector[self.knob], losses.mean()
        caption = f"With {held} the average loss is {number(losses.mean())}."
        return (
            f"{bird_picture(losses, named_rightly(vector), caption)}\n"
            f"{curve_picture(values, along, point, name)}\n<p>{caption}</p>\n"
            f"{table(losses, before, held)}"
        )


def range_of(value):
    """Return the least and the greatest value of a knob that came with `value`."""
    middle = penguins.nearest_whole(value)
    return middle - REACH, middle + REACH


def scores(vector):
    """Return the scores of every bird, shape (3, 342)."""
    x, _ = penguins.birds()
    return feedforward(from_vector(vector, penguins.SIZES), x).z[-1]


def bird_losses(vector):
    """Return what each of the birds pays."""
    _, y = penguins.birds()
    return -(log_softmax(scores(vector)) * y).sum(axis=0)


def named_rightly(vector):
    """Return for each bird whether its species gets the highest probability."""
    _, y = penguins.birds()
    return scores(vector).argmax(axis=0) == y.argmax(axis=0)


def averages(losses):
    """Return the average loss of each species, and last that of all birds."""
    _, y = penguins.birds()
    return np.append(y @ losses / y.sum(axis=1), losses.mean())


def table(losses, before, held):
    """Write who pays what, species by species."""
    _, y = penguins.birds()
    groups = [
        *zip(load_penguins().species, y == 1, strict=True),
        ("all", np.full(y.shape[1], True)),
    ]
    first, now = averages(before), averages(losses)
    rows = "".join(
        f'<tr><th scope="row">{name}</th><td>{its.sum()}</td><td>{number(first[group])}</td>'
        f"<td>{number(now[group])}</td><td>{(losses[its] < before[its]).sum()}</td></tr>"
        for group, (name, its) in enumerate(groups)
    )
    head = "".join(
        f'<th scope="col">{text}</th>'
        for text in ("species", "birds", "at first", "now", "pay less")
    )
    return (
        f'<table class="nn-numbers"><caption>Average loss with {held}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
