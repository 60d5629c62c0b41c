// What numpy.py calls. Each function gives an array, or a small number: 1, 2, 3 for a float, a whole number, a truth
// that waits in the slot; 0 for nothing; −1 for a fault, whose type and words are asked for next.

import { FLOAT, Fault, INT, NdArray, assign, broadcast, checkWhole, commonShape, copy, empty, fail, hold, reshape,
  spell, terse, tooDeep, transpose, values } from "./array.js";
import { get, placeOf, set } from "./index.js";
import { diag, matmul, outer } from "./product.js";
import { generator, shuffled } from "./random.js";
import { argsort, axisOf, cumulate, reduce } from "./reduce.js";
import { represent, write } from "./text.js";
import { binary, concatenate, filled, inPlace, into, isclose, ramp, round, scalar, unary, where, withNumber }
  from "./ufuncs.js";

/** @typedef {import("./index.js").Part} Part */

const IN_SLOT = [3, 2, 1]; // by kind

/** The parts of an index, from the numbers that numpy.py writes them as. @param {any[]} codes */
function parts(codes) {
  /** @type {Part[]} */
  const out = [];
  for (let k = 0; k < codes.length; k += 1) {
    const code = codes[k];
    if (code instanceof NdArray) out.push({ is: "array", array: code });
    else if (code === "at") out.push({ is: "at", at: codes[(k += 1)] });
    else if (code === "new" || code === "rest") out.push({ is: code });
    else {
      out.push({ is: "slice", start: codes[k + 1], stop: codes[k + 2], step: codes[k + 3] });
      k += 3;
    }
  }
  return out;
}

/**
 * Numbers of that many, each made by `draw`: one of them alone where there is no shape.
 * @param {number[]|null} shape @param {number} kind @param {() => number} draw
 */
function drawn(shape, kind, draw) {
  const out = empty(shape ?? [], kind);
  for (let k = 0; k < out.buffer.length; k += 1) out.buffer[k] = draw();
  return out;
}

/**
 * The functions of one engine.
 * @param {{setValue: (at: number, value: number, type: string) => void, getValue: (at: number, type: string) =>
 *   number}} memory MicroPython's memory
 */
export function makeBridge(memory) {
  let slot = 0;
  /** @type {Fault|null} */
  let fault = null;

  /** An array as it is, a single number into the slot. @param {unknown} result */
  const give = (result) => {
    if (!(result instanceof NdArray)) return result ?? 0;
    return result.ndim ? hold(result) : one(result.buffer[result.start], result.kind);
  };
  /** @param {number} value @param {number} kind */
  const one = (value, kind) => {
    memory.setValue(slot, value, "double");
    return IN_SLOT[kind];
  };
  /** What Python gives is as numpy.py gives it. @param {(...args: any[]) => unknown} f */
  const guard = (f, last = give) => (/** @type {unknown[]} */ ...args) => {
    try {
      return last(f(...args));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      fault = error;
      return -1;
    }
  };
  /** The same for what is to stay an array, even of no dimension. @param {(...args: any[]) => unknown} f */
  const raw = (f) => guard(f, (result) => (result instanceof NdArray ? hold(result) : result ?? 0));

  return {
    /** @param {number} address */
    start: (address) => { slot = address; },
    faultType: () => fault.type,
    faultText: () => fault.message,
    binary: guard(binary),
    number: guard(withNumber),
    inPlace: guard(inPlace),
    inPlaceNumber: guard((op, a, value, kind) => inPlace(op, a, scalar(value, kind))),
    inPlaceProduct: guard((a, b) => into(a, matmul(a, b), "matmul")),
    unary: guard(unary),
    unaryNumber: guard((name, value, kind) => unary(name, scalar(value, kind))),
    matmul: guard(matmul),
    outer: guard(outer),
    diag: guard(diag),
    /** @param {number} axis @param {number} ndim */
    axis: (axis, ndim) => axisOf(axis, ndim),
    reduce: guard(reduce),
    cumulate: guard(cumulate),
    where: raw(where),
    round: guard(round),
    isclose: guard(isclose),
    concatenate: guard((axis, ...arrays) => concatenate(arrays, axisOf(axis, arrays[0].ndim))),
    element: guard((a, i, j) => one(a.buffer[placeOf(a, i, j)], a.kind)),
    get: guard((a, ...codes) => get(a, parts(codes))),
    set: guard((a, value, ...codes) => set(a, parts(codes), value)),
    setNumber: guard((a, value, kind, ...codes) => set(a, parts(codes), scalar(value, kind))),
    sort: guard((a, order) => {
      if (a.ndim !== 1) fail("NotImplementedError", "in the page only vectors are sorted");
      const numbers = values(a);
      const at = Float64Array.from(argsort(numbers));
      return new NdArray(order ? at : at.map((k) => numbers[k]), a.shape, [1], 0, order ? INT : a.kind);
    }),
    broadcastTo: raw((a, ...shape) => {
      if (spell(commonShape(a.shape, shape) ?? []) !== spell(shape)) {
        fail("ValueError", `operands could not be broadcast together with remapped shapes [original->remapped]: ${
          terse(a.shape)}  and requested shape ${terse(shape)}`);
      }
      return broadcast(a, shape);
    }),
    single: guard((a) => unary("single", a)),
    copy: raw((a, kind) => copy(a, kind)),
    assign: guard(assign),
    transpose: raw(transpose),
    reshape: raw((a, ...shape) => reshape(a, shape)),
    scalar: raw(scalar),
    filled: raw((value, kind, ...shape) => filled(shape, value, kind)),
    ramp: raw(ramp),
    /** An array of the numbers that stand at an address. */
    load: raw((address, count, kind, ...shape) => {
      if (shape.length > 2) tooDeep(shape);
      const out = empty(shape, kind);
      for (let k = 0; k < count; k += 1) out.buffer[k] = memory.getValue(address + 8 * k, "double");
      return checkWhole(out);
    }),
    /** The other way: write its numbers to an address. */
    /** @param {NdArray} a @param {number} address */
    store: (a, address) => values(a).forEach((v, k) => memory.setValue(address + 8 * k, v, "double")),
    /** @param {NdArray} a */
    /** @param {NdArray} a */
    first: (a) => one(a.buffer[a.start], a.kind),
    /** @param {NdArray} a */
    /** @param {NdArray} a */
    ndim: (a) => a.ndim,
    /** @param {NdArray} a */
    /** @param {NdArray} a */
    rows: (a) => a.shape[0] ?? 1,
    /** @param {NdArray} a */
    /** @param {NdArray} a */
    cols: (a) => a.shape[1] ?? 1,
    /** @param {NdArray} a */
    /** @param {NdArray} a */
    size: (a) => a.size,
    /** @param {NdArray} a */
    /** @param {NdArray} a */
    kind: (a) => a.kind,
    /** @param {NdArray} a @param {NdArray} b */
    /** @param {NdArray} a @param {NdArray} b */
    same: (a, b) => a.shape.length === b.shape.length && a.shape.every((n, k) => n === b.shape[k])
      && values(a).every((v, k) => v === values(b)[k]),
    /** @param {NdArray} a */
    /** @param {NdArray} a */
    text: (a) => write(a),
    /** @param {NdArray} a */
    /** @param {NdArray} a */
    repr: (a) => represent(a),
    /** @param {number} seed */
    /** @param {string} seed */
    generator: (seed) => generator(seed),
    normal: guard((rng, shape, loc, scale) => drawn(shape, FLOAT, () => loc + scale * rng.normal())),
    uniform: guard((rng, shape, low, range) => drawn(shape, FLOAT, () => low + range * rng.uniform())),
    integers: guard((rng, shape, low, last) => drawn(shape, INT, () => low + rng.upTo(last))),
    shuffled: raw((rng, n) => new NdArray(shuffled(rng, n), [n], [1], 0, INT)),
    /** @param {...number[]} sizes */
    /** @param {...number} sizes */
    shape: (...sizes) => sizes,
  };
}
