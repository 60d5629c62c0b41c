// The names of what both passes compute, and how they are read, written and coloured.
//
// A ref is one number: {name, row, col}, rows and columns from 0. What flows (x, z, h, p, y and
// their gradients) has a column for each example. x is h0.

export const LAYERS = 3;
const RAISED = "⁰¹²³";

/** @typedef {{name: string, row: number, col: number}} Ref */

/** The letters of a name: dW of dW3. @param {string} name */
export const kindOf = (name) => (name === "h0" ? "x" : name.replace(/\d$/, ""));

/** The layer of a name; 3 for p, y, L. @param {string} name */
export const layerOf = (name) => (/\d$/.test(name) ? Number(name.at(-1)) : LAYERS);

/** Whether a name's columns are examples. @param {string} name */
export const flows = (name) => !/^(d?[Wb]|L)/.test(name);

/** The same text for the same number, everywhere. @param {Ref} ref */
export const keyOf = ({ name, row, col }) => `${name}.${row}.${col}`;

/** The ref that a key stands for. @param {string} key @returns {Ref} */
export function refOf(key) {
  const [name, row, col] = key.split(".");
  return { name, row: Number(row), col: Number(col) };
}

/** dW³, x, p. @param {string} name */
export const writtenName = (name) =>
  (name === "h0" ? "x" : name.replace(/\d$/, (layer) => RAISED[Number(layer)]));

/**
 * The counted places of a ref: one for a column, two for a matrix. With one example it has no number.
 * @param {Ref} ref @param {number} examples
 */
export function placesOf({ name, row, col }, examples) {
  if (name === "L") return [];
  const two = /^d?W/.test(name) || (flows(name) && examples > 1);
  return two ? [row + 1, col + 1] : [row + 1];
}

/** dW³[2, 1] @param {Ref} ref @param {number} [examples] */
export function writtenRef(ref, examples = 1) {
  const places = placesOf(ref, examples);
  return `${writtenName(ref.name)}${places.length ? `[${places.join(", ")}]` : ""}`;
}

/** "dW3, row 2, column 1", for a listener. @param {Ref} ref @param {number} examples */
export function spokenRef(ref, examples) {
  const name = ref.name === "h0" ? "x" : ref.name;
  const [row, col] = placesOf(ref, examples);
  if (!row) return name;
  const beside = flows(ref.name) ? "bird" : "column";
  return `${name}, row ${row}${col ? `, ${beside} ${col}` : ""}`;
}

/** "dz3 2", for a listener in the middle of a sum. @param {Ref} ref @param {number} examples */
export const spokenShort = (ref, examples) =>
  [ref.name === "h0" ? "x" : ref.name, ...placesOf(ref, examples)].join(" ");
