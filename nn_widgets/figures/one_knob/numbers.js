// What the birds pay, and how that depends on one knob. No page here.

import { backprop, feedforward, fromVector, logSoftmax, toVector } from "../../maths/nn.js";

export const SIZES = [2, 3, 2, 3];
export const REACH = 6;
const INTERVALS = 120; // of the curve, so that its points are 0.1 apart

/** @typedef {import("../../maths/nn.js").Matrix} Matrix */
/** @typedef {{x: Matrix, y: Matrix}} Data */
/** @typedef {{value: number, averages: number[]}[]} Curve the averages by species and of all, along a knob */

/** How far a knob turns that came with this value. @param {number} value @returns {[number, number]} */
export function rangeOf(value) {
  const middle = Math.round(value);
  return [middle - REACH, middle + REACH];
}

/**
 * The nearest place where a knob can stand: within its range, hundredths apart.
 * @param {number} value @param {[number, number]} range
 */
export function settled(value, [low, high]) {
  return Math.min(high, Math.max(low, Math.round(value * 100) / 100));
}

/**
 * The network's parameters with some of them turned.
 * @param {Record<string, number>} turned @param {Float64Array} vector @param {Record<string, number>} turned
 */
export function withTurned(vector, turned) {
  return Float64Array.from(vector, (value, k) => turned[k] ?? value);
}

/** Log probabilities, shape (species, birds). @param {Float64Array} vector @param {Data} data */
function logsAt(vector, { x }) {
  return logSoftmax(feedforward(fromVector(vector, SIZES), x).z.at(-1));
}

/** The loss of each bird. @param {Matrix} logs @param {number[]} species the true one of each */
function lossesFrom({ data, cols }, species) {
  return species.map((kind, i) => -data[kind * cols + i]);
}

/** @param {Matrix} m @param {number} i */
function mostProbable({ rows, cols, data }, i) {
  let best = 0;
  for (let k = 1; k < rows; k += 1) if (data[k * cols + i] > data[best * cols + i]) best = k;
  return best;
}

/**
 * @param {Float64Array} vector @param {Data} data @param {number[]} species
 * @returns {{losses: number[], right: boolean[]}} what each bird pays, whether it is named rightly
 */
export function birdsAt(vector, data, species) {
  const logs = logsAt(vector, data);
  return { losses: lossesFrom(logs, species), right: species.map((kind, i) => mostProbable(logs, i) === kind) };
}

/**
 * The average loss of each species, and last that of all birds.
 * @param {number[]} losses @param {number[]} species @param {number} kinds @returns {number[]}
 */
export function averages(losses, species, kinds) {
  const sums = new Array(kinds + 1).fill(0);
  const counts = new Array(kinds + 1).fill(0);
  losses.forEach((loss, i) => {
    for (const group of [species[i], kinds]) {
      sums[group] += loss;
      counts[group] += 1;
    }
  });
  return sums.map((sum, group) => sum / counts[group]);
}

/**
 * The slope of the average loss along one knob.
 * @param {Float64Array} vector @param {number} knob @param {Data} data
 */
export function slopeAt(vector, knob, { x, y }) {
  const layers = fromVector(vector, SIZES);
  return toVector(backprop(layers, feedforward(layers, x), y))[knob];
}

/** @param {Float64Array} vector @param {Data} data @param {number[]} species */
const averagesAt = (vector, data, species) =>
  averages(lossesFrom(logsAt(vector, data), species), species, data.y.rows);

/**
 * The averages along one knob, the others as they are.
 * @param {Float64Array} vector @param {number} knob @param {[number, number]} range @param {Data} data
 * @param {number[]} species
 * @returns {Curve}
 */
export function curveOf(vector, knob, range, data, species, intervals = INTERVALS) {
  const trial = Float64Array.from(vector);
  return Array.from({ length: intervals + 1 }, (_, i) => {
    const value = range[0] + ((range[1] - range[0]) * i) / intervals;
    trial[knob] = value;
    return { value, averages: averagesAt(trial, data, species) };
  });
}

/**
 * Whether no neighbouring place of the knob, a hundredth away, has a lower average.
 * @param {Float64Array} vector @param {number} knob @param {Data} data @param {number[]} species
 */
export function isLowest(vector, knob, data, species) {
  /** @type {[number, number]} */
  const around = [vector[knob] - 0.01, vector[knob] + 0.01];
  const [less, here, more] = curveOf(vector, knob, around, data, species, 2).map((point) => point.averages.at(-1));
  return here <= Math.min(less, more);
}

/**
 * Where along a curve the average of all is lowest, to a hundredth.
 * @param {Curve} curve @param {Float64Array} vector @param {number} knob @param {[number, number]} range
 * @param {Data} data @param {number[]} species
 */
export function lowestOf(curve, vector, knob, range, data, species) {
  /** @param {Curve} points */
  const least = (points) => points.reduce((best, one) => (one.averages.at(-1) < best.averages.at(-1) ? one : best));
  const near = least(curve).value;
  /** @type {[number, number]} */
  const around = [settled(near - 0.1, range), settled(near + 0.1, range)];
  const steps = Math.round(100 * (around[1] - around[0]));
  return settled(least(curveOf(vector, knob, around, data, species, steps)).value, range);
}

/**
 * How many birds pay less than before, more, and the same.
 * @param {number[]} losses @param {number[]} before @param {(bird: number) => boolean} [only]
 */
export function whoPays(losses, before, only = () => true) {
  const counts = [0, 0, 0];
  losses.forEach((loss, i) => {
    if (only(i)) counts[loss < before[i] ? 0 : loss > before[i] ? 1 : 2] += 1;
  });
  return counts;
}
