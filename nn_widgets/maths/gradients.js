// Backpropagation: every gradient of the average loss, from the output back to the input.

import { activationNamed } from "./activations.js";
import { expectShape, matrix, rowSums, timesTranspose, transposeTimes } from "./matrices.js";
import { copyLayers } from "./parameters.js";

/** @typedef {import("./matrices.js").Matrix} Matrix */
/** @typedef {import("./parameters.js").Layer} Layer */
/** @typedef {import("./network.js").Trace} Trace */

/** out = (p - y) / N: the one place where 1/N stands. @param {Matrix} out @param {Matrix} p @param {Matrix} y */
function outputGradient(out, p, y) {
  for (let i = 0; i < p.data.length; i += 1) out.data[i] = (p.data[i] - y.data[i]) / p.cols;
}

/**
 * The gradients in the order in which they come: dzL, dWL, dbL, dh(L-1), ..., dz1, dW1, db1.
 * @param {Layer[]} layers
 * @param {Trace} trace
 * @param {Matrix} y
 * @returns {Generator<[string, Matrix]>} name and value; each db is a column
 */
export function* backwardSequence(layers, trace, y) {
  expectShape("y", y, trace.p.rows, trace.p.cols);
  const { timesSlope } = activationNamed(trace.activation);
  let dz = matrix(y.rows, y.cols);
  outputGradient(dz, trace.p, y);
  for (let l = layers.length; l >= 1; l -= 1) {
    yield [`dz${l}`, dz];
    const { W } = layers[l - 1];
    const h = trace.h[l - 1];
    const dW = matrix(W.rows, W.cols);
    timesTranspose(dW, dz, h);
    yield [`dW${l}`, dW];
    const db = matrix(W.rows, 1);
    rowSums(db.data, dz);
    yield [`db${l}`, db];
    if (l === 1) return;
    const dh = matrix(h.rows, h.cols);
    transposeTimes(dh, W, dz);
    yield [`dh${l - 1}`, dh];
    dz = matrix(h.rows, h.cols);
    timesSlope(dz.data, dh.data, h.data);
  }
}

/**
 * One step further back than backwardSequence goes: dx = W1ᵀ dz1, the slope with respect to the
 * input. What it is the slope of is said by its slope with respect to the output's scores.
 * @param {Layer[]} layers
 * @param {Trace} trace
 * @param {Matrix} dzL (p - y) / N for the loss; 1 at one class and 0 elsewhere for that class's score
 * @returns {Matrix} dx, in the shape of x
 */
export function inputGradient(layers, trace, dzL) {
  expectShape("dzL", dzL, trace.p.rows, trace.p.cols);
  const { timesSlope } = activationNamed(trace.activation);
  let dz = dzL;
  for (let l = layers.length - 1; ; l -= 1) {
    const h = trace.h[l];
    const dh = matrix(h.rows, h.cols);
    transposeTimes(dh, layers[l].W, dz);
    if (l === 0) return dh;
    dz = matrix(h.rows, h.cols);
    timesSlope(dz.data, dh.data, h.data);
  }
}

/**
 * The gradient of the average loss, in the shape of the layers.
 * @param {Layer[]} layers @param {Trace} trace @param {Matrix} y
 */
export function backprop(layers, trace, y) {
  const found = Object.fromEntries(backwardSequence(layers, trace, y));
  return layers.map((_, l) => ({ W: found[`dW${l + 1}`], b: found[`db${l + 1}`].data }));
}

/** Room for the gradients of one pass backward. @param {Layer[]} layers @param {number} n */
export function gradientRoom(layers, n) {
  return {
    dz: layers.map(({ W }) => matrix(W.rows, n)),
    dh: layers.slice(1).map(({ W }) => matrix(W.cols, n)),
    gradients: copyLayers(layers),
  };
}

/** @param {ReturnType<typeof gradientRoom>} room @param {Layer[]} layers @param {Trace} trace @param {Matrix} y */
export function gradientsInto({ dz, dh, gradients }, layers, trace, y) {
  const { timesSlope } = activationNamed(trace.activation);
  outputGradient(dz.at(-1), trace.p, y);
  for (let l = layers.length - 1; l >= 0; l -= 1) {
    timesTranspose(gradients[l].W, dz[l], trace.h[l]);
    rowSums(gradients[l].b, dz[l]);
    if (l === 0) return;
    transposeTimes(dh[l - 1], layers[l].W, dz[l]);
    timesSlope(dz[l - 1].data, dh[l - 1].data, trace.h[l].data);
  }
}
