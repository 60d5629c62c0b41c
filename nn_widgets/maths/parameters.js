// Weights and biases: drawing, counting, copying, and all of them as one vector.
//
// A layer is {W, b}: a matrix of shape (n_l, n_{l-1}) and a Float64Array of length n_l.

import { fromNested, matrix, toNested } from "./matrices.js";

/** @typedef {import("./matrices.js").Matrix} Matrix */
/** @typedef {{W: Matrix, b: Float64Array}} Layer */
/** @typedef {{W: number[][], b: (number|number[])[]} | [number[][], (number|number[])[]]} Nested a layer in JSON */

/**
 * Layers drawn as nn_core draws them: standard normal, divided by √n_in.
 * @param {number[]} sizes @param {() => number} random
 */
export function initLayers(sizes, random) {
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  /** @param {number} count @param {number} fanIn */
  const draw = (count, fanIn) => Float64Array.from({ length: count }, () => normal() / Math.sqrt(fanIn));
  return sizes.slice(1).map((rows, l) => ({
    W: { rows, cols: sizes[l], data: draw(rows * sizes[l], sizes[l]) },
    b: draw(rows, sizes[l]),
  }));
}

/**
 * Layers from JSON: each {W, b} or [W, b], W as rows, b as a column of rows or a flat list.
 * @param {Nested[]} layers
 * @returns {Layer[]}
 */
export function layersFromNested(layers) {
  return layers.map((layer) => {
    const [W, b] = Array.isArray(layer) ? layer : [layer.W, layer.b];
    return { W: fromNested(W), b: Float64Array.from(b.flat()) };
  });
}

/** Layers for JSON: b is a column of rows, as in nn_core. @param {Layer[]} layers */
export function layersToNested(layers) {
  return layers.map(({ W, b }) => ({ W: toNested(W), b: Array.from(b, (value) => [value]) }));
}

/** Layers with memory of their own. @param {Layer[]} layers */
export function copyLayers(layers) {
  return layers.map(({ W, b }) => ({ W: matrix(W.rows, W.cols, W.data), b: b.slice() }));
}

/** @param {number[]} sizes */
export function countParameters(sizes) {
  return sizes.slice(1).reduce((sum, rows, l) => sum + rows * (sizes[l] + 1), 0);
}

/** All parameters in one vector: W1 row by row, b1, W2, b2, ... @param {Layer[]} layers */
export function toVector(layers) {
  return Float64Array.from(layers.flatMap(({ W, b }) => [...W.data, ...b]));
}

/** @param {Float64Array} vector @param {number[]} sizes */
export function fromVector(vector, sizes) {
  if (vector.length !== countParameters(sizes)) {
    throw new RangeError(
      `vector must have ${countParameters(sizes)} entries, got ${vector.length}`,
    );
  }
  let start = 0;
  /** @param {number} count */
  const take = (count) => Float64Array.from(vector.slice(start, (start += count)));
  return sizes.slice(1).map((rows, l) => ({
    W: { rows, cols: sizes[l], data: take(rows * sizes[l]) },
    b: take(rows),
  }));
}
