"""The still picture of `DrawADigit`: a digit, the network's doubts, its pixels' pushes."""

import numpy as np

from nn_widgets.kit.plot.svg import text
from nn_widgets.maths.format import number

CELL, TOP = 22, 30
SIDE = 8 * CELL
UP, DOWN = "var(--nn-dx, #8c5a2b)", "var(--nn-x, #0b6e6e)"
WEAK = 0.06  # share of the strongest push below which a mark is left out


def still(shown, p, slopes, asked, measure):
    """Draw three pictures that wrap on a narrow page, with no style sheet; say what they show."""
    panels = [
        ("What the network sees", ink(shown["x"], 1)),
        ("How probable it finds each digit", bars(p)),
        (f"What pushes {named(asked, measure)}", ink(shown["x"], 0.2) + marks(slopes)),
    ]
    drawn = " ".join(panel(*content) for content in panels)
    return f"<div>{drawn}</div>\n<p>{described(shown, p, slopes, asked, measure)}</p>"


def described(shown, p, slopes, asked, measure):
    """Say what the network answers, whether it is right, and what pushes its answer most."""
    first, second = np.argsort(p)[::-1][:2]
    right = "right" if first == shown["label"] else "wrong"
    high, low = int(slopes.argmax()), int(slopes.argmin())
    return (
        f"{article(shown['label'])} from the data set. The network says {first} "
        f"(p = {number(p[first])}), next {second} ({number(p[second])}): it is {right}. "
        f"More ink raises {named(asked, measure)} fastest at {place(high)}, slope "
        f"{number(slopes[high])}, and lowers it fastest at {place(low)}, slope "
        f"{number(slopes[low])}."
    )


def article(digit):
    """Write a digit as one of its kind."""
    return f"{'An' if digit == 8 else 'A'} {digit}"


def named(asked, measure):
    """Name what the slopes are of."""
    return f"the score of {asked}" if measure == "score" else f"log p of {asked}"


def place(at):
    """Name a block."""
    return f"row {at // 8 + 1}, column {at % 8 + 1}"


def panel(title, content):
    """Put a drawing under its title, with room to the next one."""
    width, height = SIDE + 24, TOP + SIDE + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{title}" font-family="sans-serif" '
        f'font-size="12" fill="currentColor">{text(0, 18, title, "start")}'
        f'<g transform="translate(0,{TOP})">{content}</g></svg>'
    )


def ink(counts, strength):
    """Draw the counts as grey squares in a frame."""
    squares = "".join(
        f'<rect x="{at % 8 * CELL}" y="{at // 8 * CELL}" width="{CELL}" height="{CELL}" '
        f'fill-opacity="{strength * count / 16:.3g}"/>'
        for at, count in enumerate(counts)
        if count
    )
    frame = f'<rect width="{SIDE}" height="{SIDE}" fill="none" stroke="currentColor"/>'
    return squares + frame


def bars(p):
    """Draw a bar and its number for each digit."""
    step = SIDE / len(p)
    full = SIDE - 70
    return "".join(
        f"{text(0, step * (k + 0.75), k, 'start')}"
        f'<rect x="16" y="{step * (k + 0.2):.1f}" width="{max(full * share, 1):.1f}" '
        f'height="{step * 0.6:.1f}"/>'
        f"{text(22 + full * share, step * (k + 0.75), number(share), 'start')}"
        for k, share in enumerate(p)
    )


def marks(slopes):
    """Draw a plus where more ink raises the score and a minus where it lowers it."""
    share = np.abs(slopes) / (np.abs(slopes).max() or 1)
    strong = share >= WEAK
    plus = "".join(arms(at, share[at], 1) for at in np.flatnonzero(strong & (slopes > 0)))
    minus = "".join(arms(at, share[at], 0) for at in np.flatnonzero(strong & (slopes < 0)))
    return "".join(
        f'<path d="{d}" style="fill:none;stroke:{colour};stroke-width:2.5"/>'
        for d, colour in ((plus, UP), (minus, DOWN))
    )


def arms(at, share, plus):
    """Write a sign in the middle of a block, its arms as the root of its share."""
    x, y = (at % 8 + 0.5) * CELL, (at // 8 + 0.5) * CELL
    arm = 1.5 + 7.5 * share**0.5
    across = f"M{x - arm:.1f},{y:.1f}h{2 * arm:.1f}"
    return f"{across}M{x:.1f},{y - arm:.1f}v{2 * arm:.1f}" if plus else across
