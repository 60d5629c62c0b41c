// All that a state means: which values are known, which gradients have come, whose turn it is.

import { forward, rush, uses, walk } from "../../maths/autodiff.js";

/** @typedef {import("../../maths/autodiff.js").GraphNode} GraphNode */
/** @typedef {import("../../maths/autodiff.js").Visit} Visit */
/** @typedef {"twice"|"neuron"|"bird"|"skip"} Preset */
/**
 * @typedef {{preset: Preset, program: string, step: number, order: number[], add: boolean, wait: boolean, node: number,
 *   entry: number, nudge: number, predict: boolean}} State
 *
 * @typedef {[number, number]} Place across, in widths of a node, and its layer
 * @typedef {{from: number, to: number, uses: number, places: Place[]}} Line
 * @typedef {{places: Place[], lines: Line[], width: number, crossings: number}} Layout as layout.py makes it
 * @typedef {{nodes: GraphNode[], layout: Layout, program: string}} Graph
 * @typedef {ReturnType<typeof sceneOf>} Scene
 */

/** @type {WeakMap<Graph, ReturnType<typeof basics>>} */
const computed = new WeakMap();

/** What never changes about a graph: values, number of uses, right gradients. @param {Graph} graph */
function basics({ nodes }) {
  const values = forward(nodes);
  return { values, uses: uses(nodes), right: walk(nodes, values).at(-1).gradients,
    steps: nodes.flatMap(({ of }, k) => (of.length ? [k] : [])) };
}

/** @param {Graph} graph */
function basicsOf(graph) {
  if (!computed.has(graph)) computed.set(graph, basics(graph));
  return computed.get(graph);
}

/**
 * All that a state means: `known` says whose value is there, `handed` who has handed on, `ready` whose turn it may be,
 * first the one that Next takes; `current` is the node that the last step was about, −1 at the start, and `chosen`
 * the one that is looked at.
 * @param {Graph} graph @param {State} state
 */
export function sceneOf(graph, state) {
  const { nodes } = graph;
  const base = basicsOf(graph);
  const { add, wait, order } = state;
  const visits = wait ? walk(nodes, base.values, { add, order }) : rush(nodes, base.values, { add });
  const ahead = base.steps.length;
  const last = ahead + visits.length;
  const step = Math.min(state.step, last);
  const back = Math.max(step - ahead, 0);
  const known = nodes.map(({ of }, k) => !of.length || base.steps.indexOf(k) < step);
  const visit = back ? visits[back - 1] : null;
  const handed = nodes.map(() => false);
  visits.slice(0, back).forEach(({ node }) => { handed[node] = true; });
  const current = visit ? visit.node : step ? base.steps[step - 1] : -1;
  const chosen = state.node >= 0 && state.node < nodes.length ? state.node : current;
  const { ready, gradients, arrived } = visit ?? before(nodes, step === ahead ? [nodes.length - 1] : []);
  return { ...state, ...base, graph, nodes, visits, ahead, last, step, back, known, visit, handed, current, chosen,
    picked: state.node >= 0 && state.node < nodes.length, ready, gradients, arrived };
}

/**
 * What is known of the gradients before the way back.
 * @param {GraphNode[]} nodes @param {number[]} ready @returns {Omit<Visit, "node"|"shares">}
 */
function before({ length }, ready) {
  return { ready, gradients: Array(length).fill(null), arrived: Array(length).fill([]) };
}

/** Whether a node's gradient will not change any more. @param {Scene} scene @param {number} k */
export const isWhole = ({ wait, handed, step, last }, k) => (wait ? handed[k] : step === last);

/**
 * By what factor a gradient is wrong: 1 if it is right, null if no one number says it.
 * @param {Scene} scene @param {number} k
 */
export function factor({ gradients, right }, k) {
  const [got, want] = [gradients[k]?.data, right[k].data];
  if (!got) return null;
  /** @param {number} a @param {number} b */
  const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + 1e-15;
  if (got.every((v, n) => near(v, want[n]))) return 1;
  const at = want.findIndex((v) => v !== 0);
  const ratio = got[at] / want[at];
  return got.every((v, n) => near(v, ratio * want[n])) ? ratio : null;
}

/** Whether a gradient is whole and wrong. @param {Scene} scene @param {number} k */
export const isWrong = (scene, k) => Boolean(scene.gradients[k]) && isWhole(scene, k) && factor(scene, k) !== 1;

/** Nodes whose gradient is whole and wrong. @param {Scene} scene */
export const wrongOnes = (scene) => scene.nodes.flatMap((_, k) => (isWrong(scene, k) ? [k] : []));

/**
 * The loss when one number of a node is moved.
 * @param {{nodes: GraphNode[]}} graph @param {number} node @param {number} entry @param {number} by
 */
export function nudged({ nodes }, node, entry, by) {
  return forward(nodes, { node, entry, by }).at(-1).data[0];
}
