"""Compare somebody's gradients with the right ones, as far as their precision goes."""

import numpy as np

from nn_core.mistakes import views
from nn_core.trials import Diagnosis

# Errors are measured over the largest entry of a gradient. A formula stays below the first, a
# difference quotient below the second, a coarse one below the third.
FORMULA, DIFFERENCES, COARSE = 1e-10, 1e-5, 1e-3
SINGLE, HALF = 1e-4, 3e-2


class Trial:
    """A case with somebody's answer: a fault, or gradients of which some are wrong."""

    def __init__(self, case, answer):
        self.case, self.activation = case, case.trace.activation
        self.fault = answer if isinstance(answer, Diagnosis) else None
        self.answer = {} if self.fault else answer
        self.stack = views(case.layers, case.trace, case.y)
        self.grain = grain(self.answer)
        self.errors = {name: distance(a, case.right[name]) for name, a in self.answer.items()}
        order = range(len(case.layers), 0, -1)
        backwards = [f"{kind}{n}" for n in order for kind in ("dW", "db")]
        self.wrong = [n for n in backwards if self.errors.get(n, 0) > self.grain]

    def fits(self, name, other):
        """Tell whether a mistake's gradient is the answer's, and explains what is wrong with it."""
        error = distance(self.answer[name], other)
        return error <= self.grain and (name not in self.wrong or error <= 0.01 * self.errors[name])


def distance(a, b):
    """Largest error of `a`, over the largest entry of `b`; beside zeros, only zeros are near."""
    if a.shape != b.shape:
        return np.inf
    error, size = np.abs(a - b).max(), np.abs(b).max()
    if not error:
        return 0.0
    error = float(error / size) if size else np.inf
    return error if np.isfinite(error) else np.inf


def grain(answer):
    """Error that the precision of an answer explains."""
    if any(a.dtype.itemsize == 2 for a in answer.values()):
        return HALF
    return SINGLE if is_single(answer) else DIFFERENCES


def is_single(answer):
    """Tell whether some gradient holds nothing that single precision cannot hold."""
    return any((a == a.astype(np.float32)).all() for a in answer.values() if a.any())
