// Blocks of examples: the summed gradient of each, for whoever adds and divides later.

import { backprop, feedforward, matrix, toVector } from "./nn.js";

/** @typedef {import("./nn.js").Matrix} Matrix */
/**
 * @typedef {{G: Float64Array, N: number}} BlockSum the sum of the gradients of N examples, in the order of `toVector`
 */

/** Columns `start` to `end` of a matrix. @param {Matrix} m @param {number} start @param {number} end */
function columns({ rows, cols, data }, start, end) {
  const parts = Array.from({ length: rows }, (_, r) => [...data.subarray(r * cols + start, r * cols + end)]);
  return matrix(rows, end - start, parts.flat());
}

/**
 * The answer of each block of neighbouring examples; `backprop` divides by a block's N, which is taken back.
 * @param {import("./parameters.js").Layer[]} layers
 * @param {{x: Matrix, y: Matrix}} examples
 * @param {number[]} sizes of the blocks
 * @param {string} [activation]
 * @returns {BlockSum[]}
 */
export function blockSums(layers, { x, y }, sizes, activation = "sigmoid") {
  let start = 0;
  return sizes.map((N) => {
    const [from, to] = [start, start += N];
    const trace = feedforward(layers, columns(x, from, to), activation);
    const gradient = backprop(layers, trace, columns(y, from, to));
    return { G: toVector(gradient).map((slope) => N * slope), N };
  });
}

/** The answer of two blocks together. @param {BlockSum} a @param {BlockSum} b @returns {BlockSum} */
export function addBlocks(a, b) {
  return { G: a.G.map((value, i) => value + b.G[i]), N: a.N + b.N };
}
