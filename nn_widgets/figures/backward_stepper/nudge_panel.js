// The slope by its definition: move one parameter a little, and see what the loss does.

import { logSlider, select } from "../../kit/controls.js";
import { formatNumber } from "../../maths/format.js";
import { html, setText } from "../../kit/svg.js";
import { writtenRef } from "./names.js";
import { plot, roundDomain } from "./plot.js";
import { nudge, parameterRefs, valueAt } from "./values.js";

/** @typedef {ReturnType<typeof nudge>} Nudged */

const REFS = parameterRefs();
const REACH = 1.5; // of the picture, to each side of the parameter's value
const SAMPLES = 61;

/** @param {{onNudged: (place: number) => void, onEpsilon: (epsilon: number) => void}} options */
export function nudgePanel({ onNudged, onEpsilon }) {
  /** @type {[number, string][]} */
  const options = REFS.map((ref, place) => [place, writtenRef(ref)]);
  const which = select({ label: "Parameter", options, value: 0, onChange: onNudged });
  const how = logSlider({ label: "ε, how far it moves", min: 1e-6, max: 1, value: 0.01, steps: 120,
    onInput: onEpsilon });
  const cells = ROWS.map(() => html("td", {}));
  const table = html("table", { class: "nn-numbers nn-backward-nudged" },
    html("caption", { class: "nn-hidden" }, "The slope, from its definition and from backprop"),
    html("tbody", {}, ...ROWS.map((_, i) => html("tr", {}, html("th", { scope: "row" }), cells[i]))));
  const heads = [...table.querySelectorAll("th")];
  const curve = plot({ x: "parameter", y: "loss L", lines: ["loss", "tangent", "secant"] });
  const legend = html("p", { class: "nn-backward-legend" }, html("span", { class: "nn-key-right" }, "loss"),
    html("span", { class: "nn-key-tangent" }, "backprop’s slope"), html("span", { class: "nn-key-secant" }, "ΔL / ε"));
  const words = html("p", { class: "nn-backward-verdict", role: "status" });
  const node = html("section", { class: "nn-backward-panel", "aria-label": "Nudge" },
    html("p", {}, "Pick a parameter here, or press an edge of the network."),
    html("div", { class: "nn-controls" }, which.node, how.node),
    html("div", { class: "nn-backward-halves" }, html("div", {}, table, words), html("div", {}, curve.node, legend)));

  /** @type {{key: string, loss: [number, number][]}} */
  let sampled = { key: "", loss: [] };

  return {
    node, stop: curve.stop,
    /** @param {import("./scene.js").Scene} scene @param {{nudged: number, epsilon: number}} state */
    draw({ setting, values }, { nudged, epsilon }) {
      const ref = REFS[nudged];
      const slope = valueAt(values, { ...ref, name: `d${ref.name}` });
      const found = nudge(setting, nudged, epsilon);
      which.set(nudged);
      how.set(epsilon);
      const own = writtenRef(ref);
      ROWS.forEach(([head, value], i) => {
        setText(heads[i], head(own, writtenRef({ ...ref, name: `d${ref.name}` })));
        setText(cells[i], formatNumber(value(found, slope)));
      });
      setText(words, verdict(found, slope));
      const key = `${nudged} ${setting.key}`;
      if (sampled.key !== key) sampled = { key, loss: samples(found) };
      drawCurve(curve, found, sampled.loss, { slope, epsilon, own });
    },
  };
}

/**
 * What each row is called and shows.
 * @type {[head: (own: string, slope: string) => string, value: (found: Nudged, slope: number) => number][]}
 */
const ROWS = [
  [(own) => `${own} itself`, ({ value }) => value],
  [() => "L now", ({ here }) => here],
  [(own) => `L with ${own} + ε`, ({ above }) => above],
  [() => "ΔL", ({ here, above }) => above - here],
  [() => "ΔL / ε", ({ forward }) => forward],
  [() => "centred: (L₊ − L₋) / 2ε", ({ centred }) => centred],
  [(own, slope) => `backprop: ${slope}`, (_, slope) => slope],
  [() => "centred − backprop", ({ centred }, slope) => centred - slope],
];

/** @param {Nudged} found @param {number} slope */
function verdict({ forward, centred }, slope) {
  /** @param {number} value */
  const off = (value) => Math.abs(value - slope) / Math.max(Math.abs(slope), 1e-12);
  if (off(centred) < 1e-4 && off(forward) < 0.01) return "Both quotients agree with backprop.";
  if (off(centred) < 0.01) {
    return "The centred quotient agrees with backprop. The one-sided one sees the bend of the curve: make ε smaller.";
  }
  return Math.abs(slope) < 1e-6 ? "The slope is so small that rounding shows."
    : "So long a step sees the bend of the curve, not the slope at the point: make ε smaller.";
}

/** The loss along the parameter, as points. @param {Nudged} found @returns {[number, number][]} */
function samples({ at, value }) {
  const shifts = Array.from({ length: SAMPLES }, (_, i) => REACH * ((2 * i) / (SAMPLES - 1) - 1));
  return shifts.map((shift) => [value + shift, at(shift)]);
}

/**
 * @param {import("./plot.js").Plot} curve @param {Nudged} found @param {[number, number][]} loss
 * @param {{slope: number, epsilon: number, own: string}} about
 */
function drawCurve(curve, { value, here, above }, loss, { slope, epsilon, own }) {
  /** @type {[number, number]} */
  const ends = [loss[0][0], loss.at(-1)[0]];
  /** @param {number} m @returns {[number, number][]} */
  const line = (m) => ends.map((x) => [x, here + m * (x - value)]);
  const heights = loss.map(([, y]) => y);
  const room = 0.15 * (Math.max(...heights) - Math.min(...heights)) || 0.1;
  curve.draw({
    x: ends, y: roundDomain([Math.min(...heights) - room, Math.max(...heights) + room]),
    lines: { loss, tangent: line(slope), secant: line((above - here) / epsilon) },
    dots: [[value, here], [value + epsilon, above]],
    says: `The loss while ${own} moves and all else stays; at ${formatNumber(value)} it is ${formatNumber(here)} with `
      + `the slope ${formatNumber(slope)}`,
  });
}
