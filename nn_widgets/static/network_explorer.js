// A network, its numbers, and the sum behind each neuron.

import { announcer } from "./announce.js";
import { button, controlBar, segmented, slider, stepper } from "./controls.js";
import { itemKey, networkDiagram, superscript } from "./diagram.js";
import { formatCount, formatFactor, formatNumber } from "./format.js";
import { redrawer } from "./frame.js";
import { follow, update } from "./model.js";
import { countParameters, feedforward, initLayers, layersFromNested, matrix, seededRandom } from "./nn.js";
import { html } from "./svg.js";
import { numbersTable } from "./table.js";

const LARGEST = 1000;
const MOST_LAYERS = 7;
const SHOWN = 8; // inputs that get a slider, neurons that are drawn one by one
const PENGUIN = [2, 3, 2, 3];
const NOTES = [100, 100, 100, 100, 100, 100, 100];
const ACTIVATIONS = ["sigmoid", "tanh", "relu"];

/** @param {Record<string, any>} state */
function validate({ sizes, activation, x }) {
  const whole = (n) => Number.isInteger(n) && n >= 1 && n <= LARGEST;
  if (!Array.isArray(sizes) || sizes.length < 2 || sizes.length > MOST_LAYERS || !sizes.every(whole)) {
    throw new Error(`The sizes must be 2 to ${MOST_LAYERS} whole numbers from 1 to ${LARGEST}.`);
  }
  if (!ACTIVATIONS.includes(activation)) throw new Error(`The activation must be one of ${ACTIVATIONS.join(", ")}.`);
  if (!Array.isArray(x) || !x.every(Number.isFinite)) throw new Error("The input must be a list of numbers.");
}

/** @param {{model: import("./model.js").Model, el: HTMLElement}} context */
function render({ model, el }) {
  const voice = announcer(el);
  const counts = html("p", { class: "nn-explorer-counts" });
  const drawn = html("div", { class: "nn-explorer-drawn" });
  const bar = choices(model);
  el.append(bar.node, counts, drawn);
  let view = null;

  const rebuild = () => {
    view?.stop();
    view = networkView(model, voice.say);
    drawn.replaceChildren(...view.nodes);
    counts.textContent = countText(model.get("sizes"));
  };
  const paint = redrawer(() => view.draw());
  const unfollow = [follow(model, ["sizes", "layers"], rebuild), follow(model, ["x", "activation"], paint.ask)];
  return () => {
    unfollow.forEach((stop) => stop());
    [bar, paint, view, voice].forEach((part) => part.stop());
  };
}

/** 26 parameters = (3·2 + 3) + (2·3 + 2) + (3·2 + 3). @param {number[]} sizes */
export function countText(sizes) {
  const parts = sizes.slice(1).map((rows, l) => `(${formatCount(rows)}·${formatCount(sizes[l])} + ${formatCount(rows)})`);
  return `${formatCount(countParameters(sizes))} parameters = ${parts.join(" + ")}`;
}

/** The network and the input that the state means. */
function meant(model) {
  const sizes = model.get("sizes");
  const penguin = String(sizes) === String(PENGUIN);
  const layers = penguin ? layersFromNested(model.get("layers")) : initLayers(sizes, seededRandom(1));
  return { sizes, layers, bird: penguin ? model.get("bird") : null };
}

const inputOf = (model, size) => Array.from({ length: size }, (_, k) => model.get("x")[k] ?? 0);

// ------------------------------------------------------------------------------- controls

function choices(model) {
  const preset = (sizes) => () => update(model, { sizes });
  const activation = segmented({
    label: "Activation of the hidden layers", options: ACTIVATIONS.map((name) => [name, name]),
    value: model.get("activation"), onChange: (name) => update(model, { activation: name }),
  });
  const sizes = sizeControls(model);
  const stops = [sizes.stop, follow(model, ["activation"], () => activation.set(model.get("activation")))];
  const presets = html("div", { class: "nn-buttons" },
    button("Penguin network", preset(PENGUIN)), button("The notes’ network", preset(NOTES)));
  const node = html("div", { class: "nn-controls-stack" }, presets, sizes.node, activation.node);
  return { node, stop: () => stops.forEach((stop) => stop()) };
}

function sizeControls(model) {
  const bar = html("div", { class: "nn-explorer-sizes" });
  const change = (edit) => {
    const sizes = [...model.get("sizes")];
    edit(sizes);
    update(model, { sizes });
  };
  const more = button("Add a hidden layer", () => change((sizes) => sizes.splice(-1, 0, 3)));
  const fewer = button("Remove a hidden layer", () => change((sizes) => sizes.splice(-2, 1)));
  let boxes = [];
  const show = () => {
    const sizes = model.get("sizes");
    if (boxes.length !== sizes.length) {
      boxes = sizes.map((size, layer) => stepper({
        label: sizeName(layer, sizes.length), min: 1, max: LARGEST, value: size,
        onChange: (n) => change((now) => { now[layer] = n; }),
      }));
      bar.replaceChildren(...boxes.map((box) => box.node));
    }
    boxes.forEach((box, layer) => box.set(sizes[layer]));
    more.disabled = sizes.length >= MOST_LAYERS;
    fewer.disabled = sizes.length <= 2;
  };
  const stop = follow(model, ["sizes"], show);
  return { node: html("div", { class: "nn-controls-stack" }, bar, html("div", { class: "nn-buttons" }, more, fewer)), stop };
}

function sizeName(layer, count) {
  if (layer === 0) return "Inputs";
  return layer === count - 1 ? "Outputs" : `Hidden layer ${layer}`;
}

/** A slider for each input; in millimetres too where the inputs are a bird's. */
function inputSliders(model, sizes, bird) {
  if (sizes[0] > SHOWN) return { nodes: [], show() {} };
  const format = (k) => (value) => {
    const own = formatNumber(value);
    return bird ? `${own} (${(bird.means[k] + bird.deviations[k] * value).toFixed(1)} mm)` : own;
  };
  const sliders = inputOf(model, sizes[0]).map((value, k) => slider({
    label: bird ? `${bird.inputs[k]}, x[${k + 1}]` : `x[${k + 1}]`, min: -3, max: 3, step: 0.01, value, format: format(k),
    onInput: (now) => update(model, { x: inputOf(model, sizes[0]).with(k, now) }),
  }));
  return {
    nodes: [controlBar(...sliders.map((one) => one.node))],
    show: () => inputOf(model, sizes[0]).forEach((value, k) => sliders[k].set(value)),
  };
}

// ------------------------------------------------------------------------------- the picture

/** Everything that depends on the sizes: input sliders, diagram, sum, table. */
function networkView(model, say) {
  const { sizes, layers, bird } = meant(model);
  const last = layers.length;
  const inputs = inputSliders(model, sizes, bird);
  const all = sizes.every((size) => size <= SHOWN);
  let picked = { kind: "edge", layer: 1, row: 0, col: 0 };
  let trace = null;
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
      [`${headingOf(l, last)}[${j + 1}]`, l ? formatNumber(trace.z[l - 1].data[j]) : "", formatNumber(after(l)[j])])),
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
  draw();
  return { nodes: [...inputs.nodes, diagram.node, all ? sum : tooLarge(), table.node], draw, stop: diagram.stop };
}

function headingOf(layer, last) {
  if (layer === 0) return "x";
  return layer === last ? "p" : `h${superscript(layer)}`;
}

function tooLarge() {
  return html("p", { class: "nn-explorer-sum" }, `Layers of more than ${SHOWN} neurons are drawn as blocks. Each band is one matrix W, with the number of its weights.`);
}

function spoken(trace, bird) {
  const p = trace.p.data;
  const best = p.indexOf(Math.max(...p));
  const name = bird ? bird.species[best] : `output ${best + 1}`;
  return `Most probable: ${name}, p = ${formatNumber(p[best])}.`;
}

/** The edges and neurons that a picked item's sum is made of. */
function litBy(item, sizes) {
  if (item.kind === "edge") return [itemKey(item), itemKey({ kind: "neuron", layer: item.layer, row: item.row })];
  const into = item.layer ? Array.from({ length: sizes[item.layer - 1] }, (_, col) => ({ ...item, kind: "edge", col })) : [];
  return [item, ...into].map(itemKey);
}

/** The sum behind a neuron, once in symbols and once in numbers, the picked edge's term marked. */
function sumOf({ kind, layer, row, col }, { layers, trace, after, last, activation }) {
  if (layer === 0) return [html("p", {}, `x[${row + 1}] = ${formatNumber(after(0)[row])}: an input, not computed.`)];
  const { W, b } = layers[layer - 1];
  const [l, j, before] = [superscript(layer), row + 1, headingOf(layer - 1, last)];
  const terms = Array.from({ length: W.cols }, (_, k) => [
    `W${l}[${j}, ${k + 1}]·${before}[${k + 1}]`,
    `${formatFactor(W.data[row * W.cols + k])}·${formatFactor(after(layer - 1)[k])}`,
  ]);
  const line = (start, which, end) => html("p", {}, start, ...terms.flatMap((term, k) => [
    k ? " + " : "", html(kind === "edge" && k === col ? "mark" : "span", {}, term[which])]), ` + ${end}`);
  const z = trace.z[layer - 1].data[row];
  const value = after(layer)[row];
  const outer = layer === last
    ? `p[${j}] = softmax(z${l})[${j}] = ${formatNumber(value)}`
    : `h${l}[${j}] = ${activation}(${formatNumber(z)}) = ${formatNumber(value)}`;
  return [
    line(`z${l}[${j}] = `, 0, `b${l}[${j}]`),
    line("= ", 1, `${formatFactor(b[row])} = ${formatNumber(z)}`),
    term(kind, W, row, col, after(layer - 1), l, before),
    html("p", {}, outer),
  ].filter(Boolean);
}

function term(kind, W, row, col, h, l, before) {
  if (kind !== "edge") return null;
  const w = W.data[row * W.cols + col];
  return html("p", {}, "This edge’s term: ", html("strong", {},
    `W${l}[${row + 1}, ${col + 1}]·${before}[${col + 1}] = ${formatNumber(w)}·${formatFactor(h[col])} = ${formatNumber(w * h[col])}`));
}

export default { render, validate, linked: ["sizes", "activation", "x"] };
