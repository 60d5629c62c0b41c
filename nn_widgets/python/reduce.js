// What makes one number of many: over all, or along an axis.

import { BOOL, FLOAT, INT, NdArray, checkWhole, copy, empty, fail, transpose, values } from "./array.js";
import { noLoop } from "./ufuncs.js";

/**
 * NumPy's sum in pairs: halves of halves, so that rounding grows with the logarithm of the length.
 * @param {Float64Array} numbers @param {number} from @param {number} count @returns {number}
 */
function pairwise(numbers, from, count) {
  if (count < 8) {
    let sum = count ? numbers[from] : 0;
    for (let k = 1; k < count; k += 1) sum += numbers[from + k];
    return sum;
  }
  if (count <= 128) {
    const part = Float64Array.from({ length: 8 }, (_, k) => numbers[from + k]);
    let k = 8;
    for (; k < count - (count % 8); k += 8) for (let m = 0; m < 8; m += 1) part[m] += numbers[from + k + m];
    let sum = part[0] + part[1] + (part[2] + part[3]) + (part[4] + part[5] + (part[6] + part[7]));
    for (; k < count; k += 1) sum += numbers[from + k];
    return sum;
  }
  const half = Math.floor(count / 2) - (Math.floor(count / 2) % 8);
  return pairwise(numbers, from, half) + pairwise(numbers, from + half, count - half);
}

/** @param {(x: number, y: number) => boolean} better @returns {Run} */
function extreme(better) {
  return (numbers, from, count) => {
    let best = numbers[from];
    for (let k = 1; k < count && best === best; k += 1) { // one nan makes nan of all
      if (better(numbers[from + k], best)) best = numbers[from + k];
    }
    return best;
  };
}

/** @param {(x: number, y: number) => boolean} better @returns {Run} */
function place(better) {
  return (numbers, from, count) => {
    let best = 0;
    for (let k = 0; k < count; k += 1) {
      const v = numbers[from + k];
      if (v !== v) return k;
      if (better(v, numbers[from + best])) best = k;
    }
    return best;
  };
}

/** @param {number} x @param {number} y */
const above = (x, y) => x > y || x !== x;
/** @param {number} x @param {number} y */
const below = (x, y) => x < y || x !== x;

/** @param {Float64Array} numbers @param {number} from @param {number} count */
function product(numbers, from, count) {
  let out = 1;
  for (let k = 0; k < count; k += 1) out *= numbers[from + k];
  return out;
}

/** @param {Float64Array} numbers @param {number} from @param {number} count @param {number} ddof */
function variance(numbers, from, count, ddof) {
  const mean = pairwise(numbers, from, count) / count;
  const squares = numbers.subarray(from, from + count).map((v) => (v - mean) ** 2);
  return pairwise(squares, 0, count) / Math.max(count - ddof, 0);
}

/** @typedef {(numbers: Float64Array, from: number, count: number, ddof?: number) => number} Run of numbers */

/**
 * What it does to a run of numbers; the kind of the result; what it says of no numbers.
 * @type {Record<string, [Run, (kind: number) => number, string?]>}
 */
const REDUCTIONS = {
  sum: [pairwise, (kind) => Math.max(kind, INT)],
  prod: [product, (kind) => Math.max(kind, INT)],
  mean: [(v, from, n) => pairwise(v, from, n) / n, () => FLOAT],
  var: [variance, () => FLOAT],
  std: [(v, from, n, ddof) => Math.sqrt(variance(v, from, n, ddof)), () => FLOAT],
  max: [extreme(above), (kind) => kind, "zero-size array to reduction operation maximum which has no identity"],
  min: [extreme(below), (kind) => kind, "zero-size array to reduction operation minimum which has no identity"],
  ptp: [(v, from, n) => extreme(above)(v, from, n) - extreme(below)(v, from, n), (kind) => kind,
    "zero-size array to reduction operation maximum which has no identity"],
  argmax: [place(above), () => INT, "attempt to get argmax of an empty sequence"],
  argmin: [place(below), () => INT, "attempt to get argmin of an empty sequence"],
  any: [(v, from, n) => Number(v.subarray(from, from + n).some((x) => x !== 0)), () => BOOL],
  all: [(v, from, n) => Number(v.subarray(from, from + n).every((x) => x !== 0)), () => BOOL],
  count_nonzero: [(v, from, n) => v.subarray(from, from + n).filter((x) => x !== 0).length, () => INT],
};

/** An axis counted from the front; the error is NumPy's. @param {number} axis @param {number} ndim */
export function axisOf(axis, ndim) {
  if (axis < -ndim || axis >= ndim) {
    fail("AxisError", `axis ${axis} is out of bounds for array of dimension ${ndim}`);
  }
  return axis < 0 ? axis + ndim : axis;
}

/**
 * Reductions down the columns that go row by row, as NumPy's do.
 * @type {Record<string, (x: number, y: number) => number>}
 */
const DOWN = {
  sum: (x, y) => x + y,
  prod: (x, y) => x * y,
  max: (x, y) => (x > y || x !== x ? x : y),
  min: (x, y) => (x < y || x !== x ? x : y),
};

/** @param {(x: number, y: number) => number} f @param {NdArray} a @param {boolean} keepdims @param {number} kind */
function down(f, a, keepdims, kind) {
  const out = empty(keepdims ? [1, a.cols] : [a.cols], kind);
  const { rows, cols, along, buffer } = a;
  for (let j = 0, at = a.start; j < cols; j += 1, at += along) out.buffer[j] = buffer[at];
  for (let i = 1; i < rows; i += 1) {
    for (let j = 0, at = a.start + i * a.down; j < cols; j += 1, at += along) {
      out.buffer[j] = f(out.buffer[j], buffer[at]);
    }
  }
  return checkWhole(out);
}

/**
 * @param {string} name
 * @param {NdArray} a
 * @param {number | null} axis
 * @param {boolean} keepdims
 * @param {number} ddof
 */
export function reduce(name, a, axis, keepdims, ddof = 0) {
  const [f, kindOf, onNothing] = REDUCTIONS[name];
  const along = axis === null ? null : a.ndim || (axis !== 0 && axis !== -1) ? axisOf(axis, a.ndim) : null;
  if (name === "ptp" && a.kind === BOOL) noLoop("subtract", a, a);
  const quick = along === 0 && a.ndim === 2 && a.rows > 0 && DOWN[name];
  if (quick) return down(quick, a, keepdims, kindOf(a.kind));
  const turned = along === 0 && a.ndim === 2 ? transpose(a) : a;
  const numbers = values(turned);
  const count = along === null ? a.size : turned.cols;
  const runs = along === null ? 1 : turned.ndim === 2 ? turned.rows : 1;
  if (count === 0 && onNothing && (runs > 0 || axis === null)) fail("ValueError", onNothing);
  const left = along === null ? [] : a.shape.filter((_, k) => k !== along);
  const kept = a.shape.map((n, k) => (along === null || k === along ? 1 : n));
  const out = empty(keepdims ? kept : left, kindOf(a.kind));
  for (let i = 0; i < runs; i += 1) out.buffer[i] = f(numbers, i * count, count, ddof);
  return checkWhole(out);
}

/** Sums of all numbers so far, in a row. @param {NdArray} a @param {number|null} axis */
export function cumulate(a, axis) {
  if (axis === null || a.ndim < 2) {
    const out = copy(a, Math.max(a.kind, INT));
    for (let k = 1; k < out.buffer.length; k += 1) out.buffer[k] += out.buffer[k - 1];
    return checkWhole(new NdArray(out.buffer, [out.size], [1], 0, out.kind));
  }
  const turned = axisOf(axis, a.ndim) === 0 ? transpose(a) : a;
  const out = copy(turned, Math.max(a.kind, INT));
  for (let k = 0; k < out.buffer.length; k += 1) if (k % out.cols) out.buffer[k] += out.buffer[k - 1];
  return checkWhole(turned === a ? out : copy(transpose(out)));
}

/** The order that sorts; equal numbers stay as they are, NaN comes last. @param {Float64Array} numbers */
export function argsort(numbers) {
  const order = Array.from(numbers, (_, k) => k);
  /** @param {number} v */
  const rank = (v) => (v !== v ? 1 : 0);
  return order.sort((i, j) => rank(numbers[i]) - rank(numbers[j]) || numbers[i] - numbers[j] || i - j);
}
