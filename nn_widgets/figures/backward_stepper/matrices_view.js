// The result and its operands as matrices, laid out like the line of code.

import { matrixTable } from "../../kit/plot/matrix.js";
import { html } from "../../kit/svg.js";
import { flows, keyOf, kindOf, writtenName } from "./names.js";
import { pressIn } from "./pointing.js";
import { shownExamples } from "./scene.js";
import { operandsOf } from "./steps.js";
import { valueAt } from "./values.js";
import { formatNumber } from "../../maths/format.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Lit} Lit */

/** @param {string} sign */
const between = (sign) => html("span", { class: "nn-backward-between" }, sign);

/** @param {{pointing: import("./pointing.js").Pointing}} options */
export function matricesView({ pointing }) {
  const node = html("section", { class: "nn-backward-matrices", "aria-label": "Matrices" });
  let shown = "";
  /** @type {ReturnType<typeof tableOf>[]} */
  let tables = [];
  const { onPoint } = pointing;
  pressIn(node, pointing);

  /** @param {Scene} scene */
  const rebuild = (scene) => {
    const result = tableOf(scene, { name: scene.name }, onPoint);
    const wrong = wrongTable(scene);
    tables = [result];
    const operands = operandsOf(scene.name).map((one) => {
      if (typeof one === "string") return between(one);
      const table = tableOf(scene, one, onPoint);
      tables.push(table);
      return table.node;
    });
    const product = html("div", { class: "nn-backward-product" }, result.node, between("="), ...operands);
    node.replaceChildren(product, ...(wrong ? [wrong] : []));
  };

  return {
    node,
    /** @param {Scene} scene */
    draw(scene) {
      const key = [scene.name, scene.setting.key, shownExamples(scene), scene.wrong?.key].join(" ");
      if (key !== shown) rebuild(scene);
      shown = key;
      tables.forEach((table) => table.set(scene));
    },
    /** @param {Lit} lit */
    light(lit) {
      tables.forEach((table) => table.light(lit));
    },
  };
}

/**
 * @param {Scene} scene @param {import("./steps.js").Operand} operand
 * @param {import("./pointing.js").Pointing["onPoint"]} onPoint
 */
function tableOf(scene, { name, turned }, onPoint) {
  const { rows, cols } = scene.values.get(name);
  const examples = flows(name) ? shownExamples(scene) : null;
  const across = examples ?? Array.from({ length: cols }, (_, i) => i);
  const heads = [Array.from({ length: rows }, (_, i) => String(i + 1)), across.map((i) => String(i + 1))];
  const [rowNames, colNames] = turned ? [heads[1], heads[0]] : heads;
  /** @param {number} row @param {number} col */
  const refAt = (row, col) => (turned ? { name, row: col, col: across[row] } : { name, row, col: across[col] });
  const table = matrixTable({
    name: turned ? `${name === "h0" ? "x" : `(${writtenName(name)})`}ᵀ` : writtenName(name), role: kindOf(name),
    rows: rowNames.length, cols: colNames.length, rowNames, colNames,
    onPick: (place) => onPoint(place && refAt(place.row, place.col)),
  });
  table.node.querySelector(".nn-shape").textContent = shapeText(turned ? [cols, rows] : [rows, cols],
    examples?.length < cols ? examples.length : 0);
  table.node.classList.toggle("nn-backward-some", examples?.length < cols);
  const cells = rowNames.flatMap((_, row) =>
    colNames.map((__, col) => ({ cell: table.cell(row, col), ref: refAt(row, col) })));
  cells.forEach(({ cell, ref }) => { cell.dataset.key = keyOf(ref); });
  return {
    node: table.node,
    /** @param {Scene} now */
    set: (now) => cells.forEach(({ cell, ref }) => { cell.textContent = now.text(ref); }),
    /** @param {Lit} lit */
    light: (lit) => cells.forEach(({ cell, ref }) => mark(cell, keyOf(ref), lit)),
  };
}

/** @param {number[]} shape @param {number} shown */
const shapeText = ([rows, cols], shown) => ` ${rows} × ${cols}${shown ? `, ${shown} shown` : ""}`;

/** @param {Element} cell @param {string} key @param {Lit} lit */
function mark(cell, key, lit) {
  cell.classList.toggle("nn-result", key === lit.result);
  cell.classList.toggle("nn-lit", lit.operands.has(key));
  cell.classList.toggle("nn-hot", key === lit.hot);
}

/** What a mistake makes of the step, beside the right matrix. @param {Scene} scene */
function wrongTable({ wrong, name, values }) {
  if (!wrong || !wrong.found.has(name)) return null;
  const own = wrong.found.get(name);
  const right = values.get(name);
  const cols = Math.min(own.cols, 4);
  const title = `${writtenName(name)} with ${wrong.by ?? "the mistake"}`;
  const table = matrixTable({ name: title, role: "wrong", rows: own.rows, cols });
  table.node.querySelector(".nn-shape").textContent = own.line ? ` (${own.rows},)` : ` ${own.rows} × ${own.cols}`;
  const fits = own.rows === right.rows && own.cols === right.cols;
  table.set((row, col) => formatNumber(valueAt(wrong.found, { name, row, col })));
  for (let row = 0; row < own.rows; row += 1) {
    for (let col = 0; col < cols; col += 1) {
      const differs = !fits || !near(valueAt(wrong.found, { name, row, col }), valueAt(values, { name, row, col }));
      table.cell(row, col).classList.toggle("nn-backward-differs", differs && wrong.changed.includes(name));
    }
  }
  return html("div", { class: "nn-backward-wrong" }, table.node);
}

/** @param {number} a @param {number} b */
const near = (a, b) => Math.abs(a - b) <= 1e-7 * Math.abs(b) + 1e-12;
