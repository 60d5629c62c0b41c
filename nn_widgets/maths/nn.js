// The mathematics of nn_core, under the same names in camelCase, for figures without a kernel: file by
// file beside what they equal, and all of it from here, as from `nn_core`.
//
// Nothing here knows the page, and no function changes what it is given; only makeTrainer keeps
// layers of its own, which its steps change in place.

/** @typedef {import("./matrices.js").Matrix} Matrix */
/** @typedef {import("./parameters.js").Layer} Layer */
/** @typedef {import("./network.js").Trace} Trace */

export { sigmoid, dsigmoid, tanh, dtanh, relu, drelu, softmax, logSoftmax, softmaxJacobian } from "./activations.js";
export { seededRandom } from "./chance.js";
export { backwardSequence, inputGradient, backprop } from "./gradients.js";
export { crossEntropy, crossEntropyFromLogits } from "./losses.js";
export { matrix, fromNested, toNested } from "./matrices.js";
export { feedforward, makePass, loss, lossOf } from "./network.js";
export {
  initLayers, layersFromNested, layersToNested, copyLayers, countParameters, toVector, fromVector,
} from "./parameters.js";
export { descend, makeTrainer } from "./training.js";
