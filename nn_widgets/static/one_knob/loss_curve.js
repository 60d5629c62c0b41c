// The average loss as a function of the knob that is held, with the averages of the species behind
// it. The point on it can be dragged.

import { bottomAxis, leftAxis } from "../axes.js";
import { linearScale } from "../scale.js";
import { html, linePath, set, svg, uniqueId } from "../svg.js";
import { MARGIN } from "./bird_plot.js";

const HEIGHT = 220;

/** @param {{kinds: number, onTurn: (value: number) => void}} options */
export function lossCurve({ kinds, onTurn }) {
  const axes = svg("g");
  const frame = svg("rect");
  const clip = uniqueId("nn-knob-clip");
  const species = Array.from({ length: kinds }, (_, kind) => svg("path", { class: `nn-knob-part nn-knob-species-${kind}` }));
  const average = svg("path", { class: "nn-knob-average" });
  const tangent = svg("path", { class: "nn-knob-tangent" });
  const stem = svg("path", { class: "nn-knob-stem" });
  const came = svg("circle", { r: 5, class: "nn-knob-came" });
  const point = svg("circle", { r: 7, class: "nn-knob-point" });
  const inside = svg("g", { "clip-path": `url(#${clip})` }, ...species, average, tangent);
  const picture = svg("svg", { role: "img", class: "nn-knob-curve" },
    svg("clipPath", { id: clip }, frame), axes, stem, inside, came, point);
  const node = html("div", {}, picture);
  let [width, x, y] = [300, linearScale([0, 1], [0, 1]), linearScale([0, 1], [1, 0])];
  answerDrag(picture, (place) => onTurn(x.invert(place)));

  return {
    node,
    fit(wide) {
      width = wide;
      set(picture, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
      set(frame, { x: MARGIN.left, y: 0, width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.bottom });
    },
    /** The curve of another knob, or with others turned. @param {{value: number, averages: number[]}[]} curve */
    show(curve, name) {
      const top = Math.max(1.5, ...curve.map((one) => one.averages.at(-1)));
      x = linearScale([curve[0].value, curve.at(-1).value], [MARGIN.left, width - MARGIN.right]);
      y = linearScale([0, 1.05 * top], [HEIGHT - MARGIN.bottom, MARGIN.top]);
      axes.replaceChildren(bottomAxis({ scale: x, at: HEIGHT - MARGIN.bottom, label: `value of ${name}`, count: 7 }),
        leftAxis({ scale: y, at: MARGIN.left, label: "average loss", count: 4 }));
      const line = (group) => linePath(curve.map(({ value, averages }) => [x(value), y(averages[group])]));
      [...species, average].forEach((path, group) => set(path, { d: line(group) }));
    },
    /** Where the knob stands; `first` is where it came. */
    draw({ value, loss, slope, first }) {
      const reach = Math.min(2.2, 1.6 / Math.hypot(1, slope));
      const end = (side) => [x(value + side * reach), y(loss + side * reach * slope)];
      set(tangent, { d: linePath([end(-1), end(1)]) });
      set(stem, { d: linePath([[x(value), y(0)], [x(value), y(loss)]]) });
      set(point, { cx: x(value), cy: y(loss) });
      set(came, { cx: x(first.value), cy: y(first.loss) });
    },
    label: (text) => set(picture, { "aria-label": text }),
  };
}

// A finger slides sideways along the curve; up and down it still scrolls the page.
function answerDrag(picture, turn) {
  let box = null;
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
  const line = (kind, text) => html("li", {},
    svg("svg", { viewBox: "0 0 24 8", width: 24, height: 8, "aria-hidden": "true" }, svg("path", { d: "M0,4H24", class: kind })), text);
  return html("ul", { class: "nn-knob-legend", "aria-label": "Lines of the curve" },
    line("nn-knob-average", "average of all"),
    ...names.map((name, kind) => line(`nn-knob-part nn-knob-species-${kind}`, `average ${name}`)),
    line("nn-knob-tangent", "slope here"));
}
