"""One sum over many paths: in this process, or by the workers of a Dask cluster."""

from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial, reduce
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from pkgutil import resolve_name
from zlib import crc32

import numpy as np
from distributed import Client, KilledWorker, as_completed, get_worker

from nn_core import _validate as check

GROUP = 16  # answers that one task adds: a task costs about a millisecond


def code_mark():
    """Name what decides the numbers: NumPy's version, and a checksum of both packages."""
    folders = [Path(find_spec(name).origin).parent for name in ("nn_core", "nn_dask")]
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return f"NumPy {np.__version__}, code {crc32(b''.join(f.read_bytes() for f in files)):08x}"


MARK = code_mark()


class ClusterError(Exception):
    """A cluster that cannot do what was asked; the message says why in one sentence."""


@contextmanager
def explained():
    """Turn Dask's errors about a cluster into one sentence."""
    try:
        yield
    except KilledWorker as error:
        died = error.allowed_failures + 1
        raise ClusterError(
            f"{died} {'worker has' if died == 1 else 'workers have'} died at the same block: "
            "it may be larger than a worker's memory, so write smaller ones"
        ) from error
    except (CancelledError, OSError) as error:
        raise ClusterError(f"the scheduler is gone, and the work with it: {error}") from error


def check_client(client):
    """Refuse what is neither None nor a client whose workers all run the code that runs here."""
    if client is None:
        return
    if not isinstance(client, Client) or client.asynchronous:
        check.fail("client", "be None or a distributed.Client that is not asynchronous", client)
    with explained():
        # A worker without the packages would die at its first task: ask by a name that all know.
        marks = client.run(resolve_name, f"{__name__}:MARK", on_error="return")
    for worker, mark in marks.items():
        if not isinstance(mark, OSError):  # that one is being lost right now
            check_mark(worker, mark, MARK)


def check_mark(worker, its, mine):
    """Refuse a worker whose code is not the client's."""
    if its != mine:
        raise ClusterError(f"worker {worker} does not run the client's code ({mine}): {its}")


def total(client, f, add, paths, layers, activation, progress=None):
    """Add `f(path, layers, activation)` over the paths, in an order that only their number sets."""
    if client is None:
        answers = (f(path, layers, activation) for path in paths)
        return add_up(counted(answers, len(paths), progress), partial(add_all, add))
    with explained():
        return on_cluster(client, f, add, paths, layers, activation, progress)


def on_cluster(client, f, add, paths, layers, activation, progress):
    """`total` by the workers: paths and layers go out, one answer comes back."""
    submit = partial(client.submit, at_worker, MARK, pure=False)
    # The result of a task, unlike scattered data, is made again when all who held it are gone.
    layers = submit(list, layers)
    task = partial(at_worker, MARK, f)
    answers = client.map(task, paths, layers=layers, activation=activation, pure=False)
    result = add_up(answers, partial(submit, add_all, add))
    pending = as_completed(answers)
    del answers  # so that each of them may go as soon as it has been added
    try:
        any(status == "error" for status in counted(map(arrived, pending), len(paths), progress))
        return result.result()
    finally:  # after an error, or Ctrl-C, nobody works on
        for future in (*pending.futures, layers, result):
            future.release()
        pending.clear()


def arrived(answer):
    """Return how a future has ended, and let it go: only the tasks that add want its result."""
    status = answer.status
    answer.release()
    return status


def at_worker(mark, f, *arguments, **named):
    """Call `f` where the code is the client's; a worker may have come since the client looked."""
    check_mark(get_worker().address, MARK, mark)
    return f(*arguments, **named)


def add_up(answers, add):
    """Add groups of neighbours, then groups of these sums, until one is left: a fixed tree."""
    answers = iter(answers)
    sums = [add(*group) for group in iter(lambda: tuple(islice(answers, GROUP)), ())]
    return sums[0] if len(sums) == 1 else add_up(sums, add)


def add_all(add, *answers):
    """Add from left to right."""
    return reduce(add, answers)


def counted(items, number, progress):
    """Pass the items on, and tell how many have come by."""
    for done, item in enumerate(items, start=1):
        if progress is not None:
            progress(done, number)
        yield item
