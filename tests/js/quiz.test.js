import assert from "node:assert/strict";
import { test } from "node:test";

import { KINDS } from "../../nn_widgets/static/quiz/kinds.js";
import { near, readNumbers } from "../../nn_widgets/static/quiz/number.js";
import { exported, imported, isSaved, Store } from "../../nn_widgets/static/quiz/store.js";

const SAVED = { f: "0123456789ab", n: 2, a: "0.25", c: "right" };

// ------------------------------------------------------------------------------ numbers

for (const [text, wanted] of [
  ["0.25", [0.25]],
  ["0,25", [0.25]],
  [".25", [0.25]],
  ["2.5e-1", [0.25]],
  ["1/4", [0.25]],
  [" −0,5 ", [-0.5]],
  ["–1/2", [-0.5]],
  ["60 600", [60600]],
  ["60\u202f600", [60600]],
  ["60,600", [60.6, 60600]],
  ["1,234,567", [1234567]],
  ["0,600", [0.6]],
]) {
  test(`"${text}" is read as ${wanted.join(" or ")}`, () => assert.deepEqual(readNumbers(text), wanted));
}

for (const text of ["", "a", "1/0", "1/2/3", "1e", "--1", "1.2.3", "Infinity", "0x10", "1,2,3"]) {
  test(`"${text}" is no number`, () => assert.deepEqual(readNumbers(text), []));
}

test("a value at the edge of the tolerance counts, one beyond it does not", () => {
  assert.ok(near(0.25, 0.2, 0.05));
  assert.ok(near(60600, 60600, 0));
  assert.ok(!near(0.2501, 0.2, 0.05));
  assert.ok(!near(60601, 60600, 0.5));
});

// ----------------------------------------------------------------------------- verdicts

test("true or false is judged when every statement is, and each has its mark", () => {
  const { judge } = KINDS["true-false"];
  const data = { right: [true, false, true] };
  assert.ok(judge([true, null, true], data).missing);
  assert.equal(judge([true, false, true], data).right, true);
  const verdict = judge([true, true, true], data);
  assert.equal(verdict.right, false);
  assert.deepEqual(verdict.marks.map(([good]) => good), [true, false, true]);
  assert.match(verdict.tell, /^2 of 3/);
});

test("a choice of several is right only when all right ones and no wrong one are chosen", () => {
  const { judge } = KINDS.choice;
  const data = { right: [true, false, true] };
  assert.ok(judge([false, false, false], data).missing);
  assert.equal(judge([true, false, true], data).right, true);
  assert.equal(judge([true, false, false], data).right, false);
  assert.equal(judge([true, true, true], data).right, false);
});

test("a number that is a known slip names it, and a right one never does", () => {
  const { judge } = KINDS.numeric;
  const data = { answer: 0.223, tolerance: 0.005, slips: [0.097, 2.303] };
  assert.ok(judge("about a half", data).missing);
  assert.deepEqual([judge("0.22", data).right, judge("0.22", data).slip], [true, -1]);
  assert.deepEqual([judge("2,3", data).right, judge("2,3", data).slip], [false, 1]);
  assert.deepEqual([judge("7", data).right, judge("7", data).slip], [false, -1]);
  assert.equal(judge("0.223", { ...data, slips: [0.223] }).slip, -1);
});

test("an order is right when each part stands after what it needs, whatever else", () => {
  const { judge } = KINDS.order;
  const data = { after: { dz: [], dW: ["dz"], db: ["dz"], dh: ["dz"] } };
  assert.equal(judge(["dz", "db", "dh", "dW"], data).right, true);
  const verdict = judge(["dW", "dz", "db", "dh"], data);
  assert.deepEqual(verdict.marks.map(([good]) => good), [false, true, true, true]);
});

// ------------------------------------------------------------------------------- storage

function fakeStorage(entries = {}, { full = false } = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, text) {
      if (full) throw new Error("QuotaExceededError");
      kept.set(key, text);
    },
    removeItem: (key) => kept.delete(key),
    key: (n) => [...kept.keys()][n],
    get length() {
      return kept.size;
    },
  };
}

test("two tabs keep each other's answers", () => {
  const shared = fakeStorage();
  const [one, two] = [new Store(() => shared), new Store(() => shared)];
  one.set("a", SAVED);
  two.set("b", { ...SAVED, c: "wrong" });
  assert.deepEqual(Object.keys(one.all()).sort(), ["a", "b"]);
  assert.deepEqual(two.get("a", SAVED.f), SAVED);
});

test("an answer to an older wording counts as none", () => {
  const store = new Store(() => fakeStorage({ "nn-quiz:a": JSON.stringify(SAVED) }));
  assert.deepEqual(store.get("a", SAVED.f), SAVED);
  assert.equal(store.get("a", "ba9876543210"), null);
});

test("without storage answers last in memory, and one sentence says so", () => {
  const said = [];
  const store = new Store(() => { throw new Error("SecurityError"); }, (text) => said.push(text));
  store.set("a", SAVED);
  assert.deepEqual(store.get("a", SAVED.f), SAVED);
  assert.equal(said.length, 1);
});

test("a full storage loses nothing until the page is left, and says so", () => {
  const said = [];
  const store = new Store(() => fakeStorage({}, { full: true }), (text) => said.push(text));
  store.set("a", SAVED);
  assert.deepEqual(store.all(), { a: SAVED });
  assert.match(said[0], /cannot save/);
});

test("what is corrupt or foreign is left alone, and its question is open", () => {
  const entries = { "nn-quiz:a": "{", "nn-quiz:b": '{"f": 1}', other: "kept", "nn-quiz:c": JSON.stringify(SAVED) };
  const shared = fakeStorage(entries);
  const store = new Store(() => shared);
  assert.deepEqual(Object.keys(store.all()), ["c"]);
  assert.equal(shared.getItem("other"), "kept");
  assert.equal(shared.getItem("nn-quiz:a"), "{");
});

test("an export is imported again, answer for answer", () => {
  const answers = { "one-step": SAVED, "what-is-fixed": { ...SAVED, a: [true, null], c: "" } };
  assert.deepEqual(imported(exported(answers)), answers);
});

for (const [name, text] of [
  ["text that is no JSON", "<b>"],
  ["another file", "{}"],
  ["another version", exported({ a: SAVED }).replace('"version": 1', '"version": 2')],
  ["a list", exported([])],
  ["an answer too long", exported({ a: { ...SAVED, a: "x".repeat(101) } })],
  ["a name that is none", exported({ "<img>": SAVED })],
  ["a verdict that is none", exported({ a: { ...SAVED, c: "perfect" } })],
  ["an object as an answer", exported({ a: { ...SAVED, a: { x: 1 } } })],
  ["a million characters", " ".repeat(1_000_001)],
]) {
  test(`${name} is not imported, in one sentence`, () => {
    assert.throws(() => imported(text), /^Error: The file [^.]*\.$/);
  });
}

test("numbers that are not finite are no answers", () => {
  assert.ok(isSaved(SAVED));
  assert.ok(!isSaved({ ...SAVED, n: 1e9 }));
  assert.ok(!isSaved({ ...SAVED, a: [NaN] }));
});
