"""Chapter 2: its checker names the mistakes that readers make in an average over batches."""

import math

import numpy as np
import pytest
from reader_tasks import checker, solution


@pytest.fixture(scope="module")
def page():
    """Return the task's check and its solution."""
    return {"check_average": checker("02-average"), "my_average": solution("02-average")["average"]}


def mean_of_means(batches):
    return sum(-np.log(batch).mean() for batch in batches) / len(batches)


def per_batch(batches):
    return sum(-np.log(batch).sum() for batch in batches) / len(batches)


def total_reset(batches):
    for batch in batches:
        total, count = 0, 0
        total -= np.log(batch).sum()
        count += len(batch)
    return total / count


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (mean_of_means, "average the averages"),
        (per_batch, "number of batches"),
        (total_reset, "inside the loop"),
        (lambda b: -sum(math.log(p) for batch in b for p in batch), "total"),
        (lambda b: np.log(np.hstack(b)).mean(), "sign"),
        (lambda b: -np.log2(np.hstack(b)).mean(), "base 2"),
        (lambda b: -np.log10(np.hstack(b)).mean(), "base 10"),
        (lambda b: -np.log(np.hstack(b).mean()), "logarithm of the average"),
        (lambda b: (1 - np.hstack(b)).mean(), "1 − p"),
        (lambda b: -np.log(np.hstack(b[:3])).mean(), "the average is"),
        (lambda b: -np.log(np.hstack(b)), "has shape (17,)"),
        (lambda b: None, "returns nothing"),
        (lambda b: b["all"], "TypeError"),
        (lambda b: 0.0, "wanted is"),
    ],
)
def test_the_checker_names_the_mistake(page, function, word):
    assert word in page["check_average"](function)


def test_the_checker_accepts_a_right_function_written_another_way(page):
    def one_list(batches):
        prices = [-math.log(p) for batch in batches for p in batch]
        return math.fsum(prices) / len(prices)

    assert page["check_average"](one_list)[:5] == "Right"


def test_the_solution_does_not_depend_on_where_the_data_are_cut(page):
    p = np.random.default_rng(0).uniform(0.01, 1, size=30)
    whole = page["my_average"]([p])
    for cuts in ([10, 20], [1], [29], [3, 4, 28]):
        assert page["my_average"](np.split(p, cuts)) == pytest.approx(whole)
