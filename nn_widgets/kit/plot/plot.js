// The frame of a plot: a picture with axes that grows with its place, and scales for what is drawn in it.

import { set, svg, uniqueId } from "../svg.js";
import { bottomAxis, leftAxis } from "./axes.js";
import { linearScale, logScale } from "./scale.js";

/**
 * @typedef {object} Plot
 * @property {SVGSVGElement} picture append to it what lies on the axes
 * @property {(...nodes: Node[]) => SVGElement} clipped a group that ends where the plot does
 * @property {(width: number, height?: number) => void} fit
 * @property {(across: [number, number], up: [number, number],
 *   how?: {log?: boolean, across?: string, up?: string, counts?: [number, number]}) => {x: Scale, y: Scale}} scales
 *   to these domains; the axes are drawn anew only where something changes. `log` is for the axis upwards
 * @property {(text: string) => void} label what the picture shows, in words
 * @typedef {import("./scale.js").Scale} Scale
 */

/**
 * @param {{margin: {left: number, right: number, top: number, bottom: number}, height?: number, widest?: number,
 *   across?: string, up?: string, counts?: [number, number], bleed?: number}} options names of the axes, about
 *   how many ticks they have; `bleed` is how far a mark may stand over the edge
 * @returns {Plot}
 */
export function plotFrame(options) {
  const { margin, height = 220, widest = Infinity, across = "", up = "", counts = [5, 5], bleed = 0 } = options;
  const { left, right, top, bottom } = margin;
  const [axes, edge, clip] = [svg("g"), svg("rect"), uniqueId("nn-plot")];
  const picture = svg("svg", { role: "img" }, svg("clipPath", { id: clip }, edge), axes);
  let [width, high, drawn] = [300, height, ""];
  /** @type {{x: Scale, y: Scale}} */
  let now;

  /** @param {{x: Scale, y: Scale}} scales @param {{across: string, up: string, counts: number[]}} named */
  const draw = ({ x, y }, named) => axes.replaceChildren(
    bottomAxis({ scale: x, at: high - bottom, label: named.across, count: named.counts[0] }),
    leftAxis({ scale: y, at: left, label: named.up, count: named.counts[1] }));

  return {
    picture,
    clipped: (...nodes) => svg("g", { "clip-path": `url(#${clip})` }, ...nodes),
    fit(wide, tall = height) {
      [width, high, drawn] = [Math.min(wide, widest), tall, ""];
      set(picture, { viewBox: `0 0 ${width} ${high}`, width, height: high });
      set(edge, { x: left - bleed, y: top - bleed, width: Math.max(0, width - left - right + 2 * bleed),
        height: Math.max(0, high - top - bottom + 2 * bleed) });
    },
    scales(xDomain, yDomain, { log = false, ...how } = {}) {
      const named = { across, up, counts, ...how };
      const key = [log, ...Object.values(named), ...xDomain, ...yDomain].join();
      if (key === drawn) return now;
      drawn = key;
      const upwards = log ? logScale : linearScale;
      now = { x: linearScale(xDomain, [left, width - right]), y: upwards(yDomain, [high - bottom, top]) };
      draw(now, named);
      return now;
    },
    label: (text) => set(picture, { "aria-label": text }),
  };
}
