// What the reader can set: the surface, the rates, and the walk's steps.

import { button, checkbox, logSlider, segmented, select, setUsable } from "../../kit/controls.js";
import { formatNumber } from "../../maths/format.js";
import { html, set, setText } from "../../kit/svg.js";

/** @typedef {import("./hill_descent.js").State} State */

export const RATES = [0.001, 100];

/**
 * Surface, and for the penguins the two parameters and the network that the rest comes from.
 * @param {{surfaces: Record<string, {title: string}>, parameters: string[], onSurface: (surface: string) => void,
 *   onPair: (axis: number, place: number) => void, onHeld: (held: string) => void}} options
 */
export function groundControls({ surfaces, parameters, onSurface, onPair, onHeld }) {
  /** @type {[string, string][]} */
  const options = Object.entries(surfaces).map(([name, { title }]) => [name, title]);
  const surface = select({ label: "Surface", options, value: options[0][0], onChange: onSurface });
  /** @type {[number, string][]} */
  const names = parameters.map((name, n) => [n, name]);
  const pair = [0, 1].map((axis) => select({
    label: axis ? "Up the map" : "Across the map", options: names, value: axis,
    onChange: (place) => onPair(axis, place),
  }));
  const held = segmented({
    label: "The other 24 as in", options: [["trained", "a trained network"], ["start", "the starting network"]],
    value: "trained", onChange: onHeld,
  });
  const birds = html("div", { class: "nn-hill-birds" }, ...pair.map(({ node }) => node), held.node);
  return {
    node: html("div", { class: "nn-hill-ground" }, surface.node, birds),
    /** @param {Pick<State, "surface"|"pair"|"held">} state */
    set(state) {
      surface.set(state.surface);
      pair.forEach((one, axis) => {
        one.set(state.pair[axis]);
        [...one.input.options].forEach((option, place) => { option.disabled = place === state.pair[1 - axis]; });
      });
      held.set(state.held);
      birds.hidden = state.surface !== "penguins";
    },
  };
}

/**
 * A rate's slider; `mark` shows 2/λ_max on it and takes the rate there when pressed.
 * @param {string} label @param {number} value @param {(value: number) => void} onInput
 */
function rateSlider(label, value, onInput) {
  const control = logSlider({ label, min: RATES[0], max: RATES[1], value, steps: 250, onInput });
  const mark = button("", () => onInput(limit), { class: "nn-hill-mark" });
  const track = html("div", { class: "nn-hill-track" });
  let limit = 1;
  control.input.replaceWith(track);
  track.append(control.input, mark);
  return {
    ...control,
    /** @param {number|null} now */
    mark(now) {
      mark.hidden = now === null;
      if (now === null) return;
      limit = now;
      const share = Math.log(now / RATES[0]) / Math.log(RATES[1] / RATES[0]);
      mark.style.setProperty("--nn-at", share.toFixed(4));
      setText(mark, `2/λₘₐₓ = ${formatNumber(now)}`);
      set(mark, { "aria-label": `Set ${label} to 2 divided by lambda max, ${formatNumber(now)}` });
    },
  };
}

/**
 * @param {{onAlpha: (alpha: number) => void, onOther: (alpha: number) => void,
 *   onCompare: (on: boolean) => void}} options
 */
export function rateControls({ onAlpha, onOther, onCompare }) {
  const a = rateSlider("α", 0.1, onAlpha);
  const b = rateSlider("second α", 0.1, onOther);
  const compare = checkbox({ label: "Compare two α", value: false, onChange: onCompare });
  a.node.classList.add("nn-hill-rate-a");
  b.node.classList.add("nn-hill-rate-b");
  return {
    node: html("div", { class: "nn-hill-rates" }, a.node, compare.node, b.node),
    /** @param {Pick<State, "alpha"|"alpha_b"|"compare">} state @param {number|null} limit */
    set({ alpha, alpha_b: other, compare: both }, limit) {
      a.set(alpha);
      b.set(other);
      compare.set(both);
      b.node.hidden = !both;
      a.mark(limit);
      b.mark(limit);
    },
  };
}

/** @param {{onBack: () => void, onStep: () => void, onRun: () => void, onStart: () => void}} options */
export function walkControls({ onBack, onStep, onRun, onStart }) {
  const back = button("Back", onBack);
  const step = button("Step", onStep, { class: "nn-button nn-primary" });
  const run = button("Run", onRun);
  const start = button("To the start", onStart);
  return {
    node: html("div", { class: "nn-hill-buttons", role: "group", "aria-label": "The walk" }, back, step, run, start),
    /** @param {{steps: number, most: number, running: boolean}} now */
    set({ steps, most, running }) {
      [back, start].forEach((one) => setUsable(one, steps > 0));
      [step, run].forEach((one) => setUsable(one, steps < most));
      setText(run, running ? "Pause" : "Run");
    },
  };
}
