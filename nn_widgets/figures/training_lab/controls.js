// What the reader can set: an experiment as a whole, each of its parts, and the run.

import { button, checkbox, logSlider, segmented, select, setUsable, stepper } from "../../kit/controls.js";
import { formatCount, formatNumber } from "../../maths/format.js";
import { html, setText } from "../../kit/svg.js";

export const RATES = [0.001, 100];
export const MOST_HIDDEN = 3;
export const MOST_NEURONS = 8;
const OWN = "own";

/** @typedef {import("./training.js").Choice} Choice */
/** @typedef {import("./training_lab.js").State["speed"]} Speed */

/**
 * The experiments, with what to watch and, folded away, the reason.
 * @param {{presets: Record<string, import("./state.js").Preset>, onPreset: (name: string) => void}} options
 */
export function presetControls({ presets, onPreset }) {
  /** @type {[string, string, string?][]} */
  const options = Object.entries(presets).map(([name, { title, works }]) =>
    [name, title, works ? "It works" : "It fails"]);
  options.push([OWN, "Your own choice"]);
  const choice = select({ label: "Experiment", options, value: OWN,
    onChange: (name) => (name === OWN ? null : onPreset(name)) });
  const watch = html("p", { class: "nn-lab-watch" });
  const [summary, why] = [html("summary"), html("p")];
  const reason = html("details", { class: "nn-details" }, summary, why);
  let shown = "";
  return {
    node: html("div", { class: "nn-lab-preset" }, choice.node, html("div", {}, watch, reason)),
    /** @param {string} name */
    set(name) {
      choice.set(name);
      if (shown === name) return;
      shown = name;
      const about = presets[name];
      setText(watch, about?.watch ?? "Your own network. Every change begins a new run from update 0.");
      setText(summary, about?.works ? "Why does it work?" : "Why does it fail?");
      setText(why, about?.why ?? "");
      reason.hidden = !about;
      reason.open = false;
    },
  };
}

/**
 * Network, activation, batch, start, seed, hold-out, and α, which stands by the run: each calls back
 * with what it changes.
 * @param {(change: Partial<Choice>) => void} onChange
 */
export function choiceControls(onChange) {
  /** @type {number[]} */
  let hidden = [];
  const depth = stepper({
    label: "Hidden layers", min: 0, max: MOST_HIDDEN, value: 0,
    onChange: (n) => onChange({ hidden: Array.from({ length: n }, (_, l) => hidden[l] ?? hidden.at(-1) ?? 3) }),
  });
  const widths = Array.from({ length: MOST_HIDDEN }, (_, l) => stepper({
    label: `Neurons, layer ${l + 1}`, min: 1, max: MOST_NEURONS, value: 1,
    onChange: (n) => onChange({ hidden: hidden.map((old, k) => (k === l ? n : old)) }),
  }));
  /** @type {ReturnType<typeof segmented<Choice["activation"]>>} */
  const activation = segmented({
    label: "Activation", options: [["sigmoid", "sigmoid"], ["tanh", "tanh"], ["relu", "relu"]], value: "sigmoid",
    onChange: (name) => onChange({ activation: name }),
  });
  const alpha = logSlider({ label: "α", min: RATES[0], max: RATES[1], value: 1, steps: 250,
    onInput: (value) => onChange({ alpha: value }) });
  /** @type {ReturnType<typeof segmented<number|null>>} */
  const batch = segmented({
    label: "Batch size", options: [[1, "1"], [8, "8"], [32, "32"], [null, "all"]], value: null,
    onChange: (size) => onChange({ batch_size: size }),
  });
  /** @type {ReturnType<typeof select<Choice["start"]>>} */
  const start = select({
    label: "First numbers", value: "book", onChange: (name) => onChange({ start: name }),
    options: [["book", "the book's"], ["random", "random"], ["equal", "all equal"], ["large", "30 times too large"]],
  });
  const seed = stepper({ label: "Seed", min: 1, max: 999, value: 1, onChange: (value) => onChange({ seed: value }) });
  const holdOut = checkbox({ label: "Hold out a fifth of the birds", value: false,
    onChange: (on) => onChange({ hold_out: on }) });
  /** @param {string} name @param {...Node} parts */
  const column = (name, ...parts) =>
    html("div", { class: "nn-lab-column", role: "group", "aria-label": name }, ...parts);
  const network = html("div", { class: "nn-lab-network" }, depth.node, ...widths.map(({ node }) => node));
  return {
    rate: alpha.node,
    node: html("div", { class: "nn-lab-choice" }, column("Network", network, activation.node),
      column("Training", batch.node, html("div", { class: "nn-lab-network" }, start.node, seed.node), holdOut.node)),
    /** @param {Choice} state */
    set(state) {
      hidden = state.hidden;
      depth.set(hidden.length);
      widths.forEach(({ node, set }, l) => {
        node.hidden = l >= hidden.length;
        if (l < hidden.length) set(hidden[l]);
      });
      activation.set(state.activation);
      activation.node.disabled = hidden.length === 0;
      alpha.set(state.alpha);
      batch.set(state.batch_size);
      start.set(state.start);
      start.input.options[0].disabled = `${hidden}` !== "3,2";
      seed.set(state.seed);
      holdOut.set(state.hold_out);
    },
  };
}

/**
 * @param {{onRun: () => void, onStep: () => void, onEpoch: () => void, onStart: () => void,
 *   onSpeed: (speed: Speed) => void}} answers
 */
export function runControls({ onRun, onStep, onEpoch, onStart, onSpeed }) {
  const run = button("Run", onRun, { class: "nn-button nn-primary" });
  const [step, epoch, start] = [button("Step", onStep), button("Epoch", onEpoch), button("Restart", onStart)];
  /** @type {ReturnType<typeof segmented<Speed>>} */
  const speed = segmented({
    label: "Speed", options: [["slow", "slow"], ["steady", "steady"], ["fast", "fast"]], value: "steady",
    onChange: onSpeed,
  });
  return {
    node: html("div", { class: "nn-lab-running" },
      html("div", { class: "nn-lab-buttons", role: "group", "aria-label": "The run" }, run, step, epoch, start),
      speed.node),
    /** @param {{running: boolean, over: boolean, updates: number, speed: Speed}} now */
    set({ running, over, updates, speed: now }) {
      setText(run, running ? "Pause" : "Run");
      [run, step, epoch].forEach((one) => setUsable(one, !over));
      setUsable(start, updates > 0);
      speed.set(now);
    },
  };
}

/** Updates, epochs, loss and hits, as a list of names and values. */
export function counters() {
  const names = ["updates", "epochs", "loss L", "right", "held-out loss", "held out, right"];
  const values = names.map(() => html("dd"));
  const pairs = names.map((name, n) => html("div", {}, html("dt", {}, name), values[n]));
  return {
    node: html("div", { class: "nn-lab-counters" }, html("dl", {}, ...pairs)),
    /** @param {import("./measure.js").Measured} now */
    set({ updates, epochs, loss, held, learn, kept }) {
      const texts = [formatCount(updates), epochText(epochs), formatNumber(loss), hits(learn), held === null ? ""
        : formatNumber(held), hits(kept)];
      texts.forEach((text, n) => setText(values[n], text));
      pairs.slice(4).forEach((pair) => { pair.hidden = held === null; });
    },
  };
}

const PART = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** @param {number} epochs */
const epochText = (epochs) => (Number.isInteger(epochs) ? formatCount(epochs) : PART.format(epochs));

/** 333 of 342, 97.4 % @param {{right: number, of: number}} count */
export const hits = ({ right, of }) => (of ? `${right} of ${of}, ${((100 * right) / of).toFixed(1)}\u00a0%` : "");
