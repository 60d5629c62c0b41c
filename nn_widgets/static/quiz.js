// Questions and progress: in the built book they wake with the page; in Jupyter they are a widget.

import { make } from "./quiz/dom.js";
import { CHANGED, Item } from "./quiz/item.js";
import { mountProgress } from "./quiz/progress.js";
import { Store } from "./quiz/store.js";

/** Wake every question and every progress report of a page. */
export function start(page) {
  const store = new Store(() => window.localStorage, notice(page));
  const items = [...page.querySelectorAll("form.nn-item")].map((form) => new Item(form, store));
  for (const host of page.querySelectorAll(".nn-review")) review(host, store);
  for (const host of page.querySelectorAll(".nn-progress")) mountProgress(host, store);
  const restore = (id) => items.filter((item) => !id || item.id === id).forEach((item) => item.restore());
  // An order is an answer that no style sheet can hide.
  window.addEventListener("beforeprint", () => items.forEach((item) => item.blank()));
  window.addEventListener("afterprint", () => restore());
  page.addEventListener(CHANGED, (event) => event.detail === null && restore());
  window.addEventListener("storage", (event) => {
    const id = Store.item(event);
    if (id === null && event.key !== null) return;
    restore(id);
    page.dispatchEvent(new CustomEvent(CHANGED, { detail: id ?? "" }));
  });
  if (location.hash.startsWith("#quiz-")) page.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** One sentence, once, above the first question or report. */
function notice(page) {
  const told = new Set();
  return (sentence) => {
    if (told.has(sentence)) return;
    told.add(sentence);
    const first = page.querySelector(".nn-quiz, .nn-progress, .nn-review");
    first?.before(make("p", { class: "nn-notice", role: "status" }, sentence));
  };
}

/** The questions answered wrongly, with other numbers where there are any. */
function review(host, store) {
  const wrong = [...host.querySelectorAll("template.nn-stored")].filter((template) => {
    const { item, fingerprint } = template.dataset;
    return store.get(item, fingerprint)?.c === "wrong";
  });
  host.querySelector(".nn-nojs")?.remove();
  const sentence = wrong.length
    ? `Questions to answer again: ${wrong.length}. Numbers are fresh where a question has any.`
    : "No answer of yours is wrong at the moment.";
  host.append(make("p", {}, sentence));
  let chapter = null;
  for (const template of wrong) {
    const { title, href } = template.dataset;
    if (title !== chapter) host.append(make("h2", {}, href ? make("a", { href }, title) : title));
    chapter = title;
    const form = template.content.firstElementChild.cloneNode(true);
    host.append(form);
    new Item(form, store, { fresh: true });
  }
}

/** The same questions in Jupyter: no storage, the answers go to Python. */
function render({ model, el }) {
  const parsed = new DOMParser().parseFromString(model.get("html"), "text/html");
  el.append(...document.adoptNode(parsed.body).childNodes);
  const store = new Store(() => memory(model.get("saved")));
  for (const form of el.querySelectorAll("form.nn-item")) new Item(form, store);
  el.addEventListener(CHANGED, () => {
    model.set("saved", store.all());
    model.save_changes();
  });
}

/** What Storage does, for as long as the widget lives. */
function memory(saved) {
  const kept = new Map(Object.entries(saved).map(([id, answer]) => [`nn-quiz:${id}`, JSON.stringify(answer)]));
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
    key: (n) => [...kept.keys()][n],
    get length() {
      return kept.size;
    },
  };
}

export default { render };
