// The places for numbers in the drawn network, and the outline of a neuron.

import { set, setText, svg } from "../../kit/svg.js";
import { flows, keyOf, kindOf, spokenRef, writtenName } from "./names.js";
import { shownName } from "./network_layout.js";
import { pointAt } from "./pointing.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Lit} Lit */
/** @typedef {import("./network_layout.js").Layout} Layout */
/** @typedef {import("./names.js").Ref} Ref */

/** A neuron's outline, and its bias below it while that is lit. @param {Ref} bias */
export function framePart(bias) {
  const rect = svg("rect", { rx: 5, class: "nn-backward-frame" });
  const text = svg("text", { class: "nn-backward-bias", "text-anchor": "middle" });
  const node = svg("g", {}, rect, text);
  const layer = Number(bias.name[1]);
  const slope = { ...bias, name: `d${bias.name}` };
  /** @type {Scene} */
  let scene;
  return {
    node,
    /** @param {Layout} layout */
    place(layout) {
      const { x, y, w, h } = layout.frame(layer, bias.row);
      set(rect, { x: x - 2, y: y - 2, width: w + 4, height: h + 4 });
      set(text, { x: x + w / 2, y: y + h + 14 });
    },
    /** @param {Scene} now */
    draw(now) {
      scene = now;
      node.classList.toggle("nn-backward-spoiled", now.wrong?.changed.includes(slope.name) ?? false);
    },
    /** @param {Lit} lit */
    light(lit) {
      const [isResult, isOperand] = [lit.result === keyOf(slope), lit.operands.has(keyOf(bias))];
      const isHot = [keyOf(slope), keyOf(bias)].includes(lit.hot);
      const shown = isResult || lit.hot === keyOf(slope) ? slope : bias;
      node.classList.toggle("nn-result", isResult);
      node.classList.toggle("nn-lit", isOperand);
      node.classList.toggle("nn-hot", isHot);
      setText(text, isResult || isOperand || isHot ? `${writtenName(shown.name)} ${scene.text(shown)}` : "");
      text.setAttribute("class", `nn-backward-bias nn-fill-${kindOf(shown.name)}`);
    },
  };
}

/**
 * A place for a number. Of several that it may show it shows the step's own, else the latest.
 * @param {import("./network_layout.js").Slot} slot @param {import("./pointing.js").Pointing} on
 */
export function slotPart(slot, on) {
  const rect = svg("rect", { rx: 4 });
  const text = svg("text", { "text-anchor": "middle", dy: "0.36em" });
  const node = svg("g", { class: "nn-backward-slot", role: "button" }, rect, text);
  /** @type {Ref} */
  let meant;
  pointAt(node, on);
  return {
    node, slot,
    /** @param {Layout} layout */
    place(layout) {
      const { x, y, w, h } = layout.box(slot);
      set(rect, { x: x + 1, y: y + 1, width: w - 2, height: h - 2 });
      set(text, { x: x + w / 2, y: y + h / 2, style: `font-size: ${layout.font}px` });
    },
    /** @param {Scene} scene */
    draw(scene) {
      const name = shownName(slot, scene);
      meant = { name, row: slot.row, col: flows(name) ? scene.example : 0 };
      const own = scene.text(meant);
      setText(text, own);
      node.dataset.key = keyOf(meant);
      set(node, { style: `--nn-role: var(--nn-${kindOf(name)})`,
        "aria-label": spokenRef(meant, scene.examples) + (scene.known(name) ? ` = ${own}` : `, ${scene.lack(name)}`) });
      node.classList.toggle("nn-backward-later", !own);
      node.classList.toggle("nn-backward-spoiled", scene.wrong?.changed.includes(name) ?? false);
      node.classList.toggle("nn-backward-stop", scene.wrong?.missed[0] === name);
    },
    /** @param {Lit} lit */
    light(lit) {
      const key = keyOf(meant);
      node.classList.toggle("nn-result", key === lit.result);
      node.classList.toggle("nn-lit", lit.operands.has(key));
      node.classList.toggle("nn-hot", key === lit.hot);
    },
  };
}
