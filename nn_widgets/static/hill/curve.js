// The loss of every step so far, of one walk or of two.

import { bottomAxis, leftAxis } from "../axes.js";
import { linearScale } from "../scale.js";
import { html, set, svg, uniqueId } from "../svg.js";
import { trail } from "./map_view.js";

const MARGIN = { left: 60, right: 12, top: 10, bottom: 46 };
const HEIGHT = 220;
const STEPS = [10, 20, 50, 100, 200, 500];

export function lossCurve() {
  const axes = svg("g");
  const trails = { b: trail("b"), a: trail("a") };
  const clip = uniqueId("nn-hill-curve");
  const frame = svg("rect");
  const inside = svg("g", { "clip-path": `url(#${clip})` }, trails.b.node, trails.a.node);
  const picture = svg("svg", { role: "img" }, svg("clipPath", { id: clip }, frame), axes, inside);
  const node = html("div", { class: "nn-hill-curve" }, picture);
  let [width, drawn] = [300, ""];

  const drawAxes = (x, y, key) => {
    if (drawn === key) return;
    drawn = key;
    axes.replaceChildren(bottomAxis({ scale: x, at: HEIGHT - MARGIN.bottom, label: "step" }),
      leftAxis({ scale: y, at: MARGIN.left, label: "loss L", count: 4 }));
  };

  return {
    node,
    fit(wide) {
      width = Math.min(wide, 700);
      drawn = "";
      set(picture, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
      set(frame, { x: MARGIN.left - 7, y: 0, width: width - MARGIN.left, height: HEIGHT - MARGIN.bottom + 7 });
    },
    /** @param {{a: number[], b?: number[]}} losses @param {string} text what the picture shows */
    draw(losses, text) {
      const domain = lossDomain(Object.values(losses));
      const most = STEPS.find((n) => n >= losses.a.length - 1) ?? 500;
      const x = linearScale([0, most], [MARGIN.left, width - MARGIN.right]);
      const y = linearScale(domain, [HEIGHT - MARGIN.bottom, MARGIN.top]);
      drawAxes(x, y, [most, ...domain].join());
      for (const [mark, one] of Object.entries(trails)) {
        if (losses[mark]) one.draw(losses[mark].map((loss, n) => [x(n), Math.max(y(loss), -1e4)]));
        else one.hide();
      }
      set(picture, { "aria-label": text });
    },
  };
}

// What a diverging walk reaches must not flatten the rest: beyond twice the first loss it leaves.
function lossDomain(lists) {
  const all = lists.flat().filter(Number.isFinite);
  const first = Math.max(...lists.map((list) => list[0]));
  const low = Math.min(...all, 0 <= first ? 0 : first);
  const high = Math.min(Math.max(...all), low + 2 * (first - low) || 1);
  const unit = 10 ** Math.floor(Math.log10(high - low || 1)) / 2;
  return [Math.max(Math.floor(low / unit) * unit, -1e3), Math.ceil(high / unit) * unit || unit];
}
