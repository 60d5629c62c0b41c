// Parts to put in order, by button, key or drag.

import { button, make } from "../dom.js";
import { draggable } from "../dragging.js";
import { entriesOf, isList } from "../kind.js";

/** @type {import("../kind.js").Kind<string[], {shuffled: string[], after: Record<string, string[]>}>} */
const order = {
  where: "A reason stands below each line.",
  read: (root) => entriesOf(root).map((entry) => entry.dataset.part),
  write: (root, answer, { shuffled }) => {
    /** @type {string[]} */
    const wanted = isPermutation(answer, shuffled) ? answer : shuffled;
    const byId = new Map(entriesOf(root).map((entry) => [entry.dataset.part, entry]));
    root.querySelector("ol").append(...wanted.map((id) => byId.get(id)));
  },
  whole: (answer, size) =>
    isList(answer, size) && answer.every((/** @type {unknown} */ id) => typeof id === "string")
      && new Set(answer).size === size,
  judge: (answer, { after }) => {
    const early = tooEarly(answer, after);
    return {
      right: !early.length,
      marks: answer.map((id) => (early.includes(id)
        ? { good: false, words: wordsFor(id, answer, after[id]) }
        : { good: true, words: "All that it needs stands before it." })),
    };
  },
  slips: (answer, { after }) => tooEarly(answer, after).map((part) => ({ does: "placed too early", part })),
  prepare: (root, moved) => {
    for (const entry of entriesOf(root)) addMoves(entry, moved);
  },
};

/**
 * The parts behind which something still stands that they need, directly or not.
 * @param {string[]} answer @param {Record<string, string[]>} after
 */
function tooEarly(answer, after) {
  /** The last place of a part and of all that it needs. @param {string} id @returns {number} */
  const last = (id) => Math.max(answer.indexOf(id), ...after[id].map(last));
  return answer.filter((id, n) => last(id) > n);
}

/** @param {string} id one that is too early @param {string[]} answer @param {string[]} needed */
function wordsFor(id, answer, needed) {
  const later = needed.some((first) => answer.indexOf(first) > answer.indexOf(id));
  return `Too early: something that it needs ${later ? "comes later" : "is itself too early"}.`;
}

/** @param {any} answer @param {string[]} ids */
function isPermutation(answer, ids) {
  return isList(answer, ids.length) && ids.every((id) => answer.includes(id));
}

/** @param {HTMLElement} entry @param {(sentence: string) => void} moved */
function addMoves(entry, moved) {
  const tell = () => {
    const lines = [...entry.parentElement.children];
    moved(`Now at place ${lines.indexOf(entry) + 1} of ${lines.length}.`);
  };
  /** @param {number} by @param {HTMLElement} pressed */
  const move = (by, pressed) => {
    const other = by < 0 ? entry.previousElementSibling : entry.nextElementSibling;
    if (other) by < 0 ? other.before(entry) : other.after(entry);
    pressed.focus();
    tell();
  };
  /** @param {string} sign @param {number} by @param {string} label */
  const mover = (sign, by, label) => {
    const node = button(sign, () => move(by, node), {
      class: "nn-button nn-move",
      "aria-label": label,
      "aria-describedby": nameOf(entry),
    });
    return node;
  };
  const moves = [mover("↑", -1, "Move up"), mover("↓", 1, "Move down")];
  const grip = make("span", { class: "nn-grip", "aria-hidden": "true" }, "⠿");
  entry.prepend(make("span", { class: "nn-moves" }, grip, ...moves));
  draggable(entry, grip, tell);
}

/** @param {HTMLElement} entry */
function nameOf(entry) {
  const text = entry.querySelector("[data-slot^=text-]");
  text.id ||= `${entry.closest(".nn-item").id}-${entry.dataset.part}`;
  return text.id;
}

export default order;
