"""Random numbers that Python and the page draw alike."""

import numpy as np

MASK = 2**32 - 1


def uniform_numbers(seed):
    """Yield uniform numbers in [0, 1), those of `seededRandom(seed)` in nn.js."""
    state = seed
    while True:
        state = (state + 0x6D2B79F5) & MASK
        t = (state ^ (state >> 15)) * (1 | state) & MASK
        t = (t + ((t ^ (t >> 7)) * (61 | t) & MASK) & MASK) ^ t
        yield (t ^ (t >> 14)) / 2**32


def normal(uniform):
    """Draw a normal number from two uniform ones (Box and Muller)."""
    radius = np.sqrt(-2 * np.log(1 - next(uniform)))
    return radius * np.cos(2 * np.pi * next(uniform))
