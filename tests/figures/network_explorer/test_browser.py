"""Network explorer in a browser: its numbers, and every way to move it."""

import numpy as np
import pytest
from frames import settled

from nn_core import feedforward, load_example
from nn_widgets.maths.format import number

EXAMPLE = load_example()


@pytest.fixture
def figure(page, site):
    """Open the figure."""
    page.goto(f"{site}/network_explorer.html")
    page.wait_for_selector("figure.nn-mounted .nn-neuron-value")
    return page.locator("figure.nn-widget")


def shown(figure):
    """Return the text in each neuron, by key, and each z."""
    return figure.locator(".nn-neuron").evaluate_all(
        "all => Object.fromEntries(all.map((el) => [el.dataset.key,"
        " [el.querySelector('.nn-neuron-value').textContent,"
        " el.querySelector('.nn-neuron-note').textContent]]))"
    )


def value(text):
    """Read a number as the book writes it."""
    return float(text.replace("−", "-"))


def expected(x, activation="sigmoid"):
    """Compute the same with nn_core."""
    trace = feedforward(EXAMPLE.layers, np.reshape(x, (2, 1)), activation)
    texts = {f"h0.{k}": [number(v), ""] for k, v in enumerate(trace.h[0][:, 0])}
    for layer, (z, h) in enumerate(zip(trace.z, [*trace.h[1:], trace.p], strict=True), start=1):
        for j in range(len(z)):
            texts[f"h{layer}.{j}"] = [number(h[j, 0]), f"z {number(z[j, 0])}"]
    return texts


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_every_number_is_nn_cores(figure, page, activation):
    figure.get_by_role("radio", name=activation).check()
    settled(page)
    assert shown(figure) == expected(EXAMPLE.x.ravel(), activation)


def test_dragging_an_input_moves_every_number(figure, page):
    slider = figure.get_by_role("slider").first
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    settled(page)
    x = float(slider.input_value())
    assert x > 1.5
    # Inputs with two decimals make sums that lie between two texts: either is right there.
    for key, (text, _) in expected([x, EXAMPLE.x[1, 0]]).items():
        assert value(shown(figure)[key][0]) == pytest.approx(value(text), abs=0.0011)


def test_the_keyboard_alone_moves_an_input_and_the_mm_beside_it(figure, page):
    slider = figure.get_by_role("slider").first
    slider.focus()
    slider.press("Home")
    settled(page)
    assert shown(figure) == expected([-3, EXAMPLE.x[1, 0]])
    assert slider.get_attribute("aria-valuetext") == "−3 (27.6 mm)"


def test_a_tap_on_an_edge_shows_its_term_in_the_whole_sum(new_page, site):
    page = new_page(has_touch=True)
    page.goto(f"{site}/network_explorer.html")
    edge = page.locator('[data-key="W2.1.2"]')
    edge.wait_for()
    # The edge itself, away from its box's middle, where others may cross it.
    path = edge.locator(".nn-hit")
    at = path.evaluate("""(el) => { const p = el.getPointAtLength(el.getTotalLength() * 0.5);
      const q = p.matrixTransform(el.getScreenCTM()); return [q.x, q.y]; }""")
    page.touchscreen.tap(*at)
    W, b = EXAMPLE.layers[1]
    h = feedforward(EXAMPLE.layers, EXAMPLE.x).h[1][:, 0]
    sum_ = page.locator(".nn-explorer-sum")
    product = f"{number(W[1, 2])}·{number(h[2])} = {number(W[1, 2] * h[2])}"
    assert product in sum_.inner_text()
    assert sum_.locator("mark").all_inner_texts() == [
        "W²₂₃·h¹₃",
        f"({number(W[1, 2])})·{number(h[2])}",
    ]
    assert f"= {number((W[1] @ h + b[1])[0])}" in sum_.inner_text()


@pytest.mark.parametrize("name", ["Remove a hidden layer", "Add a hidden layer"])
def test_a_button_that_goes_out_of_use_keeps_the_keyboard_s_focus(figure, page, name):
    button = figure.get_by_role("button", name=name)
    button.focus()
    for _ in range(8):
        page.keyboard.press("Enter")
        settled(page)
        assert button.evaluate("el => el === document.activeElement")
    assert button.is_disabled()


def test_arrow_keys_reach_every_edge_and_neuron_from_one_tab_stop(figure, page):
    assert figure.locator('.nn-diagram [tabindex="0"]').count() == 1
    figure.locator('.nn-diagram [tabindex="0"]').focus()
    page.keyboard.press("Home")
    seen = []
    key = "document.activeElement.dataset.key"
    for column in range(7):
        seen.append(page.evaluate(key))
        while True:
            page.keyboard.press("ArrowDown")
            if page.evaluate(key) == seen[-1]:
                break
            seen.append(page.evaluate(key))
        while column < 6 and page.evaluate(key) != seen[-1]:
            page.keyboard.press("ArrowUp")
        if column < 6:
            page.keyboard.press("ArrowRight")
            while True:
                before = page.evaluate(key)
                page.keyboard.press("ArrowUp")
                if page.evaluate(key) == before:
                    break
    assert len(seen) == len(set(seen)) == 10 + 18
    assert "h" in seen[0]


def test_sizes_count_parameters_live_up_to_seven_columns_of_100(figure, page):
    counts = figure.locator(".nn-explorer-counts")
    assert counts.inner_text() == "26 parameters = (3·2 + 3) + (2·3 + 2) + (3·2 + 3)"
    figure.get_by_role("button", name="Hidden layer 1: one more").click()
    assert counts.inner_text() == "31 parameters = (4·2 + 4) + (2·4 + 2) + (3·2 + 3)"
    figure.get_by_role("button", name="Seven columns of 100").click()
    assert counts.inner_text().startswith("60,600 parameters = ")
    assert figure.locator(".nn-block").count() == 7
    figure.get_by_role("button", name="Reset").click()
    settled(page)
    assert shown(figure) == expected(EXAMPLE.x.ravel())


def test_a_link_opens_the_figure_in_its_state(figure, page, site):
    page.goto("about:blank")
    page.goto(f"{site}/network_explorer.html#nn=network_explorer&activation=%22tanh%22&x=[1,2]")
    page.wait_for_selector(".nn-neuron-value")
    settled(page)
    assert shown(page.locator("figure")) == expected([1, 2], "tanh")


def test_a_link_to_an_impossible_state_says_why_and_begins_as_usual(page, site):
    page.goto(f"{site}/network_explorer.html#nn=network_explorer&sizes=[0]")
    page.wait_for_selector(".nn-neuron-value")
    assert page.locator(".nn-problem").inner_text().startswith("sizes must be a list of 2 to 7")
    assert shown(page.locator("figure")) == expected(EXAMPLE.x.ravel())


def test_the_outcome_is_announced_once_things_are_quiet(figure, page):
    slider = figure.get_by_role("slider").first
    for _ in range(10):
        slider.press("ArrowLeft")
    said = figure.locator(".nn-announce")
    assert said.get_attribute("aria-live") == "polite"
    page.wait_for_timeout(900)
    assert said.inner_text().startswith("Most probable: Adelie, p = ")


def test_the_sum_of_a_chosen_neuron_is_announced(figure, page):
    neuron = figure.locator('[data-key="h2.1"]')
    neuron.focus()
    neuron.press("Enter")
    page.wait_for_timeout(900)
    said = figure.locator(".nn-announce").inner_text()
    z, h = expected(EXAMPLE.x.ravel())["h2.1"][1].removeprefix("z "), shown(figure)["h2.1"][0]
    assert said.startswith("z²₂ = W²₂₁·h¹₁ + ")
    assert said.endswith(f" = {z}. h²₂ = sigmoid({z}) = {h}")


def test_the_numbers_stand_in_a_table_too(figure):
    figure.get_by_text("Numbers as a table").click()
    live = figure.locator(".nn-live .nn-numbers tbody")  # the still picture has a table of its own
    live.locator("tr").first.wait_for()
    cells = live.locator("td:last-child").all_inner_texts()
    assert cells == [value for value, _ in expected(EXAMPLE.x.ravel()).values()]
