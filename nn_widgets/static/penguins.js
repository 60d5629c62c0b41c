// The birds as Python sends them, measurements in millimetres and a number for each species; and the
// names of the network's parameters.

import { matrix } from "./nn.js";

/**
 * x standardised per row, y one-hot, from measurements and class numbers.
 * @param {{x: number[][], species: number[]}} birds
 * @returns {{x: import("./nn.js").Matrix, y: import("./nn.js").Matrix}}
 */
export function penguinData({ x, species }) {
  const y = matrix(3, species.length);
  species.forEach((kind, i) => (y.data[kind * species.length + i] = 1));
  return { x: matrix(x.length, species.length, x.flatMap(standardised)), y };
}

/** Mean and standard deviation of one measurement. */
export function centreAndSpread(row) {
  const mean = row.reduce((a, b) => a + b, 0) / row.length;
  const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / row.length;
  return { mean, spread: Math.sqrt(variance) };
}

function standardised(row) {
  const { mean, spread } = centreAndSpread(row);
  return row.map((value) => (value - mean) / spread);
}

// -------------------------------------------------------------- the network's parameters

/** Where each entry of the parameter vector lives: W1 row by row, b1, W2, ... */
export function parameterPlaces(layers) {
  return layers.flatMap(({ W, b }, l) => [
    ...Array.from(W.data, (_, index) => ({ kind: "W", l, index, row: Math.floor(index / W.cols), col: index % W.cols })),
    ...Array.from(b, (_, index) => ({ kind: "b", l, index, row: index })),
  ]);
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/** W³₂₁, b¹₃: layer raised, to and from lowered. */
export function parameterName({ kind, l, row, col }) {
  const indices = kind === "W" ? [row + 1, col + 1] : [row + 1];
  return `${kind}${RAISED[l + 1]}${indices.map((i) => LOWERED[i]).join("")}`;
}
