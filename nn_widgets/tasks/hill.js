// The reader's own step on a figure of the page: from where its walk starts, at its rate, against its slopes.

import { guideOf } from "../kit/guest.js";
import { counted, formatNumber } from "../maths/format.js";

const STEPS = 30;
const FAR = 1e6;

/** @typedef {import("../kit/ground/point.js").Point} Point */
/** @typedef {import("../python/runner.js").Value} Value */
/** @typedef {{figure: string, step: string}} Plan a figure's name, and an expression for the next place in Python */
/** @typedef {{given: Record<string, *>, code: string}} Step an expression, and what its names stand for */

/**
 * Walk, and have the figure draw it.
 * @param {Plan} plan
 * @param {(step: Step) => Promise<Value|null>} evaluate runs the program; gives the expression's value, if it has one
 * @param {() => void} back where the figure leads the reader who has seen it
 * @returns {Promise<{words: string, look: () => void} | null>} `look` leads to the picture; null where there is no such
 *   figure, or no first step
 */
export async function walkOn(plan, evaluate, back) {
  const found = document.querySelector(`figure[data-nn-widget="${plan.figure}"]`);
  const guide = found instanceof HTMLElement && await guideOf(found);
  if (!guide) return null;
  const { start, alpha, names } = guide.place();
  const points = [start];
  for (let w = start; points.length <= STEPS && w.every((one) => Math.abs(one) < FAR);) {
    const next = pointOf(await evaluate({ given: given(w, guide.gradient(w), alpha), code: plan.step }));
    if (!next) break;
    points.push(next);
    w = next;
  }
  const steps = points.length - 1;
  if (!steps) return null;
  const [from, to] = [start, points[steps]].map((w) => formatNumber(guide.loss(w)));
  /** @param {string} name @param {number} value */
  const is = (name, value) => `${name}\u00a0=\u00a0${formatNumber(value)}`;
  const where = names.map((name, n) => is(name, start[n])).join(", ");
  const words = `${counted(steps, "step", "steps")} of your program, from ${where} with ${is("α", alpha)}, ${
    steps > 1 ? "take" : "takes"} the loss from ${from} to ${to}.`;
  guide.show({ points, label: "your program", words, back });
  const look = () => {
    guide.look();
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
  };
  return { words, look };
}

/**
 * Names for the expression: both parameters and their slopes as arrays of one entry, and the rate.
 * @param {Point} w @param {Point} slopes @param {number} alpha
 */
function given(w, slopes, alpha) {
  /** @param {number} value */
  const array = (value) => ({ shape: [1, 1], data: [value] });
  return { _w1: array(w[0]), _w2: array(w[1]), _g1: array(slopes[0]), _g2: array(slopes[1]), _alpha: alpha };
}

/** The place that Python gave, or null if it is none. @param {Value|null} value @returns {Point|null} */
function pointOf(value) {
  const items = value && "items" in value ? value.items : [];
  const [w1, w2, ...more] = items.map((one) => (
    one.type === "ndarray" && one.data.length === 1 ? one.data[0] : Number("value" in one ? one.value : NaN)));
  return Number.isFinite(w1) && Number.isFinite(w2) && !more.length ? [w1, w2] : null;
}
