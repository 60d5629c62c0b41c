// What every kind of question does in the page: the interface that the files in `kinds` fill in.

/**
 * @typedef {object} Mark of one entry: a sign, its words, and the names of the reasons that are shown;
 *   without names all of the entry's
 * @property {boolean} good
 * @property {string} words
 * @property {string[]} [reasons]
 */

/**
 * @typedef {object} Verdict
 * @property {string} [missing] a sentence, if there is nothing to judge; then the rest is absent
 * @property {boolean} [right]
 * @property {Mark[]} [marks] one for each `.nn-entry`, in the order of the page
 * @property {string} [tell] a sentence about the whole
 */

/**
 * @typedef {object} Slip one thing that is wrong in an answer, for who sees the answers of many
 * @property {string} does what the reader did with it, as in "chosen by 3"
 * @property {string} [text] the slot with the words of the entry that it is about
 * @property {string} [reason] the slot with what there is to say
 * @property {string} [part] the `data-part` of an entry that has both, instead of their slots
 */

/**
 * A kind whose answers are A, and whose `solve` gives D in Python.
 * @template [A=any], [D=any]
 * @typedef {object} Kind
 * @property {string} where says where the reasons stand
 * @property {(root: HTMLElement) => A} read gives the reader's answer as plain JSON
 * @property {(root: HTMLElement, answer: any, data: D) => void} write shows an answer; null, or what is no
 *   answer of this kind, empties the question
 * @property {(answer: A, data: D) => Verdict} judge
 * @property {(answer: any, size: number) => boolean} whole whether a stored value can be a complete answer;
 *   `size` is the kind's `size` in Python
 * @property {(answer: A, data: D) => Slip[]} [slips] what is wrong in a complete answer that is not right; the
 *   page for a class shows it
 * @property {(root: HTMLElement, moved: (sentence: string) => void) => void} [prepare] adds controls, once;
 *   each calls `moved` with what it did
 */

/** The entries of a question, in the order of the page. @param {HTMLElement} root */
export const entriesOf = (root) => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".nn-entry")]);

/** The fields, buttons and boxes of a part. @param {Element} node */
export const inputsOf = (node) => [...node.querySelectorAll("input")];

/** Whether a value is a list of a certain length. @param {any} value @param {number} size */
export const isList = (value, size) => Array.isArray(value) && value.length === size;
