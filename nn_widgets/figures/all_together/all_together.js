// All together: four machines, their sums of gradients, how these are added, and what a step costs.

import { announcer } from "../../kit/announce.js";
import { button, segmented, setUsable } from "../../kit/controls.js";
import { redrawer } from "../../kit/frame.js";
import { follow, stateOf, update } from "../../kit/model.js";
import { watchWidth } from "../../kit/page.js";
import { html, setText } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";
import { blockSums } from "../../maths/blocks.js";
import { formatNumber } from "../../maths/format.js";
import { layersFromNested } from "../../maths/nn.js";
import { parameterName, parameterPlaces, penguinData } from "../../maths/penguins.js";
import { additions, nodesOf, oneStep, shareWork, totalOf } from "./machines.js";
import { sumsPicture } from "./picture.js";
import { predictPanel } from "./predict.js";
import { timeline } from "./timeline.js";
import { bitsText, costText, EVERY_WAY, spoken, stepText, titlesOf, WAYS } from "./words.js";

/** @typedef {import("./machines.js").Way} Way */
/** @typedef {{blocks: string, way: Way, lost: number, slow: number, step: number, shown: boolean}} State */
/**
 * @typedef {{birds: Birds, layers: Nested[], sizes: Record<string, number[]>, entries: number[],
 *   species: string[]}} Data
 */
/** @typedef {import("../../maths/penguins.js").Birds} Birds */
/** @typedef {import("../../maths/parameters.js").Nested} Nested */
/** @typedef {import("../../kit/home.js").Context<State, Data>} Context */
/** @typedef {ReturnType<typeof prepared>} Problem */
/** @typedef {ReturnType<typeof sceneOf>} Scene */
/**
 * @typedef {ReturnType<typeof partsOf> & {controls: ReturnType<typeof controls>, stepper: ReturnType<typeof stepper>,
 *   predict: ReturnType<typeof predictPanel>}} Parts
 */

/** @type {("blocks"|"way"|"lost"|"slow"|"step")[]} what is said aloud when it changes */
const TOLD = ["blocks", "way", "lost", "slow", "step"];

/** @param {Context} context */
function render({ model, el, data, allowed }) {
  const problem = prepared(data);
  const scene = () => sceneOf(stateOf(model, [...TOLD, "shown"]), problem);
  const voice = announcer(el);
  const steps = stepper(model, allowed.step.max);
  const onShow = () => { update(model, { shown: true }); steps.next.focus(); };
  const parts = {
    ...partsOf(problem, scene), controls: controls(model, data, allowed), stepper: steps,
    predict: predictPanel({ name: problem.names[0], onShow }),
  };
  arrange(el, parts, problem);
  const frame = redrawer(() => draw(parts, scene(), problem));
  draw(parts, scene(), problem);
  const speak = () => voice.say(spoken(scene(), problem));
  TOLD.forEach((name) => model.on(`change:${name}`, speak));
  const stops = [
    () => TOLD.forEach((name) => model.off(`change:${name}`, speak)),
    follow(model, [...TOLD, "shown"], frame.ask),
    watchWidth(parts.picture.node, (width) => { parts.picture.fit(width); parts.time.fit(width); }),
    parts.controls.stop, frame.stop, voice.stop,
  ];
  return () => stops.forEach((stop) => stop());
}

/** What shows a scene and takes no answer. @param {Problem} problem @param {() => Scene} scene */
function partsOf({ names }, scene) {
  return {
    picture: sumsPicture({ names }),
    time: timeline(),
    cost: html("p", {}),
    bits: html("p", { class: "nn-together-bits nn-figures" }),
    average: html("p", { class: "nn-together-average nn-figures" }),
    traffic: numbersTable({
      summary: "Count the messages of a tree and of a ring, then compare",
      caption: "Until every machine has the whole sum",
      head: ["way", "messages", "rounds", "numbers sent", "through the busiest machine", "ticks"],
      rows: () => trafficRows(scene()),
    }),
    table: numbersTable({
      caption: `The sums so far: their entries for ${names.join(" and ")}`, head: ["answer", "N", ...names],
      rows: () => tableRows(scene()),
    }),
  };
}

/** What never changes: the examples, the network, the two entries that are followed. @param {Data} data */
function prepared({ birds, layers: nested, sizes, entries, species }) {
  const layers = layersFromNested(nested);
  const places = parameterPlaces(layers);
  const examples = penguinData(birds);
  const named = Object.entries(sizes);
  const answers = Object.fromEntries(named.map(([name, parts]) => [name, blockSums(layers, examples, parts)]));
  const kinds = Object.fromEntries(named.map(([name, parts]) => [name, kindsOf(birds.species, parts)]));
  return { answers, kinds, sizes, followed: entries, species,
    names: entries.map((entry) => `d${parameterName(places[entry])}`) };
}

/** How many birds of each species each block has. @param {number[]} species @param {number[]} sizes */
function kindsOf(species, sizes) {
  let start = 0;
  return sizes.map((N) => {
    const own = species.slice(start, start += N);
    return [0, 1, 2].map((kind) => own.filter((one) => one === kind).length);
  });
}

/** All that a state means. @param {State} state @param {Problem} problem */
function sceneOf({ blocks, way, lost, slow, step, shown }, { answers, sizes, kinds, followed }) {
  const setting = { way, lost: lost - 1, slow: slow - 1 };
  const own = answers[blocks];
  const cost = oneStep(sizes[blocks], setting);
  const pairs = additions(way, cost.ready, followed[0]);
  const calm = totalOf(own, way, shareWork(sizes[blocks], -1, -1).ready);
  const total = totalOf(own, way, cost.ready);
  const others = EVERY_WAY.map((other) =>
    ({ name: WAYS[other], ...oneStep(sizes[blocks], { ...setting, way: other }) }));
  return { ...setting, step, shown, cost, pairs, nodes: nodesOf(own, pairs), total, followed, birds: kinds[blocks],
    differ: total.filter((value, i) => !Object.is(value, calm[i])).length,
    gap: Math.max(...total.map((value, i) => Math.abs(value - calm[i]))),
    others, titles: titlesOf(pairs), holders: cost.holders };
}

// ------------------------------------------------------------------------------------ controls

/** @param {Context["model"]} model @param {Data} data @param {Context["allowed"]} allowed */
function controls(model, data, allowed) {
  /** @type {[number, string][]} */
  const machines = [[0, "none"], [1, "1"], [2, "2"], [3, "3"], [4, "4"]];
  /**
   * @template {keyof State} K
   * @param {K} name @param {string} label @param {[State[K], string][]} options
   */
  const choose = (name, label, options) => {
    /** @param {State[K]} value */
    const onChange = (value) => { model.set(name, value); model.save_changes(); };
    const one = segmented({ label, options, value: model.get(name), onChange });
    return { node: one.node, stop: follow(model, [name], () => one.set(model.get(name))) };
  };
  const all = [
    choose("blocks", "Birds on the machines", allowed.blocks.of.map((name) => [name, data.sizes[name].join(", ")])),
    choose("way", "How the sums are added", EVERY_WAY.map((name) => [name, WAYS[name]])),
    choose("lost", "Lose machine", machines),
    choose("slow", "Slow down machine", machines),
  ];
  return { nodes: all.map(({ node }) => node), stop: () => all.forEach(({ stop }) => stop()) };
}

/** @param {Context["model"]} model @param {number} last */
function stepper(model, last) {
  /** @param {number} by */
  const go = (by) => () => update(model, { step: Math.min(Math.max(model.get("step") + by, 0), last) });
  const [back, next] = [button("Back", go(-1)), button("Next", go(1))];
  const words = html("p", { class: "nn-together-step" });
  return {
    next,
    node: html("div", { class: "nn-together-stepper" }, html("div", { class: "nn-buttons" }, back, next), words),
    /** @param {number} step @param {string} text */
    draw(step, text) {
      setUsable(back, step > 0);
      setUsable(next, step < last);
      setText(words, text);
    },
  };
}

/** @param {Scene} scene */
function trafficRows({ others }) {
  return others.map(({ name, sent, rounds, numbers, busiest, ticks }) =>
    [name, sent, rounds.length, numbers, busiest, ticks]);
}

const KEYS = [["work", "work"], ["again", "a lost block"], ["talk", "message"], ["wait", "waiting"]];
const RULE = "In this model a bird takes 1 tick, on the slow machine 3. A message takes 10, and 1 more for each of "
  + "its numbers. A lost machine is lost at once; its block goes to whoever is the first to be done.";

/** @param {HTMLElement} el @param {Parts} parts @param {Problem} problem */
function arrange(el, parts, { names, species }) {
  const legend = html("p", { class: "nn-together-legend" },
    ...KEYS.map(([kind, text]) => html("span", { class: `nn-together-key nn-key-${kind}` }, text)));
  const birds = html("p", { class: "nn-together-legend" }, "Birds of each block: ",
    ...species.map((name, k) => html("span", { class: `nn-together-key nn-together-class-${k}` }, name)));
  const arrows = html("p", { class: "nn-together-hint" },
    `Each arrow shows two entries of a sum: that for ${names[0]} across, that for ${names[1]} up.`);
  const rule = html("p", { class: "nn-together-hint" }, RULE);
  el.append(html("div", { class: "nn-together" },
    html("div", { class: "nn-together-controls" }, ...parts.controls.nodes), parts.predict.node, parts.stepper.node,
    parts.picture.node, arrows, birds, parts.average, parts.bits,
    html("p", { class: "nn-together-head" }, "The time of one step"), parts.time.node, legend, parts.cost, rule,
    parts.traffic.node, parts.table.node));
}

// ------------------------------------------------------------------------------------- drawing

/** @param {Parts} parts @param {Scene} scene @param {Problem} problem */
function draw(parts, scene, problem) {
  const { followed, step, shown, nodes, cost } = scene;
  const divided = step === 4;
  parts.predict.draw(nodes.slice(0, 4).map(({ G, N }) => ({ G: G[followed[0]], N })), !divided && !shown);
  parts.stepper.draw(step, stepText(scene));
  parts.picture.draw({ ...scene, label: `${stepText(scene)} ${spoken(scene, problem)}` });
  parts.time.draw({ ...scene, step: cost, label: costText(scene) });
  setText(parts.cost, costText(scene));
  setText(parts.bits, bitsText(scene, problem.names[0]));
  setText(parts.average, divided ? averageText(nodes[6], followed, problem.names)
    : `(${problem.names.join(", ")}) = ΣG / N = ?`);
  parts.traffic.refresh();
  parts.table.refresh();
}

/** @param {import("../../maths/blocks.js").BlockSum} sum @param {number[]} followed @param {string[]} names */
function averageText({ G, N }, followed, names) {
  /** @param {number[]} numbers */
  const pair = (numbers) => `(${numbers.map(formatNumber).join(", ")})`;
  const sums = followed.map((entry) => G[entry]);
  return `(${names.join(", ")}) = ${pair(sums)} / ${N} = ${pair(sums.map((value) => value / N))}`;
}

/** @param {Scene} scene */
function tableRows({ nodes, titles, step, followed }) {
  const shown = nodes.slice(0, 4 + Math.min(step, 3));
  const rows = shown.map(({ G, N }, k) => [titles[k], N, ...followed.map((entry) => formatNumber(G[entry]))]);
  const all = nodes[6];
  const average = ["ΣG / N", "", ...followed.map((entry) => formatNumber(all.G[entry] / all.N))];
  return step === 4 ? [...rows, average] : rows;
}

export default { render };
