// Every bird by its bill: shape and colour say the species, size says what it pays.

import { bottomAxis, leftAxis } from "../axes.js";
import { cssValue } from "../page.js";
import { linearScale } from "../scale.js";
import { SIGNS, signPaths } from "../signs.js";
import { html, set, svg } from "../svg.js";

export const MARGIN = { left: 52, right: 10, top: 8, bottom: 46 };
const LENGTHS = [31, 61];
const DEPTHS = [12.5, 22];
const MOST = 8; // a loss above this is drawn no larger
const FINGER = 24;

const MARKS = signPaths(5);

/** Radius of a mark: its area grows with the loss, and who pays nothing is still seen. */
const radius = (loss, unit) => 1.2 + unit * Math.sqrt(Math.min(loss, MOST));

/**
 * @param {{birds: {x: number[][], species: number[]}, onPoint: (bird: number) => void}} options
 *   `onPoint` gets the bird pointed at, or −1
 */
export function birdPlot({ birds: { x: [lengths, depths], species }, onPoint }) {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const axes = svg("g");
  const ring = svg("circle", { class: "nn-knob-ring", r: 11, visibility: "hidden" });
  const overlay = svg("svg", { role: "img" }, axes, ring);
  const node = html("div", { class: "nn-knob-birds" }, canvas, overlay);
  let [width, height, unit, places] = [1, 1, 1, []];
  answerPointing(overlay, (x, y) => {
    const far = places.map(([px, py]) => Math.hypot(px - x, py - y));
    const nearest = far.indexOf(Math.min(...far));
    onPoint(far[nearest] < FINGER ? nearest : -1);
  }, () => onPoint(-1));

  return {
    node,
    fit(wide) {
      [width, height] = [wide, Math.max(210, Math.min(320, Math.round(wide * 0.46)))];
      unit = wide < 480 ? 2.8 : 4.2;
      const x = linearScale(LENGTHS, [MARGIN.left, width - MARGIN.right]);
      const y = linearScale(DEPTHS, [height - MARGIN.bottom, MARGIN.top]);
      places = lengths.map((length, i) => [x(length), y(depths[i])]);
      axes.replaceChildren(bottomAxis({ scale: x, at: height - MARGIN.bottom, label: "bill length, mm" }),
        leftAxis({ scale: y, at: MARGIN.left, label: "bill depth, mm" }));
      set(overlay, { viewBox: `0 0 ${width} ${height}`, width, height });
      const sharp = Math.min(devicePixelRatio || 1, 2);
      Object.assign(canvas, { width: width * sharp, height: height * sharp });
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
      canvas.getContext("2d").setTransform(sharp, 0, 0, sharp, 0, 0);
    },
    /** @param {{losses: number[], right: boolean[]}} state @param {string[]} colours by species */
    draw({ losses, right }, colours) {
      const context = canvas.getContext("2d");
      context.clearRect(0, 0, width, height);
      context.lineWidth = 1.4;
      // Mark by mark: one long path of all is slower to draw than many short ones.
      species.forEach((kind, i) => {
        const pen = new Path2D();
        SIGNS[kind](pen, ...places[i], radius(losses[i], unit));
        paint(context, pen, colours[kind], right[i]);
      });
    },
    label: (text) => set(overlay, { "aria-label": text }),
    mark(bird) {
      if (bird < 0) set(ring, { visibility: "hidden" });
      else set(ring, { visibility: "visible", cx: places[bird][0], cy: places[bird][1] });
    },
  };
}

function paint(context, pen, colour, filled) {
  context.strokeStyle = context.fillStyle = colour;
  if (filled) {
    context.globalAlpha = 0.35;
    context.fill(pen);
    context.globalAlpha = 1;
  }
  context.stroke(pen);
}

function answerPointing(overlay, point, leave) {
  let box = null; // measured when the pointer comes in: asking on every move lays the page out
  const at = (event) => {
    box ??= overlay.getBoundingClientRect();
    point(event.clientX - box.left, event.clientY - box.top);
  };
  overlay.addEventListener("pointerenter", () => { box = null; });
  overlay.addEventListener("pointermove", at);
  overlay.addEventListener("pointerdown", (event) => { box = null; at(event); });
  overlay.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
}

/** The colours of the species as the page has them now. */
export const speciesColours = (el) => MARKS.map((_, kind) => cssValue(el, `--nn-class-${kind}`));

/** What the marks mean. @param {string[]} names of the species */
export function birdLegend(names) {
  const mark = (kind) => svg("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svg("path", { d: MARKS[kind], class: `nn-knob-mark nn-knob-species-${kind}` }));
  const entries = names.map((name, kind) => html("li", {}, mark(kind), name));
  return html("ul", { class: "nn-knob-legend", "aria-label": "What is drawn" }, ...entries,
    html("li", {}, "larger: pays more"), html("li", {}, "filled: named rightly"));
}
