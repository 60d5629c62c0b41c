"""One training step of nn_core, side by side with what others need for the same step.

A step feeds a batch forward, measures the loss, finds every gradient and moves every parameter by
plain gradient descent. All contestants get the same batch, sizes, sigmoid, softmax and rate. They
take turns in one run; each time in the table is a median over the rounds.

Run it with `make bench`, or `python benchmarks/bench_nn_core.py` where the `bench` extra is
installed. It prints a Markdown table, and writes it to a file with `--output FILE`.
"""

import argparse
import os
import platform
import sys
import time
import warnings
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median

import jax
import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_info

import nn_core as nn

jax.config.update("jax_enable_x64", True)
warnings.filterwarnings("ignore", category=ConvergenceWarning)

ALPHA = 0.01
NETWORKS = {
    "penguins 2–3–2–3, N = 342": ([2, 3, 2, 3], 342),
    "digits 64–32–10, N = 32": ([64, 32, 10], 32),
    "784–100–10, N = 128": ([784, 100, 10], 128),
    "seven layers of 100, N = 128": ([100] * 7, 128),
    "1024–1024–1024–1024–10, N = 512": ([1024, 1024, 1024, 1024, 10], 512),
}


def problem(sizes, N, dtype):
    """Layers and a batch, drawn at random: the time of a step does not depend on the values."""
    rng = np.random.default_rng(0)
    layers = [nn.Layer(W.astype(dtype), b.astype(dtype)) for W, b in nn.init_layers(sizes, rng)]
    x = rng.normal(size=(sizes[0], N)).astype(dtype)
    # Every class occurs, which scikit-learn needs in order to know how many there are.
    labels = rng.permutation(np.arange(N) % sizes[-1])
    return layers, x, labels


def nn_core_step(layers, x, labels):
    y = nn.one_hot(labels, len(layers[-1].b)).astype(x.dtype)
    epochs = nn.train(layers, x, y, ALPHA, epochs=10**9)
    return lambda: next(epochs).loss


def torch_step(layers, x, labels):
    model = torch.nn.Sequential()
    for W, b in layers:
        linear = torch.nn.Linear(*W.T.shape, dtype=torch.from_numpy(W).dtype)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W))
            linear.bias.copy_(torch.from_numpy(b[:, 0]))
        model.extend([linear, torch.nn.Sigmoid()])
    del model[-1]
    rows, targets = torch.from_numpy(x.T.copy()), torch.from_numpy(labels)
    optimiser = torch.optim.SGD(model.parameters(), lr=ALPHA)
    price = torch.nn.CrossEntropyLoss()

    def step():
        optimiser.zero_grad()
        loss = price(model(rows), targets)
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


def jax_step(layers, x, labels):
    def loss(layers, rows, y):
        *hidden, (W, b) = layers
        for V, c in hidden:
            rows = jax.nn.sigmoid(rows @ V.T + c)
        return -(y * jax.nn.log_softmax(rows @ W.T + b)).sum(axis=1).mean()

    @jax.jit
    def improve(layers, rows, y):
        value, gradients = jax.value_and_grad(loss)(layers, rows, y)
        return jax.tree.map(lambda v, dv: v - ALPHA * dv, layers, gradients), value

    state = [(jax.numpy.asarray(W), jax.numpy.asarray(b[:, 0])) for W, b in layers]
    rows = jax.numpy.asarray(x.T)
    y = jax.nn.one_hot(labels, len(layers[-1].b), dtype=rows.dtype)

    def step():
        nonlocal state
        state, value = improve(state, rows, y)
        jax.block_until_ready(state)
        return float(value)

    return step


def sklearn_step(layers, x, labels):
    hidden = [len(b) for _, b in layers[:-1]]
    model = MLPClassifier(
        hidden,
        activation="logistic",
        solver="sgd",
        alpha=0,
        momentum=0,
        nesterovs_momentum=False,
        batch_size=x.shape[1],
        learning_rate_init=ALPHA,
        shuffle=False,
    )
    rows, classes = x.T.copy(), np.unique(labels)

    def step():
        model.partial_fit(rows, labels, classes=classes)
        return model.loss_

    return step


def products_step(layers, x, labels):
    """The matrix products of a step, and nothing else: forward, dW, and dh but for the input."""
    N, rng = x.shape[1], np.random.default_rng(1)
    h = [x] + [rng.normal(size=(len(b), N)).astype(x.dtype) for _, b in layers]

    def step():
        for (W, _), (before, _) in zip(layers, pairwise(h), strict=True):
            W @ before
        for i in reversed(range(len(layers))):
            h[i + 1] @ h[i].T
            if i > 0:
                layers[i].W.T @ h[i + 1]

    return step


CONTESTANTS = {
    "nn_core": nn_core_step,
    "PyTorch": torch_step,
    "JAX": jax_step,
    "scikit-learn": sklearn_step,
    "products": products_step,
}


def seconds_per_step(step, count):
    start = time.perf_counter()
    for _ in range(count):
        step()
    return (time.perf_counter() - start) / count


def race(sizes, N, dtype, rounds, budget):
    """Median seconds per step of each contestant, turn by turn, about `budget` seconds a turn."""
    steps = {name: make(*problem(sizes, N, dtype)) for name, make in CONTESTANTS.items()}
    counts = {}
    for name, step in steps.items():
        step()  # compiles, and fills caches
        counts[name] = max(2, round(budget / seconds_per_step(step, 3)))
    times = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            step()  # the turn before left the caches to somebody else
            times[name].append(seconds_per_step(step, counts[name]))
    return {name: median(values) for name, values in times.items()}


def row(network, dtype, seconds):
    own = seconds["nn_core"]
    cells = [
        f"{1e6 * value:,.0f} µs" + ("" if name == "nn_core" else f" ({own / value:.2f})")
        for name, value in seconds.items()
    ]
    return f"| {network} | {dtype} | " + " | ".join(cells) + " |"


def cores():
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def start_again_on_one_core():
    """Replace this process by one that has a single core: libraries count cores as they load."""
    if not hasattr(os, "sched_setaffinity"):
        sys.exit("This system holds no process to one core; Linux does.")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    os.execv(sys.executable, [sys.executable, *sys.argv])


def machine():
    info = Path("/proc/cpuinfo")
    names = [s for s in info.read_text().splitlines() if "model name" in s] if info.exists() else []
    cpu = names[0].split(": ")[1] if names else platform.processor() or platform.machine()
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    library = next(pool for pool in threadpool_info() if "numpy" in pool["filepath"])
    packages = ", ".join(f"{p} {version(p)}" for p in ["numpy", "torch", "jax", "scikit-learn"])
    return (
        f"{cpu}, {cores()} of {os.cpu_count()} cores, {platform.system()}; Python {platform.python_version()}, "
        f"{packages}; NumPy's BLAS is {blas['name']} {blas['version']}, with its kernels for "
        f"{library['architecture']}, on {library['num_threads']} threads."
    )


def report(rounds, budget, only):
    yield f"{machine()} Median of {rounds} rounds.\n"
    yield "| network | dtype | " + " | ".join(CONTESTANTS) + " |"
    yield "|---|---|" + "---:|" * len(CONTESTANTS)
    for network, (sizes, N) in NETWORKS.items():
        for dtype in ("float64", "float32"):
            if only in network:
                yield row(network, dtype, race(sizes, N, dtype, rounds, budget))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--budget", type=float, default=0.1, help="seconds a turn takes, about")
    parser.add_argument("--only", default="", help="part of a network's name")
    parser.add_argument("--one-core", action="store_true", help="hold everybody to one core")
    parser.add_argument("--output", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    if options.one_core and cores() > 1:
        start_again_on_one_core()
    lines = []
    for line in report(options.rounds, options.budget, options.only):
        print(line, flush=True)
        lines.append(line)
    if options.output:
        options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
