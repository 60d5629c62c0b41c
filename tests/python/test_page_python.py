"""The page's engine under Node: what it prints, keeps within bounds, and says of errors."""

import numpy as np
import pytest
from page_python import run, run_all, value


def error_of(program, **request):
    return run(program, **request)["error"]


ERRORS = [
    (
        "def f(a):\n    return a\nf(1, 2)\n",
        "TypeError",
        3,
        "positional",
        "takes 1 value and gets 2",
    ),
    ("x = 1\ny = zz + 1\n", "NameError", 2, "name 'zz' is not defined", "no name zz yet"),
    (
        "def f(a):\n    return a.b\nf([1])\n",
        "AttributeError",
        2,
        "no attribute 'b'",
        "a list, and it has no .b",
    ),
    ("import numpy as np\nnp.fft\n", "AttributeError", 2, "no attribute 'fft'", "has no fft"),
    (
        "import torch\n",
        "ModuleNotFoundError",
        1,
        "No module named 'torch'",
        "no module torch in the page",
    ),
    ("import js\n", "ModuleNotFoundError", 1, "No module named 'js'", "no module js in the page"),
    (
        "import numpy as np\nnp.ones((3, 2)) @ np.ones((3, 4))\n",
        "ValueError",
        2,
        "(3, 2) and (3, 4)",
        "the transpose of the left one, (2, 3), would fit",
    ),
    (
        "import numpy as np\nnp.ones((3, 2)) @ np.ones((4, 2))\n",
        "ValueError",
        2,
        "(3, 2) and (4, 2)",
        "the transpose of the right one, (2, 4), would fit",
    ),
    (
        "import numpy as np\nnp.ones((3, 2)) + np.ones((2, 3))\n",
        "ValueError",
        2,
        "shapes (3,2) (2,3)",
        "do not fit entry by entry",
    ),
    (
        "import numpy as np\nnp.ones(3)[5]\n",
        "IndexError",
        2,
        "index 5 is out of bounds",
        "no entry 5 along axis 0",
    ),
    (
        "import numpy as np\n0 < np.ones(3)\n",
        "TypeError",
        2,
        "'<' not supported between",
        "the array comes first",
    ),
    (
        "import numpy as np\nnp.ones(3).sum().shape\n",
        "AttributeError",
        2,
        "no attribute 'shape'",
        "single number",
    ),
    (
        "def f():\n    pass\nf() + 1\n",
        "TypeError",
        3,
        "unsupported operand type(s) for +",
        "without return gives None",
    ),
    ("x = 1\nif x == 1\n    y = 2\n", "SyntaxError", 2, "invalid syntax", "ends with a colon"),
    ("x = [1,\n     2\ny = 3\nz = 4\n", "SyntaxError", 1, "invalid syntax", "never closed"),
    ("x = 3 × 2\n", "SyntaxError", 1, "invalid syntax", "write *"),
    ("def f():\nreturn 1\n", "SyntaxError", 2, "", "indented below it"),
    ("x = 1\n  y = 2\n", "IndentationError", 2, "unexpected indent", "indented further"),
    ("if x = 1:\n    pass\n", "SyntaxError", 1, "invalid syntax", "=="),
    ("def f(n):\n    return f(n)\nf(1)\n", "RecursionError", 2, "recursion depth", "calls itself"),
    ("1 / 0\n", "ZeroDivisionError", 1, "division by zero", "divided by 0"),
    ("x = {'a': 1}\nx['b']\n", "KeyError", 2, "'b'", "no 'b'"),
    ("open('x')\n", "NotImplementedError", 1, "no files", "no files"),
    ("raise SystemExit(2)\n", "SystemExit", 1, "2", ""),
    ("class Mine(ValueError):\n    pass\nraise Mine('as I say')\n", "Mine", 3, "as I say", ""),
]


@pytest.fixture(scope="module")
def errors():
    return [result["error"] for result in run_all([(program, {}) for program, *_ in ERRORS])]


@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_an_error_has_its_line_pythons_words_and_plain_ones(errors, number):
    _, kind, line, words, plain = ERRORS[number]
    error = errors[number]
    assert (error["type"], error["line"]) == (kind, line), error
    assert words in error["message"], error
    assert plain in error["plain"], error
    assert error["in"] == "program"


# What MicroPython does not read by itself; each line must stay on its line.
SAME = """
import numpy as np
from typing import NamedTuple
class P(NamedTuple):
    x: float
    y: list
    def total(self): return self.x + sum(self.y)
def f(a, /, b, *, c: int = 2) -> int: return a + b + c
d = {"z": 1, **{"a": 2}, "m": lambda p, q=1: p + q}
e = {k: v for k, v in zip("zax", range(3), strict=True)}
g = [*d, *range(2), (*e, 1), {*[3]}]
h = *range(3), 4
(s, *t), [u] = (1, 2, 3), [4]
w = np.array([1.0, 2.0]); v = w
v *= 2; v[0] **= 3; v /= 4
n = 7
n //= 2; n %= 2; n |= 4
l = [1]
l *= 2
p = P(1, y=[2, 3])
q = isinstance(3, int | float), isinstance("3", (int | float)), slice(1, 3), dict(b=1, **d)["z"]
r = f"{w[0]:.2f}" "ab" f"{n!r:>4}{d['z']}"
def gen():
    yield from (x * 2 for x in h)
    return 1
def outer():
    k = 1
    def inner():
        nonlocal k
        k *= 5
        return k
    return inner() + k
a, b, c = list(gen()), outer(), [x for x in range(9) if x % 2 if x > 3]
for i in range(3):
    o = i
while o < 9: o += 4
else: o = -o
"""
NAMES = """(
    P(1, [2]).total(), f(1, 2), list(d), list(e.items()), [str(x) for x in g], h, s, t, u, w, v, n,
    l, p.total(), p[0], p._replace(x=5).x, p == (1, [2, 3]), q[0], q[1], q[3], w[q[2]], r, a, b, c,
    i, o,
)""".replace("\n", " ")


def test_what_micropython_does_not_read_runs_all_the_same():
    names = {}
    exec(SAME, names)
    result = run(SAME, cases=[NAMES])
    assert result["error"] is None, result["error"]
    got, want = value(result["values"][0]["value"]), eval(NAMES, names)
    for mine, theirs in zip(got, want, strict=True):
        assert np.array_equal(mine, theirs), (mine, theirs)


COLLECTIONS = """\
from collections import Counter, OrderedDict, deque, namedtuple
import numpy as np
c = Counter("abca")
c["d"] -= 1
q = deque([1, 2, 3], maxlen=2)
q.append(4)
first, last = q.popleft(), q.pop()
try:
    q.popleft()
except IndexError as error:
    empty = str(error)
gone = len(deque((c.update([n]) for n in range(3)), maxlen=0))
a = np.arange(6.0).reshape(6, 1)
shapes = a.squeeze(1).shape, a.squeeze(-1).shape, a.T.squeeze(0).shape, a.squeeze().shape
whole = a.sum(axis=(), keepdims=True).tolist()
scalars = np.isscalar(3), np.isscalar(2.5), np.isscalar(a), np.isscalar([1])
try:
    a.squeeze(0)
except ValueError as error:
    wrong = str(error)
"""
COLLECTED = (
    "(sorted(map(str, c.items())), c['z'], first, last, empty, gone, shapes, whole, scalars, wrong)"
)


def test_what_automatic_differentiation_needs_is_as_in_cpython():
    names = {}
    exec(COLLECTIONS, names)
    result = run(COLLECTIONS, cases=[COLLECTED])
    assert result["error"] is None, result["error"]
    assert value(result["values"][0]["value"]) == eval(COLLECTED, names)


ENDS = [None, *range(-7, 8)]
STEPPED = {
    "t": (1, 2, 3, 4, 5),
    "s": "abcde",
    "b": b"abcde",
    "l": [1, 2, 3, 4, 5],
    "g": range(5),
    "a": np.arange(5),
}


def test_whatever_has_an_order_is_cut_with_any_step():
    parts = [
        slice(a, b, step) for a in ENDS for b in ENDS for step in (-3, -2, -1, 1, 2, 3) if a or b
    ]
    texts = [f"{p.start}:{p.stop}:{p.step}".replace("None", "") for p in parts]
    cases = [f"list({name}[{text}])" for name in STEPPED for text in texts]
    given = "import numpy as np\n" + "\n".join(
        f"{name} = {'np.' if name == 'a' else ''}{whole!r}" for name, whole in STEPPED.items()
    )
    results = run(given + "\n", cases=cases)["values"]
    want = [list(whole[part]) for whole in STEPPED.values() for part in parts]
    assert [value(one["value"]) for one in results] == want


def test_a_slice_with_a_step_stays_what_it_was_cut_from():
    program = (
        "import numpy as np\nh = np.ones((2, 3))\ndef f(x):\n    return x\nd = {'k': [(1, 2)]}\n"
    )
    program += "h[::-1, ::2] += 1\nx = [*d['k'][0][::-1], -h.shape[::-1][0]]\n"
    cases = ["h.shape[::-1]", "f(h.shape[::-1])[::-1]", "'ab' 'cd'[::-1]", "h", "x", "(1, 2)[::-1]"]
    names = {}
    exec(program, names)
    for case, got in zip(cases, run(program, cases=cases)["values"], strict=True):
        want = eval(case, names)
        assert np.array_equal(value(got["value"]), want), case
        assert type(value(got["value"])) is type(want), case


def test_a_zip_that_is_to_be_strict_says_which_is_longer():
    error = error_of("list(zip([1], [1, 2], strict=True))\n")
    assert (error["type"], error["message"]) == (
        "ValueError",
        "zip() argument 2 is longer than argument 1",
    )


def test_a_line_after_what_was_rewritten_keeps_its_number():
    program = "d = {\n    'a': 1,\n    **{},\n}\nx = [\n    *d,\n]\nx *= 2\n1 / 0\n"
    assert error_of(program)["line"] == 9


def test_a_reader_may_give_the_names_that_the_page_uses_itself():
    program = "due = pause = changed = list_of = dict_from = fields_of = np = js = start = 3\n"
    program += "for k in [*range(3), due]:\n    x = {**{}, 'k': k}\n    pause *= 2\n"
    program += "print(x, pause)\n"
    assert run(program)["output"] == "{'k': 3} 48\n"


def test_output_is_bounded_and_the_rest_is_counted():
    result = run("for k in range(3000):\n    print('x' * 9)\n", limits={"output": 500})
    assert len(result["output"]) == 500
    assert result["omitted"] == 30000 - 500


BOMBS = [
    "x = []\nwhile True:\n    x.append(bytearray(1000000))\n",
    "x = [0]\nwhile True:\n    x = x + x\n",
    "def f():\n    x = []\n    while True:\n        x.append([0] * 1000)\nf()\n",
    "import numpy as np\nnp.zeros((100000, 100000))\n",
    "import numpy as np\nx = []\nwhile True:\n    x.append(np.zeros(1000000))\n",
    "x = 'a' * 10**9\n",
]


def test_a_memory_bomb_ends_in_an_error_and_the_next_program_runs():
    runs = [(bomb, {}) for bomb in BOMBS]
    good = ("import numpy as np\nprint(np.eye(2).sum())\n", {})
    for bomb in runs:
        failed, after = run_all([bomb, good])
        assert failed["error"]["type"] == "MemoryError", bomb
        assert after["output"] == "2.0\n", (bomb, after)


def test_a_view_takes_no_memory():
    program = (
        "import numpy as np\ndef f(x):\n    return sum(row[0] for row in x.T for _ in range(9))\n"
    )
    assert run(program + "print(f(np.ones((500, 500))))\n")["output"] == "4500.0\n"


def test_a_long_loop_outside_functions_gives_memory_back():
    program = (
        "import numpy as np\nx = np.zeros((200, 200))\n"
        "for k in range(4000):\n    y = x + k\n    z = y * 2\nprint(k, z[0, 0], y.sum())\n"
    )
    result = run(program)  # makes 2.5 GB in all, may hold 512 MB
    assert result["error"] is None, result["error"]
    assert result["output"] == f"3999 7998.0 {3999 * 40000.0}\n"


def test_repeat_tells_a_value_as_it_goes():
    result = run(
        "w = 8.0\ndef step(w):\n    return w / 2\n",
        repeat={"code": "w = step(w)", "times": 6, "every": 2, "value": "w"},
    )
    assert [(step, said["value"]) for step, said in result["told"]] == [
        (0, 8),
        (2, 2),
        (4, 0.5),
        (6, 0.125),
    ]


def test_a_wrong_step_says_where_in_the_program_it_fails():
    result = run("def step(w):\n    return w / 0\n", repeat={"code": "step(1)", "times": 3})
    assert (result["error"]["type"], result["error"]["line"], result["error"]["in"]) == (
        "ZeroDivisionError",
        2,
        "program",
    )


def test_what_is_given_arrives_as_it_is():
    given = {
        "a": {"shape": [2, 3], "data": [1, 2, 3, 4, 5, 6]},
        "n": {"shape": [2], "data": [1, 0], "dtype": "int64"},
        "k": 3,
        "big": 5e9,
        "small": -2.5e-7,
        "s": 'it\'s\n"so"',
        "t": [True, None, {"b": [1.5]}],
    }
    result = run(
        "x = a @ a.T\n", given=given, cases=["x", "n", "n.dtype.kind", "k, s, t, big, small"]
    )
    x, n, kind, rest = (value(case["value"]) for case in result["values"])
    assert np.array_equal(x, np.array([[14.0, 32], [32, 77]]))
    assert n.dtype.kind == "i"
    assert n.tolist() == [1, 0]
    assert kind == "i"
    assert rest == (3, 'it\'s\n"so"', [True, None, {"b": [1.5]}], 5e9, -2.5e-7)


def test_one_program_does_not_see_the_names_of_another():
    first, second = run_all([("secret = 1\n", {}), ("secret\n", {})])
    assert first["error"] is None
    assert second["error"]["type"] == "NameError"


def test_a_case_that_fails_leaves_the_others():
    result = run(
        "def f(x):\n    return 1 / x\n", cases=["f(2)", "f(0)", {"setup": "x = 4", "code": "f(x)"}]
    )
    good, bad, last = result["values"]
    assert (good["value"]["value"], last["value"]["value"]) == (0.5, 0.25)
    assert (bad["error"]["type"], bad["error"]["line"], bad["error"]["in"]) == (
        "ZeroDivisionError",
        2,
        "program",
    )


RNG = [
    ("rng.normal(size=2000)", 1e-12),
    ("rng.normal(2.0, 0.5, size=(3, 4))", 1e-12),
    ("rng.normal()", 1e-12),
    ("rng.permutation(342)", 0),
    ("rng.integers(10, size=500)", 0),
    ("rng.integers(-3, 2**40, size=50)", 0),
    ("rng.integers(0, 2**32, size=20)", 0),
    ("rng.random(100)", 0),
    ("rng.uniform(-2, 3, size=50)", 1e-15),
    ("rng.permutation(np.arange(12).reshape(4, 3))", 0),
    ("[int(rng.integers(n + 1)) for n in range(200)]", 0),
]
SEEDS = [0, 1, 42, 2**32 - 1, 2**32, 123456789012345678901234567890, 2**200 + 7]


@pytest.fixture(scope="module")
def draws():
    program = "import numpy as np\nrng = np.random.default_rng({})\n"
    cases = [expression for expression, _ in RNG]
    return run_all([(program.format(seed), {"cases": cases}) for seed in SEEDS])


@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_a_seeded_generator_gives_numpys_numbers(draws, number):
    rng = np.random.default_rng(SEEDS[number])
    for (expression, tolerance), case in zip(RNG, draws[number]["values"], strict=True):
        want = np.array(eval(expression, {"rng": rng, "np": np}))
        got = np.array(value(case["value"]))
        assert got.shape == want.shape, expression
        assert np.abs(got - want).max() <= tolerance * max(1, np.abs(want).max()), expression


def test_arrays_are_written_as_numpy_writes_them():
    rng = np.random.default_rng(5)
    made = [
        np.array([1.5, -2.25]),
        np.array([[1.0, 2], [3, 4e10]]),
        np.array([1e-7, 1]),
        np.array([np.nan, 1, np.inf]),
        rng.normal(size=(3, 4)),
        rng.normal(size=30),
        np.arange(12).reshape(3, 4),
        np.array([[True], [False]]),
        np.zeros((0,)),
        np.array(2.5),
        rng.normal(size=(40, 40)),
        np.arange(2000),
        rng.normal(size=(3, 25)),
        np.array([0.1, 0.123456789, 1 / 3]),
        np.array([1e8, 1.0]),
        np.array([-0.0, 0.0]),
        np.array([[1e300, -1e-300]]),
        np.array([123456.789, 0.5]),
        np.array([[-np.inf, 2.0]]),
        rng.normal(size=(2, 3)) * 1e5,
    ]
    given = {
        f"a{k}": {
            "shape": list(a.shape),
            "dtype": a.dtype.name,
            "data": [json_number(v) for v in a.ravel().tolist()],
        }
        for k, a in enumerate(made)
    }
    texts = [f"(str(a{k}), repr(a{k}))" for k in range(len(made))]
    for a, case in zip(made, run("", given=given, cases=texts)["values"], strict=True):
        assert value(case["value"]) == (str(a), repr(a))


def json_number(v):
    return v if np.isfinite(v) else str(v).replace("inf", "Infinity").replace("nan", "NaN")
