"""A Dask cluster of real processes on loopback, for tests that end some of them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).resolve().parents[2]
MEMORY = "400MB"  # of one worker


class Machines:
    """A scheduler and its workers, each a process of its own with one BLAS thread."""

    def __init__(self, folder, **settings):
        self.file, self.log = folder / "scheduler.json", (folder / "log.txt").open("w")
        self.settings = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT), **settings}
        self.scheduler = self.start("scheduler", "--port=0", f"--scheduler-file={self.file}")
        self.workers = []
        while not (self.file.is_file() and self.file.read_text().endswith("}")):
            assert self.scheduler.poll() is None, "the scheduler did not start"
            time.sleep(0.02)
        self.client = Client(json.loads(self.file.read_text())["address"])

    def start(self, what, *options, folder=ROOT, **settings):
        command = [sys.executable, "-m", "dask", what, "--host=127.0.0.1", "--no-dashboard"]
        return subprocess.Popen(
            [*command, *options],
            cwd=folder,
            env={**os.environ, **self.settings, **settings},
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def start_workers(self, count, wait=True, **options):
        """Start workers; with `wait`, return when the scheduler knows all that live."""
        arguments = [f"--scheduler-file={self.file}", "--nthreads=1", f"--memory-limit={MEMORY}"]
        self.workers += [self.start("worker", *arguments, **options) for _ in range(count)]
        if wait:
            self.client.wait_for_workers(len(self.workers), timeout=60)

    def pids(self):
        """The processes that compute, by address; each has a nanny that starts it again."""
        return self.client.run(os.getpid)

    def end_workers(self):
        """Kill all workers and their nannies, as a cut of the power would."""
        for worker in self.workers:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        self.workers.clear()
        while self.client.scheduler_info(n_workers=-1)["workers"]:
            time.sleep(0.02)

    def close(self):
        for process in [*self.workers, self.scheduler]:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.client.close(timeout=1)
        self.log.close()
