// What is to be seen now: the step, the entry in focus, what is known so far. Made from the model
// and from what the reader has found out; every view draws the same scene.

import { formatNumber } from "../../maths/format.js";
import { flows, keyOf, spokenRef, spokenShort } from "./names.js";
import { BACKWARD, entriesOf, piecesOf, refsOf, STEPS } from "./steps.js";
import { valueAt } from "./values.js";

const STOP = "✕"; // stands where NumPy stops

/**
 * @typedef {object} Scene
 * @property {string} name the step
 * @property {number} place of the step among all steps
 * @property {[number, number]} entry
 * @property {import("./names.js").Ref} result the entry as a ref
 * @property {number} example the bird whose numbers are shown
 * @property {number} examples how many birds
 * @property {[number, number][]} entries of this step, one after the other
 * @property {import("./steps.js").Piece[]} pieces
 * @property {Set<string>} operands keys of the numbers in the sum
 * @property {import("./values.js").Values} values
 * @property {(name: string) => string} lack why it has not been computed by now; nothing if it has
 * @property {(name: string) => boolean} known whether it has been computed by now
 * @property {(ref: import("./names.js").Ref) => string} text a number as it may be shown
 * @property {import("./values.js").Setting & {key: string}} setting
 * @property {boolean} backward whether the step is one of the backward pass
 * @property {Wrong|null} wrong a mistake that is switched on
 * @property {{line: string, variables: Record<string, string>}|null} own code that the reader writes, and what it names
 */

/** @typedef {import("./names.js").Ref} Ref */
/** @typedef {import("./mistakes.js").Compared & {key: string, by?: string}} Wrong `by` names what is wrong */
/** @typedef {{result: string, operands: Set<string>, hot: string|null, backward: boolean}} Lit keys of what is lit */

/**
 * @param {Pick<Scene, "name"|"entry"|"values"|"setting"|"example"|"wrong"|"own"> & {hidden: (ref: Ref) => boolean}} now
 * @returns {Scene}
 */
export function sceneOf({ name, entry, values, setting, example, hidden, wrong, own }) {
  const place = STEPS.indexOf(name);
  const { rows, cols } = values.get(name);
  const row = Math.min(entry[0], rows - 1);
  const col = Math.min(flows(name) ? example : entry[1], cols - 1);
  const [stop, ...missed] = wrong?.missed ?? [];
  /** @param {string} other */
  const lack = (other) => {
    if (other === stop) return "NumPy stops here";
    if (missed.includes(other)) return "not reached";
    return STEPS.indexOf(other) > place ? "not computed yet" : "";
  };
  /** @param {string} other */
  const known = (other) => !lack(other);
  const pieces = piecesOf(name, [row, col], values);
  /** @param {Ref} ref */
  const text = (ref) => {
    if (!known(ref.name)) return ref.name === stop ? STOP : "";
    return hidden(ref) ? "?" : formatNumber(valueAt(values, ref));
  };
  return {
    name, place, values, setting, example, lack, known, pieces, text, wrong, own, entry: [row, col],
    result: { name, row, col },
    examples: setting.numbers.length, entries: entriesOf(name, values, example), backward: BACKWARD.includes(name),
    operands: new Set(refsOf(pieces).map(keyOf)),
  };
}

/** The place of the entry in focus among those of its step. @param {Pick<Scene, "entries"|"entry">} scene */
export const placeIn = ({ entries, entry: [row, col] }) => entries.findIndex(([r, c]) => r === row && c === col);

/** Whether no entry follows. @param {Pick<Scene, "entries"|"entry"|"place">} scene */
export const atEnd = (scene) => scene.place === STEPS.length - 1 && placeIn(scene) === scene.entries.length - 1;

/**
 * Which birds have a column of their own on the screen: all of a few, else the first three and the one in focus.
 * @param {{examples: number, example: number}} scene
 */
export function shownExamples({ examples, example }) {
  if (examples <= 4) return Array.from({ length: examples }, (_, i) => i);
  return [...new Set([0, 1, 2, example])].sort((a, b) => a - b);
}

/** The sum in words: "dW3, row 2, column 1: dz3 2 times h2 1 = 0.308 times 0.685 = 0.211". @param {Scene} scene */
export function spokenScene(scene) {
  const { result, pieces, examples, text, lack, values } = scene;
  const closing = pieces[0].sign === "σ(" ? "" : ")"; // "sigma of" opens no bracket
  /** @param {(ref: Ref) => string} say */
  const words = (say) => pieces.map((piece) => {
    if (piece.ref) return piece.power ? `e to the ${say(piece.ref)}` : say(piece.ref);
    if (piece.symbol) return say === inWords ? piece.symbol : formatNumber(piece.value);
    if (piece.more) return `${piece.more} more terms`;
    return piece.sign === ")" ? closing : SPOKEN[piece.sign] ?? piece.sign;
  }).filter(Boolean).join(" ");
  /** @param {Ref} ref */
  const inWords = (ref) => spokenShort(ref, examples);
  /** @param {Ref} ref */
  const inNumbers = (ref) => formatNumber(valueAt(values, ref));
  const said = `${spokenRef(result, examples)}: ${words(inWords)}`;
  if (lack(result.name)) return `${said}: ${lack(result.name)}`;
  return `${said} = ${words(inNumbers)} = ${text(result) === "?" ? "to be predicted" : text(result)}`;
}

/** @type {Record<string, string>} */
const SPOKEN = {
  "·": "times", "+": "plus", "−": "minus", "/": "over", "σ(": "sigma of", "−log": "minus the logarithm of",
  "(1 −": "(1 minus",
};
