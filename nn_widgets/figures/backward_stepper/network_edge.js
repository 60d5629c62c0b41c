// An edge of the drawn network, with the number that it carries while it is lit.

import { thickness } from "../../kit/plot/diagram.js";
import { formatNumber } from "../../maths/format.js";
import { set, setText, svg } from "../../kit/svg.js";
import { keyOf, kindOf, writtenRef } from "./names.js";
import { pointAt } from "./pointing.js";
import { valueAt } from "./values.js";

/** @typedef {import("./names.js").Ref} Ref */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Lit} Lit */
/** @typedef {import("./network_layout.js").Layout} Layout */

const LEAST = 40; // pixels between layers from which an edge carries its number

/**
 * An edge means its weight, or the slope of it at the step that computes that.
 * @param {Ref} weight @param {import("./pointing.js").Pointing} on
 */
export function edgePart(weight, on) {
  const [line, hit, head] = [svg("path", { class: "nn-line" }), svg("path", { class: "nn-hit" }),
    svg("path", { class: "nn-head" })];
  const text = svg("text", { class: "nn-backward-edge-text", "text-anchor": "middle", dy: "0.35em",
    "aria-hidden": "true" });
  const node = svg("g", { class: "nn-backward-edge", role: "button" }, line, hit, head);
  const layer = Number(weight.name[1]);
  const slope = { ...weight, name: `d${weight.name}` };
  let [ends, roomy] = [[0, 0, 0, 0], true];
  /** @type {Scene} */
  let scene;
  pointAt(node, on);

  return {
    node, layer, text,
    /** @param {Layout} layout */
    place(layout) {
      roomy = layout.gap >= LEAST;
      ends = layout.edge(layer, weight.row, weight.col);
      const [x1, y1, x2, y2] = ends;
      [line, hit].forEach((path) => path.setAttribute("d", `M${x1},${y1}L${x2},${y2}`));
    },
    /** @param {Scene} now */
    draw(now) {
      scene = now;
      const meant = now.name === slope.name ? slope : weight;
      const value = valueAt(now.values, weight);
      set(line, { "stroke-width": 0.45 * thickness(value) });
      node.classList.toggle("nn-negative", value < 0);
      node.dataset.key = keyOf(meant);
      const said = now.known(slope.name) ? `, ${writtenRef(slope)} = ${now.text(slope)}` : "";
      node.setAttribute("aria-label", `Edge ${writtenRef(weight)} = ${formatNumber(value)}${said}`);
      node.classList.toggle("nn-backward-spoiled", now.wrong?.changed.includes(slope.name) ?? false);
    },
    /** @param {Lit} lit */
    light(lit) {
      const key = keyOf(weight);
      const isResult = lit.result === keyOf(slope);
      const isHot = lit.hot === key || lit.hot === keyOf(slope);
      const isOperand = lit.operands.has(key);
      node.classList.toggle("nn-result", isResult);
      node.classList.toggle("nn-lit", isOperand);
      node.classList.toggle("nn-hot", isHot);
      const shown = isResult ? slope : isHot && lit.hot === keyOf(slope) ? slope : weight;
      setText(text, roomy && (isResult || isHot || isOperand) ? scene.text(shown) : "");
      text.setAttribute("class", `nn-backward-edge-text nn-fill-${kindOf(shown.name)}`);
      label(text, head, ends, isResult ? 0.5 : labelShare(lit, layer), isOperand ? (lit.backward ? -1 : 1) : 0);
    },
  };
}

/** Edges that meet at one end carry their numbers near the other. @param {Lit} lit @param {number} layer */
const labelShare = (lit, layer) =>
  (lit.result.startsWith(`z${layer}.`) ? 0.33 : lit.result.startsWith(`dh${layer - 1}.`) ? 0.67 : 0.5);

/** @param {Element} text @param {Element} head @param {number[]} ends @param {number} share @param {number} way */
function label(text, head, [x1, y1, x2, y2], share, way) {
  text.setAttribute("transform", `translate(${x1 + share * (x2 - x1)},${y1 + share * (y2 - y1)})`);
  const [x, y] = way > 0 ? [x2, y2] : [x1, y1];
  const turn = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  set(head, { d: way ? `M${-9 * way},-5L0,0L${-9 * way},5` : "", transform: `translate(${x},${y}) rotate(${turn})` });
}
