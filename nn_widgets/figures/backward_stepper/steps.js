// What each step computes, described once: the sum behind an entry, the operands, the line of code.
// Everything that is drawn, said and checked is made from these descriptions.

import { flows, kindOf, layerOf, LAYERS } from "./names.js";
import { valueAt } from "./values.js";

export const FORWARD = ["z1", "h1", "z2", "h2", "z3", "p", "L"];
export const BACKWARD = ["dz3", "dW3", "db3", "dh2", "dz2", "dW2", "db2", "dh1", "dz1", "dW1", "db1"];
export const STEPS = [...FORWARD, ...BACKWARD];
const MOST = 4; // terms of a sum that are written out

/**
 * A piece of a sum: a number by its ref, perhaps as a power of e; a sign or a bracket; a plain
 * number with its symbol; or terms that are left out, with what they add up to.
 * @typedef {{ref?: import("./names.js").Ref, power?: boolean, sign?: string, symbol?: string, more?: number,
 *   value?: number}} Piece
 * @typedef {import("./values.js").Values} Values
 */

/**
 * A matrix beside the result: which one, and whether transposed.
 * @typedef {{name: string, turned?: boolean}} Operand
 */

/** The kind of a step; the output's dz has a rule of its own. @param {string} name */
export const ruleOf = (name) => (name === `dz${LAYERS}` ? "dz output" : kindOf(name));

/** @param {string} name @param {number} row @param {number} [col] */
const ref = (name, row, col = 0) => ({ ref: { name, row, col } });
/** @param {string} text @returns {Piece} */
const sign = (text) => ({ sign: text });
/** @param {number} count */
const range = (count) => Array.from({ length: count }, (_, i) => i);

/**
 * Terms with plus signs between; of many only the first few, and what the others add up to.
 * @param {Piece[][]} terms @param {Values} values @returns {Piece[]}
 */
function sum(terms, values) {
  const shown = terms.length > MOST ? terms.slice(0, MOST - 1) : terms;
  const pieces = shown.flatMap((term, i) => (i ? [sign("+"), ...term] : term));
  if (shown.length === terms.length) return pieces;
  const rest = terms.slice(shown.length);
  return [...pieces, sign("+"),
    { more: rest.length, value: rest.reduce((total, term) => total + product(term, values), 0) }];
}

/** @param {Piece[]} term @param {Values} values */
const product = (term, values) =>
  term.reduce((total, piece) => (piece.ref ? total * valueAt(values, piece.ref) : total), 1);

/** @param {Piece} a @param {Piece} b */
const times = (a, b) => [a, sign("·"), b];

/** @type {Record<string, (l: number, j: number, i: number, values: Values) => Piece[]>} */
const PIECES = {
  z(l, j, i, values) {
    const terms = range(values.get(`W${l}`).cols).map((k) => times(ref(`W${l}`, j, k), ref(`h${l - 1}`, k, i)));
    return sum([...terms, [ref(`b${l}`, j)]], values);
  },
  h: (l, j, i) => [sign("σ("), ref(`z${l}`, j, i), sign(")")],
  p(l, j, i, values) {
    /** @param {number} k */
    const power = (k) => ({ ...ref(`z${LAYERS}`, k, i), power: true });
    const all = sum(range(values.get("p").rows).map((k) => [power(k)]), values);
    return [power(j), sign("/"), sign("("), ...all, sign(")")];
  },
  L(l, j, i, values) {
    const { rows, cols } = values.get("y");
    /** @param {number} bird */
    const right = (bird) => range(rows).find((k) => valueAt(values, ref("y", k, bird).ref) === 1);
    if (cols === 1) return [sign("−log"), ref("p", right(0), 0)];
    const shown = range(Math.min(cols, MOST - 1 + Number(cols === MOST)));
    const logs = shown.flatMap((bird) => [sign("−log"), ref("p", right(bird), bird)]);
    /** @param {number} bird */
    const price = (bird) => -Math.log(valueAt(values, ref("p", right(bird), bird).ref));
    const rest = range(cols).slice(shown.length);
    const more = rest.length ? [sign("+"), { more: rest.length, value: rest.reduce((s, bird) => s + price(bird), 0) }]
      : [];
    return [sign("("), ...logs, ...more, sign(")"), ...overN(values)];
  },
  "dz output": (l, j, i, values) => [sign("("), ref("p", j, i), sign("−"), ref("y", j, i), sign(")"), ...overN(values)],
  dW: (l, j, k, values) =>
    sum(range(values.get("y").cols).map((i) => times(ref(`dz${l}`, j, i), ref(`h${l - 1}`, k, i))), values),
  db: (l, j, _, values) => sum(range(values.get("y").cols).map((i) => [ref(`dz${l}`, j, i)]), values),
  dh: (l, k, i, values) =>
    sum(range(values.get(`W${l + 1}`).rows).map((j) => times(ref(`W${l + 1}`, j, k), ref(`dz${l + 1}`, j, i))), values),
  dz: (l, j, i) => [
    ref(`dh${l}`, j, i), sign("·"), ref(`h${l}`, j, i), sign("·"), sign("(1 −"), ref(`h${l}`, j, i), sign(")"),
  ],
};

/** @param {Values} values @returns {Piece[]} */
const overN = (values) => [sign("/"), { symbol: "N", value: values.get("y").cols }];

/**
 * The pieces of the sum that gives one entry of a step.
 * @param {string} name @param {[number, number]} entry @param {Values} values
 * @returns {Piece[]}
 */
export function piecesOf(name, [row, col], values) {
  return PIECES[ruleOf(name)](layerOf(name), row, col, values);
}

/** The numbers that an entry is made of. @param {Piece[]} pieces @returns {import("./names.js").Ref[]} */
export const refsOf = (pieces) => pieces.flatMap((piece) => (piece.ref ? [piece.ref] : []));

/**
 * A step's operands with what stands between them, as in the line of code.
 * @type {Record<string, (l: number) => (Operand|string)[]>}
 */
const OPERANDS = {
  z: (l) => [{ name: `W${l}` }, "@", { name: `h${l - 1}` }, "+", { name: `b${l}` }],
  h: (l) => ["σ", { name: `z${l}` }],
  p: () => ["softmax", { name: "z3" }],
  L: () => ["price of", { name: "p" }, "for", { name: "y" }],
  "dz output": () => ["(", { name: "p" }, "−", { name: "y" }, ") / N"],
  dW: (l) => [{ name: `dz${l}` }, "@", { name: `h${l - 1}`, turned: true }],
  db: (l) => ["row sums of", { name: `dz${l}` }],
  dh: (l) => [{ name: `W${l + 1}`, turned: true }, "@", { name: `dz${l + 1}` }],
  dz: (l) => [{ name: `dh${l}` }, "⊙ σ′, from", { name: `h${l}` }],
};

/** @param {string} name @returns {(Operand|string)[]} */
export const operandsOf = (name) => OPERANDS[ruleOf(name)](layerOf(name));

/**
 * What the variables in the line of code hold at this step.
 * @type {Record<string, (l: number) => Record<string, string>>}
 */
const VARIABLES = {
  z: (l) => ({ z: `z${l}`, W: `W${l}`, h: `h${l - 1}`, b: `b${l}` }),
  h: (l) => ({ h: `h${l}`, z: `z${l}` }),
  p: () => ({ z: "z3", powers: "p" }),
  L: () => ({ y: "y", z: "z3", prices: "L" }),
  "dz output": () => ({ dz: "dz3", p: "p", y: "y" }),
  dW: (l) => ({ dW: `dW${l}`, dz: `dz${l}`, h: `h${l - 1}` }),
  db: (l) => ({ db: `db${l}`, dz: `dz${l}` }),
  dh: (l) => ({ dh: `dh${l}`, W: `W${l + 1}`, dz: `dz${l + 1}` }),
  dz: (l) => ({ dz: `dz${l}`, dh: `dh${l}`, h: `h${l}` }),
};

/** @param {string} name @returns {Record<string, string>} */
export const variablesOf = (name) => VARIABLES[ruleOf(name)](layerOf(name));

/** @type {Record<string, (l: number) => string>} */
const SAYS = {
  z: (l) => `Each neuron of layer ${l} adds up what comes in, weighted, and its bias.`,
  h: () => "The activation squeezes each z between 0 and 1.",
  p: () => "Softmax turns the three scores into probabilities. To take the largest off first, as the code does, "
    + "changes none of them.",
  L: () => "The loss is the price of the probability given to the truth. The code takes it straight from the scores.",
  "dz output": () => "Backward begins at the output: the probability minus the truth.",
  dW: (l) => `Each edge into layer ${l}: the slope where it ends times the value where it begins.`,
  db: () => "A bias moves its z one for one, so its slope is that of z.",
  dh: (l) => `A neuron of layer ${l} feeds every neuron of layer ${l + 1}: the slopes of all its ways add up.`,
  dz: () => "Through the activation: times its slope σ′(z) = h (1 − h).",
};

/** One sentence about a step. @param {string} name */
export const saidOf = (name) => SAYS[ruleOf(name)](layerOf(name));

/**
 * How many entries a step has in focus at a time: all rows and columns, or those of one example.
 * @param {string} name @param {Values} values @param {number} example @returns {[number, number][]}
 */
export function entriesOf(name, values, example) {
  const { rows, cols } = values.get(name);
  const across = flows(name) ? [example] : range(cols);
  return range(rows).flatMap((row) => across.map((col) => /** @type {[number, number]} */ ([row, col])));
}
