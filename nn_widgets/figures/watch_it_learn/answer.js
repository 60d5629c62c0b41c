// What the network says of one bird: a row for each species, with its probability as a bar.

import { html, setText } from "../../kit/svg.js";

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** @param {string[]} species */
export function answerTable(species) {
  const caption = html("caption");
  const rows = species.map((name, k) => {
    const bar = html("span", { class: "nn-learn-bar" });
    const value = html("td", { class: "nn-figures" });
    const truth = html("span", { class: "nn-learn-truth" });
    const node = html("tr", { style: `--nn-role: var(--nn-class-${k})` },
      html("th", { scope: "row" }, name, truth), html("td", { "aria-hidden": "true" }, bar), value);
    return { node, bar, value, truth };
  });
  const node = html("table", { class: "nn-learn-answer" }, caption, html("tbody", {}, ...rows.map((row) => row.node)));
  let said = "";
  return {
    node,
    /** @param {number[]} p @param {number} truth @param {number[]} bill length and depth in mm */
    draw(p, truth, [length, depth]) {
      setText(caption, `A bill ${length.toFixed(1)} mm long and ${depth.toFixed(1)} mm deep. The network says:`);
      rows.forEach((row, k) => {
        row.bar.style.width = `${100 * p[k]}%`;
        setText(row.value, percent(p[k]));
        setText(row.truth, k === truth ? " – it is one" : "");
      });
      const best = p.indexOf(Math.max(...p));
      said = `${species[best]}, ${percent(p[best])}: `
        + (best === truth ? "right." : `wrong, it is a ${species[truth]}.`);
    },
    /** The answer in a sentence. */
    words: () => said,
  };
}
