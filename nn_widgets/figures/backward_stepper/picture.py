"""The flow of numbers through the penguin network and back, as SVG that needs no style sheet.

Columns are x, z¹, h¹, z², h², z³, p, L. Rows are the parameters, what flows forward, what flows
backward, and the gradients of the parameters. An arrow says what is done on the way.
"""

from html import escape

from nn_widgets.kit.plot.picture import COLOURS
from nn_widgets.kit.plot.svg import text
from nn_widgets.maths.format import number

PITCH, LEFT = 90, 34  # between columns; middle of the first one
LINE, WIDE = 16, 45  # of an entry
ROWS = {"parameters": 8, "forward": 118, "backward": 236, "gradients": 352}  # upper edges
FLOW = ("x", "z1", "h1", "z2", "h2", "z3", "p", "L")
COLUMN = {name: LEFT + PITCH * place for place, name in enumerate(FLOW)}
COLUMN |= {f"d{name}": COLUMN[name] for name in FLOW} | {"y": COLUMN["p"]}
WIDTH, HEIGHT = LEFT + 7 * PITCH + 34, 436
RAISED = str.maketrans("0123", "⁰¹²³")


def picture(values, label):
    """Draw the values, arrays by name: x, W1, b1, z1 and so on to db1.

    Parameters
    ----------
    values : dict of str to ndarray
        What flows must be single columns.
    label : str
        What the picture shows, for those who do not see it.

    Returns
    -------
    svg : str
    """
    boxes = [box(name, values[name], COLUMN[name], ROWS["forward"]) for name in FLOW]
    boxes += [
        box(name, values[name], COLUMN[name], ROWS["backward"])
        for name in ("y", "dz3", "dh2", "dz2", "dh1", "dz1")
    ]
    for n in (1, 2, 3):
        boxes += pair(f"W{n}", f"b{n}", values, COLUMN[f"z{n}"], ROWS["parameters"])
        boxes += pair(f"dW{n}", f"db{n}", values, COLUMN[f"z{n}"], ROWS["gradients"])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" style="min-width: {WIDTH - 40}px" role="img" '
        f'aria-label="{escape(label)}">'
        '<g font-family="system-ui, sans-serif" font-size="11.5" text-anchor="middle" '
        f'fill="currentColor">{arrows()}{"".join(boxes)}</g></svg>'
    )


def role(name):
    """Return the name without its layer: dW of dW3."""
    return name.rstrip("0123")


def height(value):
    """Height of the box around an array."""
    return 8 + LINE * (1 + value.shape[0])


def width(value):
    """Width of the box around an array."""
    return 8 + WIDE * value.shape[1]


def box(name, value, middle, top):
    """Draw an array in a box, its name above its entries."""
    colour = f"var(--nn-{role(name)}, {COLOURS[role(name)]})"
    left = middle - width(value) / 2
    entries = "".join(
        text(left + 4 + WIDE * (col + 0.5), top + 14 + LINE * (row + 1), number(v))
        for row, line in enumerate(value)
        for col, v in enumerate(line)
    )
    frame = (
        f'<rect x="{left:g}" y="{top}" width="{width(value)}" height="{height(value)}" rx="5" '
        f'style="fill: none; stroke: {colour}" stroke-width="1.5"/>'
    )
    title = text(middle, top + 14, name.translate(RAISED), font_weight="700")
    return f'{frame}<g style="fill: {colour}">{title}{entries}</g>'


def pair(weights, biases, values, middle, top):
    """Draw W and b side by side, or dW and db."""
    W, b = values[weights], values[biases]
    left = middle - (width(W) + 4 + width(b)) / 2
    return [
        box(weights, W, left + width(W) / 2, top),
        box(biases, b, left + width(W) + 4 + width(b) / 2, top),
    ]


def arrows():
    """Draw every arrow, and beside it what is done there."""
    forth, back = ROWS["forward"] + 36, ROWS["backward"] + 36
    half = WIDE / 2 + 4
    drawn = []
    for here, there, word in zip(
        FLOW, FLOW[1:], ["", "σ", "", "σ", "", "soft-max", "−log"], strict=False
    ):
        drawn.append(arrow(COLUMN[here] + half, forth, COLUMN[there] - half, forth, word))
    for here, there, word in (
        ("y", "dz3", "p − y"),
        ("dz3", "dh2", "W³ᵀ"),
        ("dh2", "dz2", "σ′"),
        ("dz2", "dh1", "W²ᵀ"),
        ("dh1", "dz1", "σ′"),
    ):
        drawn.append(arrow(COLUMN[here] - half, back, COLUMN[there] + half, back, word))
    for n in (1, 2, 3):
        at = COLUMN[f"z{n}"]
        drawn.append(arrow(at, ROWS["parameters"] + 76, at, ROWS["forward"] - 2))
        before = "xᵀ" if n == 1 else f"(h{'⁰¹²'[n - 1]})ᵀ"
        drawn.append(arrow(at, ROWS["backward"] + 74, at, ROWS["gradients"] - 2))
        drawn.append(text(at - 26, ROWS["gradients"] - 14, f"· {before}"))
    down = COLUMN["p"]
    drawn.append(arrow(down, ROWS["forward"] + 74, down, ROWS["backward"] - 2))
    return "".join(drawn)


def arrow(x1, y1, x2, y2, word=""):
    """Draw an arrow along an axis, and a word above its middle."""
    along = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
    x, y = x2 - 2 * along[0], y2 - 2 * along[1]
    head = (
        f"M{x - 5 * along[0] - 4 * along[1]:g},{y - 5 * along[1] - 4 * along[0]:g}L{x:g},{y:g}"
        f"L{x - 5 * along[0] + 4 * along[1]:g},{y - 5 * along[1] + 4 * along[0]:g}"
    )
    line = (
        f'<path d="M{x1:g},{y1:g}L{x:g},{y:g}{head}" fill="none" '
        'stroke="currentColor" stroke-opacity=".6"/>'
    )
    words = word.split("-") if word == "soft-max" else [word]
    said = [
        text((x1 + x2) / 2, y1 - 6 - 12 * (len(words) - 1 - place), part)
        for place, part in enumerate(words)
        if part
    ]
    return line + "".join(said)
