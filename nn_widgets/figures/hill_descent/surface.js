// The ground of Hill descent: a loss over two parameters, with its slopes and its curvature.
// A surface is a polynomial, given by its terms, or the penguin network's loss over two of its
// parameters. Python sends both descriptions, so that its still picture shows the same ground.

import { forAxes } from "../../kit/ground/point.js";
import { copyLayers, makeTrainer } from "../../maths/nn.js";
import { parameterName, parameterPlaces } from "../../maths/penguins.js";

/** @typedef {import("../../kit/ground/ground.js").Point} Point */
/** @typedef {import("../../kit/ground/ground.js").Surface} Surface */

/** @typedef {import("../../maths/penguins.js").Place} Place */
/** @typedef {[number, number, number]} Term [c, i, j] stands for c w1^i w2^j */
/** @typedef {{terms: Term[], domain: [Point, Point]}} Polynomial */

/** @param {Term[]} terms @param {0|1} axis @returns {Term[]} */
function derivative(terms, axis) {
  return terms
    .filter((term) => term[axis + 1] > 0)
    .map(([c, i, j]) => (axis === 0 ? [c * i, i - 1, j] : [c * j, i, j - 1]));
}

/** @param {number} base @param {number} exponent */
function power(base, exponent) {
  let result = 1;
  for (let n = 0; n < exponent; n += 1) result *= base;
  return result;
}

/** @param {Term[]} terms @returns {(w: Point) => number} */
const evaluate = (terms) => ([w1, w2]) => {
  let sum = 0;
  for (const [c, i, j] of terms) sum += c * power(w1, i) * power(w2, j);
  return sum;
};

/**
 * @param {Polynomial} description
 * @returns {Surface}
 */
export function polynomial({ terms, domain }) {
  const [along1, along2] = [derivative(terms, 0), derivative(terms, 1)];
  const slopes = [evaluate(along1), evaluate(along2)];
  const [second1, mixed, second2] = [derivative(along1, 0), derivative(along1, 1), derivative(along2, 1)].map(evaluate);
  /** @param {Point} w @returns {[number, number, number]} */
  const hessian = (w) => [second1(w), mixed(w), second2(w)];
  const degree = Math.max(...terms.map(([, i, j]) => i + j));
  return {
    domain,
    names: ["w₁", "w₂"],
    loss: evaluate(terms),
    gradient: (w) => forAxes((n) => slopes[n](w)),
    hessian,
    leastCurvature: degree === 2 ? eigenvalues(hessian([0, 0]))[0] : undefined,
  };
}

/**
 * True where the curvature is the same everywhere and every direction curves up: a bowl.
 * @param {Polynomial} description
 */
export const isBowl = (description) => polynomial(description).leastCurvature > 0;

/** The smaller and the larger curvature over all directions. @param {[number, number, number]} hessian */
export function eigenvalues([a, b, c]) {
  const middle = (a + c) / 2;
  const spread = Math.hypot((a - c) / 2, b);
  return [middle - spread, middle + spread];
}

// ------------------------------------------------------------------- the penguins' loss

/**
 * The loss over all birds as a function of two parameters, the others held.
 * @param {import("../../maths/nn.js").Layer[]} layers
 * @param {{x: import("../../maths/nn.js").Matrix, y: import("../../maths/nn.js").Matrix}} data
 * @param {[number, number]} pair two different places in the parameter vector
 * @param {number} [reach] how far the picture goes to each side of the held values
 * @returns {Surface}
 */
export function penguinLoss(layers, { x, y }, pair, reach = 6) {
  const trainer = makeTrainer(copyLayers(layers), x, y);
  const places = parameterPlaces(layers);
  const chosen = forAxes((n) => places[pair[n]]);
  /** @param {import("../../maths/nn.js").Layer[]} network @param {Place} place */
  const part = (network, { kind, l }) => (kind === "W" ? network[l].W.data : network[l].b);
  /** @param {0|1} n */
  const middle = (n) => Math.round(part(trainer.layers, chosen[n])[chosen[n].index]);
  /** @param {0|1} n */
  const slope = (n) => part(trainer.gradients, chosen[n])[chosen[n].index];

  /** @param {Point} w */
  const set = (w) =>
    chosen.forEach((place, n) => {
      part(trainer.layers, place)[place.index] = w[n];
    });
  /** @param {Point} w */
  const loss = (w) => (set(w), trainer.loss());
  /** @param {Point} w */
  const gradient = (w) => (set(w), trainer.gradient(), forAxes(slope));
  return {
    domain: forAxes((n) => [middle(n) - reach, middle(n) + reach]),
    names: forAxes((n) => parameterName(chosen[n])),
    loss,
    gradient,
    both: (w) => ({ gradient: gradient(w), loss: trainer.lossSeen() }),
    hessian: (w) => differences(gradient, w),
  };
}

/**
 * Second slopes as centred differences of the gradient.
 * @param {(w: Point) => Point} gradient @param {Point} w @returns {[number, number, number]}
 */
function differences(gradient, [w1, w2], step = 1e-4) {
  /** @param {Point} right @param {Point} left */
  const between = (right, left) => right.map((value, n) => (value - left[n]) / (2 * step));
  const along1 = between(gradient([w1 + step, w2]), gradient([w1 - step, w2]));
  const along2 = between(gradient([w1, w2 + step]), gradient([w1, w2 - step]));
  return [along1[0], (along1[1] + along2[0]) / 2, along2[1]];
}
