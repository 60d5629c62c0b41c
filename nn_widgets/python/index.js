// What stands between the brackets: whole numbers, slices, None, ..., and arrays of places or of truth.

import { BOOL, FLOAT, INT, NdArray, assign, broadcast, commonShape, copy, empty, fail, spell,
  stridesOf, terse, tooDeep, values } from "./array.js";

/**
 * @typedef {{is: "slice", start: number | null, stop: number | null, step: number | null}} Slice
 * @typedef {{is: "at", at: number} | Slice | {is: "new"} | {is: "rest"} | {is: "array", array: NdArray, mask?: true}}
 *   Part
 * @typedef {Exclude<Part, {is: "rest"}>} Whole a part once ... is written out
 */

/**
 * One element of a matrix or a vector, as a place in the buffer.
 * @param {NdArray} a @param {number} i @param {number} j
 */
export function placeOf(a, i, j) {
  const row = a.ndim === 2 ? bounded(i, a.shape[0], 0) * a.strides[0] : 0;
  return a.start + row + bounded(j, a.cols, a.ndim - 1) * a.along;
}

/** @param {number} at @param {number} size @param {number} axis */
function bounded(at, size, axis) {
  if (at < -size || at >= size) fail("IndexError", `index ${at} is out of bounds for axis ${axis} with size ${size}`);
  return at < 0 ? at + size : at;
}

/** A slice's first place, how many, and how far apart. @param {Slice} slice @param {number} size */
function run({ start, stop, step }, size) {
  const by = step ?? 1;
  if (by === 0) fail("ValueError", "slice step cannot be zero");
  /** @param {number} v @param {number} low @param {number} high */
  const clamp = (v, low, high) => Math.min(Math.max(v < 0 ? v + size : v, low), high);
  const [low, high] = by > 0 ? [0, size] : [-1, size - 1];
  const from = start === null ? (by > 0 ? 0 : size - 1) : clamp(start, low, high);
  const to = stop === null ? (by > 0 ? size : -1) : clamp(stop, low, high);
  return { from, by, count: Math.max(Math.ceil((to - from) / by), 0) };
}

/** @param {Part} part */
const maskOf = (part) => (part.is === "array" && part.array.kind === BOOL ? part.array : null);

/** How many axes a part of an index is about. @param {Part} part */
function takes(part) {
  if (part.is === "new" || part.is === "rest") return 0;
  return maskOf(part)?.ndim ?? 1;
}

/**
 * Write ... out as slices, add what is left open, and turn masks into places.
 * @param {NdArray} a @param {Part[]} parts
 */
function complete(a, parts) {
  const used = parts.reduce((sum, part) => sum + takes(part), 0);
  if (parts.filter(({ is }) => is === "rest").length > 1) {
    fail("IndexError", "an index can only have a single ellipsis ('...')");
  }
  if (used > a.ndim) {
    fail("IndexError", `too many indices for array: array is ${a.ndim}-dimensional, but ${used} were indexed`);
  }
  /** @type {Slice} */
  const everything = { is: "slice", start: null, stop: null, step: null };
  const open = Array.from({ length: a.ndim - used }, () => everything);
  const left = parts.some(({ is }) => is === "rest") ? [] : open;
  const all = [...parts.flatMap((part) => (part.is === "rest" ? open : [part])), ...left];
  let axis = 0;
  return all.flatMap((part) => {
    const first = axis;
    axis += takes(part);
    const mask = maskOf(part);
    return mask ? places(mask, a, first) : [part];
  });
}

/**
 * The places where a mask is true, one array for each of its axes.
 * @param {NdArray} mask @param {NdArray} a @param {number} first
 */
function places(mask, a, first) {
  mask.shape.forEach((n, k) => {
    if (n !== a.shape[first + k]) {
      fail("IndexError", `boolean index did not match indexed array along axis ${first + k}; size of axis is ${
        a.shape[first + k]} but size of corresponding boolean axis is ${n}`);
    }
  });
  const found = [...values(mask)].flatMap((v, k) => (v ? [k] : []));
  /** @param {(k: number) => number} f @returns {Whole} */
  const axis = (f) => {
    const numbers = Float64Array.from(found, f);
    return { is: "array", array: new NdArray(numbers, [numbers.length], [1], 0, INT), mask: true };
  };
  const n = mask.cols;
  return mask.ndim === 2 ? [axis((k) => Math.floor(k / n)), axis((k) => k % n)] : [axis((k) => k)];
}

/**
 * What the parts choose: a view, or places in the buffer (`spots`) with the shape they come in.
 * @param {NdArray} a @param {Part[]} given
 * @returns {{view: NdArray|null, shape: number[], spots: number[]}}
 */
function choose(a, given) {
  const parts = complete(a, given);
  if (parts.some(({ is }) => is === "array")) return { view: null, ...gather(a, parts) };
  return { view: slices(a, parts), shape: [], spots: [] };
}

/** @param {NdArray} a @param {Whole[]} parts */
function slices(a, parts) {
  const shape = [];
  const strides = [];
  let { start } = a;
  let axis = 0;
  for (const part of parts) {
    if (part.is === "new") {
      shape.push(1);
      strides.push(0);
      continue;
    }
    const stride = a.strides[axis];
    if (part.is === "at") start += bounded(part.at, a.shape[axis], axis) * stride;
    else if (part.is === "slice") {
      const { from, by, count } = run(part, a.shape[axis]);
      if (count) start += from * stride;
      shape.push(count);
      strides.push(by * stride);
    }
    axis += 1;
  }
  if (shape.length > 2) tooDeep(shape);
  return new NdArray(a.buffer, shape, strides, start, a.kind);
}

/**
 * Arrays of places, whole numbers among them counted as such; all are stretched to one shape.
 * @param {NdArray} a @param {Whole[]} parts
 */
function gather(a, parts) {
  let axis = 0;
  const seen = parts.map((part) => ({ part, axis: part.is === "new" ? -1 : axis++ }));
  const chosen = seen.filter(({ part }) => part.is === "at" || part.is === "array");
  const lists = seen.flatMap(({ part, axis: k }) =>
    (part.is === "at" || part.is === "array" ? [offsets(a, part, k)] : []));
  /** @type {number[]} */
  let shape = [];
  for (const list of lists) {
    const wider = commonShape(shape, list.shape);
    if (!wider) {
      fail("IndexError", `shape mismatch: indexing arrays could not be broadcast together with shapes ${
        lists.map((one) => terse(one.shape)).join(" ")}`);
    }
    shape = wider;
  }
  const sums = new Float64Array(shape.reduce((p, n) => p * n, 1));
  for (const list of lists) values(copy(broadcast(list, shape))).forEach((v, k) => { sums[k] += v; });
  const first = seen.indexOf(chosen[0]);
  const together = seen.slice(first, first + chosen.length).every((one) => chosen.includes(one));
  const axes = seen.filter((one) => !chosen.includes(one)).map(({ part, axis: k }) => steps(a, part, k));
  const before = together ? first : 0;
  return spread(a.start, axes.slice(0, before), { shape, sums }, axes.slice(before));
}

/**
 * How far into the buffer each place of one axis is.
 * @param {NdArray} a @param {Extract<Part, {is: "at"|"array"}>} part @param {number} axis
 */
function offsets(a, part, axis) {
  const stride = a.strides[axis];
  if (part.is === "at") {
    return new NdArray(Float64Array.of(bounded(part.at, a.shape[axis], axis) * stride), [], [], 0, INT);
  }
  if (part.array.kind === FLOAT) fail("IndexError", "arrays used as indices must be of integer (or boolean) type");
  const out = copy(part.array);
  out.buffer.forEach((v, k) => { out.buffer[k] = bounded(v, a.shape[axis], axis) * stride; });
  return out;
}

/** @param {NdArray} a @param {Whole} part @param {number} axis */
function steps(a, part, axis) {
  if (part.is !== "slice") return Float64Array.of(0);
  const { from, by, count } = run(part, a.shape[axis]);
  return Float64Array.from({ length: count }, (_, k) => (from + k * by) * a.strides[axis]);
}

/**
 * Every place in the buffer, in the order of the result.
 * @param {number} start @param {Float64Array[]} before @param {{shape: number[], sums: Float64Array}} middle
 * @param {Float64Array[]} after
 */
function spread(start, before, middle, after) {
  const shape = [...before.map((s) => s.length), ...middle.shape, ...after.map((s) => s.length)];
  if (shape.length > 2) tooDeep(shape);
  let spots = [start];
  for (const list of [...before, middle.sums, ...after]) spots = spots.flatMap((at) => Array.from(list, (v) => at + v));
  return { shape, spots };
}

/** a[parts], as a view where there are only numbers and slices. @param {NdArray} a @param {Part[]} parts */
export function get(a, parts) {
  const { view, shape, spots } = choose(a, parts);
  if (view) return view;
  const out = empty(shape, a.kind);
  spots.forEach((at, k) => { out.buffer[k] = a.buffer[at]; });
  return out;
}

/**
 * Put a number into one place; of an array of one number NumPy asks only whether it is true.
 * @param {NdArray} view @param {NdArray} value
 */
function setOne(view, value) {
  if (value.ndim && !(view.kind === BOOL && value.size === 1)) {
    fail("ValueError", "setting an array element with a sequence.");
  }
  assign(view, new NdArray(value.buffer, [], [], value.start, value.kind));
}

/**
 * Whether a shape stretches to another, or has only sizes of 1 before it.
 * @param {number[]} from @param {number[]} to
 */
function fits(from, to) {
  const more = Math.max(from.length - to.length, 0);
  const common = commonShape(from.slice(more), to);
  return common !== null && spell(common) === spell(to) && from.slice(0, more).every((n) => n === 1);
}

/** a[parts] = value. @param {NdArray} a @param {Part[]} parts @param {NdArray} value */
export function set(a, parts, value) {
  const { view, shape, spots } = choose(a, parts);
  if (view) {
    return view.ndim ? assign(view, value) : setOne(view, value);
  }
  const kept = new NdArray(new Float64Array(spots.length), shape, stridesOf(shape), 0, a.kind);
  if (!fits(value.shape, shape)) {
    fail("ValueError", parts.some(maskOf)
      ? `NumPy boolean array indexing assignment cannot assign ${value.size} input values to the ${
        spots.length} output values where the mask is true`
      : `shape mismatch: value array of shape ${terse(value.shape)} could not be broadcast to indexing result of ` +
        `shape ${terse(shape)}`);
  }
  assign(kept, value);
  spots.forEach((at, k) => { a.buffer[at] = kept.buffer[k]; });
}
