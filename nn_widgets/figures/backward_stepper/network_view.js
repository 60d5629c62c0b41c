// The penguin network with its numbers: forward above, backward below, an edge for each weight.

import { watchWidth } from "../../kit/page.js";
import { roving } from "../../kit/roving.js";
import { set, svg } from "../../kit/svg.js";
import { edgePart } from "./network_edge.js";
import { layoutOf, slotsOf } from "./network_layout.js";
import { framePart, slotPart } from "./network_slot.js";
import { labelPart, titlesOf } from "./network_titles.js";
import { pressIn } from "./pointing.js";
import { parameterRefs, SIZES } from "./values.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Lit} Lit */
/** @typedef {import("./network_layout.js").Layout} Layout */

const LOSS_EDGES = [0, 1, 2]; // from each p to L

/**
 * @param {{pointing: import("./pointing.js").Pointing,
 *   labels: [string[], string[]]}} options names of the inputs and of the outputs
 */
export function networkView({ pointing, labels }) {
  const node = svg("svg", { class: "nn-backward-network", role: "group",
    "aria-label": "The penguin network, 2–3–2–3" });
  pressIn(node, pointing);
  let layout = layoutOf(640);
  /** @type {ReturnType<typeof partsOf>} */
  let parts;
  /** @type {Scene} */
  let scene;
  /** @type {Lit} */
  let lit;

  const rebuild = () => {
    parts = partsOf(layout, pointing, labels);
    node.replaceChildren(...parts.lines, ...parts.edges.map((one) => one.node), ...parts.frames.map((one) => one.node),
      ...parts.slots.map((one) => one.node), ...parts.titles.map((one) => one.node),
      ...parts.edges.map((one) => one.text));
    roving(node, columnsOf(parts));
  };
  /** @param {number} width */
  const place = (width) => {
    const before = layout.wide;
    layout = layoutOf(width);
    set(node, { viewBox: `0 0 ${width} ${layout.height}`, height: layout.height });
    if (!parts || before !== layout.wide) rebuild();
    [...parts.edges, ...parts.frames, ...parts.slots, ...parts.titles].forEach((part) => part.place(layout));
    parts.lines.forEach((line, row) => line.setAttribute("d", lossLine(layout, row)));
    if (scene) view.draw(scene);
    if (lit) view.light(lit);
  };
  const view = {
    node,
    /** @param {Scene} now */
    draw(now) {
      scene = now;
      [...parts.edges, ...parts.frames, ...parts.slots, ...parts.titles].forEach((part) => part.draw(now));
    },
    /** @param {Lit} now */
    light(now) {
      lit = now;
      [...parts.edges, ...parts.frames, ...parts.slots].forEach((part) => part.light(now));
    },
  };
  place(640);
  return { ...view, stop: watchWidth(node, place) };
}

/** @param {Layout} layout @param {import("./pointing.js").Pointing} on @param {[string[], string[]]} labels */
function partsOf(layout, on, labels) {
  const refs = parameterRefs();
  return {
    lines: layout.wide ? LOSS_EDGES.map(() => svg("path", { class: "nn-backward-loss-line" })) : [],
    edges: refs.filter(({ name }) => name[0] === "W").map((ref) => edgePart(ref, on)),
    frames: refs.filter(({ name }) => name[0] === "b").map((ref) => framePart(ref)),
    slots: slotsOf(layout.wide).map((slot) => slotPart(slot, on)),
    titles: [...titlesOf(layout.wide),
      ...labels.flatMap((names, end) => names.map((name, row) => labelPart(name, end ? 3 : 0, row, layout.wide)))],
  };
}

/** For the arrow keys: numbers, edges, numbers, … from left to right. @param {ReturnType<typeof partsOf>} parts */
function columnsOf({ slots, edges }) {
  /** @param {(slot: import("./network_layout.js").Slot) => boolean} test */
  const slotsWhere = (test) => slots.filter(({ slot }) => test(slot)).map((one) => one.node);
  const columns = SIZES.flatMap((_, layer) => [
    layer ? edges.filter((one) => one.layer === layer).map((one) => one.node) : [],
    ...[0, 1].map((across) => slotsWhere((slot) => slot.layer === layer && slot.across === across)),
  ]);
  return [...columns, slotsWhere((slot) => slot.id === "L")].filter((column) => column.length);
}

/** @param {Layout} layout @param {number} row */
function lossLine({ box, frame }, row) {
  const [from, to] = [frame(3, row), box({ id: "L", layer: 4, row: 0, across: 0, down: 0 })];
  return `M${from.x + from.w},${from.y + from.h / 4}L${to.x},${to.y + to.h / 2}`;
}
