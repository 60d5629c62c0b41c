// Graph: what is said of a step, of a guess and of a mistake; what things are called; where arrows lead.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entryOf, formula, gradientOf, made, roleOf, rule, written } from "../../../nn_widgets/figures/graph/names.js";
import { factor, sceneOf, wrongOnes } from "../../../nn_widgets/figures/graph/scene.js";
import { judge, stepText, verdict } from "../../../nn_widgets/figures/graph/words.js";
import { fit } from "../../../nn_widgets/maths/autodiff.js";

const leaf = (name, value) => ({ sign: "", of: [], name, shape: [], data: [value] });
const step = (sign, of, name = "", more = {}) => ({ sign, of, name, shape: [], data: [], ...more });
// u = 0.7, s = u + u, t = s * s, L = t + s: dL/du = 2 (2s + 1) = 7.6
const graph = (...nodes) => ({ program: "", layout: {}, nodes });
const TWICE = graph(leaf("u", 0.7), step("+", [0, 0], "s"), step("·", [1, 1], "t"), step("+", [2, 1], "L"));
// L = a · b + c: after the product and the sum have handed on, a, b and c are ready
const OPEN = graph(leaf("a", 2), leaf("b", 3), leaf("c", 1), step("·", [0, 1]), step("+", [3, 2], "L"));
const STATE = { step: 0, order: [], add: true, wait: true, node: -1, entry: 0, nudge: 0.01, predict: true };
const at = (state, drawn = TWICE) => sceneOf(drawn, { ...STATE, ...state });

test("forward, each step gives one value, and back, one node hands on", () => {
  assert.deepEqual(at({}).known, [true, false, false, false]);
  assert.deepEqual(at({ step: 2 }).known, [true, true, true, false]);
  assert.equal(stepText(at({ step: 1 })), "s = u + u = 1.400.");
  assert.equal(stepText(at({ step: 4 })), "L begins with 1, its slope along itself. It hands on 1 to t and 1 to s.");
  const whole = "ds is whole: 1 + 1.400 + 1.400 = 3.800. It hands on 3.800 to u and 3.800 to u.";
  assert.equal(stepText(at({ step: 6 })), whole);
  assert.equal(at({ step: 7 }).gradients[0].data[0], 7.6);
  assert.equal(verdict(at({ step: 7 })), "Every gradient is right.");
});

test("a step beyond the end is the end", () => {
  assert.equal(at({ step: 160 }).step, at({ step: 7 }).last);
});

test("a guess is right when all shares have come, and else it is said which are missing", () => {
  const before = at({ step: 3 });
  assert.equal(judge(before, 3).right, true);
  assert.equal(judge(before, 0).says, "Not yet: the way back begins at L.");
  const early = at({ step: 4 });
  assert.deepEqual([0, 1, 2, 3].map((k) => judge(early, k).right), [false, false, true, false]);
  assert.equal(judge(early, 1).says, "Not yet: only 1 of its 3 shares has come. s waits for t.");
  assert.equal(judge(early, 0).says, "Not yet: no share of it has come. u waits for s.");
  assert.equal(judge(early, 3).says, "L has handed on already.");
  assert.match(judge(at({ step: 1 }), 1).says, /needs all values first/);
  assert.match(judge(at({ step: 5, wait: false }), 1).says, /nobody waits/);
  assert.equal(judge(at({ step: 7 }), 0).says, "Every node has handed on.");
});

test("where several are ready each is right, the others are named, and the walk takes the one that was pressed", () => {
  const now = at({ step: 4 }, OPEN); // L and then the product have handed on
  assert.deepEqual(now.ready, [2, 0, 1]);
  assert.match(judge(now, 1).says, /^Right\. 1 share was to come to b, and it is there\. c and a were ready too/);
  const order = [...now.visits.slice(0, now.back).map(({ node }) => node), 1];
  const next = at({ step: 5, order }, OPEN);
  assert.equal(next.current, 1);
  assert.deepEqual(next.visits.map(({ node }) => node), [4, 3, 1, 2, 0]);
  // An order that cannot be is left aside.
  assert.deepEqual(at({ step: 5, order: [0, 0, 2, 39] }, OPEN).visits.map(({ node }) => node), [4, 3, 2, 0, 1]);
});

test("= for += is seen where a value was used twice, with the factor", () => {
  const end = at({ step: 7, add: false });
  assert.deepEqual(wrongOnes(end), [0, 1]);
  assert.ok(Math.abs(factor(end, 1) - 1.4 / 3.8) < 1e-12);
  assert.ok(Math.abs(factor(end, 0) - 1.4 / 7.6) < 1e-12);
  const [du, ds] = ["du is 1.400 and should be 7.600: 0.184", "ds is 1.400 and should be 3.800: 0.368"];
  assert.equal(verdict(end), `Wrong: ${du} times the right one; ${ds} times the right one.`);
  assert.deepEqual(wrongOnes(at({ step: 5, add: false })), [], "a gradient that is not whole is not wrong yet");
});

test("who does not wait hands too much on, as chapter 10 tells", () => {
  const end = at({ step: 160, wait: false });
  assert.deepEqual(end.gradients.map(({ data }) => data[0]), [16, 3.8, 1, 1]);
  assert.deepEqual(end.arrived[0].map(({ share }) => share.data[0]), [1.4, 1.4, 2.8, 2.8, 3.8, 3.8]);
  const both = at({ step: 160, wait: false, add: false });
  assert.deepEqual(both.gradients.map(({ data }) => data[0]), [1, 1, 1, 1]);
  assert.match(stepText(at({ step: 5, wait: false })), /^t gets 1 by way of L\. It does not wait/);
});

test("names are the book's", () => {
  const names = ["W1", "b3", "z2", "w1", "x2", "u", "V", "total10"];
  assert.deepEqual(names.map(written), ["W¹", "b³", "z²", "w₁", "x₂", "u", "V", "total₁₀"]);
  const roles = ["W1", "V", "w1", "h2", "u", "loss", "L"].map((name) => roleOf({ name }));
  assert.deepEqual(roles, ["W", "W", "W", "h", "", "", "L"]);
  assert.equal(entryOf("W³", [3, 2], 4), "W³₃₁");
  assert.equal(entryOf("b³", [3, 1], 2), "b³₃");
  assert.equal(entryOf("u", [], 0), "u");
});

test("a formula has the brackets that it needs, and no others", () => {
  const nodes = [leaf("a", 1), leaf("b", 2), step("+", [0, 1]), step("·", [2, 0]), step("−", [0, 2]),
    step("**", [2], "", { n: 2 }), step("exp", [2]), step("neg", [2]), step("+", [3, 2], "q"),
    leaf("", 3), step("·", [9, 0]), step("/", [0, 3])];
  const texts = [2, 3, 4, 5, 6, 7, 8, 10, 11].map((k) => formula(nodes, k));
  assert.deepEqual(texts, ["a + b", "(a + b) · a", "a − (a + b)", "(a + b) ** 2", "exp(a + b)", "−(a + b)",
    "(a + b) · a + a + b", "3 · a", "a / ((a + b) · a)"]);
  assert.equal(made(nodes, 8), "q = (a + b) · a + a + b");
  assert.equal(gradientOf(nodes, 2), "d(a + b)");
  assert.equal(rule(nodes, 3, 1), "d((a + b) · a) · (a + b)");
});

test("what was stretched is added up again", () => {
  const d = { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) };
  assert.deepEqual([...fit(d, [2, 1]).data], [6, 15]);
  assert.deepEqual([...fit(d, [1, 3]).data], [5, 7, 9]);
  assert.deepEqual([...fit(d, [3]).data], [5, 7, 9]);
  assert.deepEqual([...fit(d, []).data], [21]);
});
