// Words for what a run does. Each follows from numbers: the recorded losses, the length of the
// gradient, the state of the hidden neurons.

import { formatCount, formatNumber } from "../../maths/format.js";

const WINDOW = 24; // recorded losses that are looked at
const FEW = 6;
const BLOCK = 12;
const LOW = 0.3; // of the price of guessing: below this a run that stands still has learned
const STILL = 0.02; // relative fall within the window below which the loss counts as standing
const NO_SLOPE = 0.03;
const MOSTLY = 0.8; // so many flat values make a layer saturated

/** @typedef {{kind: string, text: string, more: string}} Verdict */
/** @typedef {import("./training.js").Run} Run */
/** @typedef {import("./measure.js").Measured} Measured */
/** @typedef {import("./record.js").Entry} Entry */
/** @typedef {ReturnType<typeof trend>} Trend */

/**
 * How the losses of the window move.
 * @param {{update: number, loss: number}[]} entries
 */
export function trend(entries) {
  const window = entries.slice(-WINDOW);
  const losses = window.map(({ loss }) => loss);
  const third = Math.max(1, Math.floor(losses.length / 3));
  const [first, last] = [losses.slice(0, third), losses.slice(-third)].map(mean);
  const rises = losses.filter((loss, n) => n > 0 && loss > losses[n - 1]).length;
  return {
    updates: window.at(-1).update - window[0].update,
    fall: (first - last) / first,
    rises, steps: losses.length - 1,
    swing: (Math.max(...losses) - Math.min(...losses)) / mean(losses),
  };
}

/** @param {number[]} values */
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/**
 * Where the loss on the birds held out was lowest, if it has risen since while training went on.
 * Blocks of records are compared, not single ones: a small batch makes any one loss tremble. `now` is
 * the present loss, as it stands beside the sentence.
 * @param {Entry[]} entries
 */
export function memorised(entries) {
  /** @type {Entry[]} */
  const blocks = [];
  for (let end = entries.length; end >= BLOCK; end -= BLOCK) blocks.unshift(summary(entries.slice(end - BLOCK, end)));
  if (blocks.length < 2 || entries[0].held === null) return null;
  const now = blocks.at(-1);
  const best = blocks.reduce((a, b) => (b.held < a.held ? b : a));
  return now.held > 1.3 * best.held && now.loss < best.loss ? { ...best, now: entries.at(-1).held } : null;
}

/** @param {Entry[]} block */
const summary = (block) => ({
  update: block[Math.floor(block.length / 2)].update,
  loss: mean(block.map(({ loss }) => loss)),
  held: mean(block.map(({ held }) => held)),
});

/**
 * One word: start, lost, dead, raised, lowered, oscillating, noisy, saturated, memorising, trembling,
 * settled, plateau, crawling, learning.
 * @param {import("./training.js").Run} run
 * @param {import("./measure.js").Measured} now
 */
export function kindOfRun(run, now) {
  const { entries } = now;
  const { fall, rises, steps, swing } = trend(entries);
  const high = now.loss > LOW * run.guessing;
  if (!Number.isFinite(now.loss)) return "lost";
  if (run.updates === 0) return "start";
  if (now.hidden.some(({ off, neurons }) => off === neurons)) return "dead";
  if (entries.length < FEW) return now.loss > entries.at(-2).loss ? "raised" : "lowered";
  if (high && rises >= 0.25 * steps && swing > 0.3 && fall < 0.3) {
    if (run.perEpoch === 1) return "oscillating";
    if (fall < 0.1 && entries.length >= WINDOW) return "noisy";
  }
  if (high && run.choice.activation !== "relu" && flattest(now.hidden).flat > MOSTLY) return "saturated";
  if (memorised(entries)) return "memorising";
  if (!high && fall < STILL && run.perEpoch > 1) return "trembling";
  if (Math.abs(fall) >= STILL) return "learning";
  if (!high) return "settled";
  return now.slope < NO_SLOPE ? "plateau" : "crawling";
}

/** @param {import("./measure.js").Hidden[]} hidden */
const flattest = (hidden) =>
  hidden.reduce((best, { flat }, l) => (flat > best.flat ? { flat, layer: l + 1 } : best), { flat: 0, layer: 0 });

/** @param {number} share */
const percent = (share) =>
  (share < 0.0005 ? "less than 0.1\u00a0%" : `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)}\u00a0%`);
/** @param {import("./measure.js").Hidden[]} hidden @param {(layer: import("./measure.js").Hidden) => boolean} test */
const layerWhere = (hidden, test) => hidden.findIndex(test) + 1;
/** @param {Trend} trend */
const lately = ({ updates, fall }) =>
  `the last ${formatCount(updates)} updates ${fall < 0 ? "raised" : "lowered"} the loss by ${percent(Math.abs(fall))}`;

/** @type {Record<ReturnType<typeof kindOfRun>, (run: Run, now: Measured, trend: Trend) => string>} */
const SENTENCES = {
  start: (run, now) => `No update yet. The loss is ${formatNumber(now.loss)}; always answering with how common each `
    + `species is would cost ${formatNumber(run.guessing)}.`,
  lost: () => "Diverged: the numbers have grown beyond what the machine can hold. Nothing can be learned from here.",
  dead: (run, now) => `Dead: in hidden layer ${layerWhere(now.hidden, ({ off, neurons }) => off === neurons)} every `
    + "neuron gives 0 for every bird. No gradient gets through, so this layer and those before it never move again.",
  raised: (run, now) => `The last update raised the loss from ${formatNumber(now.entries.at(-2).loss)} to `
    + formatNumber(now.loss) + (run.perEpoch > 1 ? ". One batch does not speak for all birds." : ": a step too long."),
  lowered: (run, now) => `Learning: the last update lowered the loss from ${formatNumber(now.entries.at(-2).loss)} to `
    + `${formatNumber(now.loss)}.`,
  oscillating: (run, now, { rises, steps }) =>
    `Oscillating: ${rises} of the last ${steps} recorded losses are higher than the one before, and they get no lower. `
      + "The steps are too long.",
  noisy: (run, now, { rises, steps }) =>
    `Jumping: ${rises} of the last ${steps} recorded losses are higher than the one before. Each batch pulls its own `
      + "way, and α is too large to average that out.",
  saturated: (run, now) => {
    const { flat, layer } = flattest(now.hidden);
    const name = run.choice.activation === "sigmoid" ? "the sigmoid" : "tanh";
    return `Saturated: ${percent(flat)} of the values in hidden layer ${layer} lie where ${name} is flat, its slope `
      + "below 2\u00a0% of its largest. Little gradient gets through.";
  },
  memorising: (run, now) => {
    const best = memorised(now.entries);
    return `Memorising: the loss on held-out birds was lowest around update ${formatCount(best.update)}, `
      + `${formatNumber(best.held)}, and is ${formatNumber(best.now)} now, while the training loss fell.`;
  },
  trembling: (run, now, { updates, swing }) =>
    `Trembling: the loss is low; over the last ${formatCount(updates)} updates it went up and down by `
      + `${percent(swing)}, because each batch pulls its own way.`,
  settled: (run, now, trend) => `Settled: the loss is low and ${lately(trend)}.`,
  plateau: (run, now, trend) =>
    `Plateau: ${lately(trend)}, and the gradient is nearly zero (length ${formatNumber(now.slope)}), yet the loss is `
      + "high.",
  crawling: (run, now, trend) =>
    `Crawling: ${lately(trend)}. The slope is there (length ${formatNumber(now.slope)}), but α makes the steps too `
      + "short.",
  learning: (run, now, trend) =>
    `Learning${run.perEpoch > 1 && trend.rises > 2 ? ", with some noise" : ""}: ${lately(trend)}.`,
};

/**
 * @param {Run} run @param {Measured} now
 * @returns {Verdict} the kind, its sentence, and more where there are twins or the run is over
 */
export function verdict(run, now) {
  const kind = kindOfRun(run, now);
  const twins = now.hidden.flatMap((layer, l) => (layer.twins ? [l + 1] : []));
  const same = twins.length
    ? `Twins: all neurons of hidden layer${twins.length > 1 ? "s" : ""} ${twins.join(" and ")} are the same, so each `
      + "such layer is worth one neuron."
    : "";
  const more = [same, endOf(run)].filter(Boolean).join(" ");
  return { kind, text: SENTENCES[kind](run, now, trend(now.entries)), more };
}

/** Why Run, Step and Epoch are out of use, and what is not. @param {Run} run */
function endOf(run) {
  if (!run.over()) return "";
  const where = run.lost() ? "The run ends here" : `The lab stops at update ${formatCount(run.updates)}`;
  return `${where}. Restart begins again at update 0.`;
}
