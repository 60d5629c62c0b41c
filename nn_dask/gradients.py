"""The gradient of the average loss over all blocks: sums of each block, added, divided once."""

from typing import NamedTuple

from nn_core import Layer
from nn_core import _validate as check
from nn_core.activations import ACTIVATIONS
from nn_core.gradients import backward, collect
from nn_core.losses import price
from nn_core.network import forward
from nn_dask.blas import one_thread
from nn_dask.blocks import Blocks, read_block
from nn_dask.cluster import check_client, total


class Part(NamedTuple):
    """Sums over some of the examples: of their gradients, of their losses, and their number.

    `gradients` lists `Layer(ΣdW, Σdb)` for each layer. Parts are added; nothing is averaged
    before the last one is in.
    """

    gradients: list
    loss: float
    count: int


@one_thread()
def block_gradient(path, layers, activation="sigmoid"):
    """Sum the gradients and the losses of the examples of one block.

    Parameters
    ----------
    path : str or Path
        A file that `write_blocks` has written.
    layers : list of Layer
    activation : {"sigmoid", "tanh", "relu"}

    Returns
    -------
    part : Part

    Raises
    ------
    BlockError
        If the file is missing, cut short or altered.

    Notes
    -----
    Equation (eq-block-sum) of chapter 11. `backprop` has divided by the examples of the block;
    the factor N takes that back.
    """
    trace, y = feed(path, layers, activation)
    N = y.shape[1]
    gradients = [Layer(N * dW, N * db) for dW, db in collect(backward(layers, trace, y))]
    return Part(gradients, N * price(trace.z[-1], y), N)


@one_thread()
def block_loss(path, layers, activation="sigmoid"):
    """Sum the losses of the examples of one block: a `Part` without gradients."""
    trace, y = feed(path, layers, activation)
    N = y.shape[1]
    return Part([], N * price(trace.z[-1], y), N)


def feed(path, layers, activation):
    """Read a block and send it forward; return the trace and the labels in its dtype."""
    x, y = read_block(path)
    trace = forward(layers, x, activation)
    return trace, y.astype(trace.p.dtype)


def add(a, b):
    """Add the answers of two blocks.

    Notes
    -----
    Equation (eq-block-sum) of chapter 11.
    """
    pairs = zip(a.gradients, b.gradients, strict=True)
    gradients = [Layer(a.W + b.W, a.b + b.b) for a, b in pairs]
    return Part(gradients, a.loss + b.loss, a.count + b.count)


def gradient(client, blocks, layers, activation="sigmoid", progress=None):
    """Gradient of the average loss over the examples of all blocks, and that loss.

    Parameters
    ----------
    client : distributed.Client or None
        Who computes: None is this process, one block after the other.
    blocks : Blocks
    layers : list of Layer
    activation : {"sigmoid", "tanh", "relu"}
    progress : callable, optional
        Called as `progress(done, number of blocks)` whenever a block is done.

    Returns
    -------
    gradients : list of Layer
        `Layer(dW, db)` for each layer, as `backprop` gives them for all examples at once.
    loss : float
        In nats.

    Raises
    ------
    ValueError
        If `client` is neither, or the layers do not fit each other or the blocks.
    BlockError
        If a block is missing, cut short or altered.
    ClusterError
        If the scheduler is gone, a worker runs other code, or a block has ended every worker that
        tried it. A worker that is lost otherwise costs time only; while none is there, this waits.

    Notes
    -----
    Equations (eq-block-sum) and (eq-divide-once) of chapter 11. The sums have a fixed order and
    BLAS has one thread, so the bits do not depend on who computes. Processors of another kind
    may round otherwise: BLAS has other products for them.
    """
    layers, activation = check_arguments(client, blocks, layers, activation)
    return average(client, block_gradient, blocks.paths, layers, activation, progress)


def loss(client, blocks, layers, activation="sigmoid", progress=None):
    """Average loss over the examples of all blocks, in nats; the rest is as for `gradient`."""
    layers, activation = check_arguments(client, blocks, layers, activation)
    return average(client, block_loss, blocks.paths, layers, activation, progress)[1]


def average(client, f, paths, layers, activation, progress=None):
    """Add what `f` says of each block, and divide by the number of all examples, once."""
    gradients, loss, N = total(client, f, add, paths, layers, activation, progress)
    return [Layer(dW / N, db / N) for dW, db in gradients], loss / N


def check_arguments(client, blocks, layers, activation):
    """Return layers and activation if all the arguments of `gradient` fit each other."""
    check_client(client)
    if not isinstance(blocks, Blocks):
        check.fail("blocks", "be Blocks, as open_blocks returns them", type(blocks).__name__)
    layers = [Layer(W, b) for W, b in check.layers("layers", layers)]
    ends = (layers[0].W.shape[1], layers[-1].W.shape[0])
    if ends != (blocks.inputs, blocks.classes):
        wanted = f"take {blocks.inputs} inputs and give {blocks.classes} classes, as the blocks do"
        check.fail("layers", wanted, f"{ends[0]} and {ends[1]}")
    return layers, check.choice("activation", activation, ACTIVATIONS)
