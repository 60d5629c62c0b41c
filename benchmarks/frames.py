"""Time between frames of a figure in Chromium with the processor slowed: what the benchmarks share.

The figure stands alone on a page on disk, made of the files that the build writes.
"""

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "book/_theme")]

import browser as chromium  # noqa: E402
import figures  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

FRAMES = 180
PAGE = """<!doctype html><meta charset="utf-8"><title>Figure</title>
<link rel="stylesheet" href="colours.css">
<link rel="stylesheet" href="base.css"><link rel="stylesheet" href="{module}.css">
<body style="max-width: 46rem; margin: auto">{figure}
<script defer src="{module}.js"></script>"""

# Drives one event per frame from inside the page, so that the driver's own pauses do not count.
DRIVE = """async ({ selector, frames, kind }) => {
  const element = document.querySelector(selector);
  const box = element.getBoundingClientRect();
  const fire = (type, share) => element.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: "mouse", button: 0, buttons: 1, bubbles: true,
    clientX: box.left + box.width * (0.5 + 0.25 * Math.cos(share)),
    clientY: box.top + box.height * (0.4 + 0.25 * Math.sin(share)) }));
  const slide = (share) => {
    const [least, most] = [element.min, element.max].map(Number);
    element.value = String((least + most) / 2 + 0.4 * (most - least) * Math.sin(share));
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const press = () => element.click();
  const at = { drag: (share) => fire("pointermove", share), slide, press, run: () => {} }[kind];
  element.setPointerCapture = () => {};
  const gaps = [];
  let last = await new Promise(requestAnimationFrame);
  if (kind === "drag") fire("pointerdown", 0);
  for (let n = 0; n < frames; n += 1) {
    at(n / 20);
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  if (kind === "drag") fire("pointerup", 0);
  return gaps;
}"""


@contextmanager
def chromium_and_folder(module):
    """Start a browser; write a figure's scripts and styles into a folder."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name, text in figures.files([module]).items():
            Path(folder, name).write_text(text, encoding="utf-8")
        running = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
        yield running, Path(folder, "page.html")
        running.close()


def opened(running, file, figure, ready, slowdown, prepare=lambda page: None):
    """Open a page with one figure, prepare it, and slow the processor."""
    file.write_text(PAGE.format(figure=figure.html(), module=figure._module), encoding="utf-8")
    page = running.new_page(viewport={"width": 1280, "height": 900})
    page.goto(file.as_uri())
    page.wait_for_selector(ready)
    page.wait_for_timeout(1500)
    prepare(page)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    return page


def gaps(page, selector, kind):
    """Return the milliseconds between frames while an element is dragged, slid, pressed, or left to run."""
    return page.evaluate(DRIVE, {"selector": selector, "frames": FRAMES, "kind": kind})


def report(name, times):
    """Print median, 95th percentile, and how many frames came later than 60 a second allow."""
    cuts = quantiles(times, n=20)
    late = sum(gap > 17.5 for gap in times) / len(times)
    print(f"{name:44} median {cuts[9]:5.1f} ms, 95 % {cuts[18]:5.1f} ms, late {late:4.0%}")
