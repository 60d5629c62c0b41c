// What each step of the product says: an equation in symbols, the same in numbers, a sentence.

import { formatFactor, formatNumber } from "../../maths/format.js";
import { CLASSES } from "./chain.js";

export const LAST_STEP = 10;
/** @type {("multiply"|"cancel"|"result")[]} */
const STAGES = ["multiply", "cancel", "result"];
const SUB = ["₁", "₂", "₃"];

/** @typedef {import("./chain.js").Chain} Chain */
/** @typedef {[text: string, role?: string, gone?: boolean]} Piece text, its colour, whether it is struck out */
/** @typedef {{column: number|null, stage: "whole"|"multiply"|"cancel"|"result"|"collapse"}} Place */
/** @typedef {{symbols: Piece[], numbers: Piece[], sentence: string}} Said */

/** Where a step is: which column, and what happens to it. @param {number} step @returns {Place} */
export function placeOf(step) {
  if (step === 0) return { column: null, stage: "whole" };
  if (step === LAST_STEP) return { column: null, stage: "collapse" };
  return { column: Math.floor((step - 1) / 3), stage: STAGES[(step - 1) % 3] };
}

/** The step at which a column begins. @param {number} column */
export const stepOf = (column) => 1 + 3 * column;

/** Whether the slope of a column has been worked out by this step. @param {number} column @param {number} step */
export const isKnown = (column, step) => step >= stepOf(column) + 2;

/**
 * @param {import("./chain.js").Chain} chain
 * @param {number} step
 * @returns {Said}
 */
export function say(chain, step) {
  const { column, stage } = placeOf(step);
  if (stage === "whole") return whole();
  return stage === "collapse" ? collapse(chain) : { multiply, cancel, result }[stage](chain, column);
}

/** @param {number} j @returns {Piece} */
const z = (j) => [`z${SUB[j]}`, "z"];
/** @param {number} i @param {boolean} [gone] @returns {Piece} */
const p = (i, gone) => [`p${SUB[i]}`, "p", gone];
/** @param {number} i @returns {Piece} */
const y = (i) => [`y${SUB[i]}`, "y"];
/** @param {number} j @returns {Piece} */
const slope = (j) => [`∂L/∂z${SUB[j]}`, "dz"];
/** @param {number[]} values */
const tuple = (values) => `(${values.map(formatNumber).join(", ")})`;

/** @returns {Said} */
function whole() {
  return {
    symbols: [["∂L/∂z", "dz"], [" = "], ["−y/p", "dp"], [" times each column of "], ["∂p/∂z", "p"]],
    numbers: [],
    sentence: "Each entry says how one probability moves when one score is raised. To the left of its row stands −y/p, "
      + "which says how the loss moves with that probability. Press Next, or choose a column.",
  };
}

/** @param {Chain} chain @param {number} j @returns {Said} */
function multiply({ into, jacobian, truth, p: probabilities }, j) {
  /** @param {number} i @returns {Piece[]} */
  const factors = (i) => [[i ? " + " : " = "], [`(−y${SUB[i]}/p${SUB[i]})`, "dp", i !== truth], ["·"],
    [`∂p${SUB[i]}/∂z${SUB[j]}`, "p", i !== truth]];
  /** @param {number} i @returns {Piece[]} */
  const product = (i) => [[i ? " + " : "= "],
    [`${formatFactor(into[i])}·${formatFactor(jacobian[i][j])}`, "", i !== truth]];
  const [symbols, numbers] = [CLASSES.flatMap(factors), CLASSES.flatMap(product)];
  const own = `p${SUB[truth]}`;
  return { symbols: [slope(j), ...symbols], numbers, sentence: probabilities[truth] > 0
    ? `The truth is one-hot: two of the three terms are 0 times something. Only the row of ${own} is left.`
    : `Here ${own} is 0 to the computer, −1/${own} is infinite, and infinity times 0 is undefined. On paper `
      + "the two cancel before any number is put in. Press Next." };
}

/** @param {Chain} chain @param {number} j @returns {Said} */
function cancel({ p: probabilities, truth: t }, j) {
  const own = j === t;
  const [pt, pj] = [formatNumber(probabilities[t]), formatNumber(probabilities[j])];
  /** @type {Piece[]} */
  const right = own ? [p(t, true), ["·(1 − "], p(t), [")"]] : [["(−"], p(t, true), ["·"], p(j), [")"]];
  /** @type {Piece[]} */
  const numbers = own
    ? [["= −(1/"], [pt, "", true], [")·"], [pt, "", true], [`·(1 − ${pt})`]]
    : [["= −(1/"], [pt, "", true], [")·(−"], [pt, "", true], [`·${pj})`]];
  return {
    symbols: [slope(j), [" = −(1/"], p(t, true), [")·"], ...right], numbers,
    sentence: `The slope of −log p${SUB[t]} divides by p${SUB[t]}. The slope of softmax multiplies by p${SUB[t]}. `
      + "Whatever its size, it cancels.",
  };
}

/** @param {Chain} chain @param {number} j @returns {Said} */
function result({ p: probabilities, y: truths, truth: t, short }, j) {
  /** @type {Piece[]} */
  const first = j === t ? [["−(1 − "], p(t), [")"]] : [p(j)];
  const [pj, yj] = [formatNumber(probabilities[j]), formatNumber(truths[j])];
  return {
    symbols: [slope(j), [" = "], ...first, [" = "], p(j), [" − "], y(j)],
    numbers: [[`= ${pj} − ${yj} = `], [formatNumber(short[j]), "dz"]],
    sentence: meaning(short[j], j),
  };
}

/** @param {number} value @param {number} j */
function meaning(value, j) {
  const score = `z${SUB[j]}`;
  if (value === 0) {
    return `Nothing is left to correct: a small change of ${score} does not move the loss, to the last digit.`;
  }
  return value > 0
    ? `Positive: raising ${score} raises the loss. A step against the slope lowers ${score}.`
    : `Negative: raising ${score}, the score of the truth, lowers the loss. A step against the slope raises ${score}.`;
}

/** @param {Chain} chain @returns {Said} */
function collapse({ p: probabilities, y: truths, short, truth: t }) {
  const others = CLASSES.filter((i) => i !== t);
  const falls = others.map((i) => `α·${formatNumber(short[i])}`).join(" and ");
  return {
    symbols: [["∂L/∂z", "dz"], [" = "], ["p", "p"], [" − "], ["y", "y"]],
    numbers: [["= "], [tuple(probabilities), "p"], [" − "], [tuple(truths), "y"], [" = "], [tuple(short), "dz"]],
    sentence: `The three slopes sum to 0. A step with rate α raises z${SUB[t]} by `
      + `α·${formatNumber(Math.abs(short[t]))} and lowers z${SUB[others[0]]} and z${SUB[others[1]]} by ${falls}.`,
  };
}

/**
 * The formula of one entry of the matrix.
 * @param {Chain} chain @param {{row: number, col: number}} place @returns {Piece[]}
 */
export function entry({ p: probabilities, jacobian }, { row: i, col: j }) {
  const [pi, pj, value] = [probabilities[i], probabilities[j], jacobian[i][j]].map(formatNumber);
  /** @type {Piece[]} */
  const start = [[`∂p${SUB[i]}/∂z${SUB[j]}`, "p"], [" = "]];
  return i === j
    ? [...start, p(i), ["·(1 − "], p(i), [")"], [` = ${pi}·(1 − ${pi}) = ${value}`]]
    : [...start, ["−"], p(i), ["·"], p(j), [` = −${pi}·${pj} = ${value}`]];
}

export { z as scoreName, p as probabilityName, y as truthName };
