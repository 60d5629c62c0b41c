// The edge of the pad: a pointer that is held down is followed beyond it, the ink is not.

import { PAD } from "./bitmap.js";

/**
 * What lies on the pad of the straight way from one place to another: its two ends, or null.
 * @param {number[]} from @param {number[]} to
 * @returns {[number[], number[]]|null}
 */
export function onPad(from, to) {
  let [first, last] = [0, 1]; // shares of the way
  for (const axis of [0, 1]) {
    const [start, way] = [from[axis], to[axis] - from[axis]];
    if (way === 0 && (start < 0 || start > PAD)) return null;
    if (way === 0) continue;
    const [a, b] = [-start / way, (PAD - start) / way];
    [first, last] = [Math.max(first, Math.min(a, b)), Math.min(last, Math.max(a, b))];
  }
  if (first > last) return null;
  /** @param {number} share */
  const at = (share) => from.map((start, axis) => start + share * (to[axis] - start));
  return [at(first), at(last)];
}

/** @param {number[]} place */
export const isOnPad = (place) => place.every((value) => value >= 0 && value <= PAD);
