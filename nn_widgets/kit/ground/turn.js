// The hill seen from the side: where a point of the surface lies on the picture, which parts of
// the ground are drawn first, and what the ground hides. No canvas here.

import { heightAt } from "./grid.js";

const HEIGHT = 0.9; // of the model, whose base is a square with side 2

/** @typedef {import("./grid.js").Grid} Grid */
/** @typedef {import("./ground.js").Point} Point */
/** @typedef {ReturnType<typeof projection>} Projection */
/** @typedef {{turn: number, tilt: number}} View angles in degrees; tilt 90 looks straight down */

/**
 * A projection without perspective: parallel lines stay parallel, so lengths can be compared.
 * @param {View} view @param {[Point, Point]} domain @param {[number, number]} extent
 * @returns {{place: (w: number[], height: number) => Point, depth: (w: number[]) => number}}
 *   place is in units of `radius` around 0; y grows downwards
 */
export function projection({ turn, tilt }, domain, extent) {
  const [a, e] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  const [cosA, sinA, cosE, sinE] = [Math.cos(a), Math.sin(a), Math.cos(e), Math.sin(e)];
  /** @param {[number, number]} range @param {number} value */
  const unit = ([low, high], value) => (2 * (value - low)) / (high - low) - 1;
  /** @param {number[]} w */
  const along = (w) => {
    const [x, y] = [unit(domain[0], w[0]), unit(domain[1], w[1])];
    return [x * cosA - y * sinA, x * sinA + y * cosA];
  };
  /** @param {number} height */
  const rise = (height) => HEIGHT * unit(extent, Math.min(Math.max(height, extent[0]), extent[1])) * 0.5;
  return {
    place(w, height) {
      const [x, y] = along(w);
      return [x, -y * sinE - rise(height) * cosE];
    },
    depth: (w) => along(w)[1],
  };
}

/** The grid's squares, far ones first. @param {Grid} grid @param {{turn: number}} view */
export function squaresFarToNear({ columns, rows }, { turn }) {
  const a = (turn * Math.PI) / 180;
  /** @param {number} count @param {boolean} ascending */
  const outward = (count, ascending) =>
    Array.from({ length: count - 1 }, (_, n) => (ascending ? n : count - 2 - n));
  // Depth is x sin + y cos; walk each axis from its far end.
  const across = outward(columns, Math.sin(a) < 0);
  const along = outward(rows, Math.cos(a) < 0);
  return along.flatMap((r) => across.map((c) => ({ c, r })));
}

/** Mean height of a square's corners. @param {Grid} grid @param {import("./ground.js").Square} square */
export function squareHeight({ columns, heights }, { c, r }) {
  const at = r * columns + c;
  return (heights[at] + heights[at + 1] + heights[at + columns] + heights[at + columns + 1]) / 4;
}

/**
 * Whether ground nearer to the eye stands between it and the point.
 * @param {Grid} grid @param {View} view @param {number[]} w @param {number} height
 */
export function isHidden(grid, { turn, tilt }, w, height) {
  const [a, e] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  const [[left, right], [bottom, top]] = grid.domain;
  const toEye = [(-Math.sin(a) * (right - left)) / 2, (-Math.cos(a) * (top - bottom)) / 2];
  const climb = ((grid.extent[1] - grid.extent[0]) / HEIGHT) * Math.tan(e);
  for (let s = 0.06; s < 3; s += 0.06) {
    const there = [w[0] + s * toEye[0], w[1] + s * toEye[1]];
    if (there[0] < left || there[0] > right || there[1] < bottom || there[1] > top) return false;
    if (heightAt(grid, there) > height + s * climb + 0.01 * (grid.extent[1] - grid.extent[0])) return true;
  }
  return false;
}
