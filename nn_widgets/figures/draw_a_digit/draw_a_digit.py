"""Draw a digit: a trained network answers at every stroke, and says which pixels push its answer.

A drawing has to become what the network was trained on. The digits of the data set were taken from
a form with the preprocessing programs of NIST, and "32x32 bitmaps are divided into nonoverlapping
blocks of 4x4 and the number of on pixels are counted in each block" (Alpaydin & Kaynak 1998, the
data set's description). Those programs are Garris et al., *NIST Form-Based Handprint Recognition
System*, NISTIR 5469 (1994). Their published source stretches a character to 20 by 32 pixels, each
way by itself, in the middle of 32 by 32; thickens it when it has fewer than 256 pixels and thins it
when it has more than 412; and shears it until the left ends of its rows near the top and near the
foot stand above each other. The data bear it out: the 1,797 digits have 313 pixels on average,
98 % of them between 250 and 400; they touch all eight rows of blocks and 5.9 of the eight columns;
and in 1,471 of them the top and the foot row begin in the same column.

`bitmap.js` does the same to strokes. It differs in three things. It starts from a
line, not from a scan, so there are no blots, gaps or rough edges. Instead of thickening and
thinning by whole pixels it draws with a pen as wide as gives 313 pixels, at most 7. And it
stretches one way at most half as much again as the other, so that a bare 1 stays a line.
"""

from functools import lru_cache

import numpy as np
import traitlets

from nn_core import Layer, feedforward, init_layers, load_digits, train
from nn_core.activations import ACTIVATIONS
from nn_widgets.figures.draw_a_digit import picture
from nn_widgets.kit.figure import Figure

MOST = 16  # pixels in a block: what the counts are divided by
PAD = 255  # the largest coordinate of a stroke
MOST_STROKES = 40
MOST_NUMBERS = 3000  # of all strokes together
RIGHT, WRONG = 6, 4  # examples that the network names rightly and wrongly
OWN = 1400  # digits that the network made here is trained on


class DrawADigit(Figure):
    """Draw a digit; read the network's doubts, and which pixels push a class's score.

    Parameters
    ----------
    layers : list of Layer, optional
        A network from 64 pixels, each divided by 16, to 10 classes. The page carries its numbers
        rounded to three decimals. Without it, a small network is trained at once.
    activation : {"sigmoid", "tanh", "relu"}
    among : array of int, optional
        Which of the data set's digits the examples are taken from: those that the network was not
        trained on. All of them if left out.
    strokes : list of list of int
        The drawing: x₀, y₀, x₁, y₁, … from 0 to 255, y growing downwards.
    fitted : bool
        Whether the drawing is prepared as the data set was, or only counted as it stands.
    example : int
        Which example is shown, −1 for the drawing. The first, unless there are strokes.
    chosen : int
        The digit that is asked about, −1 for the network's answer.
    measure : {"score", "log p"}
        What of that digit the slopes are of.
    pixel : int
        The block whose slope is put to the test, 0 to 63, row by row; −1 for none.

    Raises
    ------
    traitlets.TraitError
        If a value is not one of those above, or the layers are no network from 64 to 10.
    """

    _module = "draw_a_digit"
    _title = "Draw a digit: what does the network see, and why does it say so?"

    strokes = traitlets.List(
        traitlets.List(traitlets.Int(min=0, max=PAD), [], 4, MOST_NUMBERS), [], 0, MOST_STROKES
    ).tag(sync=True)
    fitted = traitlets.Bool(True).tag(sync=True)
    example = traitlets.Int(0, min=-1, max=RIGHT + WRONG - 1).tag(sync=True)
    chosen = traitlets.Int(-1, min=-1, max=9).tag(sync=True)
    measure = traitlets.Enum(["score", "log p"], "score").tag(sync=True)
    pixel = traitlets.Int(-1, min=-1, max=63).tag(sync=True)

    def __init__(self, layers=None, activation="sigmoid", among=None, **given):
        if layers is None:
            if activation != "sigmoid" or among is not None:
                raise traitlets.TraitError(
                    "activation and among go with layers: give the network that they belong to"
                )
            layers, among = own_network()
        if activation not in ACTIVATIONS:
            known = ", ".join(ACTIVATIONS)
            raise traitlets.TraitError(f"activation must be one of {known}, got {activation!r}")
        self.activation, self.layers = activation, checked(rounded(layers))
        self.examples = chosen_examples(self.network(), activation, among)
        super().__init__(**({"example": -1} if "strokes" in given else {}) | given)

    def data(self):
        """Return the network and the examples."""
        return {
            "layers": self.layers,
            "activation": self.activation,
            "examples": self.examples,
        }

    @traitlets.validate("strokes")
    def _check_strokes(self, proposal):
        if any(len(stroke) % 2 for stroke in proposal["value"]):
            raise traitlets.TraitError("strokes must each have two or more points, x and y of each")
        if sum(map(len, proposal["value"])) > MOST_NUMBERS:
            raise traitlets.TraitError(f"strokes must have at most {MOST_NUMBERS} numbers in all")
        return proposal["value"]

    @traitlets.validate("example")
    def _check_example(self, proposal):
        if proposal["value"] >= max(1, len(self.examples)):
            raise traitlets.TraitError(
                f"example must be below {len(self.examples)}, got {proposal['value']}"
            )
        return proposal["value"]

    def network(self):
        """Return the layers as the figure has them: rounded to three decimals."""
        return [Layer(np.array(layer["W"]), np.c_[layer["b"]]) for layer in self.layers]

    def still(self):
        """Return an example with its probabilities and the pushes of its pixels."""
        shown = self.examples[max(0, self.example)]
        x = np.reshape(shown["x"], (64, 1)) / MOST
        trace = feedforward(self.network(), x, self.activation)
        p = trace.p[:, 0]
        asked = int(p.argmax()) if self.chosen < 0 else self.chosen
        slopes = pushes(self.network(), trace, asked, self.measure)
        return picture.still(shown, p, slopes, asked, self.measure)


def pushes(layers, trace, k, measure="score"):
    """Slope of one class's score, or of its log p, with respect to each of the 64 inputs.

    One step further back than training goes: dx = W1ᵀ dz1. For log p the pass starts at y − p, the
    loss's own start with the sign turned, if the truth were `k`.
    """
    dz = np.eye(len(trace.p))[:, [k]]
    if measure == "log p":
        dz = dz - trace.p
    dsigma = ACTIVATIONS[trace.activation].df
    for (W, _), z in zip(reversed(layers[1:]), reversed(trace.z[:-1]), strict=True):
        dz = W.T @ dz * dsigma(z)
    return (layers[0].W.T @ dz)[:, 0]


def rounded(layers):
    """Return layers as the page carries them."""
    return [
        {"W": np.round(W, 3).tolist(), "b": np.round(np.ravel(b), 3).tolist()} for W, b in layers
    ]


def checked(layers):
    """Return layers as they are if they are a network from 64 inputs to 10 outputs."""
    sizes = [64]
    for layer in layers:
        W, b = np.array(layer["W"]), np.array(layer["b"])
        if W.shape != (len(b), sizes[-1]) or not (np.isfinite(W).all() and np.isfinite(b).all()):
            raise traitlets.TraitError(
                f"layers must fit each other, from 64 inputs to 10 outputs; a W of shape "
                f"{W.shape} with b of length {len(b)} does not follow a layer of {sizes[-1]}"
            )
        sizes.append(len(b))
    if sizes[-1] != 10:
        raise traitlets.TraitError(f"layers must end in 10 outputs, got {sizes[-1]}")
    return layers


def chosen_examples(layers, activation, among=None, seed=8):
    """Pick digits that the network names rightly, all different, and some that it does not."""
    x, y = load_digits()
    among = np.arange(y.shape[1]) if among is None else among
    order = np.random.default_rng(seed).permutation(among)
    labels = y[:, order].argmax(axis=0)
    named = feedforward(layers, x[:, order] / MOST, activation).p.argmax(axis=0)
    _, first = np.unique(np.where(named == labels, labels, -1), return_index=True)
    right = [at for at in np.sort(first) if named[at] == labels[at]][:RIGHT]
    wrong = np.flatnonzero(named != labels)[:WRONG]
    picked = [*right, *wrong]
    return [{"label": int(labels[at]), "x": x[:, order[at]].astype(int).tolist()} for at in picked]


@lru_cache
def own_network():
    """Train a small network, in less than a second; return it and the digits it has not seen."""
    x, y = load_digits()
    rng = np.random.default_rng(8)
    seen, unseen = np.split(rng.permutation(x.shape[1]), [OWN])
    start = init_layers((64, 32, 10), rng)
    *_, last = train(start, x[:, seen] / MOST, y[:, seen], 2, 30, batch_size=50, rng=rng)
    return last.layers, unseen
