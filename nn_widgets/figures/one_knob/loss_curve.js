// The average loss as a function of the knob that is held, with the averages of the species behind
// it. The point on it can be dragged.

import { plotFrame } from "../../kit/plot/plot.js";
import { html, linePath, set, svg } from "../../kit/svg.js";
import { MARGIN } from "./bird_plot.js";

/** @param {{kinds: number, onTurn: (value: number) => void}} options */
export function lossCurve({ kinds, onTurn }) {
  const species = Array.from({ length: kinds }, (_, kind) =>
    svg("path", { class: `nn-knob-part nn-knob-species-${kind}` }));
  const average = svg("path", { class: "nn-knob-average" });
  const tangent = svg("path", { class: "nn-knob-tangent" });
  const stem = svg("path", { class: "nn-knob-stem" });
  const came = svg("circle", { r: 5, class: "nn-knob-came" });
  const point = svg("circle", { r: 7, class: "nn-knob-point" });
  const plot = plotFrame({ margin: MARGIN, up: "average loss", counts: [7, 4] });
  set(plot.picture, { class: "nn-knob-curve" });
  plot.picture.append(stem, plot.clipped(...species, average, tangent), came, point);
  let { x, y } = plot.scales([0, 1], [0, 1]);
  answerDrag(plot.picture, (place) => onTurn(x.invert(place)));

  return {
    node: html("div", {}, plot.picture),
    fit: plot.fit,
    /**
     * The curve of another knob, or with others turned.
     * @param {import("./numbers.js").Curve} curve @param {string} name
     */
    show(curve, name) {
      const top = Math.max(1.5, ...curve.map((one) => one.averages.at(-1)));
      ({ x, y } = plot.scales([curve[0].value, curve.at(-1).value], [0, 1.05 * top], { across: `value of ${name}` }));
      /** @param {number} group */
      const line = (group) => linePath(curve.map(({ value, averages }) => [x(value), y(averages[group])]));
      [...species, average].forEach((path, group) => set(path, { d: line(group) }));
    },
    /**
     * Where the knob stands; `first` is where it came.
     * @param {{value: number, loss: number, slope: number, first: {value: number, loss: number}}} now
     */
    draw({ value, loss, slope, first }) {
      const reach = Math.min(2.2, 1.6 / Math.hypot(1, slope));
      /** @param {1|-1} side */
      const end = (side) => [x(value + side * reach), y(loss + side * reach * slope)];
      set(tangent, { d: linePath([end(-1), end(1)]) });
      set(stem, { d: linePath([[x(value), y(0)], [x(value), y(loss)]]) });
      set(point, { cx: x(value), cy: y(loss) });
      set(came, { cx: x(first.value), cy: y(first.loss) });
    },
    label: plot.label,
  };
}

/**
 * A finger slides sideways along the curve; up and down it still scrolls the page.
 * @param {SVGSVGElement} picture @param {(place: number) => void} turn
 */
function answerDrag(picture, turn) {
  /** @type {DOMRect|null} */
  let box = null;
  /** @param {MouseEvent} event */
  const at = (event) => turn(event.clientX - box.left);
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    box = picture.getBoundingClientRect();
    picture.setPointerCapture(event.pointerId);
    if (event.pointerType !== "touch") at(event);
  });
  picture.addEventListener("pointermove", (event) => { if (box) at(event); });
  for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => { box = null; });
  picture.addEventListener("click", (event) => {
    box = picture.getBoundingClientRect();
    at(event);
    box = null;
  });
}

/** What the lines mean. @param {string[]} names of the species */
export function curveLegend(names) {
  /** @param {string} kind @param {string} text */
  const line = (kind, text) => html("li", {},
    svg("svg", { viewBox: "0 0 24 8", width: 24, height: 8, "aria-hidden": "true" },
      svg("path", { d: "M0,4H24", class: kind })), text);
  return html("ul", { class: "nn-knob-legend", "aria-label": "Lines of the curve" },
    line("nn-knob-average", "average of all"),
    ...names.map((name, kind) => line(`nn-knob-part nn-knob-species-${kind}`, `average ${name}`)),
    line("nn-knob-tangent", "slope here"));
}
