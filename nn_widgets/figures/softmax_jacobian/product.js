// The product as one table: −y/p beside the rows, p − y below the columns, row sums at the right.

import { formatNumber } from "../../maths/format.js";
import { button } from "../../kit/controls.js";
import { roving } from "../../kit/roving.js";
import { html, setText } from "../../kit/svg.js";
import { CLASSES, sumOf } from "./chain.js";
import { isKnown, placeOf, probabilityName, scoreName } from "./words.js";

const DARKEST = 0.25; // no entry is larger in size than p(1 − p) at one half

/**
 * @param {{onColumn: (column: number) => void, onPick: (place: {row: number, col: number}) => void}} options
 * @returns {{node: HTMLElement, draw: (chain: import("./chain.js").Chain, step: number) => void,
 *   light: (place: {row: number, col: number}) => void}}
 */
export function productTable({ onColumn, onPick }) {
  const heads = CLASSES.map((j) => columnButton(j, onColumn));
  const into = CLASSES.map(() => html("td", { class: "nn-sj-into nn-dp" }));
  const cells = CLASSES.map((row) => CLASSES.map((col) => entryCell({ row, col }, onPick)));
  const sums = CLASSES.map(() => html("td", { class: "nn-sj-sum" }));
  const slopes = CLASSES.map(() => html("td", { class: "nn-sj-slope nn-dz" }));
  const total = html("td", { class: "nn-sj-sum" });
  const rows = CLASSES.map((i) => html("tr", {},
    html("th", { scope: "row", class: "nn-p" }, probabilityName(i)[0]), into[i], ...cells[i], sums[i]));
  const below = html("th", { scope: "row", colspan: 2, class: "nn-dz" }, "∂L/∂z");
  const table = html("table", { class: "nn-sj-table" },
    html("caption", {}, "−y/p, the matrix ∂p/∂z, and their product"),
    html("thead", {}, html("tr", {}, html("td"), html("th", { scope: "col", class: "nn-dp" }, "−y/p"),
      ...heads.map((head) => html("th", { scope: "col" }, head)), html("th", { scope: "col" }, "sum"))),
    html("tbody", {}, ...rows),
    html("tfoot", {}, html("tr", {}, below, ...slopes, total)));
  roving(table, CLASSES.map((col) => cells.map((row) => row[col])));
  return {
    node: html("div", { class: "nn-sj-scroll", tabindex: 0, role: "region", "aria-label": "The product as a table" },
      table),
    light: (place) => cells.forEach((row, i) => row.forEach((cell, j) =>
      cell.classList.toggle("nn-lit", i === place.row && j === place.col))),
    draw(chain, step) {
      const { column, stage } = placeOf(step);
      /** @param {number} i @param {number} j */
      const spent = (i, j) => stage === "collapse"
        || (column !== null && (j !== column || (i !== chain.truth && stage !== "whole")));
      table.dataset.stage = stage;
      cells.forEach((row, i) => row.forEach((cell, j) => drawEntry(cell, chain.jacobian[i][j], {
        spent: spent(i, j), gone: column === j && i !== chain.truth })));
      into.forEach((cell, i) => {
        setText(cell, formatNumber(chain.into[i]));
        mark(cell, {
          "nn-sj-spent": stage === "collapse" || (column !== null && i !== chain.truth),
          "nn-sj-works": column !== null && i === chain.truth,
        });
      });
      sums.forEach((cell, i) => setText(cell, formatNumber(sumOf(chain.jacobian[i]))));
      slopes.forEach((cell, j) => {
        setText(cell, isKnown(j, step) ? formatNumber(chain.short[j]) : "?");
        mark(cell, { "nn-sj-lands": (column === j && stage === "result") || stage === "collapse" });
      });
      heads.forEach((head, j) => head.setAttribute("aria-pressed", String(column === j)));
      setText(total, stage === "collapse" || isKnown(2, step) ? formatNumber(sumOf(chain.short)) : "");
    },
  };
}

/** @param {number} j @param {(column: number) => void} onColumn */
function columnButton(j, onColumn) {
  const [name] = scoreName(j);
  return button(name, () => onColumn(j), {
    class: "nn-button nn-z", "aria-pressed": "false", "aria-label": `Column ${name}`,
  });
}

/** @param {{row: number, col: number}} place @param {(place: {row: number, col: number}) => void} onPick */
function entryCell(place, onPick) {
  const cell = html("td", { class: "nn-sj-entry" });
  ["pointerenter", "focus"].forEach((event) => cell.addEventListener(event, () => onPick(place)));
  return cell;
}

/** @param {HTMLElement} cell @param {number} value @param {{spent: boolean, gone: boolean}} how */
function drawEntry(cell, value, { spent, gone }) {
  setText(cell, formatNumber(value));
  cell.style.setProperty("--nn-shade", String(Math.min(Math.abs(value) / DARKEST, 1)));
  mark(cell, { "nn-sj-negative": value < 0, "nn-sj-spent": spent, "nn-sj-gone": gone });
}

/** @param {HTMLElement} cell @param {Record<string, boolean>} classes */
function mark(cell, classes) {
  Object.entries(classes).forEach(([name, on]) => cell.classList.toggle(name, on));
}
