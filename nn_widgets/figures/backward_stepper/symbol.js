// A symbol with its layer above and its neurons below, in its colour.

import { html } from "../../kit/svg.js";
import { kindOf, placesOf } from "./names.js";

/** dW³₂₁ as elements. @param {import("./names.js").Ref} ref @param {number} examples */
export function symbol(ref, examples) {
  const kind = kindOf(ref.name);
  const places = placesOf(ref, examples);
  const layer = /\d$/.test(ref.name) && ref.name !== "h0" ? ref.name.at(-1) : "";
  const between = /W/.test(kind) ? "" : ",";
  const scripts = html("span", { class: "nn-backward-scripts" },
    html("span", {}, layer || "\u2009"), html("span", {}, places.join(between) || "\u2009"));
  return html("span", { class: `nn-backward-symbol nn-${kind}`, translate: "no" }, html("i", {}, kind),
    layer || places.length ? scripts : null);
}
