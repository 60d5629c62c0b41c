// The backward stepper's pure modules: how a step is written and said, and which slips are known.
// The numbers are worked by hand on small round values.
import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix } from "../../../nn_widgets/maths/nn.js";
import * as arrays from "../../../nn_widgets/figures/backward_stepper/arrays.js";
import { spokenRef, writtenRef } from "../../../nn_widgets/figures/backward_stepper/names.js";
import { sceneOf, shownExamples, spokenScene } from "../../../nn_widgets/figures/backward_stepper/scene.js";
import { judge, slipsOf } from "../../../nn_widgets/figures/backward_stepper/slips.js";
import { entriesOf, operandsOf, piecesOf, refsOf, STEPS,
  variablesOf } from "../../../nn_widgets/figures/backward_stepper/steps.js";
import { expressionOf, firstWrong, givenText, matrixOf,
  namesOf } from "../../../nn_widgets/figures/backward_stepper/write_panel.js";

const column = (...data) => matrix(data.length, 1, data);

/** Hand-made values of one bird: round numbers, so that every product can be checked by eye. */
function one(changes = {}) {
  return new Map(Object.entries({
    h0: column(2, -1), W1: matrix(3, 2, [1, 2, 3, 4, 5, 6]), b1: column(0.5, -0.5, 0.25), z1: column(0.5, 1.5, 4.25),
    h1: column(0.5, 0.8, 0.9), W2: matrix(2, 3, [1, 2, 3, -1, 0.5, 4]), b2: column(0.1, 0.2), z2: column(4.9, 3.7),
    h2: column(0.6, 0.2), W3: matrix(3, 2, [2, -1, 3, 5, -4, 7]), b3: column(0, 1, 2), z3: column(1, 2, 3),
    p: column(0.5, 0.3, 0.2), y: column(0, 0, 1), L: column(1.609437912), dz3: column(0.5, 0.3, -0.8),
    dW3: matrix(3, 2, [0.3, 0.1, 0.18, 0.06, -0.48, -0.16]), db3: column(0.5, 0.3, -0.8), dh2: column(5.1, -4.6),
    dz2: column(1.224, -0.736), dW2: matrix(2, 3, [0.612, 0.9792, 1.1016, -0.368, -0.5888, -0.6624]),
    db2: column(1.224, -0.736),
    dh1: column(1.96, 2.08, 0.728), dz1: column(0.49, 0.3328, 0.06552),
      dW1: matrix(3, 2, [0.98, -0.49, 0.6656, -0.3328, 0.13104, -0.06552]),
    db1: column(0.49, 0.3328, 0.06552), ...changes,
  }));
}

/** Two birds at the output. */
const two = () => one({
  h2: matrix(2, 2, [0.6, 0.4, 0.2, 0.8]), p: matrix(3, 2, [0.5, 0.1, 0.3, 0.2, 0.2, 0.7]),
  y: matrix(3, 2, [0, 1, 0, 0, 1, 0]),
  dz3: matrix(3, 2, [0.25, -0.45, 0.15, 0.1, -0.4, 0.35]), dW3: matrix(3, 2, [-0.03, -0.31, 0.13, 0.11, -0.1, 0.2]),
  db3: column(-0.2, 0.25, -0.05),
});

const slip = (name, entry, answer, values = one()) => judge(name, entry, values, answer).slip;

test("an answer near enough is right, also when its sum was made of rounded numbers", () => {
  assert.ok(judge("dW3", [1, 0], one(), 0.18).right);
  assert.ok(judge("dW3", [1, 0], one(), 0.1805).right);
  assert.ok(!judge("dW3", [1, 0], one(), 0.19).right);
});

test("a gradient with the wrong sign is called that", () => {
  assert.equal(slip("dW3", [1, 0], -0.18), "sign");
  assert.equal(slip("dh2", [0, 0], -5.1), "sign");
});

test("a swapped index is told from the right one", () => {
  assert.equal(slip("dW3", [1, 0], 0.1), "transposed index"); // dz3[1] h2[2] = 0.5 · 0.2
  assert.equal(slip("z2", [0, 0], 1 * 0.5 - 1 * 0.8 + 0.1), undefined); // W2 has no third row to go down
  assert.equal(slip("z1", [0, 0], 1 * 2 + 3 * -1 + 0.5), "transposed index");
  assert.equal(slip("dh2", [0, 0], 2 * 0.5 - 1 * 0.3), "transposed index"); // row 1 of W3
});

test("z in place of h, and the wrong neuron's h, are told apart", () => {
  assert.equal(slip("dW3", [1, 0], 0.3 * 4.9), "z instead of h");
  assert.equal(slip("dW2", [0, 1], 1.224 * 0.6), "own h");
  assert.equal(slip("dW2", [0, 1], 5.1 * 0.8), "dh");
  assert.equal(slip("dW3", [1, 0], 0.3), "dz alone");
});

test("whatever happens to σ′ is named", () => {
  const again = (h) => (1 / (1 + Math.exp(-h))) * (1 - 1 / (1 + Math.exp(-h)));
  assert.equal(slip("dz2", [0, 0], 5.1), "missing σ′");
  assert.equal(slip("dz2", [0, 0], 5.1 * again(0.6)), "σ′ of h");
  assert.equal(slip("dz2", [0, 0], 5.1 * 0.6), "σ instead of σ′");
  assert.equal(slip("dz2", [0, 0], 0.24), "no dh");
  assert.equal(slip("h2", [0, 0], 4.9), "no σ");
  assert.equal(slip("db2", [0, 0], 5.1), "dh");
});

test("the output's slips: y − p, no y, p (1 − p), −y / p", () => {
  assert.equal(slip("dz3", [1, 0], -0.3), "y − p");
  assert.equal(slip("dz3", [2, 0], 0.2), "y is missing");
  assert.equal(slip("dz3", [0, 0], 0.5 * 0.25), "σ′ at the output");
  assert.equal(slip("dz3", [2, 0], -5), "dp");
});

test("in a batch a forgotten 1/N, one too many, and one bird alone are named", () => {
  assert.equal(slip("dz3", [0, 0], 0.5, two()), "1/N");
  assert.equal(slip("dW3", [1, 0], 0.26, two()), "1/N");
  assert.equal(slip("dW3", [1, 0], 0.065, two()), "1/N twice");
  assert.equal(slip("dW3", [1, 0], 0.15 * 0.6, two()), "one bird");
  assert.equal(slip("db3", [1, 0], 0.15, two()), "one bird");
});

test("one bird has no slip that only a batch can have", () => {
  for (const name of STEPS) {
    for (const entry of entriesOf(name, one(), 0)) {
      assert.deepEqual(slipsOf(name, entry, one()).filter((each) => /1\/N|one bird|averaged/.test(each.slip)), []);
    }
  }
});

test("the way on is the sum of the ways, and one of them alone is named", () => {
  assert.equal(slip("dh2", [0, 0], 2 * 0.5), "one way");
  assert.equal(slip("dh2", [0, 0], 0.5 + 0.3 - 0.8 + 1e-9), "no W");
  assert.equal(slip("dh2", [0, 0], 1.224), "σ′ already");
});

test("probability and price", () => {
  assert.equal(slip("p", [1, 0], Math.exp(2)), "not divided");
  assert.equal(slip("p", [1, 0], 2 / 6), "no power");
  assert.equal(slip("L", [0, 0], Math.log10(5)), "log 10");
  assert.equal(slip("L", [0, 0], 0.8), "1 − p");
  assert.equal(slip("z1", [0, 0], 0), "bias");
});

test("an answer that no slip explains gets a hint, not a name", () => {
  assert.equal(slip("dW3", [1, 0], 77), undefined);
  assert.match(judge("dW3", [1, 0], one(), 77).says, /Not yet/);
  assert.match(judge("dW3", [1, 0], one(), 77).says, /each factor stands in one of the matrices/);
  assert.match(judge("dW3", [1, 0], one(), 0.19).says, /Close/);
});

test("a weight's slope is written dW³[2, 1] and read row 2, column 1", () => {
  const ref = { name: "dW3", row: 1, col: 0 };
  assert.equal(writtenRef(ref, 1), "dW³[2, 1]");
  assert.equal(spokenRef(ref, 1), "dW3, row 2, column 1");
  assert.equal(writtenRef({ name: "h0", row: 1, col: 0 }, 1), "x[2]");
  assert.equal(spokenRef({ name: "dz3", row: 1, col: 4 }, 9), "dz3, row 2, bird 5");
  assert.equal(writtenRef({ name: "L", row: 0, col: 0 }, 9), "L");
});

function scene(name, entry, values = one()) {
  const setting = { numbers: Array.from({ length: values.get("y").cols }, (_, i) => i) };
  return sceneOf({ name, entry, values, setting, example: entry[1], hidden: () => false, wrong: null });
}

test("an entry is said with its sum, in words and in numbers", () => {
  assert.equal(spokenScene(scene("dW3", [1, 0])), "dW3, row 2, column 1: dz3 2 times h2 1 = 0.300 times 0.600 = 0.180");
  assert.equal(spokenScene(scene("dz3", [2, 0])),
    "dz3, row 3: ( p 3 minus y 3 ) over N = ( 0.200 minus 1 ) over 1 = −0.800");
  assert.equal(spokenScene(scene("h1", [0, 0])), "h1, row 1: sigma of z1 1 = sigma of 0.500 = 0.500");
  assert.equal(spokenScene(scene("L", [0, 0])), "L: minus the logarithm of p 3 = minus the logarithm of 0.200 = 1.609");
});

test("every bracket that is said is closed, and none is closed that was not opened", () => {
  for (const name of STEPS) {
    const brackets = spokenScene(scene(name, [0, 0])).replace(/[^()]/g, "");
    assert.match(brackets, /^(\(\))*$/, name);
  }
});

test("what is still to come has no number", () => {
  const now = scene("dz3", [0, 0]);
  assert.equal(now.text({ name: "dz3", row: 1, col: 0 }), "0.300");
  assert.equal(now.text({ name: "dW3", row: 1, col: 0 }), "");
  assert.equal(now.text({ name: "W1", row: 0, col: 1 }), "2");
});

test("every number in a sum stands in an operand, and every operand in the line of code", () => {
  for (const name of STEPS) {
    const used = new Set(refsOf(piecesOf(name, [0, 0], one())).map((ref) => ref.name));
    const operands = new Set(operandsOf(name).filter((each) => each.name).map((each) => each.name));
    if (name !== "L") assert.deepEqual([...used].filter((each) => !operands.has(each)), [], name);
    const variables = new Set(Object.values(variablesOf(name)));
    if (!["p", "L"].includes(name)) assert.deepEqual([...operands].filter((each) => !variables.has(each)), [], name);
  }
});

test("of many birds the first three have columns, and the one in focus", () => {
  assert.deepEqual(shownExamples({ examples: 3, example: 0 }), [0, 1, 2]);
  assert.deepEqual(shownExamples({ examples: 342, example: 200 }), [0, 1, 2, 200]);
  assert.deepEqual(shownExamples({ examples: 342, example: 1 }), [0, 1, 2]);
});

test("arrays refuse the shapes that NumPy refuses", () => {
  const [tall, flat] = [matrix(3, 2), matrix(2, 1)];
  assert.throws(() => arrays.dot(tall, tall), /matmul: \(3, 2\) and \(3, 2\) do not fit/);
  assert.throws(() => arrays.times(tall, flat), /broadcast together with shapes \(3, 2\) \(2, 1\)/);
  assert.deepEqual(arrays.shapeText(arrays.times(matrix(3, 1), matrix(1, 4))), "(3, 4)");
  assert.deepEqual([...arrays.sumDown(matrix(2, 2, [1, 2, 3, 4])).data], [4, 6]);
  assert.deepEqual([...arrays.sumAcross(matrix(2, 2, [1, 2, 3, 4])).data], [3, 7]);
});

test("a line may name its step or not, and speaks of what the step is made of", () => {
  assert.equal(expressionOf("dW = dz @ h.T", "dW"), "dz @ h.T");
  assert.equal(expressionOf("dz @ h.T ", "dW"), "dz @ h.T");
  assert.equal(expressionOf("dW == dz", "dW"), "dW == dz");
  assert.equal(expressionOf("dz = h", "dW"), "dz = h"); // another's name stays, and Python says so
  assert.deepEqual(namesOf("dW3"), { target: "dW", names: { dz: "dz3", h: "h2" } });
  assert.deepEqual(namesOf("dz2"), { target: "dz", names: { dh: "dh2", h: "h2", z: "z2" } });
  assert.deepEqual(namesOf("dz3"), { target: "dz", names: { p: "p", y: "y" } });
  for (const name of STEPS) assert.ok(!Object.values(namesOf(name).names).includes(name), name);
});

test("what a line may speak of is told with its shape, and named once where it has one name", () => {
  const told = (name) => givenText(namesOf(name).names, one());
  assert.equal(told("dz3"), "p has (3, 1); y has (3, 1)");
  assert.equal(told("L"), "y has (3, 1); z is z³, (3, 1); p has (3, 1)");
  assert.equal(told("z1"), "W is W¹, (3, 2); h is x, (2, 1); b is b¹, (3, 1)");
  for (const name of STEPS) assert.doesNotMatch(told(name), /(^|; )(\S+) is \2,/, name);
});

test("the first wrong entry is found row by row, and what is no number is wrong", () => {
  const right = matrix(2, 2, [1, 2, 3, 4]);
  assert.equal(firstWrong(matrix(2, 2, [1, 2, 3, 4 + 1e-9]), right), null);
  assert.deepEqual(firstWrong(matrix(2, 2, [1, 2, 3.1, 5]), right), [1, 0]);
  assert.deepEqual(firstWrong(matrix(2, 2, [1, NaN, 3, 4]), right), [0, 1]);
  assert.equal(matrixOf({ type: "str", value: "3" }), null);
  assert.equal(matrixOf({ type: "ndarray", shape: [2], dtype: "float64", data: [1, 2] }).line, true);
});
