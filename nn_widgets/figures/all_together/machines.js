// Four machines and one step: who works on which block, in what order the answers are added, what is
// sent, and how long it takes in a fixed model. Machines and blocks are numbered from 0 here.

import { addBlocks } from "../../maths/blocks.js";

/** @typedef {import("../../maths/blocks.js").BlockSum} BlockSum */
/** @typedef {"tree"|"ring"|"arrival"} Way */
/** @typedef {{from: number, to: number, numbers: number}} Message between machines */
/** @typedef {{kind: "work"|"again"|"talk", start: number, end: number}} Stretch of a machine's time */

export const COUNT = 4;
export const SLOWER = 3; // a slow machine takes so many ticks for a bird, any other 1
export const MESSAGE = 10; // ticks of a message, and one more for each number in it
const MACHINES = [0, 1, 2, 3];

/**
 * Who holds the answer of each block, when it is ready, and what each machine has done until then.
 * A lost machine does nothing; its block goes to the machine that is the first to have done its own.
 * @param {number[]} sizes @param {number} lost a machine, or −1 @param {number} slow a machine, or −1
 */
export function shareWork(sizes, lost, slow) {
  /** @param {number} machine */
  const pace = (machine) => (machine === slow ? SLOWER : 1);
  const ready = sizes.map((N, machine) => N * pace(machine));
  const holders = [...MACHINES];
  /** @type {Stretch[][]} */
  const stretches = MACHINES.map((m) => (m === lost ? [] : [{ kind: "work", start: 0, end: ready[m] }]));
  if (lost >= 0) {
    const alive = MACHINES.filter((m) => m !== lost);
    const helper = alive.reduce((best, m) => (ready[m] < ready[best] ? m : best));
    const end = ready[helper] + sizes[lost] * pace(helper);
    stretches[helper].push({ kind: "again", start: ready[helper], end });
    [holders[lost], ready[lost]] = [helper, end];
  }
  return { holders, ready, stretches };
}

// ------------------------------------------------------------------------------- the additions

/** In which order the blocks are added one after the other. @param {number[]} ready */
export const arrivalOrder = (ready) => [...MACHINES].sort((a, b) => ready[a] - ready[b] || a - b);

/** A piece of the vector starts in a ring at the machine of its own number. @param {number} piece */
const ringOrder = (piece) => MACHINES.map((k) => (piece + k) % COUNT);

/** The 26 numbers and the count as four pieces: where each begins, and the end. @param {number} length */
function pieceEnds(length) {
  const size = Math.ceil(length / COUNT);
  return [0, size, 2 * size, 3 * size, length];
}

/**
 * The three additions, as pairs of nodes: 0 to 3 are the blocks, 4 to 6 the sums in order.
 * @param {Way} way @param {number[]} ready @param {number} entry which entry of the vector is followed
 */
export function additions(way, ready, entry) {
  if (way === "tree") return [[0, 1], [2, 3], [4, 5]];
  const piece = pieceEnds(27).findIndex((end) => entry < end) - 1;
  const [a, b, c, d] = way === "ring" ? ringOrder(piece) : arrivalOrder(ready);
  return [[a, b], [4, c], [5, d]];
}

/** Blocks and sums, by node. @param {BlockSum[]} blocks @param {number[][]} pairs @returns {BlockSum[]} */
export function nodesOf(blocks, pairs) {
  const nodes = [...blocks];
  pairs.forEach(([a, b]) => nodes.push(addBlocks(nodes[a], nodes[b])));
  return nodes;
}

/**
 * The whole sum, every entry added in the order of its way.
 * @param {BlockSum[]} blocks @param {Way} way @param {number[]} ready
 */
export function totalOf(blocks, way, ready) {
  return blocks[0].G.map((_, entry) => nodesOf(blocks, additions(way, ready, entry))[6].G[entry]);
}

// -------------------------------------------------------------------------------- the messages

/**
 * Who sends what to whom, round by round, until every machine has the whole sum.
 * @param {Way} way @param {{holders: number[], ready: number[]}} work
 * @returns {Message[][]}
 */
export function messages(way, { holders, ready }, numbers = 27) {
  /** @param {number[]} message a block, another, and how many numbers */
  const between = ([from, to, size = numbers]) => ({ from: holders[from], to: holders[to], numbers: size });
  /** @param {number[][][]} rounds */
  const sent = (rounds) => rounds.map((round) => round.map(between).filter(({ from, to }) => from !== to))
    .filter((round) => round.length);
  if (way === "ring") return sent(ringRounds(numbers));
  const [up, down] = way === "tree" ? treeRounds() : starRounds(arrivalOrder(ready));
  return [...sent(up), ...onceEach(sent(down), holders[0])];
}

const treeRounds = () => [[[[1, 0], [3, 2]], [[2, 0]]], [[[0, 2]], [[0, 1], [2, 3]]]];

/** All to the one that holds block 1, and back from it, one message at a time. @param {number[]} order */
function starRounds(order) {
  const others = order.filter((block) => block !== 0);
  return [others.map((block) => [[block, 0]]), others.map((block) => [[0, block]])];
}

/** @param {number} numbers */
function ringRounds(numbers) {
  const ends = pieceEnds(numbers);
  return Array.from({ length: 2 * (COUNT - 1) }, (_, round) => MACHINES.map((piece) =>
    [(piece + round) % COUNT, (piece + round + 1) % COUNT, ends[piece + 1] - ends[piece]]));
}

/**
 * Nobody is told twice, though a machine may hold two blocks.
 * @param {Message[][]} rounds @param {number} root has the sum
 */
function onceEach(rounds, root) {
  const told = new Set([root]);
  /** @param {Message} message */
  const fresh = ({ to }) => !told.has(to) && Boolean(told.add(to));
  return rounds.map((round) => round.filter(fresh)).filter((round) => round.length);
}

// ------------------------------------------------------------------------------------ the time

/**
 * One whole step: each machine's time, what was sent, and how long it took. Messages of a round go at
 * the same time, each as soon as both its ends are free; a machine sends one at a time, and receives one.
 * @param {number[]} sizes @param {{way: Way, lost: number, slow: number}} setting
 */
export function oneStep(sizes, { way, lost, slow }) {
  const work = shareWork(sizes, lost, slow);
  const stretches = work.stretches.map((own) => [...own]);
  const rounds = messages(way, work);
  let clock = stretches.map((own) => own.at(-1)?.end ?? 0);
  for (const round of rounds) {
    const next = [...clock];
    const [sends, receives] = [[...clock], [...clock]]; // when each machine is free to
    for (const { from, to, numbers } of round) {
      const start = Math.max(sends[from], receives[to]);
      const end = sends[from] = receives[to] = start + MESSAGE + numbers;
      for (const machine of [from, to]) {
        stretches[machine].push({ kind: "talk", start, end });
        next[machine] = Math.max(next[machine], end);
      }
    }
    clock = next;
  }
  const ticks = Math.max(...clock);
  const waits = stretches.map((own, m) => (m === lost ? 0 : ticks - busyTime(own)));
  return { ...work, stretches, rounds, ticks, waits, ...traffic(rounds) };
}

/** How long at least one of the stretches lasts. @param {Stretch[]} stretches */
function busyTime(stretches) {
  let [busy, until] = [0, 0];
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    busy += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return busy;
}

/** @param {Message[][]} rounds */
function traffic(rounds) {
  const all = rounds.flat();
  const through = MACHINES.map((m) => all.filter(({ from, to }) => from === m || to === m)
    .reduce((sum, { numbers }) => sum + numbers, 0));
  return { sent: all.length, numbers: all.reduce((sum, one) => sum + one.numbers, 0), busiest: Math.max(...through) };
}
