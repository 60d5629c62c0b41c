"""One training step of nn_core, side by side with what others need for the same step.

A step feeds a batch forward, measures the loss, finds every gradient and moves every parameter by
plain gradient descent. All contestants get the same batch, sizes, sigmoid, softmax and rate. They
take turns in one run; each time in the tables is a median over the rounds. The first table is about
`train`, the second about a loop that a reader writes with `feedforward`, `backprop` and `descend`.

Run it with `make bench`, or `python benchmarks/bench_nn_core.py` where the `bench` extra is
installed. It prints two Markdown tables, and writes them to a file with `--output FILE`.
"""

import argparse
import math
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
from nn_core.autodiff import Value, softmax_cross_entropy
from nn_core.gradients import backward, collect
from nn_core.network import forward
from nn_core.training import step as descend_unchecked

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


def by_hand_step(layers, x, labels):
    """The same step in plain NumPy, as one writes it down: no names, no checks, no choices."""
    y = nn.one_hot(labels, len(layers[-1].b)).astype(x.dtype)
    N = x.shape[1]

    def step():
        nonlocal layers
        h = [x]
        for W, b in layers[:-1]:
            h.append(1 / (1 + np.exp(-(W @ h[-1] + b))))
        W, b = layers[-1]
        z = W @ h[-1] + b
        below = z - z.max(axis=0)
        powers = np.exp(below)
        total = powers.sum(axis=0)
        loss = (y * (np.log(total) - below)).sum() / N
        dz = (powers / total - y) / N
        moved = []
        for l in reversed(range(len(layers))):  # noqa: E741
            W, b = layers[l]
            dW = dz @ h[l].T
            db = dz.sum(axis=1, keepdims=True)
            if l > 0:
                dz = W.T @ dz * (h[l] * (1 - h[l]))
            moved.append((W - ALPHA * dW, b - ALPHA * db))
        layers = moved[::-1]
        return float(loss)

    return step


def own_loop_step(layers, x, labels):
    y = nn.one_hot(labels, len(layers[-1].b)).astype(x.dtype)

    def step():
        nonlocal layers
        trace = nn.feedforward(layers, x)
        gradients = nn.backprop(layers, trace, y)
        layers = nn.descend(layers, gradients, ALPHA)

    return step


def backprop_step(layers, x, labels):
    y = nn.one_hot(labels, len(layers[-1].b)).astype(x.dtype)

    def step():
        nonlocal layers
        trace = nn.feedforward(layers, x)
        loss = nn.cross_entropy_from_logits(trace.z[-1], y)
        layers = nn.descend(layers, nn.backprop(layers, trace, y), ALPHA)
        return loss

    return step


def unchecked_step(layers, x, labels):
    y = nn.one_hot(labels, len(layers[-1].b)).astype(x.dtype)

    def step():
        nonlocal layers
        trace = forward(layers, x, "sigmoid")
        gradients = collect(backward(layers, trace, y))
        layers = descend_unchecked(layers, gradients, ALPHA)

    return step


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


def value_step(layers, x, labels):
    """The step through the graph of arrays of chapter 10."""
    y = nn.one_hot(labels, len(layers[-1].b))

    def step():
        nonlocal layers
        values, h = [nn.Layer(Value(W), Value(b)) for W, b in layers], x
        for W, b in values[:-1]:
            h = (W @ h + b).sigmoid()
        loss = softmax_cross_entropy(values[-1].W @ h + values[-1].b, y)
        loss.backward()
        layers = nn.descend(layers, [nn.Layer(W.gradient, b.gradient) for W, b in values], ALPHA)
        return float(loss.data)

    return step


class Scalar:
    """A graph with one number in each node, after the manner of micrograd."""

    __slots__ = ("data", "gradient", "slopes", "sources")

    def __init__(self, data, sources=(), slopes=()):
        self.data, self.sources, self.slopes, self.gradient = data, sources, slopes, 0.0

    def __add__(self, other):
        return Scalar(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Scalar(self.data * other.data, (self, other), (other.data, self.data))

    def sigmoid(self):
        h = 1 / (1 + math.exp(-self.data))
        return Scalar(h, (self,), (h * (1 - h),))

    def exp(self):
        h = math.exp(self.data)
        return Scalar(h, (self,), (h,))

    def log(self):
        return Scalar(math.log(self.data), (self,), (1 / self.data,))

    def backward(self):
        order, seen, open_ = [], set(), [(self, False)]
        while open_:
            node, done = open_.pop()
            if done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                open_.append((node, True))
                open_.extend((source, False) for source in node.sources)
        self.gradient = 1.0
        for node in reversed(order):
            for source, slope in zip(node.sources, node.slopes, strict=True):
                source.gradient += slope * node.gradient


def scalar_loss(layers, x, labels):
    """Average price of a batch, each number of the network and of the birds in a node."""
    total, share = Scalar(0.0), Scalar(1 / len(labels))
    for column, label in zip(x.T.tolist(), labels, strict=True):
        h = [Scalar(v) for v in column]
        for i, (W, b) in enumerate(layers):
            z = [sum(map(Scalar.__mul__, row, h), bias) for row, bias in zip(W, b, strict=True)]
            h = z if i == len(layers) - 1 else [v.sigmoid() for v in z]
        exponentials = [v.exp() for v in h]
        price = sum(exponentials[1:], exponentials[0]).log() + h[label] * Scalar(-1.0)
        total = total + price * share
    return total


def scalar_step(layers, x, labels):
    def step():
        nonlocal layers
        nodes = [
            (
                [[Scalar(w) for w in row] for row in W.tolist()],
                [Scalar(v) for v in b[:, 0].tolist()],
            )
            for W, b in layers
        ]
        loss = scalar_loss(nodes, x, labels)
        loss.backward()
        slopes = [
            nn.Layer(
                np.array([[w.gradient for w in row] for row in W]),
                np.array([[v.gradient] for v in b]),
            )
            for W, b in nodes
        ]
        layers = nn.descend(layers, slopes, ALPHA)
        return loss.data

    return step


TABLES = {
    "A step of `train`:": {
        "nn_core": nn_core_step,
        "by hand": by_hand_step,
        "PyTorch": torch_step,
        "JAX": jax_step,
        "scikit-learn": sklearn_step,
        "products": products_step,
    },
    "A step of a loop of one's own, `feedforward`, `backprop`, `descend`, without the loss:": {
        "own loop": own_loop_step,
        "unchecked": unchecked_step,
        "PyTorch": torch_step,
        "JAX": jax_step,
    },
}
# The same step through graphs: rules written down by hand, or found as the program runs.
GRAPHS = {
    "backprop": backprop_step,
    "train": nn_core_step,
    "Value": value_step,
    "PyTorch": torch_step,
    "scalar graph": scalar_step,
}


def seconds_per_step(step, count):
    start = time.perf_counter()
    for _ in range(count):
        step()
    return (time.perf_counter() - start) / count


def race(contestants, sizes, N, dtype, rounds, budget):
    """Median seconds per step of each contestant, turn by turn, about `budget` seconds a turn."""
    steps = {name: make(*problem(sizes, N, dtype)) for name, make in contestants.items()}
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
    own, *others = seconds.values()
    cells = [f"{1e6 * own:,.0f} µs", *(f"{1e6 * s:,.0f} µs ({own / s:.2f})" for s in others)]
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
    names = (
        [s for s in info.read_text(encoding="utf-8").splitlines() if "model name" in s]
        if info.exists()
        else []
    )
    cpu = names[0].split(": ")[1] if names else platform.processor() or platform.machine()
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    library = next(pool for pool in threadpool_info() if "numpy" in pool["filepath"])
    packages = ", ".join(f"{p} {version(p)}" for p in ["numpy", "torch", "jax", "scikit-learn"])
    return (
        f"{cpu}, {cores()} of {os.cpu_count()} cores, {platform.system()}; Python {platform.python_version()}, "
        f"{packages}; NumPy's BLAS is {blas['name']} {blas['version']}, with its kernels for "
        f"{library['architecture']}, on {library['num_threads']} threads."
    )


def same_losses(sizes, N):
    """Hold the contestants of `GRAPHS` to one run of losses: they all do the same work."""
    runs = {}
    for name, make in GRAPHS.items():
        step = make(*problem(sizes, N, "float64"))
        runs[name] = [step() for _ in range(4)]
    own, *others = runs.values()
    assert all(np.allclose(run, own, rtol=1e-9) for run in others), runs


def report(rounds, budget, only):
    yield f"{machine()} Median of {rounds} rounds."
    for title, contestants in TABLES.items():
        yield f"\n{title}\n"
        yield "| network | dtype | " + " | ".join(contestants) + " |"
        yield "|---|---|" + "---:|" * len(contestants)
        for network, (sizes, N) in NETWORKS.items():
            for dtype in ("float64", "float32"):
                if only in network:
                    yield row(network, dtype, race(contestants, sizes, N, dtype, rounds, budget))
    books = [network for network in list(NETWORKS)[:2] if only in network]
    if books:
        yield "\nA step through a graph, of arrays or of single numbers:\n"
        yield "| network | dtype | " + " | ".join(GRAPHS) + " |"
        yield "|---|---|" + "---:|" * len(GRAPHS)
    for network in books:
        sizes, N = NETWORKS[network]
        same_losses(sizes, N)
        yield row(network, "float64", race(GRAPHS, sizes, N, "float64", rounds, budget))


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
