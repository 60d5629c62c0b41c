// Arrays with NumPy's rules of shape, for wrong rules: what does not fit must fail as it does there.
// An array is nn.js's matrix; `line: true` marks one that has lost an axis.

import { matrix } from "../../maths/nn.js";

/** @typedef {import("../../maths/nn.js").Matrix & {line?: boolean}} NdArray */

/** (3, 2), or (3,) for an array that has lost an axis. @param {Pick<NdArray, "rows"|"cols"|"line">} a */
export const shapeText = ({ rows, cols, line }) => (line ? `(${rows},)` : `(${rows}, ${cols})`);

/** @param {string} sentence @returns {never} */
const refuse = (sentence) => { throw new RangeError(sentence); };

/** a @ b @param {NdArray} a @param {NdArray} b */
export function dot(a, b) {
  if (a.cols !== b.rows) refuse(`matmul: ${shapeText(a)} and ${shapeText(b)} do not fit: ${a.cols} is not ${b.rows}`);
  const out = matrix(a.rows, b.cols);
  for (let j = 0; j < a.rows; j += 1) {
    for (let k = 0; k < a.cols; k += 1) {
      const factor = a.data[j * a.cols + k];
      for (let i = 0; i < b.cols; i += 1) out.data[j * b.cols + i] += factor * b.data[k * b.cols + i];
    }
  }
  return out;
}

/** a.T @param {NdArray} a */
export function turned({ rows, cols, data }) {
  const out = matrix(cols, rows);
  data.forEach((value, at) => { out.data[(at % cols) * rows + Math.floor(at / cols)] = value; });
  return out;
}

/** f of each entry. @param {NdArray} a @param {(value: number) => number} f @returns {NdArray} */
export const each = (a, f) => ({ ...matrix(a.rows, a.cols, a.data.map(f)), ...(a.line ? { line: true } : {}) });

/**
 * Entry by entry, an axis of length 1 repeated as often as needed.
 * @param {NdArray} a @param {NdArray} b @param {(u: number, v: number) => number} f
 */
export function together(a, b, f) {
  /** @param {number} m @param {number} n */
  const axis = (m, n) => (m === n || n === 1 ? m : m === 1 ? n
    : refuse(`operands could not be broadcast together with shapes ${shapeText(a)} ${shapeText(b)}`));
  const [rows, cols] = [axis(a.rows, b.rows), axis(a.cols, b.cols)];
  /** @param {NdArray} m @param {number} row @param {number} col */
  const at = (m, row, col) => m.data[(m.rows === 1 ? 0 : row) * m.cols + (m.cols === 1 ? 0 : col)];
  const out = matrix(rows, cols);
  for (let row = 0; row < rows; row += 1) {
    for (let col = 0; col < cols; col += 1) out.data[row * cols + col] = f(at(a, row, col), at(b, row, col));
  }
  return out;
}

/** @param {NdArray} a @param {NdArray} b */
export const times = (a, b) => together(a, b, (u, v) => u * v);
/** @param {NdArray} a @param {NdArray} b */
export const minus = (a, b) => together(a, b, (u, v) => u - v);
/** @param {NdArray} a @param {number} factor */
export const scaled = (a, factor) => each(a, (v) => factor * v);

/** a.sum(axis=1, keepdims=True) @param {NdArray} a */
export function sumAcross(a) {
  const out = matrix(a.rows, 1);
  a.data.forEach((value, at) => { out.data[Math.floor(at / a.cols)] += value; });
  return out;
}

/** a.sum(axis=0, keepdims=True) @param {NdArray} a */
export const sumDown = (a) => turned(sumAcross(turned(a)));

/** a[:, :1] @param {NdArray} a */
export const firstColumn = (a) => matrix(a.rows, 1, a.data.filter((_, at) => at % a.cols === 0));

/**
 * Whether two arrays have the same shape and, but for rounding, the same values, as nn_core's checker asks.
 * @param {NdArray} a @param {NdArray} b
 */
export function same(a, b) {
  if (shapeText(a) !== shapeText(b)) return false;
  const near = 1e-9 * b.data.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return a.data.every((v, i) => v === b.data[i] || Math.abs(v - b.data[i]) <= near + 1e-7 * Math.abs(b.data[i]));
}
