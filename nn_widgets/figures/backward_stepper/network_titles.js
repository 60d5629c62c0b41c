// What the columns of the drawn network hold, and what its inputs and outputs are called.

import { set, setText, svg } from "../../kit/svg.js";
import { kindOf, writtenName } from "./names.js";
import { shownName } from "./network_layout.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./network_layout.js").Layout} Layout */

/** What the columns hold: forward above, backward below. @param {boolean} wide */
export function titlesOf(wide) {
  /** @param {string[]} names @param {number} layer @param {number} across @param {boolean} low */
  const at = (names, layer, across, low) => titlePart(names, layer, across, low, wide);
  const layers = [1, 2, 3].flatMap((l) => {
    const [out, back] = l === 3 ? ["p", "y"] : [`h${l}`, `dh${l}`];
    if (wide) {
      return [at([`z${l}`], l, 0, false), at([out], l, 1, false), at([`dz${l}`], l, 0, true), at([back], l, 1, true)];
    }
    return [at([`z${l}`, out], l, 0, false), at(l === 3 ? ["y", "dz3"] : [back, `dz${l}`], l, 0, true)];
  });
  return [at(["h0"], 0, 0, false), ...layers, at(["L"], 4, 0, false)];
}

/**
 * The name of an input or an output, above it; it makes way for a bias where there is little room.
 * @param {string} name @param {number} layer @param {number} row @param {boolean} wide
 */
export function labelPart(name, layer, row, wide) {
  const node = svg("text", { class: "nn-backward-label", "text-anchor": layer || !wide ? "middle" : "start" }, name);
  return {
    node,
    /** @param {Layout} layout */
    place(layout) {
      const { x, y, w } = layout.frame(layer, row);
      set(node, { x: layer ? x + w / 2 : wide ? x : x + w / 2, y: y - 5 });
    },
    /** @param {Scene} scene */
    draw: (scene) => set(node, { visibility: !wide && layer && /^(z3|db3)$/.test(scene.name) ? "hidden" : null }),
  };
}

/** @param {string[]} names @param {number} layer @param {number} across @param {boolean} low @param {boolean} wide */
function titlePart(names, layer, across, low, wide) {
  const node = svg("text", { class: "nn-backward-title", "text-anchor": "middle" });
  return {
    node,
    /** @param {Layout} layout */
    place(layout) {
      const { x, w, y } = layout.box({ layer, row: 0, across, down: 0, id: names[0] });
      const beside = names[0] === "L" && !wide;
      const above = names[0] === "L" ? y + (wide ? -7 : 15) : 14;
      set(node, { x: beside ? x - 12 : x + w / 2, y: low ? layout.bottom + 14 : above });
    },
    /** @param {Scene} scene */
    draw(scene) {
      const name = shownName({ names }, scene);
      setText(node, writtenName(name));
      set(node, { class: `nn-backward-title nn-fill-${kindOf(name)}${scene.name === name ? " nn-result" : ""}` });
    },
  };
}
