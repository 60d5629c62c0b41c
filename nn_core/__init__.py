"""The mathematics of *The Backward Pass*: a small neural network, its loss, its gradients.

Examples are columns, so that an equation and the line that computes it look the same:
`z = W @ h + b`, `dW = dz @ h.T`, `dh = W.T @ dz`. Nothing here modifies its arguments. The dtype
is kept: float64 by default, float32 if all that is given is float32.

>>> import numpy as np
>>> import nn_core as nn
>>> birds = nn.load_penguins()
>>> x = nn.standardise(birds.x)
>>> layers, _, _ = nn.load_example()
>>> for epoch in nn.train(layers, x, birds.y, alpha=1, epochs=2000):
...     pass
>>> print(f"{epoch.loss:.2f}")
0.07
"""

from nn_core.activations import (
    drelu,
    dsigmoid,
    dtanh,
    log_softmax,
    relu,
    sigmoid,
    softmax,
    softmax_jacobian,
    tanh,
)
from nn_core.checking import GradientError, check_gradient, numerical_gradient
from nn_core.data import (
    Digits,
    Example,
    Penguins,
    load_digits,
    load_example,
    load_penguins,
    one_hot,
    standardise,
)
from nn_core.diagnosis import diagnose
from nn_core.gradients import backprop, backward_sequence
from nn_core.losses import cross_entropy, cross_entropy_from_logits
from nn_core.network import Trace, feedforward, loss
from nn_core.parameters import Layer, count_parameters, from_vector, init_layers, to_vector
from nn_core.training import Epoch, descend, train
from nn_core.trials import Diagnosis

__all__ = [
    "Diagnosis",
    "Digits",
    "Epoch",
    "Example",
    "GradientError",
    "Layer",
    "Penguins",
    "Trace",
    "backprop",
    "backward_sequence",
    "check_gradient",
    "count_parameters",
    "cross_entropy",
    "cross_entropy_from_logits",
    "descend",
    "diagnose",
    "drelu",
    "dsigmoid",
    "dtanh",
    "feedforward",
    "from_vector",
    "init_layers",
    "load_digits",
    "load_example",
    "load_penguins",
    "log_softmax",
    "loss",
    "numerical_gradient",
    "one_hot",
    "relu",
    "sigmoid",
    "softmax",
    "softmax_jacobian",
    "standardise",
    "tanh",
    "to_vector",
    "train",
]
