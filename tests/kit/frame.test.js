import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { spaced } from "../../nn_widgets/kit/frame.js";

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
