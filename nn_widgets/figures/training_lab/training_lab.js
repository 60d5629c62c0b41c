// Training lab: a small network learns to tell 342 penguins apart while you watch. The state is
// what the reader chose and the number of updates; a run repeats itself exactly.

import { announcer } from "../../kit/announce.js";
import { checkbox } from "../../kit/controls.js";
import { counted, formatCount, formatNumber } from "../../maths/format.js";
import { redrawer, runLoop } from "../../kit/frame.js";
import { forAxes } from "../../kit/ground/point.js";
import { birdCard } from "./card.js";
import { choiceControls, counters, hits, presetControls, runControls } from "./controls.js";
import { lossCurve } from "./curve.js";
import { curveLegend, mapLegend } from "./legend.js";
import { labMap } from "./map.js";
import { makeMeasure } from "./measure.js";
import { gradientBars } from "./norms.js";
import { channels, COARSE, FINE, gridFiller, palette } from "./regions.js";
import { CHOICE, choiceIn, presetOf, rules } from "./state.js";
import { makeRun } from "./training.js";
import { verdict } from "./verdict.js";
import { follow, stateOf, update } from "../../kit/model.js";
import { layersFromNested } from "../../maths/nn.js";
import { cssValue, prefersStill, watchTheme, watchWidth } from "../../kit/page.js";
import { centreAndSpread, penguinData } from "../../maths/penguins.js";
import { html, setText } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";

const PACE = { slow: 10, steady: 200, fast: Infinity }; // updates a second
const SLICE = 6; // milliseconds of training in one frame
const TELL = 250; // milliseconds between two messages to the model during a run
const ROWS = 40; // of the table

/** @typedef {import("./training.js").Choice} Choice */
/** @typedef {import("./measure.js").Measured} Measured */
/** @typedef {[number, number]} Span */
/** @typedef {ReturnType<typeof gridFiller>} Filler */

/**
 * @typedef {Choice & {preset: string, steps: number, bird: number, speed: "slow"|"steady"|"fast",
 *   log_scale: boolean}} State
 * @typedef {object} Data
 * @property {import("../../maths/penguins.js").Birds} birds
 * @property {string[]} species
 * @property {Record<string, import("./state.js").Preset>} presets
 * @property {import("../../maths/parameters.js").Nested[]} book
 */

/** @param {import("../../kit/home.js").Context<State, Data>} context */
function render({ model, el, data }) {
  const figure = new TrainingLab(model, el, data);
  return () => figure.stop();
}

class TrainingLab {
  /** @param {import("../../kit/model.js").Model<State>} model @param {HTMLElement} el @param {Data} data */
  constructor(model, el, { birds, species, presets, book }) {
    this.model = model;
    this.el = el;
    this.birds = birds;
    this.names = species;
    this.about = presets;
    this.shown = model.get("bird");
    this.due = this.told = this.cost = this.catching = this.refining = this.ticks = 0;
    this.mapIsNext = this.opened = false;
    this.wide = 0; // as it was last fitted
    this.key = this.kind = "";
    /** @type {import("./training.js").Run|null} */
    this.run = null;
    /** @type {import("./training.js").Run|null} the one that was measured last */
    this.seen = null;
    /** @type {Measured} */
    this.now = undefined;
    /** @type {{key: string, coarse: Filler, fine: Filler}|null} */
    this.fillers = null;
    this.data = penguinData(birds);
    this.book = layersFromNested(book);
    this.build();
    this.frame = redrawer(() => this.drawAtRest());
    this.loop = runLoop(el, (seconds) => this.tick(seconds));
    this.voice = announcer(el);
    this.takePreset();
    this.stops = [
      follow(model, CHOICE, () => this.changeChoice()),
      follow(model, ["preset"], () => this.takePreset()),
      follow(model, ["steps"], () => this.followSteps()),
      follow(model, ["bird", "speed", "log_scale"], () => this.frame.ask()),
      watchWidth(this.views, () => this.fit()), // in the frame after the one that lays out what was built
      watchTheme(() => this.readColours()),
      () => [this.frame, this.loop, this.voice].forEach((part) => part.stop()),
    ];
  }

  stop() {
    this.stopCatching();
    this.stopRefining();
    this.stops.forEach((stop) => stop());
  }

  // ------------------------------------------------------------------------- the parts

  build() {
    const { model, birds, names: species } = this;
    this.presets = presetControls({ presets: this.about,
      onPreset: (preset) => this.begin({ preset, ...this.choiceOf(preset) }) });
    this.choices = choiceControls((change) => this.change(change));
    this.running = runControls({
      onRun: () => this.toggleRun(), onStep: () => this.advance(1), onEpoch: () => this.advance(this.ready().perEpoch),
      onStart: () => this.begin({}), onSpeed: (speed) => update(model, { speed }),
    });
    this.counters = counters();
    this.map = labMap({ birds, domain: domainOf(birds.x), onBird: (bird) => update(model, { bird }) });
    this.card = birdCard({
      birds, species, onBird: (bird) => update(model, { bird }),
      onMistake: () => update(model, { bird: this.nextMistake() }),
    });
    this.curve = lossCurve();
    this.log = checkbox({ label: "Logarithmic loss", value: false,
      onChange: (on) => update(model, { log_scale: on }) });
    this.bars = gradientBars();
    this.legends = [mapLegend(species), curveLegend()];
    this.table = numbersTable({ caption: "The losses so far", ...tableOf(() => this.now) });
    this.place();
  }

  place() {
    this.words = html("p", { class: "nn-lab-words" });
    this.twins = html("p", { class: "nn-lab-words nn-lab-more" });
    /** @param {string} name @param {...Node} inside */
    const box = (name, ...inside) => html("div", { class: `nn-lab-${name}` }, ...inside);
    this.mapBox = box("plot", this.map.node);
    this.curveBox = box("plot", this.curve.node);
    const said = box("said", this.words, this.twins);
    this.views = box("views",
      box("part", this.mapBox, this.legends[0].node),
      box("part", this.running.node, this.choices.rate, this.counters.node, said),
      box("part", this.curveBox, this.legends[1].node, this.log.node),
      box("part", this.bars.node));
    this.root = html("div", { class: "nn-lab" }, this.presets.node, this.views, this.choices.node, this.card.node,
      this.table.node);
    this.el.append(this.root);
  }

  // ------------------------------------------------------------------------- the state

  state() {
    return stateOf(this.model, ["preset", ...CHOICE, "speed", "log_scale"]);
  }

  /** @param {string} preset */
  choiceOf(preset) {
    return choiceIn(this.about[preset]);
  }

  /** A preset that is named stands for its settings, whatever else a link or Python left there. */
  takePreset() {
    const preset = this.model.get("preset");
    if (preset !== "own") update(this.model, this.choiceOf(preset));
  }

  /** One setting anew: the rest stays, and the run begins anew. @param {Partial<Choice>} change */
  change(change) {
    const choice = { ...this.state(), ...change };
    if (choice.start === "book" && `${choice.hidden}` !== "3,2") choice.start = "random";
    const own = choiceIn(choice);
    this.begin({ ...own, preset: presetOf(own, this.about) });
  }

  /** From update 0; a run that is going on goes on from there. @param {Partial<State>} values */
  begin(values) {
    const going = this.loop.running();
    this.stopRefining();
    this.run = null;
    update(this.model, { ...values, steps: 0 });
    if (going) this.loop.start();
    this.frame.ask();
  }

  changeChoice() {
    const key = JSON.stringify(CHOICE.map((name) => this.model.get(name)));
    if (this.key !== key) this.run = null;
    this.key = key;
    this.frame.ask();
  }

  /** The run of the present choice, begun if it has not been. */
  ready() {
    if (this.run) return this.run;
    this.stopCatching();
    this.stopRefining();
    const run = makeRun(this.state(), this.data, this.book);
    this.fillersFor(run);
    this.measure = makeMeasure(run);
    this.held = new Set(run.parts.held);
    this.kind = "";
    return (this.run = run);
  }

  /**
   * The grids' memory stays from run to run unless the network's sizes change.
   * @param {import("./training.js").Run} run
   */
  fillersFor({ choice, trainer }) {
    const key = `${choice.hidden} ${choice.activation}`;
    if (this.fillers?.key === key) return;
    /** @param {number} size */
    const filler = (size) => gridFiller(trainer.layers, choice.activation, this.domain(), size);
    this.fillers = { key, coarse: filler(COARSE), fine: filler(FINE) };
  }

  domain() {
    const spans = domainOf(this.birds.x);
    return forAxes((axis) => {
      const { mean, spread } = centreAndSpread(this.birds.x[axis]);
      return forAxes((end) => (spans[axis][end] - mean) / spread);
    });
  }

  /** The next bird, after the chosen one, that is taken for another species. */
  nextMistake() {
    const { species } = this.birds;
    const from = this.model.get("bird");
    const ahead = species.map((_, k) => (from + 1 + k) % species.length);
    return ahead.find((i) => this.now.answers[i] !== species[i]) ?? from;
  }

  // --------------------------------------------------------------------------- the run

  toggleRun() {
    this.due = 0;
    if (this.loop.running()) this.rest();
    else if (!this.ready().over()) this.go();
  }

  go() {
    this.stopCatching();
    this.stopRefining();
    this.loop.start();
    this.showControls();
  }

  /** @param {number} count */
  advance(count) {
    this.loop.pause();
    this.stopCatching();
    const run = this.ready();
    for (let n = 0; n < count && !run.over(); n += 1) run.update();
    this.rest();
  }

  /** A frame of the run: updates for a few milliseconds, then half of what is to be drawn. @param {number} seconds */
  tick(seconds) {
    const run = this.ready();
    const still = seconds === 0 && prefersStill();
    const pace = PACE[this.model.get("speed")];
    this.due = pace === Infinity ? pace : this.due + (still ? 0.5 : seconds) * pace;
    const before = run.updates;
    this.train(this.sliceFor(still));
    if (this.isDue(run.updates > before, still)) this.drawInTurn(still);
    this.tell(false);
    if (run.over()) this.rest();
    return !run.over();
  }

  /**
   * Milliseconds for updates: less where drawing takes long, or where a slider begins a run in every frame.
   * @param {boolean} still
   */
  sliceFor(still) {
    if (still) return 20 * SLICE;
    return this.seen === this.run ? SLICE - Math.min(this.cost, SLICE - 2) : 1;
  }

  /**
   * Whether a frame draws: what has changed; a run begun anew, as a slider does in every frame, every other time.
   * @param {boolean} changed @param {boolean} still
   */
  isDue(changed, still) {
    this.ticks += 1;
    if (this.seen === this.run) return changed || this.mapIsNext;
    this.mapIsNext = false;
    return still || this.ticks % 2 === 0;
  }

  /**
   * The updates that are due, for so many milliseconds at most; what is not done by then is let go.
   * @param {number} milliseconds
   */
  train(milliseconds) {
    const end = performance.now() + milliseconds;
    while (this.due >= 1 && !this.run.over()) {
      this.run.update();
      this.due -= 1;
      if (performance.now() > end) this.due = 0;
    }
  }

  rest() {
    this.stopCatching();
    this.loop.pause();
    this.tell(true);
    this.drawAtRest();
  }

  /** Tell the model, and so Python, how far the run is; not on every frame. @param {boolean} atOnce */
  tell(atOnce) {
    const now = performance.now();
    if (!atOnce && now - this.told < TELL) return;
    this.told = now;
    if (this.model.get("steps") !== this.run.updates) update(this.model, { steps: this.run.updates });
  }

  /** Someone else set the number of updates: a link, the reset, Python. Train to there. */
  followSteps() {
    const steps = this.model.get("steps");
    if (this.run && this.run.updates === steps) return;
    this.loop.pause();
    if (this.run && this.run.updates > steps) this.run = null;
    this.frame.ask();
    this.catchUp();
  }

  catchUp() {
    const run = this.ready();
    this.stopCatching();
    if (run.updates >= this.model.get("steps") || run.over()) return;
    const slice = () => {
      const end = performance.now() + 2 * SLICE;
      while (run.updates < this.model.get("steps") && !run.over() && performance.now() < end) run.update();
      const [asked, done] = [this.model.get("steps"), run.updates].map(formatCount);
      setText(this.words, `Training up to update ${asked}: ${done} done.`);
      if (run.updates >= this.model.get("steps") || run.over()) this.rest();
      else this.catching = requestAnimationFrame(slice);
    };
    this.catching = requestAnimationFrame(slice);
  }

  stopCatching() {
    cancelAnimationFrame(this.catching);
    this.catching = 0;
  }

  // ----------------------------------------------------------------------- the pictures

  /** The widths are read before anything is set: one layout, not two. */
  fit() {
    const [map, curve] = [this.mapBox, this.curveBox].map((box) => box.clientWidth);
    if (!map || map === this.wide) return;
    this.wide = map;
    this.map.fit(map);
    this.curve.fit(curve);
    this.readColours();
  }

  readColours() {
    const names = ["--nn-class-0", "--nn-class-1", "--nn-class-2", "--nn-surface", "--nn-text"];
    const [a, b, c, surface, text] = names.map((name) => cssValue(this.el, name));
    this.colours = { classes: [a, b, c], surface, text };
    this.paints = palette({ classes: [a, b, c].map(channels), surface: channels(surface), text: channels(text) });
    this.frame.ask();
  }

  /**
   * Words, curve and bars in one frame, regions in the next; what they cost, training goes without.
   * @param {boolean} all
   */
  drawInTurn(all) {
    const begun = performance.now();
    const numbers = all || !this.mapIsNext;
    if (numbers) this.look();
    if (numbers) this.drawNumbers();
    if (all || !numbers) this.drawMap(this.fillers.coarse.all(this.run.trainer.layers), true);
    this.mapIsNext = numbers && !all;
    this.cost = 0.8 * this.cost + 0.2 * (performance.now() - begun);
  }

  look() {
    this.now = this.measure();
    this.seen = this.run;
  }

  drawAtRest() {
    if (!this.colours) return;
    const { trainer, updates } = this.ready();
    this.showControls();
    if (this.loop.running()) return; // the run draws itself
    if (updates < this.model.get("steps") && !this.catching) this.catchUp();
    this.look();
    this.drawNumbers();
    this.table.refresh();
    const isFirst = !this.opened; // a slow phone has the numbers in one frame and the map in the next
    this.opened = true;
    if (isFirst) return this.frame.ask();
    this.drawMap(this.fillers.coarse.all(trainer.layers), true);
    this.refine();
  }

  /** The fine picture, some rows in each frame. */
  refine() {
    this.stopRefining();
    const { fillers: { fine }, run: { trainer: { layers } } } = this;
    let row = 0;
    const slice = () => {
      const end = performance.now() + SLICE;
      do row = fine.rows(layers, row);
      while (row < FINE && performance.now() < end);
      if (row < FINE) this.refining = requestAnimationFrame(slice);
      else this.drawMap(fine.grid, false);
    };
    this.refining = requestAnimationFrame(slice);
  }

  stopRefining() {
    cancelAnimationFrame(this.refining);
  }

  /** @param {import("./regions.js").Grid} grid @param {boolean} moving */
  drawMap(grid, moving) {
    const { now, held, colours } = this;
    this.map.paint(grid, this.paints, moving);
    this.map.drawBirds({ answers: now.answers, held, colours, key: `${colours.surface}${[...held]}` });
    this.map.choose(this.model.get("bird"));
  }

  drawNumbers() {
    const { now, run, model } = this;
    const bird = model.get("bird");
    const { kind, text, more } = verdict(run, now);
    setText(this.words, text);
    setText(this.twins, more);
    this.counters.set(now);
    this.bars.draw(now, run.choice.activation);
    this.card.draw(bird, now, this.held.has(bird));
    const fell = `Loss from ${formatNumber(now.entries[0].loss)} to ${formatNumber(now.loss)} in `
      + counted(now.updates, "update", "updates");
    this.curve.draw(now.entries, { guessing: run.guessing, log: model.get("log_scale"), text: fell });
    const another = bird !== this.shown;
    this.shown = bird;
    if (another) this.voice.say(`Bird ${bird}: ${this.card.said()}`);
    else if (kind !== this.kind || !this.loop.running()) this.speak(text, more);
    this.kind = kind;
  }

  /** @param {string} text @param {string} more */
  speak(text, more) {
    const { now } = this;
    const kept = now.held === null ? "" : ` Held out: ${hits(now.kept)} right.`;
    this.voice.say(`Update ${formatCount(now.updates)}, loss ${formatNumber(now.loss)}, ${hits(now.learn)} right.`
      + `${kept} ${text} ${more}`);
    this.map.label(`Regions of the three species and ${now.answers.length} birds, ${now.wrong} of them taken for `
      + "another species.");
  }

  showControls() {
    const state = this.state();
    const { run } = this;
    this.presets.set(state.preset);
    this.choices.set(state);
    this.log.set(state.log_scale);
    this.running.set({ running: this.loop.running(), over: run.over(), updates: run.updates, speed: state.speed });
    this.legends.forEach((legend) => legend.set(state.hold_out));
  }
}

/** What the map shows: all birds and some room, in millimetres. @param {number[][]} x @returns {[Span, Span]} */
function domainOf(x) {
  return forAxes((axis) => {
    const [low, high] = [Math.min(...x[axis]), Math.max(...x[axis])];
    const room = 0.05 * (high - low);
    return [low - room, high + room];
  });
}

/** @param {() => Measured} measured */
function tableOf(measured) {
  return {
    head: ["update", "loss", "held-out loss"],
    rows: () => {
      const { entries } = measured();
      const every = Math.ceil(entries.length / ROWS);
      const kept = entries.filter((_, n) => n % every === 0 || n === entries.length - 1);
      return kept.map(({ update: n, loss, held }) =>
        [formatCount(n), formatNumber(loss), held === null ? "–" : formatNumber(held)]);
    },
  };
}

export default { render, rules };
