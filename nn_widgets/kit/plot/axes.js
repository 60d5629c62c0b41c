// Axes: a line, ticks, numbers, a name.

import { formatNumber } from "../../maths/format.js";
import { svg } from "../svg.js";

/**
 * @typedef {object} AxisOptions
 * @property {import("./scale.js").Scale} scale
 * @property {number} at where it stands: y of a bottom axis, x of a left axis
 * @property {string} label
 * @property {number} [count] about how many ticks
 * @property {(value: number) => string} [format]
 */

/** An axis below a plot. @param {AxisOptions} options */
export function bottomAxis({ scale, at, label, count = 5, format = tickText }) {
  const [from, to] = scale.range;
  const marks = scale.ticks(count).map((value) =>
    svg("g", { transform: `translate(${scale(value)},${at})` },
      svg("line", { y2: 5 }),
      svg("text", { y: 18, "text-anchor": "middle" }, format(value))));
  return svg("g", { class: "nn-axis" },
    svg("path", { d: `M${from},${at}H${to}` }), ...marks,
    svg("text", { class: "nn-axis-label", x: (from + to) / 2, y: at + 36, "text-anchor": "middle" }, label));
}

/** An axis left of a plot. @param {AxisOptions} options */
export function leftAxis({ scale, at, label, count = 5, format = tickText }) {
  const [from, to] = scale.range;
  const marks = scale.ticks(count).map((value) =>
    svg("g", { transform: `translate(${at},${scale(value)})` },
      svg("line", { x2: -5 }),
      svg("text", { x: -8, dy: "0.32em", "text-anchor": "end" }, format(value))));
  const turned = `translate(${at - 38},${(from + to) / 2}) rotate(-90)`;
  return svg("g", { class: "nn-axis" },
    svg("path", { d: `M${at},${from}V${to}` }), ...marks,
    svg("text", { class: "nn-axis-label", transform: turned, "text-anchor": "middle" }, label));
}

/** A tick's number: no trailing zeros, thousands separated. @param {number} value */
export function tickText(value) {
  const text = formatNumber(value);
  if (text.includes("e")) return text;
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text.replace(/\B(?=(\d{3})+$)/g, ",");
}
