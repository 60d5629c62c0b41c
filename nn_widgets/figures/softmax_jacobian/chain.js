// From three scores to three slopes, the long way and the short way. Nothing here knows the page.

import { matrix, softmax, softmaxJacobian, toNested } from "../../maths/nn.js";

export const CLASSES = [0, 1, 2];

/**
 * @typedef {object} Chain
 * @property {number[]} z
 * @property {number} truth
 * @property {number[]} y one-hot
 * @property {number[]} p softmax, stable
 * @property {number[]} naive softmax as its formula stands
 * @property {number[]} into −y/p, which is ∂L/∂p; 0 where y is 0, whatever p is
 * @property {number[][]} jacobian entry [i][j] is ∂p_i/∂z_j
 * @property {number[]} long `into` times each column, as a computer multiplies it
 * @property {number[]} short p − y
 */

/**
 * Everything that follows from the scores and the truth.
 * @param {number[]} z
 * @param {number} truth
 * @returns {Chain}
 */
export function chain(z, truth) {
  const column = matrix(3, 1, z);
  const [p, jacobian] = [Array.from(softmax(column).data), toNested(softmaxJacobian(column))];
  const y = CLASSES.map((i) => (i === truth ? 1 : 0));
  const into = y.map((own, i) => (own ? -1 / p[i] : 0));
  const long = CLASSES.map((j) => CLASSES.reduce((sum, i) => sum + into[i] * jacobian[i][j], 0));
  return { z, truth, y, p, naive: naiveSoftmax(z), into, jacobian, long, short: p.map((own, i) => own - y[i]) };
}

/** The formula of softmax without the shift: e^z overflows where z is above 709. @param {number[]} z */
export function naiveSoftmax(z) {
  const powers = z.map(Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** A sum of slopes without the last digit's rounding: what is 0 on paper is 0. @param {number[]} slopes */
export function sumOf(slopes) {
  const sum = slopes.reduce((total, slope) => total + slope, 0);
  return Math.round(sum * 1e12) / 1e12;
}

/**
 * Scores worth looking at.
 * @param {number[]} bird
 * @returns {[string, {z: number[], truth: number, reach: number}][]}
 */
export function presets(bird) {
  return [
    ["The bird", { z: bird, truth: 2, reach: 6 }],
    ["Sure and right", { z: [-2, -3, 5], truth: 2, reach: 6 }],
    ["Sure and wrong", { z: [5, -1, -5], truth: 2, reach: 6 }],
    ["All equal", { z: [0, 0, 0], truth: 2, reach: 6 }],
    ["Huge scores", { z: [1000, 0, -1000], truth: 2, reach: 1000 }],
  ];
}
