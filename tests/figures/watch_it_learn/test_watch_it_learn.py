"""Watch it learn: what it holds, and what its still picture says."""

import re

import numpy as np
import pytest
import traitlets
from bs4 import BeautifulSoup

import nn_core
from nn_widgets import WatchItLearn


def answers(steps):
    """Probabilities for all birds after so many steps, by nn_core itself."""
    penguins = nn_core.load_penguins()
    x = nn_core.standardise(penguins.x)
    layers = nn_core.load_example().layers
    for epoch in nn_core.train(layers, x, penguins.y, alpha=1, epochs=steps) if steps else []:
        layers = epoch.layers
    return nn_core.feedforward(layers, x).p, penguins.y.argmax(axis=0)


@pytest.mark.parametrize("bird", [0, 185, 341])
def test_the_still_picture_says_what_the_network_says_before_and_after(bird):
    table = BeautifulSoup(WatchItLearn(bird=bird).still(), "html.parser").table
    cells = [[td.text for td in row.find_all("td")] for row in table.tbody.find_all("tr")]
    headings = [th.text for th in table.tbody.find_all("th")]
    for column, steps in enumerate((0, 2000)):
        p, truth = answers(steps)
        for k in range(3):
            said = float(cells[k][column].removesuffix(" %"))
            assert said == pytest.approx(100 * p[k, bird], abs=0.06)
            assert ("which it is" in headings[k]) == (k == truth[bird])
        assert cells[3][column] == f"{np.sum(p.argmax(axis=0) == truth)} of 342"


def test_every_bird_has_a_mark_and_one_has_a_ring():
    svg = BeautifulSoup(WatchItLearn().still(), "html.parser").svg
    assert sum(path["d"].count("M") for path in svg.find_all("path")) == 342
    assert len(svg.find_all("circle")) == 1


@pytest.mark.parametrize(("name", "value"), [("bird", 342), ("bird", -1), ("steps", 2001)])
def test_a_choice_that_is_not_there_is_refused_by_name(name, value):
    with pytest.raises(traitlets.TraitError, match=rf"{name} must be a whole number from 0 to"):
        WatchItLearn(**{name: value})


def test_a_link_carries_the_bird_and_the_steps_alone():
    assert set(WatchItLearn().state()) == {"bird", "steps"}
    assert not re.search(r"\d\.\d{11}", WatchItLearn().html())
