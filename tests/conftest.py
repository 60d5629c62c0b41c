"""What all tests share: fixtures that need a browser, and the same examples on every run."""

import hypothesis

pytest_plugins = ["browser_fixtures"]  # of tests/helpers, which pyproject.toml puts on the path

# A slow, busy machine must not fail a test that is right: no deadline on one example's time.
# The same examples on every run: a test fails for a change, never for luck.
hypothesis.settings.register_profile("book", deadline=None, derandomize=True)
hypothesis.settings.load_profile("book")


def pytest_addoption(parser):
    """Let the test of blocks larger than a worker's memory run at any size."""
    parser.addoption("--dask-megabytes", type=float, default=450, help="size of the blocks")
