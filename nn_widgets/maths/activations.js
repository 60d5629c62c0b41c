// Activation functions, each beside its derivative, and softmax.

import { columnMax, expectShape, matrix } from "./matrices.js";

/** The logistic function; where exp(-z) overflows, 1 / (1 + ∞) = 0 is still right. @param {number} z */
export function sigmoid(z) {
  return 1 / (1 + Math.exp(-z));
}

/** @param {number} z */
export function dsigmoid(z) {
  const h = sigmoid(z);
  return h * (1 - h);
}

/** @param {number} z */
export function tanh(z) {
  return Math.tanh(z);
}

/** @param {number} z */
export function dtanh(z) {
  const h = Math.tanh(z);
  return 1 - h * h;
}

/** @param {number} z */
export function relu(z) {
  return z > 0 ? z : 0;
}

/** @param {number} z */
export function drelu(z) {
  return z > 0 ? 1 : 0;
}

/** @typedef {import("./matrices.js").Matrix} Matrix */

/**
 * Whole arrays at a time: a call per number would cost more than the arithmetic. Each slope is
 * computed from h, not from z, because h is known and no exponential is needed then.
 * @typedef {object} Activation
 * @property {(h: Float64Array, z: Float64Array) => void} apply
 * @property {(dz: Float64Array, dh: Float64Array, h: Float64Array) => void} timesSlope
 */

/** @type {Record<string, Activation>} */
const ACTIVATIONS = {
  sigmoid: {
    apply(h, z) {
      for (let i = 0; i < z.length; i += 1) h[i] = 1 / (1 + Math.exp(-z[i]));
    },
    timesSlope(dz, dh, h) {
      for (let i = 0; i < h.length; i += 1) dz[i] = dh[i] * h[i] * (1 - h[i]);
    },
  },
  tanh: {
    apply(h, z) {
      for (let i = 0; i < z.length; i += 1) h[i] = Math.tanh(z[i]);
    },
    timesSlope(dz, dh, h) {
      for (let i = 0; i < h.length; i += 1) dz[i] = dh[i] * (1 - h[i] * h[i]);
    },
  },
  relu: {
    apply(h, z) {
      for (let i = 0; i < z.length; i += 1) h[i] = z[i] > 0 ? z[i] : 0;
    },
    timesSlope(dz, dh, h) {
      for (let i = 0; i < h.length; i += 1) dz[i] = h[i] > 0 ? dh[i] : 0;
    },
  },
};

/** @param {string} name */
export function activationNamed(name) {
  if (!Object.hasOwn(ACTIVATIONS, name)) {
    const known = Object.keys(ACTIVATIONS).join(", ");
    throw new RangeError(`activation must be one of ${known}, got ${name}`);
  }
  return ACTIVATIONS[name];
}

/** @param {Matrix} out @param {Matrix} scores */
export function softmaxInto(out, { cols, data }) {
  const p = out.data;
  for (let i = 0; i < cols; i += 1) {
    const top = columnMax(data, i, cols);
    let sum = 0;
    for (let k = i; k < data.length; k += cols) {
      p[k] = Math.exp(data[k] - top);
      sum += p[k];
    }
    const share = 1 / sum;
    for (let k = i; k < p.length; k += cols) p[k] *= share;
  }
}

/** Column by column, scores to probabilities; stable for any finite scores. @param {Matrix} z */
export function softmax(z) {
  const p = matrix(z.rows, z.cols);
  softmaxInto(p, z);
  return p;
}

/** The logarithm of softmax, without forming the probabilities. @param {Matrix} m */
export function logSoftmax({ rows, cols, data }) {
  const out = matrix(rows, cols);
  for (let i = 0; i < cols; i += 1) {
    const top = columnMax(data, i, cols);
    let sum = 0;
    for (let k = i; k < data.length; k += cols) sum += Math.exp(data[k] - top);
    const log = Math.log(sum);
    for (let k = i; k < data.length; k += cols) out.data[k] = data[k] - top - log;
  }
  return out;
}

/** diag(p) - p pᵀ for one column of scores; shape (K, K). @param {Matrix} z */
export function softmaxJacobian(z) {
  expectShape("z", z, z.rows, 1);
  const p = softmax(z).data;
  /** @param {number} j @param {number} k */
  const entry = (j, k) => (j === k ? p[j] * (1 - p[j]) : -p[j] * p[k]);
  return matrix(z.rows, z.rows, Array.from(p, (_, j) => Array.from(p, (_, k) => entry(j, k))).flat());
}
