// The known mistakes in backpropagation, in the order of nn_core.mistakes.MISTAKES: each is the
// right pass with one rule replaced. A rule computes one quantity of one layer from `v`, which holds
// W, z, the layer's input h, its output `out`, its input's pre-activation `zIn`, the layer `after`,
// and p, y, N, K. The tests hold every one of them to nn_core's numbers and refusals.

import { descend, feedforward, loss, sigmoid } from "../../maths/nn.js";
import { dot, each, firstColumn, minus, same, scaled, shapeText, sumAcross, sumDown, times, turned } from "./arrays.js";
import { BACKWARD } from "./steps.js";

/** @typedef {import("./arrays.js").NdArray} NdArray */
/** @typedef {import("../../maths/nn.js").Layer} Layer */
/** @typedef {import("./values.js").Values} Values */

/**
 * @typedef {object} View of one layer, for a rule
 * @property {NdArray} W
 * @property {NdArray} z
 * @property {NdArray} h
 * @property {NdArray} zIn
 * @property {NdArray} out
 * @property {NdArray} p
 * @property {NdArray} y
 * @property {number} N
 * @property {number} K
 * @property {View} [after]
 * @property {NdArray} [dh] this and the rest as they are computed
 * @property {NdArray} [dz]
 * @property {NdArray} [dW]
 * @property {NdArray} [db]
 *
 * @typedef {Record<"dzOutput"|"dh"|"dz"|"dW"|"db", (v: View) => NdArray>
 *   & {order: (gradients: NdArray[][]) => NdArray[][]}} Rules
 * @typedef {{kind: string, says: string, lines: string[], rules: Partial<Rules>}} Mistake
 *   `lines` stand in the code instead
 * @typedef {ReturnType<typeof compare>} Compared
 */

/** @param {NdArray} z */
const slope = (z) => each(z, (v) => sigmoid(v) * (1 - sigmoid(v)));

/** @type {Rules} */
const RULES = {
  dzOutput: (v) => scaled(minus(v.p, v.y), 1 / v.N),
  dh: (v) => dot(turned(v.after.W), v.after.dz),
  dz: (v) => times(v.dh, slope(v.z)),
  dW: (v) => dot(v.dz, turned(v.h)),
  db: (v) => sumAcross(v.dz),
  order: (gradients) => gradients,
};

/**
 * A wrong factor on p − y: every gradient inherits it.
 * @param {(v: View) => number} factor @returns {Partial<Rules>}
 */
const begin = (factor) => ({ dzOutput: (v) => scaled(minus(v.p, v.y), factor(v)) });

const LINES = {
  dzOutput: "dz = (trace.p - y) / N", dh: "dh = W.T @ dz", dz: "dz = dh * slope_from_h(h)",
  dW: "dW = dz @ h.T", db: "db = dz.sum(axis=1, keepdims=True)", order: "return gradients",
};

/** @param {string} kind @param {string} says @param {string[]} lines @param {Partial<Rules>} rules */
const mistake = (kind, says, lines, rules) => ({ kind, says, lines, rules });

/** @type {Mistake[]} */
export const MISTAKES = [
  mistake("sign", "y − p in place of p − y", ["dz = (y - trace.p) / N"], begin((v) => -1 / v.N)),
  mistake("missing 1/N", "1/N left out", ["dz = trace.p - y"], begin(() => 1)),
  mistake("1/N twice", "1/N divided by twice", ["dz = (trace.p - y) / N / N"], begin((v) => 1 / v.N / v.N)),
  mistake("factor", "everything doubled", ["dz = 2 * (trace.p - y) / N"], begin((v) => 2 / v.N)),
  mistake("factor", "everything halved", ["dz = (trace.p - y) / N / 2"], begin((v) => 1 / v.N / 2)),
  mistake("divided by K", "divided by K in place of N", ["dz = (trace.p - y) / K"], begin((v) => 1 / v.K)),
  mistake("divided by K", "divided by K and by N", ["dz = (trace.p - y) / (K * N)"], begin((v) => 1 / v.K / v.N)),
  mistake("transposed", "dW transposed", ["dW = h @ dz.T"], { dW: (v) => dot(v.h, turned(v.dz)) }),
  mistake("transposed", "W without its transpose in dh", ["dh = W @ dz"], { dh: (v) => dot(v.after.W, v.after.dz) }),
  mistake("bias of h", "db summed from dh", ["db = dh.sum(axis=1, keepdims=True)"],
    { db: (v) => sumAcross(v.dh ?? v.dz) }),
  mistake("missing σ′", "σ′ left out", ["dz = dh"], { dz: (v) => v.dh }),
  mistake("σ′ of h", "σ′ taken of h", ["dz = dh * dsigmoid(h)"], { dz: (v) => times(v.dh, slope(v.out)) }),
  mistake("σ instead of σ′", "σ where σ′ belongs", ["dz = dh * h"], { dz: (v) => times(v.dh, v.out) }),
  mistake("σ′ of the sigmoid", "the sigmoid’s slope whatever the activation", ["dz = dh * dsigmoid(z)"], {}),
  mistake("σ′ at the output", "a σ′ too many at the output", ["dz = (trace.p - y) / N * dsigmoid(z)"],
    { dzOutput: (v) => times(RULES.dzOutput(v), slope(v.z)) }),
  mistake("σ′ at the output", "p (1 − p) too many at the output", ["dz = (trace.p - y) / N * p * (1 - p)"],
    { dzOutput: (v) => times(RULES.dzOutput(v), each(v.p, (p) => p * (1 - p))) }),
  mistake("y is missing", "y left out", ["dz = trace.p / N"], { dzOutput: (v) => scaled(v.p, 1 / v.N) }),
  mistake("dp instead of dz", "dp used as dz", ["dz = -y / trace.p / N"],
    { dzOutput: (v) => scaled(times(v.y, each(v.p, (p) => 1 / p)), -1 / v.N) }),
  mistake("1/N in every layer", "1/N again at every layer", ["dh = W.T @ dz / N"],
    { dh: (v) => scaled(RULES.dh(v), 1 / v.N) }),
  mistake("z instead of h", "z where h belongs in dW", ["dW = dz @ z.T"], { dW: (v) => dot(v.dz, turned(v.zIn)) }),
  mistake("bias not summed", "db not summed over the birds", ["db = dz"], { db: (v) => v.dz }),
  mistake("bias not summed", "db of the first bird only", ["db = dz[:, :1]"], { db: (v) => firstColumn(v.dz) }),
  mistake("bias summed over neurons", "db summed along the wrong axis", ["db = dz.sum(axis=0, keepdims=True)"],
    { db: (v) => sumDown(v.dz) }),
  mistake("bias not a column", "db without keepdims", ["db = dz.sum(axis=1)"],
    { db: (v) => ({ ...sumAcross(v.dz), line: true }) }),
  mistake("wrong layer", "the list of gradients in reverse", ["return gradients[::-1]"],
    { order: (g) => [...g].reverse() }),
  mistake("wrong layer", "each gradient from the layer after", ["return gradients[1:] + gradients[:1]"],
    { order: (g) => [...g.slice(1), g[0]] }),
  mistake("wrong layer", "each gradient from the layer before", ["return gradients[-1:] + gradients[:-1]"],
    { order: (g) => [g.at(-1), ...g.slice(0, -1)] }),
  mistake("wrong layer", "dW made with the layer’s output", ["dW = dz @ h_out.T"],
    { dW: (v) => dot(v.dz, turned(v.out)) }),
  mistake("wrong layer", "σ′ of the z of the layer after", ["dz = dh * dsigmoid(z_after)"],
    { dz: (v) => times(v.dh, slope(v.after.z)) }),
  mistake("wrong layer", "σ′ of the z of the layer before", ["dz = dh * dsigmoid(z_before)"],
    { dz: (v) => times(v.dh, slope(v.zIn)) }),
  mistake("wrong layer", "dh made with the layer’s own W", ["dh = W_own.T @ dz"],
    { dh: (v) => dot(turned(v.W), v.after.dz) }),
  mistake("σ′ of the sigmoid", "h (1 − h) whatever the activation", ["dz = dh * h * (1 - h)"], {}),
];

/** The right line for each rule that a mistake replaces. @param {Mistake} wrong */
export function rightLines({ kind, rules }) {
  const replaced = /** @type {(keyof Rules)[]} */ (kind === "σ′ of the sigmoid" ? ["dz"] : Object.keys(rules));
  return replaced.map((rule) => LINES[rule]);
}

/**
 * One view for each layer, each knowing the one after it.
 * @param {Layer[]} layers @param {import("../../maths/nn.js").Trace} trace @param {NdArray} y @returns {View[]}
 */
function views(layers, { z, h, p }, y) {
  /** @type {View[]} */
  const stack = layers.map(({ W }, i) =>
    ({ W, z: z[i], h: h[i], zIn: [h[0], ...z][i], out: h[i + 1] ?? p, p, y, N: y.cols, K: y.rows }));
  stack.forEach((v, i) => { v.after = stack[i + 1]; });
  return stack;
}

/**
 * The backward sequence with a mistake in every layer.
 * @param {Pick<Mistake, "rules">} wrong @param {Layer[]} layers
 * @param {import("../../maths/nn.js").Trace} trace @param {NdArray} y
 * @returns {Map<string, NdArray>}
 * @throws {RangeError} where NumPy would refuse; its `found` holds what was computed before
 */
export function wrongSequence(wrong, layers, trace, y) {
  const rules = { ...RULES, ...wrong.rules };
  const stack = views(layers, trace, y);
  /** @type {Map<string, NdArray>} */
  const found = new Map();
  /** @param {number} n @param {View} v @param {"dh"|"dz"|"dW"|"db"} name */
  const keep = (n, v, name) => found.set(`${name}${n}`, v[name]);
  try {
    [...stack].reverse().forEach((v, i) => {
      const n = stack.length - i;
      if (v.after) { v.dh = rules.dh(v); keep(n, v, "dh"); }
      v.dz = v.after ? rules.dz(v) : rules.dzOutput(v);
      keep(n, v, "dz");
      v.dW = rules.dW(v);
      keep(n, v, "dW");
      v.db = rules.db(v);
      keep(n, v, "db");
    });
  } catch (error) {
    throw Object.assign(error, { found });
  }
  rules.order(stack.map(({ dW, db }) => [dW, db])).forEach(([dW, db], i) =>
    found.set(`dW${i + 1}`, dW).set(`db${i + 1}`, db));
  return found;
}

/**
 * Which gradients a mistake changes for these birds; why NumPy stops, if it does, and what it misses: the step at
 * which it stops, and all after that.
 * @param {Mistake} wrong @param {import("./values.js").Setting} setting @param {Values} right
 */
export function compare(wrong, { layers, x, y }, right) {
  /** @type {Map<string, NdArray>} */
  let found;
  /** @type {string|null} */
  let refusal = null;
  try {
    found = wrongSequence(wrong, layers, feedforward(layers, x), y);
  } catch (error) {
    if (!error.found) throw error;
    [found, refusal] = [error.found, error.message];
  }
  const changed = [...found.keys()].filter((name) => !same(found.get(name), right.get(name)));
  const missed = refusal === null ? [] : BACKWARD.filter((name) => !found.has(name));
  return { found, changed, refusal, missed };
}

/**
 * Training with a mistake, a step at a time: `next` takes one and gives the loss after it.
 * `refusal` says why no further step is possible.
 * @param {Mistake} wrong @param {Layer[]} layers @param {NdArray} x @param {NdArray} y @param {number} alpha
 */
export function wrongTraining(wrong, layers, x, y, alpha) {
  let now = layers;
  const training = {
    losses: [loss(layers, x, y)],
    /** @type {string|null} */
    refusal: null,
    next() {
      try {
        const found = wrongSequence(wrong, now, feedforward(now, x), y);
        const gradients = now.map((layer, i) =>
          fitting(layer, found.get(`dW${i + 1}`), found.get(`db${i + 1}`), i + 1));
        now = descend(now, gradients, alpha);
        training.losses.push(loss(now, x, y));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        training.refusal = error.message;
      }
    },
  };
  return training;
}

/**
 * A gradient in the shape of its layer; what does not have it is refused, as nn_core.descend does.
 * @param {Layer} layer @param {NdArray} dW @param {NdArray} db @param {number} n
 */
function fitting({ W, b }, dW, db, n) {
  const want = { rows: b.length, cols: 1 };
  if (shapeText(dW) !== shapeText(W)) {
    throw new RangeError(`dW${n} must have shape ${shapeText(W)}, got ${shapeText(dW)}`);
  }
  if (shapeText(db) !== shapeText(want)) {
    throw new RangeError(`db${n} must have shape ${shapeText(want)}, got ${shapeText(db)}`);
  }
  return { W: dW, b: db.data };
}
