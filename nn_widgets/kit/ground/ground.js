// Paints a grid of heights on a canvas: from above as bands and contour lines, from the side as a
// hill with the same lines on it. The colours come from the page's style sheet.

import contours from "../plot/vendor/d3-contour/contours.js";
import { levels, tint } from "./grid.js";
import { projection, squareHeight, squaresFarToNear } from "./turn.js";

/** @typedef {import("./point.js").Point} Point */
/**
 * @typedef {object} Surface
 * @property {(w: Point) => number} loss
 * @property {(w: Point) => Point} gradient
 * @property {(w: Point) => {loss: number, gradient: Point}} [both] where the two together cost less
 * @property {(w: Point) => [number, number, number]} hessian second slopes: along w1, mixed, along w2
 * @property {[Point, Point]} domain what the picture shows: the range of w1, the range of w2
 * @property {[string, string]} names of the two parameters
 * @property {number} [leastCurvature] over all directions, where it is the same everywhere; below 0 there is no minimum
 *
 * @typedef {Pick<Surface, "loss"|"domain"|"names"> & {marks?: {w: Point, text: string}[]}} Ground what a picture needs
 *   of it, and places on it that have a name
 * @typedef {import("./grid.js").Grid} Grid
 * @typedef {ReturnType<typeof readRamp>} Ramp
 * @typedef {ReturnType<typeof hillModel>} Hill
 * @typedef {{shapes: ReturnType<typeof contourShapes>, extent: [number, number]}} Shapes
 * @typedef {{left: number, top: number, scale: number}} Box the middle of the picture, and the pixels in one unit
 * @typedef {{c: number, r: number}} Square
 */

/** The ramp's three colours as the page's style sheet has them now, low to high. @param {Element} element */
export function readRamp(element) {
  const style = getComputedStyle(element);
  /** @param {string} name */
  const channels = (name) => {
    const hex = style.getPropertyValue(name).trim().slice(1);
    return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  };
  return {
    stops: ["--nn-hill-low", "--nn-hill-middle", "--nn-hill-high"].map(channels),
    line: style.getPropertyValue("--nn-hill-line").trim(),
  };
}

/** The ramp's colour at t in 0..1, lighter or darker by `light`. @param {Pick<Ramp, "stops">} ramp @param {number} t */
export function rampColour({ stops }, t, light = 1) {
  const [from, to] = t < 0.5 ? [stops[0], stops[1]] : [stops[1], stops[2]];
  const share = t < 0.5 ? 2 * t : 2 * t - 1;
  const mix = from.map((value, n) => Math.round(Math.min(255, light * (value + share * (to[n] - value)))));
  return `rgb(${mix.join(" ")})`;
}

// ---------------------------------------------------------------------------- from above

/** Contours in units of the picture: x and y in 0..1, y downwards; d3's samples sit at n + ½. @param {Grid} grid */
export function contourShapes({ columns, rows, heights, extent }) {
  /** @param {Point} place */
  const unit = ([x, y]) => [(x - 0.5) / (columns - 1), 1 - (y - 0.5) / (rows - 1)];
  return contours()
    .size([columns, rows])
    .thresholds(levels(extent))(heights)
    .map(({ value, coordinates }) => ({ value, rings: coordinates.flat().map((ring) => ring.map(unit)) }));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, top: number, size: number}} box
 * @param {Shapes} shapes
 * @param {Ramp} ramp
 */
export function paintFromAbove(context, { left, top, size }, { shapes, extent }, ramp) {
  context.save();
  context.beginPath();
  context.rect(left, top, size, size);
  context.clip();
  context.fillStyle = rampColour(ramp, 0);
  context.fillRect(left, top, size, size);
  context.strokeStyle = ramp.line;
  context.lineWidth = 0.75;
  for (const { value, rings } of shapes) {
    context.beginPath();
    for (const ring of rings) {
      ring.forEach(([x, y], n) => context[n ? "lineTo" : "moveTo"](left + x * size, top + y * size));
    }
    context.fillStyle = rampColour(ramp, tint(value, extent));
    context.fill("evenodd");
    context.stroke();
  }
  context.restore();
}

// -------------------------------------------------------------------------- from the side

/** Every n-th row and column of a grid. @param {Grid} grid @param {number} every @returns {Grid} */
export function thinned(grid, every) {
  /** @param {number} count */
  const keep = (count) => Math.floor((count - 1) / every) + 1;
  const [columns, rows] = [keep(grid.columns), keep(grid.rows)];
  const heights = Float64Array.from({ length: columns * rows }, (_, n) =>
    grid.heights[Math.floor(n / columns) * every * grid.columns + (n % columns) * every],
  );
  return { ...grid, columns, rows, heights };
}

/**
 * Where contour lines cross a square: pairs of places on its edges, in grid units, with their height.
 * @param {Grid} grid @param {Square} square @param {number[]} values
 */
function linesAcross({ columns, heights }, { c, r }, values) {
  const ring = [[c, r], [c + 1, r], [c + 1, r + 1], [c, r + 1]];
  /** @param {number[]} place */
  const height = ([x, y]) => heights[y * columns + x];
  return values.flatMap((value) => {
    const crossings = ring.flatMap((from, n) => {
      const to = ring[(n + 1) % 4];
      const [a, b] = [height(from), height(to)];
      if (a < value === b < value) return [];
      const share = (value - a) / (b - a);
      return [[from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]), value]];
    });
    return crossings.length === 2 ? [crossings] : [];
  });
}

/**
 * Light from the upper left, fixed to the hill, so that turning changes no colour.
 * @param {Grid} grid @param {Square} square
 */
function lightOn({ columns, heights, extent }, { c, r }) {
  const at = r * columns + c;
  const scale = (columns - 1) / (extent[1] - extent[0] || 1);
  const slope = (heights[at + 1] - heights[at] + heights[at] - heights[at + columns]) * scale;
  return 1 + Math.max(-0.14, Math.min(0.04, slope * 0.05));
}

/**
 * What stays the same while the hill turns: colour and contour lines of each square.
 * @param {Grid} grid @param {Ramp} ramp
 */
export function hillModel(grid, ramp) {
  const values = levels(grid.extent);
  /** @type {Map<number, {colour: string, lines: number[][][]}>} */
  const squares = new Map();
  for (const square of squaresFarToNear(grid, { turn: 0 })) {
    squares.set(square.r * grid.columns + square.c, {
      colour: rampColour(ramp, tint(squareHeight(grid, square), grid.extent), lightOn(grid, square)),
      lines: linesAcross(grid, square, values),
    });
  }
  return { grid, squares, line: ramp.line };
}

/**
 * Every grid point once per frame: a square shares its corners with its neighbours.
 * @param {Grid} grid @param {import("./turn.js").Projection} project @param {Box} box
 */
function placedPoints(grid, project, { left, top, scale }) {
  const [[w1, w1End], [w2, w2End]] = grid.domain;
  const placed = new Float64Array(2 * grid.heights.length);
  for (let r = 0, n = 0; r < grid.rows; r += 1) {
    for (let c = 0; c < grid.columns; c += 1, n += 1) {
      const w = [w1 + ((w1End - w1) * c) / (grid.columns - 1), w2 + ((w2End - w2) * r) / (grid.rows - 1)];
      const [x, y] = project.place(w, grid.heights[n]);
      placed[2 * n] = left + x * scale;
      placed[2 * n + 1] = top + y * scale;
    }
  }
  return placed;
}

/**
 * The square below the hill, at the lowest height, and posts up to the hill's corners.
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {Grid} grid
 * @param {import("./turn.js").Projection} project
 * @param {string} line
 */
function paintBase(context, { left, top, scale }, { domain, extent, columns, heights }, project, line) {
  const [[w1, w1End], [w2, w2End]] = domain;
  const corners = [[w1, w2], [w1End, w2], [w1End, w2End], [w1, w2End]];
  const tops = [0, columns - 1, heights.length - 1, heights.length - columns].map((n) => heights[n]);
  /** @param {number[]} w @param {number} height @returns {Point} */
  const at = (w, height) => {
    const [x, y] = project.place(w, height);
    return [left + x * scale, top + y * scale];
  };
  context.beginPath();
  corners.forEach((w, n) => context[n ? "lineTo" : "moveTo"](...at(w, extent[0])));
  context.closePath();
  corners.forEach((w, n) => {
    context.moveTo(...at(w, extent[0]));
    context.lineTo(...at(w, tops[n]));
  });
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context @param {Box} box @param {Hill} hill @param {import("./turn.js").View} view
 */
export function paintFromSide(context, box, { grid, squares, line }, view) {
  const { columns } = grid;
  const project = projection(view, grid.domain, grid.extent);
  const placed = placedPoints(grid, project, box);
  /** @param {number[]} place @returns {Point} */
  const onGrid = ([c, r, height]) => {
    const w = [c / (columns - 1), r / (grid.rows - 1)].map(
      (share, n) => grid.domain[n][0] + share * (grid.domain[n][1] - grid.domain[n][0]),
    );
    const [x, y] = project.place(w, height);
    return [box.left + x * box.scale, box.top + y * box.scale];
  };
  context.lineJoin = "round";
  paintBase(context, box, grid, project, line);
  context.lineWidth = 0.75;
  for (const { c, r } of squaresFarToNear(grid, view)) {
    const at = r * columns + c;
    const { colour, lines } = squares.get(at);
    context.beginPath();
    for (const corner of [at, at + 1, at + columns + 1, at + columns]) {
      context.lineTo(placed[2 * corner], placed[2 * corner + 1]);
    }
    context.closePath();
    context.fillStyle = context.strokeStyle = colour;
    context.fill();
    context.stroke(); // or the page shines through between squares
    if (!lines.length) continue;
    context.beginPath();
    for (const [from, to] of lines) {
      context.moveTo(...onGrid(from));
      context.lineTo(...onGrid(to));
    }
    context.strokeStyle = line;
    context.stroke();
  }
}
