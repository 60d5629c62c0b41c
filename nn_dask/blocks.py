"""Blocks of examples on disk.

A folder holds one file for each block and `manifest.json`, which lists them. A file holds two
arrays, one after the other as `numpy.save` writes them: `x` (n_0, N) and `y` (K, N), one-hot, a
byte an entry. Its name ends in the CRC-32 of its bytes, so that the name alone says what has to
be in it, on every machine.
"""

import json
import os
import shutil
from io import BytesIO
from pathlib import Path
from platform import node
from typing import NamedTuple
from zlib import crc32

import numpy as np

from nn_core import _validate as check

MANIFEST = "manifest.json"


class BlockError(Exception):
    """A file of blocks that is missing, cut short or altered; the message names it."""


class Blocks(NamedTuple):
    """What a folder of blocks holds.

    `paths` are the files and `counts` their numbers of examples; every `x` has `inputs` rows of
    `dtype`, every `y` has `classes` rows.
    """

    paths: list
    counts: list
    inputs: int
    classes: int
    dtype: str


def write_blocks(folder, examples, size=100_000):
    """Write examples in blocks of at most `size`, for training over more than memory holds.

    Parameters
    ----------
    folder : str or Path
        Where to; it must not be there yet. It gets its name when the last block is written.
    examples : (x, y), or an iterable of such pairs
        `x` of shape (n_0, N), `y` one-hot of shape (K, N). A generator may yield any number of
        pairs; only one is held in memory. Each pair is cut by itself.
    size : int
        Examples per block; the last one of a pair may be smaller.

    Returns
    -------
    blocks : Blocks

    Raises
    ------
    ValueError
        If the folder exists, there are no examples, `x` is not finite, a column of `y` is not
        one-hot, or a pair has other sizes or another dtype than the first.
    """
    folder, size = Path(folder).resolve(), check.whole("size", size, 1)
    if folder.exists():
        check.fail("folder", "be a new one", f"{folder}, which is there already")
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    pairs = [examples] if isinstance(examples, tuple) else examples
    rows = [write_block(unfinished, n, *pair) for n, pair in enumerate(cut(pairs, size))]
    if not rows:
        check.fail("examples", "hold at least one pair (x, y)", "none")
    manifest = {**rows[0][0], "blocks": [row for _, row in rows]}
    (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    os.replace(unfinished, folder)
    return open_blocks(folder)


def cut(pairs, size):
    """Yield checked pieces of at most `size` columns; all pairs must be like the first."""
    n_in = K = dtype = None
    for x, y in pairs:
        x = check.array("x", x, (n_in, None))
        y = check.labels("y", y, like=np.empty((K or len(y), x.shape[1]), np.uint8))
        if dtype is not None and dtype != x.dtype:  # numpy takes None for float64
            check.fail("x", f"be {dtype}, as in the first pair", x.dtype)
        n_in, K, dtype = x.shape[0], y.shape[0], x.dtype
        for start in range(0, x.shape[1], size):
            yield x[:, start : start + size], y[:, start : start + size]


def write_block(folder, number, x, y):
    """Write one file; return what all blocks share, and this block's row of the manifest."""
    file = BytesIO()
    np.save(file, np.ascontiguousarray(x))
    np.save(file, np.ascontiguousarray(y))
    name = f"block-{number:05d}-{crc32(file.getbuffer()):08x}.npy"
    (folder / name).write_bytes(file.getbuffer())
    shared = {"inputs": x.shape[0], "classes": y.shape[0], "dtype": str(x.dtype)}
    return shared, {"file": name, "examples": x.shape[1]}


def open_blocks(folder):
    """Return the blocks that `write_blocks` has written to a folder.

    Raises
    ------
    BlockError
        If the manifest is missing or is none.
    """
    folder = Path(folder).resolve()
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        rows = manifest.pop("blocks")
        paths = [str(folder / row["file"]) for row in rows]
        return Blocks(paths, [row["examples"] for row in rows], **manifest)
    except FileNotFoundError:
        raise BlockError(f"{folder / MANIFEST} is missing: no blocks were written here") from None
    except (ValueError, LookupError, TypeError) as error:
        raise BlockError(f"{folder / MANIFEST} is no manifest of blocks: {error!r}") from None


def read_block(path):
    """Return the examples of one block.

    Returns
    -------
    x, y : ndarray, shapes (n_0, N) and (K, N)
        The inputs as they were given, and the one-hot labels as bytes.

    Raises
    ------
    BlockError
        If the file cannot be read, or its bytes are not those that its name tells.
    """
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise BlockError(f"{path} is missing on {node()}") from None
    except OSError as error:
        raise BlockError(f"{path} cannot be read: {error.strerror}") from None
    if not Path(path).stem.endswith(f"-{crc32(data):08x}"):
        raise BlockError(f"{path} is not as it was written: it was cut short or altered")
    file = BytesIO(data)
    return np.load(file), np.load(file)
