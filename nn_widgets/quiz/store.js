// The reader's answers: one key an item, so that two tabs never overwrite each other's. The key holds the address
// of the book, so that two editions on one host have answers of their own.

import { prefixOf, programOf } from "./book.js";
import { bare, isTrail } from "./trail.js";

export const FORMAT = "the-backward-pass answers";
export const VERSION = 1;
const LARGEST_FILE = 1_000_000;
export const LONGEST = 20_000; // characters of a program

export const LONGEST_NAME = 60; // characters of what a reader calls a file

/**
 * @typedef {{f: string, n: number, a: unknown, c: "" | "right" | "wrong", t?: import("./trail.js").Trail}} Saved
 *   the question's fingerprint, the number of its variant, the answer, the verdict, and what its checks left; an older
 *   book has not kept the last
 * @typedef {{answers: Record<string, Saved>, name: unknown, saved: unknown}} Opened
 *   what a file of answers holds: a name, if its reader gave one, and the time of saving, neither of them checked
 */

/** Whether a value read from storage or a file is an answer of ours. @param {any} value @param {string} id */
export function isSaved(value, id = "") {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof value.f === "string" &&
    /^[0-9a-f]{12}$/.test(value.f) &&
    Number.isInteger(value.n) &&
    value.n >= 0 &&
    value.n < 1000 &&
    isAnswer(value.a, id) &&
    ["", "right", "wrong"].includes(value.c)
  );
}

/**
 * An answer of ours with nothing else in it. A trail that is none is left out, and the answer stays.
 * @param {Saved} saved @param {string} id @returns {Saved}
 */
function cleaned({ f, n, a, c, t }, id) {
  return isTrail(t, (answer) => isAnswer(answer, id)) ? { f, n, a, c, t: bare(t) } : { f, n, a, c };
}

/** @param {unknown} value @param {string} id @returns {boolean} */
function isAnswer(value, id) {
  if (Array.isArray(value)) return value.length <= 50 && value.every(isSimple);
  if (typeof value === "string" && id.startsWith(programOf(""))) return value.length <= LONGEST;
  return isSimple(value);
}

/** @param {unknown} value */
function isSimple(value) {
  if (typeof value === "string") return value.length <= 100;
  return value === null || typeof value === "boolean" || Number.isFinite(value);
}

/** Answers in `storage`, and in memory where that fails. */
export class Store {
  /**
   * @param {() => Omit<Storage, "clear">} storage
   * @param {{book?: string, say?: (sentence: string) => void}} [options] book: the address of the book
   */
  constructor(storage, { book = "", say = () => {} } = {}) {
    this.prefix = prefixOf(book);
    this.say = say;
    this.memory = new Map();
    this.broken = new Set();
    try {
      this.storage = storage();
      this.storage.getItem(this.prefix);
    } catch {
      this.storage = null;
      say("This browser keeps no answers for this page; they last until you leave it.");
    }
  }

  /**
   * The saved answer of an item, or null; one to an older wording counts as none.
   * @param {string} id @param {string} fingerprint
   */
  get(id, fingerprint) {
    const saved = this.raw(id);
    return saved && saved.f === fingerprint ? saved : null;
  }

  /** @param {string} id @returns {Saved|null} */
  raw(id) {
    if (this.memory.has(id)) return this.memory.get(id);
    try {
      const text = this.storage?.getItem(this.prefix + id);
      if (text == null) return null;
      const saved = JSON.parse(text);
      if (isSaved(saved, id)) return cleaned(saved, id);
    } catch {
      // No JSON: told below, as any other value that is no answer.
    }
    if (!this.broken.has(id)) this.say("A saved answer could not be read; that question is open.");
    this.broken.add(id);
    return null;
  }

  /** @param {string} id @param {Saved} saved */
  set(id, saved) {
    this.memory.set(id, saved);
    if (!this.storage) return;
    try {
      this.storage.setItem(this.prefix + id, JSON.stringify(saved));
      this.memory.delete(id);
    } catch {
      this.say("This browser cannot save your answers; they last until you leave the page.");
    }
  }

  /** @param {string} id */
  remove(id) {
    this.memory.delete(id);
    try {
      this.storage?.removeItem(this.prefix + id);
    } catch {
      // What cannot be written cannot be removed either.
    }
  }

  /** Every readable answer, by item. */
  all() {
    /** @type {Record<string, Saved>} */
    const found = {};
    for (const id of this.ids()) {
      const saved = this.raw(id);
      if (saved) found[id] = saved;
    }
    return found;
  }

  ids() {
    const ids = new Set(this.memory.keys());
    for (let n = 0; n < (this.storage?.length ?? 0); n += 1) {
      const key = this.storage.key(n);
      if (key?.startsWith(this.prefix)) ids.add(key.slice(this.prefix.length));
    }
    return ids;
  }

  /** The item that a storage event is about, or null. @param {StorageEvent} event */
  item(event) {
    return event.key?.startsWith(this.prefix) ? event.key.slice(this.prefix.length) : null;
  }
}

/**
 * The text of an export file.
 * @param {Record<string, Saved>} answers
 * @param {{name?: string, saved?: number}} [about] what the reader calls it, and when it is saved, in milliseconds
 */
export function exported(answers, { name = "", saved } = {}) {
  return JSON.stringify({ format: FORMAT, version: VERSION, name: name || undefined, saved, answers }, null, 1);
}

/** What a reader typed, as a name that a file may carry. @param {string} typed */
export function nameOf(typed) {
  const plain = typed.normalize().replace(NO_NAME, " ").replace(/\s+/g, " ").trim();
  return [...plain].slice(0, LONGEST_NAME).join("").trim();
}

// Markup, what is no character, and marks that turn the direction of reading.
const NO_NAME = /[<>\p{Cc}\p{Cs}\p{Co}\p{Cn}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * The answers in the text of a file; throws an Error with one sentence if anything is wrong.
 * @param {string} text @returns {Record<string, Saved>}
 */
export const imported = (text) => opened(text).answers;

/**
 * What the text of a file holds; throws an Error with one sentence if anything is wrong.
 * @param {string} text @returns {Opened}
 */
export function opened(text) {
  if (text.length > LARGEST_FILE) throw new Error("The file is too large to be a list of answers.");
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error("The file is not JSON.");
  }
  if (data?.format !== FORMAT) throw new Error("The file holds no answers to this book.");
  if (data.version !== VERSION) throw new Error("The file is of another version of this book.");
  const { answers: held, name, saved: time } = data;
  if (typeof held !== "object" || held === null || Array.isArray(held)) {
    throw new Error("The file has no list of answers.");
  }
  const answers = Object.entries(held).map(([id, saved]) => {
    const good = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) && id.length < 200 && isSaved(saved, id);
    if (!good) throw new Error("The file holds something that is not an answer.");
    return [id, cleaned(saved, id)];
  });
  return { answers: Object.fromEntries(answers), name, saved: time };
}
