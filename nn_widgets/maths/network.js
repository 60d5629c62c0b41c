// The pass forward: from inputs to probabilities, and the loss over all examples.

import { activationNamed, softmaxInto } from "./activations.js";
import { crossEntropyFromLogits } from "./losses.js";
import { affine, expectShape, matrix } from "./matrices.js";
import { fromVector } from "./parameters.js";

/** @typedef {import("./matrices.js").Matrix} Matrix */
/** @typedef {import("./parameters.js").Layer} Layer */
/** @typedef {{z: Matrix[], h: Matrix[], p: Matrix, activation: string}} Trace */

/**
 * Room for one pass forward over n examples: z^1..z^L, h^1..h^{L-1}, p.
 * @param {Layer[]} layers @param {Matrix} x @param {string} activation
 */
export function traceRoom(layers, x, activation) {
  const z = layers.map(({ W }) => matrix(W.rows, x.cols));
  const h = [x, ...z.slice(0, -1).map(({ rows, cols }) => matrix(rows, cols))];
  return { z, h, p: matrix(z.at(-1).rows, x.cols), activation };
}

/** @param {Trace} trace @param {Layer[]} layers */
export function scoresInto({ z, h, activation }, layers) {
  const { apply } = activationNamed(activation);
  layers.forEach(({ W, b }, l) => {
    affine(z[l], W, b, h[l]);
    if (l + 1 < h.length) apply(h[l + 1].data, z[l].data);
  });
}

/**
 * What the network computes on its way from x to p.
 * @param {Layer[]} layers
 * @param {Matrix} x
 * @param {string} [activation]
 * @returns {Trace} z[0] is z^1; h[0] is x
 */
export function feedforward(layers, x, activation = "sigmoid") {
  expectShape("x", x, layers[0].W.cols, x.cols);
  layers.slice(1).forEach(({ W }, l) => expectShape(`W${l + 2}`, W, W.rows, layers[l].W.rows));
  const trace = traceRoom(layers, x, activation);
  scoresInto(trace, layers);
  softmaxInto(trace.p, trace.z.at(-1));
  return trace;
}

/**
 * A pass forward that keeps its memory: each call fills the same trace anew, for the given layers.
 * @param {Layer[]} layers of the sizes that will come
 * @param {Matrix} x may be written into between calls
 * @param {string} [activation]
 * @returns {(layers: Layer[]) => Trace}
 */
export function makePass(layers, x, activation = "sigmoid") {
  expectShape("x", x, layers[0].W.cols, x.cols);
  const trace = traceRoom(layers, x, activation);
  return (now) => {
    scoresInto(trace, now);
    softmaxInto(trace.p, trace.z.at(-1));
    return trace;
  };
}

/**
 * The average loss over the examples.
 * @param {Layer[]} layers @param {Matrix} x @param {Matrix} y @param {string} [activation]
 */
export function loss(layers, x, y, activation = "sigmoid") {
  return crossEntropyFromLogits(feedforward(layers, x, activation).z.at(-1), y);
}

/**
 * The same as a function of all parameters in one vector, in the order of `toVector`.
 * @param {number[]} sizes @param {Matrix} x @param {Matrix} y @param {string} [activation]
 */
export function lossOf(sizes, x, y, activation = "sigmoid") {
  return (/** @type {Float64Array} */ vector) => loss(fromVector(vector, sizes), x, y, activation);
}
