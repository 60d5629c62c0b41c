// A mistake switched on: what it changes now, and what training makes of it.

import { button, select } from "../../kit/controls.js";
import { formatNumber } from "../../maths/format.js";
import { runLoop } from "../../kit/frame.js";
import { makeTrainer } from "../../maths/nn.js";
import { prefersStill } from "../../kit/page.js";
import { html, setText } from "../../kit/svg.js";
import { hide } from "./hide.js";
import { MISTAKES, rightLines, wrongTraining } from "./mistakes.js";
import { writtenName } from "./names.js";
import { BACKWARD } from "./steps.js";
import { plot } from "./plot.js";

const STEPS = 200;
const PER_FRAME = 4;
const ALPHA = 1;

/** @typedef {import("./mistakes.js").Mistake} Mistake */
/** @typedef {{right: number[], broken: number[], refusal: string|null}} Race */

/**
 * @param {{onMistake: (place: number) => void, onBatch: () => void, all: () => import("./values.js").Setting}} options
 */
export function breakPanel({ onMistake, onBatch, all }) {
  /** @type {[number, string][]} */
  const options = MISTAKES.map(({ says }, i) => [i + 1, says]);
  options.unshift([0, "none: everything right"]);
  const which = select({ label: "Mistake", options, value: 0, onChange: onMistake });
  const code = html("pre", { class: "nn-backward-diff", translate: "no" });
  const changes = html("p", { class: "nn-backward-changes", role: "status" });
  const batch = button("Take three birds", onBatch);
  const curve = plot({ x: "step, on all 342 birds, α = 1", y: "loss L", lines: ["right", "broken"] });
  const outcome = html("p", { class: "nn-backward-outcome" });
  const legend = html("p", { class: "nn-backward-legend" }, html("span", { class: "nn-key-right" }, "right"),
    html("span", { class: "nn-key-broken" }, "with the mistake"));
  const node = html("section", { class: "nn-backward-panel", "aria-label": "Break it" }, which.node, code,
    html("div", { class: "nn-backward-halves" }, html("div", { class: "nn-backward-stack" }, changes, batch),
      html("div", {}, curve.node, legend, outcome)));
  const race = lossRace(node, (state) => show(curve, outcome, state));
  /** @type {string|null} */
  let started = null;

  return {
    node, stop() { curve.stop(); race.stop(); },
    /** @param {import("./scene.js").Scene} scene @param {{mistake: number}} state */
    draw({ wrong, examples, setting }, { mistake }) {
      which.set(mistake);
      const about = MISTAKES[mistake - 1];
      code.hidden = !about;
      if (about) code.replaceChildren(...diff(about));
      const quiet = Boolean(wrong && !wrong.changed.length && !wrong.refusal);
      setText(changes, about ? changesText(wrong, about, examples)
        : "Choose a mistake. The gradients that it changes are marked ≠, above and in the network; "
          + "where NumPy stops stands ✕.");
      hide(batch, !(quiet && examples === 1 && about.kind !== "σ′ of the sigmoid"), which.input);
      legend.hidden = !about;
      const key = `${mistake} ${setting.key}`;
      if (started !== key) race.start(about ?? null, all());
      started = key;
    },
    rest: () => { race.pause(); started = null; },
  };
}

/** @param {Mistake} about */
function diff(about) {
  /** @param {string} sign @param {string} text */
  const line = (sign, text) =>
    html("span", { class: sign === "−" ? "nn-diff-right" : "nn-diff-wrong" }, `${sign} ${text}\n`);
  return [...rightLines(about).map((text) => line("−", text)), ...about.lines.map((text) => line("+", text))];
}

/** @param {import("./mistakes.js").Compared} wrong @param {Mistake} about @param {number} examples */
function changesText({ changed, refusal, missed }, about, examples) {
  const names = BACKWARD.filter((name) => changed.includes(name)).map(writtenName);
  const listed = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
  const refused = refusal ? `NumPy stops at ${writtenName(missed[0])}: ${refusal}.` : "";
  if (names.length) return `Changed: ${listed}; ${names.length} of ${BACKWARD.length}. ${refused}`.trim();
  if (refusal) return `${refused} Nothing is wrong before that: the shapes give the mistake away.`;
  if (about.kind === "σ′ of the sigmoid") {
    return "Nothing changes: the hidden layers of this network are sigmoids. With tanh or relu it would be wrong.";
  }
  if (examples > 1) return "Nothing changes for these birds.";
  return "Nothing changes with one bird: N is 1, and there is nothing to sum. That is why such a mistake hides.";
}

/**
 * Right and wrong, side by side, a few steps a frame; at once for readers who asked for less motion.
 * @param {Element} el @param {(race: Race) => void} tell
 */
function lossRace(el, tell) {
  /**
   * @type {{trainer: ReturnType<typeof makeTrainer>, right: number[],
   *   wrong: ReturnType<typeof wrongTraining>|null}|null}
   */
  let runners = null;
  const state = () => ({ right: runners.right, broken: runners.wrong?.losses ?? [],
    refusal: runners.wrong?.refusal ?? null });
  const advance = () => {
    const { trainer, right, wrong } = runners;
    trainer.step(ALPHA);
    right.push(trainer.loss());
    if (wrong && !wrong.refusal) wrong.next();
    return right.length <= STEPS;
  };
  const loop = runLoop(el, () => {
    let more = true;
    for (let i = 0; more && i < (prefersStill() ? STEPS : PER_FRAME); i += 1) more = advance();
    tell(state());
    return more;
  });
  return {
    /** @param {Mistake|null} about @param {import("./values.js").Setting} setting */
    start(about, { layers, x, y }) {
      const trainer = makeTrainer(layers, x, y);
      runners = { trainer, right: [trainer.loss()], wrong: about && wrongTraining(about, layers, x, y, ALPHA) };
      tell(state());
      loop.start();
    },
    pause: loop.pause, stop: loop.stop,
  };
}

/** @param {import("./plot.js").Plot} curve @param {Element} outcome @param {Race} race */
function show(curve, outcome, { right, broken, refusal }) {
  const top = Math.max(1.6, 1.5 * right[0]);
  /** @param {number[]} losses @returns {[number, number][]} */
  const points = (losses) => losses.map((loss, n) => [n, Number.isFinite(loss) ? loss : 1e6]);
  const ended = right.length > STEPS;
  const says = ended ? outcomeText(right, broken, refusal) : "Training …";
  setText(outcome, says);
  curve.draw({ x: [0, STEPS], y: [0, Math.ceil(2 * top) / 2], lines: { right: points(right), broken: points(broken) },
    says });
}

/** @param {number[]} right @param {number[]} broken @param {string|null} refusal */
function outcomeText(right, broken, refusal) {
  const fine = `After ${STEPS} steps the right gradients have brought the loss from ${formatNumber(right[0])} to `
    + `${formatNumber(right.at(-1))}`;
  if (!broken.length) return `${fine}.`;
  if (refusal) {
    return `${fine}. With the mistake there is no ${broken.length === 1 ? "first" : "further"} step: ${refusal}.`;
  }
  const end = broken.at(-1);
  return `${fine}; with the mistake it is ${Number.isFinite(end) ? formatNumber(end) : "past all bounds"}.`;
}
