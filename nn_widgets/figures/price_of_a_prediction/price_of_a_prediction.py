"""Price of a prediction: three probabilities, one truth, and what cross-entropy charges."""

from functools import lru_cache

import numpy as np
import traitlets

from nn_core import cross_entropy, feedforward, load_example, load_penguins, one_hot
from nn_widgets.kit.choices import Number
from nn_widgets.kit.figure import Figure
from nn_widgets.kit.plot.svg import text, upwards
from nn_widgets.maths.format import number

WIDE, HIGH, LEFT, TOP = 270, 230, 48, 26  # the still picture's plot, in pixels
TOP_PRICE = 7  # nats; what costs more leaves the plot


class PriceOfAPrediction(Figure):
    """Share one unit of belief among three species, choose the truth, read the price.

    Parameters
    ----------
    p : list of float
        Three probabilities that sum to 1. Without it, those of the bird followed through the book.
    truth : int
        The place of the true species, 0, 1 or 2.
    compare : bool
        Whether the price 1 − p is drawn beside −log p.
    """

    _module = "price_of_a_prediction"
    _title = "The price of a prediction"

    p = traitlets.List(Number(min=0, max=1), minlen=3, maxlen=3).tag(sync=True)
    truth = traitlets.Int(min=0, max=2).tag(sync=True)
    compare = traitlets.Bool(False).tag(sync=True)

    @traitlets.default("p")
    def _prediction_for_the_bird(self):
        return birds_prediction()["p"]

    @traitlets.default("truth")
    def _species_of_the_bird(self):
        return birds_prediction()["truth"]

    def data(self):
        """Return the bird that is followed through the book."""
        return {"bird": birds_prediction()}

    @traitlets.validate("p")
    def _check_p(self, proposal):
        if abs(sum(proposal["value"]) - 1) > 1e-6:
            raise traitlets.TraitError(
                f"p must be three probabilities that sum to 1, got {proposal['value']}"
            )
        return proposal["value"]

    @property
    def price(self):
        """The price now, in nats; inf if the prediction calls the truth impossible."""
        return cross_entropy(np.array(self.p), one_hot(np.array([self.truth]), 3)[:, 0])

    def still(self):
        """Return the curve with four prices on it, and the prediction as a table."""
        species = load_penguins().species
        truth = species[self.truth]
        article = "an" if truth[0] in "AEIOU" else "a"
        label = (
            "The price −log p against the probability p of the truth: 0 at p = 1, "
            f"{number(np.log(3))} at one third, without any bound as p goes to 0."
        )
        caption = (
            f"The bird is {article} {truth}. The prediction, ringed, gave this "
            f"{number(self.p[self.truth])} and pays −log {number(self.p[self.truth])} = "
            f"{number(self.price)} nats."
        )
        return f"{picture(self.p[self.truth], label)}\n<p>{caption}</p>\n{table(self)}"


@lru_cache
def birds_prediction():
    """Return the prediction for the bird that is followed through the book, and its species."""
    layers, x, y = load_example()
    return {
        "p": feedforward(layers, x).p.ravel().tolist(),
        "truth": int(y.argmax()),
        "species": list(load_penguins().species),
    }


def table(figure):
    """Write a row for each species: the truth y, the prediction p, and its term of the sum."""
    head = "".join(f'<th scope="col">{t}</th>' for t in ("species", "y", "p", "−y log p"))
    rows = ""
    for k, (species, p) in enumerate(zip(load_penguins().species, figure.p, strict=True)):
        true = k == figure.truth
        cells = (int(true), number(p), number(figure.price) if true else 0)
        data = "".join(f"<td>{cell}</td>" for cell in cells)
        rows += f'<tr><th scope="row">{species}</th>{data}</tr>'
    return (
        '<table class="nn-numbers"><caption>One prediction and its price, in nats</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def across(p):
    """Return the place of a probability on the lower axis."""
    return LEFT + WIDE * p


def up(price):
    """Return the place of a price on the left axis."""
    return TOP + HIGH * (1 - price / TOP_PRICE)


def picture(now, label):
    """Draw the curve as SVG that needs no style sheet, in either scheme."""
    shares = np.exp(-TOP_PRICE * np.linspace(0, 1, 80) ** 2)  # closer together near 1
    curve = "M" + "L".join(f"{across(p):.1f},{up(-np.log(p)):.1f}" for p in shares)
    foot, width, height = TOP + HIGH, LEFT + WIDE + 112, TOP + HIGH + 44
    marks = [
        text(LEFT + 12, 16, "sure and wrong: ∞", "start"),
        mark(1, "sure and right"),
        mark(0.8),
        mark(1 / 3, "a uniform guess"),
        mark(0.1),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{label}">'
        f'<path d="M{LEFT},{TOP}V{foot}H{LEFT + WIDE}" fill="none" stroke="currentColor"/>'
        f'<path d="{curve}" fill="none" stroke="#2b6fe0" stroke-width="2.5"/>'
        f'<path d="M{LEFT},{TOP}V6m-5,7l5,-7l5,7" fill="none" stroke="#2b6fe0" stroke-width="2.5"/>'
        f'<g fill="currentColor" font-size="13" font-family="sans-serif">{axes(foot)}'
        f"{''.join(marks)}{now_mark(now)}</g></svg>"
    )


def axes(foot):
    """Write the numbers and names of both axes."""
    ticks = [text(across(p), foot + 17, number(p)) for p in (0, 0.5, 1)]
    ticks += [text(LEFT - 7, up(price) + 4, price, "end") for price in range(0, TOP_PRICE, 2)]
    names = [
        text(across(0.5), foot + 36, "probability of the truth"),
        upwards(16, TOP + HIGH / 2, "price, in nats"),
    ]
    return "".join(ticks + names)


def mark(p, name=""):
    """Write a point of the curve with its price: beside the last one, above the others."""
    price = -np.log(p) + 0.0
    words = f"{name}: {number(price)}" if name else f"p = {p:g}: {number(price)}"
    x, y = across(p), up(price)
    lift = -4 if p == 1 else 9
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' + text(x + 9, y - lift, words, "start")


def now_mark(p):
    """Write a ring around the point of this prediction; one without a price has left the plot."""
    if p < np.exp(-TOP_PRICE):
        return ""
    ring = 'r="8" fill="none" stroke="currentColor" stroke-width="2"'
    return f'<circle cx="{across(p):.1f}" cy="{up(-np.log(p)):.1f}" {ring}/>'
