// Native controls with a label, the value in words, and room for a finger.

import { formatNumber } from "../maths/format.js";
import { html, setText, uniqueId } from "./svg.js";

/**
 * `set` shows a value without calling back.
 * @template V
 * @template [I=HTMLInputElement]
 * @typedef {{node: HTMLElement, input: I, set: (value: V) => void}} Control
 */

/**
 * A slider with its value beside it.
 * @param {{label: string, min: number, max: number, step?: number|"any", value?: number,
 *   format?: (value: number) => string, onInput: (value: number) => void}} options
 * @returns {Control<number>}
 */
export function slider({ label, min, max, step = "any", value = min, format = formatNumber, onInput }) {
  const [id, output] = [uniqueId(), html("output", { class: "nn-value" })];
  const input = html("input", { id, type: "range", min, max, step });
  /** @param {number} now */
  const show = (now) => {
    const text = format(now);
    setText(output, text);
    input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", () => { show(input.valueAsNumber); onInput(input.valueAsNumber); });
  /** @param {number} now */
  const set = (now) => { input.value = String(now); show(now); };
  set(value);
  const node = html("div", { class: "nn-control nn-slider" }, html("label", { for: id }, label), input, output);
  return { node, input, set };
}

/**
 * A slider whose places are powers: equal ways multiply equally.
 * @param {{label: string, min: number, max: number, value: number, steps?: number,
 *   format?: (value: number) => string, onInput: (value: number) => void}} options
 * @returns {Control<number>}
 */
export function logSlider({ label, min, max, value, steps = 200, format = formatNumber, onInput }) {
  const ratio = Math.log(max / min);
  /** @param {number} v */
  const toPlace = (v) => (steps * Math.log(v / min)) / ratio;
  /** @param {number} place */
  const toValue = (place) => rounded(min * Math.exp((place / steps) * ratio));
  const inner = slider({
    label, min: 0, max: steps, step: 1, value: toPlace(value),
    format: (place) => format(toValue(place)), onInput: (place) => onInput(toValue(place)),
  });
  /** @param {number} v */
  const set = (v) => {
    inner.input.value = String(toPlace(v));
    setText(inner.node.querySelector("output"), format(v));
    inner.input.setAttribute("aria-valuetext", format(v));
  };
  set(value);
  return { ...inner, set };
}

/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(3));

/**
 * @param {string} label
 * @param {() => void} onClick
 * @param {import("./svg.js").Attributes} [attributes]
 * @returns {HTMLButtonElement}
 */
export function button(label, onClick, attributes = {}) {
  /** @param {MouseEvent} event */
  const onclick = ({ currentTarget }) => {
    if (/** @type {Element} */ (currentTarget).getAttribute("aria-disabled") !== "true") onClick();
  };
  return html("button", { type: "button", class: "nn-button", onclick, ...attributes }, label);
}

/**
 * Take a button out of use or bring it back. It keeps the focus, which a disabled one would lose to the page.
 * @param {HTMLButtonElement} node one that `button` made
 * @param {boolean} on
 */
export function setUsable(node, on) {
  const off = String(!on);
  if (node.getAttribute("aria-disabled") !== off) node.setAttribute("aria-disabled", off);
}

/**
 * One of a few, all in sight: a row of radio buttons.
 * @template V
 * @param {{label: string, options: [V, string][], value: V, onChange: (value: V) => void}} options
 * @returns {{node: HTMLFieldSetElement, inputs: HTMLInputElement[], set: (value: V) => void}}
 */
export function segmented({ label, options, value, onChange }) {
  const name = uniqueId("nn-choice");
  const inputs = options.map(([own]) => html("input", { type: "radio", name, onchange: () => onChange(own) }));
  /** @param {V} now */
  const set = (now) => inputs.forEach((input, i) => { input.checked = options[i][0] === now; });
  const choices = inputs.map((input, i) => html("label", {}, input, html("span", {}, options[i][1])));
  set(value);
  const node = html("fieldset", { class: "nn-control nn-segmented" }, html("legend", {}, label),
    html("div", {}, ...choices));
  return { node, inputs, set };
}

/**
 * One of many; options that name a group stand under its heading.
 * @template V
 * @param {{label: string, options: [V, string, string?][], value: V, onChange: (value: V) => void}} options
 * @returns {Control<V, HTMLSelectElement>}
 */
export function select({ label, options, value, onChange }) {
  const id = uniqueId();
  const input = html("select", { id }, ...grouped(options));
  /** @param {V} now */
  const set = (now) => { input.value = String(options.findIndex(([own]) => own === now)); };
  input.addEventListener("change", () => onChange(options[Number(input.value)][0]));
  set(value);
  const node = html("div", { class: "nn-control nn-select" }, html("label", { for: id }, label), input);
  return { node, input, set };
}

/** @param {[unknown, string, string?][]} options */
function grouped(options) {
  /** @type {Map<string, HTMLOptGroupElement>} */
  const headings = new Map();
  return options.flatMap(([, text, group], i) => {
    const option = html("option", { value: i }, text);
    if (!group) return [option];
    const heading = headings.get(group) ?? html("optgroup", { label: group });
    const fresh = !headings.has(group);
    headings.set(group, heading).get(group).append(option);
    return fresh ? [heading] : [];
  });
}

/**
 * A whole number with − and +.
 * @param {{label: string, min: number, max: number, value: number, onChange: (value: number) => void}} options
 * @returns {Control<number>}
 */
export function stepper({ label, min, max, value, onChange }) {
  const id = uniqueId();
  const input = html("input", { id, type: "number", min, max, step: 1, inputmode: "numeric" });
  const less = button("−", () => change(input.valueAsNumber - 1), { "aria-label": `${label}: one less` });
  const more = button("+", () => change(input.valueAsNumber + 1), { "aria-label": `${label}: one more` });
  const most = () => Number(input.max); // a figure may change it
  /** @param {number} now */
  const set = (now) => {
    input.value = String(now);
    setUsable(less, now > min);
    setUsable(more, now < most());
  };
  /** @param {number} asked */
  const change = (asked) => {
    const now = Math.min(most(), Math.max(min, Math.round(asked) || min));
    set(now);
    onChange(now);
  };
  input.addEventListener("change", () => change(input.valueAsNumber));
  set(value);
  const row = html("div", { class: "nn-stepper-row" }, less, input, more);
  return { node: html("div", { class: "nn-control nn-stepper" }, html("label", { for: id }, label), row), input, set };
}

/**
 * @param {{label: string, value: boolean, onChange: (on: boolean) => void}} options
 * @returns {Control<boolean>}
 */
export function checkbox({ label, value, onChange }) {
  const input = html("input", { type: "checkbox", onchange: () => onChange(input.checked) });
  /** @param {boolean} now */
  const set = (now) => { input.checked = now; };
  set(value);
  return { node: html("label", { class: "nn-control nn-checkbox" }, input, html("span", {}, label)), input, set };
}

/** Controls side by side, as many to a row as fit. @param {...Node} nodes */
export function controlBar(...nodes) {
  return html("div", { class: "nn-controls" }, ...nodes);
}
