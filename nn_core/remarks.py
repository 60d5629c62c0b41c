"""What may lead to a mistake that is not known: where it shows, and what is read elsewhere."""

from nn_core.mistakes import listed
from nn_core.outside import from_outside


def with_remarks(diagnosis, trials, function):
    """Add what may lead to an unknown mistake: where all is right, and what is read elsewhere."""
    says, remarks = diagnosis.sentence, ""
    fails = [bool(trial.fault or trial.wrong) for trial in trials]
    seen = [traits(trial.case) for trial in trials]
    where = [words for words in seen[0] if [trait[words] for trait in seen] == fails]
    right = fails.count(False)
    if where:
        remarks += f" On the other {right} networks it is right: it fails where {where[0]}."
    elif right >= len(trials) - 3:
        remarks += f" On the other {right} networks it is right."
    outside = from_outside(function)
    if outside:
        remarks += f" It reads {listed(outside)} from outside: it needs layers, trace and y only."
    end = "" if not remarks or says.endswith(".") else "."  # an exception's text may have none
    return diagnosis._replace(sentence=says + end + remarks)


def traits(case):
    """Tell which of some traits a network has, in words: a function may fail for one of them."""
    (K, N), L = case.y.shape, len(case.layers)
    shapes = [layer.W.shape for layer in case.layers]
    found = {
        "N = 1": N == 1,
        "N > 1": N > 1,
        "K = 2": K == 2,
        "K is not 3": K != 3,
        "there is no hidden layer": L == 1,
        "there are more than 3 layers": L > 3,
        "there are not 3 layers": L != 3,
        "a layer has one neuron": any(rows == 1 for rows, _ in shapes),
        "a W is square": any(rows == columns > 1 for rows, columns in shapes),
        "N is large": N > 32,
    }
    for words, name in (("the sigmoid", "sigmoid"), ("tanh", "tanh"), ("relu", "relu")):
        found[f"the activation is {words}"] = case.trace.activation == name
        found[f"the activation is not {words}"] = case.trace.activation != name
    return found
