// One knob: turn any of the 26 parameters; see what each bird pays, and the average of all.

import { announcer } from "./announce.js";
import { button, segmented, slider } from "./controls.js";
import { formatNumber } from "./format.js";
import { redrawer, spaced } from "./frame.js";
import { follow, update } from "./model.js";
import { layersFromNested, toVector } from "./nn.js";
import { birdLegend, birdPlot, speciesColours } from "./one_knob/bird_plot.js";
import { curveLegend, lossCurve } from "./one_knob/loss_curve.js";
import { averages, birdsAt, curveOf, isLowest, lowestOf, rangeOf, settled, slopeAt, whoPays, withTurned } from "./one_knob/numbers.js";
import { knobPanel } from "./one_knob/panel.js";
import { watchTheme, watchWidth } from "./page.js";
import { parameterName, parameterPlaces, penguinData } from "./penguins.js";
import { html, setText } from "./svg.js";
import { numbersTable } from "./table.js";

const LINKED = ["network", "knob", "turned"];
const MOST_LISTED = 10;
const NOBODY = "Point at a bird to see what it pays.";

/** @param {{model: import("./model.js").Model, el: HTMLElement}} context */
function render({ model, el }) {
  const figure = new OneKnob(model, el);
  return () => figure.stop();
}

class OneKnob {
  constructor(model, el) {
    Object.assign(this, { model, el, species: model.get("birds").species, names: model.get("species") });
    this.data = penguinData(model.get("birds"));
    const networks = Object.entries(model.get("networks")).map(([name, nested]) => [name, layersFromNested(nested)]);
    this.firsts = Object.fromEntries(networks.map(([name, layers]) => [name, toVector(layers)]));
    this.places = parameterPlaces(networks[0][1]);
    this.labels = this.places.map(parameterName);
    this.build();
    this.frame = redrawer(() => this.draw());
    this.texts = spaced(() => this.drawTexts());
    this.marks = spaced(() => this.birds.draw(this.now, this.colours), 30); // 342 marks: every other frame
    this.voice = announcer(el);
    this.fit(Math.round(this.plots.clientWidth)); // at once: what grows later would push what is below it
    this.draw();
    this.stops = [
      follow(model, LINKED, () => this.frame.ask()),
      watchWidth(this.plots, (width) => this.fit(width)),
      watchTheme(() => this.repaint()),
      () => [this.frame, this.texts, this.marks, this.voice].forEach((part) => part.stop()),
    ];
  }

  stop() {
    this.stops.forEach((stop) => stop());
  }

  // ------------------------------------------------------------------------- the parts

  build() {
    const { model, names } = this;
    this.network = segmented({
      label: "Start from", options: [["start", "the book’s first network"], ["trained", "the trained network"]],
      value: "start", onChange: (network) => update(model, { network, turned: {} }),
    });
    this.birds = birdPlot({ birds: model.get("birds"), onPoint: (bird) => this.point(bird) });
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
      head: ["species", "birds", "at first", "now", "pay less", "named rightly"], rows: () => (this.now ? this.whoRows() : []),
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
    if (!this.width) return;
    this.now = this.compute();
    const { now, names } = this;
    const name = this.labels[now.knob];
    if (this.shown !== name) this.curve.show(now.curve, name);
    this.shown = name;
    this.marks.ask();
    this.birds.mark(this.pointed ?? -1);
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
    const with_ = others ? `, with ${others} other ${others === 1 ? "knob" : "knobs"} turned` : "";
    const [less, more, same] = whoPays(now.losses, now.before);
    const place = now.value === now.first ? `${name} = ${formatNumber(now.value)}, as it came`
      : `${name} from ${formatNumber(now.first)} to ${formatNumber(now.value)}`;
    const who = same === now.losses.length ? "every bird pays what it paid at first"
      : `${less} birds pay less than at first, ${more} pay more`;
    const [average, was] = [now.averages.at(-1), now.firstAverages.at(-1)].map(formatNumber);
    const total = formatNumber(now.averages.at(-1) * now.losses.length);
    const lowest = isLowest(now.vector, now.knob, this.data, this.species);
    return [`${place}${with_}: ${who}.`,
      `Average loss ${average}${average === was ? "" : `, at first ${was}`}; total ${total}. Slope ${formatNumber(now.slope)}: ${slopeInWords(now.slope, lowest)}.`];
  }

  birdInWords() {
    const { pointed, now } = this;
    if (!(pointed >= 0)) return NOBODY;
    const [length, depth] = this.model.get("birds").x.map((row) => row[pointed]);
    const loss = now.losses[pointed];
    return `${this.names[this.species[pointed]]}, bill ${length} × ${depth} mm: the truth has probability `
      + `${formatNumber(Math.exp(-loss))}, so it pays ${formatNumber(loss)}; at first ${formatNumber(now.before[pointed])}.`;
  }

  point(bird) {
    if (bird === this.pointed || !this.now) return;
    this.pointed = bird;
    this.birds.mark(bird);
    setText(this.bird, this.birdInWords());
  }

  whoRows() {
    const { now, species, names } = this;
    const groups = [...names.map((name, kind) => [name, (i) => species[i] === kind]), ["all", () => true]];
    return groups.map(([name, its], group) => {
      const count = species.filter((_, i) => its(i)).length;
      const right = now.right.filter((named, i) => named && its(i)).length;
      return [name, count, formatNumber(now.firstAverages[group]), formatNumber(now.averages[group]),
        whoPays(now.losses, now.before, its)[0], right];
    });
  }

  dearest() {
    const [lengths, depths] = this.model.get("birds").x;
    return this.now.losses.map((loss, i) => [loss, i]).sort((a, b) => b[0] - a[0]).slice(0, MOST_LISTED)
      .map(([loss, i]) => [this.names[this.species[i]], `${lengths[i]} × ${depths[i]}`,
        formatNumber(Math.exp(-loss)), formatNumber(loss)]);
  }
}

/** A slider whose range and name change with the knob that is held. */
function knobSlider(onInput) {
  const control = slider({ label: "", min: -6, max: 6, step: 0.01, onInput });
  const label = control.node.querySelector("label");
  return {
    node: control.node,
    set(value, [min, max], text) {
      Object.assign(control.input, { min, max });
      control.set(value);
      setText(label, text);
    },
  };
}

function slopeInWords(slope, lowest) {
  if (lowest) return "level, no step of the slider leads lower";
  if (Math.abs(slope) < 0.0005) return "level, a small turn changes next to nothing";
  return slope > 0 ? "a little more raises the average" : "a little more lowers the average";
}

// ------------------------------------------------------------------------------ the state

/** @param {Record<string, any>} state */
export function validate({ network, knob, turned, networks }) {
  if (!Object.hasOwn(networks, network)) throw new Error(`network must be start or trained, got ${JSON.stringify(network)}.`);
  const vector = toVector(layersFromNested(networks[network]));
  const isKnob = (k) => Number.isInteger(k) && k >= 0 && k < vector.length;
  if (!isKnob(knob)) throw new Error(`knob must be a whole number from 0 to ${vector.length - 1}, got ${JSON.stringify(knob)}.`);
  if (typeof turned !== "object" || turned === null || Array.isArray(turned)) {
    throw new Error(`turned must give a value to each turned knob, got ${JSON.stringify(turned)}.`);
  }
  for (const [name, value] of Object.entries(turned)) {
    if (!isKnob(Number(name))) throw new Error(`turned must name knobs from 0 to ${vector.length - 1}, got ${JSON.stringify(name)}.`);
    const [low, high] = rangeOf(vector[Number(name)]);
    if (!Number.isFinite(value) || value < low || value > high) {
      throw new Error(`Knob ${name} turns from ${formatNumber(low)} to ${formatNumber(high)}, not to ${JSON.stringify(value)}.`);
    }
  }
}

export default { render, validate, linked: LINKED };
