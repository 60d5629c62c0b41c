"""Name the mistake in somebody's backpropagation."""

import numpy as np

from nn_core.answers import ask
from nn_core.checking import relative_error, spell_apart
from nn_core.comparison import Trial
from nn_core.explanation import spelled
from nn_core.memory import keeps, remembers
from nn_core.precision import agrees, exact, nearly
from nn_core.remarks import WORDS, in_common, where, with_remarks
from nn_core.search import explains, explanations
from nn_core.trials import Diagnosis, cases


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
        with `backprop` as formulas agree, "precision" if they agree as far as a difference
        quotient, single precision or rounding goes, and "unknown" if one differs and neither one
        known mistake nor two at once explain all of them, or all where the activation is the
        sigmoid.
    """
    if not callable(backprop_function):
        says = (
            f"It is no function but of type {type(backprop_function).__name__}: "
            "diagnose takes the function's name alone, without brackets."
        )
        return Diagnosis("wrong type", (), says)
    with np.errstate(all="ignore"):
        asked = cases()
    returned = []

    def noted(*given):
        returned.append(None)
        returned[-1] = backprop_function(*given)
        return returned[-1]

    answers = [ask(noted, case) for case in asked]
    # At the end two of the same sizes: what is kept from one call to the next shows in the second.
    _, again = ask(noted, asked[2]), ask(noted, asked[0])
    with np.errstate(all="ignore"):
        found = remembers(asked, answers, again, returned)
        return found or judged(asked, answers, backprop_function)


def judged(asked, answers, function):
    """Return the diagnosis of a function from its answers."""
    trials = [Trial(*pair) for pair in zip(asked, answers, strict=True)]
    # An exception may still come from a known mistake: W without its transpose fits only squares.
    for trial in trials:
        if trial.fault and trial.fault.kind != "raises":
            return trial.fault
    found = agrees(trials) or keeps(trials) or known(trials) or nearly(trials)
    return found or with_remarks(unknown(trials), trials, function)


def known(trials):
    """Return a diagnosis if one known mistake, or two at once, explain every answer.

    What explains those of the networks with the sigmoid alone is said, too: who writes a pass for
    the sigmoid and makes two mistakes in it hears of them first.
    """
    # A mistake may be made for one activation only. Where it is made, it explains everything.
    scope = {trial.activation for trial in trials if trial.wrong or trial.fault}
    inexact = {trial.activation for trial in trials if trial.fault or not exact(trial)}
    elsewhere, common = where(set(WORDS) - inexact, "all is right"), in_common(trials)
    is_other = elsewhere and common and not any(words in common for words in WORDS.values())
    if is_other:  # it is no matter of the activation
        elsewhere = common
    inside = [trial for trial in trials if trial.activation in scope]
    sigmoid = [trial for trial in inside if trial.activation == "sigmoid"]
    first = next(explanations(sigmoid), None)
    if not first and any(trial.wrong for trial in sigmoid):  # then nothing explains more
        return None
    # Where one mistake is enough for the sigmoid, two are not looked for: it would take long.
    twice = not first or max(map(len, first.parts.values())) > 1
    found = next(explanations(inside, twice), None)
    # Two mistakes of which one takes the other back on all networks but a few are none.
    if found and not (is_other and len(found.changes) > 1):
        whole = spelled(found, trials)
        return whole._replace(sentence=whole.sentence + elsewhere)
    if found or not first:
        return None
    partly = spelled(first, sigmoid)
    left = {trial.activation for trial in inside if not explains(first, trial)}
    says = partly.sentence + where(left, "this does not explain what is wrong") + elsewhere
    return partly._replace(sentence=says, mistakes=())  # they do not explain all of it


def unknown(trials):
    """Say which gradient is the first that is wrong, going backwards."""
    if not any(trial.wrong for trial in trials):
        return next(trial.fault for trial in trials if trial.fault)
    trial = next(trial for trial in trials if trial.fault or trial.wrong)
    if trial.fault:
        return trial.fault
    name, case = trial.wrong[0], trial.case
    got, want = trial.answer[name], case.right[name]
    if got.shape != want.shape:
        says = f"{name} has shape {got.shape} on {case}: it must have {want.shape}."
        return Diagnosis("wrong shape", (name,), says)
    if not np.isfinite(got).all():
        odd = str(got[~np.isfinite(got)][0]).replace("-", "−")
        says = f"{name} is not finite on {case}: it holds {odd}."
        return Diagnosis("not finite", (name,), says)
    return first_wrong(name, got, want, case)


def first_wrong(name, got, want, case):
    """Point at the entry of a gradient that is furthest off."""
    error = relative_error(got, want)
    at = np.unravel_index(error.argmax(), error.shape)
    mine, right = spell_apart(got[at], want[at], digits=4)
    numbers = (
        f"{name}[{', '.join(map(str, at))}] is {mine}, want {right}: "
        f"relative error {error[at]:.2g}."
    ).replace("-", "−")
    says = (
        "Wrong, but no mistake I know explains it: going backwards, "
        f"the first gradient that fails is {name} of {case}. {numbers}"
    )
    return Diagnosis("unknown", (name,), says)
