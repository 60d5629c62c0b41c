// What a class did with each question and each task, and what each reader did.

/** @typedef {import("./readers.js").Reader} Reader */
/** @typedef {import("../kind.js").Slip} Slip */
/** @typedef {{right: boolean, slips: Slip[]}} Judged */
/** @typedef {(check: {a: unknown, n: number}) => Judged | null} Judge null for what it cannot judge */
/** @typedef {{slip: Slip, readers: number}} Common something wrong, and in the answers of how many */
/**
 * @typedef {object} Row of a question or a task
 * @property {string} id
 * @property {number} answered by how many
 * @property {number} known of how many the first answer is known
 * @property {number} first how many of these were right at the first try
 * @property {number} last how many are right at last; of a task, how many have solved it
 * @property {Common[]} common the commonest first
 * @property {Map<Reader, {first: boolean | null, last: boolean, tries: number}>} readers
 */

/**
 * The row of a question. Every answer is judged anew: what a file says of it does not count. What is wrong is taken
 * from the first answer, before the reasons were read, or from the last if only that is wrong.
 * @param {string} id @param {Reader[]} readers @param {Judge} judge
 * @returns {Row}
 */
export function questionRow(id, readers, judge) {
  const row = empty(id);
  const slips = new Map();
  for (const reader of readers) {
    const { a, n, c, t } = reader.answers.get(id) ?? { c: "" };
    const last = t || c ? judge(t?.last ?? { a, n }) : null;
    const first = t ? judge(t.first) : null;
    if (!last || (t && !first)) continue;
    note(row, reader, first && first.right, last.right, t?.tries ?? 0);
    for (const slip of wrongOf(first, last)) add(slips, JSON.stringify(slip), slip);
  }
  return finished(row, slips);
}

/** @param {Judged | null} first @param {Judged} last */
const wrongOf = (first, last) => (first && !first.right ? first : last).slips;

/**
 * The row of a task: its programs are not run again, so what the reader's page found counts.
 * @param {string} id @param {Reader[]} readers
 * @param {(name: string) => string[]} known the mistakes, as the book names them, that a name in a file stands for
 * @returns {Row}
 */
export function taskRow(id, readers, known) {
  const row = empty(id);
  const named = new Map();
  for (const reader of readers) {
    const { c, t } = reader.answers.get(id) ?? { c: "" };
    if (!c && !t) continue;
    note(row, reader, t ? t.first.c === "right" : null, t ? t.right > 0 : c === "right", t?.tries ?? 0);
    const names = new Set((t?.named ?? []).flatMap(known));
    for (const name of names) add(named, name, { does: name });
  }
  return finished(row, named);
}

/** @param {string} id @returns {Row} */
function empty(id) {
  return { id, answered: 0, known: 0, first: 0, last: 0, common: [], readers: new Map() };
}

/**
 * @param {Row} row @param {Reader} reader
 * @param {boolean | null} first @param {boolean} last @param {number} tries
 */
function note(row, reader, first, last, tries) {
  row.answered += 1;
  row.known += first === null ? 0 : 1;
  row.first += first ? 1 : 0;
  row.last += last ? 1 : 0;
  row.readers.set(reader, { first, last, tries });
}

/** @param {Map<string, Common>} counts @param {string} key @param {Slip} slip */
function add(counts, key, slip) {
  const common = counts.get(key) ?? { slip, readers: 0 };
  common.readers += 1;
  counts.set(key, common);
}

/** @param {Row} row @param {Map<string, Common>} counts */
function finished(row, counts) {
  row.common = [...counts.values()].sort((one, other) => other.readers - one.readers);
  return row;
}

/**
 * How much a question needs the class: who was wrong at the first try counts once, who is wrong at last once more.
 * @param {Row} row
 */
export const need = ({ answered, known, first, last }) => known - first + (answered - last);

/** Rows with what to teach next on top; the order of the book decides between equals. @param {Row[]} rows */
export function byNeed(rows) {
  return [...rows].sort((one, other) => need(other) - need(one));
}

/**
 * What one reader did.
 * @param {Reader} reader @param {Row[]} questions @param {Row[]} tasks
 */
export function progressOf(reader, questions, tasks) {
  /** @param {Row[]} rows */
  const mine = (rows) => rows.map(({ readers }) => readers.get(reader)).filter(Boolean);
  const [answers, programs] = [mine(questions), mine(tasks)];
  const times = [...reader.answers.values()].flatMap(({ t }) => (t ? [t.last.at] : []));
  return {
    answered: answers.length,
    first: answers.filter(({ first }) => first).length,
    last: answers.filter(({ last }) => last).length,
    tried: programs.length,
    solved: programs.filter(({ last }) => last).length,
    tries: [...answers, ...programs].reduce((sum, { tries }) => sum + tries, 0),
    at: times.length ? Math.max(...times) : 0,
  };
}
