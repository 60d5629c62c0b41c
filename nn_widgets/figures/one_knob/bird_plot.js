// Every bird by its bill: shape and colour say the species, size says what it pays.

import { cleared, fitCanvas } from "../../kit/plot/canvas.js";
import { plotFrame } from "../../kit/plot/plot.js";
import { cssValue } from "../../kit/page.js";
import { SIGNS, signPaths } from "../../kit/plot/signs.js";
import { html, set, svg } from "../../kit/svg.js";

export const MARGIN = { left: 52, right: 10, top: 8, bottom: 46 };
/** @type {[number, number]} */
const LENGTHS = [31, 61];
/** @type {[number, number]} */
const DEPTHS = [12.5, 22];
const MOST = 8; // a loss above this is drawn no larger
const FINGER = 24;

const MARKS = signPaths(5);

/**
 * Radius of a mark: its area grows with the loss, and who pays nothing is still seen.
 * @param {number} loss @param {number} unit
 */
const radius = (loss, unit) => 1.2 + unit * Math.sqrt(Math.min(loss, MOST));

/**
 * @param {{birds: {x: number[][], species: number[]}, onPoint: (bird: number) => void}} options
 *   `onPoint` gets the bird pointed at, or −1
 */
export function birdPlot({ birds: { x: [lengths, depths], species }, onPoint }) {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const ring = svg("circle", { class: "nn-knob-ring", r: 11, visibility: "hidden" });
  const plot = plotFrame({ margin: MARGIN, across: "bill length, mm", up: "bill depth, mm" });
  plot.picture.append(ring);
  const node = html("div", { class: "nn-knob-birds" }, canvas, plot.picture);
  let unit = 1;
  /** @type {[number, number][]} */
  let places = [];
  answerPointing(plot.picture, (x, y) => {
    const far = places.map(([px, py]) => Math.hypot(px - x, py - y));
    const nearest = far.indexOf(Math.min(...far));
    onPoint(far[nearest] < FINGER ? nearest : -1);
  }, () => onPoint(-1));

  return {
    node,
    /** @param {number} width */
    fit(width) {
      const height = Math.max(210, Math.min(320, Math.round(width * 0.46)));
      unit = width < 480 ? 2.8 : 4.2;
      plot.fit(width, height);
      const { x, y } = plot.scales(LENGTHS, DEPTHS);
      places = lengths.map((length, i) => [x(length), y(depths[i])]);
      fitCanvas(canvas, width, height);
    },
    /** @param {{losses: number[], right: boolean[]}} state @param {string[]} colours by species */
    draw({ losses, right }, colours) {
      const context = cleared(canvas);
      context.lineWidth = 1.4;
      // Mark by mark: one long path of all is slower to draw than many short ones.
      species.forEach((kind, i) => {
        const pen = new Path2D();
        const [x, y] = places[i];
        SIGNS[kind](pen, x, y, radius(losses[i], unit));
        paint(context, pen, colours[kind], right[i]);
      });
    },
    label: plot.label,
    /** @param {number} bird */
    mark(bird) {
      if (bird < 0) set(ring, { visibility: "hidden" });
      else set(ring, { visibility: "visible", cx: places[bird][0], cy: places[bird][1] });
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {Path2D} pen @param {string} colour @param {boolean} filled */
function paint(context, pen, colour, filled) {
  context.strokeStyle = context.fillStyle = colour;
  if (filled) {
    context.globalAlpha = 0.35;
    context.fill(pen);
    context.globalAlpha = 1;
  }
  context.stroke(pen);
}

/** @param {SVGSVGElement} overlay @param {(x: number, y: number) => void} point @param {() => void} leave */
function answerPointing(overlay, point, leave) {
  /** @type {DOMRect|null} */
  let box = null; // measured when the pointer comes in: asking on every move lays the page out
  /** @param {MouseEvent} event */
  const at = (event) => {
    box ??= overlay.getBoundingClientRect();
    point(event.clientX - box.left, event.clientY - box.top);
  };
  overlay.addEventListener("pointerenter", () => { box = null; });
  overlay.addEventListener("pointermove", at);
  overlay.addEventListener("pointerdown", (event) => { box = null; at(event); });
  overlay.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
}

/** The colours of the species as the page has them now. @param {HTMLElement} el */
export const speciesColours = (el) => MARKS.map((_, kind) => cssValue(el, `--nn-class-${kind}`));

/** What the marks mean. @param {string[]} names of the species */
export function birdLegend(names) {
  /** @param {number} kind */
  const mark = (kind) => svg("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svg("path", { d: MARKS[kind], class: `nn-knob-mark nn-knob-species-${kind}` }));
  const entries = names.map((name, kind) => html("li", {}, mark(kind), name));
  return html("ul", { class: "nn-knob-legend", "aria-label": "What is drawn" }, ...entries,
    html("li", {}, "larger: pays more"), html("li", {}, "filled: named rightly"));
}
