"""Check the question bank alone: `python -m nn_widgets.bank_check [folder]`."""

import sys
from pathlib import Path

from nn_widgets.bank import BankError, find_bank, load_bank


def main(arguments):
    """Say what is in the bank, or what is wrong."""
    try:
        chapters = load_bank(Path(arguments[0]) if arguments else find_bank())
    except BankError as error:
        print(error, file=sys.stderr)
        return 1
    for chapter in chapters:
        fresh = sum(len(item.variants) > 1 for item in chapter.items)
        print(f"{chapter.name}: {len(chapter.items)} items, {fresh} with fresh numbers")
    print(f"{sum(len(chapter.items) for chapter in chapters)} items, every answer proved")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
