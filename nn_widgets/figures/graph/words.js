// What the figure says of a step, of a guess, and of what has gone wrong.

import { counted, formatNumber } from "../../maths/format.js";
import { brief, gradientOf, labelOf, made } from "./names.js";
import { factor, wrongOnes } from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** @param {string[]} parts */
const list = (parts) => (parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`);
/** @param {number} n */
const times = (n) => (n === 2 ? "twice" : `${n} times`);

/** What the step has done. @param {Scene} scene */
export function stepText(scene) {
  const { nodes, values, step, ahead, current, back, wait } = scene;
  if (!step) return "The values that were made of nothing are there. Next computes the others, one step at a time.";
  if (step <= ahead) {
    const end = step === ahead ? " All values are there; the way back begins at the loss." : "";
    return `${made(nodes, current)} = ${brief(values[current])}.${end}`;
  }
  if (back === 1) return `${labelOf(nodes, current)} begins with 1, its slope along itself. ${handsOn(scene)}`;
  return wait ? `${gathered(scene)} ${handsOn(scene)}` : rushed(scene);
}

/** How a gradient became whole. @param {Scene} scene */
function gathered({ nodes, current, arrived, gradients, add }) {
  const [name, own] = [gradientOf(nodes, current), gradients[current]];
  const shares = arrived[current];
  if (shares.length === 1) {
    return `${name} is whole: ${brief(own)}, one share by way of ${labelOf(nodes, shares[0].from)}.`;
  }
  if (!add) return `${name} has ${brief(own)}: each of its ${shares.length} shares replaced the one before.`;
  if (own.data.length > 1) return `${name} is whole: ${shares.length} shares have come, and they add.`;
  return `${name} is whole: ${shares.map(({ share }) => bracketed(share.data[0])).join(" + ")} = ${brief(own)}.`;
}

/** @param {number} value */
const bracketed = (value) => (value < 0 ? `(${formatNumber(value)})` : formatNumber(value));

/** To whom the node of this step hands what. @param {Scene} scene */
function handsOn({ nodes, visit }) {
  if (!visit.shares.length) return "It was made of nothing: nobody is behind it.";
  const parts = visit.shares.map(({ to, share }) => `${brief(share)} to ${labelOf(nodes, to)}`);
  return `It hands on ${list(parts)}.`;
}

/** What a node gets and does that does not wait. @param {Scene} scene */
function rushed({ nodes, arrived, current, gradients, visit }) {
  const { from, share } = arrived[current].at(-1);
  const has = arrived[current].length > 1 ? `, and has ${brief(gradients[current])} now` : "";
  const on = visit.shares.length ? " It does not wait, and hands on what it has." : "";
  return `${labelOf(nodes, current)} gets ${brief(share)} by way of ${labelOf(nodes, from)}${has}.${on}`;
}

/** Which gradients are wrong, and by how much; or that all is right, at the end. @param {Scene} scene */
export function verdict(scene) {
  const wrong = wrongOnes(scene);
  if (wrong.length) {
    const shown = wrong.filter((k) => scene.nodes[k].name).slice(0, 3);
    const more = wrong.length > shown.length ? `, and ${wrong.length - shown.length} more` : "";
    return `Wrong: ${shown.map((k) => wrongText(scene, k)).join("; ")}${more}.`;
  }
  return scene.step === scene.last ? "Every gradient is right." : "";
}

/** "du is 1.400 and should be 7.600: 0.184 times the right one". @param {Scene} scene @param {number} k */
export function wrongText(scene, k) {
  const { nodes, gradients, right } = scene;
  const ratio = factor(scene, k);
  const much = ratio === null || !Number.isFinite(ratio) ? "" : `: ${formatNumber(ratio)} times the right one`;
  return `${gradientOf(nodes, k)} is ${brief(gradients[k])} and should be ${brief(right[k])}${much}`;
}

/** The mistakes that are switched on. @param {{add: boolean, wait: boolean}} how */
export function modeText({ add, wait }) {
  if (add && wait) return "";
  if (wait) return "Mistake: a share replaces those before it.";
  return add ? "Mistake: nobody waits." : "Two mistakes: a share replaces those before it, and nobody waits.";
}

/** @typedef {{right: boolean, says: string}} Verdict */

/** Judge a guess of who hands on next. @param {Scene} scene @param {number} k @returns {Verdict} */
export function judge(scene, k) {
  const { nodes, step, ahead, last, wait, ready, handed, arrived, uses } = scene;
  /** @param {string} says */
  const no = (says) => ({ right: false, says });
  const name = labelOf(nodes, k);
  if (step < ahead) return no("The way back needs all values first: press All values.");
  if (!wait) return no("Where nobody waits there is nothing to predict: let a node hand on when it is whole.");
  if (step === last) return no("Every node has handed on.");
  if (ready.includes(k)) return { right: true, says: rightText(scene, k) };
  if (handed[k]) return no(`${name} has handed on already.`);
  if (step === ahead) return no(`Not yet: the way back begins at ${labelOf(nodes, nodes.length - 1)}.`);
  const come = arrived[k].length;
  const waits = nodes.flatMap(({ of }, j) => (of.includes(k) && !handed[j] ? [labelOf(nodes, j)] : []));
  const some = `only ${come} of its ${uses[k]} shares ${come === 1 ? "has" : "have"} come`;
  const share = come ? some : "no share of it has come";
  return no(`Not yet: ${share}. ${name} waits for ${list([...new Set(waits)])}.`);
}

/** @param {Scene} scene @param {number} k */
function rightText({ nodes, ready, uses }, k) {
  const come = `${counted(uses[k], "share was", "shares were")} to come to ${labelOf(nodes, k)}`;
  const why = uses[k] ? `${come}, and ${uses[k] === 1 ? "it is" : "all are"} there.` : "The loss hands on first.";
  const others = ready.filter((j) => j !== k).map((j) => labelOf(nodes, j));
  if (!others.length) return `Right. ${why}`;
  const were = `${list(others)} ${others.length === 1 ? "was" : "were"}`;
  return `Right. ${why} ${were} ready too: there is more than one order.`;
}

/** A node in words, for who listens. @param {Scene} scene @param {number} k */
export function spokenNode(scene, k) {
  const { nodes, values, known, gradients, arrived, uses, visit } = scene;
  const own = nodes[k].name || nodes[k].of.length ? [brief(values[k])] : []; // a bare number is said by its name
  const parts = [made(nodes, k), ...(known[k] ? own : ["not computed yet"])];
  if (uses[k] > 1) parts.push(`used ${times(uses[k])}`);
  if (visit && gradients[k]) {
    parts.push(`gradient ${brief(gradients[k])}`);
    const come = arrived[k].length;
    if (come < uses[k]) parts.push(`${come} of ${uses[k]} shares ${come === 1 ? "has" : "have"} come`);
  }
  return parts.join(", ");
}
