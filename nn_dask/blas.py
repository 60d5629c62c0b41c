"""Matrix products on one thread, so that they have the same bits wherever they are computed."""

from contextlib import contextmanager
from functools import cache
from threading import Lock

from threadpoolctl import ThreadpoolController

controller = cache(ThreadpoolController)  # finding the libraries takes milliseconds: once
lock, inside, limit = Lock(), 0, None


@contextmanager
def one_thread():
    """Hold BLAS to one thread, in this whole process, until the last of those inside leaves.

    BLAS cuts a product into pieces for its threads, and where it cuts, it rounds differently.
    """
    global inside, limit
    with lock:
        if inside == 0:
            limit = controller().limit(limits=1, user_api="blas")
        inside += 1
    try:
        yield
    finally:
        with lock:
            inside -= 1
            if inside == 0:
                limit.restore_original_limits()
