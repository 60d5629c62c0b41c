// Gradient descent: the step, and a network that takes many of them in place.

import { softmaxInto } from "./activations.js";
import { gradientRoom, gradientsInto } from "./gradients.js";
import { crossEntropyFromLogits } from "./losses.js";
import { addScaled, expectShape, matrix } from "./matrices.js";
import { feedforward, scoresInto, traceRoom } from "./network.js";
import { copyLayers } from "./parameters.js";

/** @typedef {import("./matrices.js").Matrix} Matrix */
/** @typedef {import("./parameters.js").Layer} Layer */

/**
 * New layers, one step down the slope: v - α dv.
 * @param {Layer[]} layers @param {Layer[]} gradients @param {number} alpha
 */
export function descend(layers, gradients, alpha) {
  const next = copyLayers(layers);
  descendInPlace(next, gradients, alpha);
  return next;
}

/** @param {Layer[]} layers @param {Layer[]} gradients @param {number} alpha */
function descendInPlace(layers, gradients, alpha) {
  for (let l = 0; l < layers.length; l += 1) {
    addScaled(layers[l].W.data, 0, -alpha, gradients[l].W.data, 0, layers[l].W.data.length);
    addScaled(layers[l].b, 0, -alpha, gradients[l].b, 0, layers[l].b.length);
  }
}

/** @param {Matrix} out @param {Matrix} m @param {ArrayLike<number>} columns */
function gatherColumns(out, { rows, cols, data }, columns) {
  for (let r = 0; r < rows; r += 1) {
    for (let i = 0; i < columns.length; i += 1) {
      out.data[r * out.cols + i] = data[r * cols + columns[i]];
    }
  }
}

/**
 * One set of buffers for batches of n examples.
 * @param {Layer[]} layers @param {Matrix} x @param {Matrix} y @param {string} activation
 */
function workbench(layers, x, y, activation) {
  return { x, y, trace: traceRoom(layers, x, activation), room: gradientRoom(layers, x.cols) };
}

/**
 * A network that trains in place, allocating nothing after the first step of each batch size.
 *
 * `layers` and `gradients` are live: a figure may read them after any call and may write into
 * `layers` between calls.
 * @param {Layer[]} start copied, not changed
 * @param {Matrix} x
 * @param {Matrix} y
 * @param {{activation?: string}} [options]
 */
export function makeTrainer(start, x, y, { activation = "sigmoid" } = {}) {
  feedforward(start, x, activation); // complains about what does not fit
  expectShape("y", y, start.at(-1).W.rows, x.cols);
  const layers = copyLayers(start);
  const full = workbench(layers, x, y, activation);
  const benches = new Map();

  /** @param {ArrayLike<number>} columns */
  const benchFor = (columns) => {
    if (!columns) return full;
    const n = columns.length;
    if (!benches.has(n)) {
      benches.set(n, workbench(layers, matrix(x.rows, n), matrix(y.rows, n), activation));
    }
    const bench = benches.get(n);
    gatherColumns(bench.x, x, columns);
    gatherColumns(bench.y, y, columns);
    return bench;
  };

  const trainer = {
    layers,
    gradients: full.room.gradients,
    /** The average loss over all examples, at the present layers. */
    loss() {
      scoresInto(full.trace, layers);
      return crossEntropyFromLogits(full.trace.z.at(-1), y);
    },
    /** The same at the layers that `gradient` last saw, from the scores that it left. */
    lossSeen() {
      return crossEntropyFromLogits(full.trace.z.at(-1), y);
    },
    /**
     * Fills `gradients` for all examples, or for the given columns; gives nothing back.
     * @param {ArrayLike<number>} [columns]
     */
    gradient(columns) {
      const bench = benchFor(columns);
      scoresInto(bench.trace, layers);
      softmaxInto(bench.trace.p, bench.trace.z.at(-1));
      gradientsInto(bench.room, layers, bench.trace, bench.y);
      trainer.gradients = bench.room.gradients;
    },
    /**
     * One descent step on all examples, or on the given columns.
     * @param {number} alpha @param {ArrayLike<number>} [columns]
     */
    step(alpha, columns) {
      trainer.gradient(columns);
      descendInPlace(layers, trainer.gradients, alpha);
    },
  };
  return trainer;
}
