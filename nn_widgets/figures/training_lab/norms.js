// The length of each layer's gradient, as bars on a logarithmic scale, and beside it how many of
// the layer's neurons have no slope to pass on.

import { formatNumber } from "../../maths/format.js";
import { html, set, setText } from "../../kit/svg.js";

const RANGE = [-8, 2]; // powers of ten
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const MARKS = [-8, -4, 0];

/** @param {number} norm */
const shareOf = (norm) => Math.min(1, Math.max(0, (Math.log10(norm) - RANGE[0]) / (RANGE[1] - RANGE[0]))) || 0;

export function gradientBars() {
  const body = html("tbody");
  const marks = MARKS.map((power) =>
    html("span", { style: `--nn-share: ${(power - RANGE[0]) / (RANGE[1] - RANGE[0])}` }, `10${raised(power)}`));
  const scale = html("td", { "aria-hidden": "true" }, html("div", { class: "nn-lab-scale" }, ...marks));
  const node = html("table", { class: "nn-lab-norms" },
    html("caption", {}, "Length of the gradient of each layer"), body,
    html("tfoot", {}, html("tr", {}, html("td"), scale, html("td"))));
  /** @type {{bar: HTMLElement, value: HTMLElement, note: HTMLElement}[]} */
  let rows = [];

  /** @param {number} layer @param {boolean} last */
  const makeRow = (layer, last) => {
    const [bar, value, note] = [html("div", { class: "nn-lab-bar" }), html("td"),
      html("div", { class: "nn-lab-note" })];
    const name = html("th", { scope: "row" }, `layer ${layer}`);
    body.append(html("tr", { class: last ? "nn-lab-output" : null }, name,
      html("td", {}, html("div", { class: "nn-lab-track" }, bar), note), value));
    return { bar, value, note };
  };

  return {
    node,
    /** @param {import("./measure.js").Measured} now @param {string} activation */
    draw({ norms, hidden }, activation) {
      if (rows.length !== norms.length) {
        body.replaceChildren();
        rows = norms.map((_, l) => makeRow(l + 1, l === norms.length - 1));
      }
      norms.forEach((norm, l) => {
        set(rows[l].bar, { style: `--nn-share: ${shareOf(norm).toFixed(3)}` });
        setText(rows[l].value, formatNumber(norm));
        setText(rows[l].note, l < hidden.length ? noteOf(hidden[l], activation) : "output layer");
      });
    },
  };
}

/** @param {import("./measure.js").Hidden} layer @param {string} activation */
function noteOf({ flat, off, neurons, twins }, activation) {
  const same = twins ? ", all neurons the same" : "";
  if (activation === "relu") return `${off} of ${neurons} off for every bird${same}`;
  return `${Math.round(100 * flat)} % of values where σ is flat${same}`;
}

/** @param {number} power */
const raised = (power) => String(power).replace("-", "⁻").replace(/\d/g, (digit) => RAISED[Number(digit)]);
