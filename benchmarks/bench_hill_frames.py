"""Frame times of Hill descent in Chromium with the processor slowed four times.

    python benchmarks/bench_hill_frames.py [slowdown]

The start is dragged, a run goes on, and the hill is turned, each for about three seconds with one
input event per frame. For every frame the time since the last one is noted; the median and the 95th
percentile are reported, with the share of frames that came later than 60 a second allow. The
budget of a frame is 16.7 ms.
"""

import sys
import tempfile
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "tests" / "browser")]

import browser as chromium  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from nn_widgets import HillDescent, sphinx_ext  # noqa: E402

FRAMES = 180
PAGE = """<!doctype html><meta charset="utf-8"><title>Hill</title>
<link rel="stylesheet" href="colours.css">
<link rel="stylesheet" href="base.css"><link rel="stylesheet" href="hill_descent.css">
<body style="max-width: 46rem; margin: auto">{figure}
<script defer src="shared.js"></script><script defer src="hill_descent.js"></script>"""

# Drives one event per frame from inside the page, so that the driver's own pauses do not count.
DRIVE = """async ({ selector, frames, kind }) => {
  const element = document.querySelector(selector);
  const box = element.getBoundingClientRect();
  const fire = (type, share) => element.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: "mouse", button: 0, buttons: 1, bubbles: true,
    clientX: box.left + box.width * (0.5 + 0.25 * Math.cos(share)),
    clientY: box.top + box.height * (0.4 + 0.25 * Math.sin(share)) }));
  element.setPointerCapture = () => {};
  const gaps = [];
  let last = await new Promise(requestAnimationFrame);
  if (kind === "drag") fire("pointerdown", 0);
  for (let n = 0; n < frames; n += 1) {
    if (kind === "drag") fire("pointermove", n / 20);
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  if (kind === "drag") fire("pointerup", 0);
  return gaps;
}"""


def figures():
    """Return what is measured: a name, the figure, what is driven and how."""
    bowl, birds = HillDescent("ravine", steps=40, compare=True), HillDescent("penguins", steps=20)
    return [
        ("drag the start, ravine, 2 × 40 steps", bowl, ".nn-hill-map svg", "drag"),
        ("drag the start, penguins, 20 steps", birds, ".nn-hill-map svg", "drag"),
        ("run, ravine", HillDescent("ravine", alpha=0.01), "button:text-is('Run')", "run"),
        ("run, penguins", HillDescent("penguins", alpha=0.05), "button:text-is('Run')", "run"),
        ("turn the hill, ravine", bowl, ".nn-hill-side", "drag"),
        ("turn the hill, penguins", birds, ".nn-hill-side", "drag"),
    ]


def measure(page, selector, kind):
    """Return the milliseconds between frames while the figure is driven."""
    if kind == "run":
        page.locator(selector).click()
    target = ".nn-hill-map svg" if kind == "run" else selector
    return page.evaluate(DRIVE, {"selector": target, "frames": FRAMES, "kind": kind})


def main():
    """Measure everything and print one line each."""
    slowdown = float(sys.argv[1]) if len(sys.argv) > 1 else 4
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name, text in sphinx_ext.files(["hill_descent"]).items():
            Path(folder, name).write_text(text, encoding="utf-8")
        running = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
        for name, figure, selector, kind in figures():
            file = Path(folder, "page.html")
            file.write_text(PAGE.format(figure=figure.html()), encoding="utf-8")
            page = running.new_page(viewport={"width": 1280, "height": 900})
            page.goto(file.as_uri())
            page.wait_for_selector(".nn-hill-map svg .nn-axis")
            page.wait_for_timeout(1500)
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
            gaps = measure(page, selector, kind)
            page.close()
            cuts = quantiles(gaps, n=20)
            late = sum(gap > 17.5 for gap in gaps) / len(gaps)
            print(f"{name:40} median {cuts[9]:5.1f} ms, 95 % {cuts[18]:5.1f} ms, late {late:4.0%}")
        running.close()


if __name__ == "__main__":
    main()
