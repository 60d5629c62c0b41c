// Products of matrices and vectors.

import { BOOL, NdArray, checkWhole, copy, empty, fail, spell, transpose, values } from "./array.js";

/** What to write instead, if a transpose would make the shapes fit. @param {NdArray} a @param {NdArray} b */
function hint(a, b) {
  const fits = [];
  /** @param {string} which @param {NdArray} one */
  const turned = (which, one) => `the transpose of the ${which} one, ${spell(transpose(one).shape)}, would fit`;
  if (a.ndim === 2 && a.shape[0] === b.shape[0]) fits.push(turned("left", a));
  if (b.ndim === 2 && a.shape.at(-1) === b.shape[1]) fits.push(turned("right", b));
  if (a.ndim === 2 && b.ndim === 2 && a.shape[0] === b.shape[1] && !fits.length) fits.push("the other order would fit");
  return fits.length ? `; ${fits.join("; ")}` : "; no transpose would make them fit";
}

/** @param {NdArray} a @param {NdArray} b @returns {never} */
function mismatch(a, b) {
  fail("ValueError", "matmul: Input operand 1 has a mismatch in its core dimension 0 " +
    `(size ${b.shape[0]} is different from ${a.shape.at(-1)}): ` +
    `shapes ${spell(a.shape)} and ${spell(b.shape)}${hint(a, b)}`);
}

/** a @ b: rows of a times columns of b. @param {NdArray} a @param {NdArray} b */
export function matmul(a, b) {
  if (!a.ndim || !b.ndim) {
    fail("ValueError", `matmul: Input operand ${a.ndim ? 1 : 0} does not have enough dimensions (has 0, gufunc core ` +
      "with signature (n?,k),(k,m?)->(n?,m?) requires 1)");
  }
  const n = a.shape.at(-1);
  if (n !== b.shape[0]) mismatch(a, b);
  const rows = a.rows;
  const cols = b.ndim === 2 ? b.cols : 1;
  const shape = [...(a.ndim === 2 ? [rows] : []), ...(b.ndim === 2 ? [cols] : [])];
  const kind = Math.max(a.kind, b.kind);
  const out = empty(shape, kind);
  times(out.buffer, values(a), values(b), rows, n, cols);
  if (kind === BOOL) for (let k = 0; k < out.buffer.length; k += 1) out.buffer[k] = Number(out.buffer[k] !== 0);
  return checkWhole(out);
}

/**
 * Row by row, so that the inner loop runs along rows of both the right matrix and the result.
 * @param {Float64Array} out @param {Float64Array} a @param {Float64Array} b @param {number} rows @param {number} n
 * @param {number} cols
 */
function times(out, a, b, rows, n, cols) {
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < n; k += 1) {
      const factor = a[i * n + k];
      const end = (i + 1) * cols;
      for (let at = i * cols, from = k * cols; at < end; at += 1, from += 1) out[at] += factor * b[from];
    }
  }
}

/** @param {NdArray} a @param {NdArray} b */
export function outer(a, b) {
  const [u, v] = [values(a), values(b)];
  const out = empty([u.length, v.length], Math.max(a.kind, b.kind));
  u.forEach((x, i) => v.forEach((y, j) => { out.buffer[i * v.length + j] = x * y; }));
  return checkWhole(out);
}

/**
 * A square matrix with a vector on its diagonal, or the diagonal of a matrix.
 * @param {NdArray} a @param {number} offset
 */
export function diag(a, offset) {
  if (a.ndim === 1) {
    const n = a.size + Math.abs(offset);
    const out = empty([n, n], a.kind);
    const from = values(a);
    for (let k = 0; k < a.size; k += 1) out.buffer[(k + Math.max(-offset, 0)) * n + k + Math.max(offset, 0)] = from[k];
    return out;
  }
  if (a.ndim !== 2) fail("ValueError", "Input must be 1- or 2-d.");
  const top = Math.max(-offset, 0);
  const left = Math.max(offset, 0);
  const length = Math.max(Math.min(a.rows - top, a.cols - left), 0);
  return copy(new NdArray(a.buffer, [length], [a.down + a.along], a.start + top * a.down + left * a.along, a.kind));
}
