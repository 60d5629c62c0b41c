"""One knob on paper: the birds and the curve as SVG that needs no style sheet."""

import numpy as np

from nn_core import load_penguins
from nn_widgets.kit.plot.picture import COLOURS
from nn_widgets.kit.plot.svg import text, upwards
from nn_widgets.maths.format import number
from nn_widgets.maths.penguins import birds

WIDTH, LEFT, RIGHT, TOP, FOOT = 420, 52, 10, 10, 46  # its words can still be read on a phone
BIRDS, CURVE = 300, 200  # heights
DASHES = ("", ' stroke-dasharray="7 3"', ' stroke-dasharray="2 3"')


class Axes:
    """Places of a plot's values, and its frame."""

    def __init__(self, across, up, height):
        self.across, self.up, self.height = across, up, height
        self.foot = height - FOOT

    def x(self, value):
        """Return where a value stands across."""
        low, high = self.across
        return LEFT + (WIDTH - RIGHT - LEFT) * (np.asarray(value) - low) / (high - low)

    def y(self, value):
        """Return where a value stands upwards."""
        low, high = self.up
        return self.foot - (self.foot - TOP) * (np.asarray(value) - low) / (high - low)

    def frame(self, ticks_across, ticks_up, names):
        """Write both axes with their numbers and names."""
        lines = (
            f'<path d="M{LEFT},{TOP}V{self.foot}H{WIDTH - RIGHT}" fill="none" stroke="#808080"/>'
        )
        low = [text(self.x(v), self.foot + 18, number(v)) for v in ticks_across]
        side = [text(LEFT - 8, self.y(v) + 4, number(v), "end") for v in ticks_up]
        label = upwards(14, (TOP + self.foot) / 2, names[1])
        across = text((LEFT + WIDTH) / 2, self.foot + 36, names[0])
        words = "".join([*low, *side, label, across])
        return f'{lines}<g fill="currentColor" font-size="13" font-family="sans-serif">{words}</g>'


def bird_picture(losses, right, label):
    """Draw every bird by its bill; larger is dearer, filled is named rightly."""
    x = load_penguins().x
    axes = Axes((31, 61), (12.5, 22), BIRDS)
    sizes = 1.2 + 3.4 * np.sqrt(np.minimum(losses, 8))
    species = birds()[1].argmax(axis=0)
    marks = ""
    for kind in range(3):
        for named in (True, False):
            its = (species == kind) & (right == named)
            path = "".join(
                mark(kind, *place)
                for place in zip(axes.x(x[0, its]), axes.y(x[1, its]), sizes[its], strict=True)
            )
            opacity = ".35" if named else "0"
            marks += (
                f'<path d="{path}" {colour(kind)} fill-opacity="{opacity}" stroke-width="1.3"/>'
            )
    ticks = range(35, 61, 5), range(14, 23, 2)
    frame = axes.frame(*ticks, ("bill length, mm", "bill depth, mm"))
    return picture(BIRDS, frame + marks, label)


def curve_picture(values, along, point, name):
    """Draw the average loss along the knob, those of the species thinner, and where it stands."""
    top = 1.05 * max(1.5, along[:, -1].max())
    axes = Axes((values[0], values[-1]), (0, top), CURVE)
    lines = "".join(
        f'<path d="{path(axes.x(values), axes.y(within(along[:, kind], top)))}" '
        f'{colour(kind)} fill-opacity="0" stroke-width="1.5"{DASHES[kind]}/>'
        for kind in range(3)
    )
    lines += (
        f'<path d="{path(axes.x(values), axes.y(along[:, -1]))}" fill="none" '
        f'stroke="currentColor" stroke-width="3"/>'
        f'<circle cx="{axes.x(point[0]):.1f}" cy="{axes.y(point[1]):.1f}" r="7"/>'
    )
    ticks = np.linspace(values[0], values[-1], 7), np.arange(0, top, 1)
    frame = axes.frame(*ticks, (f"value of {name}", "average loss"))
    label = f"Average loss as {name} goes from {number(values[0])} to {number(values[-1])}"
    return picture(CURVE, frame + lines, label)


def picture(height, content, label):
    """Wrap a drawing."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{label}" fill="currentColor">{content}</svg>'
    )


def colour(kind):
    """Return attributes that draw in a species' colour, the scheme's own where the page has one."""
    chosen = f"var(--nn-class-{kind}, {COLOURS[f'class-{kind}']})"
    return f'style="color: {chosen}" fill="currentColor" stroke="currentColor"'


def mark(kind, x, y, size):
    """Write a disc, a triangle or a square, as the moving figure draws them."""
    if kind == 0:
        half = f"a{size:.1f},{size:.1f} 0 1 0"
        return f"M{x - size:.1f},{y:.1f}{half} {2 * size:.1f},0{half} {-2 * size:.1f},0z"
    if kind == 1:
        across, down = 1.15 * size, 2.1 * size
        return f"M{x:.1f},{y - 1.25 * size:.1f}l{across:.1f},{down:.1f}h{-2 * across:.1f}z"
    side = 1.8 * size
    return f"M{x - side / 2:.1f},{y - side / 2:.1f}h{side:.1f}v{side:.1f}h{-side:.1f}z"


def within(heights, top):
    """Leave out what rises above the picture."""
    return np.where(heights <= top, heights, np.nan)


def path(x, y):
    """Write a line through points, with a gap wherever one is missing."""
    written, pen = "", "M"
    for px, py in zip(x, y, strict=True):
        written += "" if np.isnan(py) else f"{pen}{px:.1f},{py:.1f}"
        pen = "M" if np.isnan(py) else "L"
    return written
