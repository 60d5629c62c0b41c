// The signs of the three species, wherever birds are drawn: a disc, a triangle, a square.

// Corners beside a disc of radius 1.
const TRIANGLE = [[0, -1.25], [1.15, 0.85], [-1.15, 0.85]];
const SQUARE = [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]];

export function disc(path, x, y, r) {
  path.moveTo(x + r, y);
  path.arc(x, y, r, 0, 7);
}

const polygon = (corners) => (path, x, y, r) => {
  corners.forEach(([dx, dy], n) => path[n ? "lineTo" : "moveTo"](x + r * dx, y + r * dy));
  path.closePath();
};

/** By species, adds its sign at (x, y) to a path of a canvas. @type {((path: Path2D | CanvasPath, x: number, y: number, r: number) => void)[]} */
export const SIGNS = [disc, polygon(TRIANGLE), polygon(SQUARE)];

const around = (corners, r) => `M${corners.map(([dx, dy]) => `${r * dx},${r * dy}`).join("L")}Z`;

/** By species, the sign about the origin as the `d` of an SVG path. */
export const signPaths = (r) =>
  [`M${r},0A${r},${r} 0 1 1 ${-r},0A${r},${r} 0 1 1 ${r},0Z`, around(TRIANGLE, r), around(SQUARE, r)];
