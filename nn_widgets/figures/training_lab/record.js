// The losses so far, thinned as they grow: every n-th update, and n doubles when there are too many.

/** @typedef {{update: number, loss: number, held: number|null}} Entry */

const MOST = 400;

/**
 * @returns {{entries: Entry[], wants: (update: number) => boolean, put: (entry: Entry) => void, last: () => Entry,
 *   upTo: (now: Entry) => Entry[]}}
 */
export function record() {
  /** @type {Entry[]} */
  const entries = [];
  let every = 1;
  return {
    entries,
    wants: (update) => update % every === 0,
    put(entry) {
      entries.push(entry);
      if (entries.length <= MOST) return;
      every *= 2;
      entries.splice(0, entries.length, ...entries.filter((entry) => entry.update % every === 0));
    },
    last: () => entries.at(-1),
    /** The record with an entry of this moment at its end. */
    upTo: (now) => (entries.at(-1).update === now.update ? entries : [...entries, now]),
  };
}
