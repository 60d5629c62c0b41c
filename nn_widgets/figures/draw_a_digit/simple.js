// Fewer points for the same line, so that a drawing fits into a link.

import { pointsOf } from "./bitmap.js";

/**
 * Drop points that lie closer than `tolerance` to the line through their neighbours.
 * @param {number[]} stroke x0, y0, x1, y1, …
 * @param {number} tolerance
 * @returns {number[]} some of the same points, the first and the last among them
 */
export function simplified(stroke, tolerance) {
  return kept(pointsOf(stroke), tolerance).flat();
}

/** @param {[number, number][]} points @param {number} tolerance @returns {[number, number][]} */
function kept(points, tolerance) {
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < 3) return points;
  const away = points.map((point) => distance(point, first, last));
  const farthest = away.indexOf(Math.max(...away));
  if (away[farthest] <= tolerance) return [first, last];
  return [
    ...kept(points.slice(0, farthest + 1), tolerance).slice(0, -1),
    ...kept(points.slice(farthest), tolerance),
  ];
}

/** @param {number[]} point @param {number[]} first @param {number[]} last */
function distance([x, y], [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy);
}
