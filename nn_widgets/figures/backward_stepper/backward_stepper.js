// Both passes of the penguin network, one quantity at a time, the same number in four places.

import { announcer } from "../../kit/announce.js";
import { segmented } from "../../kit/controls.js";
import { redrawer } from "../../kit/frame.js";
import { stateOf, update } from "../../kit/model.js";
import { prefersStill, watchVisible } from "../../kit/page.js";
import { html } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";
import { breakPanel } from "./break_panel.js";
import { codeView } from "./code_view.js";
import { equationView } from "./equation_view.js";
import { matricesView } from "./matrices_view.js";
import { compare, MISTAKES } from "./mistakes.js";
import { flows, keyOf, writtenName } from "./names.js";
import { networkView } from "./network_view.js";
import { nudgePanel } from "./nudge_panel.js";
import { predictPanel } from "./predict_panel.js";
import { atEnd, placeIn, sceneOf, spokenScene } from "./scene.js";
import { settingView, SPECIES } from "./setting_view.js";
import { player, stepButtons, stepList } from "./step_bar.js";
import { refsOf, STEPS } from "./steps.js";
import { parameterRefs, settingOf, valuesOf } from "./values.js";
import { agrees, namesOf, writePanel } from "./write_panel.js";

/** @typedef {import("./names.js").Ref} Ref */

/**
 * @typedef {object} State
 * @property {string} step
 * @property {[number, number]} entry
 * @property {number[]|"all"} birds
 * @property {string} weights
 * @property {"watch"|"predict"|"nudge"|"break"|"write"} mode
 * @property {number} mistake its place among all, from 1; 0 for none
 * @property {number} nudged place of a parameter
 * @property {number} epsilon
 * @property {"sum"|"matrices"} view
 */

/**
 * @typedef {object} Data
 * @property {Record<string, import("../../maths/parameters.js").Nested[]>} networks
 * @property {import("../../maths/penguins.js").Birds} measured
 * @property {Record<string, {line: string, file: string}[]>} code
 * @property {Record<string, string>} equations
 */

/** @type {[State["mode"], string][]} */
const MODES = [["watch", "Watch"], ["predict", "Predict"], ["nudge", "Nudge"], ["break", "Break it"],
  ["write", "Write it"]];
/** @type {[State["view"], string][]} */
const VIEWS = [["sum", "Equation and code"], ["matrices", "Matrices"]]; // a narrow screen has room for one
/** @type {[string[], string[]]} */
const LABELS = [["length", "depth"], SPECIES];
const HINT = "Point at a number and it lights up everywhere; press it to see where it comes from.";
const PER_ENTRY = 1100; // milliseconds
const PER_STEP = 2600; // for readers who asked for less motion

/** @param {import("../../kit/home.js").Context<State, Data>} context */
function render({ model, el, data, allowed }) {
  const figure = new Stepper(model, el, data, /** @type {(keyof State)[]} */ (Object.keys(allowed)));
  return () => figure.stop();
}

/** The place of a parameter, or of the one whose slope this is, among all 26; −1 for anything else. @param {Ref} ref */
function placeOf(ref) {
  const name = ref.name.replace(/^d(?=[Wb])/, "");
  return parameterRefs().findIndex((one) => keyOf(one) === keyOf({ ...ref, name }));
}

class Stepper {
  /**
   * @param {import("../../kit/model.js").Model<State>} model @param {HTMLElement} el @param {Data} data
   * @param {(keyof State)[]} choices
   */
  constructor(model, el, data, choices) {
    this.model = model;
    this.el = el;
    this.data = data;
    this.choices = choices;
    /** @type {Ref|null} what the reader points at, if the step does not compute it */
    this.hot = null;
    /** @type {Set<string>} keys of what the reader has found out */
    this.revealed = new Set();
    this.example = model.get("entry")[1];
    this.key = this.drawn = "";
    /** @type {string|null} key of what was tapped first */
    this.tapped = null;
    /** @type {import("./scene.js").Wrong|null} */
    this.compared = null;
    /** @type {import("./write_panel.js").Written|null} the line that the reader has run last */
    this.written = null;
    this.voice = announcer(el);
    this.build();
    this.frame = redrawer(() => this.draw());
    this.player = player((tell) => watchVisible(el, tell), () => this.advance(),
      () => (prefersStill() ? PER_STEP : PER_ENTRY), () => this.frame.ask());
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
    const { model, data } = this;
    /** @type {import("./pointing.js").Pointing} */
    const pointing = { onPoint: (ref) => this.point(ref), onPress: (ref, touch) => this.press(ref, touch) };
    this.mode = segmented({ label: "What to do", options: MODES, value: model.get("mode"),
      onChange: (mode) => this.turnTo(mode) });
    this.steps = stepList({ onStep: (name) => this.go(name) });
    this.buttons = stepButtons({ onBy: (by) => this.by(by), onPlay: () => this.play() });
    this.network = networkView({ pointing, labels: LABELS });
    this.equation = equationView({ equations: data.equations, pointing, onEntry: (by) => this.entryBy(by) });
    this.code = codeView({ code: data.code, onName: (name) => this.pointName(name) });
    this.matrices = matricesView({ pointing });
    this.setting = settingView({
      measured: data.measured, weights: Object.keys(data.networks),
      onBirds: (birds) => this.take(birds),
      onWeights: (weights) => update(model, { weights }), onExample: (i) => this.lookAt(i),
    });
    this.table = numbersTable({ caption: "Everything computed so far", head: ["name", "shape", "values"],
      rows: () => this.rows() });
    this.panels = {
      predict: predictPanel({ onReveal: (ref) => this.reveal(ref),
        onNext: () => this.entryBy(1) || this.go(STEPS[0]) }),
      nudge: nudgePanel({ onNudged: (place) => this.pick(place), onEpsilon: (epsilon) => update(model, { epsilon }) }),
      break: breakPanel({ onMistake: (mistake) => update(model, { mistake }), onBatch: () => this.take([185, 12, 170]),
        all: () => this.all() }),
      write: writePanel({ onWritten: (written, entry) => this.write(written, entry),
        onNext: () => this.by(STEPS[this.scene.place + 1] ? 1 : -this.scene.place) }),
    };
    this.tabs = segmented({ label: "View", options: VIEWS, value: model.get("view"),
      onChange: (view) => update(model, { view }) });
    this.tabs.node.classList.add("nn-backward-tabs");
    this.below = html("div", { class: "nn-backward-views" }, this.equation.node, this.code.node, this.matrices.node);
    this.views = [this.network, this.equation, this.code, this.matrices];
    this.el.append(html("div", { class: "nn-backward" }, this.mode.node, this.steps.node, this.setting.example,
      this.network.node, ...Object.values(this.panels).map((panel) => panel.node), this.equation.said,
      this.tabs.node, this.below, this.buttons.node, html("p", { class: "nn-backward-hint" }, HINT), this.setting.node,
      this.table.node));
    this.mode.node.classList.add("nn-backward-modes");
  }

  // ------------------------------------------------------------------------- where we are

  state() {
    return stateOf(this.model, this.choices);
  }

  /** Everything that both passes compute, once for each choice of birds and weights. */
  compute() {
    const state = this.state();
    const key = `${state.weights} ${state.birds}`;
    if (this.key !== key) {
      this.key = key;
      this.given = { ...settingOf(state, this.data), key };
      this.values = valuesOf(this.given);
      this.revealed.clear();
    }
  }

  look() {
    this.compute();
    const state = this.state();
    if (flows(state.step)) this.example = state.entry[1];
    this.example = Math.min(this.example, this.given.numbers.length - 1);
    /** @param {Ref} ref */
    const hidden = (ref) => state.mode === "predict" && ref.name === state.step && !this.revealed.has(keyOf(ref));
    return sceneOf({ name: state.step, entry: state.entry, values: this.values, setting: this.given,
      example: this.example, hidden, wrong: this.wrong(state), own: this.ownCode(state) });
  }

  /** What the mistake that is switched on makes of this pass, or the reader's line. @param {State} state */
  wrong({ mode, mistake, step }) {
    if (mode === "write") return this.ownLine(step);
    if (mode !== "break" || !mistake) return null;
    const key = `${mistake} ${this.key}`;
    if (this.compared?.key !== key) this.compared = { key, ...compare(MISTAKES[mistake - 1], this.given, this.values) };
    return this.compared;
  }

  /**
   * What the reader's line gives, if it is of this step.
   * @param {string} step @returns {import("./scene.js").Wrong|null}
   */
  ownLine(step) {
    const { written } = this;
    if (!written?.given || written.step !== step || written.setting !== this.key) return null;
    const found = new Map([[step, written.given]]);
    const changed = agrees(written.given, this.values.get(step)) ? [] : [step];
    return { key: `${written.line} ${this.key}`, found, changed, refusal: null, missed: [], by: "your line" };
  }

  /** The code of a step that the reader writes, with what its names hold. @param {State} state */
  ownCode({ mode, step }) {
    if (mode !== "write") return null;
    const { target, names } = namesOf(step);
    const { written } = this;
    const line = written?.step === step ? written.line : "…";
    return { line: `${target} = ${line}`, variables: { ...names, [target]: step } };
  }

  /**
   * A line has been run: the first entry that it gets wrong comes into focus, and so into every view.
   * @param {import("./write_panel.js").Written} written @param {[number, number]|null} entry
   */
  write(written, entry) {
    this.written = written;
    if (entry) this.change({ entry });
    this.frame.ask();
  }

  /** All birds, at the same weights. */
  all() {
    return settingOf({ ...this.state(), birds: "all" }, this.data);
  }

  draw() {
    this.scene = this.look();
    const state = this.state();
    this.mode.set(state.mode);
    this.tabs.set(state.view);
    this.below.dataset.view = state.view;
    Object.entries(this.panels).forEach(([mode, { node }]) => { node.hidden = mode !== state.mode; });
    this.buttons.draw(this.scene, this.player.playing());
    if (state.mode !== "watch") this.panels[state.mode].draw(this.scene, state);
    if (state.mode !== "break") this.panels.break.rest();
    if (state.mode !== "predict") this.revealed.clear();
    const place = document.activeElement?.closest(".nn-backward-views > section");
    if (this.changed(state)) this.drawViews(state);
    this.light();
    if (this.el.contains(place) && !this.el.contains(document.activeElement)) {
      /** @type {HTMLElement|null} */ (place.querySelector("[tabindex].nn-result"))?.focus();
    }
  }

  /** Whether the views would look different: a slider of a panel leaves them as they are. @param {State} state */
  changed({ mode }) {
    const { name, entry, example, wrong, own } = this.scene;
    const looks = [mode === "predict", this.revealed.size, wrong?.key, own?.line];
    const key = [name, entry, example, this.key, ...looks].join(" ");
    const differs = key !== this.drawn;
    this.drawn = key;
    return differs;
  }

  /** @param {State} state */
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
    /** @type {import("./scene.js").Lit} */
    const lit = { result: keyOf(result), operands, hot: hot && keyOf(hot), backward };
    this.views.forEach((view) => view.light(lit));
  }

  // ------------------------------------------------------------------------- moving

  /** @param {string} step */
  go(step) {
    this.change({ step, entry: [0, flows(step) ? this.example : 0] });
  }

  /** In "nudge" the parameter follows the entry whose slope is in focus. @param {Partial<State>} values */
  change(values) {
    const { mode, step, entry } = { ...this.state(), ...values };
    const place = mode === "nudge" ? placeOf({ name: step, row: entry[0], col: entry[1] }) : -1;
    update(this.model, place < 0 ? values : { ...values, nudged: place });
  }

  /** @param {State["mode"]} mode */
  turnTo(mode) {
    const [step, entry] = [this.model.get("step"), this.model.get("entry")];
    const isSlope = placeOf({ name: step, row: entry[0], col: entry[1] }) >= 0;
    if (mode === "nudge" && !isSlope) this.pick(this.model.get("nudged"), { mode });
    else this.change({ mode });
  }

  /** A parameter to nudge; its slope becomes the entry in focus. @param {number} place @param {Partial<State>} more */
  pick(place, more = {}) {
    const { name, row, col } = parameterRefs()[place];
    update(this.model, { ...more, nudged: place, step: `d${name}`, entry: [row, col] });
  }

  /** @param {number} count */
  by(count) {
    this.player.turn(false);
    const name = STEPS[this.scene.place + count];
    if (name) this.go(name);
  }

  /**
   * On to another entry; from the last one on to the next step.
   * @param {number} count @returns {boolean} whether there was one
   */
  entryBy(count) {
    const { entries, place } = this.scene;
    const next = entries[placeIn(this.scene) + count];
    if (next) this.change({ entry: next });
    else if (STEPS[place + count]) this.go(STEPS[place + count]);
    else return false;
    return true;
  }

  /** At the end it begins anew. */
  play() {
    const playing = this.player.playing();
    const ended = prefersStill() ? this.scene.place === STEPS.length - 1 : atEnd(this.scene);
    if (!playing && ended) this.go(STEPS[0]);
    this.player.turn(!playing);
  }

  advance() {
    this.scene = this.look();
    if (!prefersStill()) return this.entryBy(1);
    const name = STEPS[this.scene.place + 1];
    if (name) this.go(name);
    return Boolean(name);
  }

  /** @param {number} example */
  lookAt(example) {
    this.example = example;
    const [row, col] = this.model.get("entry");
    update(this.model, { entry: [row, flows(this.model.get("step")) ? example : col] });
    this.frame.ask();
  }

  // ------------------------------------------------------------------------- pointing

  /**
   * What the step computes becomes the entry in focus; anything else lights up wherever it stands.
   * @param {Ref|null} ref
   */
  point(ref) {
    if (ref && ref.name === this.scene.name) {
      this.hot = null;
      /** @type {[number, number]} */
      const entry = [ref.row, ref.col];
      if (String(entry) !== String(this.scene.entry)) this.change({ entry });
    } else this.hot = ref;
    this.light();
  }

  /** @param {string|null} name */
  pointName(name) {
    const { result, pieces } = this.scene;
    this.hot = [result, ...refsOf(pieces)].find((one) => one.name === name) ?? null;
    this.light();
  }

  /**
   * A press leads to the step that computed the number. A first tap only lights it.
   * @param {Ref} ref @param {boolean} touch
   */
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

  /** @param {Ref} ref */
  reveal(ref) {
    this.revealed.add(keyOf(ref));
    this.frame.ask();
  }

  /** @param {State["birds"]} birds */
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
      const lines = Array.from({ length: rows },
        (_, row) => Array.from({ length: shown }, (__, col) => text({ name, row, col })).join(", "));
      return [writtenName(name), `${rows} × ${cols}`,
        lines.map((line) => `[${line}${shown < cols ? ", …" : ""}]`).join(" ")];
    });
  }
}

export default { render };
