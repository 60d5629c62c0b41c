"""One question with several sets of numbers, each answer proved."""

import re
import zlib
from typing import NamedTuple

import numpy as np

from nn_widgets.ordering import OrderError, arrange
from nn_widgets.proofs import ProofError, value_of

__all__ = ["COUNT", "Variant", "draw_variants"]

COUNT = 12
BOOLEANS = (bool, np.bool)


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
    except (WrongError, OrderError, ProofError) as error:
        return [], [f"{error}."]
    return [], [f"{unclear}."]


def _draws(source):
    # A word of its own: an expression with a seed, `default_rng(0)`, gives the same every time.
    given = source.get("given", {}).values()
    return any(re.search(r"\brng\b", str(expression)) for expression in given)


def _variant(source, attempt):
    seed = zlib.crc32(f"{source['id']} {attempt}".encode())
    names = _given(source, np.random.default_rng(seed), attempt == 0)
    match source["kind"]:
        case "numeric":
            return _numeric(source, names)
        case "order":
            return Variant(names, [], None, [], arrange(source, names, seed))
        case _:
            return Variant(names, _right(source, names), None, [], [])


def _evaluate(field, expression, names):
    try:
        return value_of(expression, names)
    except ProofError as error:
        raise ProofError(f"field {field}: {error}") from None


def _given(source, rng, first):
    names = {}
    for name, expression in source.get("given", {}).items():
        expression = source.get("first", {}).get(name, expression) if first else expression
        names[name] = _evaluate(f"given {name}", expression, {**names, "rng": rng})
    return names


def _right(source, names):
    field, key = ("statements", "answer") if "statements" in source else ("options", "right")
    entries = source[field]
    stated = [entry.get(key, False) for entry in entries]
    proved = _proved(source, field, names)
    for number, (says, is_so) in enumerate(zip(stated, proved, strict=True), 1):
        says = _evaluate(f"{field} {number} {key}", says, names)
        if not isinstance(says, BOOLEANS) or not isinstance(is_so, BOOLEANS):
            raise WrongError(
                f"field {field} {number} proof: {is_so!r} and {says!r} are no booleans"
            )
        if bool(says) != bool(is_so):
            raise WrongError(f"field {field} {number} {key}: it says {says}, the proof {is_so}")
    right = list(map(bool, proved))
    if field == "options" and not source.get("several") and sum(right) != 1:
        raise WrongError(f"field options: {sum(right)} are right, not one")
    return right


def _proved(source, field, names):
    """Each entry's proof; those without one share the item's list."""
    entries = source[field]
    shared = (
        _evaluate("proof", source["proof"], names) if "proof" in source else [None] * len(entries)
    )
    if not isinstance(shared, (list, tuple, np.ndarray)) or len(shared) != len(entries):
        raise WrongError(f"field proof: it must give {len(entries)} booleans, got {shared!r}")
    return [
        _evaluate(f"{field} {number} proof", entry["proof"], names) if "proof" in entry else given
        for number, (entry, given) in enumerate(zip(entries, shared, strict=True), 1)
    ]


def _numeric(source, names):
    answer, proved = (_number(field, source[field], names) for field in ("answer", "proof"))
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
