// A started task: the editor, what its buttons do, and what they say. Python runs in ../python, the judge is judge.py.

import { counted } from "../maths/format.js";
import { bookOf, CHANGED, programOf } from "../quiz/book.js";
import { button, make } from "../quiz/dom.js";
import { LONGEST, Store } from "../quiz/store.js";
import { extended } from "../quiz/trail.js";
import { makeEditor } from "./editor.js";
import { walkOn } from "./hill.js";
import { Training } from "./training.js";
import { matrices } from "./values.js";

// The judge runs in names of its own; `globals` are those that the reader's program leaves.
const JUDGED = {
  setup: "_names = type(globals())()\nexec(_judge, _names)\n_verdict = _names['judge'](_task, globals())",
  code: "_verdict",
};
// Two mistakes at once are looked for in all layers only: more takes too long here, and the notebook's check does it.
const IN_ALL_LAYERS = "import nn_core.search\nnn_core.search.TWICE = nn_core.search.TWICE[:1]";
const DIAGNOSIS_SECONDS = 40; // on the slowest phone; a reader may stop it

/** @typedef {import("../python/runner.js").Value} Value */
/** @typedef {import("../python/runner.js").Request} Request */
/** @typedef {import("../python/runner.js").Result} Result */
/** @typedef {import("../python/runner.js").Problem} Problem */
/** @typedef {import("../python/engine.js").Engine} Engine */

/**
 * @typedef {object} Data of a task, as `task_data` of task_html.py writes it
 * @property {string} start the lines that the reader begins with
 * @property {string} solution
 * @property {string[]} hints HTML
 * @property {{setup: string, show: Record<string, string>}} example
 * @property {string} judge the program that judges
 * @property {{diagnose?: boolean}} task what it judges by
 * @property {import("./training.js").Plan|null} train
 * @property {import("./hill.js").Plan|null} walk
 */

/**
 * Show the editor while Python starts in its worker; if that fails the task is as it was.
 * @param {HTMLElement} host @param {Data} data
 * @param {Promise<Engine>} starting
 */
export async function open(host, data, starting) {
  const workshop = new Workshop(host, data);
  try {
    workshop.ready(await starting);
  } catch (error) {
    workshop.leave();
    throw error;
  }
}

class Workshop {
  /** @param {HTMLElement} host @param {Data} data */
  constructor(host, data) {
    this.host = host;
    this.data = data;
    /** @type {Engine|null} */
    this.engine = null;
    this.tried = this.quiet = this.early = false; // early: run as soon as Python is there
    this.hints = 0; // given so far
    /** @type {string|undefined} what the storage held when it was last read or written here */
    this.kept = undefined;
    /** @type {AbortController|null} */
    this.running = null;
    this.id = programOf(host.dataset.task);
    this.store = new Store(() => window.localStorage, { book: bookOf(document), say: (words) => this.notice(words) });
    this.build();
    this.allow(false);
    this.restore();
    /** @param {CustomEvent} event */
    this.hear = (event) => event.detail === null && this.restore();
    document.addEventListener(CHANGED, this.hear);
    this.editor.focus();
  }

  /** @param {Engine} engine */
  ready(engine) {
    this.engine = engine;
    this.allow(true);
    if (this.early) this.run();
  }

  /** Whether programs can be run. @param {boolean} can */
  allow(can) {
    const { run, check, train } = this.buttons;
    for (const one of [run, check, train]) if (one) one.disabled = !can;
  }

  leave() {
    document.removeEventListener(CHANGED, this.hear);
    this.parts.forEach((part) => part.remove());
    delete this.host.dataset.started;
    delete this.host.dataset.verdict;
  }

  build() {
    const help = make("p", { class: "nn-editor-help", id: `${this.id}-help` },
      "Tab indents; Escape, then Tab, leaves. Ctrl-Enter or ⌘-Enter runs.");
    const box = make("div", { class: "nn-editor" });
    /** @param {() => void} act */
    const idle = (act) => () => {
      if (!this.running) act();
    };
    /** @type {Record<string, HTMLButtonElement>} */
    this.buttons = {
      run: button("Run", () => this.run()),
      check: button("Check", () => this.check(), { class: "nn-button nn-check" }),
      hint: button("Hint", idle(() => this.hint())),
      solution: button("Show a solution", idle(() => this.solution())),
      again: button("Start again", idle(() => this.startAgain())),
      stop: button("Stop", () => this.running?.abort(), { hidden: "" }),
    };
    const tools = make("div", { class: "nn-buttons" }, ...Object.values(this.buttons));
    if (this.data.train) {
      this.buttons.train = button("Train with it", () => this.train());
      tools.append(this.buttons.train);
    }
    this.status = make("p", { class: "nn-verdict", role: "status" });
    this.results = make("div", { class: "nn-results" });
    this.list = make("ol");
    this.given = make("div", { class: "nn-hints", role: "log", "aria-label": "Hints", hidden: "" }, this.list);
    this.parts = [box, help, tools, this.status, this.results, this.given];
    this.host.querySelector(".nn-lines").after(...this.parts);
    this.host.dataset.started = "";
    this.editor = makeEditor(box, this.data.start, { label: "Your program", describedBy: help.id,
      onRun: () => this.run(), onChange: (text) => this.edited(text) });
  }

  /**
   * The reader's program as it was left, also if the task has been edited since. One that was changed elsewhere takes
   * the place of what is here, with a way back.
   */
  restore() {
    const saved = this.store.raw(this.id);
    const kept = JSON.stringify(saved);
    if (this.running || kept === this.kept) return;
    const [before, isNews] = [this.editor.text, this.kept !== undefined];
    const program = typeof saved?.a === "string" ? saved.a : this.data.start;
    this.kept = kept;
    this.results.replaceChildren();
    const none = "No program is kept: these are the starting lines.";
    const news = saved ? "This is your program as it is kept now." : none;
    this.say(isNews ? news : "");
    if (program !== before) {
      this.quietly(() => { this.editor.text = program; });
      if (isNews) this.offer(before);
    }
    if (saved && saved.f !== this.host.dataset.fingerprint) {
      this.say("This task has changed since you wrote this. Your program is as you left it.");
    } else if (saved?.c === "right") this.say("✓ Right when you last checked it.", "right");
    this.tried ||= Boolean(saved?.c);
  }

  /** @param {() => void} act */
  quietly(act) {
    this.quiet = true;
    act();
    this.quiet = false;
  }

  /** @param {string} text */
  edited(text) {
    if (this.quiet) return;
    this.say("");
    this.save("", text);
  }

  /**
   * Keep the program, and what a check found in it.
   * @param {import("../quiz/store.js").Saved["c"]} verdict @param {string} [text] @param {string} [named]
   */
  save(verdict, text = this.editor.text, named = "") {
    if (text.length > LONGEST) {
      return this.say("The program is too long to be kept; it lasts until you leave the page.");
    }
    const f = this.host.dataset.fingerprint;
    const before = this.store.get(this.id, f);
    const again = before?.c && before.a === text; // the same program, checked once more, is no other try
    const trail = verdict && !again
      ? extended(before?.t, { a: null, n: 0, c: verdict, at: Date.now() }, named)
      : before?.t;
    this.store.set(this.id, { f, n: 0, a: text, c: verdict, ...(trail ? { t: trail } : {}) });
    this.kept = JSON.stringify(this.store.raw(this.id));
    document.dispatchEvent(new CustomEvent(CHANGED, { detail: this.id }));
    return undefined;
  }

  /** @param {string} text */
  say(text, verdict = "") {
    this.status.textContent = text;
    this.host.dataset.verdict = verdict;
  }

  /** @param {string} sentence */
  notice(sentence) {
    this.host.querySelector(".nn-editor")?.before(make("p", { class: "nn-notice", role: "status" }, sentence));
  }

  /**
   * Send the program to Python; nothing else is asked meanwhile.
   * @param {Request} request @param {import("../python/engine.js").Listen} listen @returns {Promise<Result>}
   */
  async send(request, listen = {}) {
    this.running = new AbortController();
    this.editor.mark(null);
    this.say("Python is running.");
    this.status.scrollIntoView({ block: "nearest" }); // on a phone it stands below the window
    const pressed = document.activeElement;
    const { stop, ...others } = this.buttons;
    for (const one of Object.values(others)) one.setAttribute("aria-disabled", "true"); // disabled it would lose focus
    stop.hidden = false;
    try {
      return await this.engine.run(this.editor.text, request, { ...listen, signal: this.running.signal });
    } catch (error) {
      const plain = String(error.message ?? error);
      return { output: "", omitted: 0, values: [], error: { plain, message: "", type: "", line: null } };
    } finally {
      for (const one of Object.values(others)) one.removeAttribute("aria-disabled");
      if (document.activeElement === stop && pressed instanceof HTMLElement) pressed.focus({ preventScroll: true });
      stop.hidden = true;
      this.running = null;
    }
  }

  async run() {
    this.early = !this.engine;
    if (this.running || this.early) return;
    const { setup, show } = this.data.example;
    const cases = Object.values(show).map((code, k) => (k ? { code } : { setup, code }));
    const result = await this.send({ cases });
    this.tried = true;
    const failed = result.error ?? result.values.find(({ error }) => error)?.error;
    this.results.replaceChildren(...this.printed(result));
    if (failed) return this.explain(failed);
    this.say("Python has run your program. This is what it gives on an example:");
    const shown = Object.keys(show).map((name, k) => /** @type {[string, Value]} */ ([name, result.values[k].value]));
    this.results.append(matrices(shown));
    return this.walk();
  }

  async check() {
    if (this.running) return;
    const { judge, task } = this.data;
    /** @type {Request} */
    const request = { given: { _judge: judge, _task: task }, cases: [JUDGED] };
    if (task.diagnose) Object.assign(request, { setup: IN_ALL_LAYERS, limits: { seconds: DIAGNOSIS_SECONDS } });
    const asked = this.editor.text;
    const result = await this.send(request);
    this.tried = true;
    this.results.replaceChildren();
    if (this.editor.text !== asked) return this.say("You have changed the program since you asked: check it again.");
    this.results.append(...this.printed(result));
    const failed = result.error ?? result.values[0].error;
    if (failed) {
      this.explain(failed);
      return failed.type === "Stopped" ? undefined : this.save("wrong"); // who stops a check has not been judged
    }
    const verdict = entries(result.values[0].value);
    const right = verdict.right.value;
    this.say(`${right ? "✓" : "✗"} ${verdict.says.value}`, right ? "right" : "wrong");
    this.compare(verdict);
    this.save(right ? "right" : "wrong", undefined, verdict.named.value);
    return this.walk();
  }

  /** The program's own steps on a figure of this page, right or wrong, if the task has one for them. */
  async walk() {
    if (!this.data.walk) return;
    const place = make("p", { class: "nn-walked" });
    this.results.append(place);
    const program = this.editor.text;
    /** @param {import("./hill.js").Step} one */
    const evaluate = async (one) => (await this.engine.run(program, { cases: [one] })).values[0]?.value ?? null;
    const back = () => {
      place.scrollIntoView({ behavior: "instant", block: "center" });
      this.buttons.check.focus({ preventScroll: true });
    };
    const walked = await walkOn(this.data.walk, evaluate, back);
    if (!walked || !place.isConnected) return place.remove();
    place.append(`On the hill of this page, ${walked.words} `, button("Look at the hill", walked.look));
  }

  /**
   * What the function gave on a hidden case beside what it should have given.
   * @param {Record<string, Value>} verdict
   */
  compare({ on, got, want }) {
    /** @param {Value} list @returns {[string, Value][]} */
    const named = (list) => list.items.map(({ items: [name, value] }) => [name.value, value]);
    if (!got.items.length) return;
    this.results.append(
      make("p", {}, `On ${on.value}, your program gives:`), matrices(named(got)),
      make("p", {}, "Wanted is:"), matrices(named(want)));
  }

  /** @param {Result} result */
  printed({ output, omitted }) {
    if (!output) return [];
    const more = omitted ? [make("p", {}, `… and ${counted(omitted, "more character", "more characters")}.`)] : [];
    return [make("pre", { class: "nn-printed", tabindex: "0", "aria-label": "Printed" }, output), ...more];
  }

  /** Plain words first, then Python's own. @param {Problem} problem */
  explain({ line, plain, type, message, in: where }) {
    const own = where === undefined || where === "program";
    const place = own && line ? `Line ${line}: ` : "";
    const ours = ["Stopped", "Overtime"].includes(type); // no word of Python's
    const words = ours ? "" : [type, message].filter(Boolean).join(": ");
    this.say(`✗ ${place}${plain || "Python stops here."}`, "wrong");
    this.editor.mark(own ? line : null);
    if (words) this.results.prepend(make("p", { class: "nn-python-words" }, "Python says: ", make("code", {}, words)));
  }

  hint() {
    const next = this.data.hints[this.hints];
    if (!next) return this.say("There are no more hints.");
    const item = make("li");
    const parsed = new DOMParser().parseFromString(next, "text/html"); // the book's own HTML
    item.append(...document.adoptNode(parsed.body).childNodes);
    this.list.append(item);
    this.given.hidden = false;
    this.hints += 1;
    item.scrollIntoView?.({ block: "nearest" });
    return undefined;
  }

  solution() {
    if (!this.tried) return this.say("Try it first: press Run or Check, whatever you have.");
    if (!this.shown) {
      this.shown = make("div", { class: "nn-solution" }, make("p", {}, "One solution of many:"),
        make("pre", { tabindex: "0", "aria-label": "A solution" }, this.data.solution));
      this.given.after(this.shown);
    }
    this.shown.scrollIntoView({ block: "nearest" });
    return undefined;
  }

  /** The starting lines again, with a way back. */
  startAgain() {
    const before = this.editor.text;
    this.editor.text = this.data.start;
    this.editor.mark(null);
    this.results.replaceChildren();
    if (before === this.data.start) return this.say("These are the starting lines.");
    this.say("The starting lines are back.");
    this.offer(before);
    return undefined;
  }

  /** A way back to the reader's program. @param {string} before */
  offer(before) {
    if (before === this.data.start) return;
    const back = button("Bring my program back", () => {
      this.editor.text = before;
      this.buttons.again.focus({ preventScroll: true });
      back.remove();
      this.say("Your program is back.");
    });
    this.results.append(back);
  }

  async train() {
    if (this.running) return;
    const { setup, repeat } = this.data.train;
    const training = new Training(this.data.train, this.results.clientWidth);
    this.results.replaceChildren(training.node);
    const result = await this.send({ setup, repeat, limits: { seconds: 180 } }, {
      onValue: (step, value) => training.add(step, value),
    });
    this.tried = true;
    if (result.error) this.explain(result.error);
    else this.say("The training has ended.");
    training.end(Boolean(result.error));
  }
}

/** A dictionary that Python gave. @param {Value} dictionary */
function entries({ items }) {
  /** @type {Record<string, Value>} */
  const found = {};
  for (let k = 0; k < items.length; k += 2) found[items[k].value] = items[k + 1];
  return found;
}
