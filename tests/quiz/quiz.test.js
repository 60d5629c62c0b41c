import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

import { counted } from "../../nn_widgets/maths/format.js";
import choice from "../../nn_widgets/quiz/kinds/choice.js";
import numeric from "../../nn_widgets/quiz/kinds/numeric.js";
import order from "../../nn_widgets/quiz/kinds/order.js";
import trueFalse from "../../nn_widgets/quiz/kinds/true_false.js";
import { savedOf, sorted } from "../../nn_widgets/quiz/saved.js";
import { exported, imported, isSaved, Store } from "../../nn_widgets/quiz/store.js";

const KINDS = { choice, numeric, order, "true-false": trueFalse };
const SAVED = { f: "0123456789ab", n: 2, a: "0.25", c: "right" };

// ----------------------------------------------------------------------------- verdicts

test("true or false is judged when every statement is, and each has its mark", () => {
  const { judge } = KINDS["true-false"];
  const data = { right: [true, false, true] };
  assert.ok(judge([true, null, true], data).missing);
  assert.equal(judge([true, false, true], data).right, true);
  const verdict = judge([true, true, true], data);
  assert.equal(verdict.right, false);
  assert.deepEqual(verdict.marks.map(({ good }) => good), [true, false, true]);
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
  const reasons = (text, slips = data.slips) => judge(text, { ...data, slips }).marks[0].reasons;
  assert.deepEqual([judge("0.22", data).right, reasons("0.22")], [true, ["answer"]]);
  assert.deepEqual([judge("2,3", data).right, reasons("2,3")], [false, ["slip-1", "answer"]]);
  assert.deepEqual([judge("7", data).right, reasons("7")], [false, ["answer"]]);
  assert.deepEqual(reasons("0.223", [0.223]), ["answer"]);
});

test("what may mean two numbers is right if one is, a slip if one is, and otherwise asked back", () => {
  const data = { answer: 3360, tolerance: 0, slips: [1680] };
  for (const text of ["3,360", "3.360", "6,720/2"]) assert.equal(numeric.judge(text, data).right, true, text);
  assert.deepEqual(numeric.judge("1.680", data).marks[0].reasons, ["slip-0", "answer"]);
  for (const text of ["1.234", "1,234", "2.468/2"]) {
    const { missing, right } = numeric.judge(text, data);
    assert.match(missing, /1234/, text);
    assert.equal(right, undefined, text);
  }
  assert.equal(numeric.judge("1234", data).right, false);
});

test("three decimals are three decimals where no thousands are asked for", () => {
  const data = { answer: 2.303, tolerance: 0.005, slips: [] };
  assert.equal(numeric.judge("2.303", data).right, true);
  assert.equal(numeric.judge("1.234", data).right, false);
  assert.equal(numeric.judge("2,303", data).right, true);
  assert.match(numeric.judge("1,234", data).missing, /1234 or 1\.2340/);
});

test("89% is 89 where a percentage is asked for, and 0.89 elsewhere", () => {
  const data = { answer: 89, tolerance: 0, slips: [], percent: true };
  for (const text of ["89", "89%", "89 %", "89 ％"]) assert.equal(numeric.judge(text, data).right, true, text);
  assert.equal(numeric.judge("89%", { ...data, answer: 0.89, percent: undefined }).right, true);
});

test("an order is right when each part stands after what it needs, whatever else", () => {
  const { judge } = KINDS.order;
  const data = { after: { dz: [], dW: ["dz"], db: ["dz"], dh: ["dz"] } };
  assert.equal(judge(["dz", "db", "dh", "dW"], data).right, true);
  const verdict = judge(["dW", "dz", "db", "dh"], data);
  assert.deepEqual(verdict.marks.map(({ good }) => good), [false, true, true, true]);
});

/** All orders of some parts. @param {string[]} parts @returns {string[][]} */
const ordersOf = (parts) => (parts.length
  ? parts.flatMap((first) => ordersOf(parts.filter((part) => part !== first)).map((rest) => [first, ...rest]))
  : [[]]);

/** What can be done with these parts alone, in whatever order. @param {string[]} parts */
function possible(parts, after) {
  const done = new Set();
  for (let more = 0; more <= done.size; more += 1) {
    for (const part of parts) if (after[part].every((first) => done.has(first))) done.add(part);
  }
  return done;
}

test("a part is right only where it can be done with what stands before it, whatever that needs", () => {
  const after = { def: [], list: ["def"], loop: ["list"], dh: ["loop"], dz: ["dh", "list"], end: ["dz"] };
  for (const answer of ordersOf(Object.keys(after))) {
    const { right, marks } = KINDS.order.judge(answer, { after });
    const wanted = answer.map((part, n) => possible(answer.slice(0, n + 1), after).has(part));
    assert.deepEqual(marks.map(({ good }) => good), wanted, String(answer));
    assert.equal(right, wanted.every(Boolean));
    const early = answer.filter((_, n) => !wanted[n]);
    assert.deepEqual(KINDS.order.slips(answer, { after }).map(({ part }) => part), early);
  }
});

test("a part whose own need stands before it is told that this one is too early", () => {
  const after = { feed: [], losses: ["feed"], average: ["losses"], update: ["average"] };
  const { marks } = KINDS.order.judge(["feed", "average", "update", "losses"], { after });
  assert.deepEqual(marks.map(({ words }) => words), [
    "All that it needs stands before it.",
    "Too early: something that it needs comes later.",
    "Too early: something that it needs is itself too early.",
    "All that it needs stands before it.",
  ]);
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
  const store = new Store(() => fakeStorage({ "nn-quiz::a": JSON.stringify(SAVED) }));
  assert.deepEqual(store.get("a", SAVED.f), SAVED);
  assert.equal(store.get("a", "ba9876543210"), null);
});

test("two editions on one host keep answers of their own, and forget their own", () => {
  const shared = fakeStorage();
  const [one, two] = ["/book/1/", "/book/2/"].map((book) => new Store(() => shared, { book }));
  one.set("a", SAVED);
  two.set("a", { ...SAVED, f: "ba9876543210", c: "wrong" });
  assert.deepEqual(one.get("a", SAVED.f), SAVED);
  two.remove("a");
  assert.deepEqual([Object.keys(one.all()), Object.keys(two.all())], [["a"], []]);
  assert.deepEqual([one, two].map((store) => store.item({ key: "nn-quiz:/book/1/:a" })), ["a", null]);
});

test("without storage answers last in memory, and one sentence says so", () => {
  const said = [];
  const store = new Store(() => { throw new Error("SecurityError"); }, { say: (text) => said.push(text) });
  store.set("a", SAVED);
  assert.deepEqual(store.get("a", SAVED.f), SAVED);
  assert.equal(said.length, 1);
});

test("a full storage loses nothing until the page is left, and says so", () => {
  const said = [];
  const store = new Store(() => fakeStorage({}, { full: true }), { say: (text) => said.push(text) });
  store.set("a", SAVED);
  assert.deepEqual(store.all(), { a: SAVED });
  assert.match(said[0], /cannot save/);
});

test("what is corrupt or foreign is left alone, and its question is open", () => {
  const entries = { "nn-quiz::a": "{", "nn-quiz::b": '{"f": 1}', other: "kept", "nn-quiz::c": JSON.stringify(SAVED) };
  const shared = fakeStorage(entries);
  const store = new Store(() => shared);
  assert.deepEqual(Object.keys(store.all()), ["c"]);
  assert.equal(shared.getItem("other"), "kept");
  assert.equal(shared.getItem("nn-quiz::a"), "{");
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

// What claims a verdict: [kind, size, a whole answer, what is none].
for (const [kind, size, good, bad] of [
  ["true-false", 2, [true, false], [true, [true, null], [true], [1, 0], "true", null]],
  ["choice", 2, [false, true], [1, [false, false], [true], ["x", true], null]],
  ["numeric", 1, "0.25", [0.25, "", "about", [0.25], true, null]],
  ["order", 3, ["a", "b", "c"], ["abc", ["a", "b"], ["a", "a", "b"], [1, 2, 3], null]],
]) {
  test(`a stored value that can be no answer to a ${kind} question does not count as right`, () => {
    const shared = fakeStorage();
    const page = { store: new Store(() => shared), kinds: KINDS };
    const question = ["q", SAVED.f, kind, size];
    const counts = (a, c) => {
      shared.setItem("nn-quiz::q", JSON.stringify({ ...SAVED, a, c }));
      return savedOf(page, question) !== null;
    };
    assert.ok(counts(good, "right"));
    for (const a of bad) assert.ok(!counts(a, "right"), JSON.stringify(a));
    assert.ok(counts(bad[1], ""), "what claims nothing is only not shown");
    const { broken } = sorted({ q: { ...SAVED, a: bad[0] } }, [question], KINDS);
    assert.equal(broken, 1);
  });
}

for (const file of readdirSync(new URL("../../nn_widgets/quiz/kinds/", import.meta.url))) {
  if (!file.endsWith(".js")) continue;
  test(`${file} fills in what every kind of question does`, async () => {
    const { default: kind } = await import(`../../nn_widgets/quiz/kinds/${file}`);
    assert.equal(typeof kind.where, "string");
    for (const name of ["read", "write", "judge", "whole"]) assert.equal(typeof kind[name], "function", name);
    for (const none of [null, 7, {}, true]) assert.equal(kind.whole(none, 2), false);
  });
}

test("a count reads like a sentence", () => {
  const said = [0, 1, 2].map((number) => counted(number, "answer is", "answers are"));
  assert.deepEqual(said, ["0 answers are", "1 answer is", "2 answers are"]);
  assert.match(trueFalse.judge([true, true], { right: [true, false] }).tell, /^1 of 2 statements is judged/);
});

test("a program is carried by a file, and stays when its task has been edited", () => {
  const program = { f: "0123456789ab", n: 0, a: "x = 1\n".repeat(1000), c: "right" };
  const answers = imported(exported({ "task-07-backprop": program }));
  assert.deepEqual(answers["task-07-backprop"], program);
  const { good, stale } = sorted(answers, [["task-07-backprop", "ba9876543210", "task", 1]], {});
  assert.deepEqual([good.length, stale], [1, 0]);
});
