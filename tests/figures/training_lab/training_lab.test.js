// The training lab's JavaScript without a page: batches, records, words, regions. The numbers of
// its training are compared with nn_core in test_training_lab.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { roundUp } from "../../../nn_widgets/figures/training_lab/curve.js";
import { makeMeasure, mostProbable } from "../../../nn_widgets/figures/training_lab/measure.js";
import { record } from "../../../nn_widgets/figures/training_lab/record.js";
import { channels, gridFiller, paintGrid, palette } from "../../../nn_widgets/figures/training_lab/regions.js";
import { presetOf, rules } from "../../../nn_widgets/figures/training_lab/state.js";
import { makeRun, MOST_UPDATES, priceOfGuessing, shuffled, split,
  startLayers } from "../../../nn_widgets/figures/training_lab/training.js";
import { kindOfRun, memorised, trend, verdict } from "../../../nn_widgets/figures/training_lab/verdict.js";
import * as nn from "../../../nn_widgets/maths/nn.js";

const near = (got, want, tolerance = 1e-12) =>
  assert.ok(Math.abs(got - want) <= tolerance, `got ${got}, want ${want}`);

const CHOICE = {
  hidden: [3, 2], activation: "sigmoid", alpha: 0.5, batch_size: null, seed: 5, start: "random", hold_out: false,
};

// Three clouds that overlap a little.
function clouds(n = 30) {
  const random = nn.seededRandom(8);
  const [x, y] = [nn.matrix(2, n), nn.matrix(3, n)];
  for (let i = 0; i < n; i += 1) {
    const kind = i % 3;
    x.data[i] = [-1, 1, 1][kind] + random() - 0.5;
    x.data[n + i] = [0.5, 1, -1][kind] + random() - 0.5;
    y.data[kind * n + i] = 1;
  }
  return { x, y };
}

const runOf = (choice, birds = clouds()) => makeRun({ ...CHOICE, ...choice }, birds, null);

// ------------------------------------------------------------------------------ training

test("an epoch of batches shows every bird once, in an order of its own", () => {
  const run = runOf({ batch_size: 8 });
  const seen = [];
  run.trainer.step = (_, columns) => seen.push(columns);
  for (let n = 0; n < 8; n += 1) run.update();
  assert.equal(run.perEpoch, 4);
  assert.deepEqual(seen.map((batch) => batch.length), [8, 8, 8, 6, 8, 8, 8, 6]);
  const [first, second] = [seen.slice(0, 4), seen.slice(4)].map((batches) => batches.flat());
  const all = Array.from({ length: 30 }, (_, i) => i);
  assert.deepEqual([...first].sort((a, b) => a - b), all);
  assert.deepEqual([...second].sort((a, b) => a - b), all);
  assert.notDeepEqual(first, second);
});

test("a batch as large as the data is all of them", () => {
  const run = runOf({ batch_size: 32 });
  let seen = "nothing";
  run.trainer.step = (_, columns) => { seen = columns; };
  run.update();
  assert.equal(seen, undefined);
});

test("shuffling is fair: over many seeds each place gets each number about equally often", () => {
  const counts = Array.from({ length: 3 }, () => [0, 0, 0]);
  for (let seed = 0; seed < 3000; seed += 1) {
    shuffled(3, nn.seededRandom(seed)).forEach((value, place) => (counts[place][value] += 1));
  }
  counts.flat().forEach((count) => assert.ok(Math.abs(count - 1000) < 120, `${counts}`));
});

test("the same choice gives the same run, another seed another", () => {
  const after = (choice) => {
    const run = runOf({ batch_size: 8, hold_out: true, ...choice });
    for (let n = 0; n < 25; n += 1) run.update();
    return nn.toVector(run.trainer.layers);
  };
  assert.deepEqual(after({}), after({}));
  assert.notDeepEqual(after({}), after({ seed: 6 }));
});

test("the network never learns from a bird that is held out", () => {
  const birds = clouds();
  const { held } = split(30, { ...CHOICE, hold_out: true });
  assert.equal(held.length, 6);
  const other = { x: nn.matrix(2, 30, birds.x.data), y: birds.y };
  held.forEach((i) => { other.x.data[i] = 50; });
  const weights = [birds, other].map((data) => {
    const run = runOf({ hold_out: true, batch_size: 8 }, data);
    for (let n = 0; n < 20; n += 1) run.update();
    return nn.toVector(run.trainer.layers);
  });
  assert.deepEqual(weights[0], weights[1]);
});

test("changing the batch size or the hold-out leaves the first weights as they were", () => {
  const first = nn.toVector(runOf({}).trainer.layers);
  assert.deepEqual(nn.toVector(runOf({ batch_size: 1 }).trainer.layers), first);
  assert.deepEqual(nn.toVector(runOf({ hold_out: true }).trainer.layers), first);
});

test("a start too large is thirty times the random one, an equal one is ½ and 0", () => {
  const [random, large, equal] = ["random", "large", "equal"].map((start) => startLayers({ ...CHOICE, start }, null));
  nn.toVector(large).forEach((value, n) => near(value, 30 * nn.toVector(random)[n]));
  equal.forEach(({ W, b }) => assert.ok(W.data.every((v) => v === 0.5) && b.every((v) => v === 0)));
});

test("guessing by shares costs log 3 for three equal shares, nothing for one species", () => {
  near(priceOfGuessing(clouds().y), Math.log(3));
  near(priceOfGuessing(nn.fromNested([[1, 1], [0, 0]])), 0);
});

test("numbers that run away end the run, and so does the last update", () => {
  const run = runOf({});
  assert.ok(!run.over());
  run.trainer.layers[0].W.data[0] = 1e308;
  run.trainer.layers[1].W.data[0] = -Infinity;
  run.update();
  assert.ok(run.lost() && run.over());
  const long = runOf({ hidden: [1] }, clouds(3));
  for (let n = 0; n < MOST_UPDATES; n += 1) long.update();
  assert.ok(long.over() && !long.lost());
});

// ------------------------------------------------------------------------------- records

test("a record of any length stays short, evenly spaced, and keeps its first entry", () => {
  const losses = record();
  for (let n = 0; n <= 10000; n += 1) if (losses.wants(n)) losses.put({ update: n, loss: 1 / (n + 1), held: null });
  const updates = losses.entries.map(({ update }) => update);
  assert.ok(updates.length > 200 && updates.length <= 400, `${updates.length}`);
  assert.equal(updates[0], 0);
  assert.equal(new Set(updates.slice(1).map((update, n) => update - updates[n])).size, 1);
});

test("this moment stands at the end of the record, once", () => {
  const losses = record();
  losses.put({ update: 0, loss: 1, held: null });
  assert.equal(losses.upTo({ update: 0, loss: 1, held: null }).length, 1);
  assert.equal(losses.upTo({ update: 3, loss: 1, held: null }).at(-1).update, 3);
  assert.equal(losses.entries.length, 1);
});

// --------------------------------------------------------------------------- measurements

test("gradients, answers and flat neurons are those of a fresh backward pass", () => {
  const run = runOf({ activation: "tanh", start: "large" });
  const measure = makeMeasure(run);
  for (let n = 0; n < 7; n += 1) run.update();
  const now = measure();
  const { x, y } = run.birds;
  const trace = nn.feedforward(run.trainer.layers, x, "tanh");
  const gradients = nn.backprop(run.trainer.layers, trace, y);
  gradients.forEach(({ W, b }, l) =>
    near(now.norms[l], Math.sqrt([...W.data, ...b].reduce((s, v) => s + v * v, 0)), 1e-12));
  near(now.loss, nn.loss(run.trainer.layers, x, y, "tanh"));
  assert.deepEqual(now.answers, mostProbable(trace.p));
  const flat = trace.h[1].data.filter((h) => 1 - h * h < 0.02).length / trace.h[1].data.length;
  near(now.hidden[0].flat, flat);
});

test("a measurement sees the present layers, not those of the last one", () => {
  const run = runOf({});
  const measure = makeMeasure(run);
  const [before] = [measure().norms];
  run.update();
  assert.notDeepEqual(measure().norms, before);
});

test("neurons are twins when all their weights and biases are the same, and not before", () => {
  const twinsOf = (change) => {
    const run = runOf({ start: "equal" });
    change(run.trainer.layers[0]);
    return makeMeasure(run)().hidden.map(({ twins }) => twins);
  };
  assert.deepEqual(twinsOf(() => {}), [true, true]);
  assert.deepEqual(twinsOf(({ W }) => { W.data[3] += 1e-12; }), [false, true]);
  assert.deepEqual(twinsOf(({ b }) => { b[2] = 1e-12; }), [false, true]);
});

test("a pass that keeps its memory gives what feedforward gives, for each set of layers", () => {
  const { x } = clouds(7);
  const draw = (seed) => nn.initLayers([2, 4, 3], nn.seededRandom(seed));
  const pass = nn.makePass(draw(1), x, "relu");
  for (const layers of [draw(1), draw(2)]) {
    assert.deepEqual(pass(layers).p, nn.feedforward(layers, x, "relu").p);
    assert.deepEqual(pass(layers).h, nn.feedforward(layers, x, "relu").h);
  }
  assert.throws(() => nn.makePass(draw(1), nn.matrix(3, 2)), /x must have shape \(2, 2\), got \(3, 2\)/);
});

// ----------------------------------------------------------------------------------- words

const entriesOf = (losses, held = losses.map(() => null)) =>
  losses.map((loss, n) => ({ update: n, loss, held: held[n] }));
const steady = (from, factor, count = 40) => Array.from({ length: count }, (_, n) => from * factor ** n);

function kind(losses, { perEpoch = 1, slope = 0.2, hidden = [], activation = "sigmoid", held } = {}) {
  const entries = entriesOf(losses, held);
  const run = { guessing: 1.05, perEpoch, updates: losses.length - 1, choice: { activation } };
  return kindOfRun(run, { entries, loss: losses.at(-1), slope, hidden });
}

const KINDS = [
  ["start", [1.1], {}],
  ["lost", [1, 5, NaN], {}],
  ["lowered", [1.1, 1.0], {}],
  ["raised", [1.1, 1.2], {}],
  ["learning", steady(1.2, 0.98), {}],
  ["settled", steady(0.08, 0.9999), {}],
  ["plateau", steady(1.05, 0.99999), { slope: 0.004 }],
  ["crawling", steady(1.1, 0.9999), { slope: 0.25 }],
  ["oscillating", Array.from({ length: 40 }, (_, n) => 3 + 2 * (-1) ** n), {}],
  ["noisy", Array.from({ length: 40 }, (_, n) => 3 + 2 * (-1) ** n), { perEpoch: 43 }],
  ["trembling", Array.from({ length: 40 }, (_, n) => 0.08 + 0.01 * (-1) ** n), { perEpoch: 43 }],
  ["dead", [1.1, 1.6], { activation: "relu",
    hidden: [{ neurons: 3, off: 1, flat: 0.4 }, { neurons: 2, off: 2, flat: 1 }] }],
  ["saturated", steady(1.05, 0.99999), { slope: 1e-4, hidden: [{ neurons: 3, off: 0, flat: 0.93 }] }],
  ["settled", steady(0.08, 0.9999), { hidden: [{ neurons: 3, off: 0, flat: 0.93 }] }],
  ["plateau", steady(1.05, 0.99999),
    { slope: 0.004, activation: "relu", hidden: [{ neurons: 3, off: 0, flat: 0.93 }] }],
  ["plateau", steady(1.05, 0.99999),
    { slope: 0.004, activation: "relu", hidden: [{ neurons: 3, off: 2, flat: 0.93 }] }],
];
KINDS.forEach(([want, losses, about], n) => {
  test(`case ${n}: a run like this is called ${want}`, () => assert.equal(kind(losses, about), want));
});

test("a fall that jumps on its way is still learning", () => {
  const losses = Array.from({ length: 40 }, (_, n) => 4 * 0.93 ** n * (1 + 0.2 * (-1) ** n));
  assert.equal(kind(losses), "learning");
});

test("memorising needs a held-out loss that rises while the other falls", () => {
  const falling = steady(0.5, 0.97, 60);
  const bowl = Array.from({ length: 60 }, (_, n) => 0.1 + 0.0003 * (n - 25) ** 2);
  const best = memorised(entriesOf(falling, bowl));
  assert.ok(Math.abs(best.update - 25) <= 12, `${best.update}`);
  assert.equal(best.now, bowl.at(-1), "the present loss, not a mean");
  assert.equal(kind(falling, { held: bowl }), "memorising");
  assert.equal(memorised(entriesOf(falling, falling)), null);
  assert.equal(memorised(entriesOf([...falling].reverse(), bowl)), null);
  assert.equal(memorised(entriesOf(falling)), null);
  const hardly = falling.map((_, n) => 0.1 + 0.0003 * n);
  assert.equal(memorised(entriesOf(falling, hardly)), null);
});

test("a run that is over says that it is and what goes on, one that is not says nothing of it", () => {
  const more = (run) => verdict(run, makeMeasure(run)()).more;
  const run = runOf({});
  assert.equal(more(run), "");
  run.updates = MOST_UPDATES - 1;
  assert.equal(more(run), "");
  run.update();
  assert.equal(more(run), "The lab stops at update 20,000. Restart begins again at update 0.");
  const lost = runOf({});
  lost.trainer.layers[0].W.data[0] = 1e308;
  lost.trainer.layers[1].W.data[0] = -Infinity;
  lost.update();
  assert.equal(more(lost), "The run ends here. Restart begins again at update 0.");
  const twins = runOf({ start: "equal" });
  twins.updates = MOST_UPDATES;
  assert.match(more(twins), /^Twins: .* one neuron\. The lab stops at update 20,000\./);
});

test("a trend is taken from the last records alone", () => {
  const { fall, updates, rises } = trend(entriesOf([...steady(1000, 0.5, 50), ...Array(24).fill(2)]));
  assert.equal(updates, 23);
  near(fall, 0);
  assert.equal(rises, 0);
});

// ------------------------------------------------------------------------------- the regions

test("the grid holds the network's probabilities at its places, row 0 the lowest", () => {
  const layers = nn.initLayers([2, 3, 3], nn.seededRandom(3));
  const domain = [[-2, 3], [-1, 4]];
  const { grid } = { grid: gridFiller(layers, "tanh", domain, 21).all(layers) };
  for (const [r, c] of [[0, 0], [20, 20], [7, 13], [8, 0], [20, 3]]) {
    const x = nn.fromNested([[-2 + (5 * c) / 20], [-1 + (5 * r) / 20]]);
    const { data } = nn.feedforward(layers, x, "tanh").p;
    for (let k = 0; k < 3; k += 1) near(grid.p[3 * (r * 21 + c) + k], data[k], 1e-6);
  }
});

test("a picture has the surest species everywhere and a line where it changes", () => {
  const size = 5;
  const p = new Float32Array(3 * size * size);
  for (let r = 0; r < size; r += 1) {
    for (let c = 0; c < size; c += 1) p.set(c < 2 ? [0.9, 0.05, 0.05] : [0.1, 0.1, 0.8], 3 * (r * size + c));
  }
  const paints = palette({ classes: ["#ff0000", "#00ff00", "#0000ff"].map(channels), surface: [255, 255, 255],
    text: [0, 0, 0] });
  const pixels = new Uint32Array(41 * 41);
  paintGrid(pixels, 41, { size, p }, paints);
  const at = (u, v) => [pixels[v * 41 + u] & 255, (pixels[v * 41 + u] >> 16) & 255];
  assert.ok(at(2, 20)[0] > at(2, 20)[1], "red at the left");
  assert.ok(at(38, 20)[1] > at(38, 20)[0], "blue at the right");
  const lines = Array.from({ length: 41 }, (_, u) => pixels[20 * 41 + u] === paints.line).filter(Boolean);
  assert.equal(lines.length, 1);
});

test("up in the picture is up in the data", () => {
  const size = 3;
  const p = new Float32Array(27);
  for (let n = 0; n < 9; n += 1) p.set(n < 3 ? [1, 0, 0] : [0, 1, 0], 3 * n);
  const paints = palette({ classes: ["#ff0000", "#00ff00", "#0000ff"].map(channels), surface: [255, 255, 255],
    text: [0, 0, 0] });
  const pixels = new Uint32Array(81);
  paintGrid(pixels, 9, { size, p }, paints);
  assert.ok((pixels[8 * 9 + 4] & 255) > ((pixels[8 * 9 + 4] >> 8) & 255), "row 0 is at the bottom");
});

test("room on an axis grows in steps and always suffices", () => {
  for (const value of [0.07, 1, 1.01, 20, 47.3, 999, 20000]) {
    assert.ok(roundUp(value) >= value && roundUp(value) <= 2.01 * value, `${value} ${roundUp(value)}`);
  }
});

// --------------------------------------------------------------------------------- the state

test("the book's weights are refused for other hidden layers than the book's", () => {
  assert.equal(rules.start("book", { hidden: [3, 2] }), true);
  assert.equal(rules.start("equal", { hidden: [4] }), true);
  assert.match(rules.start("book", { hidden: [4] }), /^random/);
});

test("a choice is known as the preset that it is", () => {
  assert.equal(presetOf(CHOICE, { book: CHOICE }), "book");
  assert.equal(presetOf({ ...CHOICE, alpha: 0.6 }, { book: CHOICE }), "own");
});
