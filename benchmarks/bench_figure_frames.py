"""Frame times of the other figures in Chromium with the processor slowed four times.

    python benchmarks/bench_figure_frames.py [slowdown]

Each is dragged, slid or stepped for about three seconds, with one event in every frame. The median
and the 95th percentile of the time between frames are reported, with the share of frames that came
later than 60 a second allow. The budget of a frame is 16.7 ms.
"""

import sys

import frames

import nn_widgets

# A figure, what tells that it is alive, what is driven and how.
FIGURES = [
    ("NetworkExplorer", ".nn-live svg", ".nn-live input[type=range]", "slide"),
    ("OneKnob", ".nn-live svg", ".nn-live input[type=range]", "slide"),
    ("LossSlices", ".nn-hill-map svg .nn-axis", ".nn-hill-map svg", "drag"),
    ("LossSlices", ".nn-hill-map svg .nn-axis", ".nn-hill-side", "drag"),
    ("PriceOfAPrediction", ".nn-live svg", ".nn-live input[type=range]", "slide"),
    ("SoftmaxJacobian", ".nn-live table", ".nn-live input[type=range]", "slide"),
    ("BackwardStepper", ".nn-live svg", ".nn-live button.nn-primary", "press"),
    ("DrawADigit", ".nn-digit-pad svg", ".nn-digit-pad", "drag"),
]


def main():
    """Measure everything and print one line each."""
    slowdown = float(sys.argv[1]) if len(sys.argv) > 1 else 4
    for name, ready, selector, kind in FIGURES:
        figure = getattr(nn_widgets, name)()
        with frames.chromium_and_folder(figure._module) as (running, file):
            page = frames.opened(running, file, figure, ready, slowdown)
            frames.report(
                f"{kind} {selector.split()[-1]}, {name}", frames.gaps(page, selector, kind)
            )


if __name__ == "__main__":
    main()
