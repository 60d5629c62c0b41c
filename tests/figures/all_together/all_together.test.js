// Four machines: what they add, what they send, how long they take, and which predictions are known.
import assert from "node:assert/strict";
import { test } from "node:test";
import { additions, messages, nodesOf, oneStep, shareWork,
  totalOf } from "../../../nn_widgets/figures/all_together/machines.js";
import { judge, slipsOf } from "../../../nn_widgets/figures/all_together/slips.js";
import { costText } from "../../../nn_widgets/figures/all_together/words.js";

const SIZES = [10, 100, 100, 132];
const WAYS = ["tree", "ring", "arrival"];
const FAULTS = [-1, 0, 1, 2, 3].flatMap((lost) => [-1, 0, 1, 2, 3].map((slow) => ({ lost, slow })));
const calm = (way) => oneStep(SIZES, { way, lost: -1, slow: -1 });
// Numbers whose sum shows the order of the additions in its last bits.
const blocks = SIZES.map((N, k) =>
  ({ N, G: Float64Array.from({ length: 26 }, (_, i) => Math.sin(3 * i + 5 * k + 1) * 10 ** (k % 3)) }));

test("four machines in a tree send 6 messages in 4 rounds, in a ring 24 shorter ones in 6", () => {
  const [tree, ring] = [calm("tree"), calm("ring")];
  assert.deepEqual([tree.sent, tree.rounds.length, tree.numbers, tree.busiest], [6, 4, 6 * 27, 4 * 27]);
  assert.deepEqual([ring.sent, ring.rounds.length, ring.numbers], [24, 6, 6 * 27]);
  assert.ok(ring.busiest < tree.busiest);
});

test("whoever is lost or slow, messages alone carry the whole sum to every machine that is left", () => {
  for (const way of ["tree", "arrival"]) {
    for (const { lost, slow } of FAULTS) {
      const work = shareWork(SIZES, lost, slow);
      const has = [0, 1, 2, 3].map((m) =>
        new Set(work.holders.flatMap((holder, block) => (holder === m ? [block] : []))));
      for (const round of messages(way, work)) {
        const before = has.map((own) => new Set(own));
        for (const { from, to } of round) {
          assert.ok(has[to].size < 4, "a message to a machine that has all");
          before[from].forEach((block) => has[to].add(block));
        }
      }
      has.forEach((own, m) => assert.equal(own.size, m === lost ? 0 : 4,
        `${way}, lost ${lost}, slow ${slow}, machine ${m}`));
    }
  }
});

test("in a ring every piece meets all four blocks, then every machine gets it", () => {
  const rounds = messages("ring", shareWork(SIZES, -1, -1));
  rounds.forEach((round) => assert.deepEqual(round.map(({ to }) => to).sort(), [0, 1, 2, 3]));
  for (let piece = 0; piece < 4; piece += 1) {
    const way = rounds.map((round) => round[piece]);
    way.slice(1).forEach(({ from }, r) => assert.equal(from, way[r].to));
    assert.equal(new Set([way[0].from, ...way.slice(0, 3).map(({ to }) => to)]).size, 4);
    assert.equal(new Set(way.slice(2).map(({ from }) => from).concat(way.at(-1).to)).size, 4);
  }
});

test("a fixed order keeps the bits of the sum through every fault; the order of arrival does not", () => {
  const bits = (way, { lost, slow }) => String(totalOf(blocks, way, shareWork(SIZES, lost, slow).ready));
  for (const way of ["tree", "ring"]) assert.equal(new Set(FAULTS.map((fault) => bits(way, fault))).size, 1, way);
  assert.ok(new Set(FAULTS.map((fault) => bits("arrival", fault))).size > 2);
});

test("every way adds each block once", () => {
  const ones = SIZES.map((N, k) => ({ N, G: Float64Array.from({ length: 26 }, () => 10 ** k) }));
  for (const way of WAYS) {
    for (const { lost, slow } of FAULTS) {
      const { ready } = shareWork(SIZES, lost, slow);
      assert.deepEqual([...new Set(totalOf(ones, way, ready))], [1111]);
      assert.equal(nodesOf(ones, additions(way, ready, 17))[6].N, 342);
    }
  }
});

test("the tree is the tree of the block numbers", () => {
  const [a, b, c, d] = blocks.map(({ G }) => G);
  assert.deepEqual(totalOf(blocks, "tree", [4, 3, 2, 1]), a.map((v, i) => (v + b[i]) + (c[i] + d[i])));
});

test("a lost block goes to the machine that is the first to be done, and nobody works on it twice", () => {
  const { holders, ready, stretches } = shareWork(SIZES, 3, -1);
  assert.deepEqual(holders, [0, 1, 2, 0]);
  assert.deepEqual(ready, [10, 100, 100, 142]);
  assert.deepEqual(stretches[0].map(({ kind, start, end }) => [kind, start, end]),
    [["work", 0, 10], ["again", 10, 142]]);
  assert.deepEqual(stretches[3], []);
  assert.deepEqual(shareWork(SIZES, 0, 1).holders, [2, 1, 2, 3]);
});

test("the ticks of a step are those of the model, worked out by hand", () => {
  assert.equal(calm("tree").ticks, 132 + 4 * 37);
  assert.equal(calm("ring").ticks, 132 + 6 * 17);
  // Machine 1 takes two answers at 100, the last at 174, and sends three times.
  assert.equal(calm("arrival").ticks, 100 + 3 * 37 + 3 * 37);
  assert.equal(oneStep(SIZES, { way: "tree", lost: -1, slow: 3 }).ticks, 3 * 132 + 4 * 37);
});

test("the others wait for a slow machine, for as long as the model says by hand", () => {
  const cost = oneStep(SIZES, { way: "tree", lost: -1, slow: 3 });
  // Machine 1 works 10 and has a message at 100; machine 4 works to 396, then the tree goes on in steps of 37.
  assert.deepEqual(cost.waits, [544 - 10 - 4 * 37, 544 - 100 - 2 * 37, 544 - 100 - 4 * 37, 2 * 37]);
  const said = costText({ cost, lost: -1, slow: 3 });
  assert.match(said, /takes 544 ticks. One machine alone would be done after 342. Machine 1 waits longest, 386 ticks./);
  assert.match(said, /Nobody waits less than machine 4/);
});

test("one tick is no plural", () => {
  const cost = { ...calm("tree"), waits: [1, 0, 0, 1] };
  assert.match(costText({ cost, lost: -1, slow: -1 }), /Machines 1 and 4 wait longest, 1 tick each\./);
});

test("a machine that is lost and slow costs what a lost one costs; no other setting is said to change nothing", () => {
  for (const way of WAYS) {
    for (const { lost, slow } of FAULTS) {
      const cost = oneStep(SIZES, { way, lost, slow });
      const said = costText({ cost, lost, slow });
      if (lost < 0 || lost !== slow) assert.doesNotMatch(said, /changes nothing/);
      else {
        assert.equal(cost.ticks, oneStep(SIZES, { way, lost, slow: -1 }).ticks);
        assert.ok(said.endsWith(` Machine ${lost + 1} is lost, so it changes nothing that it is slow.`), said);
      }
    }
  }
});

const one = [-3.193, -32.078, 6.087, 41.488].map((G, k) => ({ G, N: SIZES[k] }));

test("each well-known slip is named, and no slip is called right", () => {
  const sum = -3.193 - 32.078 + 6.087 + 41.488;
  const means = -0.3193 - 0.32078 + 0.06087 + 41.488 / 132;
  assert.equal(judge(sum / 342, one).right, true);
  const wanted = { "not divided": sum, "divided by machines": sum / 4, "divided on each machine": means,
    "average of averages": means / 4 };
  for (const [slip, value] of Object.entries(wanted)) assert.equal(judge(value, one).slip, slip);
  assert.equal(slipsOf(one).some(({ value }) => judge(value, one).right), false);
  assert.equal(judge(7, one).slip, undefined);
});

test("with blocks of about one size the mean of the means passes, and is said to be luck", () => {
  const equal = [-27.22, -14.742, 28.086, 26.18].map((G, k) => ({ G, N: [85, 86, 86, 85][k] }));
  const said = judge(equal.reduce((sum, { G, N }) => sum + G / N, 0) / 4, equal);
  assert.equal(said.right, true);
  assert.match(said.says, /blocks are of nearly one size/);
  assert.equal(judge(12.304 / 342, one).says, "Right.");
});
