// What the signs on the map and the lines of the curve mean.

import { html, svg } from "../svg.js";

const SIGNS = ["M11,7a4,4 0 1 1 -8,0a4,4 0 1 1 8,0z", "M7,2L11.6,10.4H2.4z", "M3.4,3.4h7.2v7.2h-7.2z"];

const sign = (attributes, ...more) =>
  svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" }, svg("path", attributes), ...more);

/** @param {string[]} species */
export function mapLegend(species) {
  const kinds = species.map((name, k) => html("li", {}, sign({ d: SIGNS[k], style: `fill: var(--nn-class-${k})` }), name));
  const wrong = html("li", {}, sign({ d: "M13,7a6,6 0 1 1 -12,0a6,6 0 1 1 12,0z", class: "nn-lab-wrong" }), "taken for another");
  const held = html("li", {}, sign({ d: SIGNS[0], class: "nn-lab-hollow" }), "hollow: held out");
  return {
    node: html("ul", { class: "nn-lab-legend", "aria-label": "Signs on the map" }, ...kinds, wrong, held),
    set: (holdOut) => { held.hidden = !holdOut; },
  };
}

export function curveLegend() {
  const entry = (name, text) => html("li", { class: `nn-lab-key-${name}` }, text);
  const held = entry("held", "held-out birds");
  return {
    node: html("ul", { class: "nn-lab-legend", "aria-label": "Lines of the curve" },
      entry("loss", "birds learned from"), held, entry("guess", "guessing by how common each species is")),
    set: (holdOut) => { held.hidden = !holdOut; },
  };
}
