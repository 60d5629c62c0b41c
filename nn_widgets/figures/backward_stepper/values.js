// One trace: everything that both passes compute, from nn.js, by name.

import { backwardSequence, feedforward, fromVector, layersFromNested, loss, matrix, toVector } from "../../maths/nn.js";
import { penguinData } from "../../maths/penguins.js";

export const SIZES = [2, 3, 2, 3];
const BOOK_BIRD = 185;
const BOOK_X = [0.95, -1.19]; // the book follows this bird with two decimals

/** @typedef {import("../../maths/nn.js").Matrix} Matrix */
/** @typedef {import("./names.js").Ref} Ref */
/** @typedef {Map<string, Matrix>} Values by name */

/**
 * @typedef {object} Setting layers and birds, what everything is computed from
 * @property {import("../../maths/nn.js").Layer[]} layers
 * @property {import("../../maths/nn.js").Matrix} x
 * @property {import("../../maths/nn.js").Matrix} y
 * @property {number[]} numbers of the birds among the 342
 */

/**
 * @param {{weights: string, birds: number[]|"all"}} state
 * @param {Pick<import("./backward_stepper.js").Data, "networks"|"measured">} data
 * @returns {Setting}
 */
export function settingOf({ weights, birds }, { networks, measured }) {
  const all = penguinData(measured);
  const numbers = birds === "all" ? measured.species.map((_, i) => i) : birds;
  const x = columns(all.x, numbers);
  const book = birds === "all" ? -1 : numbers.indexOf(BOOK_BIRD);
  if (book >= 0) BOOK_X.forEach((value, row) => { x.data[row * x.cols + book] = value; });
  return { layers: layersFromNested(networks[weights]), x, y: columns(all.y, numbers), numbers };
}

/** @param {Matrix} m @param {number[]} numbers */
function columns({ rows, cols, data }, numbers) {
  const taken = Array.from({ length: rows }, (_, row) => numbers.map((i) => data[row * cols + i]));
  return matrix(rows, numbers.length, taken.flat());
}

/**
 * Everything by name: h0 (x), W1, b1, z1, h1, …, z3, p, y, L, dz3, dW3, …, db1.
 * @param {Setting} setting
 * @returns {Values}
 */
export function valuesOf({ layers, x, y }) {
  const trace = feedforward(layers, x);
  const values = new Map([["y", y], ["p", trace.p], ["L", matrix(1, 1, [loss(layers, x, y)])]]);
  layers.forEach(({ W, b }, i) => {
    values.set(`W${i + 1}`, W).set(`b${i + 1}`, matrix(b.length, 1, b));
    values.set(`z${i + 1}`, trace.z[i]).set(`h${i}`, trace.h[i]);
  });
  for (const [name, value] of backwardSequence(layers, trace, y)) values.set(name, value);
  return values;
}

/** @param {Values} values @param {Ref} ref */
export function valueAt(values, { name, row, col }) {
  const { cols, data } = values.get(name);
  return data[row * cols + col];
}

/** Where a place in the vector of all parameters lies. @returns {Ref[]} */
export function parameterRefs() {
  return SIZES.slice(1).flatMap((rows, l) => [
    ...grid(rows, SIZES[l]).map(([row, col]) => ({ name: `W${l + 1}`, row, col })),
    ...grid(rows, 1).map(([row, col]) => ({ name: `b${l + 1}`, row, col })),
  ]);
}

/** @param {number} rows @param {number} cols */
const grid = (rows, cols) => Array.from({ length: rows * cols }, (_, i) => [Math.floor(i / cols), i % cols]);

/**
 * The slope of the loss along one parameter, from backprop and from its definition.
 * @param {Setting} setting
 * @param {number} place in the vector of parameters
 * @param {number} epsilon
 */
export function nudge({ layers, x, y }, place, epsilon) {
  const vector = toVector(layers);
  /** @param {number} shift */
  const at = (shift) => loss(fromVector(vector.map((v, n) => (n === place ? v + shift : v)), SIZES), x, y);
  const [here, above, below] = [at(0), at(epsilon), at(-epsilon)];
  return {
    at, value: vector[place], here, above, below, forward: (above - here) / epsilon,
    centred: (above - below) / (2 * epsilon),
  };
}
