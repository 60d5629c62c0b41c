// At a class: a teacher drops the saved answers of a class and sees what to teach next. Nothing leaves the page.

import { counted } from "../../maths/format.js";
import { button, FRAMED, make, saveFile } from "../dom.js";
import { contentsOf, lineOf } from "./contents.js";
import { csv } from "./csv.js";
import { chosen, dropped, textOf } from "./files.js";
import { Readers, readerOf } from "./readers.js";
import { dayOf, fileTable, questionTable, SORTED, taskTable } from "./tables.js";
import { byNeed, progressOf, questionRow, taskRow } from "./tally.js";

/**
 * @typedef {object} Course as the build writes it
 * @property {import("../progress.js").Chapter[]} chapters their items are questions
 * @property {Record<string, {place: number, often: string}>} questions
 * @property {Task[]} tasks
 */
/**
 * @typedef {object} Task
 * @property {string} id
 * @property {string} fingerprint
 * @property {string} title
 * @property {string} href
 * @property {string} chapter
 * @property {Record<string, string>} named what the judge may call a mistake, with words for a teacher
 */

/** @typedef {import("./tally.js").Row} Row */

/** @param {Document} page @param {Record<string, import("../kind.js").Kind>} kinds */
export function start(page, kinds) {
  for (const host of page.querySelectorAll(".nn-class")) new Classroom(/** @type {HTMLElement} */ (host), kinds);
}

class Classroom {
  /** @param {HTMLElement} host @param {Record<string, import("../kind.js").Kind>} kinds */
  constructor(host, kinds) {
    this.host = host;
    this.kinds = kinds;
    /** @type {Course} */
    this.course = JSON.parse(host.querySelector("script").textContent);
    const { chapters, tasks } = this.course;
    /** @type {import("../saved.js").Question[]} */
    const programs = tasks.map(({ id, fingerprint }) => [id, fingerprint, "task", 1]);
    this.known = [...chapters.flatMap(({ items }) => items), ...programs];
    this.readers = new Readers();
    /** @type {Map<string, import("./contents.js").Content>} */
    this.contents = new Map();
    /** @type {string[]} */
    this.absent = [];
    this.build();
  }

  build() {
    this.host.querySelector(".nn-nojs")?.remove();
    this.status = make("p", { role: "status", class: "nn-verdict" });
    this.project = button("Project it, without names", () => this.turn(), { "aria-pressed": "false" });
    const others = [
      button("Save the table as CSV", () => this.save("class-questions.csv", this.tableRows())),
      button("Save the files as CSV, with names", () => this.save("class-files.csv", this.fileRows())),
      button("Start again", () => this.clear()),
    ];
    for (const one of others) one.classList.add("nn-private");
    this.tools = make("div", { class: "nn-buttons", hidden: "" }, this.project, ...others);
    this.results = make("div");
    this.host.append(this.inputs(), this.status, this.tools, this.results);
    // A file that misses the place would open in place of this page.
    document.addEventListener("dragover", (event) => this.over(event));
    document.addEventListener("dragleave", () => delete this.host.dataset.over);
    document.addEventListener("drop", (event) => this.drop(event));
  }

  inputs() {
    const files = make("input", { type: "file", multiple: "", accept: ".json,application/json" });
    const folder = make("input", { type: "file", webkitdirectory: "" });
    /** @param {string} words @param {HTMLInputElement} input */
    const pick = (words, input) => make("label", { class: "nn-button" }, words, input);
    const picks = [pick("Choose files", files)];
    if ("webkitdirectory" in folder) picks.push(pick("Choose a folder", folder));
    for (const input of [files, folder]) {
      input.addEventListener("change", async () => {
        await this.take(async () => chosen(input.files));
        input.value = "";
      });
    }
    this.first = files;
    const words = make("p", {}, "Drop the files of your class here, or whole folders.");
    return make("div", { class: "nn-drop" }, words, ...picks);
  }

  /** @param {DragEvent} event */
  over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.host.dataset.over = "";
  }

  /** @param {DragEvent} event */
  drop(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    delete this.host.dataset.over;
    const found = dropped(event.dataTransfer); // at once: after the event its entries are gone
    this.take(() => found);
  }

  /** Read files, one take after the other, and draw. @param {() => Promise<import("./files.js").Found[]>} find */
  take(find) {
    this.taking = Promise.resolve(this.taking).then(async () => {
      try {
        await this.read(await find());
      } catch (error) {
        this.say(`${error instanceof Error ? error.message : error} Nothing is changed.`);
      }
    });
    return this.taking;
  }

  /** @param {import("./files.js").Found[]} found */
  async read(found) {
    if (!found.length) return this.say("There is no file in that.");
    this.say(`Reading ${counted(found.length, "file", "files")}.`);
    if (!this.contents.size || this.absent.length) await this.open();
    for (const { path, file } of found) {
      try {
        this.readers.add(readerOf(path, await textOf(file), this.known, this.kinds));
      } catch (error) {
        this.readers.leave(path, error.message);
      }
    }
    this.draw();
    return this.say(this.summary());
  }

  /** Have the questions come, which takes a while. */
  async open() {
    const { contents, absent } = await contentsOf(this.course.chapters, this.kinds);
    this.contents = contents;
    this.absent = absent;
  }

  summary() {
    const { list, left } = this.readers;
    const out = left.length ? `, ${counted(left.length, "is", "are")} left out` : "";
    return `${counted(list.length, "file is", "files are")} counted${out}.`;
  }

  /** @param {string} sentence */
  say(sentence) {
    this.status.textContent = sentence;
  }

  clear() {
    this.readers = new Readers();
    this.draw();
    this.say("The files are forgotten.");
    this.first.focus();
  }

  /** With names and files, or without. */
  turn() {
    const projected = !("projected" in this.host.dataset);
    if (projected) this.host.dataset.projected = "";
    else delete this.host.dataset.projected;
    this.project.setAttribute("aria-pressed", String(projected));
    this.draw();
    this.say(this.summary()); // in place of what was said of a file
  }

  count() {
    const { list } = this.readers;
    const { chapters, tasks } = this.course;
    const ids = chapters.flatMap(({ items }) => items.map(([id]) => id)).filter((id) => this.contents.has(id));
    this.questions = ids.map((id) => questionRow(id, list, this.contents.get(id).judge));
    this.tasks = tasks.map(({ id, named }) => taskRow(id, list, mistakes(named)));
  }

  draw() {
    this.count();
    const { list, left } = this.readers;
    const projected = "projected" in this.host.dataset;
    this.tools.hidden = !list.length && !left.length;
    const parts = [...this.notices(), ...this.taught(), ...(projected ? [] : this.named(list, left))];
    this.results.replaceChildren(...parts);
  }

  notices() {
    /** @param {string} title */
    const words = (title) => `The questions of “${title}” did not come: they are not counted.`;
    return this.absent.map((title) => make("p", { class: "nn-notice" }, words(title)));
  }

  /** What the class did, without names. */
  taught() {
    const [answered, tried] = [this.questions, this.tasks].map((rows) => byNeed(rows.filter((row) => row.answered)));
    const readers = this.readers.list.length;
    const table = () => questionTable(answered, this.about, this.contents, readers);
    return [
      ...(answered.length ? [make("h2", {}, "What to teach next"), make("p", {}, ORDER), table()] : []),
      ...(tried.length ? [make("h2", {}, "Tasks of Write it"), taskTable(tried, this.about, readers)] : []),
    ];
  }

  /** What names somebody. @param {import("./readers.js").Reader[]} list @param {import("./readers.js").Left[]} left */
  named(list, left) {
    const { questions, tasks } = this;
    const files = this.progress();
    const out = left.map(({ file, why }) => make("li", {}, make("bdi", {}, file), `: ${why}`));
    return [
      ...(list.length ? [make("h2", {}, "Files"), fileTable(files, questions.length, tasks.length)] : []),
      ...(left.length ? [make("h2", {}, "Left out"), make("ul", { class: "nn-left-out" }, ...out)] : []),
    ];
  }

  progress() {
    const { questions, tasks } = this;
    const files = this.readers.list.map((reader) => ({ reader, progress: progressOf(reader, questions, tasks) }));
    const key = (/** @type {import("./readers.js").Reader} */ { name, file }) => name || file;
    return files.sort((one, other) => key(one.reader).localeCompare(key(other.reader), "en", { numeric: true }));
  }

  /** @type {(id: string) => import("./tables.js").About} */
  about = (id) => {
    const task = this.course.tasks.find((one) => one.id === id);
    if (task) {
      const chapter = this.course.chapters.find(({ name }) => name === task.chapter);
      return { title: task.title, where: chapter ? chapterOf(chapter) : "", href: task.href };
    }
    const chapter = this.course.chapters.find(({ items }) => items.some(([other]) => other === id));
    const { place, often } = this.course.questions[id];
    const where = `${chapterOf(chapter)}, question ${place}`;
    return { title: nameOf(id), where, href: `${chapter.href}#quiz-${id}`, often };
  };

  /** @param {string} name @param {(string | number)[][]} rows */
  save(name, rows) {
    saveFile(name, csv(rows), "text/csv");
    const framed = window.parent === window ? "" : ` ${FRAMED}`;
    this.say(`The table goes into the file ${name}, among your downloads.${framed}`);
  }

  /** Questions and tasks, as they stand on the page. */
  tableRows() {
    /** @param {Row} row @param {string} kind @param {string} text @param {string} reason */
    const line = (row, kind, text, reason) => {
      const { title, where, often = "" } = this.about(row.id);
      const [commonest] = row.common;
      const numbers = [this.readers.list.length, row.answered, row.known, row.first, row.last, commonest?.readers ?? 0];
      return [row.id, kind, textIn(title), where, ...numbers, commonest?.slip.does ?? "", text, reason, textIn(often)];
    };
    const questions = byNeed(this.questions).map((row) => {
      const [content, slip] = [this.contents.get(row.id), row.common[0]?.slip];
      const [text, reason] = slip ? [content.textOf(slip), content.reasonOf(slip)] : [null, null];
      return line(row, "question", lineOf(text), lineOf(reason));
    });
    return [TABLE, ...questions, ...byNeed(this.tasks).map((row) => line(row, "task", "", ""))];
  }

  fileRows() {
    const rows = this.progress().map(({ reader, progress }) => {
      const { answered, first, last, tried, solved, tries, at } = progress;
      const notes = reader.notes.join(" ");
      return [reader.file, reader.name, answered, first, last, tried, solved, tries, dayOf(at, SORTED), notes];
    });
    const out = this.readers.left.map(({ file, why }) => [file, "", "", "", "", "", "", "", "", `Left out: ${why}`]);
    return [FILES, ...rows, ...out];
  }
}

const ORDER = "On top is what most readers were wrong about: who was wrong at the first try counts once, " +
  "who is wrong at last once more.";
const TABLE = [
  "id", "kind", "title", "where", "files", "answered", "first tries known", "right at the first try",
  "right at last, or solved", "readers with the commonest", "what they did", "commonest wrong", "reason",
  "often believed",
];
const FILES = [
  "file", "name", "answered", "right at the first try", "right at last", "tasks checked", "tasks solved", "tries",
  "last answer", "notes",
];

/** "07-backward-sequence" is chapter 7. @param {import("../progress.js").Chapter} chapter */
const chapterOf = ({ name, title }) => (/^\d\d-/.test(name) ? `Chapter ${Number(name.slice(0, 2))}` : title);

/** An id in words; ids are in small letters, weights are not. @param {string} id */
const nameOf = (id) => `${id[0].toUpperCase()}${id.slice(1)}`.replaceAll("-", " ").replace(/\bdw/, "dW");

/** The text of the book's own HTML. @param {string} html */
const textIn = (html) => lineOf(new DOMParser().parseFromString(html, "text/html").body);

/**
 * The mistakes that a name in a file stands for, in words: one that the book knows, or two of them at once.
 * @param {Record<string, string>} named @returns {(name: string) => string[]}
 */
function mistakes(named) {
  const known = new Map(Object.entries(named));
  return (name) => {
    if (known.has(name)) return [known.get(name)];
    const words = name.split(" and ");
    for (let n = 1; n < words.length; n += 1) {
      const two = [words.slice(0, n).join(" and "), words.slice(n).join(" and ")];
      if (two.every((one) => known.has(one))) return two.map((one) => known.get(one));
    }
    return [];
  };
}
