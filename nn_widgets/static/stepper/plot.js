// A small plot: axes, lines by name, dots; lines that run away leave the picture.

import { bottomAxis, leftAxis } from "../axes.js";
import { watchWidth } from "../page.js";
import { linearScale } from "../scale.js";
import { html, linePath, set, svg, uniqueId } from "../svg.js";

const MARGIN = { left: 60, right: 12, top: 10, bottom: 46 };
const HEIGHT = 210;

/**
 * @param {{x: string, y: string, lines: string[]}} options names of the axes and of the lines; a line's
 *   name is its class, and the last line lies on top
 * @returns {{node: HTMLElement, draw: (what: {x: [number, number], y: [number, number],
 *   lines: Record<string, [number, number][]>, dots?: [number, number][], says: string}) => void, stop: () => void}}
 */
export function plot({ x: xLabel, y: yLabel, lines }) {
  const id = uniqueId("nn-plot");
  const [axes, dots, frame] = [svg("g"), svg("path", { class: "nn-backward-dots" }), svg("rect")];
  const paths = Object.fromEntries(lines.map((name) => [name, svg("path", { class: `nn-backward-curve nn-backward-${name}` })]));
  const inside = svg("g", { "clip-path": `url(#${id})` }, ...Object.values(paths), dots);
  const picture = svg("svg", { role: "img" }, svg("clipPath", { id }, frame), axes, inside);
  const node = html("div", { class: "nn-backward-plot" }, picture);
  let [width, last, drawn] = [320, null, ""];

  const draw = (what) => {
    last = what;
    const x = linearScale(what.x, [MARGIN.left, width - MARGIN.right]);
    const y = linearScale(what.y, [HEIGHT - MARGIN.bottom, MARGIN.top]);
    const key = [what.x, what.y, width].join();
    if (key !== drawn) {
      axes.replaceChildren(bottomAxis({ scale: x, at: HEIGHT - MARGIN.bottom, label: xLabel, count: 4 }), leftAxis({ scale: y, at: MARGIN.left, label: yLabel, count: 4 }));
    }
    drawn = key;
    const place = ([a, b]) => [x(a), Math.min(Math.max(y(b), -1e4), 1e4)];
    lines.forEach((name) => paths[name].setAttribute("d", linePath((what.lines[name] ?? []).map(place))));
    dots.setAttribute("d", (what.dots ?? []).map(place).map(([a, b]) => `M${a},${b}h0`).join(""));
    picture.setAttribute("aria-label", what.says);
  };
  const stop = watchWidth(node, (now) => {
    width = Math.min(now, 460);
    set(picture, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
    set(frame, { x: MARGIN.left, y: 0, width: width - MARGIN.left, height: HEIGHT - MARGIN.bottom + 2 });
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
