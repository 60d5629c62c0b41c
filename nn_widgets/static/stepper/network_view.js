// The penguin network with its numbers: forward above, backward below, an edge for each weight.

import { watchWidth } from "../page.js";
import { roving } from "../roving.js";
import { set, svg } from "../svg.js";
import { edgePart } from "./network_edge.js";
import { layoutOf, slotsOf } from "./network_layout.js";
import { framePart, slotPart } from "./network_slot.js";
import { labelPart, titlesOf } from "./network_titles.js";
import { pressIn } from "./pointing.js";
import { parameterRefs, SIZES } from "./values.js";

const LOSS_EDGES = [0, 1, 2]; // from each p to L

/**
 * @param {{pointing: import("./pointing.js").Pointing,
 *   labels: [string[], string[]]}} options names of the inputs and of the outputs
 */
export function networkView({ pointing, labels }) {
  const node = svg("svg", { class: "nn-backward-network", role: "group", "aria-label": "The penguin network, 2–3–2–3" });
  pressIn(node, pointing);
  let [parts, scene, lit, layout] = [null, null, null, layoutOf(640)];

  const rebuild = () => {
    parts = partsOf(layout, pointing, labels);
    node.replaceChildren(...parts.lines, ...parts.edges.map((one) => one.node), ...parts.frames.map((one) => one.node),
      ...parts.slots.map((one) => one.node), ...parts.titles.map((one) => one.node), ...parts.edges.map((one) => one.text));
    roving(node, columnsOf(parts));
  };
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
    draw(now) {
      scene = now;
      [...parts.edges, ...parts.frames, ...parts.slots, ...parts.titles].forEach((part) => part.draw(now));
    },
    light(now) {
      lit = now;
      [...parts.edges, ...parts.frames, ...parts.slots].forEach((part) => part.light(now, scene));
    },
  };
  place(640);
  return { ...view, stop: watchWidth(node, place) };
}

function partsOf(layout, on, labels) {
  const refs = parameterRefs();
  return {
    lines: layout.wide ? LOSS_EDGES.map(() => svg("path", { class: "nn-backward-loss-line" })) : [],
    edges: refs.filter(({ name }) => name[0] === "W").map((ref) => edgePart(ref, on)),
    frames: refs.filter(({ name }) => name[0] === "b").map((ref) => framePart(ref)),
    slots: slotsOf(layout.wide).map((slot) => slotPart(slot, on)),
    titles: [...titlesOf(layout.wide), ...labels.flatMap((names, end) => names.map((name, row) => labelPart(name, end ? 3 : 0, row, layout.wide)))],
  };
}

/** For the arrow keys: numbers, edges, numbers, … from left to right. */
function columnsOf({ slots, edges }) {
  const columns = SIZES.flatMap((_, layer) => [
    layer ? edges.filter((one) => one.layer === layer).map((one) => one.node) : [],
    ...[0, 1].map((across) => slots.filter(({ slot }) => slot.layer === layer && slot.across === across).map((one) => one.node)),
  ]);
  return [...columns, slots.filter(({ slot }) => slot.id === "L").map((one) => one.node)].filter((column) => column.length);
}

function lossLine({ box, frame }, row) {
  const [from, to] = [frame(3, row), box({ id: "L" })];
  return `M${from.x + from.w},${from.y + from.h / 4}L${to.x},${to.y + to.h / 2}`;
}
