"""An explanation of somebody's gradients: known mistakes, where they are made, what they spoil."""

from nn_core.comparison import FORMULA, distance
from nn_core.mistakes import pass_with, sentence
from nn_core.trials import Diagnosis, named

# Where a mistake can be made in a network of L layers: the layers, or None for all of them.
PLACES = (
    lambda L: None,
    lambda L: range(1, L),
    lambda L: (L,),
    lambda L: (1,),
    lambda L: range(2, L + 1),
    *(lambda L, n=n: (n,) for n in (2, 3, 4, 5)),
    *(lambda L, n=n: (L - n,) for n in (1, 2, 3)),
)


class Explanation:
    """Mistakes, each with its place, in the dW and in the db, and the number they leave open."""

    def __init__(self, dW, db, c=1):
        self.parts = {"dW": dW, "db": db}
        self.changes = [*dW, *(change for change in db if change not in dW)]
        self.c = c

    def refused(self, trial):
        """Tell whether these mistakes end in an error on a network, as the function does."""
        try:
            pass_with(laid(self.changes, trial), trial.stack, self.c)
        except Exception:
            return True
        return False

    def spoiled(self, trial):
        """Return for each mistake the gradients that it makes wrong by itself."""
        names = [name for name in trial.case.right if name in trial.wrong]
        if len(self.changes) == 1:
            return [names]
        return [
            [n for n in alone(change, trial) if n in names and change in self.parts[n[:2]]]
            for change in self.changes
        ]


def laid(changes, trial):
    """Give each mistake the layers of a network where it is made."""
    return [(mistake, place(len(trial.stack))) for mistake, place in changes]


def alone(change, trial):
    """Names of the gradients that a mistake makes wrong by itself."""
    try:
        other = named(pass_with(laid([change], trial), trial.stack))
    except Exception:
        return []
    return [n for n, right in trial.case.right.items() if distance(other[n], right) > FORMULA]


def spelled(found, trials):
    """Say what explains all answers, of the first network that shows all of it."""
    shown = [trial for trial in trials if trial.wrong]
    trial = next((trial for trial in shown if all(found.spoiled(trial))), shown[0])
    where = [name for name in trial.case.right if name in trial.wrong]
    mistakes = [mistake for mistake, _ in found.changes]
    everything, activation = list(trial.case.right), trial.case.trace.activation
    says = [
        sentence(mistake, everything, names or where, found.c if mistake.free else None, activation)
        for mistake, names in zip(mistakes, found.spoiled(trial), strict=True)
    ]
    text = says[0]
    if len(says) > 1:
        text = f"Two mistakes: {'; '.join(part.replace('Every', 'every', 1) for part in says)}"
    seen = "" if trial is trials[0] else f" (seen on {trial.case})"
    kind = " and ".join(dict.fromkeys(mistake.kind for mistake in mistakes))
    ids = tuple(mistake.id for mistake in mistakes)
    return Diagnosis(kind, tuple(where), f"{text}{seen}.", ids)
