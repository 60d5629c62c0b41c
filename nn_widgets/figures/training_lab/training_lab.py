"""Training lab: a small network learns to tell the penguins apart while the reader watches."""

import traitlets

import nn_core
from nn_widgets.figures.training_lab import training as lab
from nn_widgets.figures.training_lab.picture import described, pictures
from nn_widgets.kit.choices import Number
from nn_widgets.kit.figure import Figure
from nn_widgets.maths.penguins import as_json, measurements

MOST_UPDATES = 20_000
OWN = "own"


class TrainingLab(Figure):
    """Train the penguin network, or one of your own, and watch how it learns or why it does not.

    Every argument is a trait, which Python may read and set while the figure moves. A change of
    the network or of the training begins a new run: from update 0 when the reader makes it, trained
    to `steps` when Python does. The same choice gives the same run.

    Parameters
    ----------
    preset : str
        A key of `training.PRESETS`, whose settings it brings, or "own". Setting anything below
        to another value makes it "own".
    hidden : list of int
        Neurons of each hidden layer: at most 3 layers of 1 to 8.
    activation : {"sigmoid", "tanh", "relu"}
    alpha : float
        The learning rate, from 0.001 to 100.
    batch_size : {1, 8, 32, None}
        Birds in an update; None for all of them.
    seed : int
        Decides the random weights, the birds held out and the order of the batches; 1 to 999.
    start : {"book", "random", "equal", "large"}
        The weights at the start. "book" is for the hidden layers [3, 2] alone.
    hold_out : bool
        Whether a fifth of the birds is kept for validation.
    steps : int
        Updates taken, at most 20,000. A figure that opens with more than 0 first trains to there.
    bird : int
        Whose probabilities are shown: its column in the data, 0 to 341.
    speed : {"slow", "steady", "fast"}
    log_scale : bool
        Whether the loss curve has a logarithmic axis.

    Raises
    ------
    traitlets.TraitError
        If a value is not one of those above.
    """

    _module = "training_lab"
    _title = "Training lab: watch a network learn, or fail to"

    preset = traitlets.Enum([*lab.PRESETS, OWN], "book").tag(sync=True)
    hidden = traitlets.List(traitlets.Int(min=1, max=8), [3, 2], 0, 3).tag(sync=True)
    activation = traitlets.Enum(["sigmoid", "tanh", "relu"], "sigmoid").tag(sync=True)
    alpha = Number(1.0, min=0.001, max=100).tag(sync=True)
    batch_size = traitlets.Enum([1, 8, 32, None], None).tag(sync=True)
    seed = traitlets.Int(1, min=1, max=999).tag(sync=True)
    start = traitlets.Enum(["book", "random", "equal", "large"], "book").tag(sync=True)
    hold_out = traitlets.Bool(False).tag(sync=True)
    steps = traitlets.Int(0, min=0, max=MOST_UPDATES).tag(sync=True)
    bird = traitlets.Int(185, min=0, max=341).tag(sync=True)
    speed = traitlets.Enum(["slow", "steady", "fast"], "steady").tag(sync=True)
    log_scale = traitlets.Bool(False).tag(sync=True)

    def __init__(self, preset="book", **given):
        settings = lab.PRESETS.get(preset, lab.BOOK)
        choice = {name: settings[name] for name in lab.CHOICE} | given
        if "hidden" in given and "start" not in given and list(given["hidden"]) != [3, 2]:
            choice["start"] = "random"
        super().__init__(preset=preset, **choice)
        self.observe(self._bring_settings, "preset")
        self.observe(self._name_the_choice, list(lab.CHOICE))
        self._name_the_choice()

    def data(self):
        """Return the presets, the starting network, the birds and their species."""
        return {
            "presets": lab.PRESETS,
            "book": as_json(nn_core.load_example().layers),
            "birds": measurements(),
            "species": list(nn_core.load_penguins().species),
        }

    @traitlets.validate("start", "hidden")
    def _book_fits(self, proposal):
        now = {"start": self.start, "hidden": self.hidden} | {
            proposal["trait"].name: proposal["value"]
        }
        if now["start"] == "book" and list(now["hidden"]) != [3, 2]:
            raise traitlets.TraitError(
                f"start can be 'book' only for the hidden layers [3, 2], got {now['hidden']}"
            )
        return proposal["value"]

    def choice(self):
        """Return what decides the run, as a dict."""
        return {name: getattr(self, name) for name in lab.CHOICE}

    def _bring_settings(self, change):
        if change["new"] != OWN:
            with self.hold_trait_notifications():
                for name in lab.CHOICE:
                    self.set_trait(name, lab.PRESETS[change["new"]][name])

    def _name_the_choice(self, _change=None):
        mine = self.choice()
        named = lab.PRESETS.get(self.preset)
        if named and any(named[name] != mine[name] for name in lab.CHOICE):
            self.preset = OWN

    def trained(self):
        """Return a number of updates and the run there: `steps`, or if 0 what the preset shows."""
        updates = self.steps or lab.PRESETS.get(self.preset, {"shown": 1000})["shown"]
        return updates, lab.train(self.choice(), updates)

    def still(self):
        """Return the regions and the loss curve after training, and what they show in words."""
        updates, run = self.trained()
        title = lab.PRESETS[self.preset]["title"] if self.preset != OWN else "The chosen network"
        caption = described(title, self.choice(), run, updates)
        return f"{pictures(self.choice(), run, caption)}\n<p>{caption}</p>"
