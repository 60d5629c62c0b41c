// The reader writes the line of a step; Python, which is loaded when it is asked for, says what it gives.

import { button, setUsable } from "../../kit/controls.js";
import { html, setText, uniqueId } from "../../kit/svg.js";
import { formatNumber } from "../../maths/format.js";
import { matrix } from "../../maths/nn.js";
import { isThere, loadPython } from "../../python/load.js";
import { shapeText } from "./arrays.js";
import { hide } from "./hide.js";
import { kindOf, layerOf, writtenName, writtenRef } from "./names.js";
import { ruleOf, STEPS, variablesOf } from "./steps.js";
import { valueAt } from "./values.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("../../maths/nn.js").Matrix} Matrix */
/** @typedef {import("../../python/runner.js").Value} Value */
/** @typedef {{step: string, setting: string, line: string, given: Matrix|null}} Written a line, and what it gives */

const SETUP = "import numpy as np\nfrom nn_core import *";
const NO_PYTHON = "There is no Python here to run it: the built book has one.";
const LONGEST = 200; // characters

/**
 * What a line may speak of: the name of the code for each of its quantities, and the step's own name.
 * @param {string} step @returns {{target: string, names: Record<string, string>}}
 */
export function namesOf(step) {
  const names = { ...variablesOf(step) };
  const rule = ruleOf(step);
  const target = step === "p" || step === "L" ? step : kindOf(step);
  for (const [own, name] of Object.entries(names)) if (name === step) delete names[own];
  if (rule === "dz") names.z = `z${layerOf(step)}`; // for a slope that takes z
  if (step === "L") names.p = "p";
  return { target, names };
}

/**
 * "p has (3, 1); h is h², (2, 1)": what reads the same is named once.
 * @param {Record<string, string>} names @param {import("./values.js").Values} values
 */
export const givenText = (names, values) => Object.entries(names).map(([own, name]) => {
  const [of, shape] = [writtenName(name), shapeText(values.get(name))];
  return own === of ? `${own} has ${shape}` : `${own} is ${of}, ${shape}`;
}).join("; ");

/** What stands behind the `=` of a line that names its step. @param {string} line @param {string} target */
export function expressionOf(line, target) {
  const [, own, rest] = /^\s*([A-Za-z]\w*)\s*=(?!=)(.*)$/s.exec(line) ?? [];
  return (own === target ? rest : line).trim();
}

/**
 * A described value as a matrix; a vector has lost an axis.
 * @param {Value} value @returns {import("./arrays.js").NdArray|null}
 */
export function matrixOf(value) {
  if (value.type === "ndarray") {
    const [rows, cols] = value.shape;
    const data = Array.from(value.data, Number);
    return cols === undefined ? { ...matrix(rows, 1, data), line: true } : matrix(rows, cols, data);
  }
  return ["float", "int", "bool"].includes(value.type) ? matrix(1, 1, [Number(value.value)]) : null;
}

/** Whether a line gives what is right: the shape and every entry. @param {Matrix} given @param {Matrix} right */
export const agrees = (given, right) => shapeText(given) === shapeText(right) && !firstWrong(given, right);

/** The first entry that differs, as [row, col]; null if none does. @param {Matrix} given @param {Matrix} right */
export function firstWrong(given, right) {
  const at = given.data.findIndex((v, i) => !(Math.abs(v - right.data[i]) <= 1e-9 + 1e-6 * Math.abs(right.data[i])));
  return at < 0 ? null : /** @type {[number, number]} */ ([Math.floor(at / right.cols), at % right.cols]);
}

/**
 * @param {{onWritten: (written: Written, entry: [number, number]|null) => void, onNext: () => void}} options
 *   `entry` is the first that the line gets wrong
 */
export function writePanel({ onWritten, onNext }) {
  const [id, help] = [uniqueId("nn-write"), uniqueId("nn-write-help")];
  const label = html("label", { for: id });
  const input = html("input", { id, type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    translate: "no", maxlength: LONGEST, "aria-describedby": help, class: "nn-backward-line-field", onkeydown });
  const may = html("p", { id: help, class: "nn-backward-hint" });
  const check = button("Run it", run, { class: "nn-button nn-primary" });
  const next = button("Next line", () => { next.focus(); onNext(); }); // Safari focuses no pressed button
  const feedback = html("p", { class: "nn-backward-ran", role: "status" });
  const node = html("section", { class: "nn-backward-panel", "aria-label": "Write it" },
    html("div", { class: "nn-backward-asked" }, label, input), may,
    html("div", { class: "nn-buttons" }, check, next), feedback);
  /** @type {Scene} */
  let scene;
  let [busy, shown] = [false, ""];
  /** @type {Map<string, string>} what was written for each step */
  const kept = new Map();

  /** @param {KeyboardEvent} event */
  function onkeydown(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    run();
  }

  async function run() {
    if (busy) return;
    const { name, setting, values, examples } = scene;
    const { target } = namesOf(name);
    const line = expressionOf(input.value, target);
    if (!line) return tell("Write the line first.");
    if (!isThere()) return tell(NO_PYTHON);
    busy = true;
    setUsable(check, false);
    tell("Python is at work.");
    try {
      const engine = await loadPython();
      const { error, values: [result] } = await engine.run("", { setup: SETUP, given: givenOf(scene), cases: [line] });
      const failed = error ?? result.error;
      if (name !== scene.name || setting.key !== scene.setting.key) return tell("");
      const written = { step: name, setting: setting.key, line, given: failed ? null : matrixOf(result.value) };
      if (!written.given) onWritten(written, null);
      if (failed) return tell(failed.plain || [failed.type, failed.message].filter(Boolean).join(": "), "wrong");
      if (!written.given) return tell(`That gives no numbers: ${target} is an array.`, "wrong");
      judge(written, values.get(name), examples);
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error), "wrong");
    } finally {
      busy = false;
      setUsable(check, true);
    }
    return undefined;
  }

  /** @param {Written} written @param {Matrix} right @param {number} examples */
  function judge(written, right, examples) {
    const { given, step } = written;
    const own = writtenName(step);
    if (shapeText(given) !== shapeText(right)) {
      onWritten(written, null);
      const turned = given.rows === right.cols && given.cols === right.rows && !("line" in given);
      return tell(`${own} comes out ${shapeText(given)}; it must have ${shapeText(right)}.${
        turned ? " It is the shape of its transpose." : ""}`, "wrong");
    }
    const entry = firstWrong(given, right);
    onWritten(written, entry);
    if (!entry) return tell(`Right: every entry of ${own}.`, "right");
    const ref = { name: step, row: entry[0], col: entry[1] };
    const [mine, want] = [given, right].map((one) => formatNumber(valueAt(new Map([[step, one]]), ref)));
    return tell(`${writtenRef(ref, examples)} comes out ${mine}; it is ${want}. The entry is lit everywhere.`, "wrong");
  }

  /** @param {string} says */
  function tell(says, verdict = "") {
    setText(feedback, says);
    feedback.classList.toggle("nn-is-right", verdict === "right");
    feedback.classList.toggle("nn-is-wrong", verdict === "wrong");
    hide(next, verdict !== "right", input);
  }
  next.hidden = true;

  return {
    node,
    /** @param {Scene} now */
    draw(now) {
      if (shown) kept.set(shown, input.value);
      const same = scene && scene.name === now.name && scene.setting.key === now.setting.key;
      scene = now;
      if (same && shown === now.name) return;
      const { target, names } = namesOf(now.name);
      if (shown !== now.name) input.value = kept.get(now.name) ?? "";
      shown = now.name;
      setText(next, now.name === STEPS.at(-1) ? "Begin anew" : "Next line");
      setText(label, `${target} =`);
      input.setAttribute("aria-label", `The line of ${writtenName(now.name)}: ${target} =`);
      setText(may, `${givenText(names, now.values)}; N is ${now.examples}. NumPy is np, and nn_core is there.`);
      tell(isThere() ? "" : NO_PYTHON);
    },
  };
}

/** The arrays of a step by the names that its line has for them. @param {Scene} scene @returns {Record<string, *>} */
function givenOf({ name, values, examples }) {
  const arrays = Object.entries(namesOf(name).names).map(([own, of]) => {
    const { rows, cols, data } = values.get(of);
    return [own, { shape: [rows, cols], data: [...data] }];
  });
  return { ...Object.fromEntries(arrays), N: examples };
}
