// The surface from above: contour lines, both walks, the arrows, and the start, which can be moved.

import { cleared, fitCanvas } from "../plot/canvas.js";
import { plotFrame } from "../plot/plot.js";
import { dragging } from "../drag.js";
import { arrowPath, html, linePath, set, svg } from "../svg.js";
import { paintFromAbove } from "./ground.js";

const MARGIN = { left: 52, right: 10, top: 10, bottom: 46 };
const MAYBE = /** @type {("b"|"c")[]} */ (["b", "c"]); // walks that are there or not
/** @type {Record<string, Point>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @typedef {import("./ground.js").Point} Point */
/** @typedef {import("./ground.js").Ground} Ground */
/**
 * @typedef {{start: Point, walks: import("./side_view.js").Walks, gradient: Point, step: Point, text: string}} Drawn
 */

/**
 * The drawing of one walk: a line, a dot for each step, and its end as a disc, a square or a diamond.
 * @param {"a"|"b"|"c"} mark
 */
export function trail(mark) {
  const line = svg("path", { class: "nn-hill-line" });
  const halo = svg("path", { class: "nn-hill-halo" });
  const dots = svg("path", { class: "nn-hill-dots" });
  const end = svg("path", { class: "nn-hill-end" });
  const node = svg("g", { class: `nn-hill-trail nn-hill-${mark}` }, halo, line, dots, end);
  return {
    node,
    /** @param {Point[]} places */
    draw(places) {
      const d = linePath(places);
      set(halo, { d });
      set(line, { d });
      set(dots, { d: places.map(([x, y]) => `M${x.toFixed(1)},${y.toFixed(1)}h0`).join("") });
      set(end, { d: endShape(mark, places.at(-1)) });
    },
    hide: () => [halo, line, dots, end].forEach((part) => set(part, { d: "" })),
  };
}

/** @param {"a"|"b"|"c"} mark @param {Point} place */
function endShape(mark, [x, y]) {
  if (mark === "b") return `M${x - 5},${y - 5}h10v10h-10z`;
  if (mark === "c") return `M${x},${y - 7}l7,7l-7,7l-7,-7z`;
  return `M${x - 6},${y}a6,6 0 1 0 12,0a6,6 0 1 0 -12,0z`;
}

/**
 * @param {{startNow: () => Point, onMove: (w: Point) => void, onStep: () => void, onBack: () => void}} answers
 */
export function mapView({ startNow, onMove, onStep, onBack }) {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const trails = { b: trail("b"), a: trail("a"), c: trail("c") };
  const gradient = svg("path", { class: "nn-hill-gradient" });
  const step = svg("path", { class: "nn-hill-step" });
  const handle = svg("g", { class: "nn-hill-start", tabindex: 0, role: "slider" },
    svg("circle", { r: 22, class: "nn-hill-reach" }), svg("circle", { r: 10, class: "nn-hill-ring" }));
  const named = svg("g", { class: "nn-hill-marks" });
  const plot = plotFrame({ margin: MARGIN });
  const overlay = set(plot.picture, { role: null }); // its handle speaks, and a picture would hide it
  const arrows = svg("g", { class: "nn-hill-arrows" }, step, gradient);
  overlay.append(plot.clipped(...Object.values(trails).map((one) => one.node), arrows), named, handle);
  const node = html("div", { class: "nn-hill-map" }, canvas, overlay);
  let { x, y } = plot.scales([0, 1], [0, 1]);

  const size = () => x.range[1] - x.range[0];
  /** @param {Point} w @returns {Point} */
  const toPage = (w) => [x(w[0]), y(w[1])];
  /** @param {Point} w */
  const move = (w) => onMove([within(w[0], x.domain), within(w[1], y.domain)]);
  dragging(overlay, handle, ([px, py]) => { if (size() > 1) move([x.invert(px), y.invert(py)]); });
  const answers = { place: startNow, move, onStep, onBack, scales: () => [x, y] };
  handle.addEventListener("keydown", (event) => answerKey(event, answers));

  return {
    node,
    /**
     * Make room for a picture of this width, for this part of the surface.
     * @param {number} width @param {Ground} surface
     */
    fit(width, { domain, names }) {
      const side = Math.min(width - MARGIN.left - MARGIN.right, 560);
      const [w, h] = [side + MARGIN.left + MARGIN.right, side + MARGIN.top + MARGIN.bottom];
      plot.fit(w, h);
      ({ x, y } = plot.scales(...domain, { across: names[0], up: names[1] }));
      fitCanvas(canvas, w, h);
    },
    /** @param {import("./ground.js").Shapes} shapes @param {import("./ground.js").Ramp} ramp */
    paint(shapes, ramp) {
      paintFromAbove(cleared(canvas), { left: MARGIN.left, top: MARGIN.top, size: size() }, shapes, ramp);
    },
    /** @param {Drawn} drawn */
    draw({ start, walks, gradient: slope, step: by, text }) {
      trails.a.draw(walks.a.map(toPage));
      for (const mark of MAYBE) {
        const points = walks[mark];
        if (points) trails[mark].draw(points.map(toPage));
        else trails[mark].hide();
      }
      const at = walks.a.at(-1);
      const [px, py] = toPage(at);
      const uphill = gradientArrow(slope, size());
      set(gradient, { d: arrowPath(px, py, ...uphill, 8) });
      const [sx, sy] = toPage([at[0] + by[0], at[1] + by[1]]);
      set(step, { d: arrowPath(px, py, clipLength(sx - px), clipLength(sy - py), 8) });
      const [hx, hy] = toPage(start);
      set(handle, { transform: `translate(${hx.toFixed(2)},${hy.toFixed(2)})`, "aria-valuetext": text,
        "aria-valuenow": start[0].toFixed(3), "aria-valuemin": x.domain[0], "aria-valuemax": x.domain[1] });
    },
    /** Names of places on the map. @param {{w: Point, text: string}[]} marks */
    mark(marks) {
      named.replaceChildren(...marks.flatMap(({ w, text }) => {
        const [px, py] = toPage(w);
        const cross = svg("path", { d: `M${px - 5},${py}h10M${px},${py - 5}v10` });
        return [cross, svg("text", { x: px, y: py - 14, "text-anchor": "middle" }, text)];
      }));
    },
    /** @param {string} text */
    label: (text) => set(handle, { "aria-label": text }),
  };
}

/** @param {number} value @param {[number, number]} range */
const within = (value, [low, high]) => Math.min(Math.max(value, low), high);
/** @param {number} pixels */
const clipLength = (pixels) => within(pixels, [-2000, 2000]);

/**
 * Steep and flat ground differ by powers of ten: the arrow grows with the slope's logarithm, so
 * that its direction can always be read. The step arrow next to it is to scale.
 * @param {Point} gradient @param {number} size @returns {Point}
 */
function gradientArrow([g1, g2], size) {
  const slope = Math.hypot(g1, g2);
  if (!(slope > 1e-9) || !Number.isFinite(slope)) return [0, 0];
  const pixels = size * 0.09 * Math.log10(1 + 9 * Math.min(slope, 1e4)) + 8;
  const share = Math.min(pixels, size * 0.35) / slope;
  return [g1 * share, -g2 * share];
}

/**
 * @param {KeyboardEvent} event
 * @param {{place: () => Point, move: (w: Point) => void, onStep: () => void, onBack: () => void,
 *   scales: () => import("../plot/scale.js").Scale[]}} answers
 */
function answerKey(event, { place, move, scales, onStep, onBack }) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const direction = MOVES[event.key];
  if (direction) {
    const share = event.shiftKey ? 0.1 : 0.01;
    /** @param {0|1} n */
    const moved = (n) => {
      const [low, high] = scales()[n].domain;
      return Number((place()[n] + direction[n] * share * (high - low)).toPrecision(12));
    };
    move([moved(0), moved(1)]);
  } else if (event.key === "Enter" || event.key === " ") onStep();
  else if (event.key === "Backspace") onBack();
  else return;
  event.preventDefault();
}
