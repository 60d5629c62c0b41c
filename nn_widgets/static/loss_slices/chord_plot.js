// The loss on the straight way from the network to the probe, above or below the line between its ends.

import { bottomAxis, leftAxis } from "../axes.js";
import { linearScale } from "../scale.js";
import { html, linePath, set, svg } from "../svg.js";

const MARGIN = { left: 56, right: 14, top: 10, bottom: 46 };
const HEIGHT = 220;

export function chordPlot() {
  const axes = svg("g");
  const straight = svg("path", { class: "nn-slice-straight" });
  const gap = svg("path", { class: "nn-slice-gap" });
  const curve = svg("path", { class: "nn-slice-along" });
  const half = svg("circle", { r: 4, class: "nn-slice-half" });
  const home = svg("circle", { r: 6, class: "nn-slice-home" });
  const probe = svg("circle", { r: 6, class: "nn-slice-probe" });
  const picture = svg("svg", { role: "img" }, axes, straight, gap, curve, half, home, probe);
  const node = html("div", { class: "nn-slice-chord" }, picture);
  let [width, drawn] = [300, ""];

  const drawAxes = (x, y, key) => {
    if (drawn === key) return;
    drawn = key;
    axes.replaceChildren(bottomAxis({ scale: x, at: HEIGHT - MARGIN.bottom, label: "way from the network (0) to the probe (1)" }),
      leftAxis({ scale: y, at: MARGIN.left, label: "average loss", count: 4 }));
  };

  return {
    node,
    fit(wide) {
      width = Math.min(wide, 620);
      drawn = "";
      set(picture, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
    },
    /** @param {{share: number, loss: number}[]} points @param {string} text what the picture shows */
    draw(points, { start, end, middle, average }, text) {
      const top = roundUp(Math.max(...points.map((one) => one.loss), middle));
      const x = linearScale([0, 1], [MARGIN.left, width - MARGIN.right]);
      const y = linearScale([0, top], [HEIGHT - MARGIN.bottom, MARGIN.top]);
      drawAxes(x, y, top);
      set(curve, { d: linePath(points.map(({ share, loss }) => [x(share), y(loss)])) });
      set(straight, { d: linePath([[x(0), y(start)], [x(1), y(end)]]) });
      set(gap, { d: linePath([[x(0.5), y(average)], [x(0.5), y(middle)]]) });
      set(half, { cx: x(0.5), cy: y(middle) });
      set(home, { cx: x(0), cy: y(start) });
      set(probe, { cx: x(1), cy: y(end) });
      set(picture, { "aria-label": text });
    },
  };
}

// 1, 2 or 5 times a power of ten, so that the axis stays while the probe moves a little.
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return power * ([1, 1.5, 2, 3, 5].find((n) => n * power >= 1.04 * value) ?? 10);
}
