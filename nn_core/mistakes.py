"""Known mistakes in backpropagation: each is the right pass with one rule replaced.

A rule computes one quantity of one layer from `v`, which holds that layer's `W`, `z`, its input
`h`, its output `out`, its input's pre-activation `z_in`, the layer `above` it, and for the whole
network `p`, `y`, `N`, `K`, `df`. The last rule orders the finished list.
"""

from types import SimpleNamespace
from typing import NamedTuple

from nn_core.activations import ACTIVATIONS, dsigmoid

RULES = {
    "dz_output": lambda v: (v.p - v.y) / v.N,
    "dh": lambda v: v.above.W.T @ v.above.dz,
    "dz": lambda v: v.dh * v.df(v.z),
    "dW": lambda v: v.dz @ v.h.T,
    "db": lambda v: v.dz.sum(axis=1, keepdims=True),
    "order": lambda gradients: gradients,
}


class Mistake(NamedTuple):
    """A kind, what to say of the gradients it spoils, and the rules it replaces."""

    kind: str
    says: str
    rules: dict


def scaled(factor):
    """Rules for dW and db that are `factor(v)` times the right ones."""
    return {
        "dW": lambda v: factor(v) * RULES["dW"](v),
        "db": lambda v: factor(v) * RULES["db"](v),
    }


MISTAKES = [
    Mistake("sign", "{has} the wrong sign", scaled(lambda v: -1)),
    Mistake("missing 1/N", "{is} N times too large: divide by N, once", scaled(lambda v: v.N)),
    Mistake(
        "1/N twice", "{is} N times too small: 1/N is in there twice", scaled(lambda v: 1 / v.N)
    ),
    Mistake("factor", "{is} twice too large", scaled(lambda v: 2)),
    Mistake("factor", "{is} half of the right size", scaled(lambda v: 1 / 2)),
    Mistake(
        "divided by K", "{is} divided by K, the classes, not by N", scaled(lambda v: v.N / v.K)
    ),
    Mistake("divided by K", "{is} divided by K · N, not by N", scaled(lambda v: 1 / v.K)),
    Mistake(
        "transposed",
        "{is_each} the transpose of the right one",
        {"dW": lambda v: v.h @ v.dz.T},
    ),
    Mistake(
        "transposed",
        "{is} wrong because dh is made with W where its transpose belongs",
        {"dh": lambda v: v.above.W @ v.above.dz},
    ),
    Mistake(
        "bias of h",
        "{is} wrong because db is a sum of dh where dz belongs",
        {"db": lambda v: getattr(v, "dh", v.dz).sum(axis=1, keepdims=True)},
    ),
    Mistake(
        "missing σ′",
        "{is} wrong because σ′ is missing: dz is dh * σ′(z)",
        {"dz": lambda v: v.dh},
    ),
    Mistake(
        "σ′ of h",
        "{is} wrong because σ′ is taken of h: it belongs to z",
        {"dz": lambda v: v.dh * v.df(v.out)},
    ),
    Mistake(
        "σ instead of σ′",
        "{is} wrong because dh is multiplied by σ(z), which is h: it needs σ′(z)",
        {"dz": lambda v: v.dh * v.out},
    ),
    Mistake(
        "σ′ of the sigmoid",
        "{is} wrong where the activation is no sigmoid: σ′ must follow trace.activation",
        {"dz": lambda v: v.dh * dsigmoid(v.z)},
    ),
    Mistake(
        "σ′ at the output",
        "{is} wrong because the output's dz has a σ′ too many: it is (p − y) / N",
        {"dz_output": lambda v: (v.p - v.y) / v.N * v.df(v.z)},
    ),
    Mistake(
        "σ′ at the output",
        "{is} wrong because p − y is multiplied by p (1 − p): dz is (p − y) / N",
        {"dz_output": lambda v: (v.p - v.y) / v.N * v.p * (1 - v.p)},
    ),
    Mistake(
        "y is missing",
        "{is} wrong because the output's dz is p / N, without y",
        {"dz_output": lambda v: v.p / v.N},
    ),
    Mistake(
        "dp instead of dz",
        "{is} wrong because it starts from −y / p, the slope at p: dz is (p − y) / N",
        {"dz_output": lambda v: -v.y / v.p / v.N},
    ),
    Mistake(
        "1/N in every layer",
        "{is} wrong because 1/N comes in again at every layer: divide once, at the output",
        {"dh": lambda v: v.above.W.T @ v.above.dz / v.N},
    ),
    Mistake(
        "z instead of h",
        "{is} wrong because dW is made with z where h belongs",
        {"dW": lambda v: v.dz @ v.z_in.T},
    ),
    Mistake(
        "bias not summed",
        "{has} a column for each example: sum over them",
        {"db": lambda v: v.dz},
    ),
    Mistake(
        "bias not summed",
        "{has} the slope of the first example only: sum over all of them",
        {"db": lambda v: v.dz[:, :1]},
    ),
    Mistake(
        "bias summed over neurons",
        "{is} summed along axis 0, over the neurons: examples lie along axis 1",
        {"db": lambda v: v.dz.sum(axis=0, keepdims=True)},
    ),
    Mistake(
        "bias not a column",
        "{has} lost an axis: sum with keepdims=True",
        {"db": lambda v: v.dz.sum(axis=1)},
    ),
    Mistake(
        "wrong layer",
        "{is} in the wrong place: the list must start with the first layer",
        {"order": lambda gradients: gradients[::-1]},
    ),
    Mistake(
        "wrong layer",
        "{is_each} the gradient of the layer above",
        {"order": lambda gradients: gradients[1:] + gradients[:1]},
    ),
    Mistake(
        "wrong layer",
        "{is_each} the gradient of the layer below",
        {"order": lambda gradients: gradients[-1:] + gradients[:-1]},
    ),
    Mistake(
        "wrong layer",
        "{is} wrong because dW is made with the layer's output: it needs its input",
        {"dW": lambda v: v.dz @ v.out.T},
    ),
    Mistake(
        "wrong layer",
        "{is} wrong because σ′ is taken of the z of the layer above",
        {"dz": lambda v: v.dh * v.df(v.above.z)},
    ),
    Mistake(
        "wrong layer",
        "{is} wrong because σ′ is taken of the z of the layer below",
        {"dz": lambda v: v.dh * v.df(v.z_in)},
    ),
    Mistake(
        "wrong layer",
        "{is} wrong because dh is made with the layer's own W: it needs the W above",
        {"dh": lambda v: v.W.T @ v.above.dz},
    ),
    Mistake(
        "σ′ of the sigmoid",
        "{is} wrong where the activation is not the sigmoid, whose slope is h (1 − h)",
        {"dz": lambda v: v.dh * v.out * (1 - v.out)},
    ),
]


def views(layers, trace, y):
    """One `v` for each layer, the first layer first, each knowing the one above."""
    shared = {"p": trace.p, "y": y, "N": y.shape[1], "K": y.shape[0]}
    df = ACTIVATIONS[trace.activation].df
    inputs = zip(layers, trace.z, trace.h, [trace.h[0], *trace.z], strict=False)
    outputs = [*trace.h[1:], trace.p]
    stack = [
        SimpleNamespace(W=W, z=z, h=h, z_in=z_in, out=out, df=df, **shared)
        for ((W, _), z, h, z_in), out in zip(inputs, outputs, strict=True)
    ]
    for v, above in zip(stack, [*stack[1:], None], strict=True):
        v.above = above
    return stack


def backprop_with(mistake, layers, trace, y, at=None):
    """Backpropagation with a mistake in every layer, or in layer `at` only."""
    stack = views(layers, trace, y)
    for n, v in reversed(list(enumerate(stack, start=1))):
        rules = RULES | mistake.rules if at in (None, n) else RULES
        if v.above is None:
            v.dz = rules["dz_output"](v)
        else:
            v.dh = rules["dh"](v)
            v.dz = rules["dz"](v)
        v.dW, v.db = rules["dW"](v), rules["db"](v)
    return (RULES | mistake.rules)["order"]([(v.dW, v.db) for v in stack])
