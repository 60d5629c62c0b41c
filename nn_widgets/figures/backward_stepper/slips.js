// Predictions: what counts as right, and the well-known ways to be wrong.

import { LAYERS, layerOf } from "./names.js";
import { piecesOf, ruleOf } from "./steps.js";
import { valueAt } from "./values.js";

/** @typedef {import("./values.js").Values} Values */

/** Near enough for numbers read with three decimals. @param {number} answer @param {number} value */
export const isNear = (answer, value) => Math.abs(answer - value) <= Math.max(0.0006, 0.01 * Math.abs(value));

/**
 * @param {string} name @param {[number, number]} entry @param {Values} values
 * @param {number} answer
 * @returns {{right: boolean, says: string, slip?: string}}
 */
export function judge(name, entry, values, answer) {
  const value = valueAt(values, { name, row: entry[0], col: entry[1] });
  if (isNear(answer, value)) return { right: true, says: "Right." };
  const slip = slipsOf(name, entry, values).find((one) => isNear(answer, one.value) && !isNear(one.value, value));
  if (slip) return { right: false, slip: slip.slip, says: slip.says };
  return { right: false, says: hint(answer, value) };
}

/** @param {number} answer @param {number} value */
function hint(answer, value) {
  const close = Math.abs(answer - value) <= 0.1 * Math.abs(value);
  return close ? "Close, but not near enough. Compute it once more, with all three decimals."
    : "Not yet. Work out the sum: each factor stands in one of the matrices.";
}

/**
 * @typedef {object} Context of an entry
 * @property {number} l its layer
 * @property {number} row
 * @property {number} col
 * @property {(name: string, row: number, col?: number) => number} at another number; NaN where there is none
 * @property {number} N birds
 * @property {number} value the right one
 * @property {Values} values
 * @property {() => number[]} terms of its sum
 *
 * @typedef {[slip: string, value: number, says: string]} Slip
 */

/**
 * Every recognised slip for an entry, the likelier first.
 * @param {string} name @param {[number, number]} entry @param {Values} values
 */
export function slipsOf(name, entry, values) {
  const [row, col] = entry;
  /** @param {string} other @param {number} r */
  const at = (other, r, c = 0) => {
    const { rows, cols } = values.get(other) ?? { rows: 0, cols: 0 };
    return r < rows && c < cols ? valueAt(values, { name: other, row: r, col: c }) : NaN;
  };
  const context = { l: layerOf(name), row, col, at, N: values.get("y").cols, value: at(name, row, col), values,
    terms: () => termsOf(name, entry, values) };
  const own = SLIPS[ruleOf(name)](context);
  /** @type {Slip[]} */
  const all = [...own, ["sign", -context.value, "The size is right, the sign is not."]];
  return all.filter(([, value]) => Number.isFinite(value)).map(([slip, value, says]) => ({ slip, value, says }));
}

/** The products in a sum, one by one. @param {string} name @param {[number, number]} entry @param {Values} values */
function termsOf(name, entry, values) {
  const terms = [1];
  piecesOf(name, entry, values).forEach((piece) => {
    if (piece.sign === "+") terms.push(1);
    else if (piece.ref) terms[terms.length - 1] *= valueAt(values, piece.ref);
    else if (piece.more) terms[terms.length - 1] = piece.value;
  });
  return terms;
}

/** @param {number[]} numbers */
const sumOf = (numbers) => numbers.reduce((total, v) => total + v, 0);
/** @param {number} length */
const count = (length) => Array.from({ length }, (_, i) => i);

/** @type {Record<string, (context: Context) => Slip[]>} */
const SLIPS = {
  z({ l, row, col, at, value, values, terms }) {
    const inputs = count(values.get(`h${l - 1}`).rows);
    return [
      ["bias", value - at(`b${l}`, row), "You left out the bias: it is added at the end."],
      ["transposed index", sumOf(inputs.map((k) => at(`W${l}`, k, row) * at(`h${l - 1}`, k, col))) + at(`b${l}`, row),
        `You went down a column of W. z takes row ${row + 1}: one weight for each input.`],
      ["one term", terms()[0], "That is the first term alone: add the others and the bias."],
      ["z before", sumOf(inputs.map((k) => at(`W${l}`, row, k) * at(`z${l - 1}`, k, col))) + at(`b${l}`, row),
        "You used z of the layer before. What flows on is h."],
    ];
  },
  h: ({ l, row, col, at, value }) => [
    ["no σ", at(`z${l}`, row, col), "That is z itself: h is σ(z), between 0 and 1."],
    ["σ′", value * (1 - value), "That is the slope σ′(z). Forward, the value σ(z) is wanted."],
    ["σ(−z)", 1 - value, "That is σ(−z): mind the sign in 1 / (1 + e⁻ᶻ)."],
  ],
  p: ({ row, col, at, values }) => [
    ["not divided", Math.exp(at("z3", row, col)),
      "That is e to the score. Divide by the sum of all three, so that they add up to 1."],
    ["no power", at("z3", row, col) / sumOf(count(values.get("p").rows).map((k) => at("z3", k, col))),
      "You divided the scores themselves: raise e to each of them first."],
    ["σ", 1 / (1 + Math.exp(-at("z3", row, col))),
      "That is the sigmoid of the score. At the output stands softmax, which looks at all the scores."],
  ],
  L({ value, at, values, N }) {
    const chances = count(N).map((i) => sumOf(count(values.get("p").rows).map((k) => at("p", k, i) * at("y", k, i))));
    return [
      ["log 10", value / Math.LN10, "You took the logarithm to base 10. The price is in nats: the natural logarithm."],
      ["log 2", value / Math.LN2, "You took the logarithm to base 2. The price is in nats: the natural logarithm."],
      ["not averaged", N > 1 ? N * value : NaN,
        `That is the sum over the birds. The loss is their average: divide by ${N}.`],
      ["1 − p", sumOf(chances.map((p) => 1 - p)) / N, "That is 1 − p. The price is −log p."],
      ["no log", sumOf(chances) / N, "That is the probability of the truth. Its price is −log p."],
    ];
  },
  "dz output"({ row, col, at, N, value }) {
    const [p, y] = [at("p", row, col), at("y", row, col)];
    return [
      ["y − p", -value, "You took y − p. The gradient is p − y: it points uphill."],
      ["1/N", N > 1 ? p - y : NaN, `That is p − y. The loss is an average over ${N} birds: divide by ${N}.`],
      ["y is missing", y ? p / N : NaN, "That is p. For the true species take 1 off."],
      ["σ′ at the output", (value * p * (1 - p)),
        "You multiplied by p (1 − p). At the output, softmax and the logarithm together leave p − y alone."],
      ["dp", y ? -y / p / N : NaN,
        "That is −y / p, the slope with respect to p. dz is the slope with respect to the score."],
    ];
  },
  dW({ l, row, col, at, N, value, values }) {
    /** @param {(i: number) => number} f */
    const total = (f) => sumOf(count(N).map(f));
    const { rows, cols } = values.get(`dW${l}`);
    return [
      ["transposed index", row < cols && col < rows ? at(`dW${l}`, col, row)
        : total((i) => at(`dz${l}`, col, i) * at(`h${l - 1}`, row, i)),
        `You swapped the indices: row ${row + 1} goes with dz, column ${col + 1} with h.`],
      ["z instead of h", total((i) => at(`dz${l}`, row, i) * at(`z${l - 1}`, col, i)),
        "You multiplied by z of the layer before. What came through the edge is h."],
      ["own h", total((i) => at(`dz${l}`, row, i) * at(`h${l}`, row, i)),
        "You took h where the edge ends. It is the h where the edge begins that counts."],
      ["dh", total((i) => at(`dh${l}`, row, i) * at(`h${l - 1}`, col, i)),
        "You used dh where dz belongs: σ′ is missing."],
      ["times W", total((i) => at(`dz${l}`, row, i)) * at(`W${l}`, row, col),
        "You multiplied by the weight itself. Its slope is dz times what comes in, h."],
      ["dz alone", at(`db${l}`, row), "That is dz alone, which is db. A weight’s slope is dz times h."],
      ["one bird", N > 1 ? at(`dz${l}`, row, 0) * at(`h${l - 1}`, col, 0) : NaN,
        "That is the first bird’s share. Add up all the birds."],
      ["1/N", N > 1 ? N * value : NaN, "You left out 1/N."],
      ["1/N twice", N > 1 ? value / N : NaN, "1/N is already in dz: do not divide again."],
    ];
  },
  db: ({ l, row, at, N, value }) => [
    ["dh", sumOf(count(N).map((i) => at(`dh${l}`, row, i))), "That is dh. The bias sits inside σ, so its slope is dz."],
    ["one bird", N > 1 ? at(`dz${l}`, row, 0) : NaN, "That is the first bird alone. Add up all the birds."],
    ["1/N twice", N > 1 ? value / N : NaN, "1/N is already in dz: add up, do not average again."],
    ["times b", value * at(`b${l}`, row),
      "You multiplied by the bias. z moves one for one with its bias, so the factor is 1."],
  ],
  dh({ l, row, col, at, values, terms }) {
    const above = count(values.get(`W${l + 1}`).rows);
    return [
      ["transposed index", sumOf(count(values.get(`W${l + 1}`).cols).map((k) =>
        at(`W${l + 1}`, row, k) * at(`dz${l + 1}`, k, col))),
        `You went along a row of W. Backwards it is column ${row + 1}: the edges that leave this neuron.`],
      ["one way", terms()[0], "That is one way only. The neuron feeds several: add them all."],
      ["σ′ already", at(`dz${l}`, row, col), "That is dz, one step further: σ′ comes next, not yet."],
      ["no W", sumOf(above.map((j) => at(`dz${l + 1}`, j, col))),
        "You added up dz. Each way back goes through its weight."],
      ["h instead of dz", sumOf(above.map((j) =>
        at(`W${l + 1}`, j, row) * at(l + 1 === LAYERS ? "p" : `h${l + 1}`, j, col))),
        "You sent values back. What flows back is dz of the layer after."],
    ];
  },
  dz({ l, row, col, at }) {
    const [dh, h, z] = [at(`dh${l}`, row, col), at(`h${l}`, row, col), at(`z${l}`, row, col)];
    const again = 1 / (1 + Math.exp(-h));
    return [
      ["missing σ′", dh, "That is dh: you left out σ′(z) = h (1 − h)."],
      ["σ′ of h", dh * again * (1 - again), "You took σ′ of h. It belongs to z: σ′(z) = h (1 − h)."],
      ["σ instead of σ′", dh * h, "You multiplied by h, which is σ(z). The slope is h (1 − h)."],
      ["1 − h", dh * (1 - h), "You multiplied by 1 − h. The slope is h (1 − h)."],
      ["no dh", h * (1 - h), "That is σ′(z) alone: multiply it by dh."],
      ["times z", dh * z, "You multiplied by z. The slope at z is h (1 − h)."],
    ];
  },
};

