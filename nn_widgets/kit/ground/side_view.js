// The same surface as a hill, with the same walks on it; it turns by drag or by arrow keys.

import { cleared, fitCanvas } from "../plot/canvas.js";
import { html, set } from "../svg.js";
import { heightAt } from "./grid.js";
import { paintFromSide } from "./ground.js";
import { isHidden, projection } from "./turn.js";

/** @typedef {import("./ground.js").Point} Point */
/** @typedef {import("./turn.js").View} View */
/** @typedef {Record<"a"|"b"|"c"|"gradient"|"halo"|"text", string>} Colours */
/** @typedef {{a: Point[], b?: Point[]|null, c?: Point[]|null}} Walks of a, b if two are compared, and a guest */
/** @typedef {{w: Point, text: string}} Mark */
/** @typedef {{walks: Walks, gradient: Point, marks?: Mark[]}} OnTheHill */
/** @typedef {ReturnType<typeof sceneFor>} Scene */

const FONT = "13px system-ui, sans-serif";
const HALO = 2; // around a name
const MARKS = /** @type {("a"|"b"|"c")[]} */ (["b", "a", "c"]); // the last above the others
const MIDDLE = 4; // of a name above its base line
/** @type {Record<string, number[]>} */
const DASHES = { b: [6, 4], c: [2, 4] };
/** @type {Record<string, Point>} */
const TURNS = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] };

/** @param {{viewNow: () => View, onTurn: (view: View) => void}} answers */
export function sideView({ viewNow, onTurn }) {
  const [below, above] = [html("canvas", { "aria-hidden": "true" }), html("canvas", { "aria-hidden": "true" })];
  const node = html("div", { class: "nn-hill-side", tabindex: 0, role: "group" }, below, above);
  let [width, height, view] = [1, 1, { turn: 0, tilt: 35 }];
  const box = () => ({ left: width / 2, top: height / 2, scale: Math.min(width / 2.95, height / 2.75) });
  answerTurn(node, viewNow, onTurn);

  return {
    node,
    /** @param {number} wide */
    fit(wide) {
      [width, height] = [Math.min(wide, 620), Math.min(Math.round(wide * 0.95), 560)];
      for (const canvas of [below, above]) fitCanvas(canvas, width, height);
      Object.assign(node.style, { width: `${width}px`, height: `${height}px` });
    },
    /** @param {import("./ground.js").Hill} model @param {View} now @param {{names: string[], colours: Colours}} how */
    paint(model, now, { names, colours }) {
      view = now;
      const context = cleared(below);
      paintFromSide(context, box(), model, view);
      drawNames(sceneFor(context, model.grid, view, box()), names, colours);
      const seen = `The surface as a hill, turned ${view.turn}°, tilted ${view.tilt}°.`;
      set(node, { "aria-label": `${seen} Arrow keys turn and tilt it.` });
    },
    /** @param {OnTheHill & {grid: import("./grid.js").Grid, colours: Colours}} drawn */
    draw({ grid, walks, gradient, colours, marks = [] }) {
      const context = cleared(above);
      const scene = sceneFor(context, grid, view, box());
      for (const mark of MARKS) {
        const points = walks[mark];
        if (points) drawWalk(scene, points, colours, mark);
      }
      drawGradient(scene, walks.a.at(-1), gradient, colours);
      for (const mark of marks) writeAt(scene, mark, colours);
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./grid.js").Grid} grid
 * @param {View} view
 * @param {import("./ground.js").Box} box
 */
function sceneFor(context, grid, view, { left, top, scale }) {
  const { place } = projection(view, grid.domain, grid.extent);
  /** @param {number[]} w @param {number} height @returns {Point} */
  const toPage = (w, height) => {
    const [x, y] = place(w, height);
    return [left + x * scale, top + y * scale];
  };
  /** @param {number[]} w */
  const onGround = (w) => toPage(w, heightAt(grid, w));
  return { context, grid, view, middle: left, toPage, onGround };
}

/** @param {import("./grid.js").Grid} grid @param {number[]} w */
const isInside = ({ domain: [[left, right], [bottom, top]] }, [w1, w2]) =>
  w1 >= left && w1 <= right && w2 >= bottom && w2 <= top;

/** @param {Scene} scene @param {string[]} names @param {Colours} colours */
function drawNames(scene, names, colours) {
  const { grid, toPage } = scene;
  const [[left, right], [bottom, top]] = grid.domain;
  const low = grid.extent[0];
  const corners = [[left, bottom], [right, bottom], [right, top], [left, top]];
  const middle = corners.map((w) => toPage(w, low)).reduce(([a, b], [x, y]) => [a + x / 4, b + y / 4], [0, 0]);
  /** @param {number[]} a @param {number[]} b */
  const nearer = (a, b) => (toPage(a, low)[1] > toPage(b, low)[1] ? a : b);
  /** @param {string} name @param {number[]} w */
  const writeBeside = (name, w) => {
    const [x, y] = toPage(w, low);
    const [dx, dy] = [x - middle[0], y - middle[1]];
    const away = 16 / Math.hypot(dx, dy);
    write(scene, name, [x + dx * away, y + dy * away + MIDDLE], colours);
  };
  writeBeside(names[0], nearer([(left + right) / 2, bottom], [(left + right) / 2, top]));
  writeBeside(names[1], nearer([left, (bottom + top) / 2], [right, (bottom + top) / 2]));
}

/**
 * Pieces of a straight step follow the ground; what the ground hides is drawn faintly.
 * @param {Scene} scene @param {Point[]} points @param {Colours} colours @param {"a"|"b"|"c"} mark
 */
function drawWalk(scene, points, colours, mark) {
  const { context, grid } = scene;
  const seen = points.filter((w) => isInside(grid, w));
  for (const colour of [colours.halo, colours[mark]]) {
    context.lineWidth = colour === colours.halo ? 5 : 2.5;
    context.strokeStyle = colour;
    context.setLineDash((colour !== colours.halo && DASHES[mark]) || []);
    points.slice(1).forEach((to, n) => drawStep(scene, points[n], to));
  }
  context.setLineDash([]);
  context.fillStyle = colours[mark];
  for (const w of seen) dot(scene, w, 2.5, mark);
  const end = points.at(-1);
  if (!isInside(grid, end)) return;
  context.strokeStyle = colours.halo;
  context.lineWidth = 2;
  dot(scene, end, 6, mark, true);
}

/** The name of a place, above it. @param {Scene} scene @param {Mark} mark @param {Colours} colours */
function writeAt(scene, { w, text: name }, colours) {
  const [x, y] = scene.onGround(w);
  write(scene, name, [x, y - 16], colours);
}

/**
 * A name around a place, moved sideways where it would leave the picture.
 * @param {Scene} scene @param {string} name @param {number[]} place @param {Colours} colours
 */
function write({ context, middle }, name, [x, y], { halo, text }) {
  const style = { font: FONT, textAlign: "center", lineWidth: 2 * HALO, strokeStyle: halo, fillStyle: text };
  Object.assign(context, style);
  const most = middle - context.measureText(name).width / 2 - HALO;
  const inside = middle + Math.min(most, Math.max(-most, x - middle));
  context.strokeText(name, inside, y);
  context.fillText(name, inside, y);
}

/** @param {Scene} scene @param {Point} from @param {Point} to */
function drawStep({ context, grid, view, onGround }, from, to) {
  if (!isInside(grid, from) && !isInside(grid, to)) return;
  const width = grid.domain[0][1] - grid.domain[0][0];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const pieces = Math.max(1, Math.min(16, Math.round((24 * length) / width)));
  context.globalAlpha = isHidden(grid, view, to, heightAt(grid, to)) ? 0.3 : 1;
  context.beginPath();
  let pen = false;
  for (let n = 0; n <= pieces; n += 1) {
    const w = from.map((value, axis) => value + ((to[axis] - value) * n) / pieces);
    if (isInside(grid, w)) context[pen ? "lineTo" : "moveTo"](...onGround(w));
    pen = isInside(grid, w);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {Scene} scene @param {Point} w @param {number} radius @param {"a"|"b"|"c"} mark */
function dot({ context, grid, view, onGround }, w, radius, mark, ringed = false) {
  const [x, y] = onGround(w);
  context.globalAlpha = isHidden(grid, view, w, heightAt(grid, w)) ? 0.35 : 1;
  context.beginPath();
  if (mark === "b") context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  else context.arc(x, y, radius, 0, 7);
  context.fill();
  if (ringed) context.stroke();
  context.globalAlpha = 1;
}

/**
 * The arrow lies on the tangent: forward by the gradient, up by the slope.
 * @param {Scene} scene @param {Point} w @param {Point} slopes @param {Colours} colours
 */
function drawGradient({ context, grid, onGround, toPage }, w, [g1, g2], { gradient, halo }) {
  const slope = Math.hypot(g1, g2);
  if (!isInside(grid, w) || !(slope > 1e-9)) return;
  const width = grid.domain[0][1] - grid.domain[0][0];
  const forward = (0.16 * width) / slope;
  const from = onGround(w);
  const height = heightAt(grid, w);
  const top = Math.min(height + forward * slope * slope, grid.extent[1]);
  const to = toPage([w[0] + forward * g1, w[1] + forward * g2], top);
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  for (const colour of [halo, gradient]) {
    context.lineWidth = colour === halo ? 5 : 2.5;
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    for (const side of [-0.5, 0.5]) {
      context.moveTo(...to);
      context.lineTo(to[0] - 9 * Math.cos(angle + side), to[1] - 9 * Math.sin(angle + side));
    }
    context.stroke();
  }
}

/** @param {HTMLElement} node @param {() => View} now @param {(view: View) => void} onTurn */
function answerTurn(node, now, onTurn) {
  /** @param {number} by @param {number} up */
  const turnBy = (by, up) => {
    const { turn, tilt } = now();
    const turned = ((Math.round(turn + by) % 360) + 360) % 360;
    onTurn({ turn: turned, tilt: Math.round(Math.min(85, Math.max(10, tilt + up))) });
  };
  /** @type {Point|null} */
  let last = null;
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    last = [event.clientX, event.clientY];
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", (event) => {
    if (!last) return;
    const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
    if (Math.abs(dx) < 2 && Math.abs(dy) < 2) return;
    last = [event.clientX, event.clientY];
    turnBy(dx * 0.6, event.pointerType === "touch" ? 0 : dy * 0.4);
  });
  for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, () => { last = null; });
  node.addEventListener("keydown", (event) => {
    if (!TURNS[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    turnBy(...TURNS[event.key]);
  });
}
