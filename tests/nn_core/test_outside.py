"""What a function reads from around it is told, whatever it is; what a library reads is not."""

from functools import partial, wraps
from types import FunctionType

import numpy as np
import pytest

import nn_core as nn
from nn_core.outside import from_outside

N, RATE, ONES, TWO, PAIR = 342, np.float64(0.5), np.ones(3), [0.5, 0.25], (0.5, 0.25)
BIRDS, EXAMPLE = nn.load_penguins(), nn.load_example()
TRACE, LAYER = nn.feedforward(EXAMPLE.layers, EXAMPLE.x), EXAMPLE.layers[0]
DATA = ["N", "RATE", "ONES", "TWO", "PAIR", "BIRDS", "EXAMPLE", "TRACE", "LAYER"]
IS_FAST, NAME, NAMES, NONE, MIXED = True, "tanh", ["tanh", "relu"], [], [0.5, "tanh"]
NO_DATA = ["IS_FAST", "NAME", "NAMES", "NONE", "MIXED", "np", "nn", "partial", "Network", "ABSENT"]


def reads(name):
    """Return a function of this module that reads one global name."""
    return eval(f"lambda layers, trace, y: {name}", globals())


def direct(layers, trace, y):
    return trace.p / N


def nested(layers, trace, y):
    return [(lambda: n / N)() for n in layers]


def with_a_class(layers, trace, y):
    class Settings:
        count = N

    return Settings


def through_another(layers, trace, y):
    return direct(layers, trace, y)


def in_turns(layers, trace, y):
    return in_turns(layers, trace, y) if layers else direct(layers, trace, y)


@wraps(direct)
def wrapped(*given):
    return None


@np.errstate(over="ignore")
def decorated(layers, trace, y):
    return trace.p / N


class Network:
    def back(self, layers, trace, y):
        return trace.p / N

    __call__ = back


network = Network()


def through_an_object(layers, trace, y):
    return network(layers, trace, y)


def closure(value):
    """Return a function that reads `value` from around it, and what is not there yet."""

    def inner(layers, trace, y):
        return value, later

    if value is None:
        later = value
    return inner


@pytest.mark.parametrize("name", DATA)
def test_numbers_arrays_and_named_tuples_are_told(name):
    assert from_outside(reads(name)) == [name]


@pytest.mark.parametrize("name", NO_DATA)
def test_switches_texts_modules_functions_classes_and_what_is_not_there_are_not_told(name):
    assert from_outside(reads(name)) == []


FORMS = {
    "a nested function": nested,
    "a class inside": with_a_class,
    "a helper": through_another,
    "one that calls itself": in_turns,
    "a bound method": network.back,
    "a partial function": partial(partial(direct), y=None),
    "a partial method": partial(network.back, y=None),
    "a callable object": network,
    "a helper that is an object": through_an_object,
    "a decorated function": wrapped,
    "one with NumPy's settings": decorated,
    "a function in a closure": closure(direct),
}


@pytest.mark.parametrize("function", FORMS.values(), ids=FORMS)
def test_a_function_is_read_in_whatever_form_it_comes(function):
    assert from_outside(function) == ["N"]


def test_what_a_closure_holds_is_told_if_it_is_data():
    assert from_outside(closure(ONES)) == ["value"]
    assert from_outside(closure("tanh")) == []


def test_names_are_told_once_in_the_order_of_reading():
    assert from_outside(lambda: (TWO, N, TWO, direct)) == ["TWO", "N"]
    assert from_outside(lambda: (direct, TWO, direct, np, len)) == ["TWO", "N"]


def test_what_a_function_of_another_module_reads_is_not_told():
    theirs = FunctionType(direct.__code__, {"N": 342})
    assert from_outside(theirs) == ["N"]
    assert from_outside(closure(theirs)) == []


@pytest.mark.parametrize("thing", [len, np.sum, np.exp, Network, closure(len), 3])
def test_what_has_no_code_to_read_tells_nothing(thing):
    assert from_outside(thing) == []


def spoiled(layers, trace, y):
    return [nn.Layer(dW + np.sin(TRACE.p[0, 0]), db) for dW, db in nn.backprop(layers, trace, y)]


def test_diagnose_tells_of_a_trace_that_a_partial_function_reads():
    said = nn.diagnose(partial(spoiled)).sentence
    assert said.endswith(" It reads TRACE from outside: it needs layers, trace and y only.")
