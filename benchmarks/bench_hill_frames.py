"""Frame times of Hill descent in Chromium with the processor slowed four times.

    python benchmarks/bench_hill_frames.py [slowdown]

The start is dragged, a run goes on, and the hill is turned, each for about three seconds with one
input event per frame. For every frame the time since the last one is noted; the median and the 95th
percentile are reported, with the share of frames that came later than 60 a second allow. The
budget of a frame is 16.7 ms.
"""

import sys

import frames

from nn_widgets import HillDescent


def figures():
    """Return what is measured: a name, the figure, what is driven and how."""
    bowl, birds = HillDescent("ravine", steps=40, compare=True), HillDescent("penguins", steps=20)
    return [
        ("drag the start, ravine, 2 × 40 steps", bowl, ".nn-hill-map svg", "drag"),
        ("drag the start, penguins, 20 steps", birds, ".nn-hill-map svg", "drag"),
        ("run, ravine", HillDescent("ravine", alpha=0.01), ".nn-hill-map svg", "run"),
        ("run, penguins", HillDescent("penguins", alpha=0.05), ".nn-hill-map svg", "run"),
        ("turn the hill, ravine", bowl, ".nn-hill-side", "drag"),
        ("turn the hill, penguins", birds, ".nn-hill-side", "drag"),
    ]


def main():
    """Measure everything and print one line each."""
    slowdown = float(sys.argv[1]) if len(sys.argv) > 1 else 4
    with frames.chromium_and_folder("hill_descent") as (running, file):
        for name, figure, selector, kind in figures():
            page = frames.opened(running, file, figure, ".nn-hill-map svg .nn-axis", slowdown)
            if kind == "run":
                page.locator("button:text-is('Run')").click()
            frames.report(name, frames.gaps(page, selector, kind))
            page.close()


if __name__ == "__main__":
    main()
