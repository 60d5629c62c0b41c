// The surface from above: contour lines, both walks, the arrows, and the start, which can be moved.

import { bottomAxis, leftAxis } from "../axes.js";
import { dragging } from "../drag.js";
import { linearScale } from "../scale.js";
import { arrowPath, html, linePath, set, svg, uniqueId } from "../svg.js";
import { paintFromAbove } from "./ground.js";

const MARGIN = { left: 52, right: 10, top: 10, bottom: 46 };
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** The drawing of one walk: a line, a dot for each step, and its end as a disc or a square. */
export function trail(mark) {
  const line = svg("path", { class: "nn-hill-line" });
  const halo = svg("path", { class: "nn-hill-halo" });
  const dots = svg("path", { class: "nn-hill-dots" });
  const end = svg("path", { class: "nn-hill-end" });
  const node = svg("g", { class: `nn-hill-trail nn-hill-${mark}` }, halo, line, dots, end);
  return {
    node,
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

function endShape(mark, [x, y]) {
  if (mark === "b") return `M${x - 5},${y - 5}h10v10h-10z`;
  return `M${x - 6},${y}a6,6 0 1 0 12,0a6,6 0 1 0 -12,0z`;
}

/**
 * @param {{startNow: () => Point, onMove: (w: Point) => void, onStep: () => void, onBack: () => void}} answers
 */
export function mapView({ startNow, onMove, onStep, onBack }) {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const axes = svg("g");
  const clip = uniqueId("nn-hill-clip");
  const frame = svg("rect");
  const trails = { b: trail("b"), a: trail("a") };
  const gradient = svg("path", { class: "nn-hill-gradient" });
  const step = svg("path", { class: "nn-hill-step" });
  const handle = svg("g", { class: "nn-hill-start", tabindex: 0, role: "slider" },
    svg("circle", { r: 22, class: "nn-hill-reach" }), svg("circle", { r: 10, class: "nn-hill-ring" }));
  const inside = svg("g", { "clip-path": `url(#${clip})` },
    trails.b.node, trails.a.node, svg("g", { class: "nn-hill-arrows" }, step, gradient));
  const named = svg("g", { class: "nn-hill-marks" });
  const overlay = svg("svg", {}, svg("clipPath", { id: clip }, frame), axes, inside, named, handle);
  const node = html("div", { class: "nn-hill-map" }, canvas, overlay);
  let [x, y] = [linearScale([0, 1], [0, 1]), linearScale([0, 1], [1, 0])];

  const size = () => x.range[1] - x.range[0];
  const toPage = (w) => [x(w[0]), y(w[1])];
  const move = (w) => onMove(w.map((value, n) => within(value, (n ? y : x).domain)));
  dragging(overlay, handle, ([px, py]) => { if (size() > 1) move([x.invert(px), y.invert(py)]); });
  handle.addEventListener("keydown", (event) => answerKey(event, { place: startNow, move, onStep, onBack, scales: () => [x, y] }));

  return {
    node,
    /** Make room for a picture of this width, for this part of the surface. */
    fit(width, { domain, names }) {
      const side = Math.min(width - MARGIN.left - MARGIN.right, 560);
      x = linearScale(domain[0], [MARGIN.left, MARGIN.left + side]);
      y = linearScale(domain[1], [MARGIN.top + side, MARGIN.top]);
      const [w, h] = [side + MARGIN.left + MARGIN.right, side + MARGIN.top + MARGIN.bottom];
      set(overlay, { viewBox: `0 0 ${w} ${h}`, width: w, height: h });
      set(frame, { x: MARGIN.left, y: MARGIN.top, width: side, height: side });
      axes.replaceChildren(bottomAxis({ scale: x, at: MARGIN.top + side, label: names[0] }),
        leftAxis({ scale: y, at: MARGIN.left, label: names[1] }));
      Object.assign(canvas.style, { width: `${w}px`, height: `${h}px` });
      const sharp = Math.min(devicePixelRatio || 1, 2);
      Object.assign(canvas, { width: w * sharp, height: h * sharp });
    },
    paint(shapes, ramp) {
      const context = canvas.getContext("2d");
      const sharp = Math.min(devicePixelRatio || 1, 2);
      context.setTransform(sharp, 0, 0, sharp, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      paintFromAbove(context, { left: MARGIN.left, top: MARGIN.top, size: size() }, shapes, ramp);
    },
    /** `walks` has the points of walk a and, when two are compared, of walk b. */
    draw({ start, walks, gradient: slope, step: by, text }) {
      for (const [mark, one] of Object.entries(trails)) {
        if (walks[mark]) one.draw(walks[mark].map(toPage));
        else one.hide();
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
        return [svg("path", { d: `M${px - 5},${py}h10M${px},${py - 5}v10` }), svg("text", { x: px, y: py - 14, "text-anchor": "middle" }, text)];
      }));
    },
    label: (text) => set(handle, { "aria-label": text }),
  };
}

const within = (value, [low, high]) => Math.min(Math.max(value, low), high);
const clipLength = (pixels) => within(pixels, [-2000, 2000]);

// Steep and flat ground differ by powers of ten: the arrow grows with the slope's logarithm, so
// that its direction can always be read. The step arrow next to it is to scale.
function gradientArrow([g1, g2], size) {
  const slope = Math.hypot(g1, g2);
  if (!(slope > 1e-9) || !Number.isFinite(slope)) return [0, 0];
  const pixels = size * 0.09 * Math.log10(1 + 9 * Math.min(slope, 1e4)) + 8;
  const share = Math.min(pixels, size * 0.35) / slope;
  return [g1 * share, -g2 * share];
}

function answerKey(event, { place, move, scales, onStep, onBack }) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const direction = MOVES[event.key];
  if (direction) {
    const share = event.shiftKey ? 0.1 : 0.01;
    move(place().map((value, n) => {
      const [low, high] = scales()[n].domain;
      return Number((value + direction[n] * share * (high - low)).toPrecision(12));
    }));
  } else if (event.key === "Enter" || event.key === " ") onStep();
  else if (event.key === "Backspace") onBack();
  else return;
  event.preventDefault();
}
