"""A link to a state, whatever it says, leaves a figure that stands: with a sentence if it is bad."""

import json
from urllib.parse import quote

import pytest
from links import ends, tried

from nn_widgets.figures import STEMS, load

FOLLOW = """async (links) => {
  const figure = document.querySelector("figure.nn-widget");
  const live = figure.querySelector(".nn-live");
  const said = () => figure.querySelector(".nn-problem")?.textContent ?? "";
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const seen = [];
  const high = live.offsetHeight;
  for (const link of links) {
    const heard = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    if (location.hash !== link) {
      location.hash = link;
      await heard;
    }
    if (said() && seen.at(-1)?.said) {  // refused, as the last one: nothing is drawn anew
      seen.push({ ...seen.at(-1), said: said() });
      continue;
    }
    for (let n = 0; n < 3; n += 1) await frame();
    const numbers = [...live.querySelectorAll("[d], [points], [cx], [cy], [x], [y], [x1], [transform]")];
    seen.push({
      said: said(),
      stands: live.offsetHeight > Math.min(200, 0.9 * high) && getComputedStyle(live).display !== "none",
      empty: [...live.querySelectorAll("select")].some((one) => one.selectedIndex < 0),
      odd: live.innerText.match(/NaN|undefined|Infinity|null|\\[object/)?.[0] ?? "",
      drawn: numbers.flatMap((el) => [...el.attributes].map((a) => a.value)).find((v) => /NaN|Infinity|undefined/.test(v)) ?? "",
    });
  }
  return seen;
}"""

OVERFLOWS = "softmax_jacobian"  # says "undefined" of the formula in which e^z is infinite
every_figure = pytest.mark.parametrize("name", STEMS)


def follow(page, site, name, changes):
    """Follow a link for each change on one page; return what was seen after each."""
    page.set_default_timeout(60_000)
    page.goto(f"{site}/{name}.html")
    page.wait_for_selector("figure.nn-mounted .nn-live")
    links = [
        "#" + "&".join([f"nn={name}", *(f"{k}={quote(json.dumps(v))}" for k, v in one.items())])
        for one in changes
    ]
    return list(zip(changes, page.evaluate(FOLLOW, links), strict=True))


def fallen(seen, name):
    """Return the changes after which the figure does not stand, and what was seen of it."""
    fine = ["", "undefined"] if name == OVERFLOWS else [""]
    return [
        (change, one)
        for change, one in seen
        if not one["stands"] or one["empty"] or one["odd"] not in fine or one["drawn"]
    ]


@every_figure
def test_a_link_of_any_kind_leaves_a_figure_that_stands(page, site, problems, name):
    figure = load(name)()
    first = figure.state()
    changes = [one for one in tried(figure.page()) if first | one != first]
    seen = follow(page, site, name, changes)
    assert fallen(seen, name) == []
    assert sum(" must be " in one["said"] for _, one in seen) > len(seen) / 2
    assert all(one["said"].endswith("begins as usual.") for _, one in seen if one["said"])


@every_figure
def test_a_figure_stands_at_the_ends_of_all_that_it_may_be(page, site, problems, name):
    allowed = load(name)().page()["allowed"]
    changes = [{choice: end} for choice, may in allowed.items() for end in ends(may)]
    seen = follow(page, site, name, changes)
    assert fallen(seen, name) == []
