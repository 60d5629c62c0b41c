// The figure's own furniture, the same in the book and in JupyterLab: the live part, a reset, and
// the sentence for when something is wrong.

import { update } from "./model.js";
import { html } from "./svg.js";

/**
 * @typedef {object} Widget what a widget's module exports by default
 * @property {(context: {model: import("./model.js").Model, el: HTMLElement}) => (void|(() => void))} render
 *   draws into `el`; may return a function that cleans up
 * @property {(state: Record<string, any>) => void} [validate] throws one sentence about a bad state
 * @property {string[]} [linked] the values that a link carries; all of them if left out
 * @property {boolean} [resets] whether the figure gets the shared reset button; true if left out
 */

/**
 * Put a live widget into a figure. If its state or its drawing fails, the figure keeps its still
 * picture and says why.
 * @param {HTMLElement} figure
 * @param {Widget} widget
 * @param {import("./model.js").Model} model
 * @param {Record<string, any>} first the state that reset goes back to
 * @param {(Node|null)[]} [extras] further things for the foot of the figure
 * @returns {() => void} clean-up
 */
export function openWidget(figure, widget, model, first, extras = []) {
  const el = html("div", { class: "nn-live" });
  const shown = [];
  const close = (end) => { end?.(); shown.forEach((node) => node.remove()); };
  try {
    figure.append(el);
    shown.push(el);
    const end = widget.render({ model, el });
    shown.push(foot(widget, model, first, extras));
    figure.append(shown[1]);
    figure.classList.add("nn-mounted");
    return () => close(typeof end === "function" ? end : undefined);
  } catch (error) {
    close();
    console.error(error);
    return problem(figure, `This figure could not start: ${error.message}`);
  }
}

function foot(widget, model, first, extras) {
  const back = () => update(model, first);
  const reset = html("button", { type: "button", class: "nn-button nn-quiet nn-reset", onclick: back }, "Reset");
  return html("div", { class: "nn-foot" }, widget.resets === false ? null : reset, ...extras);
}

/**
 * Say in one sentence what is wrong; the still picture stays.
 * @param {HTMLElement} figure
 * @param {string} sentence
 * @returns {() => void} takes it away
 */
export function problem(figure, sentence) {
  const node = html("p", { class: "nn-problem", role: "status" }, sentence);
  figure.append(node);
  return () => node.remove();
}
