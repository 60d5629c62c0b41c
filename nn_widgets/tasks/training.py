"""What can be done with a reader's function, right or wrong: train the penguin network with it."""

from functools import cache

import numpy as np

import nn_core as nn

__all__ = ["request"]

STEPS, EVERY = 2000, 20  # a point of the curve stands for so many steps
# Unchecked, so that a wrong pass may run as far as it goes; names of its own, so that no reader's
# program meets them.
SETUP = """
import numpy as _np
import nn_core as _nn
from nn_core.losses import price as _price
from nn_core.network import forward as _forward
from nn_core.training import step as _step
_birds = _nn.load_penguins()
_x, _y = _nn.standardise(_birds.x), _birds.y
_layers, _first, _label = _nn.load_example()
_truth = _y.argmax(axis=0)
def _trace():
    return _forward(_layers, _x, "sigmoid")
def _state():
    _t = _trace()
    return [_price(_t.z[-1], _y), float((_t.p.argmax(axis=0) == _truth).sum())]
"""
# What is done at once, and how many steps that is.
CODE = {
    "backprop": ("_layers = _step(_layers, backprop(_layers, _trace(), _y), 1)", 1),
    "train": ("_layers, _ = train(_layers, _x, _y, 1, 20, 342, _np.random.default_rng(0))", EVERY),
}


@cache
def right_curve():
    """Return the losses of the right pass, and how many birds it names rightly at the end."""
    birds = nn.load_penguins()
    x = nn.standardise(birds.x)
    losses = []
    for epoch in nn.train(nn.load_example().layers, x, birds.y, alpha=1, epochs=STEPS):
        if epoch.number % EVERY == 0:
            losses.append(round(epoch.loss, 5))
    said = nn.feedforward(epoch.layers, x).p.argmax(axis=0)
    return losses, int(np.sum(said == birds.y.argmax(axis=0)))


def request(kind):
    """Return what the page needs to train: the program around the reader's, and the right curve."""
    code, steps = CODE[kind]
    losses, right = right_curve()
    return {
        "setup": SETUP,
        "repeat": {
            "code": code,
            "times": STEPS // steps,
            "every": EVERY // steps,
            "value": "_state()",
        },
        "every": EVERY,
        "birds": nn.load_penguins().x.shape[1],
        "right": {"losses": losses, "birds": right},
    }
