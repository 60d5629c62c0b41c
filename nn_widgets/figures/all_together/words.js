// What the figure says: the step, the bits of the sum, the cost.

import { counted, formatNumber } from "../../maths/format.js";

/** @typedef {import("./all_together.js").Scene} Scene */

/** @type {import("./machines.js").Way[]} */
export const EVERY_WAY = ["tree", "ring", "arrival"];
export const WAYS = { tree: "Tree", ring: "Ring", arrival: "As they arrive" };

const LOWERED = "₀₁₂₃₄";
const BIRDS = 342;

/** G₁, …, and G₁ + G₂ for a sum: by node. @param {number[][]} pairs */
export function titlesOf(pairs) {
  const names = [1, 2, 3, 4].map((k) => `G${LOWERED[k]}`);
  pairs.slice(0, 2).forEach(([a, b]) => names.push(`${names[a]} + ${names[b]}`));
  return [...names, "ΣG"];
}

const DONE = {
  tree: "Neighbours first, then their sums: the tree of the block numbers, whoever is done first.",
  ring: "In a ring the vector goes round in four pieces, each from a machine of its own. "
    + "This is the piece with both entries.",
  arrival: "Machine 1 adds what is there, in the order in which it comes.",
};

/** Where the sum has got to. @param {Scene} scene */
export function stepText({ step, way, titles, pairs, lost, holders }) {
  if (step === 0) return "Each block has answered with the sum of its gradients and its count. No machine divides.";
  if (step === 4) return "The sum and the count are whole. Now, once, divide by the count.";
  const own = `${titles[pairs[step - 1][0]]} and ${titles[pairs[step - 1][1]]} are added.`;
  const who = way === "arrival" && lost === 0 ? DONE.arrival.replace("1", String(holders[0] + 1)) : DONE[way];
  return step === 1 ? `${own} ${who}` : own;
}

/** All digits of one entry, and whether a fault has changed the sum. @param {Scene} scene @param {string} name */
export function bitsText({ step, total, followed, differ, gap, lost, slow }, name) {
  if (step < 3) {
    return "Do the last bits of the sum depend on who is late? Finish the sum, then lose a machine or slow one down.";
  }
  const digits = `The sum’s entry for ${name}, all digits: ${String(total[followed[0]]).replace("-", "−")}.`;
  const fault = lost >= 0 || slow >= 0;
  return `${digits} ${fault ? faultText(differ, gap) : "Remember them, then lose a machine or slow one down."}`;
}

/** @param {number} differ @param {number} gap */
function faultText(differ, gap) {
  if (!differ) return "All 26 entries have the bits that they have without a fault.";
  const verb = differ === 1 ? "has" : "have";
  return `${differ} of the 26 entries ${verb} other bits than without a fault; they differ by up to `
    + `${formatNumber(gap)}.`;
}

/** How long the step takes, who works again, who waits most, what changes nothing. @param {Scene} scene */
export function costText({ cost: { ticks, waits, holders }, lost, slow }) {
  const alone = `One machine alone would ${ticks <= BIRDS ? "take" : "be done after"} ${BIRDS}.`;
  const again = lost < 0 ? "" : ` Machine ${holders[lost] + 1} has worked on block ${lost + 1} besides its own.`;
  const idle = slow >= 0 && slow === lost ? ` Machine ${lost + 1} is lost, so it changes nothing that it is slow.` : "";
  const late = slow >= 0 && slow !== lost && waits.every((wait, m) => m === slow || m === lost || wait >= waits[slow])
    ? ` Nobody waits less than machine ${slow + 1}, the slow one.` : "";
  return `The step takes ${ticks} ticks. ${alone}${again} ${longestWait(waits)}${late}${idle}`;
}

/** @param {number[]} waits */
function longestWait(waits) {
  const most = Math.max(...waits);
  const who = [0, 1, 2, 3].filter((m) => waits[m] === most).map((m) => m + 1);
  if (most === 0) return "Nobody waits.";
  const long = counted(most, "tick", "ticks");
  const all = `${who.slice(0, -1).join(", ")} and ${who.at(-1)}`;
  return who.length === 1 ? `Machine ${who[0]} waits longest, ${long}.`
    : `Machines ${all} wait longest, ${long} each.`;
}

/** For who listens. @param {Scene} scene @param {{names: string[]}} problem */
export function spoken(scene, { names }) {
  const { nodes, followed, step, titles } = scene;
  const k = 3 + Math.min(step, 3);
  const divisor = step === 4 ? nodes[k].N : 1;
  const pair = followed.map((entry, n) => `${names[n]} ${formatNumber(nodes[k].G[entry] / divisor)}`).join(", ");
  const what = step === 0 ? "" : step === 4 ? `The average gradient: ${pair}. ` : `${titles[k]}: ${pair}. `;
  const fault = step >= 3 && (scene.lost >= 0 || scene.slow >= 0) ? ` ${faultText(scene.differ, scene.gap)}` : "";
  return `${what}${costText(scene)}${fault}`;
}
