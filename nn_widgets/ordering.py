"""Items to put in order: what `after` allows, what the proof says, where the page starts."""

import itertools
import random

from nn_widgets.proofs import ProofError, evaluate

__all__ = ["OrderError", "arrange", "needs"]

PERMUTED = 6  # up to here every order is asked of the proof, beyond it a sample
SAMPLE = 200


class OrderError(ValueError):
    """Parts that the proof wants otherwise; the message names the field."""


def needs(source):
    """For each part's id the ids that must stand before it."""
    parts = source["parts"]
    if any("after" in part for part in parts):
        return {part["id"]: list(part.get("after", [])) for part in parts}
    ids = [part["id"] for part in parts]
    return {
        second: [first] if first else [] for first, second in zip([None, *ids], ids, strict=False)
    }


def arrange(source, names, seed):
    """Check the order against its proof and return the places as the page first shows them.

    Raises
    ------
    OrderError
        If the listed order is wrong, or `after` allows what the proof does not, or less.
    """
    ids, wanted = [part["id"] for part in source["parts"]], needs(source)
    if not _fits(ids, wanted):
        raise OrderError("field parts: they are not listed in an order that after allows")
    value = _try(source["proof"], {**names, "order": ids})
    if isinstance(value, ProofError):
        raise ProofError(f"field proof: {value}")
    if isinstance(value, list):
        _check_derived(value, wanted)
    else:
        _check_each(source["proof"], names, wanted, _candidates(ids, seed))
    return _shuffled(ids, wanted, seed)


def _check_derived(order, wanted):
    """Check an order that the proof derived."""
    if sorted(map(str, order)) != sorted(wanted) or not _fits(order, wanted):
        raise OrderError(f"field parts: the proof gives {order}")


def _check_each(proof, names, wanted, orders):
    """Check that the proof and `after` call the same orders right."""
    for order in orders:
        says = _try(proof, {**names, "order": list(order)}) is True
        if says != _fits(order, wanted):
            verdict = "right" if says else "wrong"
            raise OrderError(f"field parts: the proof finds {', '.join(order)} {verdict}")


def _try(proof, names):
    try:
        value = evaluate(proof, names)
    except ProofError as error:  # an order in which a step lacks what it needs is a wrong one
        return error
    return bool(value) if type(value).__name__ == "bool" else value


def _candidates(ids, seed):
    if len(ids) <= PERMUTED:
        return map(list, itertools.permutations(ids))
    rng = random.Random(seed)
    swapped = [[*ids[:i], ids[i + 1], ids[i], *ids[i + 2 :]] for i in range(len(ids) - 1)]
    return [ids, *swapped, *(rng.sample(ids, len(ids)) for _ in range(SAMPLE))]


def _fits(order, wanted):
    return all(order.index(first) < order.index(key) for key in order for first in wanted[key])


def _shuffled(ids, wanted, seed):
    places, shuffle = list(range(len(ids))), random.Random(seed).shuffle
    for _ in range(100):
        shuffle(places)
        if not _fits([ids[place] for place in places], wanted):
            return places
    raise OrderError("field parts: every order is right, so there is nothing to ask")
