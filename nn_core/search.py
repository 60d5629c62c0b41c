"""Search for known mistakes that explain somebody's gradients.

All dW are explained, and all db, each by the same few mistakes made in the same place of every
network: what is explained so is foretold, entry by entry, on networks of every shape.
"""

from functools import cache
from itertools import combinations, islice, product

import numpy as np

from nn_core.explanation import PLACES, Explanation, laid
from nn_core.mistakes import MISTAKES, backwards_with, exclude, pass_with
from nn_core.trials import named

# Rules that work in the output layer only, and in every layer; dh and dz are the hidden ones'.
AT_OUTPUT, IN_EACH = {"dz_output", "output_factor"}, {"dW", "db", "factor", "form"}
# Where each of two mistakes may be made. Where time is short, in all layers is enough.
TWICE = PLACES[:4]


def explanations(trials, twice=True):
    """Yield what explains all gradients, and all errors, the simplest first."""
    answered = sorted((t for t in trials if not t.fault), key=lambda trial: not trial.wrong)
    refused = [trial for trial in trials if trial.fault]
    if answered and answered[0].wrong:
        found = candidates(answered, twice)
        yield from (one for one in found if all(map(one.refused, refused)))


def explains(found, trial):
    """Tell whether an explanation holds on another network, too."""
    if trial.fault:
        return found.refused(trial)
    return all(gives(changes, trial, kind, found.c) for kind, changes in found.parts.items())


def candidates(trials, twice):
    """Yield what explains all gradients, the simplest first; by two mistakes at once if asked."""
    right = {kind: not any(kind == n[:2] for t in trials for n in t.wrong) for kind in ("dW", "db")}
    singles = ones(trials, [kind for kind in right if not right[kind]])
    for change, c in singles["dW"]:
        if (change, c) in singles["db"]:
            yield Explanation([change], [change], c)
    for change, c in singles["dW"] if right["db"] else ():
        yield Explanation([change], [], c)
    for change, c in singles["db"] if right["dW"] else ():
        yield Explanation([], [change], c)
    for lead, other in (("dW", "db"), ("db", "dW")):
        if twice and not right[lead]:
            yield from twos(trials, lead, other)
    for (one, c), (other, d) in product(singles["dW"], singles["db"]):
        if c == d == 1:
            yield Explanation([one], [other])


def ones(trials, kinds):
    """List for each kind single changes that explain it all, and the number left open."""
    first, *_ = trials
    found, fits_late = {"dW": [], "db": []}, {kind: last_layers(first, kind) for kind in kinds}
    for place, mistake in product(PLACES, MISTAKES):
        change = (mistake, place)
        ends = None if mistake.free else late((change,), len(first.stack))
        c = fitted(change, first) if mistake.free else 1
        if c is None:
            continue
        for kind in kinds:
            if fits_late[kind](ends) and all(gives([change], t, kind, c) for t in trials):
                found[kind].append((change, c))
    return found


def twos(trials, lead, other):
    """Yield explanations of one kind of gradient by two mistakes, of the other by some of them."""
    fit = last_layers(trials[0], lead)
    for both, ends in doubles(len(trials[0].stack)):
        if fit(ends) and all(gives(both, trial, lead) for trial in trials):
            for part in (both, both[:1], both[1:], []):
                if all(gives(part, trial, other) for trial in trials):
                    yield Explanation(**{lead: both, other: part})


@cache
def doubles(last):
    """List two mistakes in all their places, and what they change in the last layers of so many."""
    able = [mistake for mistake in MISTAKES if not mistake.free]
    pairs = [pair for pair in combinations(able, 2) if not exclude(*pair)]
    places = sorted(product(TWICE, repeat=2), key=lambda two: sum(p != PLACES[0] for p in two))
    made = (tuple(zip(pair, two, strict=True)) for two in places for pair in pairs)
    return [(both, late(both, last)) for both in made if all(differs(*one) for one in both)]


def late(changes, last):
    """Return the mistakes in the last layer and the one before; None if they reorder the list."""
    if any("order" in mistake.rules for mistake, _ in changes):
        return None
    layers = [(mistake, place(last)) for mistake, place in changes]
    made = [tuple(m for m, at in layers if at is None or n in at) for n in (last, last - 1)]
    made[0] = tuple(m for m in made[0] if m.rules.keys() & (AT_OUTPUT | IN_EACH))
    return made


def differs(mistake, place):
    """Tell whether a mistake in this place is not the same as in all layers, or none."""
    everywhere, hidden, output, *_ = PLACES
    if place == everywhere:
        return True
    if mistake.rules.keys() & (AT_OUTPUT | {"order"}):
        return False
    return mistake.rules.keys() <= IN_EACH or place not in (hidden, output)


def last_layers(trial, kind):
    """Return a quick first test: whether mistakes give the gradients of the last layers."""
    last = len(trial.stack)

    @cache
    def fit(*made):
        changes = [(mistake, [last - i]) for i, some in enumerate(made) for mistake in some]
        try:
            parts = list(islice(backwards_with(changes, trial.stack), len(made)))
        except Exception:
            return False
        return all(trial.fits(f"{kind}{n}", dW if kind == "dW" else db) for n, dW, db in parts)

    return lambda ends: ends is None or (fit(ends[0]) and fit(*ends))


def gives(changes, trial, kind, c=1):
    """Tell whether mistakes give all gradients of a kind that a function gives."""
    laid_out = laid(changes, trial)
    try:
        if any("order" in mistake.rules for mistake, _ in changes):
            pairs = enumerate(pass_with(laid_out, trial.stack, c), start=1)
            parts = ((n, *pair) for n, pair in pairs)
        else:
            parts = backwards_with(laid_out, trial.stack, c)
        return all(trial.fits(f"{kind}{n}", dW if kind == "dW" else db) for n, dW, db in parts)
    except Exception:  # NumPy refuses what the function does not
        return False


def fitted(change, trial):
    """Find the number that a mistake leaves open: the first wrong gradient is linear in it."""
    low, high = (named(pass_with(laid([change], trial), trial.stack, c)) for c in (0, 1))
    name = trial.wrong[0]
    got, start, slope = trial.answer[name], low[name], high[name] - low[name]
    if got.shape != start.shape or not slope.any() or not np.isfinite(got).all():
        return None
    return float(((got - start) * slope).sum() / (slope**2).sum())
