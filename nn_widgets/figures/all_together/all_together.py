"""All together: four machines, each with a block of the birds, and one gradient."""

from functools import lru_cache

import numpy as np
import traitlets

from nn_core import backprop, feedforward, load_example, load_penguins, to_vector
from nn_widgets.figures.all_together.picture import picture
from nn_widgets.kit.figure import Figure
from nn_widgets.maths.format import number
from nn_widgets.maths.penguins import as_json, birds, measurements, parameter_names

BLOCKS = {"unequal": [10, 100, 100, 132], "equal": [85, 86, 86, 85]}
ENTRIES = [17, 19]  # of the vector of parameters: the first entry of two rows of W³


class AllTogether(Figure):
    """Predict the gradient of four machines' birds, add their sums, lose a machine, slow one down.

    Parameters
    ----------
    blocks : {"unequal", "equal"}
        How many of the 342 birds each machine has: 10, 100, 100, 132, or 85, 86, 86, 85.
    way : {"tree", "ring", "arrival"}
        In which order the sums are added, and who sends what.
    lost, slow : int
        The machine that is lost, and the one that takes three times as long; 0 is none.
    step : int
        How many of the three additions are done; at 4 the sum is divided.
    shown : bool
        Whether the average that the reader predicts is shown before step 4.
    """

    _module = "all_together"
    _title = "All together"

    blocks = traitlets.Enum(list(BLOCKS), "unequal").tag(sync=True)
    way = traitlets.Enum(["tree", "ring", "arrival"], "tree").tag(sync=True)
    lost = traitlets.Int(0, min=0, max=4).tag(sync=True)
    slow = traitlets.Int(0, min=0, max=4).tag(sync=True)
    step = traitlets.Int(0, min=0, max=4).tag(sync=True)
    shown = traitlets.Bool(False).tag(sync=True)

    def data(self):
        """Return the birds, the network, the blocks, and which two entries are followed."""
        return {
            "birds": measurements(),
            "layers": as_json(load_example().layers),
            "sizes": BLOCKS,
            "entries": ENTRIES,
            "species": list(load_penguins().species),
        }

    def still(self):
        """Return the four sums as arrows, head to tail, and everything as a table."""
        sums, counts = block_sums(self.blocks)
        names = [f"d{name}" for name in np.array(parameter_names(load_example().layers))[ENTRIES]]
        total = sums.sum(axis=0)
        means = (sums / counts[:, None]).mean(axis=0)
        label = (
            f"The four sums of gradients as arrows, head to tail, in {names[0]} across and "
            f"{names[1]} up. Together they are {pair(total)}."
        )
        caption = (
            f"Each block answers with a sum and a count. Added and divided once by {sum(counts)}, "
            f"the sums are the gradient {pair(total / sum(counts))}. "
            f"The mean of the four means would be {pair(means)}."
        )
        return f"{picture(sums, names, label)}\n<p>{caption}</p>\n{table(sums, counts, names)}"


@lru_cache
def block_sums(blocks):
    """Return two entries of each block's sum of gradients, and its count.

    Returns
    -------
    sums : ndarray, shape (4, 2)
    counts : ndarray, shape (4,)
    """
    x, y = birds()
    layers = load_example().layers
    counts = np.array(BLOCKS[blocks])
    cuts = np.cumsum(counts)[:-1]
    gradients = [
        to_vector(backprop(layers, feedforward(layers, x_B), y_B))[ENTRIES]
        for x_B, y_B in zip(np.split(x, cuts, axis=1), np.split(y, cuts, axis=1), strict=True)
    ]
    return counts[:, None] * np.array(gradients), counts


def table(sums, counts, names):
    """Write a row for each block, one for the sum, and one for the sum divided."""
    N, total = counts.sum(), sums.sum(axis=0)
    rows = [
        *((f"machine {k + 1}", counts[k], *sums[k]) for k in range(4)),
        ("sum", N, *total),
        ("divided by N", "", *(total / N)),
    ]
    head = "".join(f'<th scope="col">{text}</th>' for text in ("answer", "N", *names))
    body = "".join(
        f'<tr><th scope="row">{name}</th><td>{count}</td>'
        + "".join(f"<td>{number(value)}</td>" for value in values)
        + "</tr>"
        for name, count, *values in rows
    )
    return (
        '<table class="nn-numbers"><caption>Sums of gradients and counts</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def pair(values):
    """Write a vector of two."""
    return f"({', '.join(map(number, values))})"
