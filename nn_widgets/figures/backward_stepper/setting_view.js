// Which birds and which weights.

import { controlBar, select, stepper } from "../../kit/controls.js";
import { html, setText } from "../../kit/svg.js";

export const SPECIES = ["Adelie", "Chinstrap", "Gentoo"];
const BATCHES = [[185, 12], [185, 12, 170], [185, 12, 170, 300]];

/**
 * @param {{measured: {species: number[]}, onBirds: (birds: number[]|"all") => void, onWeights: (name: string) => void,
 *   onExample: (i: number) => void, weights: string[]}} options
 */
export function settingView({ measured, weights, onBirds, onWeights, onExample }) {
  const count = measured.species.length;
  /** @type {[string, string][]} */
  const choices = [
    ["book", "The bird of this book"], ["other", "Another bird"],
    ...BATCHES.map((birds) => /** @type {[string, string]} */ ([String(birds), `${birds.length} birds`])),
    ["all", `All ${count} birds`],
  ];
  const birds = select({
    label: "Birds", options: choices, value: "book",
    onChange: (choice) => onBirds(choice === "all" ? "all" : choice === "book" ? [185] : choice === "other" ? [0]
      : choice.split(",").map(Number)),
  });
  /** @type {[string, string][]} */
  const networks = weights.map((name) => [name, weightsText(name)]);
  const network = select({ label: "Weights", options: networks, value: "book", onChange: onWeights });
  const one = stepper({ label: "Bird number", min: 0, max: count - 1, value: 0, onChange: (bird) => onBirds([bird]) });
  const shown = stepper({ label: "Bird", min: 1, max: count, value: 1, onChange: (i) => onExample(i - 1) });
  const node = html("details", { class: "nn-details nn-backward-setting" }, html("summary", {}),
    controlBar(birds.node, one.node, network.node));
  const example = html("div", { class: "nn-backward-example" }, shown.node,
    html("span", { class: "nn-backward-species" }));
  return {
    node, example,
    /** @param {import("./scene.js").Scene} scene @param {{birds: number[]|"all", weights: string}} state */
    draw({ setting, example: at, examples }, state) {
      const { numbers } = setting;
      const choice = state.birds === "all" ? "all" : numbers.length > 1 ? String(numbers)
        : numbers[0] === 185 ? "book" : "other";
      if (!choices.some(([own]) => own === choice)) birds.set("other");
      else birds.set(choice);
      network.set(state.weights);
      one.node.hidden = choice !== "other";
      if (numbers.length === 1) one.set(numbers[0]);
      const [bird, species] = [numbers[at], SPECIES[measured.species[numbers[at]]]];
      setText(node.querySelector("summary"),
        `${birdsText(choice, numbers, species)} · weights: ${weightsText(state.weights).toLowerCase()}`);
      example.hidden = examples === 1;
      shown.input.max = String(examples);
      shown.set(at + 1);
      setText(example.querySelector(".nn-backward-species"), `of ${examples}: number ${bird}, ${article(species)}`);
    },
  };
}

/** @param {string} species */
const article = (species) => `${species === "Adelie" ? "an" : "a"} ${species}`;

/** @param {string} choice @param {number[]} numbers @param {string} species */
function birdsText(choice, numbers, species) {
  if (choice === "book") return "The bird of this book, a Gentoo";
  if (numbers.length > 1) return `${numbers.length} birds`;
  return `Bird number ${numbers[0]}, ${article(species)}`;
}

/** @param {string} name */
function weightsText(name) {
  if (name === "book") return "The starting network";
  return name === "trained" ? "Trained, 2,000 steps" : `Drawn anew, ${name}`;
}
