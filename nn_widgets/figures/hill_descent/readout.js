// The numbers at the point: place, slope along each axis, the step, and the rule that joins them.

import { formatFactor, formatNumber } from "../../maths/format.js";
import { html, setText } from "../../kit/svg.js";

const HEAD = ["", "place w", "slope ∂L/∂w", "step −α ∂L/∂w", "new w"];

export function readout() {
  const title = html("p");
  const rows = [0, 1].map(() => Array.from({ length: 5 }, (_, n) => html(n ? "td" : "th", n ? {} : { scope: "row" })));
  ["nn-W", "nn-dW", "nn-W"].forEach((role, n) => rows.forEach((row) => row[[1, 2, 4][n]].classList.add(role)));
  const head = HEAD.map((text) => (text ? html("th", { scope: "col" }, text) : html("td")));
  const table = html("table", { class: "nn-hill-numbers" },
    html("thead", {}, html("tr", {}, ...head)),
    html("tbody", {}, ...rows.map((row) => html("tr", {}, ...row))));
  const lines = [0, 1].map(() => html("span"));
  const rule = html("p", { class: "nn-hill-rule", translate: "no" }, html("span", {}, ...symbols()), ...lines);
  const node = html("div", { class: "nn-hill-readout" }, title,
    html("div", { class: "nn-hill-scroll", tabindex: 0, role: "region", "aria-label": "Numbers at the point" }, table),
    rule);

  return {
    node,
    /** @param {{step: number, w: number[], loss: number, gradient: number[], alpha: number, names: string[]}} now */
    draw({ step, w, loss, gradient, alpha, names }) {
      const size = Math.hypot(...gradient);
      setText(title, `After step ${step}: L = ${formatNumber(loss)}, length of ∇L = ${formatNumber(size)}`);
      names.forEach((name, n) => {
        const by = -alpha * gradient[n];
        const texts = [name, ...[w[n], gradient[n], by, w[n] + by].map(formatNumber)];
        texts.forEach((text, k) => setText(rows[n][k], text));
        const old = formatNumber(w[n]);
        setText(lines[n], `${name}: ${formatNumber(w[n] + by)} = ${old} − ${formatNumber(alpha)} · `
          + `${formatFactor(gradient[n])}`);
      });
    },
  };
}

// w_new = w_old − α ∇L, each symbol in its colour.
function symbols() {
  /** @param {string} index */
  const w = (index) => html("span", { class: "nn-W" }, "w", html("sub", {}, index));
  return [w("new"), " = ", w("old"), " − α ", html("span", { class: "nn-dW" }, "∇L")];
}
