// The price of a prediction: three probabilities that sum to one, a truth, and −log p.

import { announcer } from "../../kit/announce.js";
import { button, checkbox, segmented, slider } from "../../kit/controls.js";
import { formatNumber } from "../../maths/format.js";
import { redrawer } from "../../kit/frame.js";
import { follow, stateOf, update } from "../../kit/model.js";
import { watchWidth } from "../../kit/page.js";
import { curveView } from "./curve.js";
import { partOfRest, sure, withShare } from "./simplex.js";
import { triangleView } from "./triangle.js";
import { priceOf, priceText, sumText, twoPrices, verdict } from "./words.js";
import { html, setText } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";

/** @type {Shares} */
const NOTES = [0.8, 0.1, 0.1];
/** @type {Shares} */
const THIRDS = [1 / 3, 1 / 3, 1 / 3];

/** @typedef {import("./simplex.js").Shares} Shares */
/** @typedef {{p: Shares, truth: number, compare: boolean}} State */
/** @typedef {{p: Shares, truth: number, species: string[]}} Bird */
/** @typedef {import("../../kit/model.js").Model<State>} Model */
/** @typedef {ReturnType<typeof partsOf>} Parts */

/** @param {import("../../kit/home.js").Context<State, {bird: Bird}>} context */
function render({ model, el, data }) {
  const { species } = data.bird;
  const now = () => stateOf(model, ["p", "truth", "compare"]);
  const shares = shareMemory(model);
  const parts = partsOf(model, species, shares.give);
  const views = arrange(el, model, parts, data.bird);
  const voice = announcer(el);
  const frame = redrawer(() => draw(parts, now(), species));
  let silent = true; // nobody has done anything yet
  const fit = () => {
    const columns = getComputedStyle(views).gridTemplateColumns.split(" ").map(parseFloat);
    parts.triangle.fit(columns[0], now().truth);
    parts.curve.fit(columns.at(-1));
    frame.ask();
  };
  const stops = [
    follow(model, ["p", "truth", "compare"], () => {
      frame.ask();
      if (!silent) voice.say(spoken(now(), species));
      silent = false;
    }),
    follow(model, ["truth"], fit),
    watchWidth(views, fit),
  ];
  draw(parts, now(), species);
  return () => {
    stops.forEach((stop) => stop());
    [frame, voice, shares].forEach((part) => part.stop());
  };
}

/** @param {Model} model @param {string[]} species @param {(k: number, value: number) => void} give */
function partsOf(model, species, give) {
  /** @type {[number, string][]} */
  const options = species.map((name, k) => [k, name]);
  const [p, truth] = [model.get("p"), model.get("truth")];
  return {
    truth: segmented({ label: "The bird is", options, value: truth, onChange: (now) => update(model, { truth: now }) }),
    triangle: triangleView({ species, now: () => model.get("p"), onMove: (now) => update(model, { p: now }) }),
    curve: curveView({ onMove: (value) => give(model.get("truth"), value) }),
    sliders: species.map((name, k) =>
      slider({ label: name, min: 0, max: 1, step: 0.001, value: p[k], onInput: (value) => give(k, value) })),
    compare: checkbox({ label: "Compare with 1 − p", value: false, onChange: (compare) => update(model, { compare }) }),
    comparison: comparison(),
    table: numbersTable({
      caption: "The prediction and its price, in nats", head: ["species", "y", "p", "−log p", "−y log p"],
      rows: () => tableRows({ p: model.get("p"), truth: model.get("truth") }, species),
    }),
    sum: html("p", { class: "nn-price-sum nn-figures", translate: "no" }),
    price: html("p", { class: "nn-price-now nn-figures" }),
    words: html("p", { class: "nn-price-words" }),
  };
}

/** How the other two share the rest: kept for each class, also while there is nothing to share. @param {Model} model */
function shareMemory(model) {
  const parts = [0.5, 0.5, 0.5];
  let moving = -1;
  const end = follow(model, ["p"], () => parts.forEach((_, k) => {
    if (k !== moving) parts[k] = partOfRest(model.get("p"), k) ?? parts[k];
  }));
  return {
    stop: end,
    /** @param {number} k @param {number} value */
    give(k, value) {
      moving = k;
      update(model, { p: withShare(k, value, parts[k]) });
      moving = -1;
    },
  };
}

// -------------------------------------------------------------------------------- layout

/** @param {HTMLElement} el @param {Model} model @param {Parts} parts @param {Bird} bird */
function arrange(el, model, parts, bird) {
  const views = html("div", { class: "nn-price-views" }, parts.triangle.node, parts.curve.node);
  const sliders = html("div", { class: "nn-price-sliders", role: "group", "aria-label": "The prediction p" },
    ...parts.sliders.map(({ node }) => node));
  parts.sliders.forEach(({ node }, k) => node.classList.add(`nn-price-class-${k}`));
  const hint = html("p", { class: "nn-price-hint" },
    "Each place in the triangle is a prediction, the nearer to a corner, the surer. Lines join equal prices.");
  el.append(html("div", { class: "nn-price" },
    html("div", { class: "nn-price-setting" }, parts.truth.node, presets(model, bird)), sliders,
    html("div", { class: "nn-price-said" }, parts.sum, parts.price, parts.words), views, hint,
    parts.compare.node, parts.comparison.node, parts.table.node));
  return views;
}

/** @param {Model} model @param {Bird} bird */
function presets(model, { p, truth }) {
  const wrong = () => (model.get("truth") + 1) % 3;
  return html("div", { class: "nn-buttons nn-price-presets", role: "group", "aria-label": "Predictions" },
    button("The book’s bird", () => update(model, { p, truth })),
    button("Sure and right", () => update(model, { p: sure(model.get("truth")) })),
    button("Uniform guess", () => update(model, { p: THIRDS })),
    button("(0.8, 0.1, 0.1)", () => update(model, { p: NOTES, truth: 0 })),
    button("Sure and wrong", () => update(model, { p: sure(wrong()) })));
}

/** Both prices and their slopes, in the rows of one small table. */
function comparison() {
  const cells = [0, 1].map(() => [html("th", { scope: "row" }), html("td"), html("td")]);
  const head = ["price", "now", "slope for the truth’s score z"].map((text) => html("th", { scope: "col" }, text));
  const node = html("table", { class: "nn-numbers nn-price-comparison" },
    html("caption", { class: "nn-hidden" }, "Two prices and their slopes"),
    html("thead", {}, html("tr", {}, ...head)), html("tbody", {}, ...cells.map((row) => html("tr", {}, ...row))));
  return {
    node,
    /** @param {State} state */
    draw({ p, truth, compare }) {
      node.hidden = !compare;
      twoPrices(p, truth).forEach(({ name, price, slope }, n) =>
        [name, formatNumber(price), formatNumber(slope)].forEach((text, c) => setText(cells[n][c], text)));
    },
  };
}

// --------------------------------------------------------------------------------- drawing

/** @param {Parts} parts @param {State} state @param {string[]} species */
function draw(parts, { p, truth, compare }, species) {
  parts.truth.set(truth);
  parts.compare.set(compare);
  parts.sliders.forEach((one, k) => {
    one.set(p[k]);
    one.node.classList.toggle("nn-price-true", k === truth);
    setText(one.node.querySelector("label"), `${species[k]}, p${"₁₂₃"[k]}${k === truth ? " (true)" : ""}`);
  });
  setText(parts.sum, `L = ${sumText(p, truth)}`);
  setText(parts.price, priceText(p, truth));
  setText(parts.words, verdict(p, truth, species));
  parts.triangle.draw(p, truth);
  parts.curve.draw({ own: p[truth], price: priceOf(p, truth), compare,
    text: `Price against the probability of the truth. ${spoken({ p, truth }, species)}` });
  parts.comparison.draw({ p, truth, compare });
  parts.table.refresh();
}

/** @param {Pick<State, "p"|"truth">} state @param {string[]} species */
function spoken({ p, truth }, species) {
  const price = priceOf(p, truth);
  const cost = price === Infinity ? "no finite price" : `${formatNumber(price)} nats`;
  return `${species[truth]} is true and has ${formatNumber(p[truth])}: ${cost}.`;
}

/** @param {Pick<State, "p"|"truth">} state @param {string[]} species */
function tableRows({ p, truth }, species) {
  const price = formatNumber(priceOf(p, truth));
  const rows = species.map((name, k) => [name, k === truth ? 1 : 0, formatNumber(p[k]),
    formatNumber(priceOf(p, k)), k === truth ? price : 0]);
  return [...rows, ["sum", 1, 1, "", price]];
}

/** @type {import("../../kit/choices.js").Rules<State, {bird: Bird}>} */
const rules = {
  p: ([a, b, c]) => Math.abs(a + b + c - 1) <= 1e-6 || "three probabilities that sum to 1",
};

export default { render, rules };
