// From strokes to 64 counts, and what the figure's state may be.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as bitmap from "../../../nn_widgets/figures/draw_a_digit/bitmap.js";
import { onPad } from "../../../nn_widgets/figures/draw_a_digit/edge.js";
import { simplified } from "../../../nn_widgets/figures/draw_a_digit/simple.js";
import { rules } from "../../../nn_widgets/figures/draw_a_digit/draw_a_digit.js";
import { seededRandom } from "../../../nn_widgets/maths/nn.js";
import { HANDS } from "./strokes.mjs";

const { SIDE, INK, bitmapAsDrawn, bitmapOf, blockCounts, placed, straightened } = bitmap;
const from = (on) => Uint8Array.from({ length: SIDE * SIDE }, (_, at) => Number(on(Math.floor(at / SIDE), at % SIDE)));
const sum = (values) => values.reduce((a, b) => a + b, 0);
const columnsOf = (bits) => [...Array(SIDE).keys()].filter((c) => bits.some((on, at) => on && at % SIDE === c));
const rowsOf = (bits) => [...Array(SIDE).keys()].filter((r) =>
  bits.some((on, at) => on && Math.floor(at / SIDE) === r));
const leftOf = (bits, r) => bits.slice(r * SIDE, (r + 1) * SIDE).indexOf(1);

test("a full bitmap counts 16 in every block, a chessboard 8, an empty one nothing", () => {
  assert.deepEqual(blockCounts(from(() => true)), Array(64).fill(16));
  assert.deepEqual(blockCounts(from((r, c) => (r + c) % 2)), Array(64).fill(8));
  assert.deepEqual(blockCounts(from(() => false)), Array(64).fill(0));
});

test("a single pixel is counted in its own block and in no other", () => {
  for (const [r, c] of [[0, 0], [3, 3], [3, 4], [4, 3], [31, 31], [17, 9]]) {
    const counts = blockCounts(from((row, column) => row === r && column === c));
    assert.deepEqual(counts.flatMap((count, at) => (count ? [[at, count]] : [])), [[8 * (r >> 2) + (c >> 2), 1]]);
  }
});

test("block counts agree with a count by hand on a picture drawn by chance", () => {
  const random = seededRandom(4);
  const bits = from(() => random() < 0.4);
  blockCounts(bits).forEach((count, at) => {
    const [top, left] = [4 * Math.floor(at / 8), 4 * (at % 8)];
    const own = [0, 1, 2, 3].flatMap((r) => [0, 1, 2, 3].map((c) => bits[(top + r) * 32 + left + c]));
    assert.equal(count, sum(own));
  });
});

test("a drawing is in the middle and fills the box of 20 by 32, whatever its place and size", () => {
  const zero = HANDS[0][0];
  const shrunk = zero.map((stroke) => stroke.map((v, n) => v / 2 + (n % 2 ? 90 : 5)));
  assert.deepEqual(bitmapOf(shrunk), bitmapOf(zero));
  const bits = bitmapOf(zero);
  assert.equal(rowsOf(bits).length, 32);
  assert.ok(Math.abs(columnsOf(bits).length - 20) <= 1, `${columnsOf(bits).length} columns`);
  assert.ok(Math.abs(columnsOf(bits)[0] + columnsOf(bits).at(-1) - 31) <= 1);
});

test("every drawn digit gets about the data set's average ink, but for a bare line", () => {
  const inks = HANDS.flat().map((strokes) => sum(bitmapOf(strokes)));
  assert.ok(inks.every((ink) => ink <= INK));
  assert.ok(inks.filter((ink) => ink >= 0.93 * INK).length === 29, String(inks));
  assert.ok(Math.min(...inks) < 0.7 * INK);
});

test("a bare 1 stays a line, at most 7 pixels wide, and a dash one lying down", () => {
  const line = bitmapOf([[128, 30, 128, 230]]);
  assert.ok(columnsOf(line).length <= 7 && rowsOf(line).length === 32);
  const dash = bitmapOf([[30, 128, 230, 128]]);
  assert.ok(rowsOf(dash).length <= 7 && columnsOf(dash).length >= 20);
});

test("no drawing is stretched more than half as much again one way than the other", () => {
  const [[x0, y0, x1, y1]] = placed([[100, 0, 110, 200]]);
  assert.ok(Math.abs((x1 - x0) / 10 / ((y1 - y0) / 200) - 1.5) < 1e-12);
});

test("a leaning line is straightened until its left edge near the top stands above that near the foot", () => {
  const leaning = from((r, c) => c >= 20 - (r >> 1) && c < 25 - (r >> 1));
  const upright = straightened(leaning);
  assert.equal(leftOf(upright, 2), leftOf(upright, 29));
  assert.notEqual(leftOf(leaning, 2), leftOf(leaning, 29));
  assert.equal(sum(upright), sum(leaning));
});

test("a drawing that leans is straightened, whichever way it leans", () => {
  for (const foot of [60, 200]) {
    const bits = bitmapOf([[130, 30, foot, 230], [130, 30, 150, 40]]);
    assert.ok(Math.abs(leftOf(bits, 2) - leftOf(bits, 29)) <= 1, `${leftOf(bits, 2)} above ${leftOf(bits, 29)}`);
  }
});

test("as it was drawn, a line stays where it is, and a small one small", () => {
  const bits = bitmapAsDrawn([[200, 16, 200, 80]]);
  assert.deepEqual(columnsOf(bits), [23, 24, 25, 26, 27]);
  assert.ok(rowsOf(bits)[0] === 0 && rowsOf(bits).at(-1) <= 12);
  assert.equal(sum(bitmapAsDrawn([])), 0);
});

test("a dot, a very short stroke and nothing at all give a bitmap, too", () => {
  assert.equal(sum(bitmapOf([])), 0);
  assert.ok(sum(bitmapOf([[10, 10, 10, 10]])) > 0);
  assert.ok(sum(bitmapOf([[10, 10, 11, 10]])) > 0);
});

test("a simplified stroke keeps its ends, and no point of the old one is farther off than the tolerance", () => {
  const circle = HANDS[0][0][0];
  const few = simplified(circle, 8);
  assert.ok(few.length < circle.length && few.length >= 8);
  assert.deepEqual([few.slice(0, 2), few.slice(-2)], [circle.slice(0, 2), circle.slice(-2)]);
  for (let n = 0; n < circle.length; n += 2) assert.ok(toLine(circle[n], circle[n + 1], few) <= 8 + 1e-9);
  assert.deepEqual(simplified([0, 0, 5, 0, 10, 0], 1), [0, 0, 10, 0]);
});

/** Distance of a point to a polyline, by trying a thousand places on each piece. */
function toLine(x, y, stroke) {
  let least = Infinity;
  for (let n = 0; n + 3 < stroke.length; n += 2) {
    for (let t = 0; t <= 1; t += 0.001) {
      least = Math.min(least, Math.hypot(x - stroke[n] - t * (stroke[n + 2] - stroke[n]),
        y - stroke[n + 1] - t * (stroke[n + 3] - stroke[n + 1])));
    }
  }
  return least;
}

test("of a straight way the pad keeps what lies on it: all, one end, the middle, or nothing", () => {
  const ways = [
    [[10, 20], [30, 200], [[10, 20], [30, 200]]],
    [[245, 60], [265, 80], [[245, 60], [255, 70]]],
    [[100, 275], [100, 215], [[100, 255], [100, 215]]],
    [[-10, 40], [50, -20], [[0, 30], [30, 0]]],
    [[-10, 10], [10, -11], null],
    [[260, 10], [260, 90], null],
    [[255, 10], [255, 90], [[255, 10], [255, 90]]],
  ];
  for (const [start, end, wanted] of ways) {
    for (const [a, b, ends] of [[start, end, wanted], [end, start, wanted?.toReversed() ?? null]]) {
      const kept = onPad(a, b);
      assert.equal(kept === null, ends === null, `${a} to ${b}`);
      kept?.flat().forEach((value, n) => assert.ok(Math.abs(value - ends.flat()[n]) < 1e-9, `${a} to ${b}: ${kept}`));
    }
  }
});

test("an odd coordinate and an example that is not there are refused", () => {
  const examples = [{ label: 3 }];
  assert.equal(rules.strokes([[0, 0, 255, 255], []]), true);
  assert.notEqual(rules.strokes([[0, 0, 1, 1], [0, 0, 1]]), true);
  assert.equal(rules.example(0, {}, { examples }), true);
  assert.notEqual(rules.example(1, {}, { examples }), true);
});
