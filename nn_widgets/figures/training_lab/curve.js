// The loss so far: of the birds learned from, of those held out, and the price of guessing.

import { plotFrame } from "../../kit/plot/plot.js";
import { html, linePath, set, svg } from "../../kit/svg.js";

const MARGIN = { left: 56, right: 10, top: 10, bottom: 44 };
const LEAST = 20; // updates across

/** @typedef {import("./record.js").Entry} Entry */

export function lossCurve() {
  /** @param {string} name */
  const line = (name) => svg("path", { class: `nn-lab-line nn-lab-${name}` });
  const lines = { guess: line("guess"), held: line("held"), loss: line("loss") };
  const plot = plotFrame({ margin: MARGIN, widest: 640, across: "updates", up: "loss L" });
  plot.picture.append(...Object.values(lines));
  return {
    node: html("div", { class: "nn-lab-curve" }, plot.picture),
    fit: plot.fit,
    /** @param {Entry[]} entries @param {{guessing: number, log: boolean, text: string}} about */
    draw(entries, { guessing, log, text }) {
      /** @type {[number, number]} */
      const across = [0, roundUp(Math.max(LEAST, entries.at(-1).update))];
      /** @type {[number, number]} */
      const up = log ? logDomain(entries, guessing) : [0, roundUp(highest(entries, guessing))];
      const { x, y } = plot.scales(across, up, { log, counts: [4, log ? 6 : 4] });
      /** @param {"loss"|"held"} name @returns {(entry: Entry) => number[]} */
      const place = (name) => (entry) => [x(entry.update), y(Math.max(entry[name], up[0]))];
      set(lines.loss, { d: linePath(entries.map(place("loss"))) });
      set(lines.held, { d: entries[0].held === null ? "" : linePath(entries.map(place("held"))) });
      set(lines.guess, { d: linePath(across.map((at) => [x(at), y(guessing)])) });
      plot.label(text);
    },
  };
}

/** @param {Entry[]} entries */
const every = (entries) => entries.flatMap(({ loss, held }) => [loss, held ?? loss]).filter(Number.isFinite);
/** @param {Entry[]} entries @param {number} guessing */
const highest = (entries, guessing) => every(entries).reduce((a, b) => Math.max(a, b), guessing);

/** @param {Entry[]} entries @param {number} guessing @returns {[number, number]} */
function logDomain(entries, guessing) {
  const lowest = Math.max(every(entries).reduce((a, b) => Math.min(a, b), guessing), 1e-6);
  return [10 ** (Math.floor(2 * Math.log10(lowest)) / 2), roundUp(highest(entries, guessing))];
}

/**
 * The next of 1, 1.5, 2, 3, 5, 7 times a power of ten: room that does not grow with every update.
 * @param {number} value
 */
export function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 1.5, 2, 3, 5, 7, 10].find((factor) => factor * power >= value * (1 - 1e-12));
}
