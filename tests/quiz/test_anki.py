"""The cards for Anki: ids that stay, formulas that MathJax reads, reasons on the back."""

import csv
import io
import re
from pathlib import Path

import yaml
from bs4 import BeautifulSoup
from sources import ROOT

from nn_widgets.quiz.anki import notes
from nn_widgets.quiz.bank import load_bank, load_chapter
from nn_widgets.quiz.quiz_text import fill

BANK = load_bank(ROOT / "book/quizzes")
ITEMS = [item for chapter in BANK for item in chapter.items]


def read(text):
    """Read the file as Anki does: settings, then a note a line, tabs between its fields."""
    lines = text.split("\n")
    settings = dict(line[1:].split(":", 1) for line in lines if line.startswith("#"))
    body = "\n".join(line for line in lines if not line.startswith("#"))
    rows = csv.reader(io.StringIO(body), "excel-tab", strict=True)
    return settings, {row[0]: row[1:] for row in rows if row}


SETTINGS, NOTES = read(notes(BANK))


def plain(html):
    return BeautifulSoup(html, "html.parser").get_text()


def test_each_question_is_a_note_under_an_id_that_stays():
    assert list(NOTES) == [f"backward-pass:{item.id}" for item in ITEMS]
    assert SETTINGS["guid column"] == "1"
    assert SETTINGS["tags column"] == "4"
    assert SETTINGS["html"] == "true"
    assert {len(fields) for fields in NOTES.values()} == {3}
    tags = {fields[2] for fields in NOTES.values()}
    assert tags == {f"backward-pass::{chapter.name}" for chapter in BANK}
    assert not any(" " in tag for tag in tags)


def test_an_edited_question_keeps_its_id(tmp_path):
    text = Path(__file__).with_name("example.yml").read_text("utf-8")
    kept = []
    for edited in (text, text.replace("What is the cross-entropy?", "What does it cost?")):
        (tmp_path / "example.yml").write_text(edited, "utf-8")
        chapter = load_chapter(tmp_path / "example.yml")
        kept.append((list(read(notes([chapter]))[1]), [item.fingerprint for item in chapter.items]))
    assert kept[0][0] == kept[1][0]
    assert kept[0][1] != kept[1][1]


def test_programs_in_a_question_keep_their_lines_on_the_card(tmp_path):
    item = {"id": "sum", "kind": "numeric", "answer": "3", "proof": "1 + 2", "tolerance": 0}
    item |= {
        "prompt": "What is `c`?\n\n```python\na = 1\nc = a + 2\n```\n\nFirst there\nwas this:"
        "\n\n```python\na = 0\nc = a\n```\n",
        "reason": "One\nand two.",
    }
    (tmp_path / "01-test.yml").write_text(yaml.safe_dump({"items": [item]}), "utf-8")
    _, cards = read(notes([load_chapter(tmp_path / "01-test.yml")]))
    front, back, _ = cards["backward-pass:sum"]
    assert "a = 1<br>c = a + 2<br></code></pre><p>First there was this:</p>" in front
    assert "a = 0<br>c = a<br></code></pre><p><i>Type a number.</i></p>" in front
    assert "One and two." in back


def test_formulas_stand_as_anki_reads_them_and_no_dollar_is_left_of_them():
    formulas = 0
    for item in ITEMS:
        front, back, _ = NOTES[f"backward-pass:{item.id}"]
        assert "katex" not in front + back
        prompt = fill(item.source["prompt"], item.variants[0].names)
        for display, inline in re.findall(r"\$\$(.+?)\$\$|\$([^$]+)\$", prompt, re.DOTALL):
            tex = " ".join((display or inline).split())
            left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
            assert f"{left}{tex}{right}" in " ".join(plain(front).split()), item.id
            formulas += 1
        assert "$" not in plain(front + back)
        for opening, closing in ((r"\(", r"\)"), (r"\[", r"\]")):
            assert plain(front + back).count(opening) == plain(front + back).count(closing)
    assert formulas > 150


def letters(text):
    return re.sub(r"[^A-Za-z0-9]", "", text.replace("\N{NO-BREAK SPACE}", ""))


def test_the_back_has_every_reason_and_the_misconception_and_the_front_has_none():
    for item in ITEMS:
        front, back, _ = NOTES[f"backward-pass:{item.id}"]
        source, names = item.source, item.variants[0].names
        listed = [
            *source.get("statements", []),
            *source.get("options", []),
            *source.get("parts", []),
        ]
        reasons = [e["reason"] for e in [*listed, *source.get("slips", [])]]
        for reason in [*reasons, *([source["reason"]] if "reason" in source else [])]:
            wanted = letters(fill(reason, names))
            assert wanted in letters(plain(back)), item.id
            assert wanted not in letters(plain(front)), item.id
        assert letters(source["misconception"]) in letters(plain(back))


def test_lines_of_code_keep_their_indents():
    item = next(item for item in ITEMS if item.source.get("code"))
    front, back, _ = NOTES[f"backward-pass:{item.id}"]
    indented = [p["text"] for p in item.source["parts"] if p["text"].startswith("    ")]
    assert indented
    for line in indented:
        shown = line.rstrip().replace("    ", "\N{NO-BREAK SPACE}" * 4)
        assert shown in plain(front)
        assert shown in plain(back)


def test_the_right_answer_is_marked_on_the_back_alone():
    for item in ITEMS:
        front, back, _ = NOTES[f"backward-pass:{item.id}"]
        if item.kind == "choice":
            assert plain(back).count("✓ Right:") == sum(item.variants[0].data["right"])
        assert "✓" not in front
