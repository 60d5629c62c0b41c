"""Training over blocks of examples that lie on disk: here, on processes or on machines, with Dask.

The gradient of a sum of losses is the sum of their gradients. So each block of examples is worked
on where there is room for it, the answers are added in one fixed order, and the division by the
number of examples comes once, at the end. The same lines run in this process (`client=None`), on
processes (`Client()`) and on a cluster (`Client("tcp://…")`), and give the same bits.

>>> import tempfile
>>> import nn_core as nn
>>> from nn_dask import open_blocks, train, write_blocks
>>> birds, folder = nn.load_penguins(), tempfile.mkdtemp() + "/birds"
>>> blocks = write_blocks(folder, (nn.standardise(birds.x), birds.y), size=100)
>>> for epoch in train(None, blocks, nn.load_example().layers, alpha=1, epochs=2000):
...     pass
>>> print(f"{epoch.loss:.2f}")
0.07
"""

from nn_dask.birds import draw_birds
from nn_dask.blocks import BlockError, Blocks, open_blocks, read_block, write_blocks
from nn_dask.checkpoint import Checkpoint, read_checkpoint
from nn_dask.cluster import ClusterError
from nn_dask.gradients import Part, add, block_gradient, block_loss, gradient, loss
from nn_dask.training import train

__all__ = [
    "BlockError",
    "Blocks",
    "Checkpoint",
    "ClusterError",
    "Part",
    "add",
    "block_gradient",
    "block_loss",
    "draw_birds",
    "gradient",
    "loss",
    "open_blocks",
    "read_block",
    "read_checkpoint",
    "train",
    "write_blocks",
]
