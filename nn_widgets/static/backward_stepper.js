// Both passes of the penguin network, one quantity at a time, the same number in four places.

import { announcer } from "./announce.js";
import { segmented } from "./controls.js";
import { redrawer } from "./frame.js";
import { update } from "./model.js";
import { prefersStill, watchVisible } from "./page.js";
import { html } from "./svg.js";
import { numbersTable } from "./table.js";
import { breakPanel } from "./stepper/break_panel.js";
import { codeView } from "./stepper/code_view.js";
import { equationView } from "./stepper/equation_view.js";
import { matricesView } from "./stepper/matrices_view.js";
import { compare, MISTAKES } from "./stepper/mistakes.js";
import { flows, keyOf, writtenName } from "./stepper/names.js";
import { networkView } from "./stepper/network_view.js";
import { nudgePanel } from "./stepper/nudge_panel.js";
import { predictPanel } from "./stepper/predict_panel.js";
import { sceneOf, spokenScene } from "./stepper/scene.js";
import { settingView, SPECIES } from "./stepper/setting_view.js";
import { player, stepButtons, stepList } from "./stepper/step_bar.js";
import { STEPS } from "./stepper/steps.js";
import { parameterRefs, settingOf, valuesOf } from "./stepper/values.js";

const LINKED = ["step", "entry", "birds", "weights", "mode", "mistake", "nudged", "epsilon", "view"];
const MODES = [["watch", "Watch"], ["predict", "Predict"], ["nudge", "Nudge"], ["break", "Break it"]];
const VIEWS = [["sum", "Equation and code"], ["matrices", "Matrices"]]; // a narrow screen has room for one
const LABELS = [["length", "depth"], SPECIES];
const HINT = "Point at a number and it lights up everywhere; press it to see where it comes from.";
const PER_ENTRY = 1100; // milliseconds
const PER_STEP = 2600; // for readers who asked for less motion

/** @param {Record<string, any>} state */
function validate({ step, entry, birds, weights, mode, mistake, nudged, epsilon, view, networks, mistakes, data }) {
  const whole = (n, from, below) => Number.isInteger(n) && n >= from && n < below;
  const check = (fine, sentence) => { if (!fine) throw new Error(sentence); };
  check(STEPS.includes(step), `The step must be one of ${STEPS.join(", ")}.`);
  check(Array.isArray(entry) && entry.length === 2 && entry.every((n) => whole(n, 0, 342)), "The entry must be a row and a column, whole numbers from 0.");
  const few = Array.isArray(birds) && birds.length >= 1 && birds.length <= 4 && new Set(birds).size === birds.length;
  check(birds === "all" || (few && birds.every((n) => whole(n, 0, data.species.length))), "The birds must be “all” or one to four different numbers from 0 to 341.");
  check(typeof weights === "string" && Object.hasOwn(networks, weights), `The weights must be one of ${Object.keys(networks).join(", ")}.`);
  check(MODES.some(([own]) => own === mode), "The mode must be watch, predict, nudge or break.");
  check(whole(mistake, 0, mistakes.length + 1), `The mistake must be a number from 0 to ${mistakes.length}.`);
  check(whole(nudged, 0, 26), "The nudged parameter must be a number from 0 to 25.");
  check(epsilon >= 1e-6 && epsilon <= 1, "Epsilon must be from 0.000001 to 1.");
  check(VIEWS.some(([own]) => own === view), "The view must be sum or matrices.");
}

/** @param {{model: import("./model.js").Model, el: HTMLElement}} context */
function render({ model, el }) {
  const figure = new Stepper(model, el);
  return () => figure.stop();
}

/** The place of a parameter, or of the one whose slope this is, among all 26; −1 for anything else. */
function placeOf(ref) {
  const name = ref.name.replace(/^d(?=[Wb])/, "");
  return parameterRefs().findIndex((one) => keyOf(one) === keyOf({ ...ref, name }));
}

class Stepper {
  constructor(model, el) {
    Object.assign(this, { model, el, hot: null, revealed: new Set(), example: model.get("entry")[1] });
    this.voice = announcer(el);
    this.build();
    this.frame = redrawer(() => this.draw());
    this.player = player((tell) => watchVisible(el, tell), () => this.advance(), () => (prefersStill() ? PER_STEP : PER_ENTRY), () => this.frame.ask());
    this.onChange = () => this.frame.ask();
    model.on("change", this.onChange);
    this.draw();
  }

  stop() {
    this.model.off("change", this.onChange);
    const { nudge, break: broken } = this.panels;
    [this.frame, this.player, this.network, this.voice, nudge, broken].forEach((part) => part.stop());
  }

  build() {
    const { model } = this;
    const pointing = { onPoint: (ref) => this.point(ref), onPress: (ref, touch) => this.press(ref, touch) };
    this.mode = segmented({ label: "What to do", options: MODES, value: model.get("mode"), onChange: (mode) => this.turnTo(mode) });
    this.steps = stepList({ onStep: (name) => this.go(name) });
    this.buttons = stepButtons({ onBy: (by) => this.by(by), onPlay: () => this.player.turn(!this.player.playing()) });
    this.network = networkView({ pointing, labels: LABELS });
    this.equation = equationView({ equations: model.get("equations"), pointing, onEntry: (by) => this.entryBy(by) });
    this.code = codeView({ code: model.get("code"), onName: (name) => this.pointName(name) });
    this.matrices = matricesView({ pointing });
    this.setting = settingView({
      data: model.get("data"), weights: Object.keys(model.get("networks")),
      onBirds: (birds) => this.take(birds),
      onWeights: (weights) => update(model, { weights }), onExample: (i) => this.lookAt(i),
    });
    this.table = numbersTable({ caption: "Everything computed so far", head: ["name", "shape", "values"], rows: () => this.rows() });
    this.panels = {
      predict: predictPanel({ onReveal: (ref) => this.reveal(ref), onNext: () => this.entryBy(1) }),
      nudge: nudgePanel({ onNudged: (place) => this.pick(place), onEpsilon: (epsilon) => update(model, { epsilon }) }),
      break: breakPanel({ onMistake: (mistake) => update(model, { mistake }), onBatch: () => this.take([185, 12, 170]), all: () => this.all() }),
    };
    this.tabs = segmented({ label: "View", options: VIEWS, value: model.get("view"), onChange: (view) => update(model, { view }) });
    this.tabs.node.classList.add("nn-backward-tabs");
    this.below = html("div", { class: "nn-backward-views" }, this.equation.node, this.code.node, this.matrices.node);
    this.views = [this.network, this.equation, this.code, this.matrices];
    this.el.append(html("div", { class: "nn-backward" }, this.mode.node, this.steps.node, this.setting.example, this.network.node,
      ...Object.values(this.panels).map((panel) => panel.node), this.equation.said, this.tabs.node, this.below, this.buttons.node,
      html("p", { class: "nn-backward-hint" }, HINT), this.setting.node, this.table.node));
    this.mode.node.classList.add("nn-backward-modes");
  }

  // ------------------------------------------------------------------------- where we are

  state() {
    return Object.fromEntries([...LINKED, "networks", "data"].map((name) => [name, this.model.get(name)]));
  }

  /** Everything that both passes compute, once for each choice of birds and weights. */
  compute() {
    const state = this.state();
    const key = `${state.weights} ${state.birds}`;
    if (this.key !== key) {
      this.key = key;
      this.given = { ...settingOf(state), key };
      this.values = valuesOf(this.given);
      this.revealed.clear();
    }
  }

  look() {
    this.compute();
    const state = this.state();
    if (flows(state.step)) this.example = state.entry[1];
    this.example = Math.min(this.example, this.given.numbers.length - 1);
    const hidden = (ref) => state.mode === "predict" && ref.name === state.step && !this.revealed.has(keyOf(ref));
    return sceneOf({ name: state.step, entry: state.entry, values: this.values, setting: this.given, example: this.example, hidden, wrong: this.wrong(state) });
  }

  /** What the mistake that is switched on makes of this pass. */
  wrong({ mode, mistake }) {
    if (mode !== "break" || !mistake) return null;
    const key = `${mistake} ${this.key}`;
    if (this.compared?.key !== key) this.compared = { key, ...compare(MISTAKES[mistake - 1], this.given, this.values) };
    return this.compared;
  }

  /** All birds, at the same weights. */
  all() {
    return settingOf({ ...this.state(), birds: "all" });
  }

  draw() {
    this.scene = this.look();
    const state = this.state();
    this.mode.set(state.mode);
    this.tabs.set(state.view);
    this.below.dataset.view = state.view;
    Object.entries(this.panels).forEach(([mode, { node }]) => { node.hidden = mode !== state.mode; });
    this.buttons.draw(this.scene, this.player.playing());
    this.panels[state.mode]?.draw(this.scene, state);
    if (state.mode !== "break") this.panels.break.rest();
    if (state.mode !== "predict") this.revealed.clear();
    const place = document.activeElement?.closest(".nn-backward-views > section");
    if (this.changed(state)) this.drawViews(state);
    this.light();
    if (this.el.contains(place) && !this.el.contains(document.activeElement)) place.querySelector("[tabindex].nn-result")?.focus();
  }

  /** Whether the views would look different: a slider of a panel leaves them as they are. */
  changed({ mode }) {
    const { name, entry, example, wrong } = this.scene;
    const key = [name, entry, example, this.key, mode === "predict", this.revealed.size, wrong?.key].join(" ");
    const differs = key !== this.drawn;
    this.drawn = key;
    return differs;
  }

  drawViews(state) {
    const { scene } = this;
    this.steps.draw(scene);
    this.setting.draw(scene, state);
    this.views.forEach((view) => view.draw(scene));
    this.table.refresh();
    this.voice.say(spokenScene(scene));
  }

  light() {
    const { result, operands, backward } = this.scene;
    const nudged = this.model.get("mode") === "nudge" ? parameterRefs()[this.model.get("nudged")] : null;
    const hot = this.hot ?? nudged;
    const lit = { result: keyOf(result), operands, hot: hot && keyOf(hot), backward };
    this.views.forEach((view) => view.light(lit));
  }

  // ------------------------------------------------------------------------- moving

  go(step) {
    this.change({ step, entry: [0, flows(step) ? this.example : 0] });
  }

  /** In "nudge" the parameter follows the entry whose slope is in focus. */
  change(values) {
    const { mode, step, entry } = { ...this.state(), ...values };
    const place = mode === "nudge" ? placeOf({ name: step, row: entry[0], col: entry[1] }) : -1;
    update(this.model, place < 0 ? values : { ...values, nudged: place });
  }

  turnTo(mode) {
    const [step, entry] = [this.model.get("step"), this.model.get("entry")];
    const isSlope = placeOf({ name: step, row: entry[0], col: entry[1] }) >= 0;
    if (mode === "nudge" && !isSlope) this.pick(this.model.get("nudged"), { mode });
    else this.change({ mode });
  }

  /** A parameter to nudge; its slope becomes the entry in focus. */
  pick(place, more = {}) {
    const { name, row, col } = parameterRefs()[place];
    update(this.model, { ...more, nudged: place, step: `d${name}`, entry: [row, col] });
  }

  by(count) {
    this.player.turn(false);
    const name = STEPS[this.scene.place + count];
    if (name) this.go(name);
  }

  /** On to another entry; from the last one on to the next step. @returns {boolean} whether there was one */
  entryBy(count) {
    const { entries, entry, place } = this.scene;
    const next = entries[entries.findIndex(([r, c]) => r === entry[0] && c === entry[1]) + count];
    if (next) this.change({ entry: next });
    else if (STEPS[place + count]) this.go(STEPS[place + count]);
    else return false;
    return true;
  }

  advance() {
    this.scene = this.look();
    if (!prefersStill()) return this.entryBy(1);
    const name = STEPS[this.scene.place + 1];
    if (name) this.go(name);
    return Boolean(name);
  }

  lookAt(example) {
    this.example = example;
    const [row, col] = this.model.get("entry");
    update(this.model, { entry: [row, flows(this.model.get("step")) ? example : col] });
    this.frame.ask();
  }

  // ------------------------------------------------------------------------- pointing

  /** What the step computes becomes the entry in focus; anything else lights up wherever it stands. */
  point(ref) {
    if (ref && ref.name === this.scene.name) {
      this.hot = null;
      const entry = [ref.row, ref.col];
      if (String(entry) !== String(this.scene.entry)) this.change({ entry });
    } else this.hot = ref;
    this.light();
  }

  pointName(name) {
    const { result, pieces } = this.scene;
    const ref = name && [result, ...pieces.flatMap((piece) => piece.ref ?? [])].find((one) => one.name === name);
    this.hot = ref ?? null;
    this.light();
  }

  /** A press leads to the step that computed the number. A first tap only lights it. */
  press(ref, touch) {
    const first = touch && this.tapped !== keyOf(ref);
    this.tapped = touch ? keyOf(ref) : null;
    const place = this.model.get("mode") === "nudge" ? placeOf(ref) : -1;
    if (place >= 0) this.pick(place);
    else if (!first && STEPS.includes(ref.name) && this.scene.known(ref.name)) {
      this.hot = null;
      this.change({ step: ref.name, entry: [ref.row, ref.col] });
    }
  }

  reveal(ref) {
    this.revealed.add(keyOf(ref));
    this.frame.ask();
  }

  take(birds) {
    this.example = 0;
    update(this.model, { birds, entry: [0, 0] });
  }

  // ------------------------------------------------------------------------- the table

  rows() {
    const { known, values, text } = this.scene;
    const given = [...values.keys()].filter((name) => !STEPS.includes(name));
    return [...given, ...STEPS.filter(known)].map((name) => {
      const { rows, cols } = values.get(name);
      const shown = Math.min(cols, 4);
      const lines = Array.from({ length: rows }, (_, row) => Array.from({ length: shown }, (__, col) => text({ name, row, col })).join(", "));
      return [writtenName(name), `${rows} × ${cols}`, lines.map((line) => `[${line}${shown < cols ? ", …" : ""}]`).join(" ")];
    });
  }
}

export default { render, validate, linked: LINKED };
