// Matrices, and the products that everything else is made of.
//
// A matrix is {rows, cols, data}: row-major in one Float64Array, one column per example, as in
// nn_core. A row is one neuron over all examples, so every inner loop below runs along memory.

/** @typedef {{rows: number, cols: number, data: Float64Array}} Matrix */

/**
 * A matrix of zeros, or of the given entries in row-major order.
 * @param {number} rows
 * @param {number} cols
 * @param {ArrayLike<number>} [data]
 * @returns {Matrix}
 */
export function matrix(rows, cols, data) {
  const own = data ? Float64Array.from(data) : new Float64Array(rows * cols);
  if (own.length !== rows * cols) {
    throw new RangeError(`data must have ${rows * cols} entries, got ${own.length}`);
  }
  return { rows, cols, data: own };
}

/** A matrix from rows of numbers, as JSON and NumPy's `tolist` give them. @param {number[][]} rows */
export function fromNested(rows) {
  const cols = rows[0].length;
  if (rows.some((row) => row.length !== cols)) {
    throw new RangeError("every row must have the same length");
  }
  return matrix(rows.length, cols, rows.flat());
}

/** Rows of numbers, for JSON and for tables. @param {Matrix} m */
export function toNested({ rows, cols, data }) {
  return Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * cols, (r + 1) * cols)));
}

/** @param {string} name @param {Matrix} m @param {number} wantRows @param {number} wantCols */
export function expectShape(name, { rows, cols }, wantRows, wantCols) {
  if (rows !== wantRows || cols !== wantCols) {
    throw new RangeError(
      `${name} must have shape (${wantRows}, ${wantCols}), got (${rows}, ${cols})`,
    );
  }
}

/** out = W h + b @param {Matrix} out @param {Matrix} W @param {Float64Array} b @param {Matrix} h */
export function affine(out, W, b, h) {
  const n = h.cols;
  for (let j = 0; j < W.rows; j += 1) {
    const start = j * n;
    out.data.fill(b[j], start, start + n);
    for (let k = 0; k < W.cols; k += 1) {
      addScaled(out.data, start, W.data[j * W.cols + k], h.data, k * n, n);
    }
  }
}

/** out = Aᵀ B @param {Matrix} out @param {Matrix} A @param {Matrix} B */
export function transposeTimes(out, A, B) {
  const n = B.cols;
  out.data.fill(0);
  for (let k = 0; k < A.cols; k += 1) {
    for (let j = 0; j < A.rows; j += 1) {
      addScaled(out.data, k * n, A.data[j * A.cols + k], B.data, j * n, n);
    }
  }
}

/** out = A Bᵀ @param {Matrix} out @param {Matrix} A @param {Matrix} B */
export function timesTranspose(out, A, B) {
  const n = A.cols;
  for (let j = 0; j < A.rows; j += 1) {
    for (let k = 0; k < B.rows; k += 1) {
      out.data[j * B.rows + k] = dot(A.data, j * n, B.data, k * n, n);
    }
  }
}

/**
 * @param {Float64Array} out @param {number} outStart @param {number} factor @param {Float64Array} values
 * @param {number} start @param {number} n
 */
export function addScaled(out, outStart, factor, values, start, n) {
  for (let i = 0; i < n; i += 1) out[outStart + i] += factor * values[start + i];
}

// Four sums at a time, so that one addition need not wait for the one before it.
/** @param {Float64Array} a @param {number} aStart @param {Float64Array} b @param {number} bStart @param {number} n */
function dot(a, aStart, b, bStart, n) {
  const whole = n - (n % 4);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    s0 += a[aStart + i] * b[bStart + i];
    s1 += a[aStart + i + 1] * b[bStart + i + 1];
    s2 += a[aStart + i + 2] * b[bStart + i + 2];
    s3 += a[aStart + i + 3] * b[bStart + i + 3];
  }
  for (let i = whole; i < n; i += 1) s0 += a[aStart + i] * b[bStart + i];
  return s0 + s1 + (s2 + s3);
}

/** @param {Float64Array} out @param {Matrix} m */
export function rowSums(out, { rows, cols, data }) {
  for (let j = 0; j < rows; j += 1) {
    let sum = 0;
    for (let i = j * cols; i < (j + 1) * cols; i += 1) sum += data[i];
    out[j] = sum;
  }
}

/** Largest entry of column i. @param {Float64Array} data @param {number} i @param {number} cols */
export function columnMax(data, i, cols) {
  let top = data[i];
  for (let k = i + cols; k < data.length; k += cols) if (data[k] > top) top = data[k];
  return top;
}
