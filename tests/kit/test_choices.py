"""A figure's state is said once, by its traits: the page takes what Python takes, and no more."""

import json
from pathlib import Path

import pytest
import traitlets
from in_node import ask
from links import has_truth, tried

from nn_widgets.figures import STEMS, load
from nn_widgets.kit.choices import Different, Number, Text, allowed

RUNNER = Path(__file__).with_name("choices.mjs")


@pytest.fixture(scope="module")
def figures():
    """Make one figure of each kind."""
    return {stem: load(stem)() for stem in STEMS}


@pytest.fixture(scope="module")
def answers(figures):
    """Return what the pages say of their own states, and of every change that is tried."""
    pages = {stem: figure.page() for stem, figure in figures.items()}
    asked = {
        stem: {"page": page, "changes": [json.dumps(change) for change in tried(page)]}
        for stem, page in pages.items()
    }
    return ask(RUNNER, asked)


def takes(figure, change):
    """Tell whether Python takes a change, and undo it."""
    ((name, value),) = change.items()
    before = figure.state()
    try:
        setattr(figure, name, value)
    except traitlets.TraitError:
        return False
    for own, old in before.items():
        figure.set_trait(own, old)
    return True


@pytest.mark.parametrize("stem", STEMS)
def test_the_page_takes_what_python_takes_and_refuses_the_rest(figures, answers, stem):
    figure, (first, *said) = figures[stem], answers[stem]
    assert first == ""
    wrong = []
    for change, sentence in zip(tried(figure.page()), said, strict=True):
        ((name, value),) = change.items()
        is_switch = isinstance(figure.traits()[name], traitlets.Bool)
        fits = isinstance(value, bool) if is_switch else not has_truth(value)  # Python is lax
        wanted = fits and takes(figure, change)
        if wanted != (sentence == ""):
            wrong.append((change, sentence))
    assert not wrong


@pytest.mark.parametrize("stem", STEMS)
def test_a_refusal_is_one_sentence_that_names_the_choice(figures, answers, stem):
    for change, sentence in zip(tried(figures[stem].page()), answers[stem][1:], strict=True):
        if sentence:
            named = sentence.split(" must be ")[0]
            assert named in change or (named == "start" and "hidden" in change), sentence
            assert sentence.endswith(".")
            assert len(sentence) < 320


@pytest.mark.parametrize("stem", STEMS)
def test_what_javascript_needs_besides_is_in_no_link(figures, stem):
    page = figures[stem].page()
    assert set(page["allowed"]) == set(page["state"])
    assert not set(page["data"]) & set(figures[stem].traits())


@pytest.mark.parametrize(
    "trait",
    [
        traitlets.Int(),
        traitlets.Int(min=0),
        Number(max=1.0),
        traitlets.List(traitlets.Int(min=0, max=1)),
        traitlets.List(traitlets.Int(), maxlen=3),
        traitlets.Float(0, min=0, max=1),
        traitlets.Unicode(),
    ],
)
def test_a_choice_without_an_end_is_refused_when_the_figure_is_made(trait):
    with pytest.raises(TypeError, match=r"needs a least and a greatest|the page knows no"):
        allowed(trait)


def test_a_number_is_finite_and_a_list_of_different_ones_holds_nothing_twice():
    class Some(traitlets.HasTraits):
        rate = Number(0.5, min=0, max=1)
        pair = Different(traitlets.Int(min=0, max=9), [1, 2], 2, 2)

    for name, value in [("rate", float("nan")), ("rate", 2), ("pair", [3, 3]), ("pair", [1])]:
        with pytest.raises(traitlets.TraitError, match=name):
            Some(**{name: value})


def test_a_text_has_so_many_characters_at_most():
    class Some(traitlets.HasTraits):
        lines = Text("", max=5)

    assert Some(lines="a\nbcd").lines == "a\nbcd"
    for value in ("abcdef", 5, None):
        with pytest.raises(traitlets.TraitError, match="lines"):
            Some(lines=value)
    assert allowed(Some().traits()["lines"]) == {"kind": "text", "max": 5}
