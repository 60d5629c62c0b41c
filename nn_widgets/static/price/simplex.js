// Three probabilities that sum to one: what happens to the others when one of them moves.

/** @typedef {[number, number, number]} Shares */

/** The nearest probabilities to three numbers that sum to 1; some of these may be negative. */
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

/** Probabilities in whole thousandths, so that the three decimals on show sum to one. */
export function thousandths(p) {
  const whole = p.map((value) => Math.floor(value * 1000 + 1e-9));
  const missing = 1000 - whole.reduce((a, b) => a + b);
  const order = p.map((value, k) => [value * 1000 - whole[k], k]).sort((a, b) => b[0] - a[0]);
  order.slice(0, missing).forEach(([, k]) => { whole[k] += 1; });
  return whole.map((parts) => parts / 1000);
}

const others = (k) => [0, 1, 2].filter((i) => i !== k);

/** What part of the rest belongs to the first of the other two; null if there is no rest. */
export function partOfRest(p, k) {
  const [i, j] = others(k);
  const rest = p[i] + p[j];
  return rest > 1e-9 ? p[i] / rest : null;
}

/** Give class k this probability; the other two share the rest in the given parts. */
export function withShare(k, value, part) {
  const [i, j] = others(k);
  const p = [0, 0, 0];
  p[k] = value;
  p[i] = (1 - value) * part;
  p[j] = (1 - value) * (1 - part);
  return p;
}

/** All belief in one class. */
export const sure = (k) => [0, 1, 2].map((i) => (i === k ? 1 : 0));

/** The scale of the triangle: class 0 at the lower left, 1 at the lower right, 2 on top. */
export function triangle({ left, bottom, side }) {
  const height = (side * Math.sqrt(3)) / 2;
  return {
    height,
    toPage: ([, p1, p2]) => [left + side * (p1 + p2 / 2), bottom - height * p2],
    /** The three numbers of a place, negative ones outside the triangle. */
    toShares([x, y]) {
      const p2 = (bottom - y) / height;
      const p1 = (x - left) / side - p2 / 2;
      return [1 - p1 - p2, p1, p2];
    },
  };
}
