// JupyterLab's side: the same figure around the same widget, in the element anywidget gives.

import { checkState } from "./choices.js";
import { openWidget, problem } from "./home.js";
import { stateOf } from "./model.js";
import { html } from "./svg.js";

/** @template S @typedef {import("./model.js").Model<S>} Model */
/** @template S, D @typedef {import("./home.js").Given<S, D>} Given */

/**
 * Wrap a widget so that anywidget can render it.
 * @template {Record<string, unknown>} S, D
 * @param {import("./home.js").Widget<S, D>} widget
 * @param {{name: string, title: string}} about
 */
export function forJupyter(widget, { name, title }) {
  return { render };

  /** @param {{model: Model<S> & {get: (name: "_given") => Given<S, D>}, el: HTMLElement}} context */
  function render({ model, el }) {
    const figure = html("figure", { class: `nn-widget nn-${name.replaceAll("_", "-")}`, "data-nn-widget": name },
      html("figcaption", {}, title));
    el.append(figure);
    const given = model.get("_given");
    const first = /** @type {S} */ (stateOf(model, Object.keys(given.allowed)));
    try {
      checkState(first, given, widget.rules);
    } catch (error) {
      return problem(figure, error.message);
    }
    return openWidget(figure, widget, model, given, first);
  }
}
