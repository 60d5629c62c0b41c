// Questions and progress: in the built book they wake with the page; in Jupyter they are a widget.

import { bookOf, CHANGED } from "./book.js";
import { make } from "./dom.js";
import { Item } from "./item.js";
import { library } from "./library.js";
import { mountProgress } from "./progress.js";
import { mountReview } from "./review.js";
import { Store } from "./store.js";

/** @typedef {import("./item.js").Page} Page */
/**
 * @typedef {object} State of the widget in Jupyter
 * @property {string} html
 * @property {Record<string, import("./library.js").Stored>} more
 * @property {Record<string, import("./store.js").Saved>} saved
 */

/**
 * Wake every question and every progress report of a page.
 * @param {Document} document
 * @param {Record<string, import("./kind.js").Kind>} kinds
 */
export function start(document, kinds) {
  const store = new Store(() => window.localStorage, { book: bookOf(document), say: notice(document) });
  /** @param {Item} item */
  const more = (item) => library(item.root.dataset.more).then((stored) => stored[item.id]);
  /** @type {Page} */
  const page = { store, kinds, more };
  for (const sentence of document.querySelectorAll(".nn-quiz > .nn-late")) sentence.remove();
  const items = wakeAll(document, page);
  const reviews = all(document, ".nn-review").map((host) => mountReview(host, page, wake));
  for (const host of all(document, ".nn-progress")) mountProgress(host, page);
  const restore = (id = "") => items.filter((item) => !id || item.id === id).forEach((item) => item.restore());
  // An order is an answer that no style sheet can hide.
  window.addEventListener("beforeprint", () => items.forEach((item) => item.blank()));
  window.addEventListener("afterprint", () => restore());
  document.addEventListener(CHANGED, (event) => event.detail === null && restore());
  window.addEventListener("storage", (event) => {
    const id = store.item(event);
    if (id === null && event.key !== null) return;
    restore(id ?? "");
    document.dispatchEvent(new CustomEvent(CHANGED, { detail: id ?? "" }));
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return; // else everything has just been drawn
    document.dispatchEvent(new CustomEvent(CHANGED, { detail: null }));
    for (const again of reviews) again();
  });
}

/** @param {ParentNode} part @param {string} selector */
function all(part, selector) {
  return /** @type {HTMLElement[]} */ ([...part.querySelectorAll(selector)]);
}

/** Wake the questions of a part of a page. @param {ParentNode} part @param {Page} page */
function wakeAll(part, page) {
  return all(part, ".nn-item").map((root) => wake(root, page)).filter((item) => item !== null);
}

/**
 * One question that cannot start says so and leaves the others alone.
 * @param {HTMLElement} root @param {Page} page @param {{fresh?: boolean}} options
 */
function wake(root, page, options = {}) {
  try {
    return new Item(root, page, options);
  } catch (error) {
    console.error(error);
    root.append(make("p", { class: "nn-notice", role: "status" }, `This question could not start: ${error.message}.`));
    return null;
  }
}

/** One sentence, once, above the first question or report. @param {Document} document */
function notice(document) {
  /** @type {Set<string>} */
  const told = new Set();
  return (/** @type {string} */ sentence) => {
    if (told.has(sentence)) return;
    told.add(sentence);
    const first = document.querySelector(".nn-quiz, .nn-progress, .nn-review");
    first?.before(make("p", { class: "nn-notice", role: "status" }, sentence));
  };
}

/**
 * The same questions in Jupyter: no storage, the answers go to Python.
 * @param {Record<string, import("./kind.js").Kind>} kinds
 */
export function widget(kinds) {
  return {
    /** @param {{model: import("../kit/model.js").Model<State>, el: HTMLElement}} context */
    render({ model, el }) {
      const parsed = new DOMParser().parseFromString(model.get("html"), "text/html");
      el.append(...document.adoptNode(parsed.body).childNodes);
      const store = new Store(() => memory(model.get("saved")));
      wakeAll(el, { store, kinds, more: async (item) => model.get("more")[item.id] });
      el.addEventListener(CHANGED, () => {
        model.set("saved", store.all());
        model.save_changes();
      });
    },
  };
}

/**
 * What Storage does, for as long as the widget lives.
 * @param {Record<string, unknown>} saved @returns {Omit<Storage, "clear">}
 */
function memory(saved) {
  const kept = new Map(Object.entries(saved).map(([id, answer]) => [`nn-quiz::${id}`, JSON.stringify(answer)]));
  return {
    /** @param {string} key */
    getItem: (key) => kept.get(key) ?? null,
    /** @param {string} key @param {string} text */
    setItem: (key, text) => { kept.set(key, text); },
    /** @param {string} key */
    removeItem: (key) => { kept.delete(key); },
    /** @param {number} n */
    key: (n) => [...kept.keys()][n],
    get length() {
      return kept.size;
    },
  };
}
