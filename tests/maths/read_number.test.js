import assert from "node:assert/strict";
import { test } from "node:test";

import { near, readAnswer, readNumbers } from "../../nn_widgets/maths/read_number.js";

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
  ["60,600", [60600, 60.6]],
  ["1.680", [1.68, 1680]],
  ["1,234,567", [1234567]],
  ["1.234.567", [1234567]],
  ["1'234'567", [1234567]],
  ["1 234 567", [1234567]],
  ["1,680.50", [1680.5]],
  ["1.680,50", [1680.5]],
  ["0,600", [0.6]],
  ["3,360/2", [1680, 1.68]],
  ["60 600/2", [30300]],
  ["- 0.2", [-0.2]],
  ["\u20100.2", [-0.2]],
  ["\u20110.2", [-0.2]],
  ["\uff0d\uff10\uff0e\uff12", [-0.2]],
  ["⅕", [0.2]],
  ["−⅕", [-0.2]],
  ["2½", [2.5]],
  ["2 1/2", [2.5]],
  ["-3/-4", [0.75]],
  ["1⁄4", [0.25]],
  ["89%", [0.89]],
  ["89 %", [0.89]],
  ["2·10^-5", [0.00002]],
  ["2 × 10⁻⁵", [0.00002]],
  ["1.23e−5", [0.0000123]],
]) {
  test(`"${text}" is read as ${wanted.join(" or ")}`, () => assert.deepEqual(readNumbers(text), wanted));
}

for (const text of ["", "a", "1/0", "1/2/3", "1e", "--1", "1.2.3", "Infinity", "0x10", "1,2,3", "10²", "1 2", "0.1 0.2",
  "%", "-", "/2", "1,23,456", "0.2 nats"]) {
  test(`"${text}" is no number`, () => assert.deepEqual(readNumbers(text), []));
}

test("a value at the edge of the tolerance counts, one beyond it does not", () => {
  assert.ok(near(0.25, 0.2, 0.05));
  assert.ok(near(60600, 60600, 0));
  assert.ok(!near(0.2501, 0.2, 0.05));
  assert.ok(!near(60601, 60600, 0.5));
});

test("what is asked back can be answered in a way that means one number", () => {
  for (const text of ["1.680", "2,404", "-1.680", "3,360/2"]) {
    const { ask, values } = readAnswer(text, { thousands: true });
    assert.equal(values.length, 2, text);
    const ways = /may mean (\S+) or (\S+)\./.exec(ask).slice(1);
    assert.deepEqual(ways.map((way) => readAnswer(way, { thousands: true }).values), values.map((one) => [one]), text);
  }
});

test("a reading that fits settles what is meant", () => {
  assert.deepEqual(readAnswer("1.680", { thousands: true, fits: (value) => value === 1680 }),
    { values: [1680], ask: "" });
  assert.deepEqual(readAnswer("1.680"), { values: [1.68], ask: "" });
});
