// What a figure's state may be. Python writes down what each trait allows (choices.py); by that a
// state is checked that came from a page or a link.

/**
 * @typedef {{min: number, max: number}} Range
 * @typedef {{kind: "one", of: unknown[]} | {kind: "switch"} | {kind: "text", max: number}
 *   | {kind: "whole"|"number"} & Range | {kind: "list", of: Allowed, different?: boolean} & Range
 *   | {kind: "named", names: Allowed, of: Allowed} | {kind: "either", of: Allowed[]}} Allowed
 */

/**
 * What a value V of a state may be.
 * @template V
 * @typedef {[V] extends [string]
 *   ? string extends V ? {kind: "one"|"text", of?: V[], max?: number} : {kind: "one", of: V[]}
 *   : [V] extends [boolean] ? {kind: "switch"} : [V] extends [number] ? {kind: "whole"|"number"} & Range
 *   : V extends (infer E)[] ? {kind: "list", of: AllowedFor<E>} & Range : Allowed} AllowedFor
 */

/**
 * What no range can say of a state S, by the name of a value that its trait allows: true, or what is wanted.
 * @template S, D
 * @typedef {{[K in keyof S]?: (value: S[K], state: S, data: D) => true|string}} Rules
 */

/** @param {number} value @param {Range} range */
const isBetween = (value, { min, max }) => value >= min && value <= max;

/** @param {unknown} value @param {Allowed} allowed @returns {boolean} */
function fits(value, allowed) {
  switch (allowed.kind) {
    case "one": return allowed.of.includes(value);
    case "switch": return typeof value === "boolean";
    case "text": return typeof value === "string" && [...value].length <= allowed.max;
    case "whole": return Number.isInteger(value) && isBetween(Number(value), allowed);
    case "number": return Number.isFinite(value) && isBetween(Number(value), allowed);
    case "list": return Array.isArray(value) && isBetween(value.length, allowed)
      && value.every((one) => fits(one, allowed.of)) && !(allowed.different && new Set(value).size < value.length);
    case "named": return typeof value === "object" && value !== null && !Array.isArray(value)
      && Object.entries(value).every(([name, one]) => fits(name, allowed.names) && fits(one, allowed.of));
    case "either": return allowed.of.some((one) => fits(value, one));
  }
}

/**
 * @template {Record<string, unknown>} S, D
 * @param {S} state
 * @param {import("./home.js").Given<S, D>} given
 * @param {Rules<S, D>} [rules]
 * @throws {Error} one sentence about the first value that may not be
 */
export function checkState(state, { allowed, data }, rules = {}) {
  /** @type {[string, Allowed & {words: string}][]} */
  const choices = Object.entries(allowed);
  for (const [name, choice] of choices) {
    if (!fits(state[name], choice)) throw refusal(name, choice.words, state[name]);
  }
  for (const [name, rule] of Object.entries(rules)) {
    const wanted = rule(state[name], state, data);
    if (wanted !== true) throw refusal(name, wanted, state[name]);
  }
}

/** What was given, but not a whole network of it. @param {string} name @param {string} wanted @param {unknown} value */
function refusal(name, wanted, value) {
  const text = JSON.stringify(value) ?? "nothing";
  return new Error(`${name} must be ${wanted}, got ${text.length > 80 ? `${text.slice(0, 80)}…` : text}.`);
}
