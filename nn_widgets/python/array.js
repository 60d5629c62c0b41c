// The arrays behind the page's `numpy`: up to two dimensions, in double precision, over a Float64Array.
//
// An array is a view: a buffer, where it starts, and how far apart its rows and columns are. What a number is
// (truth, whole number, number) is its kind; all three are kept as doubles, which hold whole numbers up to 2^53.

export const BOOL = 0;
export const INT = 1;
export const FLOAT = 2;
export const DTYPES = ["bool", "int64", "float64"];
const MOST_BYTES = 512 * 2 ** 20; // of all arrays that one run makes
const PAUSE_AFTER = 32 * 2 ** 20;
const MOST_WHOLE = 2 ** 53;

/** An error that Python is to raise: the name of its type, and its sentence. */
export class Fault extends Error {
  /** @param {string} type @param {string} message */
  constructor(type, message) {
    super(message);
    this.type = type;
  }
}

/** @param {string} type @param {string} message @returns {never} */
export const fail = (type, message) => { throw new Fault(type, message); };
/** @param {string} what @returns {never} */
export const missing = (what) => fail("NotImplementedError", what);

/** A shape as Python writes it: (3, 2), (3,), (). @param {number[]} shape */
export const spell = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`);
/** A shape as NumPy writes it inside its sentences: (3,2). @param {number[]} shape */
export const terse = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(",")})`);

export class NdArray {
  /**
   * @param {Float64Array} buffer
   * @param {number[]} shape none, one or two sizes
   * @param {number[]} strides in numbers, one for each size
   * @param {number} start
   * @param {number} kind BOOL, INT or FLOAT
   */
  constructor(buffer, shape, strides, start, kind) {
    this.buffer = buffer;
    this.shape = shape;
    this.strides = strides;
    this.start = start;
    this.kind = kind;
  }

  get ndim() { return this.shape.length; }
  get size() { return this.rows * this.cols; }
  // As a matrix: a vector is one row, a number one row of one.
  get rows() { return this.shape.length === 2 ? this.shape[0] : 1; }
  get cols() { return this.shape.length ? this.shape.at(-1) : 1; }
  get down() { return this.shape.length === 2 ? this.strides[0] : 0; }
  get along() { return this.shape.length ? this.strides.at(-1) : 0; }
  /** Whether the numbers stand one after the other, row by row. */
  get packed() {
    return (this.along === 1 || this.cols === 1) && (this.rows === 1 || this.down === this.cols);
  }
}

let made = 0;
let enough = PAUSE_AFTER;
/** @type {WeakSet<Float64Array>} */
let counted = new WeakSet();

/** Forget what earlier runs made. */
export function resetBudget() {
  made = 0;
  enough = PAUSE_AFTER;
  counted = new WeakSet();
}

/**
 * Count an array that Python will hold, a view of another one not again: MicroPython lets go of what it no longer
 * needs only between calls.
 * @param {NdArray} a
 */
export function hold(a) {
  if (counted.has(a.buffer)) return a;
  counted.add(a.buffer);
  made += a.buffer.byteLength;
  return a;
}

/** Whether it is time to let MicroPython free memory. */
export const due = () => made > enough;

/** Count anew, when it has freed some: `held` are the things that it still holds. @param {Iterable<unknown>} held */
export function recount(held) {
  /** @type {Set<Float64Array>} */
  const buffers = new Set();
  for (const a of held) if (a instanceof NdArray) buffers.add(a.buffer);
  made = 0;
  for (const buffer of buffers) made += buffer.byteLength;
  enough = made + PAUSE_AFTER;
}

const tooMuch = () => fail("MemoryError", `the arrays of this run need more than ${MOST_BYTES / 2 ** 20} MB`);

/** @param {number} size */
function room(size) {
  if (8 * size + made > MOST_BYTES) tooMuch();
  return new Float64Array(size);
}

/** @param {number[]} shape */
export const stridesOf = (shape) => (shape.length === 2 ? [shape[1], 1] : shape.map(() => 1));

/** A new array of zeros. @param {number[]} shape @param {number} [kind] */
export function empty(shape, kind = FLOAT) {
  if (shape.length > 2) tooDeep(shape);
  if (shape.some((n) => n < 0)) fail("ValueError", "negative dimensions are not allowed");
  return new NdArray(room(shape.reduce((a, b) => a * b, 1)), shape, stridesOf(shape), 0, kind);
}

/** @param {number[]} shape */
export function tooDeep(shape) {
  missing(`arrays in the page have at most two dimensions, and this one would have shape ${spell(shape)}`);
}

/** The numbers in order, as one Float64Array; it may be the array's own. @param {NdArray} a */
export function values(a) {
  if (a.packed) return a.buffer.subarray(a.start, a.start + a.size);
  return copy(a).buffer;
}

/** @param {NdArray} a @param {number} [kind] */
export function copy(a, kind = a.kind) {
  const out = empty([...a.shape], kind);
  const { rows, cols, down, along, buffer } = a;
  for (let i = 0, k = 0; i < rows; i += 1) {
    for (let j = 0, at = a.start + i * down; j < cols; j += 1, k += 1, at += along) out.buffer[k] = buffer[at];
  }
  if (kind < a.kind) convert(out.buffer, kind);
  return out;
}

/**
 * Numbers as another kind holds them: cut to whole ones, or to true and false.
 * @param {Float64Array} numbers @param {number} kind
 */
function convert(numbers, kind) {
  for (let k = 0; k < numbers.length; k += 1) {
    numbers[k] = kind === BOOL ? Number(numbers[k] !== 0) : wholeOf(numbers[k]);
  }
}

/** @param {number} number */
export function wholeOf(number) {
  return Number.isFinite(number) ? Math.trunc(number) + 0 : -(2 ** 63);
}

/** Whole numbers beyond 2^53 are not exact in a double: say so rather than be wrong. @param {NdArray} a */
export function checkWhole(a) {
  if (a.kind !== INT) return a;
  for (const v of a.buffer) {
    if (Math.abs(v) > MOST_WHOLE) {
      fail("OverflowError", "whole numbers in the page's arrays reach 2**53: use floats, such as 2.0");
    }
  }
  return a;
}

/** The view of `a` with a shape it is stretched to. @param {NdArray} a @param {number[]} shape */
export function broadcast(a, shape) {
  const strides = shape.map((n, k) => {
    const own = k - (shape.length - a.shape.length);
    return own < 0 || (a.shape[own] === 1 && n !== 1) ? 0 : a.strides[own];
  });
  return new NdArray(a.buffer, shape, strides, a.start, a.kind);
}

/** The shape that both shapes stretch to, or null. @param {number[]} a @param {number[]} b */
export function commonShape(a, b) {
  /** @type {number[]} */
  const out = [];
  for (let k = 1; k <= Math.max(a.length, b.length); k += 1) {
    const m = a[a.length - k] ?? 1;
    const n = b[b.length - k] ?? 1;
    if (m !== n && m !== 1 && n !== 1) return null;
    out.unshift(m === 1 ? n : m);
  }
  return out;
}

/**
 * Write `source` into the places of `target`, which it must be stretchable to.
 * @param {NdArray} target @param {NdArray} source
 */
export function assign(target, source) {
  const trimmed = trim(source, target.ndim);
  const shape = trimmed && commonShape(trimmed.shape, target.shape);
  if (!shape || spell(shape) !== spell(target.shape)) {
    fail("ValueError", `could not broadcast input array from shape ${terse(source.shape)} into shape ${
      terse(target.shape)}`);
  }
  const from = broadcast(trimmed.buffer === target.buffer ? copy(trimmed) : trimmed, target.shape);
  const { rows, cols } = target;
  const cut = target.kind < source.kind;
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const v = from.buffer[from.start + i * from.down + j * from.along];
      const at = target.start + i * target.down + j * target.along;
      target.buffer[at] = !cut ? v : target.kind === BOOL ? Number(v !== 0) : wholeOf(v);
    }
  }
}

/**
 * `a` without leading sizes of 1 that are more than `ndim`; null if there are others.
 * @param {NdArray} a @param {number} ndim
 */
function trim(a, ndim) {
  let found = a;
  while (found.ndim > ndim) {
    if (found.shape[0] !== 1) return null;
    found = new NdArray(found.buffer, found.shape.slice(1), found.strides.slice(1), found.start, found.kind);
  }
  return found;
}

/** @param {NdArray} a */
export function transpose(a) {
  return new NdArray(a.buffer, [...a.shape].reverse(), [...a.strides].reverse(), a.start, a.kind);
}

/** The same numbers in another shape; one size may be −1. @param {NdArray} a @param {number[]} wanted */
export function reshape(a, wanted) {
  const shape = [...wanted];
  const open = shape.indexOf(-1);
  const known = shape.reduce((product, n) => (n === -1 ? product : product * n), 1);
  if (shape.indexOf(-1, open + 1) > open && open >= 0) fail("ValueError", "can only specify one unknown dimension");
  if (open >= 0 && known > 0) shape[open] = a.size / known;
  if (shape.some((n) => !Number.isInteger(n) || n < 0) || shape.reduce((p, n) => p * n, 1) !== a.size) {
    fail("ValueError", `cannot reshape array of size ${a.size} into shape ${terse(wanted)}`);
  }
  if (shape.length > 2) tooDeep(shape);
  const from = a.packed ? a : copy(a);
  return new NdArray(from.buffer, shape, stridesOf(shape), from.start, a.kind);
}
