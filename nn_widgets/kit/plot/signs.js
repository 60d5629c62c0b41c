// The signs of the three species, wherever birds are drawn: a disc, a triangle, a square.

/** @typedef {(path: Path2D|CanvasPath, x: number, y: number, r: number) => void} Sign adds it to a path of a canvas */

// Corners beside a disc of radius 1.
const TRIANGLE = [[0, -1.25], [1.15, 0.85], [-1.15, 0.85]];
const SQUARE = [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]];

/** @type {Sign} */
export function disc(path, x, y, r) {
  path.moveTo(x + r, y);
  path.arc(x, y, r, 0, 7);
}

/** @param {number[][]} corners @returns {Sign} */
const polygon = (corners) => (path, x, y, r) => {
  corners.forEach(([dx, dy], n) => path[n ? "lineTo" : "moveTo"](x + r * dx, y + r * dy));
  path.closePath();
};

/** By species, adds its sign at (x, y) to a path of a canvas. */
export const SIGNS = [disc, polygon(TRIANGLE), polygon(SQUARE)];

/** @param {number[][]} corners @param {number} r */
const around = (corners, r) => `M${corners.map(([dx, dy]) => `${r * dx},${r * dy}`).join("L")}Z`;

/** By species, the sign about the origin as the `d` of an SVG path. @param {number} r */
export const signPaths = (r) =>
  [`M${r},0A${r},${r} 0 1 1 ${-r},0A${r},${r} 0 1 1 ${r},0Z`, around(TRIANGLE, r), around(SQUARE, r)];
