"""Training lab in a browser: its numbers are nn_core's, and every way to run it."""

import re

import numpy as np
import pytest
from frames import settled
from views import View

import nn_core
from nn_widgets import TrainingLab
from nn_widgets.figures.training_lab import training as lab
from nn_widgets.maths.format import number

X, Y = lab.birds()


@pytest.fixture
def figure(page, site):
    """Open the figure."""
    return opened(page, site)


def opened(page, site, link=""):
    page.goto("about:blank")
    page.goto(f"{site}/training_lab.html{link}")
    page.wait_for_selector("figure.nn-mounted .nn-lab-map .nn-axis")
    settled(page)
    return page.locator("figure.nn-widget")


def press(figure, name):
    figure.get_by_role("button", name=name, exact=True).click()
    settled(figure.page)


def counters(figure):
    texts = figure.locator(".nn-lab-counters div:visible").all_inner_texts()
    return dict(text.split("\n") for text in texts)


def wait_for_updates(figure, count):
    figure.page.wait_for_function(
        "n => Number(document.querySelector('.nn-lab-counters dd').textContent.replace(',', ''))"
        " >= n",
        arg=count,
        timeout=20_000,
    )


def expected(choice, updates):
    """Compute with nn_core what the figure must show."""
    run = lab.train(choice, updates)
    x, y = X[:, run.learn], Y[:, run.learn]
    activation = choice["activation"]
    trace = nn_core.feedforward(run.layers, x, activation)
    gradients = nn_core.backprop(run.layers, trace, y)
    right = (trace.p.argmax(axis=0) == y.argmax(axis=0)).sum()
    return {
        "loss": number(nn_core.loss(run.layers, x, y, activation)),
        "right": f"{right} of {x.shape[1]}, {100 * right / x.shape[1]:.1f}\xa0%",
        "norms": [number(np.sqrt((g.W**2).sum() + (g.b**2).sum())) for g in gradients],
        "p": [number(v) for v in nn_core.feedforward(run.layers, X[:, [185]], activation).p[:, 0]],
    }


def assert_shows(figure, choice, updates):
    want, got = expected(choice, updates), counters(figure)
    assert got["updates"] == f"{updates:,}"
    assert (got["loss L"], got["right"]) == (want["loss"], want["right"])
    shown = figure.locator(".nn-lab-norms tbody tr td:last-child").all_inner_texts()
    assert shown == want["norms"]
    assert figure.locator(".nn-lab-probabilities td:last-child").all_inner_texts() == want["p"]


def test_step_and_epoch_show_nn_cores_numbers(figure):
    choice = TrainingLab().choice()
    assert_shows(figure, choice, 0)
    press(figure, "Step")
    assert_shows(figure, choice, 1)
    for _ in range(4):
        press(figure, "Epoch")
    assert_shows(figure, choice, 5)


def test_an_epoch_of_batches_takes_as_many_updates_as_it_has_batches(figure):
    figure.get_by_label("Experiment").select_option("Batches of 8 birds")
    press(figure, "Epoch")
    assert_shows(figure, TrainingLab("batches").choice(), 43)
    press(figure, "Step")
    assert counters(figure)["epochs"] == "1.0"
    assert_shows(figure, TrainingLab("batches").choice(), 44)


@pytest.mark.parametrize("preset", list(lab.PRESETS))
def test_every_experiment_runs_and_pauses_and_has_a_reason(figure, preset):
    about = lab.PRESETS[preset]
    figure.get_by_label("Experiment").select_option(about["title"])
    settled(figure.page)
    assert figure.locator(".nn-lab-watch").inner_text() == about["watch"]
    figure.get_by_text("Why does it").click()
    assert figure.get_by_text(about["why"]).is_visible()
    press(figure, "Run")
    wait_for_updates(figure, 20)
    press(figure, "Pause")
    updates = int(counters(figure)["updates"].replace(",", ""))
    figure.page.wait_for_timeout(200)
    assert counters(figure)["updates"] == f"{updates:,}"
    if preset != "alpha-large":  # chaotic: the last bits of a sum decide where it goes
        assert_shows(figure, TrainingLab(preset).choice(), updates)


def test_a_run_ends_by_itself_after_the_last_update(figure):
    figure.get_by_role("radio", name="fast").check()
    press(figure, "Run")
    wait_for_updates(figure, 20_000)
    assert figure.get_by_role("button", name="Step", exact=True).is_disabled()
    run = figure.get_by_role("button", name="Run", exact=True)
    run.wait_for()
    assert run.is_disabled()
    assert run.evaluate("el => el === document.activeElement")
    more = figure.locator(".nn-lab-more")
    assert more.inner_text().startswith("The lab stops at update 20,000. Restart begins again")
    press(figure, "Restart")
    assert counters(figure)["updates"] == "0"
    assert more.inner_text() == ""
    assert run.is_enabled()


def test_a_change_in_a_run_begins_anew_and_goes_on(figure):
    press(figure, "Run")
    wait_for_updates(figure, 30)
    figure.get_by_role("radio", name="tanh").check()
    settled(figure.page)
    assert figure.get_by_role("button", name="Pause").is_visible()
    assert (
        figure.get_by_label("Experiment").evaluate("el => el.selectedOptions[0].text")
        == "Your own choice"
    )
    press(figure, "Pause")
    updates = int(counters(figure)["updates"])
    assert_shows(figure, TrainingLab(activation="tanh").choice(), updates)


def test_another_network_starts_from_random_weights(figure):
    figure.get_by_role("button", name="Hidden layers: one more").click()
    figure.get_by_role("button", name="Neurons, layer 3: one more").click()
    settled(figure.page)
    choice = TrainingLab(hidden=[3, 2, 3]).choice()
    assert choice["start"] == "random"
    assert_shows(figure, choice, 0)
    assert figure.locator(".nn-lab-norms tbody tr").count() == 4
    assert figure.get_by_label("First numbers").evaluate("el => el.options[0].disabled")


def test_no_hidden_layer_has_no_activation_to_choose(figure):
    figure.get_by_label("Experiment").select_option("No hidden layer")
    settled(figure.page)
    assert figure.get_by_role("radio", name="relu").is_disabled()
    assert figure.locator(".nn-lab-network .nn-stepper:visible").count() == 2  # depth and seed


def test_held_out_birds_have_their_own_loss_and_hits(figure):
    figure.get_by_label("Hold out a fifth").check()
    press(figure, "Epoch")
    choice = TrainingLab(hold_out=True).choice()
    run = lab.train(choice, 1)
    x, y = X[:, ~run.learn], Y[:, ~run.learn]
    right = (nn_core.feedforward(run.layers, x).p.argmax(axis=0) == y.argmax(axis=0)).sum()
    got = counters(figure)
    assert got["held-out loss"] == number(nn_core.loss(run.layers, x, y))
    assert got["held out, right"] == f"{right} of 68, {100 * right / 68:.1f}\xa0%"
    assert figure.locator(".nn-lab-curve .nn-lab-held").get_attribute("d").startswith("M")


@pytest.mark.parametrize("updates", [8000, 8017])
def test_the_held_out_loss_is_one_number_beside_the_sentence_and_in_it(page, site, updates):
    link = '#nn=training_lab&preset="memory"&steps=' + str(updates)
    figure = opened(page, site, link)
    wait_for_updates(figure, updates)
    settled(page)
    sentence = figure.locator(".nn-lab-words").first.inner_text()
    assert sentence.startswith("Memorising: "), sentence
    assert f"and is {counters(figure)['held-out loss']} now" in sentence


def test_the_keyboard_alone_trains_and_sets_alpha(figure, page):
    slider = figure.get_by_label("α", exact=True)
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    alpha = float(slider.get_attribute("aria-valuetext"))
    assert alpha > 1.1
    figure.get_by_role("button", name="Step", exact=True).focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    settled(page)
    value = float(f"{0.001 * np.exp((150 + 3) / 250 * np.log(1e5)):.3g}")
    assert alpha == pytest.approx(value, abs=5e-4)
    assert_shows(figure, TrainingLab(alpha=value).choice(), 3)


def test_no_button_drops_the_keyboard_s_focus_when_it_goes_out_of_use(figure, page):
    went_out = set()
    for button in figure.locator(".nn-live button:visible").all():
        name = button.get_attribute("aria-label") or button.inner_text()
        button.focus()
        for _ in range(4):
            page.keyboard.press("Enter")
            settled(page)
            assert button.evaluate("el => el === document.activeElement"), name
            went_out |= {name} if button.is_disabled() else set()
    assert {"Restart", "Hidden layers: one less"} <= went_out


def test_a_tap_on_a_bird_shows_its_probabilities(new_page, site):
    page = new_page(has_touch=True)
    figure = opened(page, site)
    before = figure.get_by_label("Bird", exact=True).input_value()
    box = figure.locator(".nn-lab-map svg").bounding_box()
    page.touchscreen.tap(box["x"] + 0.35 * box["width"], box["y"] + 0.35 * box["height"])
    settled(page)
    bird = int(figure.get_by_label("Bird", exact=True).input_value())
    assert bird != int(before)
    text = figure.locator(".nn-lab-card p").inner_text()
    length, depth = nn_core.load_penguins().x[:, bird]
    assert text.startswith(f"Adelie, bill {length:g} mm long and {depth:g} mm deep.")
    p = nn_core.feedforward(nn_core.load_example().layers, X[:, [bird]]).p[:, 0]
    shown = figure.locator(".nn-lab-probabilities td:last-child").all_inner_texts()
    assert shown == [number(value) for value in p]


def test_next_mistake_goes_from_one_ringed_bird_to_the_next(page, site):
    figure = opened(page, site, "#nn=training_lab&steps=500")
    wait_for_updates(figure, 500)
    settled(page)
    run = lab.train(TrainingLab().choice(), 500)
    wrong = np.flatnonzero(nn_core.feedforward(run.layers, X).p.argmax(axis=0) != Y.argmax(axis=0))
    seen = []
    for _ in wrong:
        press(figure, "Next mistake")
        seen.append(int(figure.get_by_label("Bird", exact=True).input_value()))
    assert sorted(seen) == wrong.tolist()
    about = figure.locator(".nn-lab-card p").inner_text()
    figure.locator(".nn-announce", has_text=f"Bird {seen[-1]}: {about}").wait_for(state="attached")


def test_a_link_trains_to_its_update_and_reset_begins_again(page, site):
    figure = opened(page, site, '#nn=training_lab&preset="twins"&steps=1200')
    wait_for_updates(figure, 1200)
    settled(page)
    assert_shows(figure, TrainingLab("twins").choice(), 1200)
    assert "Twins" in figure.locator(".nn-lab-more").inner_text()
    press(figure, "Reset")
    assert_shows(figure, TrainingLab().choice(), 0)


def test_an_address_that_changes_under_the_figure_brings_choice_and_update(figure, page):
    press(figure, "Step")
    page.evaluate("""location.hash = '#nn=training_lab&preset="deep"&steps=40'""")
    wait_for_updates(figure, 40)
    settled(page)
    assert_shows(figure, TrainingLab("deep").choice(), 40)


def test_the_link_of_a_run_carries_the_choice_and_the_update(figure, page):
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    figure.get_by_label("Experiment").select_option("Deep and thin")
    press(figure, "Step")
    press(figure, "Link to this state")
    link = figure.locator(".nn-link-field").input_value()
    assert "preset=%22deep%22" in link
    assert "steps=1" in link
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("figure.nn-mounted .nn-lab-map .nn-axis")
    wait_for_updates(figure, 1)
    settled(page)
    assert_shows(figure, TrainingLab("deep").choice(), 1)


@pytest.mark.parametrize("link", ["alpha=-1", "hidden=[9]", "steps=1e9", 'start="x"'])
def test_a_link_with_a_bad_value_is_named_and_ignored(page, site, link):
    figure = opened(page, site, f"#nn=training_lab&{link}")
    said = page.locator(".nn-problem").inner_text()
    assert said.startswith(f"{link.split('=')[0]} must be ")
    assert_shows(figure, TrainingLab().choice(), 0)


def test_with_less_motion_a_run_goes_in_slow_strides(new_page, site):
    page = new_page(reduced_motion="reduce")
    figure = opened(page, site)
    press(figure, "Run")
    page.wait_for_timeout(1300)
    press(figure, "Pause")
    updates = int(counters(figure)["updates"])
    assert updates in {100, 200, 300}  # half a second's worth at a time
    assert_shows(figure, TrainingLab().choice(), updates)


def test_a_run_rests_while_the_figure_is_out_of_sight(figure, page):
    page.evaluate("document.body.style.paddingBottom = '4000px'")
    press(figure, "Run")
    wait_for_updates(figure, 10)
    page.evaluate("scrollTo(0, 1e6)")
    page.wait_for_timeout(300)
    before = figure.locator(".nn-lab-counters dd").first.text_content()
    page.wait_for_timeout(400)
    assert figure.locator(".nn-lab-counters dd").first.text_content() == before
    page.evaluate("scrollTo(0, 0)")
    wait_for_updates(figure, int(before) + 10)


def pixel(page, x, y):
    """Return the colour of the regions' canvas at a share of its width and height."""
    return page.locator(".nn-lab-map canvas").first.evaluate(
        "(c, [x, y]) => [...c.getContext('2d').getImageData(x * c.width, y * c.height, 1, 1).data]",
        [x, y],
    )


def test_the_regions_show_the_networks_answer_and_follow_the_scheme(page, site):
    figure = opened(page, site, "#nn=training_lab&steps=500")
    wait_for_updates(figure, 500)
    page.wait_for_timeout(300)
    upper_left, lower_right = pixel(page, 0.2, 0.1), pixel(page, 0.9, 0.8)
    assert upper_left[0] > upper_left[2]  # Adelie's orange
    assert lower_right[1] > lower_right[0]  # Gentoo's green
    page.evaluate("document.body.dataset.theme = 'dark'")
    page.wait_for_timeout(300)
    assert pixel(page, 0.9, 0.8) != lower_right
    assert sum(pixel(page, 0.9, 0.8)[:3]) < sum(lower_right[:3])


def test_what_happens_is_announced_once_it_is_quiet_and_not_on_every_frame(figure, page):
    page.evaluate(
        "window.said = []; new MutationObserver(() => said.push(1)).observe("
        "document.querySelector('.nn-announce'), { childList: true, characterData: true })"
    )
    press(figure, "Run")
    page.wait_for_timeout(2500)
    press(figure, "Pause")
    page.wait_for_timeout(900)
    assert 1 <= page.evaluate("said.length") <= 4
    text = figure.locator(".nn-announce").inner_text()
    assert re.match(r"Update \d+, loss [\d.]+, \d+ of 342", text)


def test_the_losses_stand_in_a_table_too(figure):
    for _ in range(3):
        press(figure, "Step")
    figure.get_by_text("Numbers as a table").click()
    rows = figure.locator(".nn-live .nn-numbers tbody tr")
    rows.first.wait_for()
    losses = rows.locator("td:nth-child(2)").all_inner_texts()
    want = [expected(TrainingLab().choice(), n)["loss"] for n in range(4)]
    assert losses == want


def test_thousands_are_set_apart_wherever_the_lab_counts(page, site):
    link = '#nn=training_lab&preset="own"&batch_size=32&hold_out=true&steps=18000'
    figure = opened(page, site, link)
    wait_for_updates(figure, 18_000)
    figure.get_by_text("Numbers as a table").click()
    settled(page)
    assert counters(figure)["epochs"] == f"{18_000 / 9:,.0f}"
    press(figure, "Step")
    assert counters(figure)["epochs"] == "2,000.1"
    announced = figure.locator(".nn-announce", has_text="Update 18,001, ")
    announced.wait_for(state="attached")
    assert re.search(
        r"the last 1,\d{3} updates", figure.locator(".nn-lab-words").first.inner_text()
    )
    live = figure.locator(".nn-live")
    named = live.locator("[aria-label]").evaluate_all(
        "all => all.map((el) => el.getAttribute('aria-label'))"
    )
    shown = [*live.locator("text, td, dd, p").all_text_contents(), *named]
    assert "15,000" in shown
    assert any("18,001 updates" in text for text in named)
    assert [text for text in shown if re.search(r"(?<![\d.])\d{4}", text)] == []


def test_a_logarithmic_axis_puts_the_same_losses_elsewhere(figure):
    for _ in range(3):
        press(figure, "Step")
    line = figure.locator(".nn-lab-curve .nn-lab-loss")
    before = line.get_attribute("d")
    figure.get_by_label("Logarithmic loss").check()
    settled(figure.page)
    assert line.get_attribute("d") != before
    assert line.get_attribute("d").count("L") == 3


@pytest.mark.parametrize("view", [View(w, s) for w in (1280, 320) for s in ("light", "dark")])
def test_a_trained_figure_with_everything_in_sight_has_no_accessibility_fault(
    page, site, axe, view
):
    link = '#nn=training_lab&preset="own"&hidden=[3,2,2]&start="random"&hold_out=true&steps=300'
    figure = opened(page, site, link)
    wait_for_updates(figure, 300)
    figure.get_by_text("Numbers as a table").click()
    settled(page)
    assert axe(page, "figure.nn-widget") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= view.width
