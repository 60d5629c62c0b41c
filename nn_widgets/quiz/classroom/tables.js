// The tables of a class: what to teach next, the tasks, the files.

import { make } from "../dom.js";

/** @typedef {import("./tally.js").Row} Row */
/** @typedef {import("./tally.js").Common} Common */
/** @typedef {import("./contents.js").Content} Content */
/**
 * @typedef {object} About what the page knows of a question or a task
 * @property {string} title
 * @property {string} where
 * @property {string} href
 * @property {string} [often] what is often believed
 */

const OPEN = 1; // so many questions stand there whole

/** "12 (40 %)" @param {number} number @param {number} of */
const share = (number, of) => (of ? `${number} (${Math.round((100 * number) / of)}\u00a0%)` : "–");

/**
 * A table that a narrow page shows as a list: its roles are written down, because a style that makes blocks of rows
 * takes them away.
 * @param {string[]} heads @param {(Node | string)[][]} rows @param {string} label
 */
function table(heads, rows, label) {
  const columns = heads.map((text) => make("th", { role: "columnheader", scope: "col" }, text));
  const head = make("tr", { role: "row" }, ...columns);
  const body = rows.map(([first, ...rest]) =>
    make("tr", { role: "row" },
      make("th", { role: "rowheader", scope: "row" }, first),
      ...rest.map((cell, n) => make("td", { role: "cell", "data-label": heads[n + 1] }, cell))));
  return make("table", { role: "table", "aria-label": label },
    make("thead", { role: "rowgroup" }, head), make("tbody", { role: "rowgroup" }, ...body));
}

/**
 * @param {Row[]} rows in the order in which they are shown
 * @param {(id: string) => About} about @param {Map<string, Content>} contents @param {number} readers
 */
export function questionTable(rows, about, contents, readers) {
  const cells = rows.map((row, n) => {
    const { id, answered, known, first, last } = row;
    const cell = questionCell(row, about(id), contents.get(id), n < OPEN);
    return [cell, `${answered} of ${readers}`, share(first, known), share(last, answered)];
  });
  return table(["Question", "Answered", "Right at the first try", "Right at last"], cells, "Questions");
}

/** @param {Row} row @param {About} about @param {Content} content @param {boolean} open */
function questionCell(row, about, content, open) {
  const cell = titled(about);
  const [commonest] = row.common;
  if (!commonest) {
    cell.append(make("p", {}, "Nobody was wrong."));
    return cell;
  }
  cell.append(commonOf(commonest, content));
  if (about.often) {
    const often = make("p", { class: "nn-often" }, "Often believed: ");
    often.append(html(about.often));
    cell.append(often);
  }
  const all = make("details", open ? { open: "" } : {}, make("summary", {}, "The question, and all that was wrong"));
  all.append(make("div", { class: "nn-prompt" }, content.prompt));
  all.append(make("ul", {}, ...row.common.map((one) => slipItem(one, content))));
  cell.append(all);
  return cell;
}

/** @param {About} about */
function titled({ title, where, href }) {
  const name = make("a", { href });
  name.append(html(title));
  return make("div", {}, make("p", { class: "nn-row-title" }, name, " ", make("span", { class: "nn-where" }, where)));
}

/** The book's own HTML. @param {string} text */
function html(text) {
  const template = make("template");
  template.innerHTML = text;
  return template.content;
}

/** "Chosen by 12: the gradient is a number" @param {Common} common @param {Content} content */
function commonOf({ slip, readers }, content) {
  const line = make("p", { class: "nn-common" }, make("strong", {}, byMany(slip.does, readers)));
  const text = content.textOf(slip) ?? (slip.reason ? content.reasonOf(slip) : null);
  if (text) line.append(": ", make("span", {}, ...inline(text)));
  return line;
}

/** @param {string} does @param {number} readers */
const byMany = (does, readers) => `${does[0].toUpperCase()}${does.slice(1)} by ${readers}`;

/** What stands in paragraphs, in a line. @param {DocumentFragment | Element} piece */
function inline(piece) {
  const children = piece instanceof DocumentFragment ? [...piece.children] : [];
  const paragraphs = children.filter((one) => one.tagName === "P");
  return paragraphs.length ? paragraphs.flatMap((one) => [...one.childNodes, " "]) : [piece];
}

/** @param {Common} common @param {Content} content */
function slipItem({ slip, readers }, content) {
  const item = make("li", {}, make("strong", {}, byMany(slip.does, readers)));
  const [text, reason] = [content.textOf(slip), content.reasonOf(slip)];
  if (text) item.append(": ", text);
  if (reason) item.append(make("div", { class: "nn-reason" }, reason));
  return item;
}

/** @param {Row[]} rows @param {(id: string) => About} about @param {number} readers */
export function taskTable(rows, about, readers) {
  const cells = rows.map((row) => {
    const cell = titled(about(row.id));
    const [commonest] = row.common;
    if (commonest) {
      const words = make("strong", {}, `Commonest mistake, made by ${commonest.readers}`);
      cell.append(make("p", { class: "nn-common" }, words, `: ${commonest.slip.does}`));
    }
    return [cell, `${row.answered} of ${readers}`, share(row.first, row.known), share(row.last, row.answered)];
  });
  return table(["Task", "Checked", "Right at the first check", "Solved"], cells, "Tasks");
}

/**
 * @typedef {{reader: import("./readers.js").Reader, progress: ReturnType<typeof import("./tally.js").progressOf>}} One
 */
/**
 * @param {One[]} files
 * @param {number} questions @param {number} tasks
 */
export function fileTable(files, questions, tasks) {
  const cells = files.map(({ reader, progress }) => {
    const { answered, first, last, solved, tries, at } = progress;
    const bar = make("progress", { max: String(questions), value: String(answered), "aria-hidden": "true" });
    const done = make("span", {}, bar, ` ${answered} of ${questions}`);
    const tried = tasks ? [`${solved} of ${tasks}`] : [];
    return [nameCell(reader), done, String(first), String(last), ...tried, String(tries), dayOf(at)];
  });
  const solved = tasks ? ["Tasks solved"] : [];
  const heads = ["File", "Answered", "Right at the first try", "Right at last", ...solved, "Tries", "Last answer"];
  return table(heads, cells, "Files");
}

/** @param {import("./readers.js").Reader} reader */
function nameCell({ name, file, notes }) {
  const lines = [make("bdi", { class: "nn-row-title" }, name || file)];
  if (name) lines.push(make("bdi", { class: "nn-where" }, file));
  return make("div", {}, ...lines, ...notes.map((note) => make("p", { class: "nn-where" }, note)));
}

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
/** For a spreadsheet, which sorts it: 2026-09-21. */
export const SORTED = new Intl.DateTimeFormat("sv-SE");

/** The day of a time, or what a clock that is wrong deserves. @param {number} at in milliseconds */
export function dayOf(at, format = DAY) {
  if (!at) return "–";
  return at > Date.now() + 86_400_000 ? "in the future: that clock is wrong" : format.format(at);
}
