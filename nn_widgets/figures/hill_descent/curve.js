// The loss of every step so far, of one walk or of two.

import { plotFrame } from "../../kit/plot/plot.js";
import { html } from "../../kit/svg.js";
import { trail } from "../../kit/ground/map_view.js";

const MARGIN = { left: 60, right: 12, top: 10, bottom: 46 };
const STEPS = [10, 20, 50, 100, 200, 500];

export function lossCurve() {
  const trails = { b: trail("b"), a: trail("a") };
  const plot = plotFrame({ margin: MARGIN, widest: 700, across: "step", up: "loss L", counts: [5, 4], bleed: 7 });
  plot.picture.append(plot.clipped(trails.b.node, trails.a.node));
  return {
    node: html("div", { class: "nn-hill-curve" }, plot.picture),
    fit: plot.fit,
    /** @param {{a: number[], b?: number[]}} losses @param {string} text what the picture shows */
    draw(losses, text) {
      const domain = lossDomain(losses.b ? [losses.a, losses.b] : [losses.a]);
      const most = STEPS.find((n) => n >= losses.a.length - 1) ?? 500;
      const { x, y } = plot.scales([0, most], domain);
      /** @param {number[]} own @returns {[number, number][]} */
      const placed = (own) => own.map((loss, n) => [x(n), Math.max(y(loss), -1e4)]);
      trails.a.draw(placed(losses.a));
      if (losses.b) trails.b.draw(placed(losses.b));
      else trails.b.hide();
      plot.label(text);
    },
  };
}

/**
 * What a diverging walk reaches must not flatten the rest: beyond twice the first loss it leaves.
 * @param {number[][]} lists @returns {[number, number]}
 */
function lossDomain(lists) {
  const all = lists.flat().filter(Number.isFinite);
  const first = Math.max(...lists.map((list) => list[0]));
  const low = Math.min(...all, 0 <= first ? 0 : first);
  const high = Math.min(Math.max(...all), low + 2 * (first - low) || 1);
  const unit = 10 ** Math.floor(Math.log10(high - low || 1)) / 2;
  return [Math.max(Math.floor(low / unit) * unit, -1e3), Math.ceil(high / unit) * unit || unit];
}
