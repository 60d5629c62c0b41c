// The same numbers computed in several ways: naive and stable, the long way and the short way.

import { formatNumber } from "../../maths/format.js";
import { html, setText } from "../../kit/svg.js";
import { CLASSES } from "./chain.js";

const HEAD = [["p, naive", "p"], ["p, stable", "p"], ["−y/p times ∂p/∂z", "dz"], ["p − y", "dz"]];

/** @returns {{node: HTMLElement, draw: (chain: import("./chain.js").Chain) => void}} */
export function waysTable() {
  const rows = CLASSES.map(() => HEAD.map(([, role]) => html("td", { class: `nn-${role}` })));
  const table = html("table", { class: "nn-numbers nn-sj-ways" },
    html("caption", {}, "Naive beside stable"),
    html("thead", {}, html("tr", {}, html("td"), ...HEAD.map(([text]) => html("th", { scope: "col" }, text)))),
    html("tbody", {}, ...rows.map((row, i) => html("tr", {}, html("th", { scope: "row" }, String(i + 1)), ...row))));
  const words = html("p", { class: "nn-sj-failed" });
  const node = html("details", { class: "nn-details nn-sj-details" }, html("summary", {}, "Naive beside stable"),
    html("div", { class: "nn-sj-scroll", tabindex: "0", role: "region", "aria-label": "Naive beside stable" }, table));
  return {
    node: html("div", {}, words, node),
    draw(chain) {
      const failed = failure(chain);
      if (failed && words.textContent === "") node.open = true; // there is something to see
      setText(words, failed);
      rows.forEach((row, i) => [chain.naive[i], chain.p[i], chain.long[i], chain.short[i]].forEach((value, n) => {
        setText(row[n], formatNumber(value));
        row[n].classList.toggle("nn-sj-undefined", !Number.isFinite(value));
      }));
    },
  };
}

/** Which of the ways fail, and why; empty if all agree. @param {import("./chain.js").Chain} chain */
export function failure({ z, naive, long, truth }) {
  const why = [];
  if (z.some((own) => Math.exp(own) === Infinity)) {
    why.push("Naively, e to the power of the score is infinite to the computer.");
  } else if (naive.some(Number.isNaN)) why.push("Naively, all three powers of e round to 0, and so does their sum.");
  if (long.some(Number.isNaN)) why.push(`The long way divides by p${"₁₂₃"[truth]}, which has rounded to 0.`);
  return why.length ? `${why.join(" ")} p − y is as good as ever.` : "";
}
