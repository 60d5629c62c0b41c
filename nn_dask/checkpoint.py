"""The state of a run on disk, so that another run can go on from it."""

import json
import os
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np

from nn_core import Epoch, Layer
from nn_core import _validate as check


class Checkpoint(NamedTuple):
    """The last finished `epoch`, the `settings` of its run, and the state of its `rng` or None."""

    epoch: Epoch
    settings: dict
    rng: dict | None


def write_checkpoint(path, checkpoint):
    """Put a checkpoint in the place of the last one, at once: a crash leaves one or the other."""
    (number, layers, loss), settings, rng = checkpoint
    text = json.dumps([number, loss, settings, rng], default=lambda a: a.tolist())
    arrays = {f"W{n}": W for n, (W, _) in enumerate(layers, 1)}
    arrays |= {f"b{n}": b for n, (_, b) in enumerate(layers, 1)}
    unfinished = Path(f"{path}.unfinished")
    with unfinished.open("wb") as file:
        np.savez(file, about=text, **arrays)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)


def read_checkpoint(path):
    """Return the `Checkpoint` in a file, or None if there is no such file.

    Raises
    ------
    ValueError
        If the file is not a checkpoint, or is damaged.
    """
    try:
        with np.load(path) as file:
            number, loss, settings, rng = json.loads(str(file["about"]))
            count = len(file.files) // 2
            layers = [Layer(file[f"W{n}"], file[f"b{n}"]) for n in range(1, count + 1)]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, EOFError, BadZipFile):
        check.fail("checkpoint", "name a file that train has written", path)
    return Checkpoint(Epoch(number, layers, loss), settings, rng)


def resume(path, settings):
    """Return the checkpoint of an earlier run with the same settings, or None if there is none."""
    found = None if path is None else read_checkpoint(path)
    for name, value in settings.items() if found else ():
        if found.settings.get(name) != value:
            wanted = f"be of a run with the same {name} ({value})"
            check.fail("checkpoint", wanted, f"{found.settings.get(name)} in {path}")
    return found
