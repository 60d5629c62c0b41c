// A small plot: axes, lines by name, dots; lines that run away leave the picture.

import { plotFrame } from "../../kit/plot/plot.js";
import { watchWidth } from "../../kit/page.js";
import { html, linePath, svg } from "../../kit/svg.js";

const MARGIN = { left: 60, right: 12, top: 10, bottom: 46 };

/** @typedef {ReturnType<typeof plot>} Plot */

/**
 * @typedef {{x: [number, number], y: [number, number], lines: Record<string, [number, number][]>,
 *   dots?: [number, number][], says: string}} What the domains, what is drawn, and what it shows in words
 */

/**
 * @param {{x: string, y: string, lines: string[]}} options names of the axes and of the lines; a line's
 *   name is its class, and the last line lies on top
 */
export function plot({ x: xLabel, y: yLabel, lines }) {
  const dots = svg("path", { class: "nn-backward-dots" });
  const paths = Object.fromEntries(lines.map((name) =>
    [name, svg("path", { class: `nn-backward-curve nn-backward-${name}` })]));
  const frame = plotFrame({ margin: MARGIN, height: 210, widest: 460, across: xLabel, up: yLabel, counts: [4, 4],
    bleed: 2 });
  frame.picture.append(frame.clipped(...Object.values(paths), dots));
  const node = html("div", { class: "nn-backward-plot" }, frame.picture);
  /** @type {What|null} */
  let last = null;

  /** @param {What} what */
  const draw = (what) => {
    last = what;
    const { x, y } = frame.scales(what.x, what.y);
    /** @param {[number, number]} point */
    const place = ([a, b]) => [x(a), Math.min(Math.max(y(b), -1e4), 1e4)];
    lines.forEach((name) => paths[name].setAttribute("d", linePath((what.lines[name] ?? []).map(place))));
    dots.setAttribute("d", (what.dots ?? []).map(place).map(([a, b]) => `M${a},${b}h0`).join(""));
    frame.label(what.says);
  };
  const stop = watchWidth(node, (now) => {
    frame.fit(now);
    if (last) draw(last);
  });
  return { node, draw, stop };
}

/** Ends that are easy to read and hold all of these. @param {number[]} values @returns {[number, number]} */
export function roundDomain(values) {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const unit = 10 ** Math.floor(Math.log10(high - low || 1)) / 2;
  return [Math.floor(low / unit) * unit, Math.ceil(high / unit) * unit || unit];
}
