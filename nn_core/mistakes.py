"""Known mistakes in backpropagation: each is the right pass with one rule replaced.

A rule computes one quantity of one layer from `v`, which holds that layer's `W`, `b`, `z`, its
input `h`, its output `out`, its input's pre-activation `z_in`, the layer `after` it, and for the
whole network `p`, `y`, `N`, `K`, `n0`, `L`, `df`. The factors are 1 in the right pass; `form`
finishes the pair of one layer and `order` the finished list.

Other judges use this list too, in MicroPython as well: hence plain classes and plain loops.
"""

import numpy as np

from nn_core.activations import ACTIVATIONS, dsigmoid, dtanh

RULES = {
    "dz_output": lambda v: (v.p - v.y) / v.N,
    "output_factor": lambda v: 1,
    "dh": lambda v: v.after.W.T @ v.after.dz,
    "dh_factor": lambda v: 1,
    "dz": lambda v: v.dh * v.df(v.z),
    "dW": lambda v: v.dz @ v.h.T,
    "db": lambda v: v.dz.sum(axis=1, keepdims=True),
    "factor": lambda v: 1,
    "form": lambda dW, db: (dW, db),
    "order": lambda gradients: gradients,
}


class Mistake:
    """A known mistake.

    Parameters
    ----------
    id : str
        A name that stays, whatever the sentences become.
    kind : str
        What `Diagnosis.kind` says; mistakes of one kind share it.
    says : str
        What to say of the gradients it spoils: "{is} …", "{has} …" or "{is_each} …"; `{slope}`
        stands for what σ′ would be.
    line : str
        What stands in the code in place of the right line. There `h` and `z` are those that the
        right line would use, `h_out`, `z_after`, `z_before`, `W_own` and the like are not.
    rules : dict
        The rules it replaces. A rule may use `v.c`, a number that `fitted` finds.
    """

    def __init__(self, id, kind, says, line, rules):
        self.id = id
        self.kind = kind
        self.says = says
        self.line = line
        self.rules = rules
        self.free = "{c}" in says

    def __repr__(self):
        """Return the name."""
        return "<Mistake " + self.id + ">"


def turned(a):
    """Give `a` the shape of its transpose, but not its order."""
    return a.reshape((a.shape[1], a.shape[0]))


MISTAKES = [
    Mistake(
        "sign",
        "sign",
        "{has} the wrong sign",
        "dz = (y - p) / N",
        {"factor": lambda v: -1},
    ),
    Mistake(
        "no-division-by-n",
        "missing 1/N",
        "{is} N times too large: divide by N, once",
        "dz = p - y",
        {"factor": lambda v: v.N},
    ),
    Mistake(
        "divided-twice",
        "1/N twice",
        "{is} N times too small: 1/N is in there twice",
        "dz = (p - y) / N / N",
        {"factor": lambda v: 1 / v.N},
    ),
    Mistake(
        "doubled",
        "factor",
        "{is} twice the right size",
        "dz = 2 * (p - y) / N",
        {"factor": lambda v: 2},
    ),
    Mistake(
        "halved",
        "factor",
        "{is} half of the right size",
        "dz = (p - y) / N / 2",
        {"factor": lambda v: 1 / 2},
    ),
    Mistake(
        "divided-by-k",
        "divided by K",
        "{is} divided by K, the classes, not by N",
        "dz = (p - y) / K",
        {"factor": lambda v: v.N / v.K},
    ),
    Mistake(
        "divided-by-kn",
        "divided by K",
        "{is} divided by K · N, not by N",
        "dz = (p - y) / (K * N)",
        {"factor": lambda v: 1 / v.K},
    ),
    Mistake(
        "dw-transposed",
        "transposed",
        "{is_each} the transpose of the right one",
        "dW = h @ dz.T",
        {"form": lambda dW, db: (dW.T, db)},
    ),
    Mistake(
        "w-not-transposed",
        "transposed",
        "{is} wrong because dh is made with W where its transpose belongs",
        "dh = W @ dz",
        {"dh": lambda v: v.after.W @ v.after.dz},
    ),
    Mistake(
        "db-of-dh",
        "bias of h",
        "{is} wrong because db is a sum of dh where dz belongs",
        "db = dh.sum(axis=1, keepdims=True)",
        {"db": lambda v: before_slope(v).sum(axis=1, keepdims=True)},
    ),
    Mistake(
        "no-slope",
        "missing σ′",
        "{is} wrong because σ′ is missing: dz is dh * σ′(z)",
        "dz = dh",
        {"dz": lambda v: v.dh},
    ),
    Mistake(
        "slope-of-h",
        "σ′ of h",
        "{is} wrong because σ′ is taken of h: it belongs to z",
        "dz = dh * df(h)",
        {"dz": lambda v: v.dh * v.df(v.out)},
    ),
    Mistake(
        "function-for-slope",
        "σ instead of σ′",
        "{is} wrong because dh is multiplied by σ(z), which is h: it needs σ′(z)",
        "dz = dh * h",
        {"dz": lambda v: v.dh * v.out},
    ),
    Mistake(
        "sigmoid-slope",
        "σ′ of the sigmoid",
        "{is} wrong because σ′ is that of the sigmoid: it must follow trace.activation",
        "dz = dh * dsigmoid(z)",
        {"dz": lambda v: v.dh * dsigmoid(v.z)},
    ),
    Mistake(
        "slope-at-output",
        "σ′ at the output",
        "{is} wrong because the output's dz has a σ′ too many: it is (p − y) / N",
        "dz = (p - y) / N * df(z)",
        {"output_factor": lambda v: v.df(v.z)},
    ),
    Mistake(
        "sigmoid-slope-at-output",
        "σ′ at the output",
        "{is} wrong because p − y is multiplied by p (1 − p): dz is (p − y) / N",
        "dz = (p - y) / N * p * (1 - p)",
        {"output_factor": lambda v: v.p * (1 - v.p)},
    ),
    Mistake(
        "no-y",
        "y is missing",
        "{is} wrong because the output's dz is p / N, without y",
        "dz = p / N",
        {"dz_output": lambda v: v.p / v.N},
    ),
    Mistake(
        "dp-for-dz",
        "dp instead of dz",
        "{is} wrong because it starts from −y / p, the slope at p: dz is (p − y) / N",
        "dz = -y / p / N",
        {"dz_output": lambda v: -v.y / v.p / v.N},
    ),
    Mistake(
        "division-in-every-layer",
        "1/N in every layer",
        "{is} wrong because 1/N comes in again at every layer: divide once, at the output",
        "dh = W.T @ dz / N",
        {"dh_factor": lambda v: 1 / v.N},
    ),
    Mistake(
        "dw-of-z",
        "z instead of h",
        "{is} wrong because dW is made with z where h belongs",
        "dW = dz @ z_before.T",
        {"dW": lambda v: v.dz @ v.z_in.T},
    ),
    Mistake(
        "db-not-summed",
        "bias not summed",
        "{has} a column for each example: sum over them",
        "db = dz",
        {"db": lambda v: v.dz},
    ),
    Mistake(
        "db-of-first-example",
        "bias not summed",
        "{has} the slope of the first example only: sum over all of them",
        "db = dz[:, :1]",
        {"db": lambda v: v.dz[:, :1]},
    ),
    Mistake(
        "db-along-neurons",
        "bias summed over neurons",
        "{is} summed along axis 0, over the neurons: examples lie along axis 1",
        "db = dz.sum(axis=0, keepdims=True)",
        {"db": lambda v: v.dz.sum(axis=0, keepdims=True)},
    ),
    Mistake(
        "db-lost-axis",
        "bias not a column",
        "{has} lost an axis: sum with keepdims=True",
        "db = dz.sum(axis=1)",
        {"form": lambda dW, db: (dW, db[:, 0])},
    ),
    Mistake(
        "list-reversed",
        "wrong layer",
        "{is} in the wrong place: the list must start with the first layer",
        "gradients = gradients[::-1]",
        {"order": lambda gradients: list(reversed(gradients))},
    ),
    Mistake(
        "layer-after",
        "wrong layer",
        "{is_each} the gradient of the layer after",
        "gradients = gradients[1:] + gradients[:1]",
        {"order": lambda gradients: gradients[1:] + gradients[:1]},
    ),
    Mistake(
        "layer-before",
        "wrong layer",
        "{is_each} the gradient of the layer before",
        "gradients = gradients[-1:] + gradients[:-1]",
        {"order": lambda gradients: gradients[-1:] + gradients[:-1]},
    ),
    Mistake(
        "dw-of-output",
        "wrong layer",
        "{is} wrong because dW is made with the layer's output: it needs its input",
        "dW = dz @ h_out.T",
        {"dW": lambda v: v.dz @ v.out.T},
    ),
    Mistake(
        "slope-after",
        "wrong layer",
        "{is} wrong because σ′ is taken of the z of the layer after",
        "dz = dh * df(z_after)",
        {"dz": lambda v: v.dh * v.df(v.after.z)},
    ),
    Mistake(
        "slope-before",
        "wrong layer",
        "{is} wrong because σ′ is taken of the z of the layer before",
        "dz = dh * df(z_before)",
        {"dz": lambda v: v.dh * v.df(v.z_in)},
    ),
    Mistake(
        "own-w",
        "wrong layer",
        "{is} wrong because dh is made with the layer's own W: it needs the W of the layer after",
        "dh = W_own.T @ dz",
        {"dh": lambda v: v.W.T @ v.after.dz},
    ),
    Mistake(
        "sigmoid-slope-of-h",
        "σ′ of the sigmoid",
        "{is} wrong because dh is multiplied by h (1 − h): {slope}",
        "dz = dh * h * (1 - h)",
        {"dz": lambda v: v.dh * v.out * (1 - v.out)},
    ),
    # The Backward stepper offers the mistakes above, by their place in this list.
    Mistake(
        "minus-in-dh",
        "minus in dh",
        "{is} wrong because dh, or σ′, has a minus too many, which turns every layer's sign again",
        "dh = -(W.T @ dz)",
        {"dh_factor": lambda v: -1},
    ),
    Mistake(
        "no-p",
        "p is missing",
        "{is} wrong because the output's dz is −y / N: p is missing, or cut to whole numbers",
        "dz = -y / N",
        {"dz_output": lambda v: -v.y / v.N},
    ),
    Mistake(
        "plus-y",
        "p + y",
        "{is} wrong because the output's dz is made of p + y: it needs p − y",
        "dz = (p + y) / N",
        {"dz_output": lambda v: (v.p + v.y) / v.N},
    ),
    Mistake(
        "times-p",
        "p at the output",
        "{is} wrong because p − y is multiplied by p: dz is (p − y) / N",
        "dz = (p - y) / N * p",
        {"output_factor": lambda v: v.p},
    ),
    Mistake(
        "diagonal-of-jacobian",
        "diagonal of the Jacobian",
        "{is} wrong because only the diagonal of softmax's Jacobian is used, p (1 − p): "
        "every p depends on every z",
        "dz = -y / p / N * p * (1 - p)",
        {"dz_output": lambda v: -v.y * (1 - v.p) / v.N},
    ),
    Mistake(
        "z-times-one-minus-z",
        "z (1 − z)",
        "{is} wrong because dh is multiplied by z (1 − z): {slope}",
        "dz = dh * z * (1 - z)",
        {"dz": lambda v: v.dh * v.z * (1 - v.z)},
    ),
    Mistake(
        "tanh-slope",
        "σ′ of tanh",
        "{is} wrong because σ′ is that of tanh: it must follow trace.activation",
        "dz = dh * (1 - np.tanh(z) ** 2)",
        {"dz": lambda v: v.dh * dtanh(v.z)},
    ),
    Mistake(
        "tanh-slope-of-h",
        "σ′ of tanh",
        "{is} wrong because dh is multiplied by 1 − h²: {slope}",
        "dz = dh * (1 - h ** 2)",
        {"dz": lambda v: v.dh * (1 - v.out * v.out)},
    ),
    Mistake(
        "relu-slope",
        "σ′ of relu",
        "{is} wrong because σ′ is that of relu: it must follow trace.activation",
        "dz = dh * (z > 0)",
        {"dz": lambda v: v.dh * (v.z > 0)},
    ),
    Mistake(
        "relu-slope-of-h",
        "σ′ of relu",
        "{is} wrong because dh is multiplied by 1 where h > 0, else by 0: {slope}",
        "dz = dh * (h > 0)",
        {"dz": lambda v: v.dh * (v.out > 0)},
    ),
    Mistake(
        "slope-twice",
        "σ′ twice",
        "{is} wrong because σ′ is in there twice: dz is dh * σ′(z)",
        "dz = dh * df(z) ** 2",
        {"dz": lambda v: v.dh * v.df(v.z) * v.df(v.z)},
    ),
    Mistake(
        "dw-of-dh",
        "dh instead of dz",
        "{is} wrong because dW is made with dh where dz belongs",
        "dW = dh @ h.T",
        {"dW": lambda v: before_slope(v) @ v.h.T},
    ),
    Mistake(
        "gradients-of-dh",
        "dh instead of dz",
        "{is} wrong because dW and db are made with dh where dz belongs",
        "dW, db = dh @ h.T, dh.sum(axis=1, keepdims=True)",
        {
            "dW": lambda v: before_slope(v) @ v.h.T,
            "db": lambda v: before_slope(v).sum(axis=1, keepdims=True),
        },
    ),
    Mistake(
        "slope-not-handed-on",
        "σ′ not handed on",
        "{is} wrong because dh is made with the next dh: it needs the next dz, σ′ included",
        "dh = W.T @ dh_after",
        {"dh": lambda v: v.after.W.T @ before_slope(v.after)},
    ),
    Mistake(
        "h-reshaped",
        "reshaped",
        "{is} wrong because h is reshaped, which reorders its numbers: the transpose is h.T",
        "dW = dz @ h.reshape(h.shape[::-1])",
        {"dW": lambda v: v.dz @ turned(v.h)},
    ),
    Mistake(
        "dw-reshaped",
        "reshaped",
        "{is} the transpose of the right one, reshaped to fit: a reshape does not transpose",
        "dW = (h @ dz.T).reshape(W_own.shape)",
        {"form": lambda dW, db: (dW.T.reshape(dW.shape), db)},
    ),
    Mistake(
        "w-reshaped",
        "reshaped",
        "{is} wrong because W is reshaped, which reorders its numbers: the transpose is W.T",
        "dh = W.reshape(W.shape[::-1]) @ dz",
        {"dh": lambda v: turned(v.after.W) @ v.after.dz},
    ),
    Mistake(
        "updated-w",
        "updated W",
        "{is} wrong because dh is made with W after its step, W − {c} dW: "
        "take the step when all gradients are there",
        "dh = (W - c * dW).T @ dz",
        {"dh": lambda v: (v.after.W - v.c * v.after.dW).T @ v.after.dz},
    ),
    Mistake(
        "last-example",
        "one example only",
        "{has} the share of the last example only: sum over all of them",
        "dW, db = dz[:, -1:] @ h[:, -1:].T, dz[:, -1:]",
        {"dW": lambda v: v.dz[:, -1:] @ v.h[:, -1:].T, "db": lambda v: v.dz[:, -1:]},
    ),
    Mistake(
        "first-example",
        "one example only",
        "{has} the share of the first example only: sum over all of them",
        "dW, db = dz[:, :1] @ h[:, :1].T, dz[:, :1]",
        {"dW": lambda v: v.dz[:, :1] @ v.h[:, :1].T, "db": lambda v: v.dz[:, :1]},
    ),
    Mistake(
        "scores-for-p",
        "z instead of p",
        "{is} wrong because the output's dz is made with z where p belongs: it is (p − y) / N",
        "dz = (z - y) / N",
        {"dz_output": lambda v: (v.z - v.y) / v.N},
    ),
    Mistake(
        "one-minus-h",
        "h is missing",
        "{is} wrong because dh is multiplied by 1 − h alone: {slope}",
        "dz = dh * (1 - h)",
        {"dz": lambda v: v.dh * (1 - v.out)},
    ),
    Mistake(
        "slope-before-w",
        "σ′ before W",
        "{is} wrong because σ′ comes before W, with the z of the layer after: "
        "first dh = W.T @ dz, then dh * σ′(z)",
        "dz = W.T @ (dz * df(z_after))",
        {"dz": lambda v: v.after.W.T @ (v.after.dz * v.df(v.after.z))},
    ),
    Mistake(
        "product-of-sums",
        "sums multiplied",
        "{is} a product of two sums over the examples: it is the sum of their products, dz @ h.T",
        "dW = dz.sum(axis=1, keepdims=True) @ h.sum(axis=1, keepdims=True).T",
        {"dW": lambda v: np.outer(v.dz.sum(axis=1), v.h.sum(axis=1))},
    ),
    Mistake(
        "mean-of-h",
        "sums multiplied",
        "{is} made with the mean of h: each example's dz goes with its own h, as in dz @ h.T",
        "dW = dz.sum(axis=1, keepdims=True) @ h.mean(axis=1, keepdims=True).T",
        {"dW": lambda v: np.outer(v.dz.sum(axis=1), v.h.mean(axis=1))},
    ),
    Mistake(
        "weight-decay",
        "weight decay",
        "{is} wrong because {c} W is added, as for a penalty on large weights: this loss has none",
        "dW = dz @ h.T + c * W_own",
        {"dW": lambda v: v.dz @ v.h.T + v.c * v.W},
    ),
    Mistake(
        "parameters",
        "parameters",
        "{is_each} the parameter itself: wanted is its slope",
        "dW, db = W_own, b_own",
        {"dW": lambda v: v.W, "db": lambda v: v.b},
    ),
    Mistake(
        "parameters-after-a-step",
        "parameters",
        "{is_each} the parameter after a step, less {c} times its slope: wanted is the slope alone",
        "dW, db = W_own - c * dW, b_own - c * db",
        {
            "dW": lambda v: v.W - v.c * (v.dz @ v.h.T),
            "db": lambda v: v.b - v.c * v.dz.sum(axis=1, keepdims=True),
        },
    ),
    Mistake(
        "divided-by-n0",
        "divided by n₀",
        "{is} divided by n₀, the inputs, not by N: examples lie along axis 1",
        "dz = (p - y) / n0",
        {"factor": lambda v: v.N / v.n0},
    ),
    Mistake(
        "divided-by-l",
        "divided by L",
        "{is} divided by L, the layers, not by N",
        "dz = (p - y) / L",
        {"factor": lambda v: v.N / v.L},
    ),
    Mistake(
        "divided-by-n0n",
        "divided by n₀",
        "{is} divided by n₀ · N, not by N",
        "dz = (p - y) / (n0 * N)",
        {"factor": lambda v: 1 / v.n0},
    ),
    Mistake(
        "divided-by-ln",
        "divided by L",
        "{is} divided by L · N, not by N",
        "dz = (p - y) / (L * N)",
        {"factor": lambda v: 1 / v.L},
    ),
    Mistake(
        "times-n",
        "multiplied by N",
        "{is} multiplied by N where it must be divided by it",
        "dz = (p - y) * N",
        {"factor": lambda v: v.N * v.N},
    ),
    Mistake(
        "pair-swapped",
        "dW and db swapped",
        "{is} in the wrong place: a pair is (dW, db), in this order",
        "dW, db = db, dW",
        {"form": lambda dW, db: (db, dW)},
    ),
    Mistake(
        "zero",
        "zero",
        "{is} 0 everywhere: nothing arrives there, or it is cut to whole numbers on its way",
        "dz = 0 * (p - y)",
        {"factor": lambda v: 0},
    ),
    Mistake(
        "scaled",
        "factor",
        "{is} {c} times the right value",
        "dz = c * (p - y) / N",
        {"factor": lambda v: v.c},
    ),
]


SLOPES = {
    "sigmoid": "the sigmoid's slope is h (1 − h), with h = σ(z)",
    "tanh": "the slope of tanh is 1 − h², with h = tanh(z)",
    "relu": "the slope of relu is 1 where z > 0, else 0",
}


class View:
    """What the rules of one layer may use."""


def before_slope(v):
    """Return dh of a hidden layer; the output layer has none, and its dz stands in."""
    return v.dz if v.after is None else v.dh


def views(layers, trace, y):
    """One `v` for each layer, the first layer first, each knowing the one after it."""
    stack = []
    for i in range(len(layers)):
        v = View()
        (v.W, v.b), v.z, v.h = layers[i], trace.z[i], trace.h[i]
        v.z_in = trace.z[i - 1] if i else trace.h[0]
        v.out = trace.h[i + 1] if i + 1 < len(layers) else trace.p
        v.p, v.y, v.df = trace.p, y, ACTIVATIONS[trace.activation].df
        v.K, v.N = y.shape
        v.n0, v.L = trace.h[0].shape[0], len(layers)
        v.after = None
        if stack:
            stack[-1].after = v
        stack.append(v)
    return stack


def replaced(changes, n):
    """Return the rules of layer n: factors multiply, forms and orders follow each other."""
    rules = dict(RULES)
    for mistake, at in changes:
        for key in mistake.rules if at is None or n in at else ():
            rules[key] = joined(key, rules[key], mistake.rules[key])
    return rules


def joined(key, first, then):
    """Return a rule that does what both do, or `then` alone where they cannot be joined."""
    if first is RULES[key]:
        return then
    if key.endswith("factor"):
        return lambda v: first(v) * then(v)
    if key == "form":
        return lambda dW, db: then(*first(dW, db))
    if key == "order":
        return lambda gradients: then(first(gradients))
    return then


def exclude(one, other):
    """Tell whether both mistakes replace the same rule, so that only one can be made."""
    shared = [key for key in one.rules if key in other.rules]
    return any(not key.endswith("factor") and key not in ("form", "order") for key in shared)


def backwards_with(changes, stack, c=1):
    """Yield n, dW and db of each layer, the last one first, with mistakes in them.

    Parameters
    ----------
    changes : list of (Mistake, collection of int or None)
        Each mistake with the layers it is made in, or with None for all of them.
    stack : list of View
        From `views`.
    c : float
        The number that a mistake leaves open.
    """
    for n in range(len(stack), 0, -1):
        v, rules = stack[n - 1], replaced(changes, n)
        v.c = c
        if v.after is None:
            v.dz = rules["dz_output"](v) * rules["output_factor"](v)
        else:
            v.dh = rules["dh"](v) * rules["dh_factor"](v)
            v.dz = rules["dz"](v)
        v.dW = rules["dW"](v) * rules["factor"](v)
        v.db = rules["db"](v) * rules["factor"](v)
        dW, db = rules["form"](v.dW, v.db)
        yield n, np.array(dW), np.array(db)


def backprop_with(mistake, layers, trace, y, at=None, c=1):
    """Backpropagation with a mistake in every layer, or in layer `at` only: pairs (dW, db)."""
    layers_at = None if at is None else (at,)
    return pass_with([(mistake, layers_at)], views(layers, trace, y), c)


def pass_with(changes, stack, c=1):
    """Return the pairs (dW, db) of a pass with mistakes, in the order it leaves them in."""
    gradients = []
    for _, dW, db in backwards_with(changes, stack, c):
        gradients.insert(0, (dW, db))
    return replaced(changes, None)["order"](gradients)


def sentence(mistake, names, where, c=None, activation="sigmoid"):
    """Put gradients in front of what a mistake says of them, with the verb that fits.

    Parameters
    ----------
    mistake : Mistake
    names : list of str
        All gradients of the network: "dW1", "db1", and so on.
    where : list of str
        Those that the mistake spoils, in this order.
    c : float, optional
        The number that the mistake leaves open.
    activation : str
        That of the network.
    """
    groups = (("Every gradient", "d"), ("Every dW", "dW"), ("Every db", "db"))
    subject = listed(where)
    one = len(where) == 1
    for group, start in groups:
        if not one and where == [name for name in names if name.startswith(start)]:
            subject, one = group, True
            break
    verbs = {"has": "has", "is": "is", "is_each": "is"}
    if not one:
        verbs = {"has": "have", "is": "are", "is_each": "are each"}
    if c is not None:
        verbs["c"] = (f"{c:.4g}" if abs(abs(c) - 1) > 1e-3 else f"{c:.9g}").replace("-", "−")
    verbs["slope"] = SLOPES[activation]
    return subject + " " + mistake.says.format(**verbs)


def listed(names):
    """Write names in a row: "dW1, dW2 and dW3"."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]
