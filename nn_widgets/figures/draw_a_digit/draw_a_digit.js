// Draw a digit: the network of chapter 8 answers at every stroke, and one backward pass down to the
// input says which pixels push a class's score. The state is the drawing and what is asked about it.

import { announcer } from "../../kit/announce.js";
import { button, checkbox, segmented, setUsable } from "../../kit/controls.js";
import { aDigit, answerTo, MOST, nameOf, probe, pushes, pushWords, verdict, wipes } from "./answer.js";
import { barsOf } from "./bars.js";
import { bitmapAsDrawn, bitmapOf, blockCounts } from "./bitmap.js";
import { padOf } from "./pad.js";
import { bitmapPicture, countsPicture, pushPicture, seenPicture } from "./pictures.js";
import { simplified } from "./simple.js";
import { formatNumber } from "../../maths/format.js";
import { redrawer } from "../../kit/frame.js";
import { follow, update } from "../../kit/model.js";
import { layersFromNested } from "../../maths/nn.js";
import { html, set, setText } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";

const TOLERANCE = 1.5; // units by which a finished stroke may be moved to save points

/** @typedef {import("./answer.js").Measure} Measure */

/**
 * @typedef {object} State
 * @property {import("./bitmap.js").Stroke[]} strokes
 * @property {boolean} fitted
 * @property {number} example −1 for the drawing
 * @property {number} chosen −1 for the network's answer
 * @property {Measure} measure
 * @property {number} pixel −1 for none
 *
 * @typedef {{label: number, x: number[]}} Example of the data set
 * @typedef {{layers: import("../../maths/parameters.js").Nested[], activation: string, examples: Example[]}} Data
 * @typedef {import("../../kit/home.js").Context<State, Data>} Context
 */

/** @param {Context} context */
function render({ model, el, data, allowed }) {
  const figure = new DrawADigit(model, el, data, allowed);
  return () => figure.stop();
}

class DrawADigit {
  /** @param {Context["model"]} model @param {HTMLElement} el @param {Data} data @param {Context["allowed"]} allowed */
  constructor(model, el, { layers, activation, examples }, allowed) {
    this.model = model;
    this.el = el;
    this.activation = activation;
    this.given = examples;
    /** @type {string[]} */
    this.heard = [];
    this.shown = NaN;
    this.most = { strokes: allowed.strokes.max, numbers: allowed.strokes.of.max };
    this.layers = layersFromNested(layers);
    this.build();
    this.fillExamples();
    this.frame = redrawer(() => this.draw(), 2);
    this.voice = announcer(el);
    const stops = [
      follow(model, ["strokes", "fitted", "example", "chosen", "measure", "pixel"], () => this.frame.ask()),
    ];
    this.stop = () => {
      stops.forEach((stop) => stop());
      this.frame.stop();
      this.voice.stop();
    };
  }

  // ------------------------------------------------------------------------- the parts

  build() {
    const { model } = this;
    this.pad = padOf({
      begin: (x, y) => this.begin(x, y), resume: (x, y) => this.resume(x, y), add: (x, y) => this.add(x, y),
      end: () => this.end(), drop: () => this.drop(),
      undo: () => this.undo(), clear: () => this.clear(), say: (text) => this.voice.say(text),
    });
    this.undoButton = button("Undo the last stroke", () => this.undo());
    this.clearButton = button("Clear", () => this.clear());
    this.fitted = checkbox({
      label: "Centre, fit and straighten it first", value: true, onChange: (fitted) => update(model, { fitted }),
    });
    this.bars = barsOf({ onChoose: (chosen) => update(model, { chosen }) });
    /** @type {ReturnType<typeof segmented<Measure>>} */
    this.measure = segmented({
      label: "Ask what would change", value: "score",
      options: [["score", "its score z"], ["log p", "its log p: against the others"]],
      onChange: (measure) => update(model, { measure }),
    });
    this.bitmap = bitmapPicture();
    this.seen = seenPicture();
    this.pushes = pushPicture({ onPick: (pixel) => update(model, { pixel }) });
    this.classes = numbersTable({
      caption: "Score and probability of each digit", head: ["digit", "z", "p"], summary: "Probabilities as a table",
      rows: () => this.now.answer.p.map((p, k) => [k, formatNumber(this.now.answer.z[k]), formatNumber(p)]),
    });
    this.pixels = numbersTable({
      caption: "The 64 blocks by row and column", head: ["block", "pixels on", "x", "slope", "change if wiped"],
      summary: "Pixels and slopes as a table",
      rows: () => this.now.counts.map((count, at) => [`${Math.floor(at / 8) + 1}, ${(at % 8) + 1}`, count,
        ...[count / MOST, this.now.slopes[at], this.now.changes[at]].map(formatNumber)]),
    });
    this.place();
  }

  place() {
    this.examples = html("div",
      { class: "nn-digit-examples", role: "group", "aria-label": "Digits from the data set" });
    this.words = html("p", { class: "nn-digit-words" });
    this.why = html("p", { class: "nn-digit-why" });
    this.probe = html("p", { class: "nn-digit-probe" });
    const left = html("div", { class: "nn-digit-left" }, this.pad.node,
      html("div", { class: "nn-buttons" }, this.undoButton, this.clearButton), this.fitted.node,
      html("p", { class: "nn-digit-keys" },
        "By keyboard: the arrow keys, Home, End, Page Up and Page Down move; Space puts the pen down and lifts it."));
    const pictures = html("div", { class: "nn-digit-pictures" }, this.bitmap.node, this.seen.node, this.pushes.node);
    this.el.append(html("div", { class: "nn-digit" },
      html("p", {}, "Draw a digit on the pad, or take a real one:"), this.examples,
      html("div", { class: "nn-digit-top" }, left, this.bars.node), this.words,
      pictures, this.why, this.measure.node, this.probe, this.classes.node, this.pixels.node, aboutMarks(),
      aboutCounts()));
  }

  /** A button with a picture for each example. */
  fillExamples() {
    this.buttons = this.given.map(({ label, x }, example) => {
      const about = { type: "button", class: "nn-button", "aria-label": `${aDigit(label)} of the data set` };
      const picture = countsPicture({ "aria-hidden": "true" });
      picture.draw(x);
      return html("button", { ...about, onclick: () => this.take(example) }, picture.node);
    });
    this.examples.replaceChildren(...this.buttons);
  }

  // --------------------------------------------------------------------- what is drawn

  strokes() {
    return this.model.get("strokes");
  }

  /** A stroke is there from its second point on: a tap leaves nothing. @param {number} x @param {number} y */
  begin(x, y) {
    this.before = { strokes: this.strokes(), example: this.model.get("example") };
    this.resume(x, y);
  }

  /** @param {number} x @param {number} y */
  resume(x, y) {
    /** @type {[number, number]|null} */
    this.first = [x, y];
  }

  /** The page answers at every point; Python hears of a stroke when it is over. @param {number} x @param {number} y */
  add(x, y) {
    const strokes = this.strokes();
    if (!this.first && !strokes.length) return; // cleared while the pen is down
    const going = this.first ? [...strokes, [...this.first, x, y]]
      : [...strokes.slice(0, -1), [...strokes.at(-1), x, y]];
    if (going.length > this.most.strokes || going.flat().length > this.most.numbers) return;
    this.first = null;
    this.model.set({ strokes: going, example: -1 });
  }

  end() {
    const strokes = this.strokes();
    if (!this.first && strokes.length) {
      update(this.model, { strokes: [...strokes.slice(0, -1), simplified(strokes.at(-1), TOLERANCE)] });
    }
    this.first = null;
  }

  /** What has been drawn since the pen was put down was no stroke. */
  drop() {
    this.first = null;
    update(this.model, this.before);
  }

  undo() {
    update(this.model, { strokes: this.strokes().slice(0, -1) });
  }

  clear() {
    update(this.model, { strokes: [], example: -1 });
  }

  /** @param {number} example */
  take(example) {
    update(this.model, { strokes: [], example });
  }

  // ----------------------------------------------------------------------- the pictures

  draw() {
    const { model } = this;
    const example = model.get("example");
    const taken = example >= 0 ? this.given[example] : null;
    const bitmap = taken ? null : (model.get("fitted") ? bitmapOf : bitmapAsDrawn)(this.strokes());
    this.answer(taken ? taken.x : blockCounts(bitmap));
    const { counts, answer, slopes, k, measure } = this.now;
    this.pad.draw(this.strokes(), taken);
    this.bitmap.draw(bitmap);
    this.seen.draw(counts);
    this.bars.draw(answer, model.get("chosen"), k);
    this.pushes.draw({ counts, slopes, pixel: model.get("pixel"),
      title: `Where more ink raises (+) or lowers (−) ${nameOf(k, measure)}.` });
    this.measure.set(measure);
    this.fitted.set(model.get("fitted"));
    this.drawWords(taken?.label ?? null);
    this.showButtons(this.strokes(), example);
    [this.classes, this.pixels].forEach((table) => table.refresh());
  }

  /**
   * Everything that is computed for a drawing: one pass forward, one back, one more for each wiped block.
   * @param {number[]} counts
   */
  answer(counts) {
    const { activation, model } = this;
    const [measure, chosen] = [model.get("measure"), model.get("chosen")];
    const answer = answerTo(this.layers, counts, activation);
    const k = chosen < 0 ? answer.order[0] : chosen;
    const asked = { k, measure, activation };
    this.now = { counts, answer, ...asked,
      slopes: pushes(this.layers, answer, k, measure), changes: wipes(this.layers, counts, answer, asked) };
  }

  /** @param {number|null} label */
  drawWords(label) {
    const { counts, answer, slopes, changes, k, measure } = this.now;
    const at = this.model.get("pixel");
    const said = verdict(answer, label);
    setText(this.words, counts.some(Boolean) ? said : `The pad is empty; the network answers all the same. ${said}`);
    setText(this.why, pushWords(slopes, changes, k, measure));
    setText(this.probe, at < 0 ? "Choose a block in the picture with the marks to put its slope to the test."
      : probe(this.layers, counts, answer, { ...this.now, at, slope: slopes[at], change: changes[at] }));
    this.speak(at);
  }

  /**
   * A new answer is said; for the same one, what pushes it; when that is the same too, the block put to the test.
   * @param {number} at
   */
  speak(at) {
    const { answer, k, measure } = this.now;
    const now = [answer.p, [k, measure], at].map(String);
    const changed = now.findIndex((key, n) => key !== this.heard[n]);
    this.heard = now;
    if (changed >= 0) this.voice.say([this.words, this.why, this.probe][changed].textContent);
  }

  /** @param {import("./bitmap.js").Stroke[]} strokes @param {number} example */
  showButtons(strokes, example) {
    setUsable(this.undoButton, strokes.length > 0);
    setUsable(this.clearButton, strokes.length > 0 || example >= 0);
    if (this.shown === example) return;
    this.shown = example;
    this.buttons.forEach((node, n) => set(node, { "aria-pressed": String(n === example) }));
  }
}

/** @param {string} summary @param {...string} paragraphs */
const unfolding = (summary, ...paragraphs) => html("details", { class: "nn-details" }, html("summary", {}, summary),
  ...paragraphs.map((text) => html("p", {}, text)));

/** What a mark says, and the mistake that is made with it. */
function aboutMarks() {
  return unfolding("What the marks say, and what they do not",
    "The marks are one more use of the backward pass. Training starts it at the loss; here it starts at one class, "
      + "with 1 at its score and 0 at the others, or with y − p for its log p. It then runs one step further than "
      + "training needs, to the input: dx = W¹ᵀ dz¹. An entry of dx is the slope for one block.",
    "A slope says what a little more ink would do. It does not say how much of the answer the ink that is there has "
      + "made: a block with no ink can have the steepest slope of all. To learn what a block does, take it away and "
      + "run the network again. That is what wiping shows.");
}

/** How a drawing becomes 64 numbers, and where that departs from the data set. */
function aboutCounts() {
  return unfolding("How your drawing becomes 64 numbers",
    "The digits of the data set were written on paper, scanned, and put through programs of NIST, the American "
      + "institute for standards (Garris and others, 1994). They stretch a digit to 20 by 32 pixels, thin it or "
      + "thicken it until it has a usual amount of ink, and shear it until its left edge near the top stands above "
      + "its left edge near the foot. What remains is counted: how many pixels are on in each block of 4 by 4?",
    "Your drawing goes the same way, from a line and not from a scan. The pen is as wide as gives 313 pixels of ink, "
      + "the data set’s average, and at most 7 pixels. Nothing is stretched more than half as much again one way than "
      + "the other, so that a bare 1 stays a line. A screen leaves no blots, gaps or rough edges, so a drawn digit is "
      + "cleaner than a scanned one. Take the tick away, and the drawing is only counted, where and as large as it "
      + "is, which no digit of the data set was.",
    "The shear explains some wrong answers. It pushes the top of a 9 with a straight tail to the right until it "
      + "looks like a 4 or a 7. Most 9s of the data set end in a hook.");
}

// ------------------------------------------------------------------------------ the state

/** @type {import("../../kit/choices.js").Rules<State, Data>} */
export const rules = {
  strokes: (strokes) => strokes.every(({ length }) => length % 2 === 0) || "lists of an even number of coordinates",
  example: (example, _, { examples }) => example < examples.length || `below ${examples.length}`,
};

export default { render, rules };
