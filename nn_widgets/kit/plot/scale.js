// From numbers to places and back.

import ticks from "./vendor/d3-array/ticks.js";

/**
 * @typedef {((value: number) => number) & {
 *   invert: (place: number) => number, ticks: (count?: number) => number[],
 *   domain: [number, number], range: [number, number]}} Scale
 */

/**
 * @param {[number, number]} domain values
 * @param {[number, number]} range places
 * @returns {Scale}
 */
export function linearScale(domain, range) {
  const slope = (range[1] - range[0]) / (domain[1] - domain[0]);
  /** @param {number} value */
  const scale = (value) => range[0] + (value - domain[0]) * slope;
  /** @param {number} place */
  const invert = (place) => domain[0] + (place - range[0]) / slope;
  return Object.assign(scale, { invert, ticks: (n = 5) => ticks(...domain, n), domain, range });
}

/**
 * A logarithmic scale; ticks are powers of ten, or 1, 2, 5 times them where there are few.
 * @param {[number, number]} domain positive values
 * @param {[number, number]} range places
 * @returns {Scale}
 */
export function logScale(domain, range) {
  const inner = linearScale([Math.log10(domain[0]), Math.log10(domain[1])], range);
  /** @param {number} value */
  const scale = (value) => inner(Math.log10(value));
  /** @param {number} place */
  const invert = (place) => 10 ** inner.invert(place);
  return Object.assign(scale, { invert, ticks: (n = 5) => logTicks(domain, n), domain, range });
}

/** @param {[number, number]} domain @param {number} count */
function logTicks([from, to], count) {
  const first = Math.floor(Math.log10(from));
  const decades = Math.ceil(Math.log10(to)) - first + 1;
  /** @param {number[]} factors */
  const within = (factors, every = 1) =>
    Array.from({ length: decades }, (_, k) => first + k)
      .filter((power) => power % every === 0)
      .flatMap((power) => factors.map((factor) => factor * 10 ** power))
      .filter((value) => value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9));
  const fine = within([1, 2, 5]);
  return fine.length <= count ? fine : within([1], Math.max(1, Math.ceil(decades / count)));
}
