// The loss on the straight way from the network to the probe, above or below the line between its ends.

import { plotFrame } from "../../kit/plot/plot.js";
import { html, linePath, set, svg } from "../../kit/svg.js";

const MARGIN = { left: 56, right: 14, top: 10, bottom: 46 };

export function chordPlot() {
  const straight = svg("path", { class: "nn-slice-straight" });
  const gap = svg("path", { class: "nn-slice-gap" });
  const curve = svg("path", { class: "nn-slice-along" });
  const half = svg("circle", { r: 4, class: "nn-slice-half" });
  const home = svg("circle", { r: 6, class: "nn-slice-home" });
  const probe = svg("circle", { r: 6, class: "nn-slice-probe" });
  const plot = plotFrame({
    margin: MARGIN, widest: 620, counts: [5, 4],
    across: "way from the network (0) to the probe (1)", up: "average loss",
  });
  plot.picture.append(straight, gap, curve, half, home, probe);
  return {
    node: html("div", { class: "nn-slice-chord" }, plot.picture),
    fit: plot.fit,
    /**
     * @param {{share: number, loss: number}[]} points
     * @param {import("./plane.js").Chord} chord
     * @param {string} text what the picture shows
     */
    draw(points, { start, end, middle, average }, text) {
      const top = roundUp(Math.max(...points.map((one) => one.loss), middle));
      const { x, y } = plot.scales([0, 1], [0, top]);
      set(curve, { d: linePath(points.map(({ share, loss }) => [x(share), y(loss)])) });
      set(straight, { d: linePath([[x(0), y(start)], [x(1), y(end)]]) });
      set(gap, { d: linePath([[x(0.5), y(average)], [x(0.5), y(middle)]]) });
      set(half, { cx: x(0.5), cy: y(middle) });
      set(home, { cx: x(0), cy: y(start) });
      set(probe, { cx: x(1), cy: y(end) });
      plot.label(text);
    },
  };
}

/** 1, 2 or 5 times a power of ten, so that the axis stays while the probe moves a little. @param {number} value */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return power * ([1, 1.5, 2, 3, 5].find((n) => n * power >= 1.04 * value) ?? 10);
}
