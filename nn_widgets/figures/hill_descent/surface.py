"""The surfaces that Hill descent walks on: a loss over two parameters and its gradient.

The figure's JavaScript gets the same descriptions, and the tests hold the two to the same numbers.
"""

import numpy as np
from numpy.polynomial import polynomial

import nn_core
from nn_widgets.kit.ground.ground import Ground
from nn_widgets.maths.penguins import birds, nearest_whole, networks, parameter_names

# A term (c, i, j) stands for c·w₁ⁱ·w₂ʲ. The ravine's curvatures are 10 across and 1/2 along.
SURFACES = {
    "bowl": {
        "title": "Bowl",
        "formula": "L = ½w₁² + w₂²",
        "terms": [(0.5, 2, 0), (1.0, 0, 2)],
        "domain": [[-3.0, 3.0], [-3.0, 3.0]],
        "start": [-2.4, 1.8],
        "alpha": 0.2,
    },
    "ravine": {
        "title": "Ravine",
        "formula": "L = ½(5.25w₁² − 9.5w₁w₂ + 5.25w₂²)",
        "terms": [(2.625, 2, 0), (-4.75, 1, 1), (2.625, 0, 2)],
        "domain": [[-3.0, 3.0], [-3.0, 3.0]],
        "start": [-2.6, -1.4],
        "alpha": 0.18,
    },
    "saddle": {
        "title": "Saddle",
        "formula": "L = ½w₁² − ½w₂²",
        "terms": [(0.5, 2, 0), (-0.5, 0, 2)],
        "domain": [[-3.0, 3.0], [-3.0, 3.0]],
        "start": [-2.4, 0.02],
        "alpha": 0.2,
    },
    "valleys": {
        "title": "Two valleys",
        "formula": "L = ¼w₁⁴ − w₁² + 0.3w₁ + ½w₂² + 1.5",
        "terms": [(0.25, 4, 0), (-1.0, 2, 0), (0.3, 1, 0), (0.5, 0, 2), (1.5, 0, 0)],
        "domain": [[-2.6, 2.6], [-2.6, 2.6]],
        "start": [0.6, 2.0],
        "alpha": 0.1,
    },
    "penguins": {"title": "Penguin network", "alpha": 2.0, "reach": 6},
}
PENGUIN_START = (-0.75, 0.6)  # of the reach, from the middle of the picture


def polynomial_ground(terms, domain):
    """Return the `Ground` of a polynomial given by its terms (c, i, j)."""
    size = 1 + max(max(i, j) for _, i, j in terms)
    c = np.zeros((size, size))
    for coefficient, i, j in terms:
        c[i, j] += coefficient
    slopes = [polynomial.polyder(c, axis=0), polynomial.polyder(c, axis=1)]
    return Ground(
        lambda w: float(polynomial.polyval2d(*w, c)),
        lambda w: np.array([polynomial.polyval2d(*w, slope) for slope in slopes]),
        domain,
        ("w₁", "w₂"),
    )


def penguin_ground(pair, held, reach=6):
    """Return the `Ground` of the penguin network over two of its 26 parameters.

    Parameters
    ----------
    pair : sequence of int
        Two different places in the vector of parameters.
    held : {"start", "trained"}
        The network that the others keep their values from.
    """
    layers = networks()[held]
    x, y = birds()
    sizes = [2, 3, 2, 3]
    vector = nn_core.to_vector(layers)
    pair = list(pair)

    def moved(w):
        copy = vector.copy()
        copy[pair] = w
        return nn_core.from_vector(copy, sizes)

    def gradient(w):
        layers = moved(w)
        trace = nn_core.feedforward(layers, x)
        return nn_core.to_vector(nn_core.backprop(layers, trace, y))[pair]

    middle = [nearest_whole(vector[place]) for place in pair]
    domain = [[value - reach, value + reach] for value in middle]
    names = parameter_names(layers)
    return Ground(
        lambda w: nn_core.loss(moved(w), x, y), gradient, domain, tuple(names[i] for i in pair)
    )


def is_lost(ground, place):
    """Tell whether a place is so far out that numbers mean nothing any more."""
    return not (np.hypot(*place) < 1e6 and abs(ground.loss(place)) < 1e12)


def walk(ground, start, alpha, steps):
    """Return the places of gradient descent, the start first, ending early where they run away."""
    places = [np.array(start, float)]
    while len(places) <= steps and not is_lost(ground, places[-1]):
        places.append(places[-1] - alpha * ground.gradient(places[-1]))
    return np.array(places)
