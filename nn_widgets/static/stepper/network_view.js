// The penguin network with its numbers: forward above, backward below, an edge for each weight.

import { thickness } from "../diagram.js";
import { formatNumber } from "../format.js";
import { watchWidth } from "../page.js";
import { roving } from "../roving.js";
import { set, setText, svg } from "../svg.js";
import { flows, keyOf, kindOf, spokenRef, writtenName, writtenRef } from "./names.js";
import { layoutOf, slotsOf } from "./network_layout.js";
import { pointAt, pressIn } from "./pointing.js";
import { parameterRefs, SIZES, valueAt } from "./values.js";

const LEAST = 40; // pixels between layers from which an edge carries its number
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

/** An edge means its weight, or the slope of it at the step that computes that. */
function edgePart(weight, on) {
  const [line, hit, head] = [svg("path", { class: "nn-line" }), svg("path", { class: "nn-hit" }), svg("path", { class: "nn-head" })];
  const text = svg("text", { class: "nn-backward-edge-text", "text-anchor": "middle", dy: "0.35em", "aria-hidden": "true" });
  const node = svg("g", { class: "nn-backward-edge", role: "button" }, line, hit, head);
  const layer = Number(weight.name[1]);
  const slope = { ...weight, name: `d${weight.name}` };
  let [ends, scene, roomy] = [[0, 0, 0, 0], null, true];
  pointAt(node, on);

  return {
    node, layer, text,
    place(layout) {
      roomy = layout.gap >= LEAST;
      ends = layout.edge(layer, weight.row, weight.col);
      const [x1, y1, x2, y2] = ends;
      [line, hit].forEach((path) => path.setAttribute("d", `M${x1},${y1}L${x2},${y2}`));
    },
    draw(now) {
      scene = now;
      const meant = now.name === slope.name ? slope : weight;
      const value = valueAt(now.values, weight);
      line.setAttribute("stroke-width", 0.45 * thickness(value));
      node.classList.toggle("nn-negative", value < 0);
      node.dataset.key = keyOf(meant);
      const said = now.known(slope.name) ? `, ${writtenRef(slope)} = ${now.text(slope)}` : "";
      node.setAttribute("aria-label", `Edge ${writtenRef(weight)} = ${formatNumber(value)}${said}`);
      node.classList.toggle("nn-backward-spoiled", now.wrong?.changed.includes(slope.name) ?? false);
    },
    light(lit) {
      const key = keyOf(weight);
      const isResult = lit.result === keyOf(slope);
      const isHot = lit.hot === key || lit.hot === keyOf(slope);
      const isOperand = lit.operands.has(key);
      node.classList.toggle("nn-result", isResult);
      node.classList.toggle("nn-lit", isOperand);
      node.classList.toggle("nn-hot", isHot);
      const shown = isResult ? slope : isHot && lit.hot === keyOf(slope) ? slope : weight;
      setText(text, roomy && (isResult || isHot || isOperand) ? scene.text(shown) : "");
      text.setAttribute("class", `nn-backward-edge-text nn-fill-${kindOf(shown.name)}`);
      label(text, head, ends, isResult ? 0.5 : labelShare(lit, layer), isOperand ? (lit.backward ? -1 : 1) : 0);
    },
  };
}

/** Edges that meet at one end carry their numbers near the other. */
const labelShare = (lit, layer) => (lit.result.startsWith(`z${layer}.`) ? 0.33 : lit.result.startsWith(`dh${layer - 1}.`) ? 0.67 : 0.5);

function label(text, head, [x1, y1, x2, y2], share, way) {
  text.setAttribute("transform", `translate(${x1 + share * (x2 - x1)},${y1 + share * (y2 - y1)})`);
  const [x, y] = way > 0 ? [x2, y2] : [x1, y1];
  const turn = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  set(head, { d: way ? `M${-9 * way},-5L0,0L${-9 * way},5` : "", transform: `translate(${x},${y}) rotate(${turn})` });
}

/** A neuron's outline, and its bias below it while that is lit. */
function framePart(bias) {
  const rect = svg("rect", { rx: 5, class: "nn-backward-frame" });
  const text = svg("text", { class: "nn-backward-bias", "text-anchor": "middle" });
  const node = svg("g", {}, rect, text);
  const layer = Number(bias.name[1]);
  const slope = { ...bias, name: `d${bias.name}` };
  let scene = null;
  return {
    node,
    place(layout) {
      const { x, y, w, h } = layout.frame(layer, bias.row);
      set(rect, { x: x - 2, y: y - 2, width: w + 4, height: h + 4 });
      set(text, { x: x + w / 2, y: y + h + 14 });
    },
    draw(now) {
      scene = now;
      node.classList.toggle("nn-backward-spoiled", now.wrong?.changed.includes(slope.name) ?? false);
    },
    light(lit) {
      const [isResult, isOperand] = [lit.result === keyOf(slope), lit.operands.has(keyOf(bias))];
      const isHot = [keyOf(slope), keyOf(bias)].includes(lit.hot);
      const shown = isResult || lit.hot === keyOf(slope) ? slope : bias;
      set(node, { class: [isResult && "nn-result", isOperand && "nn-lit", isHot && "nn-hot", node.classList.contains("nn-backward-spoiled") && "nn-backward-spoiled"].filter(Boolean).join(" ") });
      setText(text, isResult || isOperand || isHot ? `${writtenName(shown.name)} ${scene.text(shown)}` : "");
      text.setAttribute("class", `nn-backward-bias nn-fill-${kindOf(shown.name)}`);
    },
  };
}

/** A place for a number. Of several that it may show it shows the step's own, else the latest. */
function slotPart(slot, on) {
  const rect = svg("rect", { rx: 4 });
  const text = svg("text", { "text-anchor": "middle", dy: "0.36em" });
  const node = svg("g", { class: "nn-backward-slot", role: "button" }, rect, text);
  let meant = null;
  pointAt(node, on);
  return {
    node, slot,
    place(layout) {
      const { x, y, w, h } = layout.box(slot);
      set(rect, { x: x + 1, y: y + 1, width: w - 2, height: h - 2 });
      set(text, { x: x + w / 2, y: y + h / 2, style: `font-size: ${layout.font}px` });
    },
    draw(scene) {
      const name = shownName(slot, scene);
      meant = { name, row: slot.row, col: flows(name) ? scene.example : 0 };
      const own = scene.text(meant);
      setText(text, own);
      node.dataset.key = keyOf(meant);
      set(node, { style: `--nn-role: var(--nn-${kindOf(name)})`, "aria-label": `${spokenRef(meant, scene.examples)}${own ? ` = ${own}` : ", not computed yet"}` });
      node.classList.toggle("nn-backward-later", !own);
      node.classList.toggle("nn-backward-spoiled", scene.wrong?.changed.includes(name) ?? false);
    },
    light(lit) {
      const key = keyOf(meant);
      node.classList.toggle("nn-result", key === lit.result);
      node.classList.toggle("nn-lit", lit.operands.has(key));
      node.classList.toggle("nn-hot", key === lit.hot);
    },
  };
}

function shownName({ names }, { name, known, pieces }) {
  if (names.includes(name)) return name;
  const used = names.find((one) => pieces.some((piece) => piece.ref?.name === one));
  return used ?? names.filter(known).at(-1) ?? names[0];
}

/** What the columns hold: forward above, backward below. */
function titlesOf(wide) {
  const at = (names, layer, across, low) => titlePart(names, layer, across, low, wide);
  const layers = [1, 2, 3].flatMap((l) => {
    const [out, back] = l === 3 ? ["p", "y"] : [`h${l}`, `dh${l}`];
    if (wide) return [at([`z${l}`], l, 0, false), at([out], l, 1, false), at([`dz${l}`], l, 0, true), at([back], l, 1, true)];
    return [at([`z${l}`, out], l, 0, false), at(l === 3 ? ["y", "dz3"] : [back, `dz${l}`], l, 0, true)];
  });
  return [at(["h0"], 0, 0, false), ...layers, at(["L"], 4, 0, false)];
}

/** The name of an input or an output, above it; it makes way for a bias where there is little room. */
function labelPart(name, layer, row, wide) {
  const node = svg("text", { class: "nn-backward-label", "text-anchor": layer || !wide ? "middle" : "start" }, name);
  return {
    node,
    place(layout) {
      const { x, y, w } = layout.frame(layer, row);
      set(node, { x: layer ? x + w / 2 : wide ? x : x + w / 2, y: y - 5 });
    },
    draw: (scene) => set(node, { visibility: !wide && layer && /^(z3|db3)$/.test(scene.name) ? "hidden" : null }),
  };
}

function titlePart(names, layer, across, low, wide) {
  const node = svg("text", { class: "nn-backward-title", "text-anchor": "middle" });
  return {
    node,
    place(layout) {
      const { x, w, y } = layout.box({ layer, row: 0, across, down: 0, id: names[0] });
      const beside = names[0] === "L" && !wide;
      set(node, { x: beside ? x - 12 : x + w / 2, y: names[0] === "L" ? y + (wide ? -7 : 15) : low ? layout.bottom + 14 : 14 });
    },
    draw(scene) {
      const name = shownName({ names }, scene);
      setText(node, writtenName(name));
      set(node, { class: `nn-backward-title nn-fill-${kindOf(name)}${scene.name === name ? " nn-result" : ""}` });
    },
  };
}
