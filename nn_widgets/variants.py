"""One question with several sets of numbers, each answer proved."""

import itertools
import random
import zlib
from typing import NamedTuple

import numpy as np

from nn_widgets.proofs import ProofError, value_of

__all__ = ["COUNT", "Variant", "draw_variants"]

COUNT = 12
PERMUTED = 7  # more lines have too many orders to list


class Variant(NamedTuple):
    """An item with one set of numbers.

    Attributes
    ----------
    names : dict
        The values of `given`, and `answer` for numeric items.
    right : list of bool
        For each statement whether it is true, for each option whether it is right.
    answer : float or None
    slips : list of float
    shuffled : list of int
        The places of the lines as the page first shows them.
    """

    names: dict
    right: list
    answer: float | None
    slips: list
    shuffled: list


class WrongError(ValueError):
    """An answer that its proof does not bear out; the message names the field."""


class DrawError(ValueError):
    """Numbers with which a slip is as good as the answer: draw others."""


def draw_variants(source):
    """Variants of an item and the sentences on what is wrong with it.

    Parameters
    ----------
    source : dict
        An item that fits the schema.

    Returns
    -------
    variants : list of Variant
    problems : list of str
    """
    wanted = COUNT if _draws(source) else 1
    variants, unclear = [], "the slips leave no numbers to ask about"
    try:
        for attempt in range(20 * wanted):
            try:
                variants.append(_variant(source, attempt))
            except DrawError as reason:
                unclear = str(reason)
            if len(variants) == wanted:
                return variants, []
    except (WrongError, ProofError) as error:
        return [], [f"{error}."]
    return [], [f"{unclear}."]


def _draws(source):
    return any("rng" in str(expression) for expression in source.get("given", {}).values())


def _variant(source, attempt):
    seed = zlib.crc32(f"{source['id']} {attempt}".encode())
    names = _given(source, np.random.default_rng(seed))
    proof = _evaluate("proof", source["proof"], names)
    match source["kind"]:
        case "numeric":
            return _numeric(source, names, proof)
        case "order":
            return Variant(names, [], None, [], _order(source, proof, seed))
        case _:
            return Variant(names, _right(source, proof), None, [], [])


def _evaluate(field, expression, names):
    try:
        return value_of(expression, names)
    except ProofError as error:
        raise ProofError(f"field {field}: {error}") from None


def _given(source, rng):
    names = {}
    for name, expression in source.get("given", {}).items():
        names[name] = _evaluate(f"given {name}", expression, {**names, "rng": rng})
    return names


def _right(source, proof):
    field, key = ("statements", "answer") if "statements" in source else ("options", "right")
    stated = [entry[key] for entry in source[field]]
    proved = list(proof) if isinstance(proof, (list, tuple, np.ndarray)) else [proof]
    if len(proved) != len(stated) or not all(isinstance(v, (bool, np.bool)) for v in proved):
        raise WrongError(f"field proof: it must give {len(stated)} booleans, got {proof!r}")
    for number, (says, is_so) in enumerate(zip(stated, map(bool, proved), strict=True), 1):
        if says not in ("varies", is_so):
            raise WrongError(f"field {field} {number} {key}: it says {says}, the proof {is_so}")
    if field == "options" and not source.get("several") and sum(map(bool, proved)) != 1:
        raise WrongError(f"field proof: {sum(map(bool, proved))} options are right, not one")
    return list(map(bool, proved))


def _numeric(source, names, proof):
    answer, proved = (
        _number(field, value, names)
        for field, value in (("answer", source["answer"]), ("proof", proof))
    )
    if not np.isclose(answer, proved, rtol=1e-9, atol=1e-12):
        raise WrongError(f"field answer: it says {answer:.6g}, the proof {proved:.6g}")
    slips = []
    for number, slip in enumerate(source.get("slips", []), 1):
        value = _number(f"slips {number} value", slip["value"], names)
        if abs(value - answer) <= 2 * source["tolerance"]:
            raise DrawError(f"field slips {number} value: {value:.6g} is as good as the answer")
        slips.append(value)
    return Variant({**names, "answer": answer}, [], answer, slips, [])


def _number(field, expression, names):
    value = _evaluate(field, expression, names)
    try:
        number = float(np.asarray(value).item())
    except (TypeError, ValueError):
        number = np.nan
    if not np.isfinite(number):
        raise WrongError(f"field {field}: it must be one finite number, got {value!r}")
    return number


def _order(source, proof, seed):
    keys = [line["key"] for line in source["lines"]]
    pairs = source.get("before") or list(itertools.pairwise(keys))
    orders = [list(order) for order in proof] if _is_nested(proof) else [list(proof)]
    for order in [keys, *orders]:
        if sorted(order) != sorted(keys) or _breaks(order, pairs):
            raise WrongError(f"field lines: {order} is no order that lines and proof allow")
    if not _is_nested(proof) and "before" not in source and orders[0] != keys:
        raise WrongError(f"field lines: the proof gives {orders[0]}")
    if _is_nested(proof) and len(keys) <= PERMUTED:
        _same_orders(keys, pairs, orders)
    return _shuffled(keys, pairs, seed)


def _is_nested(proof):
    return len(proof) > 0 and not isinstance(proof[0], str)


def _breaks(order, pairs):
    return any(order.index(first) > order.index(second) for first, second in pairs)


def _same_orders(keys, pairs, orders):
    allowed = {order for order in itertools.permutations(keys) if not _breaks(order, pairs)}
    if allowed != set(map(tuple, orders)):
        raise WrongError(
            f"field before: it allows {len(allowed)} orders, the proof {len(orders)} or others"
        )


def _shuffled(keys, pairs, seed):
    places, shuffle = list(range(len(keys))), random.Random(seed).shuffle
    for _ in range(100):
        shuffle(places)
        if _breaks([keys[place] for place in places], pairs):
            return places
    raise WrongError("field before: every order is right, so there is nothing to ask")
