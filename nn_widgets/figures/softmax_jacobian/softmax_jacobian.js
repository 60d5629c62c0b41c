// Softmax Jacobian: three scores, all nine slopes of softmax, and −y/p times each column. The state
// is the scores, the truth and how far the product is worked out; everything drawn follows from them.

import { announcer } from "../../kit/announce.js";
import { button, checkbox, segmented, setUsable } from "../../kit/controls.js";
import { formatNumber } from "../../maths/format.js";
import { redrawer, spaced } from "../../kit/frame.js";
import { follow, update } from "../../kit/model.js";
import { chain, CLASSES, presets } from "./chain.js";
import { drawn } from "./pieces.js";
import { productTable } from "./product.js";
import { scoreSliders } from "./scores.js";
import { waysTable } from "./ways.js";
import { entry, LAST_STEP, placeOf, say, stepOf } from "./words.js";
import { html, setText } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";

const LARGEST = 1000;
const REACHES = [6, LARGEST];

/** @typedef {{z: number[], truth: number, step: number, reach: number}} State */
/** @typedef {{bird: number[], species: string[]}} Data */
/** @typedef {import("../../kit/model.js").Model<State>} Model */
/** @typedef {import("./chain.js").Chain} Chain */

/** @param {import("../../kit/home.js").Context<State, Data>} context */
function render({ model, el, data }) {
  const voice = announcer(el);
  const choices = choiceBar(model, data);
  const scores = scoreSliders({
    species: data.species,
    onScore: (j, value) => update(model, { z: model.get("z").map((old, k) => (k === j ? value : old)) }),
  });
  const steps = stepBar(model);
  const product = productView(model);
  const ways = waysTable();
  let now = chain(model.get("z"), model.get("truth"));
  const table = numbersTable({
    caption: "Scores, probabilities and slopes", head: ["class", "z", "p", "y", "−y/p", "p − y"],
    rows: () => tableRows(now, data.species),
  });
  el.append(html("div", { class: "nn-sj" }, choices.node,
    html("div", { class: "nn-columns nn-sj-views" },
      html("div", { class: "nn-sj-left" }, scores.node, choices.reach), product.node),
    steps.node, ways.node, table.node));

  const draw = () => {
    const [step, reach] = [model.get("step"), model.get("reach")];
    now = chain(model.get("z"), model.get("truth"));
    choices.draw();
    scores.draw(now, reach);
    product.draw(now, step);
    if (step === said) texts.ask();
    else read();
  };
  // What is read, not watched: at once after a step, a little later while a score is dragged.
  let said = -1;
  const read = () => {
    said = model.get("step");
    steps.draw(now, said);
    ways.draw(now);
    table.refresh();
  };
  const texts = spaced(read);
  const paint = redrawer(draw, 2);
  const stops = [
    follow(model, ["z", "truth", "step", "reach"], paint.ask),
    listen(model, ["z", "truth"], () => voice.say(heard(model))),
    listen(model, ["step"], () =>
      voice.say(say(chain(model.get("z"), model.get("truth")), model.get("step")).sentence)),
  ];
  return () => [...stops, paint.stop, texts.stop, voice.stop].forEach((stop) => stop());
}

/** @param {Model} model @param {(keyof State)[]} names @param {() => void} callback */
function listen(model, names, callback) {
  names.forEach((name) => model.on(`change:${name}`, callback));
  return () => names.forEach((name) => model.off(`change:${name}`, callback));
}

/** @param {Model} model */
function heard(model) {
  const { p, short } = chain(model.get("z"), model.get("truth"));
  /** @param {number[]} values */
  const list = (values) => values.map(formatNumber).join(", ");
  return `p = ${list(p)}. p − y = ${list(short)}.`;
}

/** @param {Chain} chain @param {string[]} species */
function tableRows({ z, p, y, into, short }, species) {
  return CLASSES.map((i) => [species[i], ...[z, p, y, into, short].map((values) => formatNumber(values[i]))]);
}

// ------------------------------------------------------------------------------- controls

/** @param {Model} model @param {Data} data */
function choiceBar(model, { bird, species }) {
  const buttons = presets(bird).map(([name, state]) => button(name, () => update(model, state)));
  /** @type {[number, string][]} */
  const options = species.map((name, i) => [i, name]);
  const truth = segmented({
    label: "The truth is", options,
    value: model.get("truth"), onChange: (own) => update(model, { truth: own }),
  });
  const reach = checkbox({
    label: "Sliders from −1,000 to 1,000", value: model.get("reach") === LARGEST,
    onChange: (far) => {
      const own = REACHES[Number(far)];
      update(model, { reach: own, z: model.get("z").map((v) => Math.max(-own, Math.min(own, v))) });
    },
  });
  return {
    node: html("div", { class: "nn-sj-choices" }, html("div", { class: "nn-buttons" }, ...buttons), truth.node),
    reach: reach.node,
    draw() {
      truth.set(model.get("truth"));
      reach.set(model.get("reach") === LARGEST);
    },
  };
}

/** Back and next, and what the step says. @param {Model} model */
function stepBar(model) {
  /** @param {number} by */
  const go = (by) => () => update(model, { step: Math.max(0, Math.min(LAST_STEP, model.get("step") + by)) });
  const [back, next] = [button("Back", go(-1)), button("Next", go(1), { class: "nn-button nn-primary" })];
  const count = html("span", { class: "nn-sj-count" });
  const [symbols, numbers, sentence] = ["symbols", "figures", "sentence"].map((name) =>
    html("p", { class: `nn-sj-${name}` }));
  return {
    node: html("div", { class: "nn-sj-steps" }, html("div", { class: "nn-buttons" }, back, next, count),
      html("div", { class: "nn-sj-said" }, symbols, numbers, sentence)),
    /** @param {Chain} now @param {number} step */
    draw(now, step) {
      const said = say(now, step);
      symbols.replaceChildren(...drawn(said.symbols));
      numbers.replaceChildren(...drawn(said.numbers));
      setText(sentence, said.sentence);
      setText(count, `Step ${step} of ${LAST_STEP}`);
      setUsable(back, step > 0);
      setUsable(next, step < LAST_STEP);
    },
  };
}

/** The table, and the formula of the entry that the reader points at. @param {Model} model */
function productView(model) {
  const formula = html("p", { class: "nn-sj-formula", translate: "no" });
  let [picked, followed] = [{ row: 0, col: 0 }, ""];
  /** @type {Chain} */
  let now;
  const show = () => {
    table.light(picked);
    formula.replaceChildren(...drawn(entry(now, picked)));
  };
  // A step turns to the one entry that survives in its column; until the next, the reader points.
  /** @param {number} step */
  const turn = (step) => {
    const { column } = placeOf(step);
    const key = `${column} ${now.truth}`;
    if (column !== null && key !== followed) picked = { row: now.truth, col: column };
    followed = key;
  };
  const table = productTable({
    onColumn: (column) => update(model, { step: stepOf(column) }),
    onPick: (entryAt) => { picked = entryAt; show(); },
  });
  return {
    node: html("div", { class: "nn-sj-product" }, table.node, formula),
    /** @param {Chain} chainNow @param {number} step */
    draw(chainNow, step) {
      now = chainNow;
      turn(step);
      table.draw(now, step);
      show();
    },
  };
}

export default { render };
