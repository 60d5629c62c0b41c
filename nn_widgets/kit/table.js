// The figure's numbers as a table, for whoever would rather read than look.

import { html } from "./svg.js";

/**
 * A "Numbers as a table" that is filled when it is opened.
 * @param {{caption: string, head: string[], rows: () => (string|number)[][], summary?: string}} options
 *   the first entry of each row is its heading
 * @returns {{node: HTMLDetailsElement, refresh: () => void}} call `refresh` when the numbers change
 */
export function numbersTable({ caption, head, rows, summary = "Numbers as a table" }) {
  const body = html("tbody");
  const table = html("table", { class: "nn-numbers" },
    html("caption", {}, caption),
    html("thead", {}, html("tr", {}, ...head.map((text) => html("th", { scope: "col" }, text)))), body);
  const scroller = html("div", { class: "nn-scroll", tabindex: "0", role: "region", "aria-label": caption }, table);
  const node = html("details", { class: "nn-details" }, html("summary", {}, summary), scroller);
  const refresh = () => { if (node.open) body.replaceChildren(...rows().map(row)); };
  node.addEventListener("toggle", refresh);
  return { node, refresh };
}

/** @param {(string|number)[]} entries */
function row([first, ...rest]) {
  return html("tr", {}, html("th", { scope: "row" }, String(first)),
    ...rest.map((text) => html("td", {}, String(text))));
}
