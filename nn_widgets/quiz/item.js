// One question in the page: the reader answers, asks, reads the reasons, tries again.

import { CHANGED } from "./book.js";
import { button, make } from "./dom.js";
import { savedOf } from "./saved.js";
import { extended } from "./trail.js";

const NO_NUMBERS = "The further numbers of this question did not come.";

/** Whether somebody has typed or chosen here. @param {HTMLElement} root */
const isTouched = (root) => [...root.querySelectorAll("input")].some(
  (input) => input.value !== input.defaultValue || input.checked !== input.defaultChecked);

/**
 * @typedef {object} Page what the questions of a page share
 * @property {import("./store.js").Store} store
 * @property {Record<string, import("./kind.js").Kind>} kinds
 * @property {(item: Item) => Promise<import("./library.js").Stored>} more gives a question's further numbers
 */

export class Item {
  /**
   * @param {HTMLElement} root
   * @param {Page} page
   * @param {{fresh?: boolean}} options fresh: start anew with other numbers, save only what is checked
   */
  constructor(root, page, { fresh = false } = {}) {
    this.fresh = fresh;
    this.root = root;
    this.page = page;
    this.id = root.dataset.item;
    this.fingerprint = root.dataset.fingerprint;
    this.kind = page.kinds[root.dataset.kind];
    this.count = Number(root.dataset.variants);
    this.first = JSON.parse(root.querySelector("script").textContent);
    this.original = new Map(this.slots().map((slot) => [slot.dataset.slot, slot.innerHTML]));
    this.put(0, this.first, {});
    this.turn = 0; // a reader who goes on does not wait for numbers that were asked for before
    this.build();
    this.restore(true);
  }

  /** The places whose content numbers may change; a reason waits in a template. */
  slots() {
    return /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[data-slot]")]);
  }

  build() {
    const check = button("Check", () => this.check(), { class: "nn-button nn-check" });
    const label = this.count > 1 ? "Try again with fresh numbers" : "Try again";
    this.again = button(label, () => this.tryAgain(), { hidden: "" });
    this.status = make("p", { class: "nn-verdict", role: "status" });
    this.root.append(make("div", { class: "nn-buttons" }, check, this.again), this.status);
    this.root.addEventListener("keydown", (event) => {
      const asked = event.key === "Enter" && event.target instanceof HTMLInputElement;
      if (!asked || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      event.preventDefault();
      this.check();
    });
    this.root.addEventListener("input", () => this.edited());
    this.kind.prepare?.(this.root, (sentence) => {
      this.edited();
      this.status.textContent = sentence;
    });
  }

  /** Show what is saved, or an empty question; what was typed before this script ran stays. */
  restore(first = false) {
    const { id, fingerprint, root, fresh } = this;
    const saved = savedOf(this.page, [id, fingerprint, root.dataset.kind, Number(root.dataset.size)]);
    if (first && !saved && isTouched(root)) return undefined;
    const variant = (saved ? saved.n + (fresh ? 1 : 0) : 0) % this.count;
    const answer = fresh || !saved ? null : saved.a;
    const turn = (this.turn += 1);
    const shown = () => {
      this.kind.write(root, answer, this.data);
      if (answer !== null && saved.c) this.judged = !this.judge().missing;
    };
    this.blank();
    if (variant === this.variant) return shown();
    return this.show(variant).then((came) => {
      if (turn !== this.turn) return;
      if (came) shown();
      else this.status.textContent = NO_NUMBERS + (answer === null ? "" : " Your answer stays saved.");
    });
  }

  /** Show the question without the reader's answer, which stays saved. */
  blank() {
    this.kind.write(this.root, null, this.data);
    this.judged = false;
    this.clearVerdict();
  }

  /**
   * Put the numbers of a variant in their places, once they are there.
   * @param {number} variant
   * @returns {Promise<boolean>} whether they came
   */
  async show(variant) {
    if (variant === this.variant) return true;
    if (variant === 0) return this.put(0, this.first, {});
    const turn = this.turn;
    try {
      const { fingerprint, variants } = await this.page.more(this);
      if (fingerprint !== this.fingerprint) return false; // a page and a script of two editions
      const { data, slots } = variants[variant - 1];
      return turn !== this.turn || this.put(variant, data, slots);
    } catch {
      return false;
    }
  }

  /** @param {number} variant @param {any} data @param {Record<string, string>} slots what is not as at first */
  put(variant, data, slots) {
    for (const slot of this.slots()) {
      const name = slot.dataset.slot;
      if (this.variant || name in slots) slot.innerHTML = slots[name] ?? this.original.get(name);
    }
    this.variant = variant;
    this.data = data;
    return true;
  }

  edited() {
    this.turn += 1;
    this.judged = false;
    this.clearVerdict();
    if (!this.fresh) this.save("");
  }

  /** @param {"" | "right" | "wrong"} verdict */
  save(verdict) {
    const answer = { a: this.kind.read(this.root), n: this.variant };
    const before = this.page.store.get(this.id, this.fingerprint)?.t;
    const trail = verdict ? extended(before, { ...answer, c: verdict, at: Date.now() }) : before;
    const saved = { f: this.fingerprint, ...answer, c: verdict };
    this.page.store.set(this.id, trail ? { ...saved, t: trail } : saved);
    this.root.dispatchEvent(new CustomEvent(CHANGED, { bubbles: true, detail: this.id }));
  }

  check() {
    this.turn += 1;
    const again = this.judged; // the same answer, checked once more, is no other try
    const verdict = this.judge();
    this.judged = !verdict.missing;
    if (this.judged && !again) this.save(verdict.right ? "right" : "wrong");
  }

  judge() {
    const verdict = this.kind.judge(this.kind.read(this.root), this.data);
    this.clearVerdict();
    if (verdict.missing) {
      this.status.textContent = verdict.missing;
      return verdict;
    }
    this.markEntries(verdict.marks);
    const word = verdict.right ? "✓ Right." : "✗ Not right.";
    this.status.textContent = [word, verdict.tell, this.kind.where].filter(Boolean).join(" ");
    this.root.dataset.verdict = verdict.right ? "right" : "wrong";
    this.again.hidden = false;
    return verdict;
  }

  /** @param {import("./kind.js").Mark[]} marks */
  markEntries(marks) {
    const entries = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll(".nn-entry")]);
    entries.forEach((entry, n) => {
      const { good, words, reasons } = marks[n];
      /** @param {string} name */
      const wanted = (name) => !reasons || reasons.includes(name.replace("reason-", ""));
      const templates = [...entry.querySelectorAll("template")];
      const shown = templates.filter((template) => wanted(template.dataset.slot));
      entry.dataset.mark = good ? "right" : "wrong";
      templates[0].before(make("p", { class: "nn-mark" }, `${good ? "✓" : "✗"} ${words}`));
      for (const template of shown) {
        template.after(make("div", { class: "nn-reason" }, template.content.cloneNode(true)));
      }
    });
  }

  clearVerdict() {
    this.status.textContent = "";
    delete this.root.dataset.verdict;
    this.again.hidden = true;
    for (const mark of this.root.querySelectorAll(".nn-mark, .nn-reason")) mark.remove();
    for (const entry of this.root.querySelectorAll(".nn-entry")) entry.removeAttribute("data-mark");
  }

  /** Empty the question, with other numbers where it has any. */
  async tryAgain() {
    const turn = (this.turn += 1);
    const came = await this.show((this.variant + 1) % this.count);
    if (turn !== this.turn) return;
    this.kind.write(this.root, null, this.data);
    this.edited();
    if (!came) this.status.textContent = `${NO_NUMBERS} These are the same again.`;
    /** @type {HTMLElement} */ (this.root.querySelector("fieldset :is(input, button):not([disabled])"))?.focus();
  }
}
