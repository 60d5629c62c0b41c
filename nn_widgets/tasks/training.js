// The reader's own pass at work: the loss as it falls, or does not, beside that of the right pass.

import { counted, formatCount, formatNumber } from "../maths/format.js";
import { bottomAxis, leftAxis } from "../kit/plot/axes.js";
import { linearScale } from "../kit/plot/scale.js";
import { svg } from "../kit/svg.js";
import { make } from "../quiz/dom.js";

const [WIDEST, HEIGHT] = [520, 240];
const EDGE = { left: 56, right: 18, top: 12, bottom: 46 };
/** @typedef {import("../python/runner.js").Value} Value */

const LIKE = 0.01; // losses nearer than this end alike
const HIGHEST = 1.4;

/**
 * @typedef {object} Plan as `train` of a task's file and task_html.py make it
 * @property {number} every so many steps the loss is told
 * @property {number} birds
 * @property {{losses: number[], birds: number}} right what the right pass gives
 * @property {string} setup
 * @property {import("../python/runner.js").Repeat} repeat
 */

export class Training {
  /**
   * @param {Plan} plan
   * @param {number} room in CSS pixels
   */
  constructor({ every, birds, right }, room) {
    this.every = every;
    this.birds = birds;
    this.right = right;
    /** @type {number[]} */
    this.losses = [];
    this.correct = 0;
    const width = Math.max(Math.min(room, WIDEST), 240);
    this.x = linearScale([0, (right.losses.length - 1) * every], [EDGE.left, width - EDGE.right]);
    this.y = linearScale([0, HIGHEST], [HEIGHT - EDGE.bottom, EDGE.top]);
    this.own = svg("path", { class: "nn-own-loss" });
    const theirs = svg("path", { class: "nn-right-loss", d: this.path(right.losses) });
    this.picture = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, style: `max-width: ${width}px`, role: "img",
      "aria-label": "Loss over the steps" },
      bottomAxis({ scale: this.x, at: HEIGHT - EDGE.bottom, label: "steps", count: 4 }),
      leftAxis({ scale: this.y, at: EDGE.left, label: "loss" }), theirs, this.own);
    this.words = make("p", { class: "nn-train-words", role: "status" });
    const key = make("p", { class: "nn-train-key" }, make("span", { class: "nn-key-own" }, "your pass"),
      make("span", { class: "nn-key-right" }, "the right pass"));
    this.node = make("div", { class: "nn-training" }, key, this.picture, this.words);
  }

  /**
   * What Python tells after some steps: the loss, and how many birds are right.
   * @param {number} step @param {Value} told
   */
  add(step, { items }) {
    this.losses.push(Number(items[0].value));
    this.correct = Number(items[1].value);
    this.own.setAttribute("d", this.path(this.losses));
  }

  /** @param {number[]} losses */
  path(losses) {
    const points = losses.map((loss, k) => [k * this.every, loss]).filter(([, loss]) => Number.isFinite(loss));
    return points.map(([step, loss], k) => `${k ? "L" : "M"}${this.x(step).toFixed(1)},${
      this.y(Math.min(loss, HIGHEST)).toFixed(1)}`).join("");
  }

  /** @param {boolean} stopped */
  end(stopped) {
    const share = ((100 * this.correct) / this.birds).toFixed(1);
    const [first, last] = [this.losses[0], this.losses.at(-1)];
    if (last === undefined) return;
    const steps = (this.losses.length - 1) * this.every;
    const [after, are] = [counted(steps, "step", "steps"), this.correct === 1 ? "is" : "are"];
    const loss = `After ${after} the loss is ${formatNumber(last)}, from ${formatNumber(first)}`;
    this.words.textContent = `${loss}, and ${this.correct} of ${this.birds} birds ${are} right: ${share}\u00a0%. ${
      stopped ? "It stopped there." : this.read()}`;
  }

  /** What the curve shows. */
  read() {
    const [first, last] = [this.losses[0], this.losses.at(-1)];
    const right = this.right.losses;
    const broken = this.losses.findIndex((loss) => !Number.isFinite(loss));
    if (broken >= 0) {
      const step = formatCount(broken * this.every);
      return `From step ${step} on the loss is no number: the steps have grown until they overflow.`;
    }
    if (this.losses.every((loss, k) => Math.abs(loss - right[k]) < 0.001)) {
      return "It is the curve of the right pass.";
    }
    if (last > first + LIKE) return "The loss has risen: these steps do not lead downhill.";
    if (last > first - LIKE) return "The loss is where it began: these steps lead nowhere.";
    if (last > right.at(-1) + LIKE) {
      return "It falls, but ends above the right pass: a wrong direction can still lead downhill for a while.";
    }
    return "It ends where the right pass ends, by another way: a falling curve is no proof of a right gradient.";
  }
}
