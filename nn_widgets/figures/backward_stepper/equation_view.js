// The equation three times: in matrices, entry by entry, and with this entry's numbers.

import { button, setUsable } from "../../kit/controls.js";
import { formatFactor, formatNumber } from "../../maths/format.js";
import { roving } from "../../kit/roving.js";
import { html, setText } from "../../kit/svg.js";
import { formula } from "./math.js";
import { keyOf, kindOf, spokenRef, writtenName, writtenRef } from "./names.js";
import { pointAt, pressIn } from "./pointing.js";
import { atEnd, placeIn } from "./scene.js";
import { refsOf, saidOf } from "./steps.js";
import { symbol } from "./symbol.js";
import { valueAt } from "./values.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {{box: HTMLElement, key: string}} Box */

/**
 * @param {{equations: Record<string, string>, pointing: import("./pointing.js").Pointing,
 *   onEntry: (by: number) => void}} options
 */
export function equationView({ equations, pointing, onEntry }) {
  const said = html("p", { class: "nn-backward-said" });
  const rule = html("div", { class: "nn-backward-rule" });
  const sum = html("div", { class: "nn-backward-sum" });
  const which = html("span", { class: "nn-backward-which" });
  const before = button("‹", () => onEntry(-1), { "aria-label": "Entry before" });
  const after = button("›", () => onEntry(1), { "aria-label": "Next entry" });
  const nav = html("div", { class: "nn-backward-entries" }, before, which, after);
  const wrong = html("p", { class: "nn-backward-instead" });
  const node = html("section", { class: "nn-backward-equation", "aria-label": "Equation" }, rule, nav, sum, wrong);
  pressIn(sum, pointing);
  /** @type {Record<string, HTMLElement>} */
  const rules = {};
  let shownRule = "";
  /** @type {Box[]} */
  let boxes = [];

  return {
    node, said,
    /** @param {import("./scene.js").Scene} scene */
    draw(scene) {
      if (shownRule !== scene.name) {
        rules[scene.name] ??= html("span", {}, formula(equations[scene.name]));
        rule.replaceChildren(rules[scene.name]);
        said.textContent = saidOf(scene.name);
        shownRule = scene.name;
      }
      const at = placeIn(scene);
      const many = scene.entries.length > 1;
      const name = writtenRef(scene.result, scene.examples);
      which.textContent = many ? `Entry ${at + 1} of ${scene.entries.length}: ${name}` : name;
      setUsable(before, at > 0 || scene.place > 0); // from a first entry it leads to the step before
      setUsable(after, !atEnd(scene));
      setText(wrong, insteadText(scene));
      boxes = [];
      sum.replaceChildren(sumOf(scene, pointing, boxes));
    },
    /** @param {import("./scene.js").Lit} lit */
    light(lit) {
      boxes.forEach(({ box, key }) => {
        box.classList.toggle("nn-hot", key === lit.hot);
        box.classList.toggle("nn-result", key === lit.result);
      });
    },
  };
}

/** What the mistake that is switched on gives in place of this entry. @param {Scene} scene */
function insteadText({ wrong, name, result, entry: [row, col], examples }) {
  if (wrong?.missed[0] === name) return `With the mistake NumPy stops here: ${wrong.refusal}.`;
  if (wrong?.missed.includes(name)) {
    return `With the mistake ${writtenName(name)} is not reached: NumPy stops at ${writtenName(wrong.missed[0])}.`;
  }
  if (!wrong?.changed.includes(name)) return "";
  const { rows, cols } = wrong.found.get(name);
  const by = wrong.by ?? "the mistake";
  if (row >= rows || col >= cols) {
    return `With ${by} there is no such entry: ${writtenName(name)} comes out ${rows} × ${cols}.`;
  }
  const own = formatNumber(valueAt(wrong.found, result));
  return `With ${by}: ${writtenRef(result, examples)} = ${own}`;
}

/**
 * The line of boxes: symbols above, numbers below.
 * @param {Scene} scene @param {import("./pointing.js").Pointing} pointing @param {Box[]} boxes
 */
function sumOf(scene, pointing, boxes) {
  const { examples, values, text, lack, known, result, pieces } = scene;
  const whole = refsOf(pieces).every(({ name }) => known(name));
  /** @param {import("./names.js").Ref} ref @param {string} number @param {boolean} [power] */
  const boxOf = (ref, number, power) => {
    const above = power ? html("span", {}, html("i", {}, "e"), html("sup", {}, symbol(ref, examples)))
      : symbol(ref, examples);
    const below = power ? html("span", {}, "e", html("sup", {}, number)) : html("span", {}, number);
    const label = `${spokenRef(ref, examples)}: ${lack(ref.name) || number}`;
    const box = html("span", {
      class: `nn-backward-box nn-${kindOf(ref.name)}`, role: "button", "aria-label": label, "data-key": keyOf(ref),
    }, above, below);
    pointAt(box, pointing);
    boxes.push({ box, key: keyOf(ref) });
    return box;
  };
  /** @param {import("./steps.js").Piece} piece @param {number} i */
  const pieceOf = (piece, i) => {
    if (piece.ref) {
      const written = (i && !piece.power ? formatFactor : formatNumber)(valueAt(values, piece.ref));
      return boxOf(piece.ref, known(piece.ref.name) ? written : text(piece.ref), piece.power);
    }
    if (piece.symbol) return pair(html("i", {}, piece.symbol), formatNumber(piece.value));
    if (piece.more) return pair("…", `${whole ? `${formatFactor(piece.value)} from ` : ""}${piece.more} more`);
    return pair(piece.sign, piece.sign);
  };
  const equals = () => html("span", { class: "nn-backward-equals" }, "=");
  const line = html("div", { class: "nn-backward-line", role: "group", "aria-label": "This entry’s sum" },
    boxOf(result, text(result)), equals(), ...grouped(pieces.map(pieceOf), pieces));
  roving(line, boxes.map(({ box }) => [box]));
  return line;
}

/**
 * A product stays on one line: a line breaks before a plus only.
 * @param {Node[]} nodes @param {import("./steps.js").Piece[]} pieces
 */
function grouped(nodes, pieces) {
  /** @type {Node[][]} */
  const groups = [[]];
  nodes.forEach((node, i) => {
    if (["+"].includes(pieces[i].sign) && groups.at(-1).length) groups.push([]);
    groups.at(-1).push(node);
  });
  return groups.map((group) => html("span", { class: "nn-backward-term" }, ...group));
}

/** @param {Node|string} above @param {string} below */
const pair = (above, below) =>
  html("span", { class: "nn-backward-sign" }, html("span", {}, above), html("span", {}, below));
