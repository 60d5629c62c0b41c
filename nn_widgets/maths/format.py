"""How the book writes a number. `format.js` follows the same rule."""

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext

NOISE = 1e-14


def number(value):
    """Write `value` as the whole book does.

    Parameters
    ----------
    value : int or float

    Returns
    -------
    text : str
        A whole number of at most six digits as it is; otherwise three decimals, or two decimals
        and a power of ten for |value| < 0.0005 and |value| ≥ 100 000. Ties round away from zero,
        also those that a last bit hides; the minus sign is a true one, and zero has none. A count
        is written with `:,` instead.
    """
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    size = ten_digits(abs(float(value)))
    if size == int(size) and size < 1e6:
        text = str(int(size))
    else:
        spec = ".3f" if 0.0005 <= size < 1e5 else ".2e"
        text = rounded(size, spec)
    return f"\N{MINUS SIGN}{text}" if value < 0 else text


def counted(number, one, many):
    """Write a count with what is counted: `one` follows 1, `many` any other number."""
    return f"{number:,} {one if number == 1 else many}"


def settled(value):
    """Round what a page stores, so that no processor's last bits are stored with it.

    Two kernels that sum in another order differ in the last bits. Ten significant digits are far
    above that, and far below what anybody reads.

    Parameters
    ----------
    value : object
        A state as plain JSON: floats in lists and dicts are rounded, the rest stays as it is.

    Returns
    -------
    value : object
        The same in new lists and dicts. What is below 1e-14, as a difference of equal numbers
        near 1 can be, is 0.
    """
    if isinstance(value, dict):
        return {key: settled(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [settled(entry) for entry in value]
    if not isinstance(value, float) or not math.isfinite(value):
        return value
    return math.copysign(ten_digits(abs(value)), value) if abs(value) >= NOISE else 0.0


def ten_digits(size):
    """Round to ten significant digits: a tie that noise has broken is a tie again."""
    settled_size = float(rounded(size, ".9e"))
    return settled_size if math.isfinite(settled_size) else size  # the largest would overflow


def rounded(size, spec):
    """Round the exact binary value, ties upward, as JavaScript's toFixed and toExponential do."""
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        return format(Decimal(size), spec).replace("e+", "e")
