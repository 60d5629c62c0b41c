// The choice that decides a run, its name, and what no range can say of it.

/** @typedef {import("./training.js").Choice} Choice */
/** @typedef {Choice & {title: string, works: boolean, watch: string, why: string}} Preset */

/** @type {(keyof Choice)[]} what decides a run */
export const CHOICE = ["hidden", "activation", "alpha", "batch_size", "seed", "start", "hold_out"];

/** The choice alone, out of what holds more. @param {Choice} given @returns {Choice} */
export const choiceIn = ({ hidden, activation, alpha, batch_size: size, seed, start, hold_out: held }) =>
  ({ hidden, activation, alpha, batch_size: size, seed, start, hold_out: held });

/** The preset that a choice is, or "own". @param {Choice} choice @param {Record<string, Choice>} presets */
export function presetOf(choice, presets) {
  /** @param {Choice} preset */
  const same = (preset) => CHOICE.every((name) => `${preset[name]}` === `${choice[name]}`);
  return Object.keys(presets).find((name) => same(presets[name])) ?? "own";
}

/** @type {import("../../kit/choices.js").Rules<Choice, unknown>} */
export const rules = {
  start: (start, { hidden }) => start !== "book" || `${hidden}` === "3,2"
    || "random, equal or large unless the hidden layers have 3 and 2 neurons",
};
