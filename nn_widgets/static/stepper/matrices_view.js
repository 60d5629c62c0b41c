// The result and its operands as matrices, laid out like the line of code.

import { matrixTable } from "../matrix.js";
import { html } from "../svg.js";
import { flows, keyOf, kindOf, writtenName } from "./names.js";
import { pressIn } from "./pointing.js";
import { shownExamples } from "./scene.js";
import { operandsOf } from "./steps.js";
import { valueAt } from "./values.js";
import { formatNumber } from "../format.js";

/** @param {{pointing: import("./pointing.js").Pointing}} options */
export function matricesView({ pointing }) {
  const node = html("section", { class: "nn-backward-matrices", "aria-label": "Matrices" });
  let [shown, tables] = ["", []];
  const { onPoint } = pointing;
  pressIn(node, pointing);

  const rebuild = (scene) => {
    const result = tableOf(scene, { name: scene.name }, onPoint);
    const wrong = wrongTable(scene);
    const operands = operandsOf(scene.name).map((one) =>
      (typeof one === "string" ? html("span", { class: "nn-backward-between" }, one) : tableOf(scene, one, onPoint)));
    tables = [result, ...operands].filter((one) => one.set);
    const nodes = [result, html("span", { class: "nn-backward-between" }, "="), ...operands].map((one) => one.node ?? one);
    node.replaceChildren(html("div", { class: "nn-backward-product" }, ...nodes), ...(wrong ? [wrong] : []));
  };

  return {
    node,
    draw(scene) {
      const key = [scene.name, scene.setting.key, shownExamples(scene), scene.wrong?.key].join(" ");
      if (key !== shown) rebuild(scene);
      shown = key;
      tables.forEach((table) => table.set(scene));
    },
    light(lit) {
      tables.forEach((table) => table.light(lit));
    },
  };
}

function tableOf(scene, { name, turned }, onPoint) {
  const { rows, cols } = scene.values.get(name);
  const examples = flows(name) ? shownExamples(scene) : null;
  const across = examples ?? Array.from({ length: cols }, (_, i) => i);
  const heads = [Array.from({ length: rows }, (_, i) => String(i + 1)), across.map((i) => String(i + 1))];
  const [rowNames, colNames] = turned ? heads.toReversed() : heads;
  const refAt = (row, col) => (turned ? { name, row: col, col: across[row] } : { name, row, col: across[col] });
  const table = matrixTable({
    name: turned ? `${name === "h0" ? "x" : `(${writtenName(name)})`}ᵀ` : writtenName(name), role: kindOf(name),
    rows: rowNames.length, cols: colNames.length, rowNames, colNames,
    onPick: (place) => onPoint(place && refAt(place.row, place.col)),
  });
  table.node.querySelector(".nn-shape").textContent = shapeText(turned ? [cols, rows] : [rows, cols], examples?.length < cols ? examples.length : 0);
  table.node.classList.toggle("nn-backward-some", examples?.length < cols);
  const cells = rowNames.flatMap((_, row) => colNames.map((__, col) => ({ cell: table.cell(row, col), ref: refAt(row, col) })));
  cells.forEach(({ cell, ref }) => { cell.dataset.key = keyOf(ref); });
  return {
    node: table.node,
    set: (now) => cells.forEach(({ cell, ref }) => { cell.textContent = now.text(ref); }),
    light: (lit) => cells.forEach(({ cell, ref }) => mark(cell, keyOf(ref), lit)),
  };
}

const shapeText = ([rows, cols], shown) => ` ${rows} × ${cols}${shown ? `, ${shown} shown` : ""}`;

function mark(cell, key, lit) {
  cell.classList.toggle("nn-result", key === lit.result);
  cell.classList.toggle("nn-lit", lit.operands.has(key));
  cell.classList.toggle("nn-hot", key === lit.hot);
}

/** What a mistake makes of the step, beside the right matrix. */
function wrongTable({ wrong, name, values }) {
  if (!wrong || !wrong.found.has(name)) return null;
  const own = wrong.found.get(name);
  const right = values.get(name);
  const cols = Math.min(own.cols, 4);
  const table = matrixTable({ name: `${writtenName(name)} with the mistake`, role: "wrong", rows: own.rows, cols });
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

const near = (a, b) => Math.abs(a - b) <= 1e-7 * Math.abs(b) + 1e-12;
