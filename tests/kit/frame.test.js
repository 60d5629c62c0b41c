import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { oneAFrame, redrawer, spaced } from "../../nn_widgets/kit/frame.js";

test("the first call draws at once, a burst draws once more, after its last call", async () => {
  let [asked, drawn] = [0, []];
  const texts = spaced(() => drawn.push(asked), 30);
  for (asked = 1; asked <= 5; asked += 1) texts.ask();
  assert.deepEqual(drawn, [1]);
  await pause(60);
  assert.deepEqual(drawn, [1, 6]);
  await pause(60);
  assert.equal(drawn.length, 2);
});

test("after stop nothing is drawn", async () => {
  let count = 0;
  const texts = spaced(() => (count += 1), 30);
  texts.ask();
  texts.ask();
  texts.stop();
  await pause(60);
  assert.equal(count, 1);
});

/** Frames that come when the test says so. */
function heldFrames() {
  const waiting = new Map();
  let ticket = 0;
  mock.method(globalThis, "requestAnimationFrame", (draw) => (waiting.set((ticket += 1), draw), ticket));
  mock.method(globalThis, "cancelAnimationFrame", (one) => waiting.delete(one));
  return () => {
    const due = [...waiting.values()];
    waiting.clear();
    due.forEach((draw) => draw());
  };
}

globalThis.requestAnimationFrame ??= () => 0;
globalThis.cancelAnimationFrame ??= () => {};

/** Things to do one a frame, asked for once, and what has been done. */
function asked(...names) {
  const [frame, done] = [heldFrames(), []];
  const opening = oneAFrame(names.map((name) => () => done.push(name)));
  opening.ask();
  return { frame, done, opening };
}

test("each thing has a frame of its own, in order", () => {
  const { frame, done } = asked("fit", "paint", "hill");
  assert.deepEqual(done, []);
  for (const seen of [["fit"], ["fit", "paint"], ["fit", "paint", "hill"], ["fit", "paint", "hill"]]) {
    frame();
    assert.deepEqual(done, seen);
  }
});

test("asked again half way, it begins again and does no thing twice in a frame", () => {
  const { frame, done, opening } = asked("fit", "paint");
  frame();
  opening.ask();
  for (let n = 0; n < 3; n += 1) frame();
  assert.deepEqual(done, ["fit", "fit", "paint"]);
});

test("stopped half way, the rest is left", () => {
  const { frame, done, opening } = asked("fit", "paint");
  frame();
  opening.stop();
  frame();
  assert.deepEqual(done, ["fit"]);
});

test("a drawing that leaves the first frame to the browser comes in the second, later ones in the next", () => {
  const frame = heldFrames();
  let drawn = 0;
  const { ask } = redrawer(() => (drawn += 1), 2);
  ask();
  ask();
  for (const seen of [0, 1, 1]) {
    frame();
    assert.equal(drawn, seen);
  }
  ask();
  frame();
  assert.equal(drawn, 2);
});
