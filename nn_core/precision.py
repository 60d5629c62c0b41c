"""Verdicts on gradients that are right, or right as far as they go."""

import numpy as np

from nn_core.comparison import COARSE, FORMULA, HALF, SINGLE
from nn_core.trials import Diagnosis


def agrees(trials):
    """Return the verdict "right", or "precision" where precision is all that differs."""
    if any(trial.fault for trial in trials):
        return None
    error = max(max(trial.errors.values()) for trial in trials)
    count = f"{len(trials)} networks"
    if error <= FORMULA:
        return Diagnosis("right", (), f"Right: it agrees with backprop on {count}.")
    if how := rounded(trials):
        says = f"It agrees with backprop on {count} as far as it goes: it is rounded to {how}."
    elif not any(trial.wrong for trial in trials):
        says = f"It agrees with backprop to {digits(error)} digits on {count}{limit(trials, error)}"
    else:
        return None
    return Diagnosis("precision", (), says)


def exact(trial):
    """Tell whether every gradient agrees as formulas agree."""
    return max(trial.errors.values()) <= FORMULA


def digits(error):
    """Count the digits that agree."""
    return int(-np.log10(error))


def limit(trials, error):
    """Say what limits the digits that agree."""
    if any(trial.grain == HALF for trial in trials):
        return ": it is computed in half precision."
    if any(trial.grain == SINGLE for trial in trials):
        return ": it is computed in single precision."
    far = "differences" if digits(error) >= 8 else "differences or single precision"
    return f", which is as far as {far} go; a formula agrees to 12 or more."


def rounded(trials):
    """Say to how many digits all answers are rounded, or return None."""
    for count in range(2, 11):
        ways = {
            f"{count} digits after the point": lambda want: 10.0**-count,  # noqa: B023
            f"{count} digits": lambda want: 10.0 ** (np.floor(np.log10(abs(want))) + 1 - count),  # noqa: B023
        }
        for way, step in ways.items():
            if all(is_rounded(trial, name, step) for trial in trials for name in trial.answer):
                return way
    return None


def is_rounded(trial, name, step):
    """Tell whether a gradient is the right one, rounded to whole steps, if not exact."""
    got, want = trial.answer[name], trial.case.right[name]
    if trial.errors[name] <= FORMULA:
        return True
    if got.shape != want.shape or not np.isfinite(got).all():
        return False
    unit = np.broadcast_to(step(np.where(want == 0, 1, want)), want.shape)
    whole = np.abs(got / unit - np.rint(got / unit)) < 1e-4
    return bool((whole & (np.abs(got - want) <= 0.51 * unit)).all())


def nearly(trials):
    """Return a verdict on what agrees to a few digits and has no known mistake."""
    if any(trial.fault for trial in trials):
        return None
    error = max(max(trial.errors.values()) for trial in trials)
    if error > COARSE:
        return None
    says = (
        f"It agrees with backprop to {digits(error)} digits on {len(trials)} networks, no "
        "further: as a difference with a coarse step does, or a formula with something small added."
    )
    return Diagnosis("precision", (), says)
