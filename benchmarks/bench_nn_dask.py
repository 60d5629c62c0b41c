"""One training step over blocks on disk: a plain loop beside Dask's workers and PyTorch's DDP.

A step reads eight blocks, adds up the gradients of all their examples, and moves every parameter
once. All read the same files through `nn_dask.read_block`, checksum included, and have one thread
for matrix products in each worker. They take turns in one run; each time in the table is the
shortest of the rounds, because whatever else the machine does only adds. The ratio to the plain
loop stands in brackets: below 1, it is faster than the loop. "Nothing" is the step of two processes
without the reading and the mathematics: the same tasks, layers and sums travel. Its share of the
step of two processes is communication and overhead. All Dask processes but the first two keep the
memory that they have freed.

Run it with `make bench`, or `python benchmarks/bench_nn_dask.py` where the `bench` extra is
installed. It prints a Markdown table, and writes it to a file with `--output FILE`.
"""

# ruff: noqa: E402
import argparse
import logging
import os
import platform
import tempfile
import time
from contextlib import ExitStack
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

for library in ("OPENBLAS", "OMP", "MKL"):  # read when NumPy and PyTorch load, in workers too
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy as np
import torch
from distributed import Client, LocalCluster
from torch.nn.parallel import DistributedDataParallel

import nn_core as nn
import nn_dask as nd
from nn_dask.cluster import total

ALPHA, BLOCKS, SIZES = 0.1, 8, [64, 32, 10]
EXAMPLES = (100, 1_000, 10_000, 50_000)
CLUSTERS = {
    "2 processes as Dask starts them": {"n_workers": 2, "threads_per_worker": 1},
    "1 process": {"n_workers": 1, "threads_per_worker": 1},
    "2 processes": {"n_workers": 2, "threads_per_worker": 1},
    "1 thread": {"n_workers": 1, "threads_per_worker": 1, "processes": False},
    "2 threads": {"n_workers": 1, "threads_per_worker": 2, "processes": False},
}


# Dask has its workers give memory back whenever 64 kB of it are free, so every large array is asked
# for anew, page by page. These settings of glibc let a worker keep what it will need again.
KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(2**27), "MALLOC_MMAP_THRESHOLD_": str(2**25)}


def write(folder, examples):
    """Eight blocks of random images: the time of a step does not depend on the values."""
    rng = np.random.default_rng(0)

    def pairs():
        for _ in range(BLOCKS):
            labels = rng.integers(SIZES[-1], size=examples)
            yield rng.normal(size=(SIZES[0], examples)), nn.one_hot(labels, SIZES[-1])

    return nd.write_blocks(folder, pairs(), examples)


def nn_dask_step(client, blocks, layers):
    epochs = nd.train(client, blocks, layers, ALPHA, epochs=10**9)
    return lambda: next(epochs).loss


def nothing(path, layers, activation):
    """A block's answer without a block: the arrays that would travel."""
    return nd.Part(layers, 0.0, 1)


def nothing_step(client, blocks, layers):
    return lambda: total(client, nothing, nd.add, blocks.paths, layers, "sigmoid")


def ddp_worker(rank, port, pipe):
    """One of two processes: half of the blocks, gradients added up and then exchanged once."""
    torch.set_num_threads(1)
    address = f"tcp://127.0.0.1:{port}"
    torch.distributed.init_process_group("gloo", init_method=address, rank=rank, world_size=2)
    while (race := pipe.recv()) is not None:
        paths, layers, N = race
        step = ddp_training(paths[rank::2], layers, N)
        while pipe.recv() == "step":
            pipe.send(step())
    torch.distributed.destroy_process_group()


def ddp_training(paths, layers, N):
    model = DistributedDataParallel(same_network(layers))
    optimiser = torch.optim.SGD(model.parameters(), lr=ALPHA)
    price = torch.nn.CrossEntropyLoss(reduction="sum")
    *first, last = paths

    def step():
        optimiser.zero_grad()
        with model.no_sync():
            loss = sum(ddp_block(model, price, path, N) for path in first)
        loss += ddp_block(model, price, last, N)  # its backward pass exchanges the sums
        optimiser.step()
        return loss

    return step


def ddp_block(model, price, path, N):
    """Add the gradient of one block; DDP averages over two processes, hence 2 / N."""
    x, y = map(torch.from_numpy, nd.read_block(path))
    loss = price(model(x.T), y.T.double()) * (2 / N)
    loss.backward()
    return loss.item() / 2


def same_network(layers):
    model = torch.nn.Sequential()
    for W, b in layers:
        linear = torch.nn.Linear(*W.T.shape, dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W))
            linear.bias.copy_(torch.from_numpy(b[:, 0]))
        model.extend([linear, torch.nn.Sigmoid()])
    del model[-1]
    return model


def start_ddp(stack):
    """Two processes that wait for their blocks; the pipes to them."""
    context, pipes = get_context("spawn"), []
    port = torch.distributed.TCPStore("127.0.0.1", 0, is_master=True).port  # a free one
    for rank in (0, 1):
        here, there = context.Pipe()
        process = context.Process(target=ddp_worker, args=(rank, port, there), daemon=True)
        process.start()
        stack.callback(process.join)
        stack.callback(here.send, None)
        pipes.append(here)
    return pipes


def ddp_step(pipes, blocks, layers):
    send(pipes, (blocks.paths, layers, sum(blocks.counts)))

    def step():
        send(pipes, "step")
        return sum(pipe.recv() for pipe in pipes)

    return step


def send(pipes, message):
    for pipe in pipes:
        pipe.send(message)


def start(**settings):
    return LocalCluster(dashboard_address="localhost:0", silence_logs=logging.ERROR, **settings)


def milliseconds(step):
    start = time.perf_counter()
    step()
    return 1e3 * (time.perf_counter() - start)


def race(clients, pipes, blocks, rounds):
    """Fewest milliseconds a step of each contestant, turn by turn."""
    layers = nn.init_layers(SIZES, np.random.default_rng(1))
    steps = {name: nn_dask_step(client, blocks, layers) for name, client in clients.items()}
    steps["DDP, 2 processes"] = ddp_step(pipes, blocks, layers)
    losses = {name: [step() for _ in range(3)] for name, step in steps.items()}
    for loss in losses.values():  # the same steps, or the race means nothing
        np.testing.assert_allclose(loss, losses["plain loop"], rtol=1e-9)
    steps["nothing"] = nothing_step(clients["2 processes"], blocks, layers)
    turns = [{name: milliseconds(step) for name, step in steps.items()} for _ in range(rounds)]
    send(pipes, "end")
    return {name: min(turn[name] for turn in turns) for name in steps}


def row(examples, blocks, times):
    loop, overhead = times["plain loop"], times.pop("nothing")
    cells = [
        f"{ms:,.1f}" + ("" if name == "plain loop" else f" ({ms / loop:.2f})")
        for name, ms in times.items()
    ]
    megabytes = sum(Path(path).stat().st_size for path in blocks.paths) / 1e6
    ours = {name: ms for name, ms in times.items() if not name.startswith("DDP")}
    last = [f"{overhead:.1f}", f"{overhead / times['2 processes']:.0%}", min(ours, key=ours.get)]
    return f"| {examples:,} | {megabytes:,.1f} | " + " | ".join(cells + last) + " |"


def machine():
    info = Path("/proc/cpuinfo")
    names = [s for s in info.read_text().splitlines() if "model name" in s] if info.exists() else []
    cpu = names[0].split(": ")[1] if names else platform.processor() or platform.machine()
    packages = ", ".join(f"{p} {version(p)}" for p in ["numpy", "distributed", "torch"])
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}; Python {platform.python_version()}, {packages}."


def report(rounds):
    yield f"{machine()} Network 64–32–10, float64, {BLOCKS} blocks; ms a step, shortest of {rounds} rounds.\n"
    names = ["plain loop", *CLUSTERS, "DDP, 2 processes", "nothing", "its share", "fastest of ours"]
    yield "| examples in a block | MB in all | " + " | ".join(names) + " |"
    yield "|--:|--:|" + "--:|" * (len(names) - 1) + "---|"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pipes, clients = start_ddp(stack), {"plain loop": None}
        for name, settings in CLUSTERS.items():
            cluster = stack.enter_context(start(**settings))
            clients[name] = stack.enter_context(Client(cluster))
            os.environ.update(KEEP_MEMORY)  # for all but the first
        for examples in EXAMPLES:
            blocks = write(folder / str(examples), examples)
            yield row(examples, blocks, race(clients, pipes, blocks, rounds))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--output", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    lines = []
    for line in report(options.rounds):
        print(line, flush=True)
        lines.append(line)
    if options.output:
        options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
