// A network, its numbers, and the sum behind each neuron.

import { announcer } from "../../kit/announce.js";
import { button, controlBar, segmented, setUsable, slider, stepper } from "../../kit/controls.js";
import { itemKey, networkDiagram, subscript, superscript } from "../../kit/plot/diagram.js";
import { formatCount, formatFactor, formatNumber } from "../../maths/format.js";
import { redrawer } from "../../kit/frame.js";
import { follow, update } from "../../kit/model.js";
import { countParameters, feedforward, initLayers, layersFromNested, matrix, seededRandom } from "../../maths/nn.js";
import { html } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";

const SHOWN = 8; // inputs that get a slider, neurons that are drawn one by one
const PENGUIN = [2, 3, 2, 3];
const COLUMNS = [100, 100, 100, 100, 100, 100, 100];

/** @typedef {{sizes: number[], activation: string, x: number[]}} State */
/**
 * @typedef {{inputs: string[], means: number[], deviations: number[], species: string[]}} Bird what in and outputs mean
 */
/** @typedef {{layers: import("../../maths/parameters.js").Nested[], bird: Bird}} Data */
/** @typedef {import("../../kit/home.js").Context<State, Data>} Context */
/** @typedef {import("../../kit/model.js").Model<State>} Model */
/** @typedef {import("../../kit/plot/diagram.js").Item} Item */

/** @param {Context} context */
function render({ model, el, data, allowed }) {
  const voice = announcer(el);
  const counts = html("p", { class: "nn-explorer-counts" });
  const drawn = html("div", { class: "nn-explorer-drawn" });
  const bar = choices(model, allowed);
  el.append(bar.node, counts, drawn);
  /** @type {ReturnType<typeof networkView>} */
  let view;

  const paint = redrawer(() => view.draw(), 2);
  const rebuild = () => {
    view?.stop();
    view = networkView(model, data, voice.say);
    drawn.replaceChildren(...view.nodes);
    counts.textContent = countText(model.get("sizes"));
    paint.ask();
  };
  const unfollow = [follow(model, ["sizes"], rebuild), follow(model, ["x", "activation"], paint.ask)];
  return () => {
    unfollow.forEach((stop) => stop());
    [bar, paint, view, voice].forEach((part) => part.stop());
  };
}

/** 26 parameters = (3·2 + 3) + (2·3 + 2) + (3·2 + 3). @param {number[]} sizes */
export function countText(sizes) {
  const counts = sizes.map(formatCount);
  const parts = counts.slice(1).map((rows, l) => `(${rows}·${counts[l]} + ${rows})`);
  return `${formatCount(countParameters(sizes))} parameters = ${parts.join(" + ")}`;
}

/** The network and the input that the state means. @param {Model} model @param {Data} data */
function meant(model, data) {
  const sizes = model.get("sizes");
  const penguin = String(sizes) === String(PENGUIN);
  const layers = penguin ? layersFromNested(data.layers) : initLayers(sizes, seededRandom(1));
  return { sizes, layers, bird: penguin ? data.bird : null };
}

/** @param {Model} model @param {number} size */
const inputOf = (model, size) => Array.from({ length: size }, (_, k) => model.get("x")[k] ?? 0);

// ------------------------------------------------------------------------------- controls

/** @param {Model} model @param {Context["allowed"]} allowed */
function choices(model, allowed) {
  /** @param {number[]} sizes */
  const preset = (sizes) => () => update(model, { sizes });
  /** @type {[string, string][]} */
  const options = allowed.activation.of.map((name) => [name, name]);
  const activation = segmented({
    label: "Activation of the hidden layers", options,
    value: model.get("activation"), onChange: (name) => update(model, { activation: name }),
  });
  const sizes = sizeControls(model, allowed.sizes);
  const stops = [sizes.stop, follow(model, ["activation"], () => activation.set(model.get("activation")))];
  const presets = html("div", { class: "nn-buttons" },
    button("Penguin network", preset(PENGUIN)), button("Seven columns of 100", preset(COLUMNS)));
  const node = html("div", { class: "nn-controls-stack" }, presets, sizes.node, activation.node);
  return { node, stop: () => stops.forEach((stop) => stop()) };
}

/** @param {Model} model @param {Context["allowed"]["sizes"]} allowed */
function sizeControls(model, allowed) {
  const bar = html("div", { class: "nn-explorer-sizes" });
  /** @param {(sizes: number[]) => void} edit */
  const change = (edit) => {
    const sizes = [...model.get("sizes")];
    edit(sizes);
    update(model, { sizes });
  };
  const more = button("Add a hidden layer", () => change((sizes) => sizes.splice(-1, 0, 3)));
  const fewer = button("Remove a hidden layer", () => change((sizes) => sizes.splice(-2, 1)));
  /** @type {ReturnType<typeof stepper>[]} */
  let boxes = [];
  const show = () => {
    const sizes = model.get("sizes");
    if (boxes.length !== sizes.length) {
      boxes = sizes.map((size, layer) => stepper({
        label: sizeName(layer, sizes.length), ...allowed.of, value: size,
        onChange: (n) => change((now) => { now[layer] = n; }),
      }));
      bar.replaceChildren(...boxes.map((box) => box.node));
    }
    boxes.forEach((box, layer) => box.set(sizes[layer]));
    setUsable(more, sizes.length < allowed.max);
    setUsable(fewer, sizes.length > allowed.min);
  };
  const stop = follow(model, ["sizes"], show);
  const buttons = html("div", { class: "nn-buttons" }, more, fewer);
  return { node: html("div", { class: "nn-controls-stack" }, bar, buttons), stop };
}

/** @param {number} layer @param {number} count */
function sizeName(layer, count) {
  if (layer === 0) return "Inputs";
  return layer === count - 1 ? "Outputs" : `Hidden layer ${layer}`;
}

/**
 * A slider for each input; in millimetres too where the inputs are a bird's.
 * @param {Model} model @param {number[]} sizes @param {Bird|null} bird
 */
function inputSliders(model, sizes, bird) {
  if (sizes[0] > SHOWN) return { nodes: [], show() {} };
  /** @param {number} k @param {number} value */
  const text = (k, value) => {
    const own = formatNumber(value);
    return bird ? `${own} (${(bird.means[k] + bird.deviations[k] * value).toFixed(1)} mm)` : own;
  };
  const sliders = inputOf(model, sizes[0]).map((value, k) => slider({
    label: bird ? `${bird.inputs[k]}, x${subscript(k)}` : `x${subscript(k)}`, min: -3, max: 3, step: 0.01, value,
    format: (now) => text(k, now),
    onInput: (now) => update(model, { x: inputOf(model, sizes[0]).map((old, n) => (n === k ? now : old)) }),
  }));
  return {
    nodes: [controlBar(...sliders.map((one) => one.node))],
    show: () => inputOf(model, sizes[0]).forEach((value, k) => sliders[k].set(value)),
  };
}

// ------------------------------------------------------------------------------- the picture

/**
 * Everything that depends on the sizes: input sliders, diagram, sum, table.
 * @param {Model} model @param {Data} data @param {(text: string) => void} say
 */
function networkView(model, data, say) {
  const { sizes, layers, bird } = meant(model, data);
  const last = layers.length;
  const inputs = inputSliders(model, sizes, bird);
  const all = sizes.every((size) => size <= SHOWN);
  /** @type {Item} */
  let picked = { kind: "edge", layer: 1, row: 0, col: 0 };
  /** @type {import("../../maths/nn.js").Trace} */
  let trace;
  /** @param {number} l */
  const after = (l) => (l === last ? trace.p : trace.h[l]).data;
  const diagram = networkDiagram({
    sizes, label: `Network ${sizes.join("–")}`, inputs: bird?.inputs, outputs: bird?.species,
    headings: sizes.map((_, l) => headingOf(l, last)),
    onPick: (item) => { if (item) { picked = item; showSum(); } },
    onPress: (item) => { picked = item; showSum(); say(spokenSum()); },
  });
  const sum = html("div", { class: "nn-explorer-sum" });
  const table = numbersTable({
    caption: `z and value of every neuron, ${sizes.join("–")}`, head: ["neuron", "z", "value"],
    rows: () => sizes.flatMap((size, l) => Array.from({ length: size }, (_, j) =>
      [headingOf(l, last) + subscript(j), l ? formatNumber(trace.z[l - 1].data[j]) : "", formatNumber(after(l)[j])])),
  });

  function showSum() {
    if (!all || !trace) return;
    diagram.light(litBy(picked, sizes));
    sum.replaceChildren(...sumOf(picked, { layers, trace, after, last, activation: model.get("activation") }));
  }
  /** The lines of the sum, one after the other; the second begins with its own equals sign. */
  function spokenSum() {
    return [...sum.children].map((line) => line.textContent).join(". ").replace(". = ", " = ");
  }
  function draw() {
    trace = feedforward(layers, matrix(sizes[0], 1, inputOf(model, sizes[0])), model.get("activation"));
    inputs.show();
    diagram.set({
      weight: (l, j, k) => layers[l - 1].W.data[j * layers[l - 1].W.cols + k],
      value: (l, j) => after(l)[j],
      note: (l, j) => (l ? `z ${formatNumber(trace.z[l - 1].data[j])}` : ""),
    });
    table.refresh();
    showSum();
    say(spoken(trace, bird));
  }
  return { nodes: [...inputs.nodes, diagram.node, all ? sum : tooLarge(), table.node], draw, stop: diagram.stop };
}

/** @param {number} layer @param {number} last */
function headingOf(layer, last) {
  if (layer === 0) return "x";
  return layer === last ? "p" : `h${superscript(layer)}`;
}

function tooLarge() {
  return html("p", { class: "nn-explorer-sum" }, `Layers of more than ${SHOWN} neurons are drawn as blocks. `
    + "Each band is one matrix W, with the number of its weights.");
}

/** @param {import("../../maths/nn.js").Trace} trace @param {Bird|null} bird */
function spoken(trace, bird) {
  const p = trace.p.data;
  const best = p.indexOf(Math.max(...p));
  const name = bird ? bird.species[best] : `output ${best + 1}`;
  return `Most probable: ${name}, p = ${formatNumber(p[best])}.`;
}

/** The edges and neurons that a picked item's sum is made of. @param {Item} item @param {number[]} sizes */
function litBy(item, sizes) {
  const { layer, row } = item;
  if (item.kind === "edge") return [itemKey(item), itemKey({ kind: "neuron", layer, row })];
  const into = Array.from({ length: layer ? sizes[layer - 1] : 0 },
    (_, col) => itemKey({ kind: "edge", layer, row, col }));
  return [itemKey(item), ...into];
}

/**
 * The sum behind a neuron, once in symbols and once in numbers, the picked edge's term marked.
 * @param {Item} item
 * @param {{layers: import("../../maths/nn.js").Layer[], trace: import("../../maths/nn.js").Trace,
 *   after: (l: number) => Float64Array, last: number, activation: string}} network
 */
function sumOf(item, { layers, trace, after, last, activation }) {
  const { layer, row } = item;
  const picked = item.kind === "edge" ? item.col : -1;
  const j = subscript(row);
  if (layer === 0) return [html("p", {}, `x${j} = ${formatNumber(after(0)[row])}: an input, not computed.`)];
  const { W, b } = layers[layer - 1];
  const [l, before] = [superscript(layer), headingOf(layer - 1, last)];
  const terms = Array.from({ length: W.cols }, (_, k) => [
    `W${l}${subscript(row, k)}·${before}${subscript(k)}`,
    `${formatFactor(W.data[row * W.cols + k])}·${formatFactor(after(layer - 1)[k])}`,
  ]);
  /** @param {string} start @param {0|1} which @param {string} end */
  const line = (start, which, end) => html("p", {}, start, ...terms.flatMap((term, k) => [
    k ? " + " : "", html(k === picked ? "mark" : "span", {}, term[which])]), ` + ${end}`);
  const z = trace.z[layer - 1].data[row];
  const value = after(layer)[row];
  const outer = layer === last
    ? `p${j} = softmax(z${l})${j} = ${formatNumber(value)}`
    : `h${l}${j} = ${activation}(${formatNumber(z)}) = ${formatNumber(value)}`;
  return [
    line(`z${l}${j} = `, 0, `b${l}${j}`),
    line("= ", 1, `${formatFactor(b[row])} = ${formatNumber(z)}`),
    ...(item.kind === "edge" ? [term(item, W, after(layer - 1), before)] : []),
    html("p", {}, outer),
  ];
}

/**
 * @param {Item & {kind: "edge"}} edge @param {import("../../maths/nn.js").Matrix} W @param {Float64Array} h
 * @param {string} before
 */
function term({ layer, row, col }, W, h, before) {
  const w = W.data[row * W.cols + col];
  const product = `W${superscript(layer)}${subscript(row, col)}·${before}${subscript(col)}`;
  return html("p", {}, "This edge’s term: ", html("strong", {},
    `${product} = ${formatNumber(w)}·${formatFactor(h[col])} = ${formatNumber(w * h[col])}`));
}

export default { render };
