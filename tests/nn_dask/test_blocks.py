import json
import tracemalloc

import numpy as np
import pytest

import nn_core as nn
import nn_dask as nd


def birds():
    penguins = nn.load_penguins()
    return nn.standardise(penguins.x), penguins.y


def everything(blocks):
    xs, ys = zip(*map(nd.read_block, blocks.paths), strict=True)
    return np.hstack(xs), np.hstack(ys)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_what_is_written_is_read_again_in_the_order_it_had(tmp_path, dtype):
    x, y = birds()
    blocks = nd.write_blocks(tmp_path / "birds", (x.astype(dtype), y), size=100)
    assert blocks.counts == [100, 100, 100, 42]
    assert (blocks.inputs, blocks.classes, blocks.dtype) == (2, 3, np.dtype(dtype).name)
    for got, given in zip(everything(blocks), (x.astype(dtype), y), strict=True):
        np.testing.assert_array_equal(got, given)
    assert nd.open_blocks(tmp_path / "birds") == blocks


def test_a_generator_of_any_number_of_pairs_is_cut_pair_by_pair(tmp_path):
    x, y = birds()
    pairs = ((x[:, part], y[:, part]) for part in np.split(np.arange(342), [250]))
    blocks = nd.write_blocks(tmp_path / "birds", pairs, size=100)
    assert blocks.counts == [100, 100, 50, 92]
    np.testing.assert_array_equal(everything(blocks)[0], x)


def test_a_generator_is_never_held_whole(tmp_path):
    pairs = ((np.ones((50, 10_000)), np.ones((1, 10_000))) for _ in range(16))  # 4 MB each
    tracemalloc.start()
    nd.write_blocks(tmp_path / "ones", pairs, size=10_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 4e6 < peak < 24e6


def test_numpy_alone_reads_a_block(tmp_path):
    x, y = birds()
    path = nd.write_blocks(tmp_path / "birds", (x, y), size=342).paths[0]
    with open(path, "rb") as file:
        np.testing.assert_array_equal(np.load(file), x)
        np.testing.assert_array_equal(np.load(file), y)


def test_any_changed_byte_and_any_cut_is_told_with_the_name_of_the_file(tmp_path):
    x, y = birds()
    path = nd.write_blocks(tmp_path / "birds", (x[:, :5], y[:, :5])).paths[0]
    with open(path, "rb") as file:
        data = file.read()
    cuts = [data[:n] for n in range(0, len(data), 7)]
    changes = [data[:n] + bytes([data[n] ^ 1]) + data[n + 1 :] for n in range(len(data))]
    for damaged in cuts + changes:
        with open(path, "wb") as file:
            file.write(damaged)
        with pytest.raises(nd.BlockError, match=r"^\S+block-00000-\w{8}\.npy is not as it was wr"):
            nd.read_block(path)


def test_a_block_in_the_place_of_another_is_told(tmp_path):
    x, y = birds()
    first, second, *_ = nd.write_blocks(tmp_path / "birds", (x, y), size=100).paths
    with open(first, "rb") as file, open(second, "wb") as place:
        place.write(file.read())
    with pytest.raises(nd.BlockError, match=r"00001-.* is not as it was written"):
        nd.read_block(second)


def test_a_missing_block_and_one_that_is_a_folder_are_told(tmp_path):
    with pytest.raises(nd.BlockError, match=r"^gone\.npy is missing on \S+$"):
        nd.read_block("gone.npy")
    with pytest.raises(nd.BlockError, match=r"^\S+ cannot be read: Is a directory$"):
        nd.read_block(tmp_path)


def test_writing_that_stops_half_way_leaves_no_folder_and_can_be_done_again(tmp_path):
    x, y = birds()

    def failing():
        yield x, y
        raise RuntimeError("the source is gone")

    with pytest.raises(RuntimeError, match="the source is gone"):
        nd.write_blocks(tmp_path / "birds", failing(), size=50)
    with pytest.raises(nd.BlockError, match=r"birds/manifest\.json is missing: no blocks were"):
        nd.open_blocks(tmp_path / "birds")
    assert sum(nd.write_blocks(tmp_path / "birds", (x, y)).counts) == 342
    assert [path.name for path in tmp_path.iterdir()] == ["birds"]


def test_blocks_are_never_written_over(tmp_path):
    x, y = birds()
    before = nd.write_blocks(tmp_path / "birds", (x, y))
    with pytest.raises(ValueError, match=r"^folder must be a new one, got \S+birds, which is "):
        nd.write_blocks(tmp_path / "birds", (x, y))
    np.testing.assert_array_equal(everything(before)[0], x)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"blocks": [{}]}', '{"blocks": []}'])
def test_a_manifest_that_is_none_is_told(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(nd.BlockError, match=r"manifest\.json is no manifest of blocks: "):
        nd.open_blocks(tmp_path)


def test_the_manifest_says_sizes_dtype_classes_and_checksums(tmp_path):
    x, y = birds()
    nd.write_blocks(tmp_path / "birds", (x[:, :3], y[:, :3]), size=2)
    manifest = json.loads((tmp_path / "birds" / "manifest.json").read_text())
    names = sorted(path.name for path in (tmp_path / "birds").glob("block-*"))
    assert manifest == {
        "inputs": 2,
        "classes": 3,
        "dtype": "float64",
        "blocks": [{"file": names[0], "examples": 2}, {"file": names[1], "examples": 1}],
    }


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([], "examples must hold at least one pair (x, y), got none"),
        ((np.ones((2, 3)), np.ones((1, 4))), "y must have shape (1, 3), got (1, 4)"),
        ((np.ones((2, 3)), np.zeros((2, 3))), "y must have one-hot columns, got a column (0, 0)"),
        (
            (np.array([[1.0, np.nan]]), np.ones((1, 2))),
            "x must be finite, got nan among its values",
        ),
        (
            [(np.ones((2, 3)), np.ones((1, 3))), (np.ones((4, 3)), np.ones((1, 3)))],
            "x must have shape (2, any), got (4, 3)",
        ),
        (
            [(np.ones((2, 3)), np.ones((1, 3))), (np.ones((2, 3), "f4"), np.ones((1, 3)))],
            "x must be float64, as in the first pair, got float32",
        ),
    ],
)
def test_what_cannot_be_a_block_is_refused_in_one_sentence(tmp_path, pairs, message):
    with pytest.raises(ValueError, match="must") as caught:
        nd.write_blocks(tmp_path / "bad", pairs)
    assert str(caught.value) == message
    assert not (tmp_path / "bad").exists()


def test_drawn_birds_are_the_measured_ones_with_an_error_of_the_size_that_was_asked_for():
    x, y = birds()
    spread = nn.load_penguins().x.std(axis=1, keepdims=True)
    pieces = list(nd.draw_birds(5000, 0.1, np.random.default_rng(0), size=2000))
    assert [piece[0].shape[1] for piece in pieces] == [2000, 2000, 1000]
    drawn, labels = (np.hstack(arrays) for arrays in zip(*pieces, strict=True))
    off = (drawn[:, :, None] - x[:, None, :]) * spread[:, :, None]
    off[:, y.T[None, :].argmax(2)[0][None, :] != labels.argmax(0)[:, None]] = np.inf
    nearest = np.abs(off).max(axis=0).argmin(axis=1)
    error = np.take_along_axis(off, nearest[None, :, None], axis=2)[:, :, 0]
    # A bird may be nearer to a neighbour than to its own, so the error is seen a little too small.
    assert np.all(np.abs(error.std(axis=1) - 0.1) < 0.02)
    np.testing.assert_allclose(labels.mean(axis=1), y.mean(axis=1), atol=0.03)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"N": 0}, "N must be a whole number from 1 up, got 0"),
        ({"error": 0}, "error must be a finite number above 0, got 0"),
        ({"rng": 1}, "rng must be a numpy.random.Generator, got int"),
        ({"size": 0.5}, "size must be a whole number from 1 up, got 0.5"),
    ],
)
def test_birds_that_cannot_be_drawn_are_refused_at_the_call(changed, message):
    arguments = {"N": 10, "error": 0.1, "rng": np.random.default_rng(0)} | changed
    with pytest.raises(ValueError, match="must") as caught:
        nd.draw_birds(**arguments)
    assert str(caught.value) == message
