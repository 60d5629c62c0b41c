// The birds as Python sends them, measurements in millimetres and a number for each species; and the
// names of the network's parameters.

import { matrix } from "./nn.js";

/** @typedef {{x: number[][], species: number[]}} Birds */
/** @typedef {Record<"start"|"trained", import("./parameters.js").Nested[]>} Networks */

/**
 * x standardised per row, y one-hot, from measurements and class numbers.
 * @param {Birds} birds
 * @returns {{x: import("./nn.js").Matrix, y: import("./nn.js").Matrix}}
 */
export function penguinData({ x, species }) {
  const y = matrix(3, species.length);
  species.forEach((kind, i) => (y.data[kind * species.length + i] = 1));
  return { x: matrix(x.length, species.length, x.flatMap(standardised)), y };
}

/** Mean and standard deviation of one measurement. @param {number[]} row */
export function centreAndSpread(row) {
  const mean = row.reduce((a, b) => a + b, 0) / row.length;
  const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / row.length;
  return { mean, spread: Math.sqrt(variance) };
}

/** @param {number[]} row */
function standardised(row) {
  const { mean, spread } = centreAndSpread(row);
  return row.map((value) => (value - mean) / spread);
}

// -------------------------------------------------------------- the network's parameters

/**
 * @typedef {{kind: "W"|"b", l: number, index: number, row: number, col: number}} Place of a parameter;
 *   a bias has column 0
 */

/**
 * Where each entry of the parameter vector lives: W1 row by row, b1, W2, ...
 * @param {import("./nn.js").Layer[]} layers @returns {Place[]}
 */
export function parameterPlaces(layers) {
  return layers.flatMap(({ W, b }, l) => [
    ...Array.from(W.data, (_, at) => place("W", l, at, Math.floor(at / W.cols), at % W.cols)),
    ...Array.from(b, (_, at) => place("b", l, at, at, 0)),
  ]);
}

/**
 * @param {"W"|"b"} kind @param {number} l @param {number} index @param {number} row @param {number} col
 * @returns {Place}
 */
const place = (kind, l, index, row, col) => ({ kind, l, index, row, col });

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/** W³₂₁, b¹₃: layer raised, to and from lowered. @param {Place} place */
export function parameterName({ kind, l, row, col }) {
  const indices = kind === "W" ? [row + 1, col + 1] : [row + 1];
  return `${kind}${RAISED[l + 1]}${indices.map((i) => LOWERED[i]).join("")}`;
}
