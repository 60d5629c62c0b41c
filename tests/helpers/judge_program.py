"""Judge programs from files as the page does, under Node, and say what the page would say.

    PYTHONPATH=.:tests/helpers python -m judge_program 07-backprop first.py second.py

A program counts as it stands, in names of its own. The status is 0 if every one is right.
"""

import sys
from pathlib import Path

from reader_tasks import in_page


def main(name, *paths):
    """Print a line for each program: ✓ or ✗, the file, and the verdict's sentence."""
    verdicts = in_page(name, *(Path(path).read_text(encoding="utf-8") for path in paths))
    for path, (right, says) in zip(paths, verdicts, strict=True):
        print(f"{'✓' if right else '✗'} {path}: {says}")
    return not all(right for right, _ in verdicts)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
