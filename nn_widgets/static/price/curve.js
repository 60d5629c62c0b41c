// The price against the probability of the truth, with the prediction as a point on it.

import { bottomAxis, leftAxis } from "../axes.js";
import { formatNumber } from "../format.js";
import { linearScale } from "../scale.js";
import { arrowPath, html, linePath, set, setText, svg } from "../svg.js";
import { dragging } from "../drag.js";

const MARGIN = { left: 50, right: 16, top: 30, bottom: 44 };
const HEIGHT = 280;
const TOP = 7; // nats; what costs more leaves the picture upwards
const CURVE = Array.from({ length: 120 }, (_, k) => Math.exp(-TOP * (k / 119) ** 2)); // closer together near 1

/** @param {{onMove: (own: number) => void}} options called with a probability for the truth */
export function curveView({ onMove }) {
  const axes = svg("g");
  const [curve, other] = [svg("path", { class: "nn-price-curve" }), svg("path", { class: "nn-price-other" })];
  const names = [svg("text", { class: "nn-price-name" }, "−log p"), svg("text", { class: "nn-price-othername" }, "1 − p")];
  const guide = svg("path", { class: "nn-price-guide" });
  const arrow = svg("path", { class: "nn-price-arrow" });
  const guessName = svg("text", { x: 10, y: -4 }, "uniform guess");
  const guess = svg("g", { class: "nn-price-guess" }, svg("circle", { r: 4 }), guessName);
  const otherPoint = svg("circle", { class: "nn-price-otherpoint", r: 5 });
  const point = svg("g", { class: "nn-price-point" }, svg("circle", { r: 22, class: "nn-price-reach" }), svg("circle", { r: 7 }));
  const value = svg("text", { class: "nn-price-value" });
  const picture = svg("svg", { role: "img" }, axes, guide, other, curve, ...names, guess, arrow, otherPoint, point, value);
  const node = html("div", { class: "nn-price-curvebox" }, picture);
  const bottom = HEIGHT - MARGIN.bottom;
  const y = linearScale([0, TOP], [bottom, MARGIN.top]);
  let x = linearScale([0, 1], [MARGIN.left, 300]);

  dragging(picture, point, ([px]) => onMove(Math.round(Math.min(Math.max(x.invert(px), 0), 1) * 1000) / 1000));

  return {
    node,
    fit(wide) {
      const width = Math.min(wide, 520);
      x = linearScale([0, 1], [MARGIN.left, width - MARGIN.right]);
      set(picture, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
      axes.replaceChildren(bottomAxis({ scale: x, at: bottom, label: "probability p of the truth" }),
        leftAxis({ scale: y, at: MARGIN.left, label: "price, in nats" }));
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
      set(guide, { d: `${linePath([[x(0), py], [px, py], [px, bottom]])}` });
      const late = own > 0.7;
      set(value, { x: px + (late ? 4 : 14), y: gone ? py - 10 : py - 14, "text-anchor": late ? "end" : "start" });
      setText(value, formatNumber(price));
      for (const part of [other, names[1], otherPoint]) set(part, { visibility: compare ? "visible" : "hidden" });
      set(otherPoint, { cx: px, cy: y(1 - own) });
      // A name makes room for the number that comes its way.
      set(guessName, { visibility: own > 0.27 && own < 0.7 ? "hidden" : "visible" });
      set(names[0], { visibility: own < 0.2 && Math.abs(price - 2.8) < 1.2 ? "hidden" : "visible" });
      set(picture, { "aria-label": text });
    },
  };
}
