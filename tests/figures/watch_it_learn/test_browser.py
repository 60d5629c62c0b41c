"""Watch it learn in a browser: what a reader sees before, while and after the network is trained."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

import nn_core

FIGURE = "figure.nn-watch-it-learn"
DONE = "After 2,000 of 2,000 steps"


@pytest.fixture(scope="module")
def truth():
    """What nn_core says: right birds and the book's bird, before and after."""
    penguins = nn_core.load_penguins()
    x, y = nn_core.standardise(penguins.x), penguins.y
    start = nn_core.load_example().layers
    *_, last = nn_core.train(start, x, y, alpha=1, epochs=2000)
    found = {}
    for steps, layers in ((0, start), (2000, last.layers)):
        p = nn_core.feedforward(layers, x).p
        found[steps] = p, int(np.sum(p.argmax(axis=0) == y.argmax(axis=0)))
    return found


@pytest.fixture
def alive(page, site):
    page.goto(f"{site}/watch_it_learn.html")
    page.wait_for_selector(f"{FIGURE}.nn-mounted")
    return page


def shares(page):
    rows = page.locator(".nn-learn-answer tbody tr td:last-child").all_inner_texts()
    return [float(text.removesuffix(" %")) for text in rows]


def score(page):
    return page.locator(".nn-learn-score").inner_text()


def test_one_press_trains_the_network_before_the_readers_eyes(alive, truth):
    p, right = truth[0]
    assert score(alive) == f"Before training it names {right} of 342 birds rightly."
    assert shares(alive) == pytest.approx(100 * p[:, 185], abs=0.06)
    alive.get_by_role("button", name="Train it").click()
    seen = set()
    while DONE not in (now := score(alive)):
        seen.add(now)
        alive.wait_for_timeout(40)
    assert len(seen) > 5  # not a jump: the numbers move on the way
    p, right = truth[2000]
    assert score(alive) == f"{DONE} it names {right} of 342 birds rightly."
    assert shares(alive) == pytest.approx(100 * p[:, 185], abs=0.06)
    heard = alive.locator(".nn-announce")
    expect(heard).to_contain_text(f"{DONE} it names {right} of 342 birds rightly.")
    expect(heard).to_contain_text("Gentoo")


def test_another_bird_has_another_answer_and_every_bird_comes(alive, truth):
    caption = alive.locator(".nn-learn-answer caption")
    before = caption.inner_text()
    alive.get_by_role("button", name="Another bird").click()
    expect(caption).not_to_have_text(before)
    assert shares(alive) == pytest.approx(100 * truth[0][0][:, (185 + 89) % 342], abs=0.06)
    most = f"{max(shares(alive)):.1f}"
    expect(alive.locator(".nn-announce")).to_contain_text(most)  # of this bird, not of the last
    assert len({(185 + 89 * n) % 342 for n in range(342)}) == 342


def test_a_press_on_a_bird_chooses_it(alive):
    penguins = nn_core.load_penguins()
    box = alive.locator(".nn-learn-map").bounding_box()
    far = np.linalg.norm(penguins.x[:, :, None] - penguins.x[:, None], axis=0)
    alone = np.argmax(np.partition(far, 1, axis=1)[:, 1])  # no other bird is near this one
    length, depth = penguins.x[:, alone]
    x = box["x"] + box["width"] * (length - 31) / 30
    y = box["y"] + box["height"] * (1 - (depth - 12.5) / 9.5)
    alive.mouse.click(x, y)
    said = f"{length:.1f} mm long and {depth:.1f} mm deep"
    expect(alive.locator(".nn-learn-answer caption")).to_contain_text(said)


def test_a_link_opens_on_a_trained_network(page, site, truth):
    page.goto(f"{site}/watch_it_learn.html#nn=watch_it_learn&steps=2000&bird=3")
    page.wait_for_selector(f"{FIGURE}.nn-mounted")
    assert shares(page) == pytest.approx(100 * truth[2000][0][:, 3], abs=0.06)
    assert page.get_by_role("button", name="Train it again").is_visible()
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function(
        "document.querySelector('.nn-learn-score').textContent.startsWith('Before training')"
    )


def test_a_run_pauses_and_goes_on(alive):
    alive.get_by_role("button", name="Train it").click()
    alive.get_by_role("button", name="Pause").click()
    alive.get_by_role("button", name="Go on").wait_for()  # the last step is drawn
    paused = score(alive)
    assert re.match(r"After [\d,]+ of 2,000 steps", paused)
    alive.wait_for_timeout(200)
    assert score(alive) == paused
    alive.get_by_role("button", name="Go on").click()
    alive.wait_for_function(
        f"document.querySelector('.nn-learn-score').textContent.startsWith('{DONE}')"
    )


def test_who_wants_less_motion_gets_the_end_at_once(new_page, site):
    page = new_page(reduced_motion="reduce")
    page.goto(f"{site}/watch_it_learn.html")
    page.wait_for_selector(f"{FIGURE}.nn-mounted")
    page.get_by_role("button", name="Train it").press("Enter")
    page.wait_for_function(
        f"document.querySelector('.nn-learn-score').textContent.startsWith('{DONE}')"
    )


def test_the_map_and_the_answer_are_in_the_first_screen_of_a_phone(new_page, site):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{site}/watch_it_learn.html")
    page.wait_for_selector(f"{FIGURE}.nn-mounted")
    figure = page.locator(FIGURE).bounding_box()
    button = page.get_by_role("button", name="Train it").bounding_box()
    assert button["y"] + button["height"] - figure["y"] < 480
