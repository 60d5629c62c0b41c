"""How the book writes a number. `static/format.js` follows the same rule."""

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext


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
        the minus sign is a true one, and zero has none. A count is written with `:,` instead.
    """
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    size = abs(float(value))
    if size == int(size) and size < 1e6:
        text = str(int(size))
    else:
        spec = ".3f" if 0.0005 <= size < 1e5 else ".2e"
        text = rounded(size, spec)
    return f"\N{MINUS SIGN}{text}" if value < 0 else text


def rounded(size, spec):
    """Round the exact binary value, ties upward, as JavaScript's toFixed and toExponential do."""
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        return format(Decimal(size), spec).replace("e+", "e")
