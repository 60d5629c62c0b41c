// The price of a prediction: cross-entropy, in nats.

import { columnMax, expectShape } from "./matrices.js";

/** @typedef {import("./matrices.js").Matrix} Matrix */

/**
 * Mean over examples of -Σ y log p; 0 log 0 counts as 0; infinite for the sure and wrong.
 * @param {Matrix} p @param {Matrix} y
 */
export function crossEntropy(p, y) {
  expectShape("p", p, y.rows, y.cols);
  let price = 0;
  for (let i = 0; i < y.data.length; i += 1) {
    if (y.data[i] !== 0) price -= y.data[i] * Math.log(p.data[i]);
  }
  return price / y.cols;
}

/** The same price from the scores: finite wherever the scores are. @param {Matrix} z @param {Matrix} y */
export function crossEntropyFromLogits(z, y) {
  expectShape("z", z, y.rows, y.cols);
  const { data, cols } = z;
  let price = 0;
  for (let i = 0; i < cols; i += 1) {
    const top = columnMax(data, i, cols);
    let sum = 0;
    let score = 0;
    for (let k = i; k < data.length; k += cols) {
      sum += Math.exp(data[k] - top);
      score += y.data[k] * (data[k] - top);
    }
    price += Math.log(sum) - score;
  }
  return price / cols;
}
