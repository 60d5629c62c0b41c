// The ground of Hill descent: a loss over two parameters, with its slopes and its curvature.
// A surface is a polynomial, given by its terms, or the penguin network's loss over two of its
// parameters. Python sends both descriptions, so that its still picture shows the same ground.

import { copyLayers, makeTrainer } from "../nn.js";
import { parameterName, parameterPlaces } from "../penguins.js";

/** @typedef {[number, number]} Point */
/**
 * @typedef {object} Surface
 * @property {(w: Point) => number} loss
 * @property {(w: Point) => Point} gradient
 * @property {(w: Point) => {loss: number, gradient: Point}} [both] where the two together cost less
 * @property {(w: Point) => [number, number, number]} hessian second slopes: along w1, mixed, along w2
 * @property {[Point, Point]} domain what the picture shows: the range of w1, the range of w2
 * @property {[string, string]} names of the two parameters
 * @property {number} [leastCurvature] over all directions, where it is the same everywhere; below 0 there is no minimum
 */

/** A term [c, i, j] stands for c w1^i w2^j. */
function derivative(terms, axis) {
  return terms
    .filter((term) => term[axis + 1] > 0)
    .map(([c, i, j]) => (axis === 0 ? [c * i, i - 1, j] : [c * j, i, j - 1]));
}

function power(base, exponent) {
  let result = 1;
  for (let n = 0; n < exponent; n += 1) result *= base;
  return result;
}

const evaluate = (terms) => ([w1, w2]) => {
  let sum = 0;
  for (const [c, i, j] of terms) sum += c * power(w1, i) * power(w2, j);
  return sum;
};

/**
 * @param {{terms: [number, number, number][], domain: [Point, Point]}} description
 * @returns {Surface}
 */
export function polynomial({ terms, domain }) {
  const [along1, along2] = [derivative(terms, 0), derivative(terms, 1)];
  const slopes = [evaluate(along1), evaluate(along2)];
  const second = [derivative(along1, 0), derivative(along1, 1), derivative(along2, 1)].map(evaluate);
  const hessian = (w) => second.map((entry) => entry(w));
  const degree = Math.max(...terms.map(([, i, j]) => i + j));
  return {
    domain,
    names: ["w₁", "w₂"],
    loss: evaluate(terms),
    gradient: (w) => slopes.map((slope) => slope(w)),
    hessian,
    leastCurvature: degree === 2 ? eigenvalues(hessian([0, 0]))[0] : undefined,
  };
}

/** True where the curvature is the same everywhere and every direction curves up: a bowl. */
export const isBowl = (description) => polynomial(description).leastCurvature > 0;

/** The smaller and the larger curvature over all directions. */
export function eigenvalues([a, b, c]) {
  const middle = (a + c) / 2;
  const spread = Math.hypot((a - c) / 2, b);
  return [middle - spread, middle + spread];
}

// ------------------------------------------------------------------- the penguins' loss

/**
 * The loss over all birds as a function of two parameters, the others held.
 * @param {import("../nn.js").Layer[]} layers
 * @param {{x: import("../nn.js").Matrix, y: import("../nn.js").Matrix}} data
 * @param {[number, number]} pair two different places in the parameter vector
 * @param {number} [reach] how far the picture goes to each side of the held values
 * @returns {Surface}
 */
export function penguinLoss(layers, { x, y }, pair, reach = 6) {
  const trainer = makeTrainer(copyLayers(layers), x, y);
  const places = parameterPlaces(layers);
  const chosen = pair.map((i) => places[i]);
  const at = ({ kind, l, index }) => (kind === "W" ? trainer.layers[l].W.data : trainer.layers[l].b)[index];
  const middle = chosen.map((place) => Math.round(at(place)));

  const set = (w) =>
    chosen.forEach(({ kind, l, index }, n) => {
      (kind === "W" ? trainer.layers[l].W.data : trainer.layers[l].b)[index] = w[n];
    });
  const slope = ({ kind, l, index }) => {
    const part = trainer.gradients[l];
    return (kind === "W" ? part.W.data : part.b)[index];
  };
  const loss = (w) => (set(w), trainer.loss());
  const gradient = (w) => (set(w), trainer.gradient(), chosen.map(slope));
  return {
    domain: middle.map((value) => [value - reach, value + reach]),
    names: chosen.map(parameterName),
    loss,
    gradient,
    both: (w) => ({ gradient: gradient(w), loss: trainer.lossSeen() }),
    hessian: (w) => differences(gradient, w),
  };
}

// Second slopes as centred differences of the gradient.
function differences(gradient, [w1, w2], step = 1e-4) {
  const between = (right, left) => right.map((value, n) => (value - left[n]) / (2 * step));
  const along1 = between(gradient([w1 + step, w2]), gradient([w1 - step, w2]));
  const along2 = between(gradient([w1, w2 + step]), gradient([w1, w2 - step]));
  return [along1[0], (along1[1] + along2[0]) / 2, along2[1]];
}
