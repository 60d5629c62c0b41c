// The three scores with a slider each, and the probability that softmax makes of each.

import { slider } from "../../kit/controls.js";
import { formatNumber } from "../../maths/format.js";
import { html, setText } from "../../kit/svg.js";
import { CLASSES } from "./chain.js";
import { probabilityName, scoreName, truthName } from "./words.js";

/**
 * @param {{species: string[], onScore: (j: number, value: number) => void}} options
 * @returns {{node: HTMLElement, draw: (chain: import("./chain.js").Chain, reach: number) => void}}
 */
export function scoreSliders({ species, onScore }) {
  const rows = CLASSES.map((j) => scoreRow(j, species[j], onScore));
  return {
    node: html("div", { class: "nn-sj-scores" }, ...rows.map((row) => row.node)),
    draw: (chain, reach) => rows.forEach((row) => row.draw(chain, reach)),
  };
}

/** @param {number} j @param {string} name @param {(j: number, value: number) => void} onScore */
function scoreRow(j, name, onScore) {
  const control = slider({
    label: `${scoreName(j)[0]}, score of ${name}`, min: -6, max: 6, step: 0.01, onInput: (value) => onScore(j, value),
  });
  const bar = html("span", { class: "nn-sj-bar" });
  const [share, truth] = ["nn-p", "nn-y"].map((css) => html("span", { class: css }));
  const track = html("span", { class: "nn-sj-track", "aria-hidden": "true" }, bar);
  const made = html("div", { class: "nn-sj-p" }, track, share, truth);
  let reachNow = 6;
  return {
    node: html("div", { class: "nn-sj-score" }, control.node, made),
    /** @param {import("./chain.js").Chain} chain @param {number} reach */
    draw({ z, p, y }, reach) {
      if (reach !== reachNow) Object.assign(control.input, { min: -reach, max: reach, step: reach > 6 ? 1 : 0.01 });
      reachNow = reach;
      control.set(z[j]);
      bar.style.transform = `scaleX(${p[j]})`;
      setText(share, `${probabilityName(j)[0]} = ${formatNumber(p[j])}`);
      setText(truth, `${truthName(j)[0]} = ${y[j]}`);
    },
  };
}
