// One bird: what it is, what the network takes it for, and how sure it is.

import { button, setUsable, stepper } from "../../kit/controls.js";
import { formatNumber } from "../../maths/format.js";
import { html, set, setText } from "../../kit/svg.js";

/**
 * @param {{birds: {x: number[][], species: number[]}, species: string[], onBird: (bird: number) => void,
 *   onMistake: () => void}} options
 */
export function birdCard({ birds, species, onBird, onMistake }) {
  const number = stepper({ label: "Bird", min: 0, max: birds.species.length - 1, value: 0, onChange: onBird });
  const mistake = button("Next mistake", onMistake);
  const text = html("p");
  const rows = species.map((name, k) => {
    const [bar, value] = [html("div", { class: "nn-lab-bar" }), html("td")];
    const row = html("tr", { style: `--nn-class: var(--nn-class-${k})` },
      html("th", { scope: "row" }, name), html("td", {}, html("div", { class: "nn-lab-track" }, bar)), value);
    return { row, bar, value };
  });
  const table = html("table", { class: "nn-lab-probabilities" },
    html("caption", { class: "nn-hidden" }, "Probabilities of this bird"),
    html("tbody", {}, ...rows.map(({ row }) => row)));
  return {
    node: html("div", { class: "nn-lab-card" },
      html("div", { class: "nn-lab-column" }, html("div", { class: "nn-lab-pick" }, number.node, mistake), text),
      table),
    said: () => text.textContent,
    /** @param {number} bird @param {import("./measure.js").Measured} now @param {boolean} held */
    draw(bird, { p, answers, wrong }, held) {
      number.set(bird);
      setUsable(mistake, wrong > 0);
      const [truth, answer] = [birds.species[bird], answers[bird]];
      const bill = birds.x.map((row) => row[bird]);
      setText(text, `${species[truth]}, bill ${bill[0]} mm long and ${bill[1]} mm deep${held ? ", held out" : ""}. `
        + (truth === answer ? "Taken for what it is." : `Taken for ${article(species[answer])} ${species[answer]}.`));
      rows.forEach(({ bar, value }, k) => {
        const share = p.data[k * p.cols + bird];
        set(bar, { style: `--nn-share: ${share.toFixed(3)}` });
        setText(value, formatNumber(share));
      });
    },
  };
}

/** @param {string} name */
const article = (name) => (/^[AEIOU]/.test(name) ? "an" : "a");
