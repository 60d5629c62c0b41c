// Values of a program as labelled matrices with their shapes, as `matrices` shows them; nothing in them is ever HTML.

import { formatNumber } from "../maths/format.js";
import { make } from "../quiz/dom.js";

const SHOWN = 8; // rows or columns, as in kit/plot/matrices.py
const GAP = "…";
const SYMBOL = /^(d?[xWbzhpyL])(\d*)$/;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @typedef {import("../python/runner.js").Value} Value */

/** Named values, each as a matrix, a number or a line of text. @param {[string, Value][]} named */
export function matrices(named) {
  return make("div", { class: "nn-matrices", translate: "no", tabindex: "0", role: "group",
    "aria-label": "Values" },
    ...named.flatMap(([name, value]) => parts(name, value)));
}

/** @param {string} name @param {Value} value @returns {HTMLElement[]} */
function parts(name, value) {
  if (value.type === "ndarray") return [table(name, value.shape ?? [], numbers(value))];
  if (value.type === "float" || value.type === "int") return [table(name, [], [Number(value.value)])];
  if (value.type === "list" || value.type === "tuple") {
    return value.items.slice(0, SHOWN).flatMap((item, k) => parts(`${name}[${k}]`, item));
  }
  return [make("p", { class: "nn-plain-value" }, `${name} = ${text(value)}`)];
}

/** @param {Value} value @returns {number[]} */
const numbers = ({ data = [], dtype }) => Array.from(data, (v) => (dtype === "bool" ? (v ? 1 : 0) : v));
/** @param {Value} value */
const text = ({ type, value, text: words }) =>
  (type === "None" ? "None" : String(words ?? value ?? type).slice(0, 200));

/** @param {string} name @param {number[]} shape @param {number[]} entries */
function table(name, shape, entries) {
  const [, role, layer] = SYMBOL.exec(name) ?? [null, "text", ""];
  const label = role === "text" ? name : role + [...layer].map((digit) => RAISED[Number(digit)]).join("");
  const [rows, cols] = shape.length === 2 ? shape : [1, shape[0] ?? 1];
  const caption = make("caption", {}, label);
  if (shape.length) caption.append(make("span", { class: "nn-shape" }, ` ${shape.join(" × ")}`));
  /** @param {number|null} i */
  const row = (i) => make("tr", {}, ...shown(cols).map((j) => make("td", {},
    i === null || j === null ? GAP : formatNumber(entries[i * cols + j]))));
  return make("table", { class: "nn-matrix", style: `color: var(--nn-${role})` }, caption,
    make("tbody", {}, ...shown(rows).map(row)));
}

/** The places of a side that are written; null where some are left out. @param {number} length */
function shown(length) {
  if (length <= SHOWN) return Array.from({ length }, (_, k) => k);
  return [...Array.from({ length: SHOWN - 2 }, (_, k) => k), null, length - 1];
}
