"""The times that chapter 11 tells are those of the benchmark."""

import re

import nbformat
from sources import ROOT


def rows(text):
    """Cells of each row of numbers in a Markdown table, by the examples in a block."""
    cells = [line.strip("| ").split("|") for line in text.splitlines() if line.startswith("| ")]
    found = [[cell.strip() for cell in row] for row in cells]
    return {row[0]: row[1:] for row in found if re.fullmatch(r"[\d,]+", row[0])}


def chapter_table():
    chapter = nbformat.read(ROOT / "book" / "11-many-machines.ipynb", as_version=4)
    return next(cell.source for cell in chapter.cells if cell.id == "pays-table")


def benchmark():
    text = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    return text.split("## Blocks on Dask")[1].split("\n## ")[0]


def milliseconds(cell):
    return float(cell.split(" (")[0].replace(",", ""))


def test_every_time_in_the_chapter_stands_in_the_benchmark():
    told, measured = rows(chapter_table()), rows(benchmark())
    assert list(told) == ["100", "1,000", "10,000"]
    for examples, cells in told.items():
        _, loop, _, one, two, _, _, _, nothing, *_ = measured[examples]
        for cell, source in zip(cells, (loop, one, two, nothing), strict=True):
            assert abs(float(cell.replace(",", "")) - milliseconds(source)) <= 0.5


def test_the_machine_is_named_as_in_the_benchmark():
    assert "AMD EPYC" in chapter_table()
    assert "AMD EPYC, 2 cores" in benchmark()


def test_what_the_chapter_says_about_the_times_is_so():
    table = {
        int(examples.replace(",", "")): [float(cell.replace(",", "")) for cell in row]
        for examples, row in rows(chapter_table()).items()
    }
    for loop, one, two, talking in table.values():
        assert loop < one <= two
        assert abs(one - (loop + talking)) <= 4
    loop, _, two, talking = table[100]
    assert 13.5 < two / loop < 14
    assert round(talking / two, 1) == 0.7
    loop, _, two, talking = table[10_000]
    assert round(two / loop, 1) == 1.6
    assert 0.28 < talking / two < 0.38
    assert loop / 2 + talking == 50
    as_dask_starts, _, two = (milliseconds(cell) for cell in rows(benchmark())["10,000"][2:5])
    assert as_dask_starts > 3 * two
