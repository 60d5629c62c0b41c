"""What is slow to make, such as a built book, is made by one worker for all of them."""

import os
import time

ENDED = "ended"


def shared(tmp_path_factory, name, make):
    """Return the folder `name`, made by whoever asks first; the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    try:
        folder.mkdir()
    except FileExistsError:
        while not (folder / ENDED).exists():
            time.sleep(0.1)
    else:
        try:
            make(folder)
        finally:
            (folder / ENDED).touch()
    return folder
