"""What the training lab trains: its presets, and the run that a choice decides, by nn_core.

training.js follows the same rules, and the tests hold the two to the same numbers.
"""

from typing import NamedTuple

import numpy as np

import nn_core
from nn_widgets.maths.chance import normal, uniform_numbers
from nn_widgets.maths.penguins import birds

EQUAL, LARGE = 0.5, 30.0
HELD_SHARE = 5  # one bird in five

BOOK = {
    "hidden": [3, 2],
    "activation": "sigmoid",
    "alpha": 1.0,
    "batch_size": None,
    "seed": 1,
    "start": "book",
    "hold_out": False,
}

# `shown` is the number of updates after which the still picture shows what the preset is about.
PRESETS = {
    "book": BOOK
    | {
        "title": "The book's network",
        "works": True,
        "shown": 2000,
        "watch": "The network you followed by hand learns from all 342 birds at once. Which border "
        "appears first, and which birds are still wrong at the end?",
        "why": "At this α each of the first updates lowers the loss. The birds left in rings at "
        "the end have birds of another species among their nearest neighbours: no simple border "
        "has them all right.",
    },
    "batches": BOOK
    | {
        "title": "Batches of 8 birds",
        "works": True,
        "alpha": 0.5,
        "batch_size": 8,
        "start": "random",
        "shown": 860,
        "watch": "Each update sees 8 birds only. Compare the loss curve with that of the book's "
        "network: how many epochs does each need?",
        "why": "One pass over the birds makes 43 updates instead of one. Each goes by a rough "
        "gradient, so the loss trembles, but many rough steps get further than one exact step.",
    },
    "tanh": BOOK
    | {
        "title": "One layer of 4 tanh neurons",
        "works": True,
        "hidden": [4],
        "activation": "tanh",
        "alpha": 0.3,
        "batch_size": 32,
        "start": "random",
        "shown": 1100,
        "watch": "One hidden layer instead of two, and tanh instead of the sigmoid. Look at the "
        "gradient of layer 1 in the first updates.",
        "why": "The slope of tanh is up to 1, that of the sigmoid up to a quarter, and the "
        "gradient passes one hidden layer instead of two. So layer 1 is moved at once.",
    },
    "straight": BOOK
    | {
        "title": "No hidden layer",
        "works": True,
        "hidden": [],
        "start": "random",
        "shown": 1000,
        "watch": "Softmax alone, without hidden neurons. What shape do the borders have?",
        "why": "Without hidden neurons each score is a sum of weighted inputs, so every border is "
        "a straight line. For these birds straight lines are nearly enough.",
    },
    "alpha-large": BOOK
    | {
        "title": "α far too large",
        "works": False,
        "alpha": 100.0,
        "shown": 200,
        "watch": "Take the first three updates one by one with Step. Where does the loss go?",
        "why": "The first step lands far beyond the valley. Hidden layer 2 ends up where the "
        "sigmoid is flat, so hardly any gradient reaches layers 1 and 2, while the output layer "
        "goes on jumping from one species to the next.",
    },
    "alpha-small": BOOK
    | {
        "title": "α far too small",
        "works": False,
        "alpha": 0.001,
        "shown": 2000,
        "watch": "The gradient bars are as long as those of the book's network at its start. Why "
        "does nothing happen?",
        "why": "A step is α times the gradient, and α is a thousandth. The direction is right, but "
        "two thousand such steps go about as far as two at α = 1.",
    },
    "twins": BOOK
    | {
        "title": "All weights equal",
        "works": False,
        "start": "equal",
        "shown": 2000,
        "watch": "Every weight starts at ½ and every bias at 0. How many different neurons does "
        "the network have after training?",
        "why": "Neurons of one layer with the same weights compute the same, get the same gradient "
        "and take the same step. They stay equal for ever, so each hidden layer is worth one "
        "neuron: all borders are parallel, and the loss stays above the book's.",
    },
    "start-large": BOOK
    | {
        "title": "Starting numbers too large",
        "works": False,
        "seed": 4,
        "start": "large",
        "shown": 2000,
        "watch": "Weights and biases are thirty times too large. Compare the gradient of each "
        "layer.",
        "why": "Large weights and biases make large z, and there the sigmoid is flat: σ′ is nearly "
        "0. Every slope that passes such a neuron is multiplied by σ′, so layers 1 and 2 hardly "
        "move, and the network only learns how common each species is.",
    },
    "deep": BOOK
    | {
        "title": "Deep and thin",
        "works": False,
        "hidden": [2, 2, 2],
        "alpha": 0.3,
        "seed": 3,
        "start": "random",
        "shown": 500,
        "watch": "Three hidden layers of two sigmoid neurons. Before the first update, compare the "
        "gradient of layer 1 with that of layer 4.",
        "why": "Each sigmoid passes on at most a quarter of the slope that reaches it, and the "
        "weights are small too. So the gradient shrinks layer by layer on its way back, and the "
        "loss waits for hundreds of updates at the price of guessing. It learns in the end.",
    },
    "dead-relu": BOOK
    | {
        "title": "Dead relu",
        "works": False,
        "activation": "relu",
        "alpha": 5.0,
        "start": "random",
        "shown": 200,
        "watch": "Take one update with Step, then look at the gradient of layers 1 and 2.",
        "why": "One long step pushed both neurons of layer 2 so far down that z is negative for "
        "every bird. There relu gives 0 and its slope is 0, so no gradient gets through, and no "
        "later update can bring them back.",
    },
    "memory": BOOK
    | {
        "title": "Too many neurons",
        "works": False,
        "hidden": [8, 8, 8],
        "activation": "tanh",
        "alpha": 0.1,
        "batch_size": 8,
        "seed": 3,
        "start": "random",
        "hold_out": True,
        "shown": 20000,
        "watch": "A fifth of the birds is kept back. Run it fast to the end and compare the two "
        "loss curves.",
        "why": "With 195 parameters the network bends its borders around single birds. The loss on "
        "the birds it learns from keeps falling; on the birds it has never seen it rises.",
    },
}
CHOICE = tuple(BOOK)


class Run(NamedTuple):
    """A run at one moment: its layers, the birds learned from, and the losses on the way.

    `losses` lists (update, loss on those birds), as far apart as a picture needs.
    """

    layers: list
    learn: np.ndarray
    losses: list


def start_layers(choice):
    """Return the layers that training begins with."""
    if choice["start"] == "book":
        return nn_core.load_example().layers
    sizes = [2, *choice["hidden"], 3]
    if choice["start"] == "equal":
        pairs = zip(sizes[1:], sizes, strict=False)
        return [nn_core.Layer(np.full((m, n), EQUAL), np.zeros((m, 1))) for m, n in pairs]
    scale = LARGE if choice["start"] == "large" else 1.0
    uniform = uniform_numbers(4 * choice["seed"] + 0)
    return [drawn(m, n, scale, uniform) for m, n in zip(sizes[1:], sizes, strict=False)]


def drawn(rows, cols, scale, uniform):
    """Draw one layer, standard normal divided by √n_in, W before b."""
    draw = [normal(uniform) * scale / np.sqrt(cols) for _ in range(rows * cols + rows)]
    W, b = draw[: rows * cols], draw[rows * cols :]
    return nn_core.Layer(np.reshape(W, (rows, cols)), np.reshape(b, (rows, 1)))


def shuffled(n, uniform):
    """Return 0 to n − 1 in random order (Fisher and Yates)."""
    order = list(range(n))
    for i in range(n - 1, 0, -1):
        k = int(next(uniform) * (i + 1))
        order[i], order[k] = order[k], order[i]
    return order


class Shuffler(np.random.Generator):
    """A generator whose permutations are those of the page."""

    def __init__(self, seed):
        super().__init__(np.random.PCG64(0))
        self.uniform = uniform_numbers(4 * seed + 2)

    def permutation(self, n):
        """Return 0 to n − 1 in random order."""
        return np.array(shuffled(n, self.uniform))


def learned_from(choice):
    """Return which birds the network learns from, as a mask over all."""
    n = birds()[0].shape[1]
    mask = np.ones(n, dtype=bool)
    if choice["hold_out"]:
        mask[shuffled(n, uniform_numbers(4 * choice["seed"] + 1))[: n // HELD_SHARE]] = False
    return mask


def train(choice, updates):
    """Return the `Run` that a choice has come to after so many updates.

    Whole epochs are `nn_core.train`'s; what is left of the last one is done batch by batch.
    """
    x, y = birds()
    learn = learned_from(choice)
    x, y = x[:, learn], y[:, learn]
    size, rng = choice["batch_size"], Shuffler(choice["seed"])
    per_epoch = 1 if size is None else -(-x.shape[1] // size)
    whole, rest = divmod(updates, per_epoch)
    how = {"batch_size": size, "rng": rng, "activation": choice["activation"]}
    every = max(1, whole // 200)
    losses = []
    for epoch in nn_core.train(start_layers(choice), x, y, choice["alpha"], whole, **how):
        if epoch.number % every == 0 or epoch.number == whole:
            losses.append((epoch.number * per_epoch, epoch.loss))
    layers = epoch.layers
    order = rng.permutation(x.shape[1]) if rest else []
    for n in range(rest):
        batch = order[n * size : (n + 1) * size]
        layers = one_update(layers, x[:, batch], y[:, batch], choice)
    if rest:
        losses.append((updates, nn_core.loss(layers, x, y, choice["activation"])))
    return Run(layers, learn, losses)


def one_update(layers, x, y, choice):
    """Take one step on a batch."""
    trace = nn_core.feedforward(layers, x, choice["activation"])
    return nn_core.descend(layers, nn_core.backprop(layers, trace, y), choice["alpha"])
