// A point has one number for each of the two parameters that a ground is drawn over.

/** @typedef {[number, number]} Point */

/**
 * What `make` makes for the first axis and for the second.
 * @template T @param {(axis: 0|1) => T} make @returns {[T, T]}
 */
export const forAxes = (make) => [make(0), make(1)];
