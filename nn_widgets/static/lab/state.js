// The figure's state: what is in it, what a link carries, and what is wrong with a bad one.

import { validator } from "../checks.js";
import { MOST_HIDDEN, MOST_NEURONS, RATES } from "./controls.js";
import { MOST_UPDATES } from "./training.js";

/** What decides a run. */
export const CHOICE = ["hidden", "activation", "alpha", "batch_size", "seed", "start", "hold_out"];
export const LINKED = ["preset", ...CHOICE, "steps", "bird", "speed", "log_scale"];

/** The preset that a choice is, or "own". */
export function presetOf(choice, presets) {
  const same = (preset) => CHOICE.every((name) => `${preset[name]}` === `${choice[name]}`);
  return Object.keys(presets).find((name) => same(presets[name])) ?? "own";
}

const isWhole = (value, low, high) => Number.isInteger(value) && value >= low && value <= high;
const isOneOf = (value, list) => list.includes(value) || `one of ${list.map((one) => one ?? "null for all").join(", ")}`;

const CHECKS = {
  preset: (value, { presets }) => isOneOf(value, [...Object.keys(presets), "own"]),
  hidden: (value) => (Array.isArray(value) && value.length <= MOST_HIDDEN && value.every((n) => isWhole(n, 1, MOST_NEURONS)))
    || `at most ${MOST_HIDDEN} whole numbers from 1 to ${MOST_NEURONS}`,
  activation: (value) => isOneOf(value, ["sigmoid", "tanh", "relu"]),
  alpha: (value) => (Number.isFinite(value) && value >= RATES[0] && value <= RATES[1]) || `a number from ${RATES[0]} to ${RATES[1]}`,
  batch_size: (value) => isOneOf(value, [1, 8, 32, null]),
  seed: (value) => isWhole(value, 1, 999) || "a whole number from 1 to 999",
  start: (value, { hidden }) => (value === "book" && `${hidden}` !== "3,2"
    ? "random, equal or large unless the hidden layers have 3 and 2 neurons" : isOneOf(value, ["book", "random", "equal", "large"])),
  hold_out: (value) => typeof value === "boolean" || "true or false",
  steps: (value) => isWhole(value, 0, MOST_UPDATES) || `a whole number from 0 to ${MOST_UPDATES}`,
  bird: (value, { birds }) => isWhole(value, 0, birds.species.length - 1) || `a whole number from 0 to ${birds.species.length - 1}`,
  speed: (value) => isOneOf(value, ["slow", "steady", "fast"]),
  log_scale: (value) => typeof value === "boolean" || "true or false",
};

/** @param {Record<string, any>} state @throws {Error} one sentence that names the value */
export const checkState = validator(CHECKS);
