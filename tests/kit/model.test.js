// The model without a kernel, links, scales, and the parameters' formula.

import assert from "node:assert/strict";
import test from "node:test";

import { hashOf, stateInHash } from "../../nn_widgets/kit/link.js";
import { follow, pageModel, update } from "../../nn_widgets/kit/model.js";
import { countText } from "../../nn_widgets/figures/network_explorer/network_explorer.js";
import { linearScale, logScale } from "../../nn_widgets/kit/plot/scale.js";
import { arrowPath, linePath } from "../../nn_widgets/kit/svg.js";

test("a change is told once, for values that differ", () => {
  const model = pageModel({ a: 1, list: [1, 2] });
  const told = [];
  model.on("change:a", () => told.push("a"));
  model.on("change", () => told.push("any"));
  model.set("a", 1);
  model.set("list", [1, 2]);
  assert.deepEqual(told, []);
  model.set({ a: 2, list: [3] });
  assert.deepEqual(told, ["a", "any"]);
  assert.deepEqual(model.get("list"), [3]);
});

test("a listener hears nothing after off", () => {
  const model = pageModel({ a: 1 });
  let calls = 0;
  const end = follow(model, ["a"], () => { calls += 1; });
  update(model, { a: 2 });
  end();
  update(model, { a: 3 });
  assert.equal(calls, 2);
});

test("the first state is not changed by the model", () => {
  const first = { a: 1 };
  pageModel(first).set("a", 2);
  assert.equal(first.a, 1);
});

test("a link carries what differs and gives it back", () => {
  const first = { sizes: [2, 3], name: "x", z: 0 };
  const state = { sizes: [2, 5, 3], name: "a&b=c#%", z: 0 };
  const hash = hashOf("figure-2", state, first);
  assert.deepEqual(stateInHash(hash, "figure-2"), { sizes: [2, 5, 3], name: "a&b=c#%" });
  assert.equal(stateInHash(hash, "figure"), null);
  assert.equal(stateInHash("#some-heading", "figure"), null);
});

test("a link that holds no JSON is refused with the name of the value", () => {
  assert.throws(() => stateInHash("#nn=f&sizes=[2,", "f"), /value of sizes cannot be read/);
});

test("scales give places, their inverse the values", () => {
  const scale = linearScale([-2, 6], [100, 300]);
  assert.equal(scale(0), 150);
  assert.equal(scale.invert(300), 6);
  assert.deepEqual(scale.ticks(4), [-2, 0, 2, 4, 6]);
  const log = logScale([0.01, 100], [0, 400]);
  assert.ok(Math.abs(log(1) - 200) < 1e-9);
  assert.ok(Math.abs(log.invert(300) - 10) < 1e-9);
  assert.deepEqual(log.ticks(5), [0.01, 0.1, 1, 10, 100]);
});

test("a line has a gap where a value is not finite", () => {
  assert.equal(linePath([[0, 0], [1, 2], [NaN, 3], [4, 5], [6, 7]]), "M0,0L1,2M4,5L6,7");
});

test("an arrow without length draws nothing, and its head points along it", () => {
  assert.equal(arrowPath(1, 1, 0, 0), "");
  assert.equal(arrowPath(0, 0, 10, 0, 4), "M0,0L10,0M6,2L10,0L6,-2");
});

test("the parameters of the notes' network add up to 60,600", () => {
  assert.ok(countText(Array(7).fill(100)).startsWith("60,600 parameters = (100·100 + 100) + "));
  assert.equal(countText([2, 3, 2, 3]), "26 parameters = (3·2 + 3) + (2·3 + 2) + (3·2 + 3)");
});
