// What counts as the reader's answer to a question or a task.

/** A task's answer is a program. It stays the reader's when the task is edited; its verdict does not. */
const TASK = "task";

/** @typedef {Record<string, import("./kind.js").Kind>} Kinds */

/** @param {Kinds} kinds @param {string} kind @param {unknown} answer @param {number} size */
const isWhole = (kinds, kind, answer, size) =>
  (kind === TASK ? typeof answer === "string" : kinds[kind].whole(answer, size));

/**
 * @typedef {[id: string, fingerprint: string, kind: string, size: number]} Question as the build writes it
 * @typedef {import("./store.js").Saved} Saved
 */

/**
 * The saved answer to a question, or null. One to another wording counts as none; so does a value that claims a
 * verdict and can be no complete answer of the question's kind.
 * @param {{store: import("./store.js").Store, kinds: Record<string, import("./kind.js").Kind>}} page
 * @param {Question} question
 * @returns {Saved | null}
 */
export function savedOf({ store, kinds }, [id, fingerprint, kind, size]) {
  const saved = store.get(id, fingerprint);
  return saved && (saved.c === "" || isWhole(kinds, kind, saved.a, size)) ? saved : null;
}

/**
 * Whether every answer that was checked can be a complete answer of the question's kind.
 * @param {Saved} saved @param {Question} question @param {Record<string, import("./kind.js").Kind>} kinds
 */
export function isComplete({ a, c, t }, [, , kind, size], kinds) {
  if (kind === TASK) return true;
  const checked = [...(c ? [a] : []), ...(t ? [t.first.a, t.last.a] : [])];
  return checked.every((answer) => isWhole(kinds, kind, answer, size));
}

/**
 * Sort the answers of a file: those to questions of this book, and how many are left out.
 * @param {Record<string, Saved>} answers
 * @param {Question[]} questions
 * @param {Record<string, import("./kind.js").Kind>} kinds
 */
export function sorted(answers, questions, kinds) {
  const known = new Map(questions.map((question) => [question[0], question]));
  /** @type {[string, Saved][]} */
  const good = [];
  let [stale, unknown, broken] = [0, 0, 0];
  for (const [id, saved] of Object.entries(answers)) {
    const [, fingerprint, kind, size] = known.get(id) ?? [];
    if (!fingerprint) unknown += 1;
    else if (saved.f !== fingerprint && kind !== TASK) stale += 1;
    else if ((saved.c || kind === TASK) && !isWhole(kinds, kind, saved.a, size)) broken += 1;
    else good.push([id, saved]);
  }
  return { good, stale, unknown, broken };
}
