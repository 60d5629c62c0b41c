// The graph as a picture: a box for each value, a line for each use, from above to below.

import { roving } from "../../kit/roving.js";
import { html, linePath, set, setText, svg } from "../../kit/svg.js";
import { counted } from "../../maths/format.js";
import { brief, gradientOf, roleOf, shapeText, written } from "./names.js";
import { isWrong } from "./scene.js";
import { spokenNode } from "./words.js";

export const BOX = { wide: 72, high: 50, across: 80, down: 72, edge: 6 };
const PORT = 12; // between two lines at the same box
/** @type {Record<string, string>} */
const SIGNS = { sigmoid: "σ", neg: "−" };

/** @typedef {import("../../maths/autodiff.js").GraphNode} GraphNode */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Layout} Layout */
/** @typedef {import("./scene.js").Place} Place */
/** @typedef {{from: number, to: number, stops: Place[]}} Way in pixels, from above to below */

/** @param {{onPick: (node: number) => void}} options */
export function graphPicture({ onPick }) {
  const node = html("div", { class: "nn-graph-scroll" });
  /** @type {import("./scene.js").Graph|null} */
  let graph = null;
  /** @type {ReturnType<typeof boxView>[]} */
  let boxes = [];
  /** @type {ReturnType<typeof lineView>[]} */
  let lines = [];

  /** @param {import("./scene.js").Graph} now */
  function build(now) {
    graph = now;
    const { nodes, layout } = graph;
    const wide = layout.width * BOX.across + 2 * BOX.edge;
    const high = (layers(layout) - 1) * BOX.down + BOX.high + 2 * BOX.edge;
    lines = linesOf(layout).map(lineView);
    boxes = nodes.map((one, k) => boxView(one, layout.places[k], () => onPick(k)));
    const picture = svg("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "group",
      "aria-label": `The graph, ${counted(nodes.length, "node", "nodes")}. Arrow keys go from node to node.` },
      svg("g", {}, ...lines.map((line) => line.node)), svg("g", {}, ...boxes.map((box) => box.node)));
    roving(picture, rowsOf(layout).map((row) => row.map((k) => boxes[k].node)), { turned: true });
    node.replaceChildren(picture);
  }

  return {
    node,
    /** @param {Scene} scene */
    draw(scene) {
      if (scene.graph !== graph) build(scene.graph);
      boxes.forEach((box, k) => box.draw(scene, k));
      lines.forEach((line) => line.draw(scene));
    },
  };
}

/** @param {Layout} layout */
const layers = ({ places }) => 1 + Math.max(...places.map(([, layer]) => layer));

/** The nodes of each layer from left to right. @param {Layout} layout */
function rowsOf(layout) {
  const rows = Array.from({ length: layers(layout) }, () => /** @type {number[]} */ ([]));
  layout.places.forEach(([, layer], k) => rows[layer].push(k));
  return rows.map((row) => row.sort((a, b) => layout.places[a][0] - layout.places[b][0]));
}

/** @param {Place} place @returns {[number, number]} */
const middle = ([across, layer]) =>
  [BOX.edge + across * BOX.across, BOX.edge + layer * BOX.down + BOX.high / 2];

/** The colours of a node and of its gradient, as a style. @param {GraphNode} node */
function colours(node) {
  const role = roleOf(node);
  return role ? `--nn-role: var(--nn-${role}); --nn-back: var(--nn-d${role === "y" ? "L" : role})` : null;
}

// ------------------------------------------------------------------------------------------ boxes

/** @param {GraphNode} one @param {Place} place @param {() => void} onPick */
function boxView(one, place, onPick) {
  const [x, y] = middle(place);
  const [left, top] = [x - BOX.wide / 2, y - BOX.high / 2];
  const name = svg("text", { class: "nn-graph-name", x: left + 7, y: top + 16 }, one.name ? written(one.name) : "");
  const sign = svg("text", { class: "nn-graph-sign", x: one.name ? left + BOX.wide - 7 : x, y: top + 16,
    "text-anchor": one.name ? "end" : "middle" }, SIGNS[one.sign] ?? one.sign);
  const value = svg("text", { class: "nn-graph-value", x, y: top + 31, "text-anchor": "middle" });
  const gradient = svg("text", { class: "nn-graph-gradient", x, y: top + 45, "text-anchor": "middle" });
  const box = svg("rect", { x: left, y: top, width: BOX.wide, height: BOX.high, rx: 8 });
  const ring = svg("rect", { class: "nn-graph-ring", x: left - 4, y: top - 4, rx: 11,
    width: BOX.wide + 8, height: BOX.high + 8 });
  const node = svg("g", { class: "nn-graph-node", role: "button", onclick: onPick,
    onkeydown: (event) => press(event, onPick), style: colours(one) }, ring, box, name, sign, value, gradient);
  return {
    node,
    /** @param {Scene} scene @param {number} k */
    draw(scene, k) {
      setText(value, scene.known[k] ? shortValue(scene.values[k]) : "");
      setText(gradient, gradientText(scene, k));
      const flags = { open: !scene.known[k], handed: scene.handed[k], part: isPart(scene, k),
        current: k === scene.current, chosen: scene.picked && k === scene.chosen, wrong: isWrong(scene, k) };
      for (const [flag, on] of Object.entries(flags)) node.classList.toggle(`nn-is-${flag}`, on);
      set(node, { "aria-label": spokenNode(scene, k), "aria-pressed": String(scene.picked && k === scene.chosen) });
    },
  };
}

/** @param {KeyboardEvent} event @param {() => void} onPick */
function press(event, onPick) {
  if ((event.key !== "Enter" && event.key !== " ") || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  onPick();
}

/** @param {import("../../maths/autodiff.js").Numbers} value */
const shortValue = (value) => (value.data.length === 1 ? brief(value) : shapeText(value.shape));

/** Whether some shares have come and others have not, in a walk that waits. @param {Scene} scene @param {number} k */
const isPart = ({ wait, gradients, handed, arrived, uses }, k) =>
  wait && Boolean(gradients[k]) && !handed[k] && arrived[k].length < uses[k];

/**
 * "ds 3.800", of a matrix its name alone; while shares are missing, how many have come.
 * @param {Scene} scene @param {number} k
 */
function gradientText(scene, k) {
  const { nodes, gradients, arrived, uses } = scene;
  if (!gradients[k]) return "";
  if (isPart(scene, k)) return `${arrived[k].length} of ${uses[k]} in`;
  const name = nodes[k].name ? gradientOf(nodes, k) : "d";
  if (gradients[k].data.length > 1) return `${name} ${isWrong(scene, k) ? "≠" : "✓"}`;
  const text = `${name} ${brief(gradients[k])}`;
  return text.length > 11 ? brief(gradients[k]) : text;
}

// ------------------------------------------------------------------------------------------ lines

/** A line for each use, with its ends side by side at its boxes. @param {Layout} layout @returns {Way[]} */
function linesOf(layout) {
  const all = layout.lines.flatMap((line) => Array.from({ length: line.uses }, () => ({ ...line, out: 0, in: 0 })));
  const half = BOX.high / 2;
  layout.places.forEach((_, k) => {
    const [down, up] = [all.filter((line) => line.from === k), all.filter((line) => line.to === k)];
    inOrder(down, (line) => (line.places[0] ?? layout.places[line.to])[0], (line, at) => { line.out = at; });
    inOrder(up, (line) => (line.places.at(-1) ?? layout.places[line.from])[0], (line, at) => { line.in = at; });
  });
  return all.map(({ from, to, places, out, in: into }) => {
    const [[x1, y1], [x2, y2]] = [middle(layout.places[from]), middle(layout.places[to])];
    /** @type {Place[]} */
    const stops = [[x1 + out, y1 + half]];
    for (const [x, y] of places.map(middle)) stops.push([x, y - half], [x, y + half]);
    return { from, to, stops: [...stops, [x2 + into, y2 - half]] };
  });
}

/**
 * Give each a place beside the others, from left to right by where it leads.
 * @template T
 * @param {T[]} lines @param {(line: T) => number} leads @param {(line: T, at: number) => void} give
 */
function inOrder(lines, leads, give) {
  lines.sort((a, b) => leads(a) - leads(b)).forEach((line, n) => give(line, (n - (lines.length - 1) / 2) * PORT));
}

/** A smooth way down through its stops. @param {Place[]} stops */
function wayOf(stops) {
  return stops.map(([x, y], n) => {
    if (!n) return `M${x.toFixed(1)},${y.toFixed(1)}`;
    const [ox, oy] = stops[n - 1];
    const half = ((oy + y) / 2).toFixed(1);
    return `C${ox.toFixed(1)},${half} ${x.toFixed(1)},${half} ${x.toFixed(1)},${y.toFixed(1)}`;
  }).join("");
}

/** The head of an arrow at its end, from `behind` it. @param {Place} end @param {number} behind */
const headOf = ([x, y], behind) => linePath([[x - 4, y + behind], [x, y], [x + 4, y + behind]]);

/** @param {Way} way */
function lineView({ from, to, stops }) {
  const way = svg("path", { class: "nn-graph-way", d: wayOf(stops) });
  const down = svg("path", { class: "nn-graph-head", d: headOf(stops.at(-1), -7) });
  const up = svg("path", { class: "nn-graph-head", d: headOf(stops[0], 7) });
  const node = svg("g", { class: "nn-graph-line" }, way, down, up);
  return {
    node,
    /** @param {Scene} scene */
    draw({ known, handed, visit, nodes }) {
      const back = handed[to];
      node.classList.toggle("nn-is-open", !known[to]);
      node.classList.toggle("nn-is-back", back);
      node.classList.toggle("nn-is-fresh", visit?.node === to);
      set(node, { style: colours(nodes[from]) });
      set(down, { visibility: back ? "hidden" : "visible" });
      set(up, { visibility: back ? "visible" : "hidden" });
    },
  };
}

