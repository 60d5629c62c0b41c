import re
import time
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from students import PRECISE, RIGHT, WRONG

import nn_core as nn
from nn_core.mistakes import MISTAKES, Mistake, backprop_with, pass_with, views
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
    "right": (written_by_a_reader, "Right: it agrees with backprop on 14 networks."),
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
        "dW1, db1, dW2 and db2 are wrong because σ′ is taken of h: it belongs to z. "
        "Where the activation is relu, all is right.",
    ),
    "σ′ of the sigmoid": (
        with_slip(dz=lambda dh, slope, z, h: dh * nn.dsigmoid(z)),
        "dW1, db1, dW2 and db2 are wrong because σ′ is that of the sigmoid: it must follow "
        "trace.activation (seen on a 4–4–4–4 network, tanh, N = 6). "
        "Where the activation is the sigmoid, all is right.",
    ),
    "σ′ of the sigmoid, from h": (
        with_slip(dz=lambda dh, slope, z, h: dh * h * (1 - h)),
        "dW1, db1, dW2 and db2 are wrong because dh is multiplied by h (1 − h): the slope of "
        "tanh is 1 − h², with h = tanh(z) (seen on a 4–4–4–4 network, tanh, N = 6). "
        "Where the activation is the sigmoid, all is right.",
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


@pytest.mark.filterwarnings("ignore:the matrix subclass")
@pytest.mark.parametrize("function", RIGHT, ids=lambda f: f.__name__)
def test_a_right_pass_is_right_in_whatever_style(function):
    diagnosis = nn.diagnose(function)
    assert diagnosis.kind == "right", diagnosis.sentence


@pytest.mark.parametrize(("function", "says"), PRECISE, ids=lambda f: getattr(f, "__name__", ""))
def test_precision_is_a_verdict_of_its_own(function, says):
    diagnosis = nn.diagnose(function)
    assert diagnosis.kind == "precision"
    assert re.fullmatch("It agrees with backprop " + says, diagnosis.sentence), diagnosis.sentence


@pytest.mark.parametrize(
    ("dtype", "error", "says"),
    [
        (float, 0.5e-10, "Right"),
        (float, 2e-10, "to 9 digits"),
        (float, 0.5e-5, "to 5 digits .* differences or single precision go"),
        (float, 2e-5, "to 4 digits .* no further"),
        (float, 0.5e-3, "to 3 digits .* no further"),
        (float, 2e-3, "no mistake I know explains it"),
        (np.float32, 0.5e-4, "it is computed in single precision"),
        (np.float32, 2e-4, "to 3 digits .* no further"),
        (np.float16, 2e-2, "it is computed in half precision"),
        (np.float16, 4e-2, "no mistake I know explains it"),
    ],
)
def test_how_far_off_a_gradient_is_decides_how_it_is_judged(dtype, error, says):
    def off(a):
        signs = np.random.default_rng(0).choice([-1, 1], a.shape)
        return (a + error * np.abs(a).max() * signs).astype(dtype)

    def finish(gradients):
        return [nn.Layer(off(dW), off(db)) for dW, db in gradients]

    assert re.search(says, nn.diagnose(with_slip(finish=finish)).sentence)


def test_what_is_a_little_off_is_not_called_a_factor_that_explains_half_of_it():
    def off_where_large(a):
        is_large = np.abs(a) > np.abs(a).max() / 2
        return (a * (1 + 1.05e-4 * is_large)).astype(np.float32)

    def finish(gradients):
        return [nn.Layer(off_where_large(dW), off_where_large(db)) for dW, db in gradients]

    assert nn.diagnose(with_slip(finish=finish)).kind == "precision"


@pytest.mark.parametrize(("function", "kind"), WRONG, ids=lambda f: getattr(f, "__name__", ""))
def test_what_a_student_gets_wrong_is_named(function, kind):
    diagnosis = nn.diagnose(function)
    assert diagnosis.kind == kind, diagnosis.sentence


STAGES = {
    "start": {"dz_output", "output_factor", "factor"},
    "back": {"dh", "dh_factor"},
    "through": {"dz"},
    "end": {"dW", "db", "form"},
    "list": {"order"},
}


def stage(mistake):
    """Return where in a pass the line of a mistake stands."""
    return next(name for name, rules in STAGES.items() if rules & mistake.rules.keys())


def written_out(*mistakes, at=None):
    """Return a pass in which the mistakes' lines are executed, in all layers or in one."""
    lines = {stage(mistake): mistake.line for mistake in mistakes}

    def function(layers, trace, y):
        (K, N), L = y.shape, len(layers)
        names = {"np": np, "dsigmoid": nn.dsigmoid, "df": getattr(nn, f"d{trace.activation}")}
        names |= {"p": trace.p, "y": y, "N": N, "K": K, "L": L, "n0": len(trace.h[0]), "c": 0.1}
        outputs, inputs = [*trace.h[1:], trace.p], [trace.h[0], *trace.z]
        gradients = []
        for n in range(L, 0, -1):
            here = {"W_own": layers[n - 1].W, "b_own": layers[n - 1].b}
            here |= {"z_before": inputs[n - 1], "h_out": outputs[n - 1]}

            def run(line, place, here=here, n=n):
                exec(lines.get(place, line) if at in (None, n) else line, names | here, names)

            if n == L:
                here["z"] = trace.z[-1]
                run("dz = (p - y) / N", "start")
                names["dh"] = names["dz"]
            else:
                here |= {"W": layers[n].W, "dh_after": names["dh"], "z_after": trace.z[n]}
                run("dh = W.T @ dz", "back")
                here |= {"z": trace.z[n - 1], "h": outputs[n - 1]}
                run("dz = dh * df(z)", "through")
            here["h"] = trace.h[n - 1]
            run("dW, db = dz @ h.T, dz.sum(axis=1, keepdims=True)", None)
            run("pass", "end")
            gradients.insert(0, (names["dW"], names["db"]))
        names["gradients"] = gradients
        exec(lines.get("list", "pass"), names)
        return names["gradients"]

    return function


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.id)
def test_the_line_of_a_mistake_makes_this_mistake(mistake):
    diagnosis = nn.diagnose(written_out(mistake))
    assert diagnosis.mistakes == (mistake.id,), diagnosis.sentence
    assert diagnosis.kind == mistake.kind


OFTEN = ["sign", "no-y", "w-not-transposed", "minus-in-dh", "no-slope", "slope-of-h"]
OFTEN += ["dw-transposed", "db-not-summed", "last-example", "list-reversed"]


@pytest.mark.parametrize("one", OFTEN)
def test_two_lines_that_are_wrong_at_once_are_both_named(one):
    known = {mistake.id: mistake for mistake in MISTAKES}
    partners = [other for other in OFTEN if stage(known[other]) != stage(known[one])]
    for other in partners:
        diagnosis = nn.diagnose(written_out(known[one], known[other]))
        assert set(diagnosis.mistakes) == {one, other}, diagnosis.sentence


@pytest.mark.parametrize(
    ("everywhere", "in_one"), [("sign", "dw-transposed"), ("no-slope", "db-not-summed")]
)
@pytest.mark.parametrize("at", ["first", "last"])
def test_of_two_mistakes_one_may_be_made_in_one_layer_alone(everywhere, in_one, at):
    known = {mistake.id: mistake for mistake in MISTAKES}

    def function(layers, trace, y):
        layers_at = {"first": (1,), "last": (len(layers),)}[at]
        changes = [(known[everywhere], None), (known[in_one], layers_at)]
        return pass_with(changes, views(layers, trace, y))

    diagnosis = nn.diagnose(function)
    assert set(diagnosis.mistakes) == {everywhere, in_one}, diagnosis.sentence


IN_SOME_LAYERS = {
    "all but the first": lambda n, L: n > 1,
    "all but the last": lambda n, L: n < L,
    "the first": lambda n, L: n == 1,
    "the last": lambda n, L: n == L,
    "the second": lambda n, L: n == 2,
    "the third": lambda n, L: n == 3,
    "the fourth": lambda n, L: n == 4,
    "the fifth": lambda n, L: n == 5,
    "the last but one": lambda n, L: n == L - 1,
    "the last but two": lambda n, L: n == L - 2,
    "the last but three": lambda n, L: n == L - 3,
}


@pytest.mark.parametrize("where", IN_SOME_LAYERS)
def test_a_mistake_is_named_in_whichever_layers_it_is_made(where):
    def transposed(layers, trace, y):
        return [
            nn.Layer(dW.T if IN_SOME_LAYERS[where](n, len(layers)) else dW, db)
            for n, (dW, db) in enumerate(nn.backprop(layers, trace, y), start=1)
        ]

    diagnosis = nn.diagnose(transposed)
    assert diagnosis.mistakes == ("dw-transposed",), diagnosis.sentence


IN_A_LAYER = [m for m in MISTAKES if not {"dz_output", "output_factor", "factor"} & {*m.rules}]


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("mistake", IN_A_LAYER, ids=lambda m: m.id)
def test_a_mistake_in_one_layer_is_explained_by_a_mistake_that_does_the_same(mistake, at):
    function = written_out(mistake, at=at)
    diagnosis = nn.diagnose(function)
    if diagnosis.kind == "right":
        # Only where the mistake changes nothing: no such layer, or the same value there.
        for case in [make_case(*case) for case in UNSEEN]:
            answer = named(function(case.layers, case.trace, case.y))
            for name, right in case.right.items():
                np.testing.assert_allclose(answer[name], right, atol=1e-12)
    else:
        assert len(diagnosis.mistakes) == 1, diagnosis.sentence


UNSEEN = [([3, 3, 3, 3], "sigmoid", 4, 11), ([4, 2, 4, 3], "tanh", 5, 12)]


def test_the_names_of_the_mistakes_differ():
    assert len({mistake.id for mistake in MISTAKES}) == len(MISTAKES) > 50
    assert len({mistake.says for mistake in MISTAKES}) == len(MISTAKES)


def test_without_a_mistake_the_table_gives_the_right_gradients():
    for case in [make_case(*case) for case in CASES]:
        answer = named(backprop_with(Mistake("", "", "", "", {}), case.layers, case.trace, case.y))
        for name, right in case.right.items():
            np.testing.assert_allclose(answer[name], right, rtol=1e-13, atol=1e-16)


def test_the_networks_of_the_trial_show_every_slip():
    cases = [make_case(*case) for case in CASES]
    assert {case.trace.activation for case in cases} == {"sigmoid", "tanh", "relu"}
    counts = {case.y.shape[1] for case in cases}
    assert {1, 3} < counts
    assert max(counts) > 256
    sizes = [[len(h) for h in (*case.trace.h, case.y)] for case in cases]
    assert any(1 in each[1:-1] for each in sizes)
    assert any(each[0] == 1 for each in sizes)
    assert any(each[-1] == 2 for each in sizes)
    assert sizes[0] == sizes[2]
    assert max(len(case.layers) for case in cases) >= 4
    assert any(len(set(map(len, case.trace.h))) == 1 for case in cases)
    for case in cases:
        assert min(np.abs(gradient).max() for gradient in case.right.values()) > 1e-3


def test_a_steep_network_predicts_the_same_and_has_larger_slopes_in_the_first_layer():
    plain, steep = (make_case([3, 4, 3], "relu", 4, 160, factor) for factor in (1, 12))
    np.testing.assert_allclose(steep.trace.p, plain.trace.p, rtol=1e-12)
    for name, factor in {"dW1": 12, "db1": 12, "dW2": 1 / 12, "db2": 1}.items():
        np.testing.assert_allclose(steep.right[name], factor * plain.right[name], rtol=1e-12)


def shrink(layers, trace, y):
    for W, _ in layers:
        W *= 0.99
    return nn.backprop(layers, trace, y)


def modify(layers, trace, y):
    y -= trace.p
    return written_by_a_reader(layers, trace, y, start=lambda: -y / y.shape[1])


def nudge_and_back(layers, trace, y):
    for W, _ in layers:
        W += 0.1
        W -= 0.1
    return nn.backprop(layers, trace, y)


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
        r"It returns a dict on a 2–3–2–3 network, .*: wanted is a list of 3 Layer\(dW, db\)\.",
    ),
    "wrong type, arrays": (
        lambda layers, trace, y: [dW for dW, _ in nn.backprop(layers, trace, y)],
        r"It returns a list whose entry 0 is an array of float64 on .*: wanted is a list of 3 .*",
    ),
    "wrong type, one None": (
        lambda layers, trace, y: [*nn.backprop(layers, trace, y)[1:], None],
        r"It returns a list whose entry 2 is None on .*: wanted is a list of 3 .*",
    ),
    "wrong type, a pair": (
        lambda layers, trace, y: nn.backprop(layers, trace, y)[0],
        r"It returns a Layer whose entry 0 is an array of float64 on .*: wanted is a list of 3 .*",
    ),
    "wrong type, None": (
        lambda layers, trace, y: [(dW, None) for dW, _ in nn.backprop(layers, trace, y)],
        r"It returns something else than arrays of floats on .*: db1 is None\.",
    ),
    "wrong number": (
        lambda layers, trace, y: nn.backprop(layers, trace, y)[1:],
        r"It returns a list of 2 on a 2–3–2–3 network, .*: wanted is a list of 3 [^ ]* db\)\.",
    ),
    "wrong number, one": (
        lambda layers, trace, y: nn.backprop(layers, trace, y)[-1:],
        r"It returns a list of 1 on .* Does it return, or begin a new list, in every turn of .*\?",
    ),
    "wrong shape": (
        with_slip(finish=lambda gradients: [nn.Layer(dW[:, :1], db) for dW, db in gradients]),
        r"dW3 has shape \(3, 1\) on a 2–3–2–3 network, .*: it must have \(3, 2\)\.",
    ),
    "not finite": (
        with_slip(finish=lambda gradients: [nn.Layer(dW, db * np.nan) for dW, db in gradients]),
        r"db3 is not finite on a 2–3–2–3 network, .*: it holds nan\.",
    ),
    "modifies its inputs": (
        modify,
        r"It modifies its inputs: y changed on a 2–3–2–3 network, sigmoid, N = 5\.",
    ),
    "modifies its inputs, by rounding": (
        nudge_and_back,
        r"It modifies its inputs: W1 .*\. What is added and taken away again leaves a rounding "
        r"error: put the old value back\.",
    ),
    "modifies its inputs, by 1 %": (
        shrink,
        r"It modifies its inputs: W1, W2 and W3 changed on a 2–3–2–3 network, sigmoid, N = 5\.",
    ),
    "modifies its inputs, list": (
        pop,
        r"It modifies its inputs on a 2–3–2–3 network, .*: trace\.h had 3 entries and has 2 now\.",
    ),
}


class Hostile:
    """An object that nothing can be done with."""

    def __eq__(self, other):
        raise RuntimeError("no comparison")

    def __bool__(self):
        raise RuntimeError("no truth")

    def __repr__(self):
        raise RuntimeError("no text")

    __hash__ = None


class HostileList(list):
    def __iter__(self):
        raise RuntimeError("no items")


class SpeechlessError(Exception):
    def __str__(self):
        raise RuntimeError("no text")


class Foundation(BaseException):
    pass


def returns(value):
    return lambda layers, trace, y: value


def raises(error):
    def function(layers, trace, y):
        raise error

    return function


def changes(gradient):
    return with_slip(finish=lambda gs: [nn.Layer(gradient(dW), db) for dW, db in gs])


def endless(layers, trace, y):
    return endless(layers, trace, y)


def yields(layers, trace, y):
    yield from nn.backprop(layers, trace, y)


def empties(layers, trace, y):
    gradients = nn.backprop(layers, trace, y)
    layers.clear()
    return gradients


def leaves_junk(layers, trace, y):
    gradients = nn.backprop(layers, trace, y)
    layers[0], trace.z[0] = Hostile(), "z"
    return gradients


def turns_y(layers, trace, y):
    gradients = nn.backprop(layers, trace, y)
    y.shape = y.shape[::-1]
    return gradients


NESTED = []
NESTED.append(NESTED)
HOSTILE = {
    "nothing": (returns(None), "It returns nothing on ", "layer(dw, db)."),
    "a text": (returns("dW"), "It returns a str on ", "layer(dw, db)."),
    "a number": (returns(3), "It returns an int on ", "layer(dw, db)."),
    "an object": (returns(Hostile()), "It returns a Hostile on ", "layer(dw, db)."),
    "objects": (returns([(Hostile(), Hostile())] * 3), "It returns", "dw1 is of type hostile."),
    "a list in itself": (
        returns(NESTED),
        "It returns a list whose entry 0 is of",
        "layer(dw, db).",
    ),
    "lists": (returns([[[1, 2], [3]]] * 3), "It returns", "dw1 is of type list."),
    "no items": (returns(HostileList([1])), "What it returns on ", "runtimeerror: no items"),
    "a generator": (yields, "It returns a generator on ", "layer(dw, db)."),
    "nothing in it": (returns([]), "It returns a list of 0 on ", "layer(dw, db)."),
    "objects in arrays": (changes(lambda a: a.astype(object)), "It ", "dw1 is an array of object."),
    "whole numbers": (changes(lambda a: a.astype(int)), "It ", "dw1 is an array of int64."),
    "complex": (changes(lambda a: a + 0j), "It ", "dw1 is an array of complex128."),
    "truths": (changes(lambda a: a > 0), "It returns", "dw1 is an array of bool."),
    "texts": (changes(lambda a: a.astype("U8")), "It returns", "dw1 is an array of str256."),
    "masked": (
        changes(lambda a: np.ma.masked_array(a, np.arange(a.size).reshape(a.shape) == 1)),
        "It returns something else than arrays of floats on ",
        "dw1 is a masked array that hides 1 of its 6 numbers.",
    ),
    "no numbers": (changes(lambda a: a[:0]), "dW3 has shape (0, 2) on ", "it must have (3, 2)."),
    "no column": (changes(lambda a: a[0, 0]), "dW3 has shape () on ", "it must have (3, 2)."),
    "an exit": (raises(SystemExit(2)), "It raises SystemExit on ", "n = 5: 2"),
    "a speechless error": (raises(SpeechlessError()), "It raises SpeechlessError on ", "n = 5."),
    "an error without text": (raises(AssertionError()), "It raises AssertionError on ", "n = 5."),
    "an error of lines": (raises(ValueError("a\n\n b")), "It raises ValueError on ", "n = 5: a b"),
    "an error of a book": (
        raises(ValueError("a" * 999)),
        "It raises ValueError on ",
        f"n = 5: {'a' * 300} …",
    ),
    "an error of 300": (raises(ValueError("a" * 300)), "It raises", f"n = 5: {'a' * 300}"),
    "an error of 301": (raises(ValueError("a" * 301)), "It raises", f"n = 5: {'a' * 300} …"),
    "no exception": (raises(Foundation("x")), "It raises Foundation on ", "n = 5: x"),
    "no end": (endless, "It raises RecursionError on ", ""),
    "no arguments": (lambda: 1, "It raises TypeError on ", "but 3 were given"),
    "empties": (empties, "It modifies its inputs on ", "layers had 3 entries and has 0 now."),
    "junk": (leaves_junk, "It modifies its inputs: W1, b1 and trace.z[0] changed on ", ""),
    "turns": (turns_y, "It modifies its inputs: y changed on ", ""),
    "no function": ([1], "It is no function but of type list", "without brackets."),
    "None for it": (None, "It is no function but of type NoneType", "without brackets."),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_crashes_the_diagnosis(name):
    function, start, end = HOSTILE[name]
    sentence = nn.diagnose(function).sentence
    assert sentence.startswith(start), sentence
    assert sentence.lower().endswith(end), sentence


THINGS = st.recursive(
    st.one_of(
        st.none(),
        st.floats(),
        st.text(max_size=2),
        st.sampled_from([np.ones((3, 1)), np.ones((3, 2)), np.zeros(0), np.float64(2), Hostile]),
    ),
    lambda inside: st.lists(inside, max_size=3) | st.tuples(inside, inside),
    max_leaves=12,
)


@given(THINGS)
@settings(max_examples=150)
def test_whatever_is_returned_gets_a_sentence(thing):
    diagnosis = nn.diagnose(returns(thing))
    assert diagnosis.kind != "right"
    assert diagnosis.sentence.strip()


def test_a_reader_who_stops_the_diagnosis_is_obeyed():
    with pytest.raises(KeyboardInterrupt):
        nn.diagnose(raises(KeyboardInterrupt()))


def test_the_reader_s_settings_for_errors_of_numpy_do_not_matter():
    with np.errstate(all="raise"):
        assert nn.diagnose(nn.backprop).kind == "right"
        assert nn.diagnose(with_slip(dz=lambda dh, slope, z, h: 0 * dh)).kind != "right"


def test_methods_partial_functions_and_callables_are_functions():
    class Network:
        def back(self, layers, trace, y):
            return nn.backprop(layers, trace, y)

        __call__ = back

    for function in (Network().back, Network(), partial(nn.backprop)):
        assert nn.diagnose(function).kind == "right"


N, DZ_OUTPUT, HALF = 5, np.ones((3, 5)), [0.5, 0.25]


def reads_a_count(layers, trace, y):
    return written_by_a_reader(layers, trace, y, start=lambda: (trace.p - y) / N)


def helper():
    return DZ_OUTPUT


def reads_an_array(layers, trace, y):
    return written_by_a_reader(layers, trace, y, start=helper)


def reads_none_and_is_wrong(layers, trace, y):
    trace_N = trace.N if hasattr(trace, "N") else 7  # an attribute is no global name
    return written_by_a_reader(layers, trace, y, start=lambda: (trace.p - y) / trace_N)


@pytest.mark.parametrize(
    ("function", "name"), [(reads_a_count, "N"), (reads_an_array, "DZ_OUTPUT")]
)
def test_what_is_read_from_outside_is_told(function, name):
    sentence = nn.diagnose(function).sentence
    assert sentence.endswith(f" It reads {name} from outside: it needs layers, trace and y only.")


def test_an_attribute_is_not_read_from_outside():
    assert "outside" not in nn.diagnose(reads_none_and_is_wrong).sentence


def test_a_right_function_may_read_what_it_likes():
    def half_and_half(layers, trace, y):
        start = (trace.p - y) / y.shape[1]
        return written_by_a_reader(layers, trace, y, start=lambda: 2 * HALF[0] * start)

    assert nn.diagnose(half_and_half).sentence == "Right: it agrees with backprop on 14 networks."


def test_a_diagnosis_is_laid_out_like_its_sentence():
    diagnosis = nn.diagnose(nn.backprop)
    assert f"{diagnosis:>60}" == f"{diagnosis.sentence:>60}"
    assert f"{diagnosis}" == diagnosis.sentence


def test_an_unknown_mistake_is_admitted_quickly():
    times = []
    for _ in range(3):
        start = time.process_time()
        nn.diagnose(with_slip(dz=lambda dh, slope, z, h: np.sin(dh) + slope(z)))
        times.append(time.process_time() - start)
    assert min(times) < 3


@pytest.mark.parametrize("name", FORMS)
def test_what_cannot_be_compared_is_said(name):
    function, pattern = FORMS[name]
    diagnosis = nn.diagnose(function)
    assert diagnosis.kind == name.split(",")[0]
    assert re.fullmatch(pattern, diagnosis.sentence), diagnosis.sentence


def test_what_cannot_be_compared_is_said_before_what_is_wrong_elsewhere():
    def nothing_for_five_layers(layers, trace, y):
        return None if len(layers) == 5 else flip_sign(layers, trace, y)

    sentence = nn.diagnose(nothing_for_five_layers).sentence
    assert re.fullmatch(r"It returns nothing on a 3–3–3–3–3–3 network, .*", sentence), sentence


def test_the_first_number_that_is_not_finite_is_shown():
    def spoil(gradients):
        odd = np.resize([np.inf, np.nan], gradients[-1].b.shape)
        return [*gradients[:-1], nn.Layer(gradients[-1].W, odd)]

    assert nn.diagnose(with_slip(finish=spoil)).sentence.endswith("it holds inf.")


def test_a_number_that_is_not_finite_has_a_true_minus_sign():
    def spoil(gradients):
        return [*gradients[:-1], nn.Layer(gradients[-1].W, gradients[-1].b - np.inf)]

    assert nn.diagnose(with_slip(finish=spoil)).sentence.endswith("it holds −inf.")


def test_what_no_known_mistake_explains_is_admitted_with_the_first_gradient_that_fails():
    def nudge(gradients):
        if len(gradients) != 3:
            return gradients
        (dW1, db1), (dW2, db2), last = gradients
        off = np.zeros_like(dW2)
        off[0, 1] = 1 / 3  # rounded to four digits it differs from three and five
        return [nn.Layer(dW1 + 100, db1), nn.Layer(dW2 + off, db2), last]

    diagnosis = nn.diagnose(with_slip(finish=nudge))
    right = make_case(*CASES[0]).right["dW2"][0, 1]
    error = 1 / 3 / max(abs(right), abs(right + 1 / 3))
    assert diagnosis.kind == "unknown"
    assert diagnosis.where == ("dW2",)
    assert diagnosis.sentence == (
        "Wrong, but no mistake I know explains it: going backwards, the first gradient that "
        "fails is dW2 of a 2–3–2–3 network, sigmoid, N = 5. "
        f"dW2[0, 1] is {right + 1 / 3:.4g}, want {right:.4g}: relative error {error:.2g}."
    )


def test_two_numbers_that_differ_are_written_with_the_digits_that_differ():
    def off(gradients):
        return [
            nn.Layer(dW * (1 + 2e-3 * (np.arange(dW.size) == 1).reshape(dW.shape)), db)
            for dW, db in gradients
        ]

    sentence = nn.diagnose(with_slip(finish=off)).sentence
    got, want = re.search(r" is (\S+), want (\S+):", sentence).groups()
    assert got != want
    got, want = (float(text.replace("−", "-")) for text in (got, want))
    assert got == pytest.approx(want, rel=3e-3)


@pytest.mark.parametrize("sign", [1, -1])
def test_both_numbers_of_a_sentence_have_a_true_minus_sign_or_none(sign):
    """Of the two the right one has another sign: it is the entry that is furthest off."""

    def off(gradients):
        return [nn.Layer(sign * (np.abs(dW) + 7e-9), db) for dW, db in gradients]

    sentence = nn.diagnose(with_slip(finish=off)).sentence
    got, want = re.search(r" is (\S+), want (\S+):", sentence).groups()
    assert got.startswith("−") == (sign < 0)
    assert want.startswith("−") == (sign > 0)
    assert "-" not in sentence


def fails_where(test):
    """Return a function that is right but where a test of what it is given holds."""

    def function(layers, trace, y):
        gradients = nn.backprop(layers, trace, y)
        if not test(layers, trace, y):
            return gradients
        return [nn.Layer(dW + np.sin(dW), db) for dW, db in gradients]

    return function


def three_classes_only(layers, trace, y):
    def start():
        dz = np.zeros(y.shape)
        for k in range(3):
            dz[k] = (trace.p[k] - y[k]) / y.shape[1]
        return dz

    return written_by_a_reader(layers, trace, y, start=start)


def three_layers_written_out(layers, trace, y):
    (_, _), (_, _), (_, _) = layers
    return nn.backprop(layers, trace, y)


FAILS = {
    "a layer has one neuron": fails_where(lambda layers, *_: any(len(W) == 1 for W, _ in layers)),
    "a W is square": fails_where(lambda ls, *_: any(len(W) == W.shape[1] > 1 for W, _ in ls)),
    "there is no hidden layer": fails_where(lambda layers, *_: len(layers) == 1),
    "there are more than 3 layers": fails_where(lambda layers, *_: len(layers) > 3),
    "there are not 3 layers": three_layers_written_out,
    "N = 1": fails_where(lambda layers, trace, y: y.shape[1] == 1),
    "N > 1": fails_where(lambda layers, trace, y: y.shape[1] > 1),
    "N is large": fails_where(lambda layers, trace, y: y.shape[1] > 256),
    "K = 2": fails_where(lambda layers, trace, y: len(y) == 2),
    "K is not 3": three_classes_only,
    "K > 4": fails_where(lambda layers, trace, y: len(y) == 10),
    "the activation is tanh": fails_where(lambda ls, trace, y: trace.activation == "tanh"),
    "the activation is not the sigmoid": fails_where(lambda ls, t, y: t.activation != "sigmoid"),
}


@pytest.mark.parametrize("where", FAILS)
def test_what_the_networks_have_in_common_on_which_it_fails_is_said(where):
    sentence = nn.diagnose(FAILS[where]).sentence
    said = rf".*\. On the other \d+ networks it is right: it fails where {where}\."
    assert re.fullmatch(said, sentence), sentence


def test_networks_that_fail_and_have_nothing_in_common_are_only_counted():
    function = fails_where(lambda layers, trace, y: y.shape[1] in (3, 8))
    sentence = nn.diagnose(function).sentence
    assert sentence.endswith(". On the other 12 networks it is right."), sentence
    function = fails_where(lambda layers, trace, y: y.shape[1] in (3, 4, 5))
    assert "networks it is right" not in nn.diagnose(function).sentence


def test_two_different_mistakes_are_both_said():
    both = with_slip(
        dW=lambda dz, h: h @ dz.T,
        finish=lambda gradients: [nn.Layer(-dW, -db) for dW, db in gradients],
    )
    diagnosis = nn.diagnose(both)
    assert diagnosis.kind == "sign and transposed"
    assert diagnosis.sentence == (
        "Two mistakes: every gradient has the wrong sign; "
        "every dW is the transpose of the right one."
    )


def test_a_mistake_in_dw_and_another_in_db_are_both_said():
    diagnosis = nn.diagnose(
        with_slip(dW=lambda dz, h: h @ dz.T, db=lambda dz: -dz.sum(axis=1, keepdims=True))
    )
    assert diagnosis.sentence == (
        "Two mistakes: every dW is the transpose of the right one; every db has the wrong sign."
    )


def test_two_mistakes_that_exclude_each_other_are_both_said_of_dw_and_of_db():
    known = {mistake.id: mistake for mistake in MISTAKES}

    def no_slope_for_dw_and_that_of_h_for_db(layers, trace, y):
        mine = [backprop_with(known[n], layers, trace, y) for n in ("no-slope", "slope-of-h")]
        return [nn.Layer(dW, db) for (dW, _), (_, db) in zip(*mine, strict=True)]

    assert str(nn.diagnose(no_slope_for_dw_and_that_of_h_for_db)) == (
        "Two mistakes: dW1 and dW2 are wrong because σ′ is missing: dz is dh * σ′(z); "
        "db1 and db2 are wrong because σ′ is taken of h: it belongs to z."
    )


def test_what_a_mistake_could_not_have_computed_is_not_blamed_on_it():
    known = {mistake.id: mistake for mistake in MISTAKES}

    def with_w_where_it_is_square(layers, trace, y):
        if any(W.shape[0] != W.shape[1] for W, _ in layers):
            return nn.backprop(layers, trace, y)
        return backprop_with(known["w-not-transposed"], layers, trace, y)

    diagnosis = nn.diagnose(with_w_where_it_is_square)
    assert diagnosis.kind == "unknown"
    assert diagnosis.sentence.endswith("it fails where a W is square.")


def test_two_mistakes_in_dw_of_which_db_has_one_are_both_said():
    def slips(of_dW, of_db):
        return lambda gradients: [nn.Layer(of_dW * dW, of_db * db) for dW, db in gradients]

    assert str(nn.diagnose(with_slip(finish=slips(-2, 2)))) == (
        "Two mistakes: every dW has the wrong sign; every gradient is twice the right size."
    )
    assert str(nn.diagnose(with_slip(finish=slips(-2, -1)))) == (
        "Two mistakes: every gradient has the wrong sign; every dW is twice the right size."
    )
    assert str(nn.diagnose(with_slip(finish=slips(2, -2)))) == (
        "Two mistakes: every gradient is twice the right size; every db has the wrong sign."
    )


def test_what_is_nearly_0_is_not_called_0():
    def cancels(layers, trace, y):
        ones = np.ones_like  # and each column of p − y sums to 0
        return written_by_a_reader(layers, trace, y, dh=lambda W, dz: ones(W.T) @ dz)

    def shrinks(gradients):
        return [nn.Layer(1e-7 * dW, 1e-7 * db) for dW, db in gradients]

    assert "zero" not in nn.diagnose(cancels).kind
    says = nn.diagnose(with_slip(finish=shrinks)).sentence
    assert says == "Every gradient is 1e−07 times the right value."


def test_mistakes_in_a_pass_for_the_sigmoid_are_named_before_the_sigmoid_is():
    def as_for_one_bird(layers, trace, y):
        return written_by_a_reader(
            layers,
            trace,
            y,
            start=lambda: trace.p - y,
            db=lambda dz: dz,
            dz=lambda dh, slope, z, h: dh * h * (1 - h),
        )

    diagnosis = nn.diagnose(as_for_one_bird)
    assert diagnosis.kind == "missing 1/N and bias not summed"
    assert diagnosis.mistakes == ()
    assert diagnosis.sentence == (
        "Two mistakes: every gradient is N times too large: divide by N, once; "
        "every db has a column for each example: sum over them. "
        "Where the activation is tanh or relu, this does not explain what is wrong."
    )


def test_where_one_mistake_explains_the_sigmoid_no_second_one_is_looked_for():
    def as_for_one_bird(layers, trace, y):
        slips = {"start": lambda: trace.p - y, "dz": lambda dh, slope, z, h: dh * h * (1 - h)}
        return written_by_a_reader(layers, trace, y, **slips)

    assert nn.diagnose(as_for_one_bird).sentence == (
        "Every gradient is N times too large: divide by N, once. "
        "Where the activation is tanh or relu, this does not explain what is wrong."
    )


def test_a_mistake_for_one_activation_is_named():
    def slope_of_relu_forgotten(layers, trace, y):
        if trace.activation != "relu":
            return nn.backprop(layers, trace, y)
        return with_slip(dz=lambda dh, slope, z, h: dh)(layers, trace, y)

    assert nn.diagnose(slope_of_relu_forgotten).mistakes == ("no-slope",)


def with_slopes(**other):
    """A pass whose slope is another, given z and h, for the activations that are named."""

    def passes(layers, trace, y):
        wrong = other.get(trace.activation)
        return written_by_a_reader(
            layers,
            trace,
            y,
            dz=lambda dh, slope, z, h: dh * (wrong(z, h) if wrong else slope(z)),
        )

    return passes


ONE_SLOPE = {
    "1 − h for tanh": (
        with_slopes(tanh=lambda z, h: 1 - h),
        "dh is multiplied by 1 − h alone: the slope of tanh is 1 − h², with h = tanh(z) "
        "(seen on a 4–4–4–4 network, tanh, N = 6). "
        "Where the activation is the sigmoid or relu, all is right.",
    ),
    "1 − h for relu": (
        with_slopes(relu=lambda z, h: 1 - h),
        "dh is multiplied by 1 − h alone: the slope of relu is 1 where z > 0, else 0 "
        "(seen on a 2–4–3–2–3 network, relu, N = 7). "
        "Where the activation is the sigmoid or tanh, all is right.",
    ),
    "z (1 − z) for tanh": (
        with_slopes(tanh=lambda z, h: z * (1 - z)),
        "dh is multiplied by z (1 − z): the slope of tanh is 1 − h², with h = tanh(z) "
        "(seen on a 4–4–4–4 network, tanh, N = 6). "
        "Where the activation is the sigmoid or relu, all is right.",
    ),
    "h (1 − h) for tanh": (
        with_slopes(tanh=lambda z, h: h * (1 - h)),
        "dh is multiplied by h (1 − h): the slope of tanh is 1 − h², with h = tanh(z) "
        "(seen on a 4–4–4–4 network, tanh, N = 6). "
        "Where the activation is the sigmoid or relu, all is right.",
    ),
    "1 − h² for the sigmoid": (
        with_slopes(sigmoid=lambda z, h: 1 - h**2),
        "dh is multiplied by 1 − h²: the sigmoid's slope is h (1 − h), with h = σ(z). "
        "Where the activation is tanh or relu, all is right.",
    ),
    "relu's for tanh": (
        with_slopes(tanh=lambda z, h: z > 0),
        "σ′ is that of relu: it must follow trace.activation "
        "(seen on a 4–4–4–4 network, tanh, N = 6). "
        "Where the activation is the sigmoid or relu, all is right.",
    ),
}


@pytest.mark.parametrize("name", ONE_SLOPE)
def test_a_slope_that_is_wrong_for_one_activation_is_said_of_this_one_alone(name):
    function, says = ONE_SLOPE[name]
    sentence = nn.diagnose(function).sentence
    assert re.fullmatch(rf"dW1, db1, .* are wrong because {re.escape(says)}", sentence), sentence


def test_where_more_is_wrong_than_is_explained_the_activation_is_named():
    def no_division_and_a_slope(layers, trace, y):
        slip = (lambda dh, slope, z, h: dh * (1 - h)) if trace.activation == "tanh" else None
        slips = {"dz": slip} if slip else {}
        return written_by_a_reader(layers, trace, y, start=lambda: trace.p - y, **slips)

    says = nn.diagnose(no_division_and_a_slope).sentence
    assert says == (
        "Every gradient is N times too large: divide by N, once. "
        "Where the activation is tanh, this does not explain what is wrong."
    )


def test_zeros_are_not_said_to_be_unwritten():
    whole = with_slip(dz=lambda dh, slope, z, h: dh * slope(z).astype(int))
    assert nn.diagnose(whole).sentence == (
        "dW1, db1, dW2 and db2 are 0 everywhere: nothing arrives there, or it is cut to whole "
        "numbers on its way. Where the activation is relu, all is right."
    )


def test_a_network_that_fails_after_one_of_its_sizes_was_right_is_called_so():
    def turned_once(layers, trace, y, known={}):  # noqa: B006
        turned = known.setdefault(tuple(W.shape for W, _ in layers), [W.T for W, _ in layers])
        L, gradients = len(layers), []
        dz = (trace.p - y) / y.shape[1]
        for n in reversed(range(L)):
            pair = nn.Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True))
            gradients.insert(0, pair)
            if n:
                dz = turned[n] @ dz * getattr(nn, f"d{trace.activation}")(trace.z[n - 1])
        return gradients

    assert "of these sizes, asked about before, is right" in nn.diagnose(turned_once).sentence
    fails = fails_where(lambda layers, trace, y: y.shape[1] == 5)
    assert "asked about before" not in nn.diagnose(fails).sentence


@pytest.mark.parametrize(
    ("digits", "says"),
    [
        (3, "No number that it returns has more than 3 digits after the point"),
        (5, "No number that it returns has more than 5 digits after the point"),
        (0, "Every number that it returns is whole"),
    ],
)
def test_numbers_that_are_rounded_on_their_way_are_called_so(digits, says):
    def rounds(layers, trace, y):
        return written_by_a_reader(
            layers,
            trace,
            y,
            start=lambda: ((trace.p - y) / y.shape[1]).round(digits or 2),
            dW=lambda dz, h: (3 * dz @ h.T).round(digits),
            db=lambda dz: (3 * dz.sum(axis=1, keepdims=True)).round(digits),
            dz=lambda dh, slope, z, h: (dh * slope(z)).round(digits or 2),
        )

    assert f" {says}: is something rounded on its way?" in nn.diagnose(rounds).sentence


def test_a_gradient_rounded_to_two_digits_is_right_as_far_as_it_goes():
    rounded = with_slip(finish=lambda gs: [nn.Layer(W.round(2), b.round(2)) for W, b in gs])
    assert nn.diagnose(rounded).sentence == (
        "It agrees with backprop on 14 networks as far as it goes: "
        "it is rounded to 2 digits after the point."
    )


def test_one_entry_is_one_entry():
    def adds_to_h(layers, trace, y):
        gradients = nn.backprop(layers, trace, y)
        if len(trace.h) == 1:
            trace.h.append(trace.p)
        return gradients

    assert nn.diagnose(adds_to_h).sentence.endswith("trace.h had 1 entry and has 2 now.")


def scaled_by(c):
    return with_slip(finish=lambda gs: [nn.Layer(c(gs) * dW, c(gs) * db) for dW, db in gs])


def only_without_hidden_layers(wrong):
    return lambda layers, *rest: (wrong if len(layers) == 1 else nn.backprop)(layers, *rest)


def whole_p(layers, trace, y):
    return written_by_a_reader(layers, trace._replace(p=trace.p.astype(int) * 1.0), y)


def weighs_by_dh(layers, trace, y):
    slope, gradients = getattr(nn, f"d{trace.activation}"), []
    dz = dh = (trace.p - y) / y.shape[1]
    for n in reversed(range(len(layers))):
        gradients.insert(0, nn.Layer(dh @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dh = layers[n].W.T @ dz
            dz = dh * slope(trace.z[n - 1])
    return gradients


NO_HIDDEN = "On the other 13 networks it is right: it fails where there is no hidden layer."
SAID = {
    "dW alone of dh": (
        weighs_by_dh,
        "dW1 and dW2 are wrong because dW is made with dh where dz belongs.",
    ),
    "N and L": (scaled_by(lambda gs: 1 / len(gs)), "Every gradient is divided by L · N, not by N."),
    "N and n₀": (
        scaled_by(lambda gs: 1 / gs[0].W.shape[1]),
        "Every gradient is divided by n₀ · N, not by N.",
    ),
    "nearly 1": (scaled_by(lambda gs: 1.0005), "Every gradient is 1.0005 times the right value."),
    "a minus in one slope": (
        with_slopes(sigmoid=lambda z, h: h * (h - 1)),
        "dW2 and db2 are wrong because dh, or σ′, has a minus too many, which turns every layer's "
        "sign again. Where the activation is tanh or relu, all is right.",
    ),
    "p cut to whole numbers": (
        whole_p,
        "Every gradient is wrong because the output's dz is −y / N: p is missing, or cut to whole "
        "numbers.",
    ),
    "p + y without a hidden layer": (
        only_without_hidden_layers(
            lambda ls, t, y: with_slip(start=lambda: (t.p + y) / y.shape[1])(ls, t, y)
        ),
        "Every gradient is wrong because the output's dz is made of p + y: it needs p − y (seen on "
        f"a 5–3 network, sigmoid, N = 8). {NO_HIDDEN}",
    ),
    "no 1/N without a hidden layer": (
        only_without_hidden_layers(forget_n),
        "Wrong, but no mistake I know explains it: going backwards, the first gradient that fails "
        "is dW1 of a 5–3 network, sigmoid, N = 8.",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_said_is_true_of_what_is_right_too(name):
    function, says = SAID[name]
    assert nn.diagnose(function).sentence.startswith(says), nn.diagnose(function).sentence


def test_an_unknown_slope_of_one_activation_fails_where_a_hidden_layer_has_it():
    steep = nn.diagnose(with_slopes(sigmoid=lambda z, h: h * (1 + h)))
    assert steep.sentence.endswith("it is right: it fails where a hidden layer has the sigmoid.")


def test_what_is_too_small_to_be_seen_is_not_called_right():
    def decays(layers, trace, y):
        pairs = zip(layers, nn.backprop(layers, trace, y), strict=True)
        return [nn.Layer(dW + 3e-7 * W, db) for (W, _), (dW, db) in pairs]

    assert "all is right" not in nn.diagnose(decays).sentence


def test_what_was_returned_and_is_no_answer_any_more_has_changed():
    def spoils_the_last(layers, trace, y, last=[]):  # noqa: B006
        for gradients in last:
            gradients[:] = [None]
        last[:] = [nn.backprop(layers, trace, y)]
        return last[0]

    assert nn.diagnose(spoils_the_last).kind == "remembers"


def test_an_answer_that_is_given_again_is_wrong_in_every_gradient_that_differs():
    def keeps_the_first(layers, trace, y, known={}):  # noqa: B006
        sizes = (y.shape, *(W.shape for W, _ in layers))
        return known.setdefault(sizes, nn.backprop(layers, trace, y))

    where = nn.diagnose(keeps_the_first).where
    assert where == ("db1", "dW1", "db2", "dW2", "db3", "dW3")


def test_a_mistake_that_other_networks_contradict_is_not_named():
    def first_and_then_right(layers, trace, y):
        gradients = nn.backprop(layers, trace, y)
        return [nn.Layer(-dW, -db) for dW, db in gradients] if len(layers) == 5 else gradients

    assert nn.diagnose(first_and_then_right).kind == "unknown"


def test_a_mistake_that_does_not_explain_an_error_is_not_named():
    def turns_and_stops(layers, trace, y):
        if len(layers) == 5:
            raise ValueError("five layers are too many")
        return flip_sign(layers, trace, y)

    assert nn.diagnose(turns_and_stops).mistakes == ()


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
