// The network's doubts: a bar and its number for each of the ten digits. Choosing one asks about it.

import { formatNumber } from "../../maths/format.js";
import { html, set, setText, uniqueId } from "../../kit/svg.js";

/** @param {{onChoose: (k: number) => void}} answers −1 stands for whatever the network answers */
export function barsOf({ onChoose }) {
  const name = uniqueId("nn-digit");
  /** @param {number} k */
  const radio = (k) => html("input", { type: "radio", name, onchange: () => onChoose(k) });
  const follow = radio(-1);
  const rows = Array.from({ length: 10 }, (_, k) => row(radio(k), k));
  const answer = html("span");
  const node = html("fieldset", { class: "nn-digit-bars" },
    html("legend", {}, "How probable is each digit? Choose one to ask about it."),
    html("label", { class: "nn-digit-follow" }, follow, answer), ...rows.map((one) => one.node));
  return {
    node,
    /** @param {import("./answer.js").Answer} answer @param {number} chosen @param {number} asked */
    draw({ p, order }, chosen, asked) {
      follow.checked = chosen < 0;
      setText(answer, `ask about its answer, ${order[0]}`);
      rows.forEach((one, k) => one.draw(p[k], k === chosen, k === asked, k === order[0]));
    },
  };
}

/** @param {HTMLInputElement} input @param {number} k */
function row(input, k) {
  const bar = html("span", { class: "nn-digit-bar" });
  const value = html("span", { class: "nn-digit-p" });
  const node = html("label", { class: "nn-digit-row" }, input, html("span", { class: "nn-digit-name" }, String(k)),
    html("span", { class: "nn-digit-track", "aria-hidden": "true" }, bar), value);
  return {
    node,
    /** @param {number} p @param {boolean} checked @param {boolean} asked @param {boolean} best */
    draw(p, checked, asked, best) {
      input.checked = checked;
      bar.style.setProperty("--nn-share", p.toFixed(4));
      setText(value, formatNumber(p));
      node.classList.toggle("nn-digit-asked", asked);
      node.classList.toggle("nn-digit-best", best);
      set(input, { "aria-label": `${k}, p = ${formatNumber(p)}` });
    },
  };
}
