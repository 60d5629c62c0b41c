import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from threading import Timer

import numpy as np
import pytest
from distributed import Client, LocalCluster
from machines import MEMORY, ROOT, Machines

import nn_core as nn
import nn_dask as nd

START = nn.load_example().layers
needs_proc = pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="it reads /proc")


def birds():
    penguins = nn.load_penguins()
    return nn.standardise(penguins.x), penguins.y


def bits(epoch):
    return nn.to_vector(epoch.layers).tobytes(), epoch.loss


@pytest.fixture(scope="module")
def blocks(tmp_path_factory):
    """The 342 birds in 35 blocks, for which two sums of 16 and one of 3 are added."""
    return nd.write_blocks(tmp_path_factory.mktemp("data") / "birds", birds(), size=10)


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    """Blocks of a size for which BLAS on two threads rounds otherwise than on one."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(64, 10_000)), nn.one_hot(rng.integers(10, size=10_000), 10)
    layers = nn.init_layers([64, 32, 10], rng)
    return nd.write_blocks(tmp_path_factory.mktemp("data") / "digits", (x, y), size=3000), layers


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    if sys.platform == "win32":
        pytest.skip("these tests end processes in groups, as POSIX has them")
    machines = Machines(tmp_path_factory.mktemp("cluster"))
    yield machines
    machines.close()


@pytest.fixture
def cluster(machines):
    """The machines, with two workers that see the data and run the code of today."""
    if len(machines.workers) != 2:
        machines.end_workers()
        machines.start_workers(2)
    return machines


@pytest.fixture
def copy(blocks, tmp_path):
    """The same blocks in a folder of the test's own."""
    return nd.write_blocks(tmp_path / "birds", map(nd.read_block, blocks.paths))


def last(epochs):
    *_, epoch = epochs
    return epoch


# One process


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("size", [1, 100, 342])
def test_the_blocks_add_up_to_what_backprop_finds_for_all_examples(tmp_path, size, activation):
    x, y = birds()
    blocks = nd.write_blocks(tmp_path / "birds", (x, y), size)
    gradients, loss = nd.gradient(None, blocks, START, activation)
    exact = nn.backprop(START, nn.feedforward(START, x, activation), y)
    np.testing.assert_allclose(nn.to_vector(gradients), nn.to_vector(exact), rtol=1e-12, atol=1e-15)
    assert loss == pytest.approx(nn.loss(START, x, y, activation), rel=1e-14)
    assert nd.loss(None, blocks, START, activation) == loss


def test_a_block_answers_with_sums_and_a_count(blocks):
    x, y = nd.read_block(blocks.paths[-1])
    part = nd.block_gradient(blocks.paths[-1], START)
    single = [nn.backprop(START, nn.feedforward(START, x[:, [i]]), y[:, [i]]) for i in (0, 1)]
    both = sum(map(nn.to_vector, single))
    np.testing.assert_allclose(nn.to_vector(part.gradients), both, rtol=1e-12)
    assert part.count == 2
    assert part.loss == pytest.approx(2 * nn.loss(START, x, y))
    twice = nd.add(part, part)
    np.testing.assert_array_equal(nn.to_vector(twice.gradients), 2 * nn.to_vector(part.gradients))
    assert (twice.loss, twice.count) == (2 * part.loss, 4)


def test_full_batches_are_those_of_nn_core(blocks):
    own = nd.train(None, blocks, START, 0.5, 20)
    for mine, theirs in zip(own, nn.train(START, *birds(), 0.5, 20), strict=True):
        assert mine.number == theirs.number
        assert mine.loss == pytest.approx(theirs.loss, rel=1e-12)
        np.testing.assert_allclose(*(nn.to_vector(e.layers) for e in (mine, theirs)), rtol=1e-10)


@pytest.mark.parametrize("size", [1, 8, 35])
def test_steps_over_some_blocks_are_written_out_here(blocks, size):
    own = last(nd.train(None, blocks, START, 0.5, 2, size, np.random.default_rng(3), "tanh"))
    layers, rng = START, np.random.default_rng(3)
    for _ in range(2):
        order = rng.permutation(35)
        for start in range(0, 35, size):
            chosen = order[start : start + size]
            x, y = (np.hstack([nd.read_block(blocks.paths[n])[k] for n in chosen]) for k in (0, 1))
            gradients = nn.backprop(layers, nn.feedforward(layers, x, "tanh"), y.astype(float))
            layers = nn.descend(layers, gradients, 0.5)
    np.testing.assert_allclose(nn.to_vector(own.layers), nn.to_vector(layers), rtol=1e-9)
    assert own.loss == pytest.approx(nn.loss(layers, *birds(), "tanh"), rel=1e-9)


def test_float32_is_kept(tmp_path):
    x, y = birds()
    blocks = nd.write_blocks(tmp_path / "birds", (x.astype("f4"), y), size=100)
    layers = [nn.Layer(W.astype("f4"), b.astype("f4")) for W, b in START]
    epoch = last(nd.train(None, blocks, layers, 1, 2))
    assert {a.dtype for layer in epoch.layers for a in layer} == {np.dtype("f4")}


def test_a_run_that_diverges_shows_it_and_does_not_stop(blocks):
    with np.errstate(all="ignore"):
        epochs = list(nd.train(None, blocks, START, 1e308, 3, activation="relu"))
    assert len(epochs) == 4
    assert not np.isfinite(epochs[-1].loss)


def test_ten_million_birds_in_small_reach_the_loss_of_the_342_and_of_their_error(tmp_path):
    # At the network that the 342 reach, an error of 0.1 mm raises the expected loss by half the
    # second slopes along the two measurements, times the squared error; the draw adds a chance of
    # the prices' spread over √N. Numbers: 0.1255 becomes 0.1267, give or take 4 · 0.0013.
    N, (x, y) = 34_200, birds()
    layers = last(nn.train(START, x, y, 1, 200)).layers
    there = nn.loss(layers, x, y)
    spread = nn.load_penguins().x.std(axis=1)
    nudges = [0.001 * np.eye(2)[:, [k]] for k in (0, 1)]
    bends = [nn.loss(layers, x + d, y) + nn.loss(layers, x - d, y) - 2 * there for d in nudges]
    raised = sum(bends / (0.001 * spread / 0.1) ** 2) / 2
    prices = -(y * nn.log_softmax(nn.feedforward(layers, x).z[-1])).sum(axis=0)
    pairs = nd.draw_birds(N, 0.1, np.random.default_rng(0), 5000)
    blocks = nd.write_blocks(tmp_path / "many", pairs)
    loss = last(nd.train(None, blocks, START, 1, 200)).loss
    assert 0.001 < raised < 0.0015
    assert abs(loss - there - raised) < 4 * prices.std() / np.sqrt(N)


# The same bits, whoever computes


@pytest.fixture(scope="module")
def expected(blocks, digits):
    return everything(None, blocks, digits)


def everything(client, blocks, digits):
    rng = np.random.default_rng(1)
    full = last(nd.train(client, blocks, START, 1, 3))
    steps = last(nd.train(client, blocks, START, 1, 1, 10, rng))
    return [bits(full), bits(steps), bits(last(nd.train(client, *digits, 0.1, 2)))]


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_the_bits_do_not_depend_on_how_many_workers_there_are(blocks, digits, expected, workers):
    local = {"processes": False, "threads_per_worker": 1, "dashboard_address": "localhost:0"}
    with LocalCluster(n_workers=workers, **local) as cluster, Client(cluster) as client:
        assert everything(client, blocks, digits) == expected


def test_two_processes_over_tcp_give_the_same_bits(cluster, blocks, digits, expected):
    assert len(set(cluster.pids().values())) == 2
    assert everything(cluster.client, blocks, digits) == expected


def test_the_bits_do_not_depend_on_the_threads_that_blas_may_use(digits):
    paths, layers = digits[0].paths, digits[1]
    program = (
        "import sys, numpy as np, nn_core as nn, nn_dask as nd\n"
        "layers = nn.from_vector(np.load(sys.argv[1]), [64, 32, 10])\n"
        "part = nd.block_gradient(sys.argv[2], layers)\n"
        "sys.stdout.write(nn.to_vector(part.gradients).tobytes().hex())"
    )
    vector = Path(paths[0]).with_name("layers.npy")
    np.save(vector, nn.to_vector(layers))
    own = nn.to_vector(nd.block_gradient(paths[0], layers).gradients).tobytes().hex()
    for threads in "2", "4":
        setting = {"OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program, vector, paths[0]]
        done = subprocess.run(
            command, env={**os.environ, **setting}, capture_output=True, check=True
        )
        assert done.stdout.decode() == own


# Faults


def test_a_worker_that_is_killed_in_the_middle_of_an_epoch_changes_no_bit(cluster, blocks):
    ended = []

    def kill_one(done, number):
        ended.append(done)
        if len(ended) == 50:  # 35 blocks an epoch: in the middle of the second
            pid = next(iter(cluster.pids().values()))
            os.kill(pid, signal.SIGKILL)

    before = cluster.pids()
    hit = last(nd.train(cluster.client, blocks, START, 1, 3, progress=kill_one))
    cluster.client.wait_for_workers(2, timeout=30)
    assert len(set(before.values()) & set(cluster.pids().values())) == 1
    assert bits(hit) == bits(last(nd.train(None, blocks, START, 1, 3)))


def test_ten_seconds_without_any_worker_cost_time_and_no_bit(cluster, blocks):
    absences = []

    def all_gone(done, number):
        if len(absences) == 0 and done == 10:  # with what they had computed in this epoch
            cluster.end_workers()
            absences.append(Timer(10, cluster.start_workers, (2,), {"wait": False}))
            absences[0].start()

    began = time.monotonic()
    hit = last(nd.train(cluster.client, blocks, START, 1, 2, progress=all_gone))
    assert time.monotonic() - began > 10
    absences[0].join()
    assert bits(hit) == bits(last(nd.train(None, blocks, START, 1, 2)))


def work_left(client):
    """How many tasks are running or will be."""
    return client.run_on_scheduler(
        lambda dask_scheduler: sum(
            t.state in ("waiting", "no-worker", "queued", "processing")
            for t in dask_scheduler.tasks.values()
        )
    )


def test_after_a_stop_in_the_middle_the_cluster_works_on_nothing(cluster, blocks):
    def press_ctrl_c(done, number):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:  # which holds on to all that was at hand
        nd.gradient(cluster.client, blocks, START, progress=press_ctrl_c)
    assert caught.tb is not None
    cluster.end_workers()  # who wants what they had computed, wants it computed again
    deadline = time.monotonic() + 10
    while (left := work_left(cluster.client)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left == 0


@pytest.mark.parametrize("where", ["here", "cluster"])
@pytest.mark.parametrize("harm", ["missing", "cut short", "altered"])
def test_a_harmed_block_is_named_and_the_run_goes_on_when_it_is_whole(
    request, copy, tmp_path, where, harm
):
    client = None if where == "here" else request.getfixturevalue("cluster").client
    path, saved = Path(copy.paths[20]), tmp_path / "run.npz"
    data = path.read_bytes()
    run = partial(nd.train, client, copy, START, 1, 3, checkpoint=saved)
    epochs = run()
    assert [next(epochs).number, next(epochs).number] == [0, 1]
    kept = saved.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if harm == "cut short" else b"\0" + data[1:])
    with pytest.raises(nd.BlockError) as caught:
        next(epochs)
    assert str(caught.value).startswith(f"{path} is ")
    assert "\n" not in str(caught.value)
    assert saved.read_bytes() == kept
    path.write_bytes(data)
    assert bits(last(run())) == bits(last(nd.train(None, copy, START, 1, 3)))


@needs_proc
def test_a_worker_that_does_not_see_the_data_says_which_file(machines, copy, tmp_path):
    # A path that leads elsewhere in a process that was started in another folder.
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    own = f"/proc/self/cwd/{os.path.relpath(copy.paths[0])}"
    mine = copy._replace(paths=[own])
    assert nd.loss(None, mine, START) > 0
    machines.end_workers()
    machines.start_workers(1, folder=elsewhere)
    with pytest.raises(nd.BlockError, match=rf"^{own} is missing on \S+$"):
        nd.loss(machines.client, mine, START)


def without_the_package(folder):
    # It may be installed here: a module of that name in front of it hides it.
    (folder / "nn_dask.py").write_text("raise ModuleNotFoundError('No module named nn_dask')")


def with_another_version(folder):
    (folder / "nn_core").symlink_to(ROOT / "nn_core")
    (folder / "nn_dask").mkdir()
    for path in (ROOT / "nn_dask").glob("*.py"):
        changed = path.read_text().replace("a.loss + b.loss", "a.loss - b.loss")
        (folder / "nn_dask" / path.name).write_text(changed)


@pytest.mark.parametrize(
    ("prepare", "found"),
    [
        (with_another_version, r"NumPy \S+, code \w{8}"),
        (without_the_package, "No module named nn_dask"),
    ],
)
def test_a_worker_with_other_code_is_refused(machines, blocks, tmp_path, prepare, found):
    prepare(tmp_path)
    machines.end_workers()
    machines.start_workers(1, folder=tmp_path, PYTHONPATH=str(tmp_path))
    sentence = rf"^worker tcp://\S+ does not run the client's code \(.*\): {found}$"
    with pytest.raises(nd.ClusterError, match=sentence):
        nd.train(machines.client, blocks, START, 1, 1)


def test_a_worker_with_other_code_that_comes_during_the_run_is_refused_too():
    from nn_dask import cluster

    with (
        LocalCluster(n_workers=1, processes=False, dashboard_address="localhost:0") as local,
        Client(local) as client,
    ):
        late = client.submit(cluster.at_worker, "NumPy 1.0, code 0", list, [1])
        with pytest.raises(nd.ClusterError, match="does not run the client's code"):
            late.result()


@needs_proc
def test_blocks_larger_together_than_a_worker_may_hold_are_worked_through(
    cluster, tmp_path, request
):
    megabytes = request.config.getoption("--dask-megabytes")
    assert megabytes > float(MEMORY.removesuffix("MB"))
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(64, 20_000)), nn.one_hot(rng.integers(10, size=20_000), 10)
    pairs = ((x + n, y) for n in range(round(megabytes / (x.nbytes / 1e6))))
    blocks = nd.write_blocks(tmp_path / "large", pairs)
    assert sum(Path(path).stat().st_size for path in blocks.paths) >= megabytes * 1e6
    pids = cluster.pids()
    _, loss = nd.gradient(cluster.client, blocks, nn.init_layers([64, 32, 10], rng))
    assert loss > 0
    assert cluster.pids() == pids  # nobody was ended for taking too much
    assert max(map(peak_megabytes, pids.values())) < float(MEMORY.removesuffix("MB"))


def peak_megabytes(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))


@needs_proc
def test_a_block_too_large_for_a_worker_ends_in_one_sentence(tmp_path):
    x = np.ones((64, 500_000))
    blocks = nd.write_blocks(tmp_path / "huge", (x, x[:1]), size=500_000)
    machines = Machines(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    machines.start_workers(1)
    layers = nn.init_layers([64, 1], np.random.default_rng(0))
    with pytest.raises(nd.ClusterError, match=r"^1 worker has died at the same block: it may be"):
        nd.gradient(machines.client, blocks, layers)

    def end(done, number):
        os.killpg(machines.scheduler.pid, signal.SIGKILL)

    small = nd.write_blocks(tmp_path / "small", (x[:, :200], x[:1, :200]), size=2)
    with pytest.raises(nd.ClusterError, match=r"^the scheduler is gone, and the work with it: "):
        nd.gradient(machines.client, small, layers, progress=end)
    machines.close()


# Checkpoints, stops, progress


@pytest.mark.parametrize("generator", ["PCG64", "MT19937", "Philox", "SFC64"])
def test_a_run_goes_on_from_its_checkpoint_with_the_same_bits(blocks, tmp_path, generator):
    def run(epochs, **options):
        rng = np.random.Generator(getattr(np.random, generator)(5))
        return list(nd.train(None, blocks, START, 0.5, epochs, 8, rng, **options))

    whole = run(4)
    saved = tmp_path / "run.npz"
    assert [bits(e) for e in run(2, checkpoint=saved)] == [bits(e) for e in whole[:3]]
    rest = run(4, checkpoint=saved)
    assert [(e.number, bits(e)) for e in rest] == [(e.number, bits(e)) for e in whole[2:]]
    assert bits(run(4, checkpoint=saved)[0]) == bits(whole[-1])  # finished: nothing is left to do
    assert run(1, checkpoint=saved) == []


def test_a_stop_between_epochs_keeps_the_last_one(blocks, tmp_path):
    for epoch in nd.train(None, blocks, START, 1, 100, checkpoint=tmp_path / "run.npz"):
        if epoch.number == 2:
            break
    kept = nd.read_checkpoint(tmp_path / "run.npz").epoch
    assert kept.number == 2
    assert bits(kept) == bits(epoch)


PROGRAM = """
import sys, nn_core as nn, nn_dask as nd
blocks = nd.open_blocks(sys.argv[1])
for epoch in nd.train(None, blocks, nn.load_example().layers, 1, 10**6, checkpoint=sys.argv[2]):
    print(epoch.number, flush=True)
"""


def test_a_process_killed_at_any_moment_leaves_a_checkpoint_of_a_finished_epoch(blocks, tmp_path):
    folder, saved = Path(blocks.paths[0]).parent, tmp_path / "run.npz"
    command = [sys.executable, "-c", PROGRAM, folder, saved]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    reached = 0
    for wait in 0.0, 0.013, 0.031:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(wait)
        process.kill()
        process.wait()
        process.stdout.close()
        epoch = nd.read_checkpoint(saved).epoch
        assert epoch.number >= reached
        reached = epoch.number
    assert bits(epoch) == bits(last(nd.train(None, blocks, START, 1, reached)))


def test_a_crash_while_the_checkpoint_is_written_keeps_the_one_before(
    blocks, tmp_path, monkeypatch
):
    saved = tmp_path / "run.npz"
    epochs = nd.train(None, blocks, START, 1, 5, checkpoint=saved)
    next(epochs), next(epochs)
    kept = saved.read_bytes()

    def full(file, **arrays):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="No space left"):
        next(epochs)
    assert saved.read_bytes() == kept


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"alpha": 0.5}, r"alpha \(0\.5\), got 1\.0 in \S+run\.npz"),
        ({"activation": "tanh"}, r"activation \(tanh\), got sigmoid in \S+"),
        ({"layers": nn.descend(START, START, 0.1)}, r"start \(\w{8}\), got \w{8} in \S+"),
        (
            {"blocks_per_step": 2, "rng": np.random.default_rng()},
            r"blocks_per_step \(2\), got None",
        ),
    ],
)
def test_a_checkpoint_of_another_run_is_refused(blocks, tmp_path, changed, message):
    arguments = {"client": None, "blocks": blocks, "layers": START, "alpha": 1, "epochs": 1}
    arguments |= {"checkpoint": tmp_path / "run.npz"}
    list(nd.train(**arguments))
    with pytest.raises(ValueError, match=f"^checkpoint must be of a run with the same {message}"):
        nd.train(**arguments | changed)


def test_a_checkpoint_over_other_blocks_is_refused(blocks, copy, tmp_path):
    saved = tmp_path / "run.npz"
    list(nd.train(None, blocks, START, 1, 0, checkpoint=saved))
    assert list(nd.train(None, copy, START, 1, 0, checkpoint=saved))  # the same bytes elsewhere
    fewer = blocks._replace(paths=blocks.paths[:-1])
    with pytest.raises(ValueError, match=r"^checkpoint must be of a run with the same blocks"):
        nd.train(None, fewer, START, 1, 0, checkpoint=saved)


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-20], lambda data: b"PK"])
def test_a_damaged_checkpoint_is_told(blocks, tmp_path, damage):
    saved = tmp_path / "run.npz"
    list(nd.train(None, blocks, START, 1, 0, checkpoint=saved))
    saved.write_bytes(damage(saved.read_bytes()))
    with pytest.raises(ValueError, match=r"^checkpoint must name a file that train has written, g"):
        nd.train(None, blocks, START, 1, 0, checkpoint=saved)


@pytest.mark.parametrize("where", ["here", "cluster"])
def test_progress_counts_the_blocks(request, blocks, where):
    client = None if where == "here" else request.getfixturevalue("cluster").client
    seen = []
    nd.gradient(client, blocks, START, progress=lambda done, number: seen.append((done, number)))
    assert seen == [(n, 35) for n in range(1, 36)]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"client": "tcp://127.0.0.1:8786"},
            r"client must be None or a distributed\.Client that",
        ),
        ({"blocks": "birds"}, "blocks must be Blocks, as open_blocks returns them, got str"),
        (
            {"layers": START[1:]},
            "layers must take 2 inputs and give 3 classes, as the blocks do, g",
        ),
        ({"alpha": 0}, "alpha must be a finite number above 0, got 0"),
        ({"epochs": -1}, "epochs must be a whole number from 0 up, got -1"),
        ({"blocks_per_step": 36}, "blocks_per_step must be a whole number from 1 to 35, got 36"),
        ({"blocks_per_step": 1}, r"rng must be a numpy\.random\.Generator, got NoneType"),
        ({"activation": "step"}, "activation must be one of .*, got 'step'"),
    ],
)
def test_what_is_wrong_is_said_at_the_call(blocks, changed, message):
    arguments = {"client": None, "blocks": blocks, "layers": START, "alpha": 1, "epochs": 1}
    with pytest.raises(ValueError, match=f"^{message}"):
        nd.train(**arguments | changed)
