// Each machine's time in one step: work, messages, and waiting.

import { html, set, svg } from "../../kit/svg.js";

/** @typedef {import("./all_together.js").Scene} Scene */
/** @typedef {Scene["cost"]} Step */
/** @typedef {{step: Step, lost: number, slow: number, label: string}} Drawn */

const ROW = 26;
const NARROW = 420;

export function timeline() {
  const picture = svg("svg", { role: "img", class: "nn-together-time" });
  const node = html("div", {}, picture);
  let width = 640;
  /** @type {Drawn|null} */
  let last = null;

  /** @param {Drawn} now */
  function draw(now) {
    last = now;
    const { step, lost, slow, label } = now;
    const [left, name] = width < NARROW ? [52, ""] : [104, "machine "];
    const all = Math.max(step.ticks, 342);
    /** @param {number} tick */
    const x = (tick) => left + ((width - left - 6) * tick) / all;
    const height = 4 * ROW + 20;
    set(picture, { viewBox: `0 0 ${width} ${height}`, width, height, "aria-label": label });
    const rows = step.stretches.map((own, m) => {
      const state = m === lost ? " lost" : m === slow ? " slow" : "";
      return svg("g", { transform: `translate(0,${m * ROW})` },
        svg("text", { x: 0, y: 16, class: m === lost ? "nn-is-lost" : null }, `${name}${m + 1}${state}`),
        m === lost ? null : svg("path", { class: "nn-together-wait", d: `M${x(0)},12H${x(step.ticks)}` }),
        ...own.map(({ kind, start, end: until }) => svg("rect", {
          class: `nn-together-${kind}`, x: x(start), width: Math.max(x(until) - x(start) - 1, 1),
          ...(kind === "talk" ? { y: 8, height: 8 } : { y: 3, height: 18 }),
        })));
    });
    const end = x(step.ticks);
    picture.replaceChildren(...rows, svg("path", { class: "nn-together-end", d: `M${end},0V${4 * ROW}` }),
      svg("text", { x: end, y: 4 * ROW + 14, "text-anchor": "end" }, `${step.ticks} ticks`));
  }
  return {
    node, draw,
    /** @param {number} now */
    fit(now) { width = Math.max(now, 240); if (last) draw(last); },
  };
}
