// The price of a prediction: what three probabilities do when one moves, and what is said of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../../nn_widgets/maths/nn.js";
import { nearest, partOfRest, sure, thousandths, triangle,
  withShare } from "../../../nn_widgets/figures/price_of_a_prediction/simplex.js";
import { priceOf, priceText, sumText, twoPrices,
  verdict } from "../../../nn_widgets/figures/price_of_a_prediction/words.js";
import widget from "../../../nn_widgets/figures/price_of_a_prediction/price_of_a_prediction.js";

const SPECIES = ["Adelie", "Chinstrap", "Gentoo"];
const sum = (p) => p[0] + p[1] + p[2];
const near = (got, want, tolerance = 1e-12) => assert.ok(Math.abs(got - want) <= tolerance, `got ${got}, want ${want}`);
const randomShares = (random) => {
  const parts = [random(), random(), random()];
  return parts.map((part) => part / sum(parts));
};

test("when one probability moves, the three sum to one and the other two keep their ratio", () => {
  const random = seededRandom(1);
  for (let n = 0; n < 200; n += 1) {
    const p = randomShares(random);
    const k = n % 3;
    const [i, j] = [0, 1, 2].filter((other) => other !== k);
    const value = random();
    const moved = withShare(k, value, partOfRest(p, k));
    assert.equal(moved[k], value);
    near(sum(moved), 1);
    near(moved[i] * p[j], moved[j] * p[i]);
  }
});

test("where there is no rest, there is no ratio to keep", () => {
  assert.equal(partOfRest([0, 1, 0], 1), null);
  assert.equal(partOfRest([0, 1, 0], 0), 1);
});

test("a place in the triangle and its probabilities belong to each other", () => {
  const scale = triangle({ left: 40, bottom: 300, side: 250 });
  const random = seededRandom(2);
  for (let n = 0; n < 50; n += 1) {
    const p = randomShares(random);
    scale.toShares(scale.toPage(p)).forEach((value, k) => near(value, p[k]));
  }
  assert.deepEqual(scale.toPage(sure(0)), [40, 300]);
  assert.deepEqual(scale.toPage(sure(1)), [290, 300]);
});

test("a place outside the triangle means the nearest one in it", () => {
  const scale = triangle({ left: 0, bottom: 0, side: 1 });
  const random = seededRandom(3);
  const away = ([x, y], p) => Math.hypot(...scale.toPage(p).map((place, n) => place - [x, y][n]));
  for (let n = 0; n < 100; n += 1) {
    const place = [4 * random() - 1.5, 3 - 4 * random()];
    const found = nearest(scale.toShares(place));
    assert.ok(found.every((value) => value >= 0));
    near(sum(found), 1);
    for (let m = 0; m < 50; m += 1) assert.ok(away(place, found) <= away(place, randomShares(random)) + 1e-12);
  }
});

test("rounding to thousandths moves no probability by as much as one, and the three still sum to one", () => {
  const random = seededRandom(4);
  for (let n = 0; n < 300; n += 1) {
    const p = randomShares(random);
    const rounded = thousandths(p);
    near(sum(rounded), 1, 1e-15);
    rounded.forEach((value, k) => assert.ok(Math.abs(value - p[k]) < 0.001));
  }
  assert.deepEqual(thousandths([0.8, 0.1, 0.1]), [0.8, 0.1, 0.1]);
});

test("the prices of the two worked examples, of a guess, of the sure", () => {
  assert.equal(priceText([0.8, 0.1, 0.1], 0), "−log 0.800 = 0.223 nats = 0.322 bits");
  assert.equal(priceText([0.8, 0.1, 0.1], 1), "−log 0.100 = 2.303 nats = 3.322 bits");
  assert.equal(sumText([0.8, 0.1, 0.1], 1), "−(0·log 0.800 + 1·log 0.100 + 0·log 0.100)");
  near(priceOf([1 / 3, 1 / 3, 1 / 3], 2), Math.log(3));
  assert.equal(priceOf(sure(0), 0), 0);
  assert.equal(priceText([0.5, 0.25, 0.25], 0), "−log 0.500 = 0.693 nats = 1 bit");
  assert.equal(priceText(sure(0), 0), "−log 1 = 0 nats = 0 bits");
  assert.equal(priceText(sure(0), 2), "−log 0 = ∞");
});

test("the words say which kind of prediction it is", () => {
  const said = (p, truth) => verdict(p, truth, SPECIES);
  assert.match(said(sure(1), 1), /^Sure and right: .* 0·log 0 counts as 0\.$/);
  assert.match(said(sure(1), 0), /^Sure and wrong: no finite price/);
  assert.match(said([0, 0.5, 0.5], 0), /^The truth was called impossible: no finite price/);
  assert.match(said([1 / 3, 1 / 3, 1 / 3], 0), /^No favourite\. The price of a uniform guess, log 3 = 1\.099\.$/);
  assert.match(said([0.4, 0.4, 0.2], 2), /^Two favourites\. Dearer/);
  assert.match(said([0.8, 0.1, 0.1], 0), /Adelie, is right\. Cheaper than/);
  assert.match(said([0.48, 0.308, 0.212], 2), /Adelie, is wrong\. Dearer than/);
});

test("both slopes are the slopes of the prices over the score of the truth", () => {
  const softmax = (z) => { const e = z.map(Math.exp); return e.map((v) => v / sum(e)); };
  const e = 1e-5;
  for (const z of [[0.3, -1, 2], [-6, 0, 0], [5, 1, 1]]) {
    const at = (change) => twoPrices(softmax([z[0] + change, z[1], z[2]]), 0);
    twoPrices(softmax(z), 0).forEach(({ slope }, n) => near(slope, (at(e)[n].price - at(-e)[n].price) / (2 * e), 1e-8));
  }
});

test("shares that do not sum to one are refused", () => {
  assert.equal(widget.rules.p([0.2, 0.3, 0.5]), true);
  for (const p of [[0.5, 0.6, 0], [0.2, 0.2, 0.2]]) {
    assert.match(widget.rules.p(p), /three probabilities that sum to 1$/);
  }
});
