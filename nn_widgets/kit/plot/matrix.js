// A matrix as a table that can be read, heard and lit.

import { formatNumber } from "../../maths/format.js";
import { roving } from "../roving.js";
import { html, setText } from "../svg.js";

/**
 * @typedef {object} MatrixOptions
 * @property {string} name what stands above it: "W²"
 * @property {string} role its colour: x, W, b, z, h, p, y, L, dx, dW, db, dz, dh, dL
 * @property {number} rows
 * @property {number} cols
 * @property {string[]} [rowNames] headings; 1, 2, … if left out
 * @property {string[]} [colNames]
 * @property {(place: {row: number, col: number}|null) => void} [onPick] makes every cell answer
 *   pointer and focus; null when they leave
 */

/**
 * @param {MatrixOptions} options
 * @returns {{node: HTMLElement, set: (value: (row: number, col: number) => number|string) => void,
 *   light: (lit: (row: number, col: number) => boolean) => void, cell: (row: number, col: number) => HTMLElement}}
 */
export function matrixTable({ name, role, rows, cols, rowNames, colNames, onPick }) {
  const cells = grid(rows, cols, () => html("td", {}));
  const node = html("table", { class: "nn-matrix", translate: "no", style: `--nn-role: var(--nn-${role})` },
    html("caption", {}, name, html("span", { class: "nn-shape" }, ` ${rows} × ${cols}`)),
    html("thead", {}, html("tr", {}, html("td", {}), ...heads(cols, colNames, "col"))),
    html("tbody", {}, ...cells.map((row, i) => html("tr", {}, heads(rows, rowNames, "row")[i], ...row))));
  if (onPick) answer(node, cells, onPick);
  /** @param {(cell: HTMLElement, row: number, col: number) => void} act */
  const each = (act) => cells.forEach((row, i) => row.forEach((cell, j) => act(cell, i, j)));
  return {
    node,
    set: (value) => each((cell, i, j) => setText(cell, textOf(value(i, j)))),
    light: (lit) => each((cell, i, j) => cell.classList.toggle("nn-lit", lit(i, j))),
    cell: (row, col) => cells[row][col],
  };
}

/** @param {number|string} value */
const textOf = (value) => (typeof value === "number" ? formatNumber(value) : value);

/** @template T @param {number} rows @param {number} cols @param {(row: number, col: number) => T} make */
const grid = (rows, cols, make) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => make(i, j)));

/** @param {number} count @param {string[]|undefined} names @param {string} scope */
function heads(count, names, scope) {
  return Array.from({ length: count }, (_, i) => html("th", { scope }, names?.[i] ?? String(i + 1)));
}

/** @param {HTMLElement} node @param {HTMLElement[][]} cells @param {MatrixOptions["onPick"]} onPick */
function answer(node, cells, onPick) {
  cells.forEach((line, row) => line.forEach((cell, col) => {
    const pick = () => onPick({ row, col });
    const leave = () => onPick(null);
    cell.addEventListener("pointerenter", pick);
    cell.addEventListener("pointerleave", leave);
    cell.addEventListener("focus", pick);
    cell.addEventListener("blur", leave);
  }));
  roving(node, cells[0].map((_, col) => cells.map((line) => line[col])));
}
