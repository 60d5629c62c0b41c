"""Gradient descent over blocks: the epochs of `nn_core.train`, whoever computes them."""

from pathlib import Path
from zlib import crc32

from nn_core import Epoch, to_vector
from nn_core import _validate as check
from nn_core.training import step
from nn_dask.checkpoint import Checkpoint, resume, write_checkpoint
from nn_dask.gradients import average, block_gradient, block_loss, check_arguments


def train(
    client,
    blocks,
    layers,
    alpha,
    epochs,
    blocks_per_step=None,
    rng=None,
    activation="sigmoid",
    checkpoint=None,
    progress=None,
):
    """Train by gradient descent over blocks on disk, one epoch at a time.

    Parameters
    ----------
    client : distributed.Client or None
        Who computes: None is this process, one block after the other.
    blocks : Blocks
    layers : list of Layer
        Where to start. They are not modified.
    alpha : float
        Learning rate, above 0.
    epochs : int
        How many times to go over the data, the epochs of a checkpoint included.
    blocks_per_step : int, optional
        Blocks that a step uses; by default all of them. The last step of an epoch may use fewer.
        Only the blocks of one step are worked on at the same time.
    rng : numpy.random.Generator, optional
        Shuffles the blocks before each epoch; needed when `blocks_per_step` is given.
    activation : {"sigmoid", "tanh", "relu"}
    checkpoint : str or Path, optional
        A file that holds the last finished epoch. If it is there already, the run goes on from it,
        with the same bits as if it had never stopped, and `rng` continues where it was.
    progress : callable, optional
        Called as `progress(done, number)` whenever a block of a step or of a loss is done.

    Returns
    -------
    epochs : iterator of Epoch
        As `nn_core.train`: epoch 0 is the start, then one for each pass; a run that goes on begins
        with the epoch of the checkpoint. Stop between epochs by not asking for the next.

    Raises
    ------
    ValueError
        At the call: as `gradient`; also if `alpha` is not above 0, `epochs` is below 0,
        `blocks_per_step` is not between 1 and the number of blocks, `rng` is missing, or the
        checkpoint is damaged or of a run with other settings.
    BlockError, ClusterError
        While it runs: as `gradient`. The checkpoint is then that of the last finished epoch.

    Notes
    -----
    Equation (eq-minibatch) of chapter 8, with (eq-divide-once) of chapter 11.
    """
    layers, activation = check_arguments(client, blocks, layers, activation)
    alpha, epochs = check.positive("alpha", alpha), check.whole("epochs", epochs, 0)
    if blocks_per_step is not None:
        high = len(blocks.paths)
        blocks_per_step = check.whole("blocks_per_step", blocks_per_step, 1, high)
        rng = check.generator("rng", rng)
    settings = {
        "blocks": mark("".join(Path(path).name for path in blocks.paths).encode()),
        "start": mark(to_vector(layers).tobytes()),
        "alpha": alpha,
        "activation": activation,
        "blocks_per_step": blocks_per_step,
    }
    number, found = 0, resume(checkpoint, settings)
    if found:
        number, layers, _ = found.epoch
        if rng is not None and found.rng is not None:
            rng.bit_generator.state = found.rng
    work = (client, blocks.paths, activation, progress)
    if blocks_per_step is None:
        states = full_batch(layers, alpha, *work)
    else:
        states = block_steps(layers, alpha, blocks_per_step, rng, *work)
    return keep(states, number, epochs, checkpoint, settings, rng)


def mark(data):
    """Tell data apart: eight hex digits."""
    return f"{crc32(data):08x}"


def full_batch(layers, alpha, client, paths, activation, progress):
    """Yield layers and their loss, with one step over all blocks between them."""
    while True:
        # One pass gives both: the loss of these layers, and the step to the next.
        gradients, loss = average(client, block_gradient, paths, layers, activation, progress)
        yield layers, loss
        layers = step(layers, gradients, alpha)


def block_steps(layers, alpha, size, rng, client, paths, activation, progress):
    """Yield layers and their loss, with a step for every `size` blocks between them."""
    while True:
        _, loss = average(client, block_loss, paths, layers, activation, progress)
        yield layers, loss
        order = rng.permutation(paths).tolist()
        for start in range(0, len(order), size):
            batch = order[start : start + size]
            gradients, _ = average(client, block_gradient, batch, layers, activation, progress)
            layers = step(layers, gradients, alpha)


def keep(states, first, last, checkpoint, settings, rng):
    """Number the states as epochs; write each to the checkpoint before it is handed out."""
    for number in range(first, last + 1):
        epoch = Epoch(number, *next(states))
        if checkpoint is not None:
            state = None if rng is None else rng.bit_generator.state
            write_checkpoint(checkpoint, Checkpoint(epoch, settings, state))
        yield epoch
