// Softmax Jacobian: the long way and the short way, and what each step says.

import assert from "node:assert/strict";
import test from "node:test";

import { crossEntropyFromLogits, matrix, seededRandom } from "../../../nn_widgets/maths/nn.js";
import { chain, naiveSoftmax, sumOf } from "../../../nn_widgets/figures/softmax_jacobian/chain.js";
import { failure } from "../../../nn_widgets/figures/softmax_jacobian/ways.js";
import { entry, isKnown, LAST_STEP, placeOf, say, stepOf } from "../../../nn_widgets/figures/softmax_jacobian/words.js";

const textOf = (pieces) => pieces.map(([text]) => text).join("");
const near = (a, b, tolerance = 1e-12) => assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

/** The slope of the price by its definition. */
function byNudging(z, truth, j) {
  const y = matrix(3, 1, [0, 1, 2].map((i) => Number(i === truth)));
  const price = (turn) => crossEntropyFromLogits(matrix(3, 1, z.map((v, i) => (i === j ? v + turn : v))), y);
  return (price(1e-5) - price(-1e-5)) / 2e-5;
}

test("the long way and the short way give the slope that the definition gives", () => {
  const random = seededRandom(6);
  for (let n = 0; n < 50; n += 1) {
    const z = [0, 1, 2].map(() => 12 * random() - 6);
    const truth = n % 3;
    const { long, short } = chain(z, truth);
    [0, 1, 2].forEach((j) => {
      near(long[j], short[j]);
      near(short[j], byNudging(z, truth, j), 1e-8);
    });
  }
});

test("−y/p is 0 where y is 0, even where p is 0", () => {
  const { into, p } = chain([1000, 0, -1000], 1);
  assert.deepEqual(p, [1, 0, 0]);
  assert.deepEqual(into, [0, -Infinity, 0]);
});

test("where p of the truth rounds to 0 the long way fails and the short way does not", () => {
  const { long, short } = chain([1000, 0, -1000], 2);
  assert.ok(long.every(Number.isNaN));
  assert.deepEqual(short, [1, 0, -1]);
});

test("the naive softmax agrees with the stable one until e to the z overflows", () => {
  const z = [5, -1, 2];
  naiveSoftmax(z).forEach((p, i) => near(p, chain(z, 0).p[i]));
  assert.ok(Number.isNaN(naiveSoftmax([1000, 0, -1000])[0]));
  assert.ok(naiveSoftmax([-1000, -1000, -1000]).every(Number.isNaN));
  chain([-1000, -1000, -1000], 0).p.forEach((p) => near(p, 1 / 3));
});

test("a failure is named with its cause, and only where there is one", () => {
  assert.equal(failure(chain([1, 2, 3], 0)), "");
  assert.match(failure(chain([1000, 0, -1000], 2)), /infinite.*p₃, which has rounded to 0/);
  assert.match(failure(chain([-1000, -1000, -1000], 2)), /^Naively, all three powers of e round to 0/);
  assert.match(failure(chain([0, 0, -800], 2)), /^The long way divides by p₃/);
  assert.doesNotMatch(failure(chain([1000, 0, -1000], 0)), /long way/);
});

test("rows sum to 0, to the last digit that is shown", () => {
  chain([0.3, -2, 1.1], 0).jacobian.forEach((row) => assert.equal(sumOf(row), 0));
  assert.equal(sumOf([0.5, 0.25, 0.25]), 1);
});

test("each column has three steps, and its slope is known after the third", () => {
  assert.deepEqual(placeOf(0), { column: null, stage: "whole" });
  assert.deepEqual([1, 2, 3].map((step) => placeOf(step).stage), ["multiply", "cancel", "result"]);
  assert.deepEqual([0, 1, 2].map((column) => placeOf(stepOf(column)).column), [0, 1, 2]);
  assert.deepEqual(placeOf(LAST_STEP), { column: null, stage: "collapse" });
  assert.deepEqual([2, 3, 4].map((step) => isKnown(0, step)), [false, true, true]);
  assert.ok([0, 1, 2].every((column) => isKnown(column, LAST_STEP)));
});

test("in each column the terms of the wrong classes are struck out, then the p of the truth", () => {
  for (const truth of [0, 1, 2]) {
    const now = chain([0.5, -1, 2], truth);
    for (const column of [0, 1, 2]) {
      const struck = (step) => say(now, step).symbols.filter(([, , gone]) => gone).map(([text]) => text);
      const wrong = ["₁", "₂", "₃"].filter((_, i) => i !== truth);
      assert.deepEqual(struck(stepOf(column)),
        wrong.flatMap((sub) => [`(−y${sub}/p${sub})`, `∂p${sub}/∂z${"₁₂₃"[column]}`]));
      const own = `p${"₁₂₃"[truth]}`;
      assert.deepEqual(struck(stepOf(column) + 1), [own, own]);
    }
  }
});

test("the words of a result agree with its sign", () => {
  const now = chain([1, 0, -1], 2);
  assert.match(say(now, 3).sentence, /^Positive: .* lowers z₁\.$/);
  assert.match(say(now, 9).sentence, /^Negative: .* raises z₃\.$/);
  assert.match(say(chain([1000, 0, -1000], 2), 6).sentence, /^Nothing is left to correct/);
  assert.equal(textOf(say(now, 9).symbols), "∂L/∂z₃ = −(1 − p₃) = p₃ − y₃");
  assert.equal(textOf(say(now, 3).symbols), "∂L/∂z₁ = p₁ = p₁ − y₁");
});

test("a step in numbers can be worked out by hand", () => {
  const now = chain([Math.log(0.5), Math.log(0.25), Math.log(0.25)], 2);
  assert.equal(textOf(say(now, 1).numbers), "= 0·0.250 + 0·(−0.125) + (−4)·(−0.125)");
  assert.equal(textOf(say(now, 2).numbers), "= −(1/0.250)·(−0.250·0.500)");
  assert.equal(textOf(say(now, 3).numbers), "= 0.500 − 0 = 0.500");
  assert.equal(textOf(say(now, 8).numbers), "= −(1/0.250)·0.250·(1 − 0.250)");
  assert.equal(textOf(say(now, LAST_STEP).numbers), "= (0.500, 0.250, 0.250) − (0, 0, 1) = (0.500, 0.250, −0.750)");
  assert.equal(textOf(entry(now, { row: 0, col: 0 })), "∂p₁/∂z₁ = p₁·(1 − p₁) = 0.500·(1 − 0.500) = 0.250");
  assert.equal(textOf(entry(now, { row: 1, col: 0 })), "∂p₂/∂z₁ = −p₂·p₁ = −0.250·0.500 = −0.125");
});
