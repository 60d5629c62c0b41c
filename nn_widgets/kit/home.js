// The figure's own furniture, the same in the book and in JupyterLab: the live part, a reset, and
// the sentence for when something is wrong.

import { update } from "./model.js";
import { html } from "./svg.js";

/**
 * What Python gives with a state S.
 * @template S, D
 * @typedef {object} Given
 * @property {{[K in keyof S]: import("./choices.js").AllowedFor<S[K]> & {words: string}}} allowed what each may be
 * @property {D} data what the figure needs besides
 */

/** @template S, [D=unknown] @typedef {Given<S, D> & {model: import("./model.js").Model<S>, el: HTMLElement}} Context */

/**
 * What a widget's module exports by default.
 * @template S, D
 * @typedef {object} Widget
 * @property {(context: Context<S, D>) => (void|(() => void))} render draws into `el`; may give a function that ends it
 * @property {import("./choices.js").Rules<S, D>} [rules] what no range can say of the state
 * @property {boolean} [resets] whether the figure gets the shared reset button; true if left out
 */

/**
 * Put a live widget into a figure. If its state or its drawing fails, the figure keeps its still
 * picture and says why.
 * @template S, D
 * @param {HTMLElement} figure
 * @param {Widget<S, D>} widget
 * @param {import("./model.js").Model<S>} model
 * @param {Given<S, D>} given
 * @param {S} first the state that reset goes back to
 * @param {(Node|null)[]} [extras] further things for the foot of the figure
 * @returns {() => void} clean-up
 */
export function openWidget(figure, widget, model, given, first, extras = []) {
  const el = html("div", { class: "nn-live" });
  /** @type {Element[]} */
  const shown = [];
  /** @param {() => void} [end] */
  const close = (end) => { end?.(); shown.forEach((node) => node.remove()); };
  try {
    figure.append(el);
    shown.push(el);
    const end = widget.render({ model, el, ...given });
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

/**
 * @template S, D
 * @param {Widget<S, D>} widget
 * @param {import("./model.js").Model<S>} model
 * @param {S} first
 * @param {(Node|null)[]} extras
 */
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
