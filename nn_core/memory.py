"""Whether somebody's backpropagation keeps something from one call to the next."""

import numpy as np

from nn_core.trials import Diagnosis, named


def remembers(asked, answers, again, returned):
    """Return a diagnosis if the same question has another answer later, or an answer changes.

    Parameters
    ----------
    asked : list of Case
    answers : list of dict or Diagnosis
        What the function answered about each.
    again : dict or Diagnosis
        What it answered about the first, asked last.
    returned : list
        What it returned each time, as it is now, the calls after these among them.
    """
    if not alike(answers[0], again):
        says = (
            f"Asked again about {asked[0]}, it answers differently: "
            "something is kept from one call to the next, or drawn at random."
        )
        return Diagnosis("remembers", (), says)
    for case, answer, now in zip(asked, answers, returned[: len(asked)], strict=True):
        if isinstance(answer, dict) and not still(answer, now):
            says = (
                f"What it answered about {case} changes when it is called again: "
                "it returns the same list or fills the same arrays each time. Make new ones."
            )
            return Diagnosis("remembers", (), says)
    return None


def still(answer, now):
    """Tell whether what was returned still holds the answer that was read from it."""
    try:
        return alike(answer, named(now))
    except Exception:
        return False


def keeps(trials):
    """Return a diagnosis if a right answer is given again where it is wrong."""
    for i, trial in enumerate(trials):
        right = [before for before in trials[:i] if not before.wrong and not before.fault]
        if trial.wrong and any(alike(trial.answer, before.answer) for before in right):
            says = (
                f"It answers about {trial.case} what it answered about another one of these "
                "sizes: it keeps its gradients from one call to the next."
            )
            return Diagnosis("remembers", tuple(trial.wrong[::-1]), says)
    return None


def alike(one, other):
    """Tell whether two answers are the same, or both none."""
    if isinstance(one, Diagnosis) or isinstance(other, Diagnosis):
        return isinstance(one, Diagnosis) and isinstance(other, Diagnosis)
    return one.keys() == other.keys() and all(close(one[name], other[name]) for name in one)


def close(a, b):
    """Tell whether two arrays hold the same numbers, the same nan among them."""
    same = a.shape == b.shape
    return same and np.allclose(a, b, rtol=1e-5, atol=1e-8, equal_nan=True)
