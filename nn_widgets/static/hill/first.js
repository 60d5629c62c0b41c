// Where a walk starts on a surface that the reader has just chosen.

const PENGUIN_START = [-0.75, 0.6]; // of the reach, from the middle of the picture; as in Python

/**
 * @param {{start?: [number, number]}} about the surface as Python describes it
 * @param {import("./surface.js").Surface} surface
 */
export function firstPlace(about, { domain }) {
  if (about.start) return about.start;
  return domain.map(([low, high], n) => (low + high) / 2 + (PENGUIN_START[n] * (high - low)) / 2);
}
