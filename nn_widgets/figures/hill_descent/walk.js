// Gradient descent on a surface, and words for what it does.

import { counted, formatNumber } from "../../maths/format.js";
import { forAxes } from "../../kit/ground/point.js";
import { eigenvalues } from "./surface.js";

/** @typedef {import("./surface.js").Point} Point */
/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {{points: Point[], gradients: Point[], losses: number[], alpha: number}} Path */

/**
 * A walk is decided by its start, its rate and its number of steps, so a link to a state is short
 * and a step back needs no memory.
 * @param {Surface} surface
 * @param {Point} start
 * @param {number} alpha
 * @param {number} steps
 */
export function walk(surface, start, alpha, steps) {
  /** @type {Path} */
  const path = { points: [], gradients: [], losses: [], alpha };
  visit(path, surface, [...start]);
  return lengthen(path, surface, steps);
}

/**
 * The same walk with more steps, in place; what is walked is not computed again.
 * @param {Path} path @param {Surface} surface @param {number} steps
 */
export function lengthen(path, surface, steps) {
  while (path.points.length <= steps && !isLost(path)) {
    const [w, gradient] = [path.points.at(-1), path.gradients.at(-1)];
    visit(path, surface, forAxes((n) => w[n] - path.alpha * gradient[n]));
  }
  return path;
}

/** @param {Path} path @param {Surface} surface @param {Point} w */
function visit(path, surface, w) {
  const { loss, gradient } = surface.both?.(w) ?? { loss: surface.loss(w), gradient: surface.gradient(w) };
  path.points.push(w);
  path.losses.push(loss);
  path.gradients.push(gradient);
}

/** So far out that numbers mean nothing any more. @param {Path} path */
export function isLost({ points, losses }) {
  return !(Math.hypot(...points.at(-1)) < 1e6 && Math.abs(losses.at(-1)) < 1e12);
}

/** @param {Point} w @param {[Point, Point]} domain */
const isOutside = ([w1, w2], [[left, right], [bottom, top]]) =>
  w1 < left || w1 > right || w2 < bottom || w2 > top;

/** @param {Point} v */
const length = (v) => Math.hypot(...v);

/** How much the two last steps agree: 1 the same direction, -1 straight back. @param {Path} path */
function agreement({ points }) {
  if (points.length < 3) return 1;
  const [a, b, c] = points.slice(-3);
  /** @type {Point[]} */
  const [first, second] = [[b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]];
  return (first[0] * second[0] + first[1] * second[1]) / (length(first) * length(second) || 1);
}

/**
 * What a flat place is, by its curvature.
 * @param {Surface} surface @param {Path} path
 * @param {number[]} extent lowest and highest loss of the picture @param {number} width
 */
function flatPlace(surface, path, [lowest, highest], width) {
  const [least] = eigenvalues(surface.hessian(path.points.at(-1)));
  const noticeable = (0.02 * (highest - lowest)) / width ** 2;
  const above = path.losses.at(-1) - lowest > 0.02 * (highest - lowest);
  if (least < -noticeable) return "saddle";
  if (least > noticeable) return above ? "local" : "arrived";
  return above ? "plateau" : "arrived";
}

/**
 * One word for the walk: start, lost, diverging, overshot, bouncing, falling, crawling, zigzag,
 * converging; or on flat ground saddle, local, plateau, arrived.
 * @param {Surface} surface @param {Path} path @param {number[]} extent
 */
export function kindOfWalk(surface, path, extent) {
  const width = surface.domain[0][1] - surface.domain[0][0];
  const [before, last] = path.losses.slice(-2);
  const slope = length(path.gradients.at(-1));
  if (isLost(path)) return last < 0 ? "falling" : "lost";
  if (slope < (0.002 * (extent[1] - extent[0])) / width) return flatPlace(surface, path, extent, width);
  if (path.points.length === 1) return "start";
  if (last > before) return path.losses.at(-3) < before ? "diverging" : "overshot";
  if (agreement(path) < -0.5) return last > 0.995 * before ? "bouncing" : "zigzag";
  if (isOutside(path.points.at(-1), surface.domain) && last < extent[0]) return "falling";
  return path.alpha * slope < 5e-4 * width ? "crawling" : "converging";
}

/** @type {Record<ReturnType<typeof kindOfWalk>, (n: number, fall: number, way: string) => string>} */
const SENTENCES = {
  start: () => "Not a step taken yet. The next one goes against the gradient.",
  lost: (n) => `Diverging: after ${counted(n, "step", "steps")} the numbers have run away. α is too large.`,
  diverging: () => "Diverging: each step lands higher than the one before. α is too large here.",
  overshot: () => "Overshot: this step went past the bottom and ended higher than it began.",
  bouncing: () => "Oscillating: the steps jump to and fro and hardly get lower.",
  zigzag: (n, fall, way) => `Oscillating, yet ${way.toLowerCase()}: each step crosses the valley floor and ends lower.`,
  falling: () => "Falling without end: this surface has no bottom in that direction.",
  crawling: (n, fall, way) => `${way} very slowly: α times the slope is a step too short to see.`,
  converging: (n, fall, way) => `${way}: the last step lowered the loss by ${formatNumber(fall)}.`,
  saddle: () => "At a saddle: the slope is nearly zero, yet one direction leads down from here.",
  local: () => "Arrived at a minimum, but not at the lowest place in the picture.",
  plateau: () => "Stuck on a plateau: the slope is nearly zero, so the steps are too, but the loss is still high.",
  arrived: (n) => `Arrived${n ? ` after ${counted(n, "step", "steps")}` : ""}: the slope is nearly zero and the ground `
    + "curves up, or is flat, all around.",
};

/** The kind and its sentence. @param {Surface} surface @param {Path} path @param {number[]} extent */
export function verdict(surface, path, extent) {
  const kind = kindOfWalk(surface, path, extent);
  const steps = path.points.length - 1;
  const fall = steps ? path.losses.at(-2) - path.losses.at(-1) : 0;
  const way = surface.leastCurvature < 0 ? "Going down" : "Converging"; // a saddle has no minimum to converge to
  return { kind, text: SENTENCES[kind](steps, fall, way) };
}

/** Where further steps change nothing worth watching. @param {string} kind */
export const isOver = (kind) => ["lost", "arrived", "local", "saddle", "plateau"].includes(kind);

/**
 * On a bowl: the rate above which no walk converges, and what crossing it does.
 * Along a direction with curvature λ each step multiplies the distance by 1 - αλ.
 * @param {Surface} surface @param {number} alpha
 */
export function threshold(surface, alpha) {
  const [, steepest] = eigenvalues(surface.hessian([0, 0]));
  const limit = 2 / steepest;
  const factor = 1 - alpha * steepest;
  return { limit, steepest, factor, text: thresholdSentence(alpha, limit, factor) };
}

/** @param {number} alpha @param {number} limit @param {number} factor */
function thresholdSentence(alpha, limit, factor) {
  const across = "across the steepest direction each step multiplies the distance from the floor by 1 − αλ = "
    + `${formatNumber(factor)}`;
  if (Math.abs(alpha - limit) < 1e-12 * limit) {
    return `α is exactly 2/λₘₐₓ: ${across}, so the walk jumps to and fro for ever.`;
  }
  if (alpha > limit) return `α is above 2/λₘₐₓ: ${across}, so the distance grows and the walk diverges.`;
  if (factor < 0) return `α is below 2/λₘₐₓ: ${across}, so the walk changes sides and still converges.`;
  return `α is below 2/λₘₐₓ: ${across}, so the walk converges without changing sides.`;
}
