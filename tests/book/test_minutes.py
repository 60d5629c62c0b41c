"""A chapter's minutes are counted in its page."""

import minutes
import pytest

FORMULA = (
    '<div class="math"><span class="katex-display"><span class="katex">E = m c</span></span></div>'
)
CELL = '<div class="cell"><div class="cell_input"><pre>z = W @ h + b\n\nz</pre></div>{}</div>'
OUTPUT = '<div class="cell_output"><pre>one two three</pre></div>'
INLINE = 'word <span class="katex"><span class="katex-mathml">W h + b</span></span> word'
QUESTION = '<div class="nn-item"><p>Many words in it</p><details>and a reason</details></div>'
FIGURE = '<figure class="nn-widget"><div class="nn-still">Table of numbers</div></figure>'


def counted(body):
    return minutes.chapter(f"<html><body><article>{body}</article></body></html>")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<p>" + "word " * 300 + "</p>", 2),
        (FORMULA * 8, 2),
        (CELL.format(OUTPUT) * 15, 2),
        (FIGURE * 2, 4),
        (QUESTION * 3, 3),
        (f"<p>{INLINE}</p>" * 50, 1),
        ("", 0),
    ],
)
def test_the_path_takes_what_the_rule_says(body, path):
    assert counted(body).minutes() == [path, path, path]


def test_what_is_folded_is_no_part_of_the_path():
    body = (
        "<p>"
        + "word " * 150
        + "</p><details><summary>More</summary>"
        + "word " * 149
        + "</details>"
    )
    assert counted(body).minutes() == [1, 1, 2]


def test_an_exercise_takes_twelve_minutes_and_its_solution_is_folded():
    solution = "<details><summary>Solution</summary>" + "word " * 299 + "</details>"
    one = f"<section><h3>One</h3>{solution}</section>"
    section = f'<section id="exercises"><h2>Exercises</h2>{one}</section>'
    assert counted(section).minutes() == [0, 12, 14]


def test_an_exercise_that_is_folded_takes_twelve_minutes_too():
    solution = "<details><summary>Solution</summary>" + "word " * 299 + "</details>"
    one = f'<details class="nn-exercise"><summary>Exercise: one</summary>{solution}</details>'
    assert counted(one).minutes() == [0, 12, 14]


def test_a_question_that_is_folded_is_no_part_of_the_path():
    body = f"{QUESTION}<details><summary>…</summary>{QUESTION}{QUESTION}</details>"
    assert counted(body).minutes() == [1, 1, 3]


def test_a_task_takes_twelve_minutes():
    task = '<section class="nn-task"><p>Write it.</p><pre>a program</pre></section>'
    assert counted(task * 2).minutes() == [0, 24, 24]


def test_a_fold_in_a_fold_is_counted_once():
    inner = "<details><summary>x</summary>" + "word " * 148 + "</details>"
    assert counted(f"<details><summary>y</summary>{inner}</details>").minutes() == [0, 0, 1]


def test_a_place_is_filled_again_when_its_chapter_has_changed():
    place = '<td><span class="nn-minutes" data-chapter="01-topology">9 · 9 · 9</span></td>'
    filled = minutes.PLACE.sub(lambda found: found[1] + "1 · 2 · 3", place)
    assert filled == place.replace("9 · 9 · 9", "1 · 2 · 3")
