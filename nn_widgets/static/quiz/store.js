// The reader's answers: one key an item, so that two tabs never overwrite each other's.

const PREFIX = "nn-quiz:";
export const FORMAT = "the-backward-pass answers";
export const VERSION = 1;
const LARGEST_FILE = 1_000_000;

/**
 * @typedef {{f: string, n: number, a: unknown, c: "" | "right" | "wrong"}} Saved
 *   the question's fingerprint, the number of its variant, the answer, the verdict
 */

/** Whether a value read from storage or a file is an answer of ours. */
export function isSaved(value) {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof value.f === "string" &&
    /^[0-9a-f]{12}$/.test(value.f) &&
    Number.isInteger(value.n) &&
    value.n >= 0 &&
    value.n < 1000 &&
    isAnswer(value.a) &&
    ["", "right", "wrong"].includes(value.c)
  );
}

function isAnswer(value) {
  if (Array.isArray(value)) return value.length <= 50 && value.every(isSimple);
  return isSimple(value);
}

function isSimple(value) {
  if (typeof value === "string") return value.length <= 100;
  return value === null || typeof value === "boolean" || Number.isFinite(value);
}

/** Answers in `storage`, and in memory where that fails. */
export class Store {
  /** @param {() => Storage} storage @param {(sentence: string) => void} say */
  constructor(storage, say = () => {}) {
    this.say = say;
    this.memory = new Map();
    this.broken = new Set();
    try {
      this.storage = storage();
      this.storage.getItem(PREFIX);
    } catch {
      this.storage = null;
      say("This browser keeps no answers for this page; they last until you leave it.");
    }
  }

  /** The saved answer of an item, or null; one to an older wording counts as none. */
  get(id, fingerprint) {
    const saved = this.raw(id);
    return saved && saved.f === fingerprint ? saved : null;
  }

  raw(id) {
    if (this.memory.has(id)) return this.memory.get(id);
    try {
      const text = this.storage?.getItem(PREFIX + id);
      if (text == null) return null;
      const saved = JSON.parse(text);
      if (isSaved(saved)) return saved;
    } catch {
      // No JSON: told below, as any other value that is no answer.
    }
    if (!this.broken.has(id)) this.say("A saved answer could not be read; that question is open.");
    this.broken.add(id);
    return null;
  }

  set(id, saved) {
    this.memory.set(id, saved);
    if (!this.storage) return;
    try {
      this.storage.setItem(PREFIX + id, JSON.stringify(saved));
      this.memory.delete(id);
    } catch {
      this.say("This browser cannot save your answers; they last until you leave the page.");
    }
  }

  remove(id) {
    this.memory.delete(id);
    try {
      this.storage?.removeItem(PREFIX + id);
    } catch {
      // What cannot be written cannot be removed either.
    }
  }

  /** Every readable answer, by item. */
  all() {
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
      if (key?.startsWith(PREFIX)) ids.add(key.slice(PREFIX.length));
    }
    return ids;
  }

  /** The item that a storage event is about, or null. */
  static item(event) {
    return event.key?.startsWith(PREFIX) ? event.key.slice(PREFIX.length) : null;
  }
}

/** The text of an export file. */
export function exported(answers) {
  return JSON.stringify({ format: FORMAT, version: VERSION, answers }, null, 1);
}

/** The answers in the text of a file; throws an Error with one sentence if anything is wrong. */
export function imported(text) {
  if (text.length > LARGEST_FILE) throw new Error("The file is too large to be a list of answers.");
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error("The file is not JSON.");
  }
  if (data?.format !== FORMAT) throw new Error("The file holds no answers to this book.");
  if (data.version !== VERSION) throw new Error("The file is of another version of this book.");
  const answers = data.answers;
  if (typeof answers !== "object" || answers === null || Array.isArray(answers)) {
    throw new Error("The file has no list of answers.");
  }
  for (const [id, saved] of Object.entries(answers)) {
    const good = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) && id.length < 200 && isSaved(saved);
    if (!good) throw new Error("The file holds something that is not an answer.");
  }
  return answers;
}
