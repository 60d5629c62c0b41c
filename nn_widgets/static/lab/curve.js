// The loss so far: of the birds learned from, of those held out, and the price of guessing.

import { bottomAxis, leftAxis } from "../axes.js";
import { linearScale, logScale } from "../scale.js";
import { html, linePath, set, svg } from "../svg.js";

const MARGIN = { left: 56, right: 10, top: 10, bottom: 44 };
const HEIGHT = 220;
const LEAST = 20; // updates across

export function lossCurve() {
  const axes = svg("g");
  const lines = Object.fromEntries(["guess", "held", "loss"].map((name) => [name, svg("path", { class: `nn-lab-line nn-lab-${name}` })]));
  const picture = svg("svg", { role: "img" }, axes, ...Object.values(lines));
  const node = html("div", { class: "nn-lab-curve" }, picture);
  let [width, drawn] = [300, ""];
  return {
    node,
    fit(wide) {
      width = Math.min(wide, 640);
      drawn = "";
      set(picture, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
    },
    /** @param {import("./record.js").Entry[]} entries @param {{guessing: number, log: boolean, text: string}} about */
    draw(entries, { guessing, log, text }) {
      const across = [0, roundUp(Math.max(LEAST, entries.at(-1).update))];
      const up = log ? logDomain(entries, guessing) : [0, roundUp(highest(entries, guessing))];
      const x = linearScale(across, [MARGIN.left, width - MARGIN.right]);
      const y = (log ? logScale : linearScale)(up, [HEIGHT - MARGIN.bottom, MARGIN.top]);
      const key = [log, ...across, ...up].join();
      if (drawn !== key) {
        drawn = key;
        axes.replaceChildren(bottomAxis({ scale: x, at: HEIGHT - MARGIN.bottom, label: "updates", count: 4 }),
          leftAxis({ scale: y, at: MARGIN.left, label: "loss L", count: log ? 6 : 4 }));
      }
      const place = (name) => ({ update, [name]: value }) => [x(update), y(Math.max(value, up[0]))];
      set(lines.loss, { d: linePath(entries.map(place("loss"))) });
      set(lines.held, { d: entries[0].held === null ? "" : linePath(entries.map(place("held"))) });
      set(lines.guess, { d: linePath(across.map((at) => [x(at), y(guessing)])) });
      set(picture, { "aria-label": text });
    },
  };
}

const every = (entries) => entries.flatMap(({ loss, held }) => [loss, held ?? loss]).filter(Number.isFinite);
const highest = (entries, guessing) => every(entries).reduce((a, b) => Math.max(a, b), guessing);

function logDomain(entries, guessing) {
  const lowest = Math.max(every(entries).reduce((a, b) => Math.min(a, b), guessing), 1e-6);
  return [10 ** (Math.floor(2 * Math.log10(lowest)) / 2), roundUp(highest(entries, guessing))];
}

/** The next of 1, 1.5, 2, 3, 5, 7 times a power of ten: room that does not grow with every update. */
export function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 1.5, 2, 3, 5, 7, 10].find((factor) => factor * power >= value * (1 - 1e-12));
}
