"""Frame times of the training lab in Chromium with the processor slowed four times.

    python benchmarks/bench_lab_frames.py [slowdown]

Runs go on as fast as they may, for the book's network and for the largest, and α is slid while a
run goes on, each for about three seconds. For every frame the time since the last one is noted;
the median and the 95th percentile are reported, with the share of frames that came later than 60 a
second allow, and how many updates were made in the meantime. The budget of a frame is 16.7 ms.
"""

import sys

import frames

from nn_widgets import TrainingLab

READY = ".nn-lab-map svg .nn-axis"
MAP = ".nn-lab-map svg"
ALPHA = ".nn-lab-part .nn-slider input"


def figures():
    """Return what is measured: a name, the figure, what is driven and how."""
    largest = {"hidden": [8, 8, 8], "activation": "tanh", "start": "random", "alpha": 0.01}
    book = TrainingLab(speed="fast")
    return [
        ("run, the book's network, steady", TrainingLab(), MAP, "run"),
        ("run, the book's network, fast", book, MAP, "run"),
        ("run, 8–8–8 tanh, all birds, fast", TrainingLab(speed="fast", **largest), MAP, "run"),
        (
            "run, 8–8–8 tanh, one bird, held out, fast",
            TrainingLab(speed="fast", batch_size=1, hold_out=True, **largest),
            MAP,
            "run",
        ),
        ("slide α in a run, the book's network", book, ALPHA, "slide"),
        ("slide α in a run, 8–8–8", TrainingLab(speed="fast", **largest), ALPHA, "slide"),
    ]


def main():
    """Measure everything and print one line each."""
    slowdown = float(sys.argv[1]) if len(sys.argv) > 1 else 4
    with frames.chromium_and_folder("training_lab") as (running, file):
        for name, figure, selector, kind in figures():
            page = frames.opened(running, file, figure, READY, slowdown)
            page.locator("button:text-is('Run')").click()
            frames.report(name, frames.gaps(page, selector, kind))
            updates = page.locator(".nn-lab-counters dd").first.text_content()
            print(f"{'':44} {updates} updates")
            page.close()


if __name__ == "__main__":
    main()
