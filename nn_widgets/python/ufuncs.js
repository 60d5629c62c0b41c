// What acts entry by entry: arithmetic, comparison, functions of one number. The kinds follow NumPy's.

import { BOOL, DTYPES, FLOAT, INT, NdArray, assign, broadcast, checkWhole, commonShape, copy, empty, fail, spell,
  stridesOf, terse } from "./array.js";

// Places in BINARY; numpy.py calls the operations by them.
const ADD = 0;
const SUBTRACT = 1;
const MULTIPLY = 2;
const DIVIDE = 3;
const FLOOR_DIVIDE = 4;
const REMAINDER = 5;
const POWER = 6;
const AND = 9;
const LESS = 12;

/** C's pow, which JavaScript's differs from where the base is ±1. @param {number} x @param {number} y */
function power(x, y) {
  if (x === 1 || (x === -1 && Math.abs(y) === Infinity)) return 1;
  return x ** y;
}

/** @param {number} x @param {number} y */
function remainder(x, y) {
  if (y === 0) return NaN;
  if (Math.abs(y) === Infinity && Number.isFinite(x)) return x === 0 || x > 0 === y > 0 ? x : y;
  const rest = x % y;
  if (rest === 0) return y < 0 ? -0 : 0;
  return rest < 0 === y < 0 ? rest : rest + y;
}

/** @param {number} x @param {number} y */
function floorDivide(x, y) {
  if (y === 0) return x / y;
  const rest = x % y;
  let quotient = (x - rest) / y;
  if (rest !== 0 && rest < 0 !== y < 0) quotient -= 1;
  if (quotient === 0) return x / y < 0 ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** @typedef {(x: number, y: number) => number} Two */
/** @typedef {Pick<NdArray, "buffer"|"start"|"down"|"along">} Lines rows of numbers in a buffer */

/** @param {Two} f @returns {Two} */
const whole = (f) => (x, y) => (y === 0 ? 0 : f(x, y) + 0);

/** The name, and what it does to two numbers. @type {[name: string, f: Two][]} */
const BINARY = [
  ["add", (x, y) => x + y],
  ["subtract", (x, y) => x - y],
  ["multiply", (x, y) => x * y],
  ["divide", (x, y) => x / y],
  ["floor_divide", floorDivide],
  ["remainder", remainder],
  ["power", power],
  ["maximum", (x, y) => (x > y || x !== x ? x : y)],
  ["minimum", (x, y) => (x < y || x !== x ? x : y)],
  ["bitwise_and", (x, y) => Number(BigInt(x) & BigInt(y))],
  ["bitwise_or", (x, y) => Number(BigInt(x) | BigInt(y))],
  ["bitwise_xor", (x, y) => Number(BigInt(x) ^ BigInt(y))],
  ["less", (x, y) => Number(x < y)],
  ["less_equal", (x, y) => Number(x <= y)],
  ["greater", (x, y) => Number(x > y)],
  ["greater_equal", (x, y) => Number(x >= y)],
  ["equal", (x, y) => Number(x === y)],
  ["not_equal", (x, y) => Number(x !== y)],
];

/**
 * The kind of the result, and the function where it is another one for that kind.
 * @param {number} op @param {NdArray} a @param {NdArray} b @returns {[kind: number, f: Two]}
 */
function plan(op, a, b) {
  const kind = Math.max(a.kind, b.kind);
  const [name, f] = BINARY[op];
  if (op >= LESS) return [BOOL, f];
  if (op >= AND) {
    if (kind === FLOAT) noLoop(name, a, b);
    return [kind, f];
  }
  if (op === DIVIDE) return [FLOAT, f];
  if (kind === BOOL && op === SUBTRACT) {
    fail("TypeError", "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` " +
      "operator, or the logical_xor function instead.");
  }
  if (kind === BOOL && op === ADD) return [BOOL, (x, y) => x | y];
  if (kind === BOOL && op >= FLOOR_DIVIDE && op <= POWER) return [INT, op === POWER ? f : whole(f)];
  if (kind === INT && (op === FLOOR_DIVIDE || op === REMAINDER)) return [INT, whole(f)];
  return [kind, f];
}

/** @param {NdArray} b */
function noNegativePowers(b) {
  if (copy(b).buffer.some((v) => v < 0)) fail("ValueError", "Integers to negative integer powers are not allowed.");
}

/** @param {string} name @param {...NdArray} arrays @returns {never} */
export function noLoop(name, ...arrays) {
  const types = arrays.map(({ kind }) => `'${DTYPES[kind]}'`).join(", ");
  fail("TypeError", `ufunc '${name}' not supported for the input types: ${types}`);
}

/** @param {NdArray} a @param {NdArray} b */
function shapeOfBoth(a, b) {
  const shape = commonShape(a.shape, b.shape);
  if (!shape) {
    fail("ValueError", `operands could not be broadcast together with shapes ${terse(a.shape)} ${terse(b.shape)}`);
  }
  return shape;
}

/**
 * Whether both lie in memory as their result will, so that rows need not be told apart.
 * @param {NdArray} a @param {NdArray} b
 */
const alike = (a, b) => a.packed && b.packed && spell(a.shape) === spell(b.shape);

/**
 * @param {number} op an index into BINARY
 * @param {NdArray} a
 * @param {NdArray} b
 * @returns {NdArray}
 */
export function binary(op, a, b) {
  const [kind, f] = plan(op, a, b);
  const shape = shapeOfBoth(a, b);
  if (op === POWER && kind === INT) noNegativePowers(b);
  const out = empty(shape, kind);
  const flat = alike(a, b);
  const rows = flat ? 1 : out.rows;
  const cols = flat ? out.size : out.cols;
  const left = flat ? row(a) : lines(broadcast(a, shape));
  const right = flat ? row(b) : lines(broadcast(b, shape));
  const plain = kind === FLOAT ? op : -1; // the sign of a zero, too, is IEEE's
  for (let i = 0, k = 0; i < rows; i += 1, k += cols) {
    inner(plain, f, out.buffer, k, cols, left, left.start + i * left.down, right, right.start + i * right.down);
  }
  return checkWhole(out);
}

/** @param {NdArray} a @returns {Lines} */
const row = (a) => ({ buffer: a.buffer, start: a.start, down: 0, along: 1 });
/** @param {NdArray} a @returns {Lines} */
const lines = (a) => ({ buffer: a.buffer, start: a.start, down: a.down, along: a.along });

/**
 * One row of the result. The four operations of arithmetic are written out: a call for each number is slower.
 * @param {number} op @param {Two} f @param {Float64Array} out @param {number} k @param {number} n
 * @param {Lines} left @param {number} p @param {Lines} right @param {number} q
 */
function inner(op, f, out, k, n, left, p, right, q) {
  const { buffer: a, along: da } = left;
  const { buffer: b, along: db } = right;
  const end = k + n;
  if (op === ADD) for (; k < end; k += 1, p += da, q += db) out[k] = a[p] + b[q];
  else if (op === SUBTRACT) for (; k < end; k += 1, p += da, q += db) out[k] = a[p] - b[q];
  else if (op === MULTIPLY) for (; k < end; k += 1, p += da, q += db) out[k] = a[p] * b[q];
  else if (op === DIVIDE) for (; k < end; k += 1, p += da, q += db) out[k] = a[p] / b[q];
  else for (; k < end; k += 1, p += da, q += db) out[k] = f(a[p], b[q]);
}

/**
 * `a op= b`: the result goes into a's own places, where its kind and shape allow.
 * @param {number} op @param {NdArray} a @param {NdArray} b
 */
export function inPlace(op, a, b) {
  const name = BINARY[op][0];
  castable(a, plan(op, a, b)[0], name);
  into(a, binary(op, a, b), name);
}

/** @param {NdArray} a @param {number} kind @param {string} name */
function castable(a, kind, name) {
  if (kind > a.kind) {
    fail("TypeError", `Cannot cast ufunc '${name}' output from dtype('${DTYPES[kind]}') to dtype('${
      DTYPES[a.kind]}') with casting rule 'same_kind'`);
  }
}

/**
 * Put a result where an array is; NumPy's words where it does not fit.
 * @param {NdArray} a @param {NdArray} out @param {string} name
 */
export function into(a, out, name) {
  castable(a, out.kind, name);
  if (spell(out.shape) !== spell(a.shape)) {
    fail("ValueError", `non-broadcastable output operand with shape ${terse(a.shape)} doesn't match the broadcast ` +
      `shape ${terse(out.shape)}`);
  }
  assign(a, out);
}

/** A number as an array, of the given kind. @param {number} value @param {number} kind */
export function scalar(value, kind) {
  return new NdArray(Float64Array.of(value), [], [], 0, kind);
}

/**
 * `a op number`, or `number op a`; powers of 2, ½ and −1 are what NumPy makes of them.
 * @param {number} op @param {NdArray} a @param {number} value @param {number} kind @param {boolean} reflected
 */
export function withNumber(op, a, value, kind, reflected) {
  if (op === POWER && !reflected && a.kind === FLOAT) {
    if (value === 2) return binary(MULTIPLY, a, a);
    if (value === 0.5) return unary("sqrt", a);
    if (value === -1) return binary(DIVIDE, scalar(1, FLOAT), a);
  }
  const b = scalar(value, kind);
  return reflected ? binary(op, b, a) : binary(op, a, b);
}

/** @param {number} x */
const sign = (x) => (x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : x);

/** @param {number} x */
function roundEven(x) {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return rest < 0.5 ? withSign(floor, x) : withSign(floor + 1, x);
  return withSign(floor % 2 === 0 ? floor : floor + 1, x);
}

/** @param {number} value @param {number} like */
const withSign = (value, like) => (value === 0 && (like < 0 || Object.is(like, -0)) ? -0 : value);

/**
 * Functions of one number. The kind is that of the result: FLOAT, BOOL, or -1 for the same.
 * @type {Record<string, [f: (x: number) => number, kind: number]>}
 */
const UNARY = {
  exp: [Math.exp, FLOAT], expm1: [Math.expm1, FLOAT], log: [Math.log, FLOAT], log2: [Math.log2, FLOAT],
  log10: [Math.log10, FLOAT], log1p: [Math.log1p, FLOAT], sqrt: [Math.sqrt, FLOAT], cbrt: [Math.cbrt, FLOAT],
  sin: [Math.sin, FLOAT], cos: [Math.cos, FLOAT], tan: [Math.tan, FLOAT], arctan: [Math.atan, FLOAT],
  sinh: [Math.sinh, FLOAT], cosh: [Math.cosh, FLOAT], tanh: [Math.tanh, FLOAT],
  radians: [(x) => x * (Math.PI / 180), FLOAT], isnan: [(x) => Number(x !== x), BOOL],
  isinf: [(x) => Number(Math.abs(x) === Infinity), BOOL], isfinite: [(x) => Number(Number.isFinite(x)), BOOL],
  logical_not: [(x) => Number(x === 0), BOOL], absolute: [Math.abs, -1], square: [(x) => x * x, -1],
  sign: [sign, -1], floor: [Math.floor, -1], ceil: [Math.ceil, -1], rint: [roundEven, FLOAT],
  negative: [(x) => -x, -1], positive: [(x) => x, -1], reciprocal: [(x) => 1 / x, -1],
  single: [Math.fround, FLOAT], invert: [(x) => -x - 1, -1],
};
const NOT_BOOLS = ["negative", "positive", "sign"];

/** @param {string} name @param {NdArray} a */
export function unary(name, a) {
  const [f, wanted] = UNARY[name];
  if (a.kind === BOOL && NOT_BOOLS.includes(name)) noLoop(name, a);
  if (name === "invert") {
    if (a.kind === FLOAT) noLoop(name, a);
    if (a.kind === BOOL) return unary("logical_not", a);
  }
  const kind = wanted < 0 ? a.kind : wanted;
  const out = empty([...a.shape], kind);
  const { rows, cols, down, along, buffer } = a;
  const exact = kind === INT ? 0 : -0; // adding -0 keeps the sign of a zero, adding 0 takes it
  for (let i = 0, k = 0; i < rows; i += 1) {
    for (let j = 0, at = a.start + i * down; j < cols; j += 1, k += 1, at += along) {
      out.buffer[k] = f(buffer[at]) + exact;
    }
  }
  return checkWhole(out);
}

/** x where the condition holds, else y. @param {NdArray} condition @param {NdArray} x @param {NdArray} y */
export function where(condition, x, y) {
  const inner2 = shapeOfBoth(x, y);
  const shape = commonShape(condition.shape, inner2);
  if (!shape) {
    fail("ValueError", `operands could not be broadcast together with shapes ${
      [condition, x, y].map((a) => terse(a.shape)).join(" ")}`);
  }
  const out = empty(shape, Math.max(x.kind, y.kind));
  const [c, p, q] = [condition, x, y].map((a) => broadcast(a, shape));
  for (let i = 0, k = 0; i < out.rows; i += 1) {
    for (let j = 0; j < out.cols; j += 1, k += 1) {
      const from = c.buffer[c.start + i * c.down + j * c.along] ? p : q;
      out.buffer[k] = from.buffer[from.start + i * from.down + j * from.along];
    }
  }
  return out;
}

/**
 * Numbers rounded to some decimals, halves to the even neighbour, as NumPy does it: scale, round, scale back.
 * @param {NdArray} a @param {number} decimals
 */
export function round(a, decimals) {
  if (a.kind !== FLOAT && decimals >= 0) return copy(a);
  const scale = 10 ** Math.abs(decimals);
  const [there, back] = decimals >= 0 ? [MULTIPLY, DIVIDE] : [DIVIDE, MULTIPLY];
  const scaled = unary("rint", withNumber(there, a, scale, FLOAT, false));
  const out = withNumber(back, scaled, scale, FLOAT, false);
  return a.kind === FLOAT ? out : copy(out, a.kind);
}

/**
 * Whether numbers agree to a tolerance, entry by entry; b is the one that the tolerance is of.
 * @param {NdArray} a @param {NdArray} b @param {number} relative @param {number} absolute @param {boolean} equalNan
 */
export function isclose(a, b, relative, absolute, equalNan) {
  const shape = shapeOfBoth(a, b);
  const out = empty(shape, BOOL);
  const [p, q] = [broadcast(a, shape), broadcast(b, shape)];
  for (let i = 0, k = 0; i < out.rows; i += 1) {
    for (let j = 0; j < out.cols; j += 1, k += 1) {
      const x = p.buffer[p.start + i * p.down + j * p.along];
      const y = q.buffer[q.start + i * q.down + j * q.along];
      const near = Number.isFinite(y) ? Math.abs(x - y) <= absolute + relative * Math.abs(y) : x === y;
      out.buffer[k] = Number(near || (equalNan && x !== x && y !== y));
    }
  }
  return out;
}

/**
 * Start, and steps from it: what arange and linspace are made of.
 * @param {number} start @param {number} step @param {number} count @param {number} kind
 */
export function ramp(start, step, count, kind) {
  const out = empty([count], kind);
  for (let k = 0; k < count; k += 1) out.buffer[k] = start + k * step;
  return checkWhole(out);
}

/** @param {number[]} shape @param {number} value @param {number} kind */
export function filled(shape, value, kind) {
  const out = empty(shape, kind);
  out.buffer.fill(value);
  return out;
}

/** Arrays one after the other along an axis. @param {NdArray[]} arrays @param {number} axis */
export function concatenate(arrays, axis) {
  const kind = Math.max(...arrays.map((a) => a.kind));
  const [first] = arrays;
  const shape = [...first.shape];
  shape[axis] = 0;
  arrays.forEach((a, n) => {
    if (a.ndim !== first.ndim) {
      fail("ValueError", "all the input array dimensions except for the concatenation axis must match exactly, but " +
        `along dimension 0, the array at index 0 has ${first.ndim} dimension(s) and the array at index ${n} has ${
          a.ndim} dimension(s)`);
    }
    a.shape.forEach((size, k) => {
      if (k !== axis && size !== first.shape[k]) {
        fail("ValueError", "all the input array dimensions except for the concatenation axis must match exactly, " +
          `but along dimension ${k}, the array at index 0 has size ${first.shape[k]} and the array at index ${
            n} has size ${size}`);
      }
    });
    shape[axis] += a.shape[axis];
  });
  const out = empty(shape, kind);
  let at = 0;
  for (const a of arrays) {
    const start = at * (axis === 0 && shape.length === 2 ? shape[1] : 1);
    assign(new NdArray(out.buffer, a.shape, stridesOf(shape), start, kind), a);
    at += a.shape[axis];
  }
  return out;
}
