// One node: how it was made, what came to it, what it hands on, its numbers, and a nudge.

import { segmented } from "../../kit/controls.js";
import { matrixTable } from "../../kit/plot/matrix.js";
import { html, setText } from "../../kit/svg.js";
import { formatNumber } from "../../maths/format.js";
import { brief, entryOf, gradientOf, labelOf, made, roleOf, rule } from "./names.js";
import { isWhole, isWrong, nudged } from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {ReturnType<typeof matrixTable>} Table */

/** @type {[number, string][]} */
const STEPS = [[0.1, "0.1"], [0.01, "0.01"], [0.0001, "0.0001"]];

/** @param {{onEntry: (entry: number) => void, onNudge: (by: number) => void}} options */
export function nodePanel({ onEntry, onNudge }) {
  const title = html("p", { class: "nn-graph-title" });
  const [value, moved] = [html("p", { class: "nn-figures" }), html("p", { class: "nn-figures" })];
  const [came, on] = [html("div"), html("div")];
  const tables = html("div", { class: "nn-graph-tables" });
  const hint = html("p", { class: "nn-graph-hint" });
  const size = segmented({ label: "Nudge it by ε =", options: STEPS, value: 0.01, onChange: onNudge });
  const node = html("section", { class: "nn-graph-panel", "aria-label": "One node" },
    title, value, tables, came, on, size.node, hint, moved);
  /** @type {{graph: import("./scene.js").Graph|null, node: number}} */
  let shown = { graph: null, node: -1 };
  /** @type {[Table, Table]|null} the values and the gradients, where there are more than one */
  let pair = null;

  /** @param {Scene} scene */
  function rebuild({ graph, nodes, values: all, chosen }) {
    shown = { graph, node: chosen };
    const { shape } = all[chosen];
    const role = roleOf(nodes[chosen]) || "L";
    const [rows, cols] = shape.length === 2 ? shape : [1, shape[0] ?? 1];
    /** @param {string} name @param {string} own */
    const table = (name, own) => matrixTable({ name, role: own, rows, cols,
      onPick: (place) => place && onEntry(place.row * cols + place.col) });
    const back = role === "y" ? "dL" : `d${role}`;
    pair = shape.length ? [table(labelOf(nodes, chosen), role), table(gradientOf(nodes, chosen), back)] : null;
    tables.replaceChildren(...(pair ?? []).map((one) => one.node));
  }

  return {
    node,
    /** @param {Scene} scene */
    draw(scene) {
      const { nodes, chosen, graph, known } = scene;
      [value, tables, came, on, size.node, moved, hint].forEach((part) => { part.hidden = chosen < 0; });
      size.set(scene.nudge);
      title.classList.toggle("nn-is-asking", chosen < 0);
      if (chosen < 0) {
        setText(title, "Press a node to see how it was made, what comes back to it, and to nudge it.");
        return;
      }
      if (shown.graph !== graph || shown.node !== chosen) rebuild(scene);
      setText(title, made(nodes, chosen));
      setText(value, pair ? "" : oneNumber(scene));
      value.hidden = Boolean(pair);
      if (pair) drawTables(scene, ...pair);
      came.replaceChildren(...arrivals(scene));
      on.replaceChildren(...handing(scene));
      setText(hint, pair && known[chosen] ? "Point at an entry, or press it, to nudge that one." : "");
      hint.hidden = !hint.textContent;
      setText(moved, known.at(-1) ? nudgeText(scene) : "A nudge needs the loss: compute all values first.");
    },
  };
}

/** @param {Scene} scene */
function oneNumber({ nodes, known, values, gradients, chosen }) {
  const name = labelOf(nodes, chosen);
  const now = known[chosen] ? `${name} = ${brief(values[chosen])}` : `${name} is not computed yet`;
  return gradients[chosen] ? `${now}, ${gradientOf(nodes, chosen)} = ${brief(gradients[chosen])}` : now;
}

/** @param {Scene} scene @param {Table} values @param {Table} gradients */
function drawTables({ values: all, known, gradients: back, chosen, entry }, values, gradients) {
  const { shape, data } = all[chosen];
  const cols = shape.at(-1);
  const at = entryIn(entry, data.length);
  values.set((i, j) => (known[chosen] ? data[i * cols + j] : "?"));
  gradients.set((i, j) => back[chosen]?.data[i * cols + j] ?? "?");
  for (const table of [values, gradients]) table.light((i, j) => i * cols + j === at);
}

/** @param {number} entry @param {number} count */
const entryIn = (entry, count) => Math.min(entry, count - 1);

/** The shares that have come. @param {Scene} scene */
function arrivals({ nodes, chosen, arrived, uses, add, visit }) {
  if (!visit || !uses[chosen]) return [];
  const shares = arrived[chosen].map(({ from, share }) =>
    html("li", {}, `by way of ${labelOf(nodes, from)}: ${brief(share)}`));
  const count = html("p", {}, countText(shares.length, uses[chosen], add));
  return shares.length ? [count, html("ul", {}, ...shares)] : [count];
}

/** @param {number} come @param {number} wanted @param {boolean} add */
function countText(come, wanted, add) {
  const how = come > 1 ? (add ? ". They add" : ". Each replaces the one before") : "";
  if (come > wanted) return `${come} shares have come, where ${wanted} should${how}:`;
  if (wanted === 1) return `Its one share ${come ? "has come:" : "has not come yet."}`;
  return `${come} of its ${wanted} shares ${come === 1 ? "has" : "have"} come${how}${come ? ":" : "."}`;
}

/** Its rules, and what has been handed on by them. @param {Scene} scene */
function handing({ nodes, chosen, handed, visits, back }) {
  const { of } = nodes[chosen];
  if (!of.length) return [html("p", {}, "It was made of nothing, so it hands nothing on.")];
  const visit = handed[chosen] ? visits.slice(0, back).reverse().find(({ node }) => node === chosen) : null;
  const lines = of.map((to, n) => {
    const share = visit ? ` = ${brief(visit.shares[n].share)}` : "";
    return html("li", {}, `to ${labelOf(nodes, to)}: ${rule(nodes, chosen, n)}${share}`);
  });
  return [html("p", {}, visit ? "It has handed on:" : "It will hand on:"), html("ul", {}, ...lines)];
}

/** The quotient beside the gradient. @param {Scene} scene */
function nudgeText(scene) {
  const { nodes, values, chosen, nudge: by, entry, gradients, right } = scene;
  const { shape, data } = values[chosen];
  const at = entryIn(entry, data.length);
  const [before, after] = [values.at(-1).data[0], nudged(scene, chosen, at, by)];
  const last = labelOf(nodes, nodes.length - 1);
  const name = entryOf(labelOf(nodes, chosen), shape, at);
  const slope = entryOf(gradientOf(nodes, chosen), shape, at);
  const goes = `${last} goes from ${formatNumber(before)} to ${formatNumber(after)}`;
  const [change, quotient] = [after - before, (after - before) / by].map(formatNumber);
  const moved = `${name} + ${by}: ${goes}, so Δ${last} = ${change} and Δ${last} / ε = ${quotient}.`;
  if (!gradients[chosen]) return `${moved} ${slope} has not come yet.`;
  const got = gradients[chosen].data[at];
  const want = right[chosen].data[at];
  const open = isWhole(scene, chosen) ? "" : ", as far as it has come";
  const wrong = isWrong(scene, chosen) && got !== want ? `, is wrong: it should be ${formatNumber(want)}` : "";
  return `${moved} The gradient, ${slope} = ${formatNumber(got)}${open}${wrong}.`;
}
