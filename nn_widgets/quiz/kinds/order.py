"""Parts to put in order: what `after` allows, what the proof says, where the page starts."""

import itertools
import random
from html import escape
from typing import ClassVar

from nn_widgets.quiz.kind import EXPRESSION, Kind, WrongError, entries
from nn_widgets.quiz.proofs import ProofError, evaluate
from nn_widgets.quiz.question import code_html, entry_html

PERMUTED = 6  # up to here every order is asked of the proof, beyond it a sample
SAMPLE = 200  # pragma: no mutate (some number of this size)
ID = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}


class Order(Kind):
    """The reader moves the parts, which may be lines of code."""

    field, distinct = "parts", "id"
    schema: ClassVar = {
        "required": ["parts", "proof"],
        "properties": {
            "code": {
                "type": "boolean",
                "description": "Whether the parts are Python, shown as they are, with indents.",
            },
            "proof": {
                **EXPRESSION,
                "description": "The ids in a right order, or whether the ids in `order` stand in "
                "a right one.",
            },
            "parts": {
                **entries(
                    3,
                    ["id"],
                    id=ID,
                    after={
                        "type": "array",
                        "items": ID,
                        "description": "The parts that must stand before. Without any `after` in "
                        "the item each part follows the one above.",
                    },
                ),
                "description": "In a right order; the page shuffles them.",
            },
        },
    }

    def hint(self, source):
        """Say what to do."""
        return "Put these in order."

    def verbatim(self, source, path):
        """Whether it is a line of code."""
        return bool(source.get("code")) and path[0] == "parts" and path[-1] == "text"

    def faults(self, source):
        """Add the parts that are named and are not there."""
        yield from super().faults(source)
        known = {part["id"] for part in source["parts"]}
        for n, part in enumerate(source["parts"], 1):
            for wanted in sorted(set(part.get("after", [])) - known):
                yield f"field parts {n} after: no part has the id {wanted}"

    def solve(self, source, names, seed):
        """Return what each part needs before it, and the places as the page first shows them."""
        wanted = needs(source)
        return {"after": wanted, "shuffled": arrange(source, wanted, names, seed)}

    def body(self, question):
        """Yield the parts as a list, in the order in which the page first shows them."""
        css_class = "nn-parts nn-code" if question.source.get("code") else "nn-parts"
        yield f'<ol class="{css_class}">'
        for n, part in _shown(question):
            yield (
                f'<li class="nn-entry" data-part="{escape(part["id"])}">{_part(question, n)}'
                f"{question.reason(n, part['reason'])}</li>"
            )
        yield "</ol>"

    def key(self, question):
        """Yield the parts, numbered in a right order."""
        for n, part in enumerate(question.source["parts"]):
            yield entry_html(question, f"{n + 1}.", _part(question, n), part)

    def lines(self, question):
        """Yield the parts as the page first shows them."""
        code = question.source.get("code")
        for _, part in _shown(question):
            text = part["text"]
            yield code_html(question.fill(text)) if code else question.line(text)


def _shown(question):
    """Yield (number, part) in the order in which the page first shows them."""
    numbered = {part["id"]: (n, part) for n, part in enumerate(question.source["parts"])}
    yield from (numbered[key] for key in question.data["shuffled"])


def _part(question, n):
    text = question.source["parts"][n]["text"]
    if question.source.get("code"):
        return question.code(f"text-{n}", text)
    return question.slot(f"text-{n}", text, "span")


def needs(source):
    """For each part's id the ids that must stand before it."""
    parts = source["parts"]
    if any("after" in part for part in parts):
        return {part["id"]: list(part.get("after", [])) for part in parts}
    ids = [part["id"] for part in parts]
    return {
        second: [first] if first else [] for first, second in zip([None, *ids], ids, strict=False)
    }


def arrange(source, wanted, names, seed):
    """Check the order against its proof and return the ids as the page first shows them.

    Raises
    ------
    WrongError
        If the listed order is wrong, or `after` allows what the proof does not, or less.
    """
    ids = [part["id"] for part in source["parts"]]
    if not _fits(ids, wanted):
        raise WrongError("field parts: they are not listed in an order that after allows")
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
        raise WrongError(f"field parts: the proof gives {order}")


def _check_each(proof, names, wanted, orders):
    """Check that the proof and `after` call the same orders right."""
    for order in orders:
        says = _try(proof, {**names, "order": list(order)}) is True
        if says != _fits(order, wanted):
            verdict = "right" if says else "wrong"
            raise WrongError(f"field parts: the proof finds {', '.join(order)} {verdict}")


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
    shuffled, shuffle = list(ids), random.Random(seed).shuffle
    for _ in range(100):  # pragma: no mutate (some number of this size)
        shuffle(shuffled)
        if not _fits(shuffled, wanted):
            return shuffled
    raise WrongError("field parts: every order is right, so there is nothing to ask")


KIND = Order
