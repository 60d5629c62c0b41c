// What nodes and gradients are called, in which colour, and what a node was made of, in symbols.

import { formatNumber } from "../../maths/format.js";

/** @typedef {import("../../maths/autodiff.js").GraphNode} GraphNode */
/** @typedef {import("../../maths/autodiff.js").Numbers} Numbers */

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";
const OF_LAYERS = /^[WbzhV]\d+$/; // their number is that of a layer, and stands above
/** @type {Record<string, string>} */
const ROLES = { x: "x", W: "W", w: "W", V: "W", b: "b", z: "z", h: "h", p: "p", y: "y", L: "L" };
const LONGEST = 28;

/** @param {string} text @param {string} digits */
const inDigits = (text, digits) => text.replace(/\d/g, (digit) => digits[Number(digit)]);

/** A name as the book writes it: W1 is W¹, and w1 is w₁. @param {string} name */
export function written(name) {
  return name.replace(/\d+$/, (digits) => inDigits(digits, OF_LAYERS.test(name) ? RAISED : LOWERED));
}

/** The symbol of the book whose colour a node has; "" for a name of the reader's. @param {{name: string}} node */
export const roleOf = ({ name }) => (/^[A-Za-z]\d*$/.test(name) && ROLES[name[0]]) || "";

const LOOSE = ["+", "−", "neg"];
const TIGHT = ["·", "/", "@"];
const ALL = [...LOOSE, ...TIGHT, "**"];

/**
 * What a node was made of, in symbols: "W¹ @ x + b¹"; the number itself of one without a name.
 * @param {GraphNode[]} nodes @param {number} k @returns {string}
 */
export function formula(nodes, k) {
  const { sign, of, n, data } = nodes[k];
  /** @param {number} j @param {string[]} [closed] the operations that need brackets here */
  const part = (j, closed = []) => {
    const text = nodes[j].name ? written(nodes[j].name) : formula(nodes, j);
    return !nodes[j].name && closed.includes(nodes[j].sign) ? `(${text})` : text;
  };
  switch (sign) {
    case "": return data.length === 1 ? formatNumber(data[0]) : "numbers";
    case "+": return `${part(of[0])} + ${part(of[1])}`;
    case "−": return `${part(of[0])} − ${part(of[1], LOOSE)}`;
    case "neg": return `−${part(of[0], LOOSE)}`;
    case "**": return `${part(of[0], ALL)} ** ${n}`;
    case "T": return `${part(of[0], ALL)}.T`;
    case "price": return `price(${part(of[0])}, y)`;
    case "·": case "/": case "@":
      return `${part(of[0], LOOSE)} ${sign} ${part(of[1], [...LOOSE, ...TIGHT])}`;
    default: return `${sign}(${part(of[0])})`;
  }
}

/** A node's name, or what it was made of if that is short. @param {GraphNode[]} nodes @param {number} k */
export function labelOf(nodes, k) {
  if (nodes[k].name) return written(nodes[k].name);
  const text = formula(nodes, k);
  return text.length > LONGEST ? `a ${wordOf(nodes[k].sign)}` : text;
}

/** @type {Record<string, string>} */
const WORDS = {
  "+": "sum", "−": "difference", "·": "product", "/": "quotient", "@": "product", "**": "power", neg: "negative",
  T: "transpose",
};
/** @param {string} sign */
const wordOf = (sign) => WORDS[sign] ?? `value of ${sign}`;

/** The gradient of a node: du, or d(W¹ @ x). @param {GraphNode[]} nodes @param {number} k */
export function gradientOf(nodes, k) {
  const label = labelOf(nodes, k);
  return nodes[k].name ? `d${label}` : `d(${label})`;
}

/** "s = u + u"; of one that was made of nothing only its name. @param {GraphNode[]} nodes @param {number} k */
export function made(nodes, k) {
  const { name, of } = nodes[k];
  if (!of.length) return labelOf(nodes, k);
  return name ? `${written(name)} = ${formula(nodes, k)}` : formula(nodes, k);
}

/** An entry's name: W³₂₁. @param {string} label @param {number[]} shape @param {number} entry */
export function entryOf(label, shape, entry) {
  if (!shape.length) return label;
  const place = shape.length === 2 && shape[1] > 1 ? [Math.floor(entry / shape[1]), entry % shape[1]] : [entry];
  const parts = place.map((n) => inDigits(String(n + 1), LOWERED));
  return label + parts.join(place.some((n) => n > 8) ? "," : "");
}

/** A shape in words. @param {number[]} shape */
export const shapeText = (shape) => shape.join(" × ");

/** An array in a line: rows parted by semicolons, those of one column by commas. @param {Numbers} array */
export function inLine({ shape, data }) {
  const numbers = Array.from(data, formatNumber);
  if (shape.length < 2 || shape[1] === 1) return numbers.join(", ");
  const [rows, cols] = shape;
  return Array.from({ length: rows }, (_, i) => numbers.slice(i * cols, (i + 1) * cols).join(", ")).join("; ");
}

/** A number as it is, few numbers in brackets, of many the shape. @param {Numbers} array */
export function brief(array) {
  if (array.data.length === 1) return formatNumber(array.data[0]);
  if (array.data.length <= 6) return `(${inLine(array)})`;
  return `a ${shapeText(array.shape)} ${array.shape.length > 1 ? "matrix" : "list"}`;
}

/**
 * The rule by which a node hands its gradient to its source number `n`, in symbols.
 * @param {GraphNode[]} nodes @param {number} k @param {number} n
 */
export function rule(nodes, k, n) {
  const { sign, of, n: power } = nodes[k];
  const d = gradientOf(nodes, k);
  const own = labelOf(nodes, k);
  /** @param {number} j */
  const term = (j) => (!nodes[j].name && ALL.includes(nodes[j].sign) ? `(${labelOf(nodes, j)})` : labelOf(nodes, j));
  const [a, b] = [term(of[0]), of.length > 1 ? term(of[1]) : ""];
  const first = n === 0;
  switch (sign) {
    case "+": return d;
    case "−": return first ? d : `−${d}`;
    case "·": return `${d} · ${first ? b : a}`;
    case "/": return first ? `${d} / ${b}` : `−${d} · ${a} / ${b} ** 2`;
    case "@": return first ? `${d} @ ${b}.T` : `${a}.T @ ${d}`;
    case "neg": return `−${d}`;
    case "**": return `${d} · ${power} · ${a} ** ${power - 1}`;
    case "T": return `${d}.T`;
    case "sum": return `${d}, to every number in the sum`;
    case "exp": return `${d} · ${own}`;
    case "log": return `${d} / ${a}`;
    case "tanh": return `${d} · (1 − ${own} ** 2)`;
    case "sigmoid": return `${d} · ${own} · (1 − ${own})`;
    case "relu": return `${d} where ${a} > 0, else 0`;
    default: return `${d} · (p − y) / N`;
  }
}
