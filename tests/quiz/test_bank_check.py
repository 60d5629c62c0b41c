"""The check of the bank alone says what is there, or what is wrong."""

import json
import subprocess
import sys

import pytest
import yaml

from nn_widgets.quiz import bank_check

FIXED = {"id": "two", "kind": "numeric", "prompt": "How many?", "answer": "2", "proof": "1 + 1"}
FIXED |= {"tolerance": 0.1, "reason": "Two.", "slips": []}
FRESH = FIXED | {"id": "many", "given": {"n": "int(rng.integers(2, 4))"}, "prompt": "{{n}}?"}
FRESH |= {"answer": "n", "proof": "n"}


def write(folder, name, *items):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yml").write_text(yaml.safe_dump({"items": items}), encoding="utf-8")


def test_it_counts_questions_and_those_with_fresh_numbers(tmp_path, capsys):
    write(tmp_path, "01-one", FIXED)
    write(tmp_path, "02-more", FIXED | {"id": "three"}, FRESH)
    assert bank_check.main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "01-one: 1 question, 0 with fresh numbers",
        "02-more: 2 questions, 1 with fresh numbers",
        "3 questions, every answer proved",
    ]


def test_it_says_what_is_wrong_apart_and_fails(tmp_path, capsys):
    write(tmp_path, "01-one", FIXED | {"proof": "1 + 2"})
    assert bank_check.main([str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n"), err.startswith("01-one.yml, item two, ")) == ("", 1, True)


@pytest.mark.parametrize("named", [False, True])
def test_without_a_folder_it_takes_the_book_s_and_writes_what_an_editor_needs(
    tmp_path, monkeypatch, capsys, named
):
    folder = tmp_path / "book" / "quizzes"
    write(folder, "01-one", FIXED)
    monkeypatch.setattr(bank_check, "find_bank", lambda: folder)
    assert bank_check.main([str(folder)] if named else []) == 0
    path = tmp_path / "_build" / "bank.schema.json"
    assert path.is_file() is not named
    assert named or "items" in json.loads(path.read_text("utf-8"))["properties"]


def test_the_command_line_hands_its_folder_on_and_ends_as_it_should(tmp_path):
    command = [sys.executable, "-m", "nn_widgets.quiz.bank_check", str(tmp_path)]
    for item, status in ((FIXED, 0), (FIXED | {"answer": "3"}, 1)):
        write(tmp_path, "01-one", item)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.count("1 question, ")) == (status, 2 - 2 * status)
        assert done.stderr.count("\n") == status
