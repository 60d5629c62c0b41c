// A network drawn: neurons in columns, an edge for each weight, every one of them reachable by
// pointer and keyboard. Layers too large to draw neuron by neuron are drawn as one block.

import { formatCount, formatNumber } from "../../maths/format.js";
import { watchWidth } from "../page.js";
import { roving } from "../roving.js";
import { set, setText, svg } from "../svg.js";

const MOST = 8; // neurons drawn one by one
const RADIUS = 21;
const ROW = 74;
const ROOMY = 118; // pixels between layers from which edges carry their numbers
const LAYER = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
const NEURON = "₀₁₂₃₄₅₆₇₈₉";

/**
 * @typedef {{kind: "edge", layer: number, row: number, col: number}
 *   | {kind: "neuron", layer: number, row: number}} Item
 *   an edge of layer l is W^l[row, col]: from neuron `col` of layer l − 1 to neuron `row` of layer l;
 *   rows and columns count from 0; layer 0 is the input
 */

/** A name for an item, the same as on its element's data-key. @param {Item} item */
export function itemKey(item) {
  return item.kind === "edge" ? `W${item.layer}.${item.row}.${item.col}` : `h${item.layer}.${item.row}`;
}

/** l as a superscript. @param {number} layer */
export function superscript(layer) {
  return [...String(layer)].map((digit) => LAYER[Number(digit)]).join("");
}

/** Neurons, counted from 0, as a subscript that counts from 1: W₁₂ for (0, 1). @param {...number} places */
export function subscript(...places) {
  return places.flatMap((place) => [...String(place + 1)]).map((digit) => NEURON[Number(digit)]).join("");
}

/**
 * @typedef {object} Numbers
 * @property {(layer: number, row: number, col: number) => number} weight
 * @property {(layer: number, row: number) => number} value what stands in a neuron: h, or x, or p
 * @property {(layer: number, row: number) => string} [note] a line below a neuron: "z 0.123"
 */

/**
 * @typedef {object} Options
 * @property {number[]} sizes neurons per layer, the input first
 * @property {string} label what the drawing is, for a listener
 * @property {string[]} [headings] a heading per layer; h⁰, h¹, … if left out
 * @property {string[]} [inputs] names of the inputs
 * @property {string[]} [outputs] names of the outputs
 * @property {(item: Item|null) => void} [onPick] pointer or focus on an item; null when it leaves
 * @property {(item: Item) => void} [onPress] click, tap, Enter or Space on an item
 */

/** @typedef {Item & {kind: "edge"}} Edge */
/** @typedef {Item & {kind: "neuron"}} Neuron */
/** @typedef {ReturnType<typeof layout>} Layout */
/** @typedef {{item: Item, node: SVGGElement, place: (at: Layout) => void, set: (numbers: Numbers) => void}} Shape */

/**
 * @param {Options} options
 * @returns {{node: SVGSVGElement, set: (numbers: Numbers) => void, light: (keys: Iterable<string>) => void,
 *   stop: () => void}}
 */
export function networkDiagram(options) {
  const { sizes, label } = options;
  const node = svg("svg", { class: "nn-diagram", role: "group", "aria-label": label });
  const items = drawable(sizes).map((item) => ({ item, ...shape(item, options) }));
  const blocks = summaries(sizes);
  const titles = sizes.map((_, layer) => svg("text", { class: "nn-layer-name", "text-anchor": "middle" },
    options.headings?.[layer] ?? `h${superscript(layer)}`));
  const edges = items.filter(({ item }) => item.kind === "edge");
  const neurons = items.filter(({ item }) => item.kind === "neuron");
  node.append(...[...blocks, ...edges, ...neurons].map((one) => one.node), ...titles);
  if (items.length) roving(node, columnsOf(items));
  listen(items, options);

  /** @param {number} width */
  const place = (width) => {
    const at = layout(sizes, width);
    set(node, { viewBox: `0 0 ${width} ${at.height}`, height: at.height });
    node.classList.toggle("nn-roomy", at.gap >= ROOMY);
    titles.forEach((title, layer) => title.setAttribute("transform", `translate(${at.x(layer)},14)`));
    items.forEach((one) => one.place(at));
    blocks.forEach((one) => one.place(at));
  };
  place(640);
  const stop = watchWidth(node, place);
  return {
    node, stop,
    set: (numbers) => items.forEach((one) => one.set(numbers)),
    light: (keys) => light(node, items, new Set(keys)),
  };
}

/** @param {Element} node @param {Shape[]} items @param {Set<string>} keys */
function light(node, items, keys) {
  node.classList.toggle("nn-some-lit", keys.size > 0);
  items.forEach((one) => one.node.classList.toggle("nn-lit", keys.has(itemKey(one.item))));
}

/** @param {number} size */
const small = (size) => size <= MOST;

/** Every neuron and edge that is drawn by itself. @param {number[]} sizes */
function drawable(sizes) {
  /** @type {Item[]} */
  const items = [];
  sizes.forEach((size, layer) => {
    if (!small(size)) return;
    const before = sizes[layer - 1];
    const rows = Array.from({ length: size }, (_, row) => row);
    if (layer && small(before)) {
      rows.forEach((row) => rangeOf(before).forEach((col) => items.push({ kind: "edge", layer, row, col })));
    }
    rows.forEach((row) => items.push({ kind: "neuron", layer, row }));
  });
  return items;
}

/** @param {number} count */
const rangeOf = (count) => Array.from({ length: count }, (_, i) => i);

/** Columns for the arrow keys: neurons, edges, neurons, … from left to right. @param {Shape[]} items */
function columnsOf(items) {
  /** @type {Map<number, SVGElement[]>} */
  const columns = new Map();
  items.forEach(({ item, node }) => {
    const key = item.layer * 2 - (item.kind === "edge" ? 1 : 0);
    columns.set(key, [...(columns.get(key) ?? []), node]);
  });
  return [...columns].sort(([a], [b]) => a - b).map(([, nodes]) => nodes);
}

/** Where everything is, for a width. @param {number[]} sizes @param {number} width */
function layout(sizes, width) {
  const pad = Math.min(60, 34 + width / 40);
  const gap = (width - 2 * pad) / Math.max(1, sizes.length - 1);
  const tallest = Math.max(2, ...sizes.map((size) => (small(size) ? size : 4)));
  const height = 44 + tallest * ROW;
  /** @param {number} layer */
  const x = (layer) => pad + layer * gap;
  /** @param {number} layer @param {number} row */
  const y = (layer, row) => 26 + (height - 34) * ((row + 0.5) / sizes[layer]);
  return { gap, height, x, y, sizes };
}

/** @param {Item} item @param {Options} options */
function shape(item, options) {
  return item.kind === "edge" ? edgeShape(item) : neuronShape(item, options);
}

/** @param {Item} item @param {...(Node|null)} children */
function focusable(item, ...children) {
  return svg("g", { class: `nn-${item.kind}`, role: "button", "data-key": itemKey(item) }, ...children);
}

/** @param {Edge} item */
function edgeShape(item) {
  const [line, hit] = [svg("path", { class: "nn-line" }), svg("path", { class: "nn-hit" })];
  const text = svg("text", { class: "nn-edge-text", "text-anchor": "middle", dy: "-0.25em" });
  const node = focusable(item, line, hit, text);
  const name = `W${superscript(item.layer)}${subscript(item.row, item.col)}`;
  return {
    node,
    /** @param {Layout} at */
    place(at) {
      const [x1, y1] = [at.x(item.layer - 1), at.y(item.layer - 1, item.col)];
      const [x2, y2] = [at.x(item.layer), at.y(item.layer, item.row)];
      [line, hit].forEach((path) => path.setAttribute("d", `M${x1},${y1}L${x2},${y2}`));
      const share = labelShare(item, at.sizes);
      const turn = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
      const [x, y] = [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
      text.setAttribute("transform", `translate(${x},${y}) rotate(${turn})`);
    },
    /** @param {Numbers} numbers */
    set({ weight }) {
      const value = weight(item.layer, item.row, item.col);
      setText(text, formatNumber(value));
      set(line, { "stroke-width": thickness(value) });
      node.classList.toggle("nn-negative", value < 0);
      node.setAttribute("aria-label", `${name} = ${formatNumber(value)}`);
    },
  };
}

// Numbers of edges that cross stand at different shares of their length, so that they do not cover
// one another.
/** @param {Edge} item @param {number[]} sizes */
function labelShare(item, sizes) {
  const spread = sizes[item.layer] > 1 ? item.row / (sizes[item.layer] - 1) : 0.5;
  return 0.3 + 0.34 * spread;
}

/** A line's width for a weight: 1 to 7 pixels, slower for large ones. @param {number} value */
export function thickness(value) {
  return Math.round(10 * (1 + 6 * Math.tanh(Math.abs(value) / 2))) / 10;
}

/** @param {Neuron} item @param {Options} options */
function neuronShape(item, { sizes, inputs, outputs, headings }) {
  const last = sizes.length - 1;
  const name = (item.layer === 0 && inputs?.[item.row]) || (item.layer === last && outputs?.[item.row]) || null;
  const value = svg("text", { class: "nn-neuron-value", "text-anchor": "middle", dy: "0.35em" });
  const note = svg("text", { class: "nn-neuron-note", "text-anchor": "middle", y: RADIUS + 13 });
  const title = name && svg("text", { class: "nn-neuron-name", "text-anchor": "middle", y: -RADIUS - 5 }, name);
  const node = focusable(item, svg("circle", { r: RADIUS }), value, note, title);
  node.setAttribute("style", `--nn-role: var(--nn-${roleOf(item.layer, last)})`);
  const symbol = `${headings?.[item.layer] ?? `h${superscript(item.layer)}`}${subscript(item.row)}`;
  return {
    node,
    /** @param {Layout} at */
    place: (at) => set(node, { transform: `translate(${at.x(item.layer)},${at.y(item.layer, item.row)})` }),
    /** @param {Numbers} numbers */
    set(numbers) {
      const own = formatNumber(numbers.value(item.layer, item.row));
      const below = numbers.note?.(item.layer, item.row) ?? "";
      setText(value, own);
      setText(note, below);
      node.setAttribute("aria-label", [name, `${symbol} = ${own}`, below].filter(Boolean).join(", "));
    },
  };
}

/** @param {number} layer @param {number} last */
function roleOf(layer, last) {
  if (layer === 0) return "x";
  return layer === last ? "p" : "h";
}

/** Blocks for large layers and bands for the weights beside them. @param {number[]} sizes */
function summaries(sizes) {
  const bands = sizes.slice(1).flatMap((size, i) =>
    small(size) && small(sizes[i]) ? [] : [band(i + 1, size, sizes[i])]);
  return [...bands, ...sizes.flatMap((size, layer) => (small(size) ? [] : [block(layer, size)]))];
}

/** @param {number} layer @param {number} size */
function block(layer, size) {
  const rect = svg("rect", { rx: 8, width: 26, x: -13 });
  const turned = { "text-anchor": "middle", dy: "0.35em", transform: "rotate(-90)" };
  const text = svg("text", { class: "nn-block-text", ...turned }, `${formatCount(size)} neurons`);
  const node = svg("g", { class: "nn-block" }, rect, text);
  /** @param {Layout} at */
  const place = (at) => {
    const half = at.height / 2 - 34;
    set(rect, { y: -half, height: 2 * half });
    node.setAttribute("transform", `translate(${at.x(layer)},${26 + (at.height - 34) / 2})`);
  };
  return { node, place };
}

/** @param {number} layer @param {number} rows @param {number} cols */
function band(layer, rows, cols) {
  const path = svg("path");
  const text = svg("text", { class: "nn-band-text", "text-anchor": "middle", dy: "0.35em" }, formatCount(rows * cols));
  const node = svg("g", { class: "nn-band" }, path, text);
  /** @param {number} size @param {Layout} at */
  const half = (size, at) => (small(size) ? ((size - 1) * (at.height - 34)) / size / 2 + 8 : at.height / 2 - 42);
  /** @param {Layout} at */
  const place = (at) => {
    const [x1, x2, y] = [at.x(layer - 1), at.x(layer), 26 + (at.height - 34) / 2];
    const [a, b] = [half(cols, at), half(rows, at)];
    path.setAttribute("d", `M${x1},${y - a}L${x2},${y - b}V${y + b}L${x1},${y + a}Z`);
    text.setAttribute("transform", `translate(${(x1 + x2) / 2},${y})${at.gap < 64 ? " rotate(-90)" : ""}`);
  };
  return { node, place };
}

/** @param {Shape[]} items @param {Options} answers */
function listen(items, { onPick = () => {}, onPress = () => {} }) {
  items.forEach(({ item, node: own }) => {
    const press = () => onPress(item);
    own.addEventListener("pointerenter", () => onPick(item));
    own.addEventListener("pointerleave", () => onPick(null));
    own.addEventListener("focus", () => onPick(item));
    own.addEventListener("blur", () => onPick(null));
    own.addEventListener("click", press);
    own.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    });
  });
}
