// The price against the probability of the truth, with the prediction as a point on it.

import { plotFrame } from "../../kit/plot/plot.js";
import { formatNumber } from "../../maths/format.js";
import { arrowPath, html, linePath, set, setText, svg } from "../../kit/svg.js";
import { dragging } from "../../kit/drag.js";

const MARGIN = { left: 50, right: 16, top: 30, bottom: 44 };
const TOP = 7; // nats; what costs more leaves the picture upwards
const CURVE = Array.from({ length: 120 }, (_, k) => Math.exp(-TOP * (k / 119) ** 2)); // closer together near 1

/** @param {{onMove: (own: number) => void}} options called with a probability for the truth */
export function curveView({ onMove }) {
  const [curve, other] = [svg("path", { class: "nn-price-curve" }), svg("path", { class: "nn-price-other" })];
  const names = [svg("text", { class: "nn-price-name" }, "−log p"),
    svg("text", { class: "nn-price-othername" }, "1 − p")];
  const guide = svg("path", { class: "nn-price-guide" });
  const arrow = svg("path", { class: "nn-price-arrow" });
  const guessName = svg("text", { x: 10, y: -4 }, "uniform guess");
  const guess = svg("g", { class: "nn-price-guess" }, svg("circle", { r: 4 }), guessName);
  const otherPoint = svg("circle", { class: "nn-price-otherpoint", r: 5 });
  const point = svg("g", { class: "nn-price-point" }, svg("circle", { r: 22, class: "nn-price-reach" }),
    svg("circle", { r: 7 }));
  const value = svg("text", { class: "nn-price-value" });
  const plot = plotFrame({ margin: MARGIN, height: 280, widest: 520, across: "probability p of the truth",
    up: "price, in nats" });
  plot.picture.append(guide, other, curve, ...names, guess, arrow, otherPoint, point, value);
  let { x, y } = plot.scales([0, 1], [0, TOP]);

  dragging(plot.picture, point, ([px]) => onMove(Math.round(Math.min(Math.max(x.invert(px), 0), 1) * 1000) / 1000));

  return {
    node: html("div", { class: "nn-price-curvebox" }, plot.picture),
    /** @param {number} wide */
    fit(wide) {
      plot.fit(wide);
      ({ x, y } = plot.scales([0, 1], [0, TOP]));
      set(curve, { d: linePath(CURVE.map((p) => [x(p), y(-Math.log(p))])) });
      set(other, { d: linePath([[x(0), y(1)], [x(1), y(0)]]) });
      set(names[0], { x: x(0.05) + 10, y: y(3) });
      set(names[1], { x: x(0.06), y: y(0.94) + 22 });
      set(guess, { transform: `translate(${x(1 / 3)},${y(Math.log(3))})` });
    },
    /** @param {{own: number, price: number, compare: boolean, text: string}} now */
    draw({ own, price, compare, text }) {
      const gone = price > TOP;
      const [px, py] = [x(own), gone ? MARGIN.top : y(price)];
      set(point, { transform: `translate(${px.toFixed(2)},${py.toFixed(2)})` });
      set(arrow, { d: gone ? arrowPath(px, py, 0, -MARGIN.top + 4, 9) : "" });
      set(guide, { d: `${linePath([[x(0), py], [px, py], [px, y(0)]])}` });
      const late = own > 0.7;
      set(value, { x: px + (late ? 4 : 14), y: gone ? py - 10 : py - 14, "text-anchor": late ? "end" : "start" });
      setText(value, formatNumber(price));
      for (const part of [other, names[1], otherPoint]) set(part, { visibility: compare ? "visible" : "hidden" });
      set(otherPoint, { cx: px, cy: y(1 - own) });
      // A name makes room for the number that comes its way.
      set(guessName, { visibility: own > 0.27 && own < 0.7 ? "hidden" : "visible" });
      set(names[0], { visibility: own < 0.2 && Math.abs(price - 2.8) < 1.2 ? "hidden" : "visible" });
      plot.label(text);
    },
  };
}
