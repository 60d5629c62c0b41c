// The questions themselves, from the scripts of their chapters: what judges an answer, and the words of each part.

import { library } from "../library.js";

/** @typedef {import("../progress.js").Chapter} Chapter */
/** @typedef {import("../kind.js").Kind} Kind */

/** One question, with its first words and all its numbers. */
export class Content {
  /**
   * @param {import("../saved.js").Question} question @param {import("../library.js").Stored} stored @param {Kind} kind
   */
  constructor([, , , size], { html, variants }, kind) {
    this.kind = kind;
    this.size = size;
    this.root = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    const first = JSON.parse(this.root.querySelector("script").textContent);
    this.data = [first, ...variants.map(({ data }) => data)];
  }

  /** @type {import("./tally.js").Judge} */
  judge = ({ a, n }) => {
    const data = this.data[n];
    if (data === undefined || !this.kind.whole(a, this.size)) return null;
    try {
      const { right, missing } = this.kind.judge(a, data);
      if (missing) return null;
      return { right, slips: right ? [] : (this.kind.slips?.(a, data) ?? []) };
    } catch {
      return null; // of the right form, but about nothing that this question has
    }
  };

  /** The question as its readers saw it. */
  get prompt() {
    return copied(this.root.querySelector('[data-slot="prompt"]'));
  }

  /** The words of an entry that a slip is about, or null. @param {import("../kind.js").Slip} slip */
  textOf({ text, part }) {
    return copied(part ? this.inPart(part, '[data-slot^="text-"]') : this.slot(text));
  }

  /** What there is to say of it, or null. @param {import("../kind.js").Slip} slip */
  reasonOf({ reason, part }) {
    return copied(part ? this.inPart(part, "template") : this.slot(reason));
  }

  /** @param {string} part @param {string} selector */
  inPart(part, selector) {
    return this.root.querySelector(`[data-part="${CSS.escape(part)}"] ${selector}`);
  }

  /** @param {string} [name] */
  slot(name) {
    return name ? this.root.querySelector(`[data-slot="${CSS.escape(name)}"]`) : null;
  }
}

/** What an element or a template holds, for this page. @param {Element | null} element */
function copied(element) {
  if (!element) return null;
  const content = element instanceof HTMLTemplateElement ? element.content : element;
  const fragment = document.createDocumentFragment();
  fragment.append(...[...content.childNodes].map((node) => document.importNode(node, true)));
  if (element.tagName !== "CODE") return fragment;
  const code = document.createElement("code");
  code.append(fragment);
  return code;
}

/**
 * The contents of all questions of chapters, by id, and the titles of the chapters that did not come.
 * @param {Chapter[]} chapters @param {Record<string, Kind>} kinds
 */
export async function contentsOf(chapters, kinds) {
  /** @type {Map<string, Content>} */
  const contents = new Map();
  const absent = [];
  for (const { title, more, items } of chapters) {
    const stored = await library(more).catch(() => /** @type {null} */ (null));
    if (!stored) absent.push(title);
    for (const question of stored ? items : []) {
      const [id, fingerprint, kind] = question;
      const one = stored[id];
      if (one?.fingerprint === fingerprint) contents.set(id, new Content(question, one, kinds[kind]));
    }
  }
  return { contents, absent };
}

/** A piece of the page as one line of text, each formula as its TeX. @param {Node | null} piece */
export function lineOf(piece) {
  if (!piece) return "";
  const copy = /** @type {DocumentFragment} */ (document.createDocumentFragment());
  copy.append(piece.cloneNode(true));
  for (const formula of copy.querySelectorAll(".katex")) {
    formula.replaceWith(`$${(formula.querySelector("annotation")?.textContent ?? "").trim()}$`);
  }
  return copy.textContent.replace(/\s+/g, " ").trim();
}
