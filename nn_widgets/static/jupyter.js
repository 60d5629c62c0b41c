// JupyterLab's side: the same figure around the same widget, in the element anywidget gives.

import { openWidget, problem } from "./home.js";
import { html } from "./svg.js";

/**
 * Wrap a widget so that anywidget can render it.
 * @param {import("./home.js").Widget} widget
 * @param {{name: string, title: string, names: string[]}} about `names` are those of the state
 */
export function forJupyter(widget, about) {
  return { render: ({ model, el }) => render(widget, about, model, el) };
}

function render(widget, { name, title, names }, model, el) {
  const figure = html("figure", { class: `nn-widget nn-${name.replaceAll("_", "-")}`, "data-nn-widget": name },
    html("figcaption", {}, title));
  el.append(figure);
  const first = Object.fromEntries(names.map((key) => [key, model.get(key)]));
  try {
    widget.validate?.(first);
  } catch (error) {
    return problem(figure, error.message);
  }
  return openWidget(figure, widget, model, first);
}
