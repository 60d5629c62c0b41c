"""The notation page and nn_core have the same names."""

import inspect
import re

import pytest
from sources import ROOT

import nn_core

PAGE = (ROOT / "book/notation.md").read_text(encoding="utf-8")
PUBLIC = {name: getattr(nn_core, name) for name in nn_core.__all__}
FUNCTIONS = {name: f for name, f in PUBLIC.items() if inspect.isfunction(f)}
TUPLES = {name: t for name, t in PUBLIC.items() if hasattr(t, "_fields")}

PARAMETERS = {name for f in FUNCTIONS.values() for name in inspect.signature(f).parameters}
FIELDS = {field for t in TUPLES.values() for field in t._fields}
# The gradients: `backward_sequence` yields them with the number of the layer, Layer holds two.
GRADIENTS = {"dz", "dW", "db", "dh"}
# What is written in words on the page rather than in nn_core: NumPy's names.
NUMPY = {"np.log", "np.diag", "np.random.default_rng"}


def rows(heading):
    """The rows of the tables under a heading, as lists of cells."""
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def code(cell):
    """The pieces of code in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def names_of(heading, column):
    return {name for row in rows(heading) for name in code(row[column])}


def test_the_tables_are_found():
    assert {"x", "W", "dW"} <= names_of("The symbols", 1)
    assert "layers" in names_of("Names in `nn_core`", 0)


@pytest.mark.parametrize("name", sorted(names_of("The symbols", 1)))
def test_every_symbol_of_the_page_is_a_name_in_nn_core(name):
    bare = name.removesuffix("[0]")
    assert bare in PARAMETERS | FIELDS | GRADIENTS | set(PUBLIC)


@pytest.mark.parametrize("name", sorted(names_of("Names in `nn_core`", 0)))
def test_every_collection_of_the_page_is_an_argument_or_a_field(name):
    assert name in PARAMETERS | FIELDS


def test_every_function_in_the_table_of_operations_exists():
    named = {n for n in names_of("Operations", 1) if re.fullmatch(r"[a-z_]+", n)}
    assert named - PARAMETERS <= set(PUBLIC)
    assert {"softmax", "dsigmoid"} <= named


def test_every_symbol_of_nn_core_is_on_the_page():
    on_page = names_of("The symbols", 1) | names_of("Names in `nn_core`", 0)
    symbols = {name for name in PARAMETERS | FIELDS if len(name) == 1} - {"f"}
    symbols |= {"alpha", "layers", "gradients", "trace", "sizes", "rng", "activation", "loss"}
    assert symbols <= PARAMETERS | FIELDS | set(PUBLIC)
    assert symbols <= on_page


@pytest.mark.parametrize("name", ["Layer", "Trace"])
def test_the_fields_of_a_named_tuple_are_those_of_the_page(name):
    signatures = re.findall(rf"`{name}\(([^)]*)\)`", PAGE)
    fields = ", ".join(TUPLES[name]._fields)
    assert fields in signatures


def test_the_backward_sequence_yields_the_gradients_of_the_page():
    layers, x, y = nn_core.load_example()
    names = [
        name for name, _ in nn_core.backward_sequence(layers, nn_core.feedforward(layers, x), y)
    ]
    assert {name.rstrip("0123456789") for name in names} == GRADIENTS
    assert names_of("The symbols", 1) >= GRADIENTS


def test_the_shapes_on_the_page_are_those_of_the_penguin_network():
    layers, x, y = nn_core.load_example()
    trace = nn_core.feedforward(layers, x)
    sizes = {"n_0": 2, "N": 1, "K": 3, "1": 1, "P": 26}
    found = {"x": [x], "W": [], "b": [], "z": trace.z, "h": trace.h[1:], "p": [trace.p], "y": [y]}
    for name, value in nn_core.backward_sequence(layers, trace, y):
        found.setdefault(name.rstrip("0123456789"), []).insert(0, value)
    found["W"], found["b"] = [W for W, _ in layers], [b for _, b in layers]
    found["vector"] = [nn_core.to_vector(layers)]
    n = [2, 3, 2, 3]
    shapes = {code(row[1])[0]: row[2] for row in rows("The symbols") if row[2].startswith("$(")}
    assert set(shapes) == set(found)
    for name, shape in shapes.items():
        for layer, value in enumerate(found[name], 1):
            sizes |= {"n_l": n[layer], "n_{l-1}": n[layer - 1]}
            wanted = tuple(sizes[size] for size in shape.strip("$(),").split(", "))
            assert value.shape == wanted, (name, layer)


def test_numpy_names_exist():
    import numpy as np

    for name in NUMPY:
        assert name in PAGE
        assert eval(name, {"np": np})
