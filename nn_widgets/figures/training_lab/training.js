// One training run. What a reader chose decides every number of it, so that a link needs no more
// than the choice and the number of updates. training.py follows the same rules.

import { crossEntropyFromLogits, feedforward, initLayers, makeTrainer, matrix, seededRandom } from "../../maths/nn.js";
import { record } from "./record.js";

export const MOST_UPDATES = 20000;
const EQUAL = 0.5;
const LARGE = 30;
const HELD_SHARE = 5; // one bird in five

/** @typedef {import("../../maths/nn.js").Matrix} Matrix */
/** @typedef {import("../../maths/nn.js").Layer} Layer */
/**
 * @typedef {object} Choice
 * @property {number[]} hidden neurons of each hidden layer
 * @property {"sigmoid"|"tanh"|"relu"} activation
 * @property {number} alpha
 * @property {number|null} batch_size null for all birds at once
 * @property {number} seed
 * @property {"book"|"random"|"equal"|"large"} start
 * @property {boolean} hold_out whether a fifth of the birds is kept for validation
 */

// The weights, the birds held out and the order of the batches each have a stream of their own:
// changing one choice leaves the others as they were.
/** @param {number} seed @param {number} number */
const stream = (seed, number) => seededRandom(4 * seed + number);

/**
 * The layers that training begins with.
 * @param {Choice} choice
 * @param {Layer[]} book the network that the book follows by hand
 */
export function startLayers({ hidden, seed, start }, book) {
  if (start === "book") return book;
  const layers = initLayers([2, ...hidden, 3], stream(seed, 0));
  if (start === "large") {
    layers.forEach(({ W, b }) => [W.data, b].forEach((part) => part.forEach((v, i) => (part[i] = LARGE * v))));
  }
  if (start === "equal") layers.forEach(({ W, b }) => { W.data.fill(EQUAL); b.fill(0); });
  return layers;
}

/** The numbers from 0 to n - 1 in random order (Fisher and Yates). @param {number} n @param {() => number} random */
export function shuffled(n, random) {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i -= 1) {
    const k = Math.floor(random() * (i + 1));
    [order[i], order[k]] = [order[k], order[i]];
  }
  return order;
}

/**
 * Which birds the network learns from and which are held out, each in the order of the data.
 * @param {number} n @param {Choice} choice
 */
export function split(n, { seed, hold_out: holdOut }) {
  const held = new Set(holdOut ? shuffled(n, stream(seed, 1)).slice(0, Math.floor(n / HELD_SHARE)) : []);
  const all = Array.from({ length: n }, (_, i) => i);
  return { learn: all.filter((i) => !held.has(i)), held: all.filter((i) => held.has(i)) };
}

/** Some columns of a matrix, as a matrix. @param {Matrix} m @param {number[]} columns */
export function columnsOf({ rows, cols, data }, columns) {
  return matrix(rows, columns.length,
    Array.from({ length: rows }, (_, r) => columns.map((c) => data[r * cols + c])).flat());
}

/**
 * The batches of one epoch after the other, each a list of columns; all columns if undefined.
 * @param {number} n @param {number|null} size @param {() => number} random
 * @returns {Generator<number[]|undefined, never>}
 */
function* batches(n, size, random) {
  for (;;) {
    if (size === null || size >= n) yield undefined;
    else {
      const order = shuffled(n, random);
      for (let from = 0; from < n; from += size) yield order.slice(from, from + size);
    }
  }
}

/**
 * @typedef {object} Run
 * @property {Choice} choice
 * @property {{learn: number[], held: number[]}} parts
 * @property {ReturnType<typeof makeTrainer>} trainer
 * @property {{x: Matrix, y: Matrix}} birds all of them
 * @property {number} guessing the price of guessing by how common each species is
 * @property {number} updates
 * @property {number} perEpoch
 * @property {ReturnType<typeof record>} record
 * @property {() => void} update takes one step
 * @property {() => number|null} heldLoss the present loss on the birds held out
 * @property {() => boolean} over whether the numbers have run away or the lab's last update is done
 * @property {() => boolean} lost
 */

/**
 * A run from its start; `update` takes one step.
 * @param {Choice} choice
 * @param {{x: Matrix, y: Matrix}} birds
 * @param {Layer[]} book
 * @returns {Run}
 */
export function makeRun(choice, { x, y }, book) {
  const parts = split(x.cols, choice);
  const [own, kept] = [parts.learn,
    parts.held].map((columns) => ({ x: columnsOf(x, columns), y: columnsOf(y, columns) }));
  const { activation, alpha, batch_size: size } = choice;
  const trainer = makeTrainer(startLayers(choice, book), own.x, own.y, { activation });
  const order = batches(own.x.cols, size, stream(choice.seed, 2));
  const heldLoss = () => (parts.held.length ? lossOn(trainer.layers, kept, activation) : null);
  const run = {
    choice, parts, trainer, birds: { x, y },
    guessing: priceOfGuessing(own.y),
    updates: 0,
    perEpoch: size === null ? 1 : Math.ceil(own.x.cols / size),
    record: record(),
    update() {
      trainer.step(alpha, order.next().value);
      run.updates += 1;
      if (run.record.wants(run.updates)) note();
    },
    heldLoss,
    over: () => run.updates >= MOST_UPDATES || run.lost(),
    lost: () => !Number.isFinite(run.record.last().loss),
  };
  const note = () => run.record.put({ update: run.updates, loss: trainer.loss(), held: heldLoss() });
  note();
  return run;
}

/** @param {Layer[]} layers @param {{x: Matrix, y: Matrix}} birds @param {string} activation */
const lossOn = (layers, { x, y }, activation) => crossEntropyFromLogits(feedforward(layers, x, activation).z.at(-1), y);

/** What it costs to answer every bird with how common each species is: the entropy of the shares. @param {Matrix} m */
export function priceOfGuessing({ rows, cols, data }) {
  const shares = Array.from({ length: rows },
    (_, k) => data.subarray(k * cols, (k + 1) * cols).reduce((a, b) => a + b, 0) / cols);
  return shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}
