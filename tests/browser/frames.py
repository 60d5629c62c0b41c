"""What was asked of a figure is drawn in the next frame, however long a busy machine takes for it."""

FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def settled(page):
    """Wait until the next frame is drawn."""
    page.evaluate(FRAMES)
