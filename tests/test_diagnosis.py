import re

import numpy as np
import pytest

import nn_core as nn
from nn_core.diagnosis import same
from nn_core.mistakes import MISTAKES, Mistake, backprop_with
from nn_core.trials import CASES, make_case, named


def written_by_a_reader(layers, trace, y, **slips):
    """Backpropagation as a reader writes it, with a place for each slip that is tried below."""
    do = {
        "start": lambda: (trace.p - y) / y.shape[1],
        "dW": lambda dz, h: dz @ h.T,
        "db": lambda dz: dz.sum(axis=1, keepdims=True),
        "dh": lambda W, dz: W.T @ dz,
        "dz": lambda dh, slope, z, h: dh * slope(z),
        "finish": lambda gradients: gradients,
    } | slips
    slope = getattr(nn, f"d{trace.activation}")
    dz, gradients = do["start"](), []
    for n in reversed(range(len(layers))):
        gradients.insert(0, nn.Layer(do["dW"](dz, trace.h[n]), do["db"](dz)))
        if n > 0:
            dh = do["dh"](layers[n].W, dz)
            dz = do["dz"](dh, slope, trace.z[n - 1], trace.h[n])
    return do["finish"](gradients)


def with_slip(**slips):
    return lambda layers, trace, y: written_by_a_reader(layers, trace, y, **slips)


def replace(n, change):
    """Spoil the gradients of layer n, where there is such a layer."""
    return lambda gradients: [change(g) if i == n else g for i, g in enumerate(gradients, start=1)]


def flip_sign(layers, trace, y):
    return [nn.Layer(-dW, -db) for dW, db in nn.backprop(layers, trace, y)]


def forget_n(layers, trace, y):
    return written_by_a_reader(layers, trace, y, start=lambda: trace.p - y)


def halve_twice(layers, trace, y):
    return written_by_a_reader(layers, trace, y, start=lambda: (trace.p - y) / y.shape[1] ** 2)


SLIPS = {
    "right": (written_by_a_reader, "Right: it agrees with backprop on 8 networks."),
    "transposed": (
        with_slip(dW=lambda dz, h: h @ dz.T),
        "Every dW is the transpose of the right one.",
    ),
    "transposed, dW2 only": (
        with_slip(finish=replace(2, lambda g: nn.Layer(g.W.T, g.b))),
        "dW2 is the transpose of the right one.",
    ),
    "missing 1/N": (forget_n, "Every gradient is N times too large: divide by N, once."),
    "1/N twice": (halve_twice, "Every gradient is N times too small: 1/N is in there twice."),
    "1/N twice, db only": (
        with_slip(db=lambda dz: dz.mean(axis=1, keepdims=True)),
        "Every db is N times too small: 1/N is in there twice.",
    ),
    "sign": (flip_sign, "Every gradient has the wrong sign."),
    "sign, db1 only": (
        with_slip(finish=replace(1, lambda g: nn.Layer(g.W, -g.b))),
        "db1 has the wrong sign.",
    ),
    "missing σ′": (
        with_slip(dz=lambda dh, slope, z, h: dh),
        "dW1, db1, dW2 and db2 are wrong because σ′ is missing: dz is dh * σ′(z).",
    ),
    "σ′ of h": (
        with_slip(dz=lambda dh, slope, z, h: dh * slope(h)),
        "dW1, db1, dW2 and db2 are wrong because σ′ is taken of h: it belongs to z.",
    ),
    "σ′ of the sigmoid": (
        with_slip(dz=lambda dh, slope, z, h: dh * nn.dsigmoid(z)),
        "dW1, db1, dW2 and db2 are wrong where the activation is no sigmoid: σ′ must follow "
        "trace.activation (seen on a 4–4–4–4 network, tanh, N = 6).",
    ),
    "σ′ of the sigmoid, from h": (
        with_slip(dz=lambda dh, slope, z, h: dh * h * (1 - h)),
        "dW1, db1, dW2 and db2 are wrong where the activation is not the sigmoid, whose slope is "
        "h (1 − h) (seen on a 4–4–4–4 network, tanh, N = 6).",
    ),
    "wrong layer": (
        with_slip(finish=lambda gradients: gradients[::-1]),
        "dW1, db1, dW3 and db3 are in the wrong place: the list must start with the first layer.",
    ),
    "bias not summed": (
        with_slip(db=lambda dz: dz),
        "Every db has a column for each example: sum over them.",
    ),
    "bias not a column": (
        with_slip(db=lambda dz: dz.sum(axis=1)),
        "Every db has lost an axis: sum with keepdims=True.",
    ),
    "transposed, in dh": (
        with_slip(dh=lambda W, dz: W @ dz),
        "dW1, db1, dW2 and db2 are wrong because dh is made with W where its transpose belongs "
        "(seen on a 4–4–4–4 network, tanh, N = 6).",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_each_mistake_is_named(name):
    function, sentence = SLIPS[name]
    diagnosis = nn.diagnose(function)
    assert diagnosis.kind == name.split(",")[0]
    assert str(diagnosis) == repr(diagnosis) == diagnosis.sentence == sentence


@pytest.mark.parametrize("at", [None, 1, 2, 3])
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.kind}: {m.says}")
def test_every_mistake_of_the_table_is_found_in_all_layers_or_in_one(mistake, at):
    def spoiled(layers, trace, y):
        return [nn.Layer(*pair) for pair in backprop_with(mistake, layers, trace, y, at)]

    cases = [make_case(*case) for case in CASES]
    diagnosis = nn.diagnose(spoiled)
    if diagnosis.kind == "right":
        # Only where the mistake changes nothing: no such layer, or the same value there.
        for case in cases:
            answer = named(spoiled(case.layers, case.trace, case.y))
            assert all(same(answer[name], case.right[name]) for name in case.right)
    elif at is None:
        assert diagnosis.kind == mistake.kind
    else:
        # In one layer alone, two mistakes may be the same function: then the first is named.
        twins = {mistake.kind, "1/N twice"} if "every layer" in mistake.kind else {mistake.kind}
        assert diagnosis.kind in twins


def test_without_a_mistake_the_table_gives_the_right_gradients():
    for case in [make_case(*case) for case in CASES]:
        answer = named(backprop_with(Mistake("", "", {}), case.layers, case.trace, case.y))
        for name, right in case.right.items():
            np.testing.assert_allclose(answer[name], right, rtol=1e-13, atol=1e-16)


def test_the_networks_of_the_trial_show_every_slip():
    cases = [make_case(*case) for case in CASES]
    assert {case.trace.activation for case in cases} == {"sigmoid", "tanh", "relu"}
    assert {1} < {case.y.shape[1] for case in cases}
    assert max(len(case.layers) for case in cases) >= 4
    assert any(len(set(map(len, case.trace.h))) == 1 for case in cases)
    for case in cases:
        assert min(np.abs(gradient).max() for gradient in case.right.values()) > 1e-3


def modify(layers, trace, y):
    y -= trace.p
    return written_by_a_reader(layers, trace, y, start=lambda: -y / y.shape[1])


def pop(layers, trace, y):
    gradients = nn.backprop(layers, trace, y)
    trace.h.pop()
    return gradients


FORMS = {
    "raises": (
        lambda layers, trace, y: nn.backprop(layers[:3], trace, y),
        r"It raises ValueError on a 2–4–3–2–3 network, relu, N = 7: trace\.z must list 3 .*",
    ),
    "wrong type": (
        lambda layers, trace, y: dict(nn.backward_sequence(layers, trace, y)),
        r"It returns dict on a 2–3–2–3 network, .*: wanted is a list of 3 Layer\(dW, db\)\.",
    ),
    "wrong type, arrays": (
        lambda layers, trace, y: [dW for dW, _ in nn.backprop(layers, trace, y)],
        r"It returns a list that holds something else than pairs on .*",
    ),
    "wrong type, None": (
        lambda layers, trace, y: [(dW, None) for dW, _ in nn.backprop(layers, trace, y)],
        r"It returns something else than arrays of floats on .*",
    ),
    "wrong number": (
        lambda layers, trace, y: nn.backprop(layers, trace, y)[1:],
        r"It returns a list of 2 on a 2–3–2–3 network, .*: wanted is a list of 3 .*",
    ),
    "wrong shape": (
        with_slip(finish=lambda gradients: [nn.Layer(dW[:, :1], db) for dW, db in gradients]),
        r"dW1 has shape \(3, 1\) on a 2–3–2–3 network, .*: it must have \(3, 2\)\.",
    ),
    "not finite": (
        with_slip(finish=lambda gradients: [nn.Layer(dW, db * np.nan) for dW, db in gradients]),
        r"db1 is not finite on a 2–3–2–3 network, .*: it holds nan\.",
    ),
    "modifies its inputs": (
        modify,
        r"It modifies its inputs: y changed on a 2–3–2–3 network, .*",
    ),
    "modifies its inputs, list": (
        pop,
        r"It modifies its inputs: trace\.h\[2\] changed on a 2–3–2–3 network, .*",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_cannot_be_compared_is_said(name):
    function, pattern = FORMS[name]
    diagnosis = nn.diagnose(function)
    assert diagnosis.kind == name.split(",")[0]
    assert re.fullmatch(pattern, diagnosis.sentence), diagnosis.sentence


def test_what_no_known_mistake_explains_is_admitted_with_the_worst_entry():
    def nudge(gradients):
        spoiled = gradients[1].W.copy() if len(gradients) == 3 else None
        if spoiled is None:
            return gradients
        spoiled[0, 1] += 0.25
        return [gradients[0], nn.Layer(spoiled, gradients[1].b), gradients[2]]

    diagnosis = nn.diagnose(with_slip(finish=nudge))
    right = make_case(*CASES[0]).right["dW2"][0, 1]
    assert diagnosis.kind == "unknown"
    assert diagnosis.where == ("dW2",)
    assert diagnosis.sentence == (
        "Wrong, but no mistake I know explains it: the largest error is in dW2[0, 1] of "
        f"a 2–3–2–3 network, sigmoid, N = 5: got {right + 0.25:.4g}, want {right:.4g}."
    )


def test_two_different_mistakes_are_not_called_one():
    both = with_slip(
        dW=lambda dz, h: h @ dz.T,
        finish=lambda gradients: [nn.Layer(dW, -db) for dW, db in gradients],
    )
    assert nn.diagnose(both).kind not in ("right", "sign", "transposed")


MUTATIONS = {
    "K for N": {"start": None},
    "dz squared": {"dz": lambda dh, slope, z, h: dh * slope(z) ** 2},
    "plus for times": {"dz": lambda dh, slope, z, h: dh + slope(z)},
    "minus z": {"dz": lambda dh, slope, z, h: dh * slope(-z)},
    "σ′ of 2z": {"dz": lambda dh, slope, z, h: dh * slope(2 * z)},
    "|dh|": {"dz": lambda dh, slope, z, h: abs(dh) * slope(z)},
    "one row": {"dW": lambda dz, h: dz[:, :1] @ h[:, :1].T},
    "h doubled": {"dW": lambda dz, h: dz @ (2 * h).T},
    "dW zero": {"dW": lambda dz, h: 0 * (dz @ h.T)},
    "db zero": {"db": lambda dz: 0 * dz.sum(axis=1, keepdims=True)},
    "db max": {"db": lambda dz: dz.max(axis=1, keepdims=True)},
    "db scalar": {"db": lambda dz: np.full((len(dz), 1), dz.sum())},
    "W reversed": {"dh": lambda W, dz: W.T[::-1] @ dz},
    "half W": {"dh": lambda W, dz: W.T @ dz / 2},
    "ones": {"dh": lambda W, dz: np.ones_like(W.T) @ dz},
    "rounded": {"finish": lambda gs: [nn.Layer(dW.round(3), db) for dW, db in gs]},
    "last only": {"finish": lambda gs: [nn.Layer(0 * dW, 0 * db) for dW, db in gs[:-1]] + gs[-1:]},
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_no_wrong_function_is_called_right(name):
    def k_for_n(layers, trace, y):
        return written_by_a_reader(layers, trace, y, start=lambda: (trace.p - y) / len(y))

    function = k_for_n if name == "K for N" else with_slip(**MUTATIONS[name])
    assert nn.diagnose(function).kind != "right"
