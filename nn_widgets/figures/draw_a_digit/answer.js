// What the network makes of 64 counts, and which way each of them pushes. Nothing here knows the page.

import { formatNumber } from "../../maths/format.js";
import { feedforward, inputGradient, matrix } from "../../maths/nn.js";

export const MOST = 16; // pixels in a block
const SIDE = 8;
const SURE = 0.9;

/** @typedef {import("../../maths/nn.js").Layer} Layer */
/** @typedef {"score"|"log p"} Measure */
/** @typedef {{k: number, measure: Measure, activation: string}} Asked about a class */

/**
 * @typedef {{x: number[], trace: import("../../maths/nn.js").Trace, p: number[], z: number[], order: number[]}} Answer
 */

/**
 * @param {import("../../maths/nn.js").Layer[]} layers
 * @param {number[]} counts 64, from 0 to 16; the network sees them divided by 16
 * @param {string} activation
 * @returns {Answer} `order` has the classes, the most probable first
 */
export function answerTo(layers, counts, activation) {
  const x = counts.map((count) => count / MOST);
  const trace = feedforward(layers, matrix(x.length, 1, x), activation);
  const [p, z] = [Array.from(trace.p.data), Array.from(trace.z.at(-1).data)];
  const order = p.map((_, k) => k).sort((a, b) => p[b] - p[a]);
  return { x, trace, p, z, order };
}

/**
 * What is measured of a class: its score, or the logarithm of its probability.
 * @param {Answer} answer @param {number} k @param {Measure} measure
 */
export function measured({ p, z }, k, measure) {
  return measure === "score" ? z[k] : Math.log(p[k]);
}

/**
 * The slope of a class's measure with respect to each input: one backward pass, down to dx.
 * @param {Layer[]} layers
 * @param {Answer} answer
 * @param {number} k
 * @param {Measure} measure
 */
export function pushes(layers, { trace, p }, k, measure) {
  /** @param {number} row */
  const one = (row) => Number(row === k);
  const start = p.map((share, row) => (measure === "score" ? one(row) : one(row) - share));
  return Array.from(inputGradient(layers, trace, matrix(p.length, 1, start)).data);
}

/** A place in the picture, in words. @param {number} at */
export const placeName = (at) => `row ${Math.floor(at / SIDE) + 1}, column ${(at % SIDE) + 1}`;

/** A number with its sign always shown. @param {number} value */
export const signed = (value) => (value > 0 ? "+" : "") + formatNumber(value);

/** The measure of class k as the book writes it. @param {number} k @param {Measure} measure */
export const nameOf = (k, measure) => (measure === "score" ? `the score of ${k}` : `log p of ${k}`);

/** A digit as one of its kind. @param {number} k */
export const aDigit = (k) => `${k === 8 ? "An" : "A"} ${k}`;

/** The answer in words. `label` is the truth, where it is known. @param {Answer} answer @param {number|null} [label] */
export function verdict({ p, order }, label = null) {
  const [first, second] = order;
  /** @param {number} k */
  const share = (k) => `${k} (p = ${formatNumber(p[k])})`;
  const said = p[first] >= SURE
    ? `The network says ${share(first)}; next comes ${share(second)}.`
    : `The network hesitates: ${share(first)}, or ${share(second)}.`;
  if (label === null) return said;
  return `${aDigit(label)} from the data set. ${said} ${first === label ? "It is right." : "It is wrong."}`;
}

/**
 * What would change if each block were wiped clean: the network runs once more for each that has ink.
 * @param {Layer[]} layers @param {number[]} counts @param {Answer} answer @param {Asked} asked
 * @returns {number[]} the change of class k's measure; 0 where there is no ink
 */
export function wipes(layers, counts, answer, { k, measure, activation }) {
  const now = measured(answer, k, measure);
  return counts.map((count, at) => {
    if (count === 0) return 0;
    const without = answerTo(layers, counts.map((other, n) => (n === at ? 0 : other)), activation);
    return measured(without, k, measure) - now;
  });
}

/** @param {number[]} values */
const lowestOf = (values) => values.indexOf(Math.min(...values));
/** @param {number[]} values */
const highestOf = (values) => values.indexOf(Math.max(...values));

/**
 * Which blocks push most, by their slopes, and which hold the answer up, by wiping them, in words.
 * @param {number[]} slopes @param {number[]} changes @param {number} k @param {Measure} measure
 */
export function pushWords(slopes, changes, k, measure) {
  const [up, down, for_, against] = [highestOf(slopes), lowestOf(slopes), lowestOf(changes), highestOf(changes)];
  const said = [`A little more ink raises ${nameOf(k, measure)} fastest at ${placeName(up)} `
    + `(slope ${signed(slopes[up])}) `
    + `and lowers it fastest at ${placeName(down)} (${signed(slopes[down])}).`];
  if (changes[for_] < 0) {
    said.push(`Of the ink that is there, ${placeName(for_)} speaks for ${k} most: wiping that block changes it by `
      + `${signed(changes[for_])}.`);
  }
  if (changes[against] > 0) {
    said.push(`Most against ${k} speaks ${placeName(against)}: wiping that changes it by ${signed(changes[against])}.`);
  }
  return said.join(" ");
}

/**
 * The slope at one block put to the test: one pixel of ink more, or less in a full block, and all wiped.
 * @param {Layer[]} layers @param {number[]} counts @param {Answer} answer
 * @param {Asked & {at: number, slope: number, change: number}} asked
 */
export function probe(layers, counts, answer, { k, measure, at, activation, slope, change }) {
  const by = counts[at] < MOST ? 1 : -1;
  const moved = answerTo(layers, counts.map((count, n) => (n === at ? count + by : count)), activation);
  const real = measured(moved, k, measure) - measured(answer, k, measure);
  const said = `Block at ${placeName(at)}: ${counts[at]} of ${MOST} pixels on, slope ${signed(slope)}. `
    + `One pixel ${by > 0 ? "more" : "less"} should change ${nameOf(k, measure)} by ${by > 0 ? "" : "−"}1/${MOST} `
    + `of that, ${signed((by * slope) / MOST)}; the network, run again, changes it by ${signed(real)}.`;
  return counts[at] ? `${said} With the block wiped clean, it changes by ${signed(change)}.` : said;
}
