"""What all tests share: the scripts of tools/ and the helpers beside the tests can be imported."""

import sys
from pathlib import Path

import hypothesis

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "tools"), str(HERE / "browser")]

# A slow, busy machine must not fail a test that is right: no deadline on one example's time.
# The same examples on every run: a test fails for a change, never for luck.
hypothesis.settings.register_profile("book", deadline=None, derandomize=True)
hypothesis.settings.load_profile("book")
