// The 26 knobs as radio buttons, laid out as the matrices they come from.

import { formatNumber } from "../../maths/format.js";
import { html, setText, uniqueId } from "../../kit/svg.js";

/**
 * Places of the parameter vector, layer by layer and row by row; a row's bias stands at its end.
 * @param {{l: number, row: number}[]} places
 */
function rowsOfLayers(places) {
  /** @type {number[][][]} */
  const layers = [];
  places.forEach(({ l, row }, k) => {
    layers[l] ??= [];
    layers[l][row] ??= [];
    layers[l][row].push(k);
  });
  return layers;
}

/**
 * @param {{places: {kind: string, l: number, row: number}[], names: string[], choose: (knob: number) => void}} options
 */
export function knobPanel({ places, names, choose }) {
  const group = uniqueId("nn-knob");
  const values = names.map(() => html("span", { class: "nn-knob-value" }));
  const inputs = names.map((_, k) =>
    html("input", { type: "radio", name: group, value: k, onchange: () => choose(k) }));
  const cells = names.map((name, k) => html("label", { class: "nn-knob" }, inputs[k],
    html("span", { class: `nn-${places[k].kind}`, translate: "no" }, name), values[k]));
  const layers = rowsOfLayers(places).map((rows, l) =>
    html("div", { class: "nn-knob-layer", style: `--nn-knob-columns: ${rows[0].length}` },
      html("span", { class: "nn-knob-title" }, `Layer ${l + 1}`), ...rows.flat().map((k) => cells[k])));
  const node = html("fieldset", { class: "nn-control nn-knobs" }, html("legend", {}, "Which knob do you hold?"),
    html("div", {}, ...layers));
  return {
    node,
    /** @param {number} knob held @param {ArrayLike<number>} vector @param {Record<string, number>} turned */
    set(knob, vector, turned) {
      inputs[knob].checked = true;
      cells.forEach((cell, k) => {
        setText(values[k], formatNumber(vector[k]));
        cell.classList.toggle("nn-knob-turned", k in turned);
      });
    },
  };
}
