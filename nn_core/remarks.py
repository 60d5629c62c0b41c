"""What may lead to a mistake: where it shows, what its numbers tell, and what is read elsewhere."""

import numpy as np

from nn_core.mistakes import listed
from nn_core.outside import from_outside

WORDS = {"sigmoid": "the sigmoid", "tanh": "tanh", "relu": "relu"}


def where(activations, what):
    """Say what holds for some activations; nothing if there are none."""
    names = " or ".join(words for name, words in WORDS.items() if name in activations)
    return f" Where the activation is {names}, {what}." if names else ""


def with_remarks(diagnosis, trials, function):
    """Add what may lead to an unknown mistake: where all is right, and what is read elsewhere."""
    says, remarks = diagnosis.sentence, in_common(trials)
    right = sum(is_right(trial) for trial in trials)
    if not remarks and right >= len(trials) - 3:
        remarks = f" On the other {right} networks it is right."
    remarks += of_twins(trials) + of_digits(trials)
    outside = from_outside(function)
    if outside:
        remarks += f" It reads {listed(outside)} from outside: it needs layers, trace and y only."
    end = "" if not remarks or says.endswith(".") else "."  # an exception's text may have none
    return diagnosis._replace(sentence=says + end + remarks)


def is_right(trial):
    """Tell whether an answer is there and has no wrong gradient."""
    return not (trial.fault or trial.wrong)


def in_common(trials):
    """Say what all networks that fail have in common, and no other; nothing if it is unknown."""
    fails, seen = [not is_right(trial) for trial in trials], [traits(t.case) for t in trials]
    only = [words for words in seen[0] if [trait[words] for trait in seen] == fails]
    right = fails.count(False)
    return f" On the other {right} networks it is right: it fails where {only[0]}." if only else ""


def traits(case):
    """Tell which of some traits a network has, in words: a function may fail for one of them."""
    (K, N), L = case.y.shape, len(case.layers)
    shapes = [layer.W.shape for layer in case.layers]
    found = {
        "N = 1": N == 1,
        "N > 1": N > 1,
        "K = 2": K == 2,
        "K is not 3": K != 3,
        "K > 4": K > 4,
        "there is no hidden layer": L == 1,
        "there are more than 3 layers": L > 3,
        "there are not 3 layers": L != 3,
        "a layer has one neuron": any(rows == 1 for rows, _ in shapes),
        "a W is square": any(rows == columns > 1 for rows, columns in shapes),
        "N is large": N > 32,
    }
    for name, words in WORDS.items():
        found[f"the activation is {words}"] = case.trace.activation == name
        found[f"the activation is not {words}"] = case.trace.activation != name
        found[f"a hidden layer has {words}"] = case.trace.activation == name and L > 1
    return found


def of_twins(trials):
    """Say so if a network fails that is like one before it, which is right."""
    seen = [str(trial.case) for trial in trials]
    first = [trials[seen.index(words)] for words in seen]
    if any(is_right(one) and not is_right(two) for one, two in zip(first, trials, strict=True)):
        return (
            " Another network of these sizes, asked about before, is right: "
            "is something kept from one call to the next?"
        )
    return ""


def of_digits(trials):
    """Say so if every number is whole, or has few digits after the point."""
    answers = [a.reshape(-1) for trial in trials for a in trial.answer.values()]
    numbers = np.concatenate([np.zeros(1), *answers])
    for count in range(6 if numbers.any() and np.isfinite(numbers).all() else 0):
        steps = numbers * 10.0**count
        if (np.abs(steps - np.rint(steps)) < 1e-6).all():
            most = "1 digit" if count == 1 else f"{count} digits"
            have = f"No number that it returns has more than {most} after the point"
            what = have if count else "Every number that it returns is whole"
            return f" {what}: is something rounded on its way?"
    return ""
