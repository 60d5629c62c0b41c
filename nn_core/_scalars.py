"""What public functions ask of numbers, names and the length of lists; `_validate` has the rest."""

from collections.abc import Iterable
from decimal import Decimal
from numbers import Real
from reprlib import repr as short

import numpy as np


def fail(name, wanted, got):
    raise ValueError(f"{name} must {wanted}, got {got}")


def sizes(name, numbers):
    """Return the sizes of the layers as a list of at least two positive integers."""
    whole_numbers = [as_whole(n) for n in numbers] if isinstance(numbers, Iterable) else []
    if len(whole_numbers) < 2 or not all(n is not None and n > 0 for n in whole_numbers):
        fail(name, "be at least two positive whole numbers", short(numbers))
    return whole_numbers


def choice(name, value, options):
    if not isinstance(value, str) or value not in options:
        fail(name, f"be one of {', '.join(map(repr, options))}", short(value))
    return value


def positive(name, number):
    value = as_float(number)
    if not 0 < value < np.inf:
        fail(name, "be a finite number above 0", short(number))
    return value


def whole(name, number, low, high=None):
    wanted = f"be a whole number from {low}" + (" up" if high is None else f" to {high}")
    n = as_whole(number)
    if n is None or n < low or (high is not None and n > high):
        fail(name, wanted, short(number))
    return n


def as_float(number):
    """Return any kind of real number as a float, and nan for what is none."""
    if isinstance(number, np.ndarray) and number.ndim == 0:
        number = number.item()
    try:
        return float(number) if isinstance(number, Real | Decimal) else np.nan
    except OverflowError:
        return np.inf


def as_whole(number):
    """Return 3, 3.0, 3e0 or Decimal(3) as the int 3, and None for what is no whole number."""
    value = as_float(number)
    return int(number) if value.is_integer() else None


def generator(name, rng):
    if not isinstance(rng, np.random.Generator):
        fail(name, "be a numpy.random.Generator", type(rng).__name__)
    return rng


def listed(name, values, count, of):
    """Return `values` if they are a list of the right length."""
    if not isinstance(values, list | tuple) or len(values) != count:
        got = len(values) if isinstance(values, list | tuple) else type(values).__name__
        fail(name, f"list {count} {of}", got)
    return values


def spell_number(v):
    return f"{v:g}" if float(f"{v:g}") == v else str(v)


def spell_column(v):
    """Write the numbers of a column so that none looks like 0 or 1 but is not; at most ten."""
    shown = v if v.size <= 10 else v[v != 0][:10]
    which = "" if shown is v else "whose numbers other than 0 begin "
    return f"{which}({', '.join(map(spell_number, shown))})"
