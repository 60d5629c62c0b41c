// What can be said of a run at this moment, in numbers: losses, gradients, hits, and the state of
// the hidden neurons.

import { makePass } from "../../maths/nn.js";

/** @typedef {import("../../maths/nn.js").Matrix} Matrix */

const FLAT = 0.02; // of the largest slope; below it hardly any gradient gets through

// Slope of the activation, as a share of its largest, from h.
/** @type {Record<string, (h: number) => number>} */
const SHARE_OF_SLOPE = {
  sigmoid: (h) => 4 * h * (1 - h),
  tanh: (h) => 1 - h * h,
  relu: (h) => (h > 0 ? 1 : 0),
};

/**
 * @typedef {object} Measured
 * @property {number} updates
 * @property {number} epochs
 * @property {number} loss over the birds learned from
 * @property {number|null} held over those held out
 * @property {import("./record.js").Entry[]} entries the losses so far, this moment's at the end
 * @property {number[]} norms length of the gradient of each layer, W and b together
 * @property {number} slope length of the whole gradient
 * @property {Uint8Array} answers the most probable species of each bird
 * @property {{right: number, of: number}} learn
 * @property {{right: number, of: number}} kept
 * @property {number} wrong birds of either kind that are taken for another species
 * @property {import("../../maths/nn.js").Matrix} p probabilities of all birds
 * @property {Hidden[]} hidden
 */
/**
 * @typedef {object} Hidden the neurons of one hidden layer over all birds
 * @property {number} neurons
 * @property {number} flat share of values where the activation's slope is below 2 % of its largest
 * @property {number} off neurons that give 0 for every bird
 * @property {boolean} twins whether all its neurons, two or more, are the same
 */

/**
 * A function that measures a run; it keeps its memory from one call to the next.
 * @param {import("./training.js").Run} run
 * @returns {() => Measured}
 */
export function makeMeasure(run) {
  const { trainer, birds, parts } = run;
  const pass = makePass(trainer.layers, birds.x, run.choice.activation);
  return () => {
    trainer.gradient();
    const entry = { update: run.updates, loss: trainer.lossSeen(), held: run.heldLoss() };
    const norms = trainer.gradients.map(({ W, b }) => Math.hypot(...W.data, ...b));
    const { h, p } = pass(trainer.layers);
    const answers = mostProbable(p);
    const [learn, kept] = [parts.learn, parts.held].map((columns) => count(answers, birds.y, columns));
    return {
      updates: run.updates, epochs: run.updates / run.perEpoch, loss: entry.loss, held: entry.held,
      entries: run.record.upTo(entry), norms, slope: Math.hypot(...norms),
      answers, p, learn, kept, wrong: learn.of + kept.of - learn.right - kept.right,
      hidden: h.slice(1).map((values, l) => hiddenLayer(values, trainer.layers[l], run.choice.activation)),
    };
  };
}

/** The row of the largest entry of each column. @param {Matrix} m */
export function mostProbable({ rows, cols, data }) {
  const best = new Uint8Array(cols);
  for (let i = 0; i < cols; i += 1) {
    for (let k = 1; k < rows; k += 1) if (data[k * cols + i] > data[best[i] * cols + i]) best[i] = k;
  }
  return best;
}

/** @param {Uint8Array} answers @param {Matrix} y @param {number[]} columns */
function count(answers, y, columns) {
  return { right: columns.filter((i) => y.data[answers[i] * y.cols + i] === 1).length, of: columns.length };
}

/** @param {Matrix} m @param {import("../../maths/nn.js").Layer} layer @param {string} activation */
function hiddenLayer({ rows, cols, data }, { W, b }, activation) {
  const share = SHARE_OF_SLOPE[activation];
  let [flat, off] = [0, 0];
  for (let j = 0; j < rows; j += 1) {
    let zeros = 0;
    for (let i = j * cols; i < (j + 1) * cols; i += 1) {
      if (share(data[i]) < FLAT) flat += 1;
      if (data[i] === 0) zeros += 1;
    }
    if (zeros === cols) off += 1;
  }
  return { neurons: rows, flat: flat / data.length, off, twins: areTwins(W, b) };
}

/** @param {Matrix} m @param {Float64Array} b */
function areTwins({ rows, cols, data }, b) {
  if (rows < 2) return false;
  return b.every((value) => value === b[0]) && data.every((value, n) => value === data[n % cols]);
}
