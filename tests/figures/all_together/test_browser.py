"""All together in a browser: its numbers are nn_core's, and every fault is met by hand and by link."""

import json
import re
from urllib.parse import quote

import numpy as np
import pytest
from frames import settled

from nn_core import backprop, feedforward, load_example, load_penguins, standardise, to_vector
from nn_widgets.maths.format import number

X, Y = standardise(load_penguins().x), load_penguins().y
LAYERS = load_example().layers
BLOCKS = {"unequal": [10, 100, 100, 132], "equal": [85, 86, 86, 85]}
ENTRIES = [17, 19]


def answers(blocks):
    """Return the sum of gradients of each block, shape (4, 26), by nn_core."""
    cuts = np.cumsum(BLOCKS[blocks])[:-1]
    pairs = zip(np.split(X, cuts, axis=1), np.split(Y, cuts, axis=1), strict=True)
    return np.array(
        [x.shape[1] * to_vector(backprop(LAYERS, feedforward(LAYERS, x), y)) for x, y in pairs]
    )


WHOLE = to_vector(backprop(LAYERS, feedforward(LAYERS, X), Y))[ENTRIES]


def opened(page, site, **state):
    """Open the figure, by a link if a state is given."""
    link = "".join(f"&{name}={quote(json.dumps(value))}" for name, value in state.items())
    page.goto(f"{site}/all_together.html{f'#nn=all_together{link}' if link else ''}")
    page.wait_for_selector("figure.nn-mounted .nn-together-box")
    settled(page)
    return page.locator("figure.nn-widget")


@pytest.fixture
def figure(page, site):
    return opened(page, site)


def entries(figure, node):
    """Return the two numbers of a block, 0 to 3, or of a sum, 4 to 6."""
    return figure.locator(f'[data-node="{node}"] .nn-together-entry').all_text_contents()


def written(vector):
    return [number(value) for value in vector[ENTRIES]]


def choose(figure, group, name):
    figure.get_by_role("group", name=group).get_by_role("radio", name=name, exact=True).check()
    settled(figure.page)


def all_digits(figure):
    text = figure.locator(".nn-together-bits").inner_text()
    return re.search(r"all digits: ([\d.−]+)\. ", text)[1]


def answer(figure, text):
    box = figure.get_by_role("textbox")
    box.fill(str(text))
    box.press("Enter")
    settled(figure.page)
    return figure.locator(".nn-together-feedback")


@pytest.mark.parametrize("blocks", BLOCKS)
@pytest.mark.parametrize(
    ("way", "order"),
    [("tree", [[0, 1], [2, 3], [4, 5]]), ("ring", [[2, 3], [4, 0], [5, 1]])],
)
def test_every_block_and_every_sum_is_nn_cores(page, site, blocks, way, order):
    figure = opened(page, site, blocks=blocks, way=way, step=4)
    nodes = list(answers(blocks))
    for a, b in order:
        nodes.append(nodes[a] + nodes[b])
    assert [entries(figure, k) for k in range(7)] == [written(node) for node in nodes]
    average = figure.locator(".nn-together-average").inner_text()
    assert average.endswith(f" / 342 = ({number(WHOLE[0])}, {number(WHOLE[1])})")
    digits = float(all_digits(figure).replace("−", "-"))
    assert digits == pytest.approx(342 * WHOLE[0], rel=1e-12)


def test_next_adds_one_pair_after_the_other_by_keyboard_alone(figure, page):
    figure.get_by_role("button", name="Next").focus()
    for step in range(1, 5):
        page.keyboard.press("Enter")
        settled(page)
        assert figure.locator(".nn-is-waiting").count() == max(3 - step, 0)
    assert "divide by the count" in figure.locator(".nn-together-step").inner_text()
    page.keyboard.press("Enter")  # there is nothing beyond, and the button keeps the focus
    assert page.evaluate("document.activeElement.textContent") == "Next"


def test_well_known_slips_are_named_and_the_right_answer_is_shown(figure, page):
    sums = answers("unequal")[:, ENTRIES[0]]
    means = sums / BLOCKS["unequal"]
    slips = {
        "average of averages": means.mean(),
        "divided on each machine": means.sum(),
        "not divided": sums.sum(),
        "divided by machines": sums.sum() / 4,
    }
    for slip, value in slips.items():
        said = answer(figure, round(value, 3))
        assert said.get_attribute("data-slip") == slip
        assert "nn-is-wrong" in said.get_attribute("class")
    said = answer(figure, f"{WHOLE[0]:.3f}")
    assert said.inner_text() == "Right."
    assert not figure.get_by_role("textbox").is_visible()
    assert f"is {number(WHOLE[0])}." in figure.locator(".nn-together-predict label").inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Next"
    figure.get_by_role("button", name="Reset").click()
    settled(page)
    assert figure.get_by_role("textbox").input_value() == ""
    assert said.inner_text() == ""


def test_no_number_asks_for_one_and_loses_nothing(figure):
    assert answer(figure, "abc").inner_text().startswith("Type a number first")
    assert figure.get_by_role("textbox").input_value() == "abc"


def test_numbers_are_read_as_people_type_them(figure):
    for text in ("1,234", "3,360/2"):
        said = answer(figure, text)
        assert "may mean" in said.inner_text()
        assert "nn-is-wrong" not in said.get_attribute("class")
    for text in ("⅕", "- 0.2"):
        assert "nn-is-wrong" in answer(figure, text).get_attribute("class"), text
    sign = "- " if WHOLE[0] < 0 else ""
    assert answer(figure, f"{sign}{abs(2 * WHOLE[0]):.4f}/2").inner_text() == "Right."


@pytest.mark.parametrize("way", ["tree", "ring"])
def test_the_bits_stay_whoever_is_lost_or_slow(page, site, way):
    figure = opened(page, site, way=way, step=3)
    calm = all_digits(figure)
    for machine in "1234":
        choose(figure, "Lose machine", machine)
        assert all_digits(figure) == calm
        assert "All 26 entries have the bits" in figure.locator(".nn-together-bits").inner_text()
    choose(figure, "Lose machine", "none")
    choose(figure, "Slow down machine", "1")
    assert all_digits(figure) == calm


def test_a_machine_that_is_lost_and_slow_says_that_the_second_changes_nothing(page, site):
    figure = opened(page, site, lost=4)
    said = figure.locator(".nn-together p").filter(has_text="The step takes")
    before = said.inner_text()
    choose(figure, "Slow down machine", "4")
    after = f"{before} Machine 4 is lost, so it changes nothing that it is slow."
    assert said.inner_text() == after
    figure.locator(".nn-announce", has_text=after).wait_for(state="attached")


def test_sums_in_the_order_of_arrival_have_other_bits_when_a_machine_is_late(page, site):
    figure = opened(page, site, way="arrival", step=3)
    a, b, c, d = answers("unequal")
    choose(figure, "Slow down machine", "2")
    assert figure.locator("[data-node='5'] .nn-together-title").text_content() == "G₁ + G₃ + G₄"
    differ = int(np.sum(((a + c) + d) + b != ((a + b) + c) + d))
    assert differ > 0
    said = figure.locator(".nn-together-bits").inner_text()
    assert re.search(r"\d+ of the 26 entries ha(s|ve) other bits", said)


def test_a_lost_machine_is_named_and_so_is_who_works_again(page, site):
    figure = opened(page, site)
    choose(figure, "Lose machine", "4")
    assert "by machine 1" in figure.locator("[data-node='3']").text_content()
    assert "Machine 1 has worked on block 4" in figure.inner_text()
    assert entries(figure, 3) == written(answers("unequal")[3])
    assert figure.locator(".nn-together-again").count() == 1


def test_a_slow_machine_costs_the_step_what_the_model_says(figure):
    assert "The step takes 280 ticks." in figure.inner_text()
    choose(figure, "Slow down machine", "4")
    assert f"The step takes {3 * 132 + 4 * 37} ticks." in figure.inner_text()


def test_the_messages_of_tree_and_ring_are_counted(figure):
    figure.get_by_text("Count the messages").click()
    table = figure.get_by_role("table", name="Until every machine has the whole sum")
    table.locator("tr").nth(2).wait_for()
    rows = table.locator("tbody tr").evaluate_all(
        "all => all.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    assert rows[0][:4] == ["Tree", "6", "4", "162"]
    assert rows[1][:4] == ["Ring", "24", "6", "162"]
    assert int(rows[1][4]) < int(rows[0][4])


def test_the_numbers_stand_in_a_table_too_as_far_as_they_are_added(page, site):
    figure = opened(page, site, step=4)
    figure.get_by_text("Numbers as a table").click()
    rows = figure.locator(".nn-live .nn-numbers").last.locator("tbody tr")
    rows.nth(7).wait_for()
    assert rows.last.locator("td").all_inner_texts()[1:] == [number(value) for value in WHOLE]
    figure.get_by_role("button", name="Reset").click()
    settled(page)
    assert rows.count() == 4


def test_a_step_is_announced_once_things_are_quiet(figure, page):
    figure.get_by_role("button", name="Next").click()
    page.wait_for_timeout(900)
    a, b, *_ = answers("unequal")
    said = figure.locator(".nn-announce").inner_text()
    assert said.startswith(f"G₁ + G₂: dW³₁₁ {number((a + b)[17])}, dW³₂₁ {number((a + b)[19])}.")


def test_vectors_travel_unless_the_reader_wants_less_motion(new_page, site):
    lasting = {}
    for motion in ("no-preference", "reduce"):
        figure = opened(new_page(reduced_motion=motion), site)
        figure.get_by_role("button", name="Next").click()
        travelling = figure.locator(".nn-together-travels").first
        travelling.wait_for(state="attached")
        lasting[motion] = travelling.evaluate("(el) => getComputedStyle(el).animationName")
    assert lasting == {"no-preference": "nn-together-travel", "reduce": "none"}


def test_a_link_to_a_fifth_machine_says_so(page, site):
    figure = opened(page, site, lost=5)
    said = figure.locator(".nn-problem").inner_text()
    assert "lost must be a whole number from 0 to 4" in said
