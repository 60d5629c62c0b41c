"""Check the question bank alone: `python -m nn_widgets.quiz.bank_check [folder]`.

Without a folder it also writes `_build/bank.schema.json`, by which an editor completes and checks.
"""

import sys
from pathlib import Path

from nn_widgets.maths.format import counted
from nn_widgets.quiz.bank import BankError, find_bank, load_bank
from nn_widgets.quiz.schema import write_schema


def main(arguments):
    """Say what is in the bank, or what is wrong."""
    try:
        bank = Path(arguments[0]) if arguments else find_bank()  # pragma: no mutate (one only)
        if not arguments:
            write_schema(bank.parents[1] / "_build" / "bank.schema.json")
        chapters = load_bank(bank)
    except BankError as error:
        print(error, file=sys.stderr)
        return 1
    for chapter in chapters:
        fresh = sum(len(item.variants) > 1 for item in chapter.items)
        asked = counted(len(chapter.items), "question", "questions")
        print(f"{chapter.name}: {asked}, {fresh} with fresh numbers")
    total = sum(len(chapter.items) for chapter in chapters)
    print(f"{counted(total, 'question', 'questions')}, every answer proved")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
