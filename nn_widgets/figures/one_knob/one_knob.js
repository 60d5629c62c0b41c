// One knob: turn any of the 26 parameters; see what each bird pays, and the average of all.

import { announcer } from "../../kit/announce.js";
import { button, segmented, slider } from "../../kit/controls.js";
import { counted, formatNumber } from "../../maths/format.js";
import { oneAFrame, redrawer, spaced } from "../../kit/frame.js";
import { follow, update } from "../../kit/model.js";
import { layersFromNested, toVector } from "../../maths/nn.js";
import { birdLegend, birdPlot, speciesColours } from "./bird_plot.js";
import { curveLegend, lossCurve } from "./loss_curve.js";
import {
  averages, birdsAt, curveOf, isLowest, lowestOf, rangeOf, settled, slopeAt, whoPays, withTurned,
} from "./numbers.js";
import { knobPanel } from "./panel.js";
import { watchTheme, watchWidth } from "../../kit/page.js";
import { parameterName, parameterPlaces, penguinData } from "../../maths/penguins.js";
import { html, setText } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";

const MOST_LISTED = 10;
const NOBODY = "Point at a bird to see what it pays.";

/** @typedef {{network: "start"|"trained", knob: number, turned: Record<string, number>}} State */
/**
 * @typedef {{networks: import("../../maths/penguins.js").Networks, birds: import("../../maths/penguins.js").Birds,
 *   species: string[]}} Data
 */

/** @param {import("../../kit/home.js").Context<State, Data>} context */
function render({ model, el, data }) {
  const figure = new OneKnob(model, el, data);
  return () => figure.stop();
}

class OneKnob {
  /**
   * @param {import("../../kit/home.js").Context<State, Data>["model"]} model @param {HTMLElement} el
   * @param {Data} data
   */
  constructor(model, el, { birds, networks: given, species: names }) {
    this.model = model;
    this.el = el;
    this.measured = birds;
    this.species = birds.species;
    this.names = names;
    this.data = penguinData(birds);
    this.curveKey = this.shown = "";
    this.pointed = -1;
    const networks = { start: layersFromNested(given.start), trained: layersFromNested(given.trained) };
    this.firsts = { start: toVector(networks.start), trained: toVector(networks.trained) };
    this.places = parameterPlaces(networks.start);
    this.labels = this.places.map(parameterName);
    this.build();
    this.frame = redrawer(() => this.draw());
    this.texts = spaced(() => this.drawTexts());
    this.marks = spaced(() => this.birds.draw(this.now, this.colours), 30); // 342 marks: every other frame
    this.voice = announcer(el);
    // Its size first, for what grows later pushes what is below; then a slow phone computes, and draws, in turns.
    this.opening = oneAFrame(
      [() => this.fit(Math.round(this.plots.clientWidth)), () => this.curveNow(), () => this.draw()]);
    this.opening.ask();
    this.stops = [
      follow(model, ["network", "knob", "turned"], () => this.frame.ask()),
      watchWidth(this.plots, (width) => this.fit(width)),
      watchTheme(() => this.repaint()),
      () => [this.opening, this.frame, this.texts, this.marks, this.voice].forEach((part) => part.stop()),
    ];
  }

  stop() {
    this.stops.forEach((stop) => stop());
  }

  // ------------------------------------------------------------------------- the parts

  build() {
    const { model, names } = this;
    /** @type {ReturnType<typeof segmented<State["network"]>>} */
    this.network = segmented({
      label: "Start from", options: [["start", "the starting network"], ["trained", "the trained network"]],
      value: "start", onChange: (network) => update(model, { network, turned: {} }),
    });
    this.birds = birdPlot({ birds: this.measured, onPoint: (bird) => this.point(bird) });
    this.curve = lossCurve({ kinds: names.length, onTurn: (value) => this.turn(value) });
    this.slider = knobSlider((value) => this.turn(value));
    this.panel = knobPanel({ places: this.places, names: this.labels, choose: (knob) => update(model, { knob }) });
    this.buttons = html("div", { class: "nn-buttons" },
      button("To the lowest point", () => this.toLowest()),
      button("To the lowest, then the next knob", () => this.lowestThenNext()),
      button("Back to where it came", () => this.turnBack()));
    this.words = html("p", { class: "nn-knob-words" });
    this.bird = html("p", { class: "nn-knob-bird" }, NOBODY);
    this.tables = [this.whoTable(), this.curveTable(), this.dearTable()];
    this.plots = html("div", { class: "nn-knob-plots" }, this.birds.node, birdLegend(names), this.bird,
      this.curve.node, curveLegend(names), this.slider.node);
    this.el.append(html("div", { class: "nn-knob-all" }, this.network.node, this.plots, this.buttons, this.words,
      this.panel.node, ...this.tables.map((table) => table.node)));
  }

  whoTable() {
    const table = numbersTable({
      summary: "Who pays what", caption: "Average loss by species, and how many of its birds pay less than at first",
      head: ["species", "birds", "at first", "now", "pay less", "named rightly"],
      rows: () => (this.now ? this.whoRows() : []),
    });
    table.node.open = true;
    return table;
  }

  curveTable() {
    return numbersTable({
      summary: "The curve as a table", caption: "Average loss along the knob",
      head: ["value", ...this.names, "all"],
      rows: () => this.now.curve.filter((_, n) => n % 10 === 0)
        .map(({ value, averages: all }) => [value, ...all].map(formatNumber)),
    });
  }

  dearTable() {
    return numbersTable({
      summary: `The ${MOST_LISTED} birds that pay most`, caption: "The birds that pay most",
      head: ["bird", "bill, mm", "probability of the truth", "loss"], rows: () => this.dearest(),
    });
  }

  // ------------------------------------------------------------------------- what happens

  /** Where the knob came from, in which range it turns. */
  held() {
    const { model } = this;
    const [knob, vector] = [model.get("knob"), this.firsts[model.get("network")]];
    return { knob, vector, first: vector[knob], range: rangeOf(vector[knob]) };
  }

  /** @param {number} asked */
  turn(asked) {
    const { knob, first, range } = this.held();
    const value = settled(asked, range);
    const { [knob]: _, ...others } = this.model.get("turned");
    update(this.model, { turned: value === first ? others : { ...others, [knob]: value } });
  }

  turnBack() {
    this.turn(this.held().first);
  }

  toLowest() {
    const { knob, vector, range } = this.held();
    const now = withTurned(vector, this.model.get("turned"));
    this.turn(lowestOf(this.curveNow(), now, knob, range, this.data, this.species));
  }

  lowestThenNext() {
    this.toLowest();
    update(this.model, { knob: (this.model.get("knob") + 1) % this.labels.length });
  }

  /** Computed anew only when another knob is held or another one was turned. */
  curveNow() {
    const { knob, vector, range } = this.held();
    const { [knob]: _, ...others } = this.model.get("turned");
    const key = JSON.stringify([this.model.get("network"), knob, others]);
    if (this.curveKey !== key) {
      this.curveKey = key;
      this.points = curveOf(withTurned(vector, others), knob, range, this.data, this.species);
      this.shown = "";
    }
    return this.points;
  }

  /** Everything that is shown of the present state. */
  compute() {
    const { model, data, species } = this;
    const held = this.held();
    const turned = model.get("turned");
    const vector = withTurned(held.vector, turned);
    const now = birdsAt(vector, data, species);
    const before = birdsAt(held.vector, data, species).losses;
    return {
      ...held, ...now, before, turned, vector, curve: this.curveNow(), value: vector[held.knob],
      averages: averages(now.losses, species, this.names.length),
      firstAverages: averages(before, species, this.names.length),
      slope: slopeAt(vector, held.knob, data),
    };
  }

  // ------------------------------------------------------------------------- the pictures

  /** @param {number} width */
  fit(width) {
    this.width = width;
    this.birds.fit(width);
    this.curve.fit(width);
    this.shown = "";
    this.repaint();
  }

  repaint() {
    this.colours = speciesColours(this.el);
    this.frame.ask();
  }

  draw() {
    if (!this.width || !this.points) return;
    this.now = this.compute();
    const { now } = this;
    const name = this.labels[now.knob];
    if (this.shown !== name) this.curve.show(now.curve, name);
    this.shown = name;
    this.marks.ask();
    this.birds.mark(this.pointed);
    this.curve.draw({ value: now.value, loss: now.averages.at(-1), slope: now.slope, first: this.firstPoint() });
    this.slider.set(now.value, now.range, `Turn ${name}`);
    this.texts.ask();
  }

  /** What is read, not watched: words, values and tables. */
  drawTexts() {
    const { now, names } = this;
    const [who, what] = this.sentences();
    setText(this.words, `${who} ${what}`);
    this.voice.say(`${who} ${what}`);
    this.birds.label(`${this.species.length} birds by bill length and depth, ${names.join(", ")}. ${who}`);
    this.curve.label(`Average loss along ${this.labels[now.knob]}. ${what}`);
    this.network.set(this.model.get("network"));
    this.panel.set(now.knob, now.vector, now.turned);
    setText(this.bird, this.birdInWords());
    this.tables.forEach((table) => table.refresh());
  }

  /** The place on this curve where the knob came; others may be turned. */
  firstPoint() {
    const { now } = this;
    const trial = Float64Array.from(now.vector);
    trial[now.knob] = now.first;
    const loss = averages(birdsAt(trial, this.data, this.species).losses, this.species, this.names.length).at(-1);
    return { value: now.first, loss };
  }

  // ------------------------------------------------------------------------------ in words

  /** Who pays; then what all pay. */
  sentences() {
    const { now } = this;
    const name = this.labels[now.knob];
    const others = Object.keys(now.turned).length - (now.knob in now.turned ? 1 : 0);
    const with_ = others ? `, with ${counted(others, "other knob", "other knobs")} turned` : "";
    const [less, more, same] = whoPays(now.losses, now.before);
    const place = now.value === now.first ? `${name} = ${formatNumber(now.value)}, as it came`
      : `${name} from ${formatNumber(now.first)} to ${formatNumber(now.value)}`;
    const who = same === now.losses.length ? "every bird pays what it paid at first"
      : `${counted(less, "bird pays", "birds pay")} less than at first, ${counted(more, "pays", "pay")} more`;
    const [average, was] = [now.averages.at(-1), now.firstAverages.at(-1)].map(formatNumber);
    const total = formatNumber(now.averages.at(-1) * now.losses.length);
    const lowest = isLowest(now.vector, now.knob, this.data, this.species);
    const slope = `Slope ${formatNumber(now.slope)}: ${slopeInWords(now.slope, lowest)}.`;
    return [`${place}${with_}: ${who}.`,
      `Average loss ${average}${average === was ? "" : `, at first ${was}`}; total ${total}. ${slope}`];
  }

  birdInWords() {
    const { pointed, now } = this;
    if (pointed < 0) return NOBODY;
    const [length, depth] = this.measured.x.map((row) => row[pointed]);
    const loss = now.losses[pointed];
    return `${this.names[this.species[pointed]]}, bill ${length} × ${depth} mm: the truth has probability `
      + `${formatNumber(Math.exp(-loss))}, so it pays ${formatNumber(loss)}; at first `
      + `${formatNumber(now.before[pointed])}.`;
  }

  /** @param {number} bird */
  point(bird) {
    if (bird === this.pointed || !this.now) return;
    this.pointed = bird;
    this.birds.mark(bird);
    setText(this.bird, this.birdInWords());
  }

  whoRows() {
    const { now, species, names } = this;
    return [...names, "all"].map((name, group) => {
      /** @param {number} i */
      const its = (i) => group === names.length || species[i] === group;
      const count = species.filter((_, i) => its(i)).length;
      const right = now.right.filter((named, i) => named && its(i)).length;
      return [name, count, formatNumber(now.firstAverages[group]), formatNumber(now.averages[group]),
        whoPays(now.losses, now.before, its)[0], right];
    });
  }

  dearest() {
    const [lengths, depths] = this.measured.x;
    return this.now.losses.map((loss, i) => [loss, i]).sort((a, b) => b[0] - a[0]).slice(0, MOST_LISTED)
      .map(([loss, i]) => [this.names[this.species[i]], `${lengths[i]} × ${depths[i]}`,
        formatNumber(Math.exp(-loss)), formatNumber(loss)]);
  }
}

/** A slider whose range and name change with the knob that is held. @param {(value: number) => void} onInput */
function knobSlider(onInput) {
  const control = slider({ label: "", min: -6, max: 6, step: 0.01, onInput });
  const label = control.node.querySelector("label");
  return {
    node: control.node,
    /** @param {number} value @param {[number, number]} range @param {string} text */
    set(value, [min, max], text) {
      Object.assign(control.input, { min, max });
      control.set(value);
      setText(label, text);
    },
  };
}

/** @param {number} slope @param {boolean} lowest */
function slopeInWords(slope, lowest) {
  if (lowest) return "level, no step of the slider leads lower";
  if (Math.abs(slope) < 0.0005) return "level, a small turn changes next to nothing";
  return slope > 0 ? "a little more raises the average" : "a little more lowers the average";
}

// ------------------------------------------------------------------------------ the state

/** @type {import("../../kit/choices.js").Rules<State, Data>} */
export const rules = {
  turned(value, { network }, { networks }) {
    const vector = toVector(layersFromNested(networks[network]));
    const far = Object.keys(value).map(Number).find((knob) => {
      const [low, high] = rangeOf(vector[knob]);
      return value[knob] < low || value[knob] > high;
    });
    if (far === undefined) return true;
    const range = rangeOf(vector[far]).map(formatNumber).join(" to ");
    return `values that the knobs can take; knob ${far} turns from ${range}`;
  },
};

export default { render, rules };
