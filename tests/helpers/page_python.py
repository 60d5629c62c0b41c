"""The page's engine under Node, for tests: many programs in one process."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from in_node import ask

from nn_widgets.python import bundle

RUNNER = Path(__file__).with_suffix(".mjs")


@cache
def module():
    path = Path(mkdtemp()) / "page_python.mjs"
    path.write_text(bundle.node_module(), encoding="utf-8")
    return path


def run_all(programs):
    """Run `(program, request)` pairs one after the other; return the results."""
    given = {
        "module": str(module()),
        "wasm": str(bundle.MICROPYTHON / "micropython.wasm"),
        "programs": [{"program": program, "request": request} for program, request in programs],
    }
    return ask(RUNNER, given)


def run(program, **request):
    """Run one program."""
    return run_all([(program, request)])[0]


def number(value):
    return float(value) if isinstance(value, str) else value


def value(described):
    """Turn a description back into the value that NumPy would have given."""
    kind = described["type"]
    if kind == "ndarray":
        data = np.array([number(v) for v in described["data"]], dtype=float)
        return data.reshape(described["shape"]).astype(described["dtype"])
    if kind in ("list", "tuple"):
        items = [value(item) for item in described["items"]]
        return items if kind == "list" else tuple(items)
    if kind == "dict":
        parts = [value(item) for item in described["items"]]
        return dict(zip(parts[::2], parts[1::2], strict=True))
    if kind == "None":
        return None
    if kind == "int":
        return int(described["value"])
    if kind == "float":
        return float(number(described["value"]))
    return described.get("value", described.get("text"))


def difference(got, want, tolerance=1e-12):
    """Say where two values differ, or return nothing."""
    if isinstance(want, (list, tuple)):
        if not isinstance(got, (list, tuple)) or len(got) != len(want):
            return f"{got!r} is not {want!r}"
        found = (difference(a, b, tolerance) for a, b in zip(got, want, strict=True))
        return next(filter(None, found), "")
    if isinstance(want, dict):
        if list(got) != list(want):
            return f"keys {list(got)} are not {list(want)}"
        found = ((key, difference(got[key], want[key], tolerance)) for key in want)
        return next((f"{key}: {said}" for key, said in found if said), "")
    if isinstance(want, np.ndarray):
        if not isinstance(got, np.ndarray) or got.shape != want.shape:
            return f"shape {np.shape(got)} is not {want.shape}"
        if got.dtype.kind != want.dtype.kind:
            return f"dtype {got.dtype} is not {want.dtype}"
        far = ~close(got.astype(float), want.astype(float), tolerance)
        return f"{got[far][0]!r} is not {want[far][0]!r}" if far.any() else ""
    if isinstance(want, (float, int, bool, np.generic)):
        want = want.item() if isinstance(want, np.generic) else want
        if type(got) is not type(want):
            return f"{got!r} is not of the type of {want!r}"
        return "" if close(np.float64(got), np.float64(want), tolerance) else f"{got!r} != {want!r}"
    return "" if got == want else f"{got!r} is not {want!r}"


def close(got, want, tolerance):
    with np.errstate(all="ignore"):
        near = np.abs(got - want) <= tolerance * np.maximum(1, np.abs(want))
    return near | (got == want) | (np.isnan(got) & np.isnan(want))
