// What the signs on the map and the lines of the curve mean.

import { signPaths } from "../../kit/plot/signs.js";
import { html, svg } from "../../kit/svg.js";

const SIGNS = signPaths(4);
const [RING] = signPaths(6);

/** @param {import("../../kit/svg.js").Attributes} attributes */
const sign = (attributes) =>
  svg("svg", { width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" }, svg("path", attributes));

/** @param {string[]} species */
export function mapLegend(species) {
  const kinds = species.map((name, k) =>
    html("li", {}, sign({ d: SIGNS[k], style: `fill: var(--nn-class-${k})` }), name));
  const wrong = html("li", {}, sign({ d: RING, class: "nn-lab-wrong" }), "taken for another");
  const held = html("li", {}, sign({ d: SIGNS[0], class: "nn-lab-hollow" }), "hollow: held out");
  return {
    node: html("ul", { class: "nn-lab-legend", "aria-label": "Signs on the map" }, ...kinds, wrong, held),
    /** @param {boolean} holdOut */
    set: (holdOut) => { held.hidden = !holdOut; },
  };
}

export function curveLegend() {
  /** @param {string} name @param {string} text */
  const entry = (name, text) => html("li", { class: `nn-lab-key-${name}` }, text);
  const held = entry("held", "held-out birds");
  return {
    node: html("ul", { class: "nn-lab-legend", "aria-label": "Lines of the curve" },
      entry("loss", "birds learned from"), held, entry("guess", "guessing by how common each species is")),
    /** @param {boolean} holdOut */
    set: (holdOut) => { held.hidden = !holdOut; },
  };
}
