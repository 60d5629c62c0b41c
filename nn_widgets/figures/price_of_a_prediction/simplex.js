// Three probabilities that sum to one: what happens to the others when one of them moves.

/** @typedef {[number, number, number]} Shares */

/** @param {(k: number) => number} make @returns {Shares} */
const forClasses = (make) => [make(0), make(1), make(2)];

/**
 * The nearest probabilities to three numbers that sum to 1; some of these may be negative.
 * @param {number[]} numbers
 */
export function nearest(numbers) {
  let sum = 0;
  let cut = 0;
  [...numbers].sort((a, b) => b - a).forEach((value, k) => {
    sum += value;
    const level = (sum - 1) / (k + 1);
    if (value > level) cut = level;
  });
  return numbers.map((value) => Math.max(value - cut, 0));
}

/**
 * Probabilities in whole thousandths, so that the three decimals on show sum to one.
 * @param {number[]} p @returns {Shares}
 */
export function thousandths(p) {
  const whole = p.map((value) => Math.floor(value * 1000 + 1e-9));
  const missing = 1000 - whole.reduce((a, b) => a + b);
  const order = p.map((value, k) => [value * 1000 - whole[k], k]).sort((a, b) => b[0] - a[0]);
  order.slice(0, missing).forEach(([, k]) => { whole[k] += 1; });
  return forClasses((k) => whole[k] / 1000);
}

/** @param {number} k */
const others = (k) => [0, 1, 2].filter((i) => i !== k);

/**
 * What part of the rest belongs to the first of the other two; null if there is no rest.
 * @param {number[]} p @param {number} k
 */
export function partOfRest(p, k) {
  const [i, j] = others(k);
  const rest = p[i] + p[j];
  return rest > 1e-9 ? p[i] / rest : null;
}

/**
 * Give class k this probability; the other two share the rest in the given parts.
 * @param {number} k @param {number} value @param {number} part @returns {Shares}
 */
export function withShare(k, value, part) {
  const [i, j] = others(k);
  /** @type {Shares} */
  const p = [0, 0, 0];
  p[k] = value;
  p[i] = (1 - value) * part;
  p[j] = (1 - value) * (1 - part);
  return p;
}

/** All belief in one class. @param {number} k */
export const sure = (k) => forClasses((i) => (i === k ? 1 : 0));

/**
 * The scale of the triangle: class 0 at the lower left, 1 at the lower right, 2 on top.
 * @param {{left: number, bottom: number, side: number}} box
 */
export function triangle({ left, bottom, side }) {
  const height = (side * Math.sqrt(3)) / 2;
  return {
    height,
    /** @param {number[]} p */
    toPage: ([, p1, p2]) => [left + side * (p1 + p2 / 2), bottom - height * p2],
    /** The three numbers of a place, negative ones outside the triangle. @param {number[]} place */
    toShares([x, y]) {
      const p2 = (bottom - y) / height;
      const p1 = (x - left) / side - p2 / 2;
      return [1 - p1 - p2, p1, p2];
    },
  };
}
