// nn.js against values worked by hand and against the definition of a derivative; test_nn_js.py
// compares the same functions with nn_core.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as nn from "../../nn_widgets/maths/nn.js";

const near = (got, want, tolerance = 1e-12) =>
  assert.ok(Math.abs(got - want) <= tolerance, `got ${got}, want ${want}`);

function randomCase(seed, activation = "tanh") {
  const random = nn.seededRandom(seed);
  const sizes = [2, 4, 3, 3];
  const layers = nn.initLayers(sizes, random);
  const x = nn.matrix(2, 5, Array.from({ length: 10 }, () => 2 * random() - 1));
  const y = nn.matrix(3, 5);
  for (let i = 0; i < 5; i += 1) y.data[(i % 3) * 5 + i] = 1;
  return { sizes, layers, x, y, activation };
}

test("the book's three prices come out", () => {
  const p = nn.fromNested([[0.8], [0.1], [0.1]]);
  near(nn.crossEntropy(p, nn.fromNested([[1], [0], [0]])), -Math.log(0.8));
  near(nn.crossEntropy(p, nn.fromNested([[0], [1], [0]])), -Math.log(0.1));
  near(nn.crossEntropyFromLogits(nn.matrix(3, 1), nn.fromNested([[1], [0], [0]])), Math.log(3));
});

test("sure and right costs nothing, sure and wrong costs infinity", () => {
  const sure = nn.fromNested([[1], [0]]);
  assert.equal(nn.crossEntropy(sure, nn.fromNested([[1], [0]])), 0);
  assert.equal(nn.crossEntropy(sure, nn.fromNested([[0], [1]])), Infinity);
});

test("scores of a thousand overflow nothing", () => {
  const z = nn.fromNested([[1000], [0], [-1000]]);
  assert.deepEqual([...nn.softmax(z).data], [1, 0, 0]);
  assert.deepEqual([...nn.logSoftmax(z).data], [0, -1000, -2000]);
  near(nn.crossEntropyFromLogits(z, nn.fromNested([[0], [0], [1]])), 2000);
  assert.equal(nn.sigmoid(-1000), 0);
  assert.equal(nn.sigmoid(1000), 1);
});

for (const activation of ["sigmoid", "tanh", "relu"]) {
  test(`backprop is the slope of the loss, ${activation}`, () => {
    const { sizes, layers, x, y } = randomCase(3, activation);
    const loss = nn.lossOf(sizes, x, y, activation);
    const at = nn.toVector(layers);
    const gradient = nn.toVector(nn.backprop(layers, nn.feedforward(layers, x, activation), y));
    at.forEach((value, i) => {
      const moved = (by) => loss(at.map((v, k) => (k === i ? value + by : v)));
      near(gradient[i], (moved(1e-5) - moved(-1e-5)) / 2e-5, 1e-8);
    });
  });
}

for (const activation of ["sigmoid", "tanh", "relu"]) {
  test(`the input gradient is the slope of one score with respect to x, ${activation}`, () => {
    const { layers, x } = randomCase(5, activation);
    const one = nn.matrix(2, 1, [x.data[0], x.data[5]]);
    const score = (data, k) => nn.feedforward(layers, nn.matrix(2, 1, data), activation).z.at(-1).data[k];
    for (const k of [0, 1, 2]) {
      const dz = nn.matrix(3, 1, [0, 1, 2].map((row) => Number(row === k)));
      const dx = nn.inputGradient(layers, nn.feedforward(layers, one, activation), dz);
      dx.data.forEach((slope, i) => {
        const moved = (by) => score(one.data.map((v, n) => (n === i ? v + by : v)), k);
        near(slope, (moved(1e-5) - moved(-1e-5)) / 2e-5, 1e-8);
      });
    }
  });
}

test("the backward sequence comes in the book's order", () => {
  const { layers, x, y } = randomCase(1);
  const names = [...nn.backwardSequence(layers, nn.feedforward(layers, x), y)].map(([name]) => name);
  assert.equal(names.join(" "), "dz3 dW3 db3 dh2 dz2 dW2 db2 dh1 dz1 dW1 db1");
});

test("a trainer walks where backprop and descend walk", () => {
  const { layers, x, y, activation } = randomCase(7);
  const trainer = nn.makeTrainer(layers, x, y, { activation });
  let walked = layers;
  for (let i = 0; i < 20; i += 1) {
    trainer.step(0.3);
    walked = nn.descend(walked, nn.backprop(walked, nn.feedforward(walked, x, activation), y), 0.3);
  }
  nn.toVector(walked).forEach((value, i) => near(nn.toVector(trainer.layers)[i], value));
  near(trainer.loss(), nn.loss(walked, x, y, activation));
});

test("a batch step sees its own examples and no others", () => {
  const { layers, x, y } = randomCase(9);
  const columns = [3, 1];
  const pick = (m) => nn.fromNested(nn.toNested(m).map((row) => columns.map((c) => row[c])));
  const trainer = nn.makeTrainer(layers, x, y);
  trainer.step(0.5, columns);
  const [bx, by] = [pick(x), pick(y)];
  const want = nn.descend(layers, nn.backprop(layers, nn.feedforward(layers, bx), by), 0.5);
  nn.toVector(want).forEach((value, i) => near(nn.toVector(trainer.layers)[i], value));
});

test("no function changes what it is given", () => {
  const { layers, x, y } = randomCase(5);
  const before = JSON.stringify([nn.layersToNested(layers), nn.toNested(x), nn.toNested(y)]);
  const trace = nn.feedforward(layers, x);
  nn.descend(layers, nn.backprop(layers, trace, y), 1);
  nn.makeTrainer(layers, x, y).step(1);
  nn.softmaxJacobian(nn.fromNested([[1], [2]]));
  assert.equal(JSON.stringify([nn.layersToNested(layers), nn.toNested(x), nn.toNested(y)]), before);
});

test("layers survive the way to JSON and back, in either form", () => {
  const { layers } = randomCase(2);
  const nested = nn.layersToNested(layers);
  assert.deepEqual(nn.layersFromNested(nested), layers);
  assert.deepEqual(nn.layersFromNested(nested.map(({ W, b }) => [W, b.flat()])), layers);
});

test("what does not fit is named with the shape wanted and the shape that came", () => {
  const { layers, x, y } = randomCase(2);
  assert.throws(() => nn.feedforward(layers, y), /x must have shape \(2, 5\), got \(3, 5\)/);
  assert.throws(() => nn.makeTrainer(layers, x, x), /y must have shape \(3, 5\), got \(2, 5\)/);
  assert.throws(() => nn.feedforward(layers, x, "sine"), /activation must be one of .* got sine/);
  assert.throws(() => nn.fromVector([1, 2], [2, 3]), /vector must have 9 entries, got 2/);
  assert.throws(() => nn.fromNested([[1, 2], [3]]), /same length/);
});

test("the book's counts: 26 for the penguin network, 60,600 for the notes' network", () => {
  assert.equal(nn.countParameters([2, 3, 2, 3]), 26);
  assert.equal(nn.countParameters([100, 100, 100, 100, 100, 100, 100]), 60600);
});

test("drawn weights depend on the seed and have the promised spread", () => {
  const draw = (seed) => nn.toVector(nn.initLayers([100, 100], nn.seededRandom(seed)));
  assert.deepEqual(draw(4), draw(4));
  assert.notDeepEqual(draw(4), draw(5));
  const values = draw(4);
  const variance = values.reduce((sum, v) => sum + v * v, 0) / values.length;
  near(variance, 1 / 100, 0.001);
});
