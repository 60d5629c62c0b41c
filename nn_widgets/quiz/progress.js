// What is answered, right, left; where to go next; reset with undo; export and import.

import { counted } from "../maths/format.js";
import { CHANGED, programOf } from "./book.js";
import { button, FRAMED, make, saveFile } from "./dom.js";
import { inDays, inWords, toAnswerAgain } from "./due.js";
import { savedOf, sorted } from "./saved.js";
import { exported, imported, LONGEST_NAME, nameOf } from "./store.js";

/**
 * @typedef {object} Chapter as the build writes it
 * @property {string} name
 * @property {string} title
 * @property {string} href
 * @property {string} more the address of the script with its questions
 * @property {import("./saved.js").Question[]} items
 */
/** @typedef {import("./item.js").Page} Page */
/** @typedef {import("./saved.js").Question} Question */

/** @typedef {(sentence: string) => void} Tell */
/** @typedef {ReturnType<typeof undoing>} Changes */

const NOTHING = "What you answer is counted here and in the map.";

/**
 * Counts of a chapter's questions and the ids of the open and the wrong ones.
 * @param {Chapter} chapter @param {Page} page
 */
export function count(chapter, page) {
  /** @type {string[]} */
  const open = [];
  /** @type {string[]} */
  const wrong = [];
  for (const question of chapter.items) {
    const [id] = question;
    const verdict = savedOf(page, question)?.c;
    if (!verdict) open.push(id);
    if (verdict === "wrong") wrong.push(id);
  }
  const total = chapter.items.length;
  return { total, open, wrong, answered: total - open.length, right: total - open.length - wrong.length };
}

/** @param {HTMLElement} host holds the list of chapters as JSON @param {Page} page */
export function mountProgress(host, page) {
  /** @type {Chapter[]} */
  const chapters = JSON.parse(host.querySelector("script").textContent);
  const body = make("div");
  const status = make("p", { role: "status", class: "nn-verdict" });
  const review = host.dataset.review;
  const draw = () => {
    // A first visit to the whole book shows no zeros; a chapter says what it has.
    const begun = chapters.filter((chapter) => chapters.length === 1 || count(chapter, page).answered);
    const rows = begun.map((chapter) => row(chapter, page));
    const sums = begun.length ? [...total(chapters, page), ...again(chapters, page, review)] : [make("p", {}, NOTHING)];
    body.replaceChildren(...rows, ...sums);
    if (chapters.length > 1) markMap(chapters, page);
  };
  /** @type {Tell} */
  const tell = (sentence) => {
    status.textContent = sentence;
    document.dispatchEvent(new CustomEvent(CHANGED, { detail: null }));
  };
  const questions = chapters.flatMap((chapter) => chapter.items);
  const what = chapters.length > 1 ? "all chapters" : "this chapter";
  const changes = undoing(page.store, tell);
  const tools = make("div", { class: "nn-buttons" }, ...resetting(questions, what, changes, tell));
  if (host.dataset.files !== undefined) tools.append(...files(questions, page, changes, tell));
  tools.append(changes.undo);
  host.querySelector(".nn-nojs")?.remove();
  host.append(body, tools, status);
  document.addEventListener(CHANGED, draw);
  draw();
}

/** In the map, what is answered stands below a chapter's question. @param {Chapter[]} chapters @param {Page} page */
function markMap(chapters, page) {
  for (const chapter of chapters) {
    const link = document.querySelector(`.nn-map a[href="${chapter.href}"]`);
    if (!link) continue;
    const { answered, total: all, wrong } = count(chapter, page);
    const mark = link.parentElement.querySelector(".nn-mark") ?? make("span", { class: "nn-mark" });
    mark.textContent = answered ? `${answered} of ${all} answered${wrong.length ? `, ${wrong.length} wrong` : ""}` : "";
    link.after(mark);
  }
}

/** @param {Chapter} chapter @param {Page} page */
function row(chapter, page) {
  const { total: max, open, wrong, answered } = count(chapter, page);
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
    make("span", {}, sentence([chapter], page)),
    ...links.map(([id, label]) =>
      make("a", { href: `${chapter.href}#${anchor(id)}`, "aria-label": `${label}: ${chapter.title}` }, label),
    ),
  );
}

/** A task has its own name in the page, a question its own. @param {string} id */
const anchor = (id) => (id.startsWith(programOf("")) ? id : `quiz-${id}`);

/** @param {Chapter[]} chapters @param {Page} page */
function sentence(chapters, page) {
  const counts = chapters.map((chapter) => count(chapter, page));
  /** @param {(one: ReturnType<typeof count>) => number} number */
  const sum = (number) => counts.reduce((all, one) => all + number(one), 0);
  const [right, wrong, left] = [sum((one) => one.right), sum((one) => one.wrong.length), sum((one) => one.open.length)];
  return `${right + wrong} of ${right + wrong + left} answered: ${right} right, ${wrong} wrong; ${left} left.`;
}

/** All chapters together. @param {Chapter[]} chapters @param {Page} page */
function total(chapters, page) {
  return chapters.length > 1 ? [make("p", { class: "nn-total" }, `All chapters: ${sentence(chapters, page)}`)] : [];
}

/**
 * What is due, with the way to the page that collects it; a page of all chapters says when something will be.
 * @param {Chapter[]} chapters @param {Page} page @param {string | undefined} review
 */
function again(chapters, page, review) {
  const { due, later, next } = toAnswerAgain(chapters, page, Date.now());
  const words = `Answer again: ${counted(due.length, "question is", "questions are")} due`;
  if (due.length && review) {
    return [make("p", { class: "nn-total" }, make("a", { href: review }, words), `, ${inWords(due)}.`)];
  }
  if (!later || chapters.length === 1) return [];
  const then = `Nothing is due to be answered again; the next question returns ${inDays(next)}.`;
  return [make("p", { class: "nn-total" }, then)];
}

/**
 * Changes of many answers at once, the last of which can be taken back until the page is left.
 * @param {import("./store.js").Store} store @param {(sentence: string) => void} tell
 */
function undoing(store, tell) {
  /** @type {[string, import("./store.js").Saved | null][]} */
  let before = [];
  /** @param {string} id @param {import("./store.js").Saved | null} saved */
  const put = (id, saved) => (saved ? store.set(id, saved) : store.remove(id));
  const undo = button("Undo", () => {
    for (const [id, saved] of before) put(id, saved);
    undo.hidden = true;
    tell("The answers are as they were.");
  }, { hidden: "" });
  /**
   * @param {[string, import("./store.js").Saved | null][]} answers null forgets one
   * @returns {number} how many of them were there before
   */
  const change = (answers) => {
    before = answers.map(([id]) => [id, store.raw(id)]);
    for (const [id, saved] of answers) put(id, saved);
    const held = before.filter(([, saved]) => saved).length;
    undo.hidden = !held && answers.every(([, saved]) => !saved);
    return held;
  };
  return { change, undo };
}

/**
 * A reset that asks first.
 * @param {Question[]} questions @param {string} what @param {Changes} changes @param {Tell} tell
 */
function resetting(questions, what, { change }, tell) {
  const ask = button(`Forget the answers of ${what}`, () => {
    question.hidden = false;
    ask.hidden = true;
    keep.focus();
  });
  /** @param {string} sentence */
  const close = (sentence) => {
    question.hidden = true;
    ask.hidden = false;
    ask.focus();
    tell(sentence);
  };
  const forget = button("Forget them", () => {
    const taken = change(questions.map(([id]) => /** @type {[string, null]} */ ([id, null])));
    const number = counted(taken, "answer is forgotten", "answers are forgotten");
    close(taken ? `${number}. You can undo this until you leave the page.` : "There was no answer to forget.");
  });
  const keep = button("Keep them", () => close(""));
  const question = make("span", { hidden: "" }, `Forget the answers of ${what}? `, forget, " ", keep);
  return [ask, question];
}

/** @param {Question[]} questions @param {Page} page @param {Changes} changes @param {Tell} tell */
function files(questions, page, { change }, tell) {
  const input = make("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", async () => {
    try {
      const { good, ...left } = sorted(imported(await input.files[0].text()), questions, page.kinds);
      if (good.length) change(good);
      tell(readSentence(good.length, left));
    } catch (error) {
      tell(`${error.message} Nothing is changed.`);
    }
    input.value = "";
  });
  const name = make("input", { type: "text", maxlength: String(LONGEST_NAME), autocomplete: "off", size: "12" });
  const save = button("Save the answers as a file", () => tell(download(page.store.all(), nameOf(name.value))));
  return [
    save,
    make("label", { class: "nn-file" }, "Name or number to go with it, if your teacher asks for one ", name),
    make("label", { class: "nn-file" }, "Read answers from a file ", input),
  ];
}

/** @param {number} good @param {{stale: number, unknown: number, broken: number}} left */
function readSentence(good, { stale, unknown, broken }) {
  const out = [
    [stale, "to an older wording"],
    [unknown, "to no question of this book"],
    [broken, "of another form than the question asks for"],
  ];
  const words = out.filter(([number]) => number).map(([number, what]) => `${number} ${what}`).join(", ");
  const left = words ? ` Left out: ${words}.` : "";
  if (!good) return `No answer in the file fits this book.${left} Nothing is changed.`;
  return `${counted(good, "answer is", "answers are")} read from the file.${left}`;
}

/**
 * Hand the answers over as a file; gives a sentence, for a browser that refuses says nothing.
 * @param {Record<string, import("./store.js").Saved>} answers @param {string} name
 */
function download(answers, name) {
  const number = Object.keys(answers).length;
  if (!number) return "There are no answers to save yet.";
  saveFile("answers.json", exported(answers, { name, saved: Date.now() }), "application/json");
  const framed = window.parent === window ? "" : ` ${FRAMED}`;
  return `${counted(number, "answer goes", "answers go")} into the file answers.json, among your downloads.${framed}`;
}
