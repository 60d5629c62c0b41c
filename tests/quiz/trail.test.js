import assert from "node:assert/strict";
import { test } from "node:test";

import { exported, imported, nameOf, opened, Store } from "../../nn_widgets/quiz/store.js";
import { bare, DAYS, extended, isTrail, overdue } from "../../nn_widgets/quiz/trail.js";

const NOON = new Date(2026, 2, 27, 12).getTime(); // two days before clocks change in much of the world
const at = (days, hours = 0) => new Date(2026, 2, 27 + days, 12 + hours).getTime();
const check = (c, time, a = "1") => ({ a, n: 0, c, at: time });
const trailOf = (...checks) => checks.reduce((trail, one) => extended(trail, one), undefined);
const due = (trail, now) => (overdue({ f: "", n: 0, a: "1", c: trail.last.c, t: trail }, now) ?? -1) >= 0;

test("a question that was right returns after 1, 3, 7 and 21 days, and then no more", () => {
  let [day, trail] = [0, trailOf(check("right", at(0)))];
  for (const wait of [1, 3, 7, 21]) {
    assert.equal(due(trail, at(day + wait - 1)), false, `a day before ${wait}`);
    assert.equal(due(trail, at(day + wait)), true, `after ${wait}`);
    day += wait;
    trail = extended(trail, check("right", at(day)));
  }
  assert.equal(due(trail, at(day + 10_000)), false);
});

test("a day is one of the calendar: what was right in the evening returns in the morning", () => {
  const trail = trailOf(check("right", at(0, 11)));
  assert.equal(due(trail, at(0, 11.9)), false);
  assert.equal(due(trail, at(1, -11)), true);
});

test("a wrong answer is due at once and begins anew", () => {
  const trail = trailOf(check("right", at(0)), check("right", at(1)), check("wrong", at(4)));
  assert.equal(due(trail, at(4)), true);
  const mended = extended(trail, check("right", at(4, 1)));
  assert.deepEqual([due(mended, at(4, 1)), due(mended, at(5))], [false, true]);
});

test("who was wrong and is right a week later begins with one day", () => {
  const trail = trailOf(check("wrong", at(0)), check("right", at(7)));
  assert.deepEqual([due(trail, at(7)), due(trail, at(8))], [false, true]);
});

test("right again before its time is no step: nobody climbs in an afternoon", () => {
  const trail = trailOf(...[0, 1, 2, 3, 4].map((hour) => check("right", at(0, hour))));
  assert.equal(trail.step, 0);
  assert.equal(trail.tries, 5);
  assert.equal(due(trail, at(1)), true);
});

test("the first answer and the last are kept, whatever comes between", () => {
  const checks = [check("wrong", at(0), "7"), check("wrong", at(0, 1), "8"), check("right", at(1), "9")];
  const { first, last, tries, right } = trailOf(...checks);
  assert.deepEqual({ first, last, tries, right }, { first: checks[0], last: checks[2], tries: 3, right: 1 });
});

test("a clock that was ahead loses no question, and one that goes back takes no step away", () => {
  const ahead = trailOf(check("right", at(4000)));
  assert.equal(due(ahead, at(0)), true, "its date lies years ahead");
  const back = extended(trailOf(check("right", at(0)), check("right", at(1))), check("right", at(-300)));
  assert.deepEqual([back.step, back.tries, due(back, at(1))], [1, 3, true]);
  const travels = trailOf(check("right", at(1, -6)));
  assert.equal(due(travels, at(0)), false, "half a day ahead is another part of the world");
  assert.equal(due(trailOf(check("right", 0)), at(0)), true, "1970");
});

test("what an older book has kept is due, right or wrong, and what was never checked is not", () => {
  const saved = { f: "", n: 0, a: "1" };
  const said = ["right", "wrong", ""].map((c) => overdue({ ...saved, c }, NOON));
  assert.deepEqual(said, [0, 0, null]);
});

test("counts stay numbers, and names of mistakes stay few and each once", () => {
  const many = { ...trailOf(check("wrong", NOON)), tries: 9999 };
  assert.equal(extended(many, check("wrong", NOON)).tries, 9999);
  const more = (trail, n) => extended(trail, check("wrong", NOON), `m${n % 20}`);
  const named = [...Array(40).keys()].reduce(more, undefined);
  assert.equal(named.named.length, 12);
  assert.ok(isTrail(named, () => true));
});

// --------------------------------------------------------------------- in storage and in files

const CHECKS = [check("wrong", NOON, "2"), check("right", NOON + 1)];
const GOOD = { f: "0123456789ab", n: 0, a: "1", c: "right", t: trailOf(...CHECKS) };
const storage = (value) => ({ getItem: () => JSON.stringify(value), length: 0, key: () => null });

test("a file carries what the checks left, and a name only if there is one", () => {
  assert.deepEqual(imported(exported({ a: GOOD })), { a: GOOD });
  const { name, saved } = opened(exported({ a: GOOD }, { name: "Zoë 7", saved: NOON }));
  assert.deepEqual([name, saved], ["Zoë 7", NOON]);
  assert.ok(!("name" in JSON.parse(exported({ a: GOOD }))));
});

const { t: TRAIL, ...WITHOUT } = GOOD;

for (const [what, t] of Object.entries({
  "a date that is none": { ...TRAIL, last: { ...TRAIL.last, at: "yesterday" } },
  "a date before all dates": { ...TRAIL, first: { ...TRAIL.first, at: -1 } },
  "a date after all dates": { ...TRAIL, last: { ...TRAIL.last, at: 9e15 } },
  "no first answer": { ...TRAIL, first: undefined },
  "more right than tries": { ...TRAIL, right: 3 },
  "a step too far": { ...TRAIL, step: DAYS.length + 1 },
  "a name too long": { ...TRAIL, named: ["x".repeat(301)] },
  "a list": [TRAIL],
  "nothing": null,
})) {
  test(`${what} in the trail loses the trail, and never the answer`, () => {
    const broken = { ...WITHOUT, t };
    assert.deepEqual(new Store(() => storage(broken)).get("a", GOOD.f), WITHOUT);
    assert.deepEqual(imported(exported({ a: broken })), { a: WITHOUT });
  });
}

test("a trail keeps nothing that is not its own", () => {
  const laden = JSON.parse(`{"__proto__": {"x": 1}, "extra": 1, ${JSON.stringify(GOOD.t).slice(1)}`);
  assert.deepEqual(bare(laden), GOOD.t);
  const file = exported({ a: { ...GOOD, extra: 1, t: { ...TRAIL, extra: 1, last: { ...TRAIL.last, extra: 1 } } } });
  assert.deepEqual(imported(file), { a: GOOD });
});

test("a name is plain text of one line", () => {
  const typed = ["  Anna\tB. ", "<b>Anna</b>", "a\u202eb", "x".repeat(99), "😀".repeat(99), "\u0000", "17", "علی"];
  const said = typed.map(nameOf);
  assert.deepEqual(said, ["Anna B.", "b Anna /b", "a b", "x".repeat(60), "😀".repeat(60), "", "17", "علی"]);
  for (const name of said) assert.equal(nameOf(name), name, "and stays what it is");
});
