// The birds as Python sends them: measurements in millimetres and a number for each species.

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
