// From the texts of files to the readers of a class: what cannot be counted is left out, with the reason.

import { counted } from "../../maths/format.js";
import { isComplete, sorted } from "../saved.js";
import { nameOf, opened } from "../store.js";

/**
 * @typedef {object} Reader
 * @property {string} file the path of the file
 * @property {string} name what the reader calls it, or ""
 * @property {number} saved when, in milliseconds; 0 if the file does not say
 * @property {string} text
 * @property {Map<string, import("../store.js").Saved>} answers to questions and tasks of this book, as they stand now
 * @property {string[]} notes what of the file is not counted
 */
/** @typedef {{file: string, why: string}} Left a file that is not counted, and a sentence */
/** @typedef {import("../saved.js").Question} Question */

/**
 * What a file holds; throws an Error with one sentence if nothing of it can be counted.
 * @param {string} file @param {string} text @param {Question[]} questions
 * @param {Record<string, import("../kind.js").Kind>} kinds
 * @returns {Reader}
 */
export function readerOf(file, text, questions, kinds) {
  const { answers: held, name, saved } = opened(text);
  if (name !== undefined && !isName(name)) throw new Error("The name in the file is none that this book writes.");
  const { good, ...left } = sorted(held, questions, kinds);
  const now = new Map(questions.map((question) => [question[0], question]));
  const answers = new Map();
  for (const [id, answer] of good.sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (answer.f !== now.get(id)[1]) left.stale += 1; // a program that is kept, for a task that has been edited
    else if (!isComplete(answer, now.get(id), kinds)) left.broken += 1;
    else answers.set(id, answer);
  }
  if (!answers.size) throw new Error(noneOf(left));
  const checked = [...answers.values()].filter(({ c, t }) => c || t);
  const without = checked.filter(({ t }) => !t).length;
  if (without && without === checked.length) throw new Error(OLD);
  const notes = notesOf(left, without);
  return { file, name: isName(name) ? name : "", saved: isTime(saved) ? saved : 0, text, answers, notes };
}

const OLD = "An older edition of this book has saved it: it lacks first answers, tries and times.";
/** @param {unknown} name @returns {name is string} */
const isName = (name) => typeof name === "string" && name !== "" && nameOf(name) === name;
/** @param {unknown} value @returns {value is number} */
const isTime = (value) => typeof value === "number" && value >= 0 && value <= 8.64e15;

/** @typedef {{stale: number, unknown: number, broken: number}} Rest how many answers of a file do not count */

/** @param {Rest} rest */
function noneOf({ stale }) {
  return stale ? "All its answers are to an older wording." : "It holds no answer to a question of this book.";
}

/** @param {Rest} rest @param {number} without */
function notesOf({ stale, unknown, broken }, without) {
  const parts = [
    [stale, "to an older wording"],
    [unknown, "to no question of this book"],
    [broken, "of another form than the question asks for"],
  ];
  const out = parts.filter(([number]) => number).map(([number, what]) => `${number} ${what}`);
  const lacks = `${counted(without, "answer has", "answers have")} no first try and no time.`;
  return [...(out.length ? [`Left out: ${out.join(", ")}.`] : []), ...(without ? [lacks] : [])];
}

/** The readers of a class, each once. */
export class Readers {
  constructor() {
    /** @type {Reader[]} */
    this.list = [];
    /** @type {Left[]} */
    this.left = [];
  }

  /** Take a reader in; of two files of one reader the newer stays. @param {Reader} reader */
  add(reader) {
    const other = this.list.find((one) => isSame(one, reader));
    if (!other) {
      this.list.push(reader);
    } else if (other.text === reader.text) {
      this.leave(reader.file, `It is the same as ${other.file}.`);
    } else if (isNewer(reader, other)) {
      this.list[this.list.indexOf(other)] = reader;
      this.leave(other.file, `${reader.file} is newer and of the same reader.`);
    } else {
      this.leave(reader.file, `${other.file} is newer and of the same reader.`);
    }
  }

  /** @param {string} file @param {string} why */
  leave(file, why) {
    this.left.push({ file, why });
  }
}

/**
 * Whether two files are of one reader: they are alike, or most questions in both have the same first answer at the
 * same millisecond. A name proves nothing; there may be two of them in a class.
 * @param {Reader} one @param {Reader} other
 */
function isSame(one, other) {
  if (one.text === other.text) return true;
  let [shared, alike] = [0, 0];
  for (const [id, { t }] of one.answers) {
    const first = other.answers.get(id)?.t?.first;
    if (!t || !first) continue;
    shared += 1;
    if (t.first.at === first.at && JSON.stringify(t.first.a) === JSON.stringify(first.a)) alike += 1;
  }
  return alike > 0 && 2 * alike >= shared;
}

/** @param {Reader} one @param {Reader} other */
function isNewer(one, other) {
  if (one.saved !== other.saved) return one.saved > other.saved;
  /** @param {Reader} reader */
  const tries = ({ answers }) => [...answers.values()].reduce((sum, { t }) => sum + (t?.tries ?? 0), 0);
  return tries(one) > tries(other);
}
