"""What was asked of a figure is drawn in the next frame, however long a busy machine takes."""

FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# A colour on its way to another scheme has a contrast that nobody reads.
STILL = f"""async () => {{
  await {FRAMES};
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {{}})));
}}"""


def settled(page):
    """Wait until the next frame is drawn."""
    page.evaluate(FRAMES)


def at_rest(page):
    """Wait until nothing moves and no colour changes any more."""
    page.evaluate(STILL)
