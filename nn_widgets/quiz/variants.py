"""One question with several sets of numbers, each answer proved."""

import re
import zlib
from typing import NamedTuple

import numpy as np

from nn_widgets.quiz.kind import DrawError, WrongError, evaluate
from nn_widgets.quiz.kinds import KINDS
from nn_widgets.quiz.proofs import ProofError
from nn_widgets.quiz.quiz_text import fill

__all__ = ["COUNT", "Variant", "draw_variants"]

COUNT = 12


class Variant(NamedTuple):
    """An item with one set of numbers.

    Attributes
    ----------
    names : dict
        What texts may name: the values of `given`, and what the kind adds.
    data : dict
        What the page judges by, as the kind's `solve` returns it.
    """

    names: dict
    data: dict


def draw_variants(source):
    """Variants of an item, no two with the same numbers, and sentences on what is wrong with it.

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
    variants, unclear = {}, "the slips leave no numbers to ask about"
    try:
        for attempt in range(20 * wanted):  # pragma: no mutate (some number of this size)
            try:
                variant = _variant(source, attempt)
                variants.setdefault(_seen(source, variant), variant)
            except DrawError as reason:
                unclear = str(reason)
            if len(variants) == wanted:
                break
    except (WrongError, ProofError) as error:
        return [], [f"{error}."]
    enough = len(variants) >= min(wanted, 2)  # there may be no more that differ
    return (list(variants.values()), []) if enough else ([], [f"{unclear}."])


def _seen(source, variant):
    """The texts of an item with these numbers: what tells one variant from another."""
    return fill("\n".join(_texts(source)), variant.names)


def _texts(part):
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _texts(each)


def _draws(source):
    # A word of its own: an expression with a seed, `default_rng(0)`, gives the same every time.
    given = source.get("given", {}).values()
    return any(re.search(r"\brng\b", str(expression)) for expression in given)


def _variant(source, attempt):
    seed = zlib.crc32(f"{source['id']} {attempt}".encode())
    names = _given(source, np.random.default_rng(seed), attempt == 0)
    kind = KINDS[source["kind"]]
    data = kind.solve(source, names, seed)
    return Variant({**names, **{name: data[name] for name in kind.named}}, data)


def _given(source, rng, first):
    names = {}
    for name, expression in source.get("given", {}).items():
        expression = source.get("first", {}).get(name, expression) if first else expression
        names[name] = evaluate(f"given {name}", expression, {**names, "rng": rng})
    return names
