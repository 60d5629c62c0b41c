// Graph: what a program leaves, its values on the way forward, its gradients on the way back.

import { announcer } from "../../kit/announce.js";
import { button, checkbox, segmented, select, setUsable } from "../../kit/controls.js";
import { redrawer } from "../../kit/frame.js";
import { follow, stateOf, update } from "../../kit/model.js";
import { html, setText } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";
import { gradientOf, inLine, labelOf, made } from "./names.js";
import { ownProgram } from "./own.js";
import { nodePanel } from "./panel.js";
import { graphPicture } from "./picture.js";
import { factor, isWhole, sceneOf } from "./scene.js";
import { judge, modeText, spokenNode, stepText, verdict } from "./words.js";

/** @typedef {import("./scene.js").Graph} Graph */
/** @typedef {import("./scene.js").Preset} Preset */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").State} State */
/** @typedef {{presets: Record<Preset, Graph>, own: Graph|null, python: string}} Data */
/** @typedef {import("../../kit/home.js").Given<State, Data>} Given */
/** @typedef {Given & {model: import("./own.js").Model, el: HTMLElement}} Context */
/** @typedef {Context["allowed"]} Allowed */
/** @typedef {ReturnType<typeof partsOf>} Parts */
/**
 * What the reader does.
 * @typedef {object} Acts
 * @property {(values: Partial<State>) => void} set
 * @property {(to: (scene: Scene) => number) => () => void} go to a step
 * @property {(node: number) => void} pick
 * @property {(graph: Graph) => void} drawn a graph of the reader's own is there
 * @property {(text: string) => void} say
 */

/** @type {Record<Preset, string>} */
const TITLES = {
  twice: "Values used twice", neuron: "One neuron", bird: "The penguin network", skip: "With a skip connection",
};
const OWN = "your own program";
/** @type {Partial<State>} */
const START = { step: 0, order: [], node: -1, entry: 0 };
/** @type {(keyof State)[]} what is said aloud when it changes */
const TOLD = ["preset", "program", "step", "order", "add", "wait"];
/** @type {(keyof State)[]} */
const NAMES = [...TOLD, "node", "entry", "nudge", "predict"];

/** @param {Context} context */
function render({ model, el, data, allowed }) {
  /** @type {Map<string, Graph>} */
  const drawn = new Map(data.own ? [[data.own.program, data.own]] : []);
  const graphNow = () => drawn.get(model.get("program")) ?? data.presets[model.get("preset")];
  const scene = () => sceneOf(graphNow(), stateOf(model, NAMES));
  const voice = announcer(el);
  let guess = { says: "", right: false };
  let guessing = false;

  /** @param {Partial<State>} values */
  const set = (values) => update(model, values);
  /** @type {Acts} */
  const acts = {
    set, pick, say: voice.say,
    go: (to) => () => set({ step: Math.min(Math.max(to(scene()), 0), scene().last), node: -1 }),
    drawn(graph) {
      drawn.set(graph.program, graph);
      if (model.get("program") === graph.program) frame.ask();
      else set({ ...START, program: graph.program });
    },
  };
  const parts = partsOf({ model, data, allowed }, scene, acts);

  /** @param {number} node */
  function pick(node) {
    const now = scene();
    if (!model.get("predict")) {
      const same = now.picked && now.chosen === node;
      set({ node: same ? -1 : node, entry: 0 });
      if (!same) voice.say(spokenNode(scene(), node));
      return;
    }
    guess = judge(now, node);
    guessing = true;
    const before = now.visits.slice(0, now.back).map((visit) => visit.node);
    if (guess.right) set({ step: now.step + 1, order: [...before, node], node: -1 });
    guessing = false;
    frame.ask();
  }
  const forget = () => { if (!guessing) guess = { says: "", right: false }; };
  const frame = redrawer(() => draw(parts, scene(), guess, drawn), 2);
  arrange(el, parts);
  const speak = () => voice.say([modeText(scene()), stepText(scene()), verdict(scene())].filter(Boolean).join(" "));
  TOLD.forEach((name) => model.on(`change:${name}`, speak));
  // A notebook's Python draws what it is given itself, too.
  const hear = () => {
    const traced = model.get("_traced");
    if (traced && !traced.problem) drawn.set(traced.asked, { ...traced, program: traced.asked });
    frame.ask();
  };
  model.on("change:_traced", hear);
  const stops = [
    () => model.off("change:_traced", hear), () => TOLD.forEach((name) => model.off(`change:${name}`, speak)),
    follow(model, NAMES, () => { forget(); frame.ask(); }), frame.stop, voice.stop,
  ];
  return () => stops.forEach((stop) => stop());
}

/** @param {Pick<Context, "model"|"data"|"allowed">} context @param {() => Scene} scene @param {Acts} acts */
function partsOf({ model, data, allowed }, scene, { set, go, pick, drawn, say }) {
  return {
    preset: select({ label: "Graph", options: optionsOf(allowed), value: model.get("preset"),
      onChange: (preset) => preset !== OWN && set({ ...START, preset, program: "" }) }),
    own: ownProgram({ model, python: data.python, longest: allowed.program.max, onSay: say, onGraph: drawn }),
    add: segmented({ label: "A further share", options: [[true, "+= adds"], [false, "= replaces"]], value: true,
      onChange: (add) => set({ add }) }),
    wait: segmented({ label: "A node hands on", options: [[true, "when it is whole"], [false, "at once"]], value: true,
      onChange: (wait) => set({ wait, order: [], step: Math.min(model.get("step"), scene().ahead) }) }),
    back: button("Back", go(({ step }) => step - 1)),
    next: button("Next", go(({ step }) => step + 1)),
    values: button("All values", go(({ ahead }) => ahead)),
    end: button("To the end", go(({ last }) => last)),
    predict: checkbox({ label: "Predict: I press the node that hands on next", value: false,
      onChange: (predict) => set({ predict }) }),
    words: html("p", { class: "nn-graph-words nn-figures" }),
    guess: html("p", { class: "nn-graph-guess", role: "status" }),
    verdict: html("p", { class: "nn-graph-verdict nn-figures" }),
    picture: graphPicture({ onPick: pick }),
    panel: nodePanel({ onEntry: (entry) => entry !== model.get("entry") && set({ entry }),
      onNudge: (nudge) => set({ nudge }) }),
    table: numbersTable({ caption: "Every node, its value and its gradient",
      head: ["node", "made as", "value", "gradient", "right?"], rows: () => tableRows(scene()) }),
  };
}

/** @param {Allowed} allowed @returns {[Preset|typeof OWN, string][]} */
function optionsOf(allowed) {
  return [...allowed.preset.of.map((name) => /** @type {[Preset, string]} */ ([name, TITLES[name]])),
    [OWN, "Your own program"]];
}

/** @param {HTMLElement} el @param {Parts} parts */
function arrange(el, parts) {
  const legend = html("p", { class: "nn-graph-hint" },
    "A line leads down for each use of a value. On the way back it turns to the colour of gradients.");
  el.append(html("div", { class: "nn-graph-all" },
    html("div", { class: "nn-controls" }, parts.preset.node), parts.own.node,
    html("div", { class: "nn-graph-modes" }, parts.add.node, parts.wait.node),
    html("div", { class: "nn-buttons" }, parts.back, parts.next, parts.values, parts.end), parts.predict.node,
    html("div", { class: "nn-graph-telling" }, parts.words, parts.verdict, parts.guess),
    html("div", { class: "nn-graph-views" }, html("div", {}, parts.picture.node, legend), parts.panel.node),
    parts.table.node));
}

/**
 * @param {Parts} parts @param {Scene} now @param {import("./words.js").Verdict} guess
 * @param {Map<string, Graph>} drawn
 */
function draw(parts, now, guess, drawn) {
  const { program, step, ahead, last } = now;
  const open = program !== "" && !drawn.has(program);
  parts.preset.set(program && !open ? OWN : now.preset);
  parts.preset.input.options[parts.preset.input.options.length - 1].disabled = !program || open;
  parts.own.show(program || now.graph.program);
  if (open) parts.own.ask();
  parts.add.set(now.add);
  parts.wait.set(now.wait);
  parts.predict.set(now.predict);
  setUsable(parts.back, step > 0);
  setUsable(parts.next, step < last);
  setUsable(parts.values, step !== ahead);
  setUsable(parts.end, step < last);
  setText(parts.words, stepText(now));
  setText(parts.verdict, [modeText(now), verdict(now)].filter(Boolean).join(" "));
  parts.verdict.classList.toggle("nn-is-wrong", !(now.add && now.wait));
  const asks = now.predict && now.wait && step >= ahead && step < last;
  setText(parts.guess, guess.says || (asks ? "Which node hands on next?" : ""));
  parts.guess.classList.toggle("nn-is-right", Boolean(guess.says) && guess.right);
  parts.guess.classList.toggle("nn-is-wrong", Boolean(guess.says) && !guess.right);
  parts.picture.draw(now);
  parts.panel.draw(now);
  parts.table.refresh();
}

/** @param {Scene} now @returns {string[][]} */
function tableRows(now) {
  return now.nodes.map((_, k) => {
    const whole = now.gradients[k] && isWhole(now, k);
    const right = !whole ? "" : factor(now, k) === 1 ? "yes" : `no, ${inLine(now.right[k])}`;
    return [labelOf(now.nodes, k), made(now.nodes, k), now.known[k] ? inLine(now.values[k]) : "?",
      now.gradients[k] ? `${gradientOf(now.nodes, k)} = ${inLine(now.gradients[k])}` : "", right];
  });
}

export default { render };
