"""One pass over many examples, for the penguin network and for one of 60,600 parameters.

The times stand in chapter 2 with the machine's name: they differ between machines, so they are
measured once. Each is the shortest of several runs, the one that was disturbed least.
"""

import time

import numpy as np

from nn_core import init_layers, loss, one_hot

NETWORKS = {"26 parameters": [2, 3, 2, 3], "60,600 parameters": [100] * 7}
EXAMPLES = [10**2, 10**3, 10**4, 10**5]
REPEATS = 7


def main():
    """Measure every network on every number of examples, and print the lines of chapter 2."""
    print(f"# NumPy {np.__version__}; seconds for {EXAMPLES} examples")
    for name, sizes in NETWORKS.items():
        seconds = [float(f"{seconds_for_one_pass(sizes, n):.3g}") for n in EXAMPLES]
        print(f'    "{name}": {seconds},')


def seconds_for_one_pass(sizes, n):
    """Return the shortest time that the loss of `n` examples took."""
    rng = np.random.default_rng(0)
    layers, x = init_layers(sizes, rng), rng.normal(size=(sizes[0], n))
    y = one_hot(rng.integers(sizes[-1], size=n), sizes[-1])
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        loss(layers, x, y)
        times.append(time.perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    main()
