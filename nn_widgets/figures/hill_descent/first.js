// Where a walk starts on a surface that the reader has just chosen.

import { forAxes } from "../../kit/ground/point.js";

const PENGUIN_START = [-0.75, 0.6]; // of the reach, from the middle of the picture; as in Python

/**
 * @param {{start?: import("../../kit/ground/point.js").Point}} about the surface as Python describes it
 * @param {import("./surface.js").Surface} surface
 */
export function firstPlace(about, { domain }) {
  if (about.start) return about.start;
  return forAxes((n) => {
    const [low, high] = domain[n];
    return (low + high) / 2 + (PENGUIN_START[n] * (high - low)) / 2;
  });
}
