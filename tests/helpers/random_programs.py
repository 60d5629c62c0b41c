"""Programs made at random, in NumPy's notation: lines that make arrays of others.

What is made knows its shape, so that most lines fit; some are made not to. Values begin as
quarters, which floating point holds exactly: then a comparison, a rounding or a place of the
largest never hangs on the last bit. What has gone through exp and the like is `rough`, and is
not compared or rounded any more.
"""

from typing import NamedTuple

from hypothesis import strategies as st


class Value(NamedTuple):
    name: str
    shape: tuple
    kind: str  # float, int, bool
    rough: bool = False


NUMBERS = {
    "float": lambda random: random.randint(-12, 12) / 4,
    "int": lambda random: random.randint(-4, 4),
    "bool": lambda random: random.random() < 0.5,
}
SIZES = [1, 2, 3, 3, 4]


def literal(random, shape, kind):
    if len(shape) == 2:
        return [literal(random, shape[1:], kind) for _ in range(shape[0])]
    return [NUMBERS[kind](random) for _ in range(shape[0])]


def broadcast(a, b):
    out = []
    for m, n in zip(((1,) * 2 + a)[-2:], ((1,) * 2 + b)[-2:], strict=True):
        if m != n and 1 not in (m, n):
            return None
        out.append(n if m == 1 else m)
    return tuple(out)[2 - max(len(a), len(b)) :]


class Writer:
    """Writes one program, line by line."""

    def __init__(self, random):
        self.random = random
        self.lines = ["import numpy as np"]
        self.values = []

    def pick(self, *choices):
        return self.random.choice(choices)

    def some(self, test=lambda value: True):
        fitting = [value for value in self.values if test(value)]
        return self.random.choice(fitting) if fitting else None

    def name(self):
        return f"v{len(self.values)}"

    def add(self, expression, shape, kind, rough=False):
        """A line that gives a new value; one whose shape is not known is only looked at."""
        name = self.name()
        self.lines.append(f"{name} = {expression}")
        self.values.append(Value(name, shape, kind, rough))

    def array(self):
        n, m = self.random.choices(SIZES, k=2)
        shape = self.pick((n, m), (n, m), (n, m), (n, m), (n,), (n,), (n,), self.pick((0,), (2, 0)))
        kind = self.pick("float", "float", "float", "int", "bool")
        if 0 in shape:
            return self.add(f"np.zeros({shape})", shape, "float")
        return self.add(f"np.array({literal(self.random, shape, kind)})", shape, kind)

    def number(self):
        return repr(NUMBERS[self.pick("float", "int")](self.random))

    def step(self):
        writers = [
            self.arithmetic,
            self.arithmetic,
            self.with_number,
            self.product,
            self.product,
            self.reduce,
            self.reduce,
            self.function,
            self.compare,
            self.view,
            self.view,
            self.fancy,
            self.mask,
            self.assign,
            self.assign,
            self.in_place,
            self.reshape,
            self.where,
            self.join,
            self.made,
            self.loop,
            self.slip,
            self.slip,
            self.like,
            self.text,
            self.chance,
            self.stepped,
            self.python,
        ]
        self.random.choice(writers)()

    def arithmetic(self):
        a = self.some()
        b = self.some(lambda v: broadcast(a.shape, v.shape) is not None)
        if a.shape == () and a.kind == "bool":
            a, b = b, a  # a single truth is Python's own in the page, and comes second
        op = self.pick("+", "-", "*", "/", "+", "-", "*", "**", "//", "%")
        if a.shape == b.shape == ():  # numbers are Python's own in the page
            if "bool" in (a.kind, b.kind):
                return None
            op = self.pick("+", "-", "*")
        if a.kind == b.kind == "bool" and op in ("//", "%"):
            op = "+"  # of two truths NumPy makes int8, and of int8 float16
        exact = op not in ("/", "**") and not (a.rough or b.rough)
        if op in ("//", "%") and (a.rough or b.rough):
            op, exact = "-", False
        kind = "float" if op == "/" or "float" in (a.kind, b.kind) else "int"
        if a.kind == b.kind == "bool" and op in ("+", "*"):
            kind = "bool"
        return self.add(f"{a.name} {op} {b.name}", broadcast(a.shape, b.shape), kind, not exact)

    def with_number(self):
        a, n = self.some(), self.number()
        op = self.pick("+", "-", "*", "/", "**") if a.shape else self.pick("+", "-", "*")
        kind = "float" if "." in n or op == "/" else a.kind if a.kind != "bool" else "int"
        expression = self.pick(f"{a.name} {op} {n}", f"{n} {op} {a.name}").replace("- -", "- (-")
        if "(-" in expression:
            expression += ")"
        if expression.startswith("-") and op == "**":
            expression = f"({n}) ** {a.name}"
        self.add(expression, a.shape, kind, a.rough or op in ("/", "**"))

    def product(self):
        a = self.some(lambda v: len(v.shape) > 0)
        if a is None:
            return None
        b = self.some(lambda v: v.shape and v.shape[0] == a.shape[-1])
        if b is None:
            return self.add(
                f"{a.name} @ {a.name}.T",
                (a.shape[0],) * 2 if len(a.shape) == 2 else (),
                a.kind,
                a.rough,
            )
        kind = (
            "float"
            if "float" in (a.kind, b.kind)
            else "int"
            if "int" in (a.kind, b.kind)
            else "bool"
        )
        expression = self.pick("{} @ {}", "np.dot({}, {})", "{}.dot({})").format(a.name, b.name)
        return self.add(expression, a.shape[:-1] + b.shape[1:], kind, a.rough or b.rough)

    def reduce(self):
        a = self.some(lambda v: v.shape)
        if a is None:
            return None
        name = self.pick(
            "sum", "sum", "mean", "max", "min", "argmax", "argmin", "any", "all", "prod", "std"
        )
        if a.rough and name in ("argmax", "argmin"):
            name = "sum"
        axis = self.pick(None, 0, -1, 1, 2) if len(a.shape) == 2 else self.pick(None, 0, -1, 1)
        keep = self.pick("", "", ", keepdims=True")
        expression = self.pick(
            f"{a.name}.{name}(axis={axis}{keep})", f"np.{name}({a.name}, axis={axis}{keep})"
        )
        if axis is not None and axis >= len(a.shape):
            return self.add(expression, (), "float", True)
        dropped = range(len(a.shape)) if axis is None else [axis % len(a.shape)]
        kept = tuple(1 if k in dropped else n for k, n in enumerate(a.shape))
        shape = kept if keep else tuple(n for k, n in enumerate(a.shape) if k not in dropped)
        kind = {
            "mean": "float",
            "std": "float",
            "any": "bool",
            "all": "bool",
            "max": a.kind,
            "min": a.kind,
            "argmax": "int",
            "argmin": "int",
        }.get(name, "int" if a.kind == "bool" else a.kind)
        return self.add(expression, shape, kind, a.rough or name in ("mean", "std", "prod"))

    def function(self):
        a = self.some(lambda v: v.kind != "bool")  # of a truth, NumPy's functions give float16
        if a is None:
            return None
        name = self.pick(
            "exp", "log", "sqrt", "tanh", "abs", "sign", "isfinite", "square", "floor", "log1p"
        )
        if a.rough and name in ("floor", "sign", "isfinite"):
            name = "tanh"
        kind = {"abs": a.kind, "isfinite": "bool", "sign": a.kind}.get(name, "float")
        return self.add(
            f"np.{name}({a.name})",
            a.shape,
            kind,
            name not in ("abs", "sign", "isfinite", "floor") or a.rough,
        )

    def compare(self):
        a = self.some(lambda v: not v.rough)
        b = self.some(lambda v: not v.rough and a and broadcast(a.shape, v.shape) is not None)
        if a is None or b is None:
            return None
        op = self.pick("<", "<=", ">", ">=", "==", "!=")
        if a.shape == () and b.shape != ():
            a, b = b, a
        return self.add(f"{a.name} {op} {b.name}", broadcast(a.shape, b.shape), "bool")

    def view(self):
        a = self.some(lambda v: v.shape)
        if a is None:
            return None
        parts, shape = [], []
        for size in a.shape:
            kind = self.pick("at", "slice", "slice", "all", "new")
            if kind == "new" and len(a.shape) == 1:
                parts.append("None")
                shape.append(1)
                kind = "all"
            if kind == "at" and size:
                parts.append(str(self.random.randint(-size, size - 1)))
            elif kind == "slice":
                start, stop = (self.pick("", *range(-size - 1, size + 2)) for _ in range(2))
                step = self.pick("", ":2", ":-1", ":")
                parts.append(f"{start}:{stop}{step}")
                shape.append(len(range(size)[slice(*bounds(start, stop, step))]))
            else:
                parts.append(":")
                shape.append(size)
        expression = self.pick(f"{a.name}[{', '.join(parts)}]", f"{a.name}.T", f"{a.name}[...]")
        if expression.endswith(".T"):
            shape = a.shape[::-1]
        elif expression.endswith("[...]"):
            shape = a.shape
        return self.add(expression, tuple(shape), a.kind, a.rough)

    def places(self, size):
        return [self.random.randint(-size, size - 1) for _ in range(self.random.randint(1, 4))]

    def fancy(self):
        a = self.some(lambda v: v.shape and 0 not in v.shape)
        if a is None:
            return None
        rows = self.places(a.shape[0])
        if len(a.shape) == 1:
            return self.add(f"{a.name}[{rows}]", (len(rows),), a.kind, a.rough)
        cols = self.places(a.shape[1])
        which = self.random.randint(0, 3)
        if which == 0:
            return self.add(f"{a.name}[{rows}]", (len(rows), a.shape[1]), a.kind, a.rough)
        if which == 1:
            return self.add(f"{a.name}[:, {cols}]", (a.shape[0], len(cols)), a.kind, a.rough)
        if which == 2:
            rows = (rows * 4)[: len(cols)]
            return self.add(f"{a.name}[{rows}, np.array({cols})]", (len(cols),), a.kind, a.rough)
        return self.add(f"{a.name}[{rows[0]}, {cols}]", (len(cols),), a.kind, a.rough)

    def mask(self):
        a = self.some(lambda v: v.shape and not v.rough)
        if a is None:
            return None
        mask = f"{a.name} {self.pick('>', '<', '==')} {self.number()}"
        if self.pick(True, False):
            return self.add(f"({a.name}[{mask}]).sum()", (), "int" if a.kind == "bool" else a.kind)
        self.lines.append(f"{a.name}[{mask}] = {self.pick('0', '1', '2')}")
        return None

    def assign(self):
        a = self.some(lambda v: v.shape and 0 not in v.shape)
        if a is None:
            return None
        places = [str(self.random.randint(-n, n - 1)) for n in a.shape]
        if len(a.shape) == 2 and self.pick(True, False):
            places[self.pick(0, 1)] = ":"
        b = self.some(lambda v: not v.rough and v.shape in ((), (1,)) and v.kind != "float")
        right = b.name if b and self.pick(True, False) else self.number()
        op = self.pick("=", "=", "+=", "-=", "*=")
        if a.kind == "bool":
            op = "="
        self.lines.append(f"{a.name}[{', '.join(places)}] {op} {right}")
        return None

    def in_place(self):
        a = self.some(lambda v: v.shape)
        b = self.some(lambda v: a and broadcast(a.shape, v.shape) is not None)
        if b is None:
            return None
        op = self.pick("+=", "-=", "*=", "/=")
        self.lines.append(f"{a.name} {op} {b.name}")
        self.values = [
            v._replace(rough=True) if not v.rough and (b.rough or op == "/=") else v
            for v in self.values
        ]
        return None

    def reshape(self):
        a = self.some(lambda v: v.shape and 0 not in v.shape)
        if a is None:
            return None
        size = 1
        for n in a.shape:
            size *= n
        shape = self.pick((size,), (size, 1), (1, size), (-1,), (-1, 1), (-1, 2), (2, -1))
        known = -1
        for n in shape:
            known *= -n if n == -1 else n
        known = abs(known)
        fits = tuple(size // known if n == -1 else n for n in shape)
        name = self.pick(f"reshape({', '.join(map(str, shape))})", f"reshape({shape})")
        if -1 in shape and size % known:
            fits = ()
        expression = self.pick(
            f"{a.name}.{name}", f"{a.name}.{name}", f"{a.name}.ravel()", f"{a.name}.copy()"
        )
        if expression.endswith("ravel()"):
            fits = (size,)
        if expression.endswith("copy()"):
            fits = a.shape
        return self.add(expression, fits, a.kind, a.rough)

    def where(self):
        a = self.some(lambda v: not v.rough)
        b = self.some(lambda v: a and broadcast(a.shape, v.shape) is not None)
        if b is None:
            return None
        shape = broadcast(a.shape, b.shape)
        kind = "float" if "float" in (a.kind, b.kind) else "bool" if a.kind == b.kind else "int"
        if self.pick(True, False):
            return self.add(
                f"np.{self.pick('maximum', 'minimum')}({a.name}, {b.name})", shape, kind, b.rough
            )
        return self.add(f"np.where({a.name} != 0, {a.name}, {b.name})", shape, kind, b.rough)

    def join(self):
        a = self.some(lambda v: v.shape)
        b = self.some(lambda v: a and len(v.shape) == len(a.shape))
        if b is None:
            return None
        name = self.pick("hstack", "vstack", "concatenate")
        axis = 1 if name == "hstack" and len(a.shape) == 2 else 0
        if name == "vstack" and len(a.shape) == 1:
            fits, shape = a.shape == b.shape, (2, *a.shape)
        else:
            fits = all(
                m == n for k, (m, n) in enumerate(zip(a.shape, b.shape, strict=True)) if k != axis
            )
            shape = tuple(
                m + n if k == axis else m
                for k, (m, n) in enumerate(zip(a.shape, b.shape, strict=True))
            )
        kind = (
            "float"
            if "float" in (a.kind, b.kind)
            else "int"
            if "int" in (a.kind, b.kind)
            else "bool"
        )
        return self.add(
            f"np.{name}([{a.name}, {b.name}])", shape if fits else (), kind, a.rough or b.rough
        )

    def made(self):
        n, m = self.random.choices(SIZES, k=2)
        expression, shape, kind = self.pick(
            (f"np.eye({n})", (n, n), "float"),
            (f"np.zeros(({n}, {m}))", (n, m), "float"),
            (f"np.ones({n})", (n,), "float"),
            (f"np.full(({n}, {m}), 2)", (n, m), "int"),
            (f"np.arange({n})", (n,), "int"),
            (f"np.arange(1, {n + 2}, 2)", ((n + 2) // 2,), "int"),
            (f"np.linspace(-1, 1, {2**n + 1})", (2**n + 1,), "float"),
            (f"np.arange({n * m}).reshape({n}, {m})", (n, m), "int"),
            (f"np.outer(np.arange({n}), np.ones({m}))", (n, m), "float"),
            (f"np.diag(np.arange({n}))", (n, n), "int"),
        )
        self.add(expression, shape, kind)

    def like(self):
        a = self.some()
        b = self.some(lambda v: v.shape == a.shape)
        expression, kind, shape = self.pick(
            (f"np.zeros_like({a.name})", a.kind, a.shape),
            (f"np.ones_like({a.name})", a.kind, a.shape),
            (f"np.allclose({a.name}, {b.name})", "bool", ()),
            (f"np.array_equal({a.name}, {b.name})", "bool", ()),
            (f"np.clip({a.name}, -1, 1)", a.kind if a.kind != "bool" else "int", a.shape),
            (f"-np.array({a.name}, dtype=float)", "float", a.shape),
            (f"np.array({a.name}).size", "int", ()),
            (f"np.shape({a.name})[0:1] == (3,)", "bool", ()),
        )
        if a.rough and expression.startswith(("np.allclose", "np.array_equal")):
            return None
        return self.add(expression, shape, kind, a.rough)

    def loop(self):
        a = self.some(lambda v: v.shape and v.kind == "float")
        if a is None:
            return None
        name = self.name()
        self.lines += [
            f"{name} = 0.0",
            f"for k, part in enumerate({a.name}):",
            f"    {name} += (k + 1) * {'part.sum()' if len(a.shape) == 2 else 'part'}",
        ]
        self.values.append(Value(name, (), "float", a.rough))
        return None

    def text(self):
        a = self.some(lambda v: v.shape and not v.rough)
        if a is not None:
            self.lines.append(f"print({a.name})")

    def chance(self):
        seed, (n, m) = self.random.randint(0, 2**40), self.random.choices(SIZES, k=2)
        self.lines.append(f"rng = np.random.default_rng({seed})")
        expression, shape, kind = self.pick(
            (f"rng.normal(size=({n}, {m}))", (n, m), "float"),
            (f"rng.permutation({n})", (n,), "int"),
            (f"rng.integers({m}, size={n})", (n,), "int"),
            ("rng.normal()", (), "float"),
        )
        self.add(expression, shape, kind, kind == "float")

    def slice(self, size):
        """A slice, mostly with a step, in and out of what it cuts."""
        start, stop = (self.pick("", *range(-size - 2, size + 3)) for _ in range(2))
        return f"{start}:{stop}:{self.pick('', -3, -2, -1, -1, 1, 2, 3)}"

    def stepped(self):
        """A line that cuts what is Python's own: a tuple, a text, a list, a shape."""
        a = self.some()
        part, n = self.slice(2), self.random.randint(0, 6)
        self.lines.append(
            self.pick(
                f"s = np.shape({a.name})[{part}]",
                f"s = np.array({a.name}).shape[{part}], len(np.array({a.name}).shape[{part}])",
                f"s = np.zeros(np.array({a.name}).shape[::-1]).shape[{part}]",
                f"s = tuple(range({n}))[{self.slice(n)}]",
                f"s = ({n}, 'a', 2.5, None)[{self.slice(4)}][{self.slice(3)}]",
                f"s = 'gradient'[{self.slice(8)}] + str({n})",
                f"s = list(range({n}))[{self.slice(n)}]",
                f"s = [*range({n})][{self.slice(n)}][{self.slice(n)}]",
                f"s = {{'{n}': (1, 2, 3)}}['{n}'][{self.slice(3)}]",
                f"q = np.ones(({n}, 3))\nq[{self.slice(n)}] *= 2.5",
                f"q = np.ones((3, {n}))\nq[:, {self.slice(n)}] -= 1",
                f"for s in (1, 2, 3, 4)[{self.slice(4)}]:\n    print(s)",
                f"s = [k for k in (1, 2, 3, 4)[{self.slice(4)}] if k > 1]",
            )
        )

    def python(self):
        """A line of the kind that readers write around their arrays."""
        a, n = self.some(lambda v: v.shape and not v.rough and v.kind != "bool"), self.pick(1, 2, 3)
        if a is None:
            return
        self.lines.append(
            self.pick(
                f"s = [np.sum(row) for row in {a.name}]",
                f"s = sum(part[0] - {n} for part in np.array({a.name}).reshape(-1, 1))",
                f"s = list(zip({a.name}.shape, [*range({n})]))",
                f"s = {{k: len({a.name}) * k for k in range({n})}}",
                f"s = {a.name}.tolist()",
                f"s = {a.name}.ravel().tolist()[{self.slice(4)}]",
                f"s = sorted({a.name}.ravel().tolist(), reverse=True)[:{n}]",
                f"s = max({a.name}.ravel().tolist() + [0])",
                f"s = {a.name}.ndim, {a.name}.size, {a.name}.shape, len({a.name}.T)",
                f"s = np.abs({a.name}).max(initial=0) if {a.name}.size > 99 else {n}",
                f"s = {a.name}.reshape(-1)[:{n}].astype(int)",
                f"s = ({a.name} * {n}).T.copy()",
                f"s = {a.name}[..., None].shape if {a.name}.ndim == 1 else {a.name}[None, 0].shape",
                f"s = np.stack([np.ones({n}), np.arange({n})], axis=1) @ np.ones((2, {n}))",
                f"s = np.tile(np.arange({n}), 2), np.repeat(np.arange({n}), 2)",
                f"s = np.cumsum(np.arange({n})), np.diff(np.arange({n}) ** 2)",
                f"s = np.linalg.norm(np.arange({n} + 1.0))",
                f"s = np.expand_dims(np.arange({n}), 1), np.squeeze(np.ones(({n}, 1)))",
                f"s = any(v > {n} for v in {a.name}.ravel()), all(v < 9 for v in {a.name}.ravel())",
                f"f = lambda x, k={n}: x[::-1] * k\ns = f({a.name})",
                f"def f(x, *more, k={n}):\n    return x * k + sum(more)\ns = f({a.name}, 1, 2)",
                f"s = np.array([{a.name}.sum(), {n}])[::-1]",
                f"x, *rest = {a.name}.shape\ns = x, rest",
                f"s = f'{{{a.name}.sum():.6f}}|{{{n}:>4}}|{{len({a.name})!r}}'",
                f"s = '{{}} and {{:.1f}}'.format({n}, {n} / 3)",
                f"s = np.all(np.isclose({a.name}, {a.name} + 1e-12))",
                f"s = np.where({a.name} > 0)[0]",
                f"s = np.argsort({a.name}.ravel()[:1]), np.sort({a.name}.ravel())",
                f"s = {a.name}.sum(axis=(0,))",
                f"s = {a.name}.sum(axis=tuple(range({a.name}.ndim)))",
                f"s = np.max({a.name}, axis=0, keepdims=True) - {a.name}",
                f"s = ({a.name} > {n}).sum(), ({a.name} == {n}).mean()",
                f"s = ({a.name} > 0) & ({a.name} < {n}), ~({a.name} > {n})",
                f"s = np.zeros({a.name}.shape[0]) + {n}",
                f"s = [(i, j) for i in range({n}) for j in range(i)]",
                f"s = {n} if {a.name}.any() else None",
                f"s = divmod({n} * 7, 3), abs(-{n}), round({n} / 7, 2), pow({n}, 3)",
                f"s = 'shape {{}}'.format({a.name}.shape)",
                f"s = np.round({a.name}.sum(axis=0), 1)",
                f"s = np.eye({n})[::-1, ::-1], np.eye({n})[::-1].T",
            )
        )

    def slip(self):
        """A line that a reader gets wrong, mostly."""
        a, b = self.some(), self.some()
        n = self.random.randint(3, 9)
        self.lines.append(
            self.pick(
                f"s = {a.name} @ {b.name}",
                f"s = {a.name} + {b.name}",
                f"s = {b.name} - {a.name}",
                f"s = np.array({a.name})[{n}]",
                f"s = np.array({a.name})[{n - 5}, 0]",
                f"s = np.array({a.name})[:, {n}]",
                f"s = np.array({a.name})[0, 0, 0]",
                f"np.array({a.name})[0] = {b.name}",
                f"s = np.array({a.name}).reshape({n}, 2)",
                f"s = np.ones({n}) + None",
                f"s = {a.name} @ 2",
                f"s = np.array({a.name})[1.0]",
                "s = np.array([[1, 2], [3]])",
                f"s = not_there * {a.name}",
                f"s = len(np.array({a.name}))",
                f"s = 1 if np.array({a.name}) > 0 else 2",
                f"s = np.array({a.name}).sum(axis={n})",
                f"s = np.argmax(np.zeros(0) * np.sum({a.name}))",
                f"s = np.nothing({a.name})",
                f"s = np.array({a.name}).nothing",
                f"x, y = np.array({a.name})",
                f"s = list(np.array({a.name}))[{n}]",
                f"s = int('{a.name}')",
                f"s = {{}}['{a.name}']",
                f"s = np.zeros(-{n})",
                f"s = np.array({a.name})[np.array([0.5])]",
                f"s = np.hstack([{a.name}, {b.name}])",
                f"s = np.ones({n})[np.ones({n - 1}) > 0]",
                f"s = 1 // (len('{a.name}') - {len(a.name)})",
                f"s = np.eye(2)(0, 1) + {a.name}",
                "s = 'a' + 1",
                "assert 1 == 2",
                f"i = np.arange({n}); i += 0.5",
                f"i = np.arange({n}); i -= {a.name}",
                f"q = np.ones({n}); q += {b.name}",
                f"q = np.ones({n})\nq[1:] = {b.name}",
                f"q = np.arange({n})\nq[0] = 2.75\ns = q",
            )
        )


def bounds(start, stop, step):
    return (
        None if start == "" else start,
        None if stop == "" else stop,
        {"": None, ":": None, ":2": 2, ":-1": -1}[step],
    )


def written(random):
    """Write one program."""
    writer = Writer(random)
    for _ in range(random.randint(1, 3)):
        writer.array()
    for _ in range(random.randint(2, 9)):
        writer.step()
    return "\n".join(writer.lines) + "\n"


programs = st.randoms(use_true_random=True).map(written)
