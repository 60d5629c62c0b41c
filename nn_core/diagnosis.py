"""Name the mistake in somebody's backpropagation."""

import numpy as np

from nn_core.mistakes import MISTAKES, backprop_with
from nn_core.trials import CASES, Diagnosis, ask, listed, make_case, named


def diagnose(backprop_function):
    """Run a backpropagation on small networks and say what is wrong with it.

    Parameters
    ----------
    backprop_function : callable
        Takes `(layers, trace, y)` and returns a list of `Layer(dW, db)`, as `backprop` does.

    Returns
    -------
    diagnosis : Diagnosis
        Prints as a sentence. `kind` is "right" only if every gradient of every network agrees
        with `backprop`; it is "unknown" if one differs and no known mistake explains all of them.
    """
    cases = [make_case(*case) for case in CASES]
    answers = [ask(backprop_function, case) for case in cases]
    faults = [answer for answer in answers if isinstance(answer, Diagnosis)]
    # An exception may still come from a known mistake: W without its transpose fits only squares.
    for fault in faults:
        if fault.kind != "raises":
            return fault
    if not faults and not any(map(wrong, cases, answers)):
        return Diagnosis("right", (), f"Right: it agrees with backprop on {len(cases)} networks.")
    return known(cases, answers) or (faults[0] if faults else unknown(cases, answers))


def same(a, b):
    """Tell whether two gradients agree in shape and, but for rounding, in value."""
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-7, atol=1e-9 * np.abs(b).max())


def wrong(case, answer):
    """Names of the gradients that differ from the right ones."""
    return [name for name in case.right if not same(answer[name], case.right[name])]


def known(cases, answers):
    """Return the first mistake that explains every answer, or None."""
    for mistake in MISTAKES:
        spoiled = [spoils(mistake, *pair) for pair in zip(cases, answers, strict=True)]
        if None in spoiled or not any(spoiled):
            continue
        case, where = next(pair for pair in zip(cases, spoiled, strict=True) if pair[1])
        seen = "" if case is cases[0] else f" (seen on {case})"
        says = f"{subject(where, case, mistake.says)}{seen}."
        return Diagnosis(mistake.kind, tuple(where), says)
    return None


def spoils(mistake, case, answer):
    """Names of the gradients that the mistake makes wrong, or None if it does not explain them."""
    for at in (None, *range(1, len(case.layers) + 1)):
        try:
            other = named(backprop_with(mistake, case.layers, case.trace, case.y, at))
        except Exception:
            if isinstance(answer, Diagnosis):
                return []  # the function fails where this mistake fails
            continue
        if isinstance(answer, Diagnosis):
            continue
        names = wrong(case, answer)
        if all(same(answer[name], other[name]) for name in names):
            return names
    return None


def subject(where, case, says):
    """Put the gradients in front of what there is to say of them, with the verb that fits."""
    groups = {"Every gradient": "d", "Every dW": "dW", "Every db": "db"}
    for group, start in groups.items():
        if len(where) > 1 and where == [name for name in case.right if name.startswith(start)]:
            return f"{group} {says.format(has='has', is_each='is', **{'is': 'is'})}"
    if len(where) == 1:
        return f"{where[0]} {says.format(has='has', is_each='is', **{'is': 'is'})}"
    return f"{listed(where)} {says.format(has='have', is_each='are each', **{'is': 'are'})}"


def unknown(cases, answers):
    """Say where the worst error is, if no known mistake explains it."""
    case, answer = next(pair for pair in zip(cases, answers, strict=True) if wrong(*pair))
    for name in wrong(case, answer):
        got, want = answer[name], case.right[name]
        if got.shape != want.shape:
            says = f"{name} has shape {got.shape} on {case}: it must have {want.shape}."
            return Diagnosis("wrong shape", (name,), says)
        if not np.isfinite(got).all():
            says = f"{name} is not finite on {case}: it holds {got[~np.isfinite(got)][0]}."
            return Diagnosis("not finite", (name,), says)
    return worst_entry(case, answer)


def worst_entry(case, answer):
    """Point at the entry that is furthest off."""
    errors = {name: np.abs(answer[name] - case.right[name]) for name in case.right}
    name = max(errors, key=lambda name: errors[name].max())
    at = np.unravel_index(errors[name].argmax(), errors[name].shape)
    place = f"{name}[{', '.join(map(str, at))}]"
    says = (
        "Wrong, but no mistake I know explains it: "
        f"the largest error is in {place} of {case}: "
        f"got {answer[name][at]:.4g}, want {case.right[name][at]:.4g}."
    )
    return Diagnosis("unknown", (name,), says)
