// What is answered, right, left; where to go next; reset with undo; export and import.

import { button, make } from "./dom.js";
import { CHANGED } from "./item.js";
import { exported, imported } from "./store.js";

/** @typedef {{name: string, title: string, href: string, items: [string, string][]}} Chapter */

/** Counts of a chapter's questions and the ids of the open and the wrong ones. */
export function count(chapter, store) {
  const open = [];
  const wrong = [];
  for (const [id, fingerprint] of chapter.items) {
    const verdict = store.get(id, fingerprint)?.c;
    if (!verdict) open.push(id);
    if (verdict === "wrong") wrong.push(id);
  }
  const total = chapter.items.length;
  return { total, open, wrong, answered: total - open.length, right: total - open.length - wrong.length };
}

/** @param {HTMLElement} host holds the list of chapters as JSON */
export function mountProgress(host, store) {
  const chapters = JSON.parse(host.querySelector("script").textContent);
  const body = make("div");
  const status = make("p", { role: "status", class: "nn-verdict" });
  const draw = () => {
    const rows = chapters.map((chapter) => row(chapter, store));
    body.replaceChildren(...rows, ...total(chapters, store, host.dataset.review));
  };
  const redrawn = () => document.dispatchEvent(new CustomEvent(CHANGED, { detail: null }));
  const items = chapters.flatMap((chapter) => chapter.items.map(([id]) => id));
  const what = chapters.length > 1 ? "all chapters" : "this chapter";
  const tools = make("div", { class: "nn-buttons" }, ...resetting(items, what, store, status, redrawn));
  if (host.dataset.files !== undefined) tools.append(...files(store, status, redrawn));
  host.querySelector(".nn-nojs")?.remove();
  host.append(body, tools, status);
  document.addEventListener(CHANGED, draw);
  draw();
}

function row(chapter, store) {
  const { total: max, open, wrong, answered } = count(chapter, store);
  const bar = make("progress", { max: String(max), value: String(answered), "aria-label": chapter.title });
  const links = [
    [open[0], "Next open question"],
    [wrong[0], "Next wrong answer"],
  ].filter(([id]) => id);
  return make(
    "div",
    { class: "nn-row" },
    make("a", { href: chapter.href }, chapter.title),
    bar,
    make("span", {}, sentence([chapter], store)),
    ...links.map(([id, label]) =>
      make("a", { href: `${chapter.href}#quiz-${id}`, "aria-label": `${label}: ${chapter.title}` }, label),
    ),
  );
}

function sentence(chapters, store) {
  const counts = chapters.map((chapter) => count(chapter, store));
  const sum = (number) => counts.reduce((all, one) => all + number(one), 0);
  const [right, wrong, left] = [sum((one) => one.right), sum((one) => one.wrong.length), sum((one) => one.open.length)];
  return `${right + wrong} of ${right + wrong + left} answered: ${right} right, ${wrong} wrong; ${left} left.`;
}

/** All chapters together, and the way to the page that collects what was wrong, if anything is. */
function total(chapters, store, review) {
  const wrong = chapters.some((chapter) => count(chapter, store).wrong.length > 0);
  const all = chapters.length > 1 ? [`All chapters: ${sentence(chapters, store)} `] : [];
  const link = wrong && review ? [make("a", { href: review }, "Answer the wrong ones again")] : [];
  return all.length + link.length ? [make("p", { class: "nn-total" }, ...all, ...link)] : [];
}

/** A reset that asks first and can be taken back until the page is left. */
function resetting(items, what, store, status, redrawn) {
  let taken = null;
  const ask = button(`Forget the answers of ${what}`, () => {
    question.hidden = false;
    ask.hidden = true;
    keep.focus();
  });
  const close = (sentence) => {
    question.hidden = true;
    ask.hidden = false;
    ask.focus();
    status.textContent = sentence;
  };
  const forget = button("Forget them", () => {
    taken = items.map((id) => [id, store.raw(id)]).filter(([, saved]) => saved);
    for (const id of items) store.remove(id);
    undo.hidden = false;
    close(`${taken.length} answers are forgotten. You can undo this until you leave the page.`);
    redrawn();
  });
  const keep = button("Keep them", () => close(""));
  const undo = button(
    "Undo",
    () => {
      for (const [id, saved] of taken) store.set(id, saved);
      undo.hidden = true;
      close("The answers are back.");
      redrawn();
    },
    { hidden: "" },
  );
  const question = make("span", { hidden: "" }, `Forget the answers of ${what}? `, forget, " ", keep);
  return [ask, question, undo];
}

function files(store, status, redrawn) {
  const input = make("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", async () => {
    try {
      const answers = imported(await input.files[0].text());
      for (const [id, saved] of Object.entries(answers)) store.set(id, saved);
      status.textContent = `${Object.keys(answers).length} answers are read from the file.`;
      redrawn();
    } catch (error) {
      status.textContent = `${error.message} Nothing is changed.`;
    }
    input.value = "";
  });
  const save = button("Save the answers as a file", () => {
    const address = URL.createObjectURL(new Blob([exported(store.all())], { type: "application/json" }));
    make("a", { href: address, download: "answers.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
  return [save, make("label", { class: "nn-file" }, "Read answers from a file ", input)];
}
