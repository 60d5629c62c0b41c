"""The definition of a gradient, as a test of any other way to get it."""

import numpy as np

from nn_core._validate import array, fail, positive


class GradientError(AssertionError):
    """A gradient that differs from its definition."""


def numerical_gradient(f, x, epsilon=1e-5):
    """Slope of `f` along each entry of `x`, by centred differences.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns one number.
    x : ndarray
        A vector, a matrix, or any other shape. It is not modified.
    epsilon : float
        How far each entry is moved to either side.

    Returns
    -------
    gradient : ndarray, shape of `x`
        In float64.

    Raises
    ------
    ValueError
        If `x` is not finite, `epsilon` is not above 0 or too small to move an entry by that
        much, or `f` returns more than one number.

    Notes
    -----
    Equation (eq-centred-difference) of chapter 9.
    """
    x = array("x", x).astype(float)
    epsilon = positive("epsilon", epsilon)
    check_moves(x, epsilon)
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        nudge = np.zeros_like(x)
        nudge[index] = epsilon
        rise = array("f(x)", f(x + nudge), ()) - array("f(x)", f(x - nudge), ())
        gradient[index] = rise / (2 * epsilon)
    return gradient


def check_moves(x, epsilon):
    """Refuse a step that the rounding of `x` swallows, in whole or by a thousandth of it."""
    x = x.ravel()
    with np.errstate(over="ignore", invalid="ignore"):
        lost, bound = np.abs((x + epsilon) - (x - epsilon) - 2 * epsilon), 1e-3 * (2 * epsilon)
        whole = lost < bound  # pragma: no mutate (they are equal by chance alone)
    if not whole.all():
        fail("epsilon", "be far above the rounding of x", f"{epsilon:g} at {x[~whole][0]:g}")


def check_gradient(f, x, gradient, tolerance=1e-6, epsilon=1e-5):
    """Compare `gradient` with the definition of the gradient of `f` at `x`.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns one number.
    x : ndarray
    gradient : ndarray, shape of `x`
        The gradient to be checked.
    tolerance : float
        The largest relative error that passes.
    epsilon : float
        As in `numerical_gradient`.

    Returns
    -------
    error : float
        The largest relative error.

    Raises
    ------
    GradientError
        If an entry is off by more than the tolerance; names the worst one.
    ValueError
        If the shapes differ or a value is not finite.

    Notes
    -----
    Equation (eq-relative-error) of chapter 9.
    """
    wanted = numerical_gradient(f, x, epsilon)
    gradient = array("gradient", gradient, wanted.shape)
    error = relative_error(gradient, wanted)
    worst = np.unravel_index(error.argmax(), error.shape)
    if error[worst] > positive("tolerance", tolerance):
        place = f"[{', '.join(map(str, worst))}]" if worst else ""
        got, want = spell_apart(gradient[worst], wanted[worst])
        raise GradientError(
            f"gradient{place} is {got}, the definition gives {want}: "
            f"relative error {error[worst]:.2g}, tolerance {tolerance:.2g}"
        )
    return float(error[worst])


def spell_apart(a, b, digits=6):
    """Write two numbers with so many digits, or as many more as it takes to tell them apart."""
    while digits < 17 and f"{a:.{digits}g}" == f"{b:.{digits}g}":
        digits += 1
    return f"{a:.{digits}g}", f"{b:.{digits}g}"


def relative_error(a, b):
    """Distance of `a` from `b` over the larger of the two, entry by entry.

    Below 1e-3 the distance counts as it is, over 1e-3: the rounding of a difference quotient is
    about 1e-11, whatever the size of the slope.
    """
    return np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-3)
