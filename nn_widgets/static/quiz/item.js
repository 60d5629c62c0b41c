// One question in the page: the reader answers, asks, reads the reasons, tries again.

import { button, make } from "./dom.js";
import { draggable } from "./dragging.js";
import { KINDS } from "./kinds.js";

export const CHANGED = "nn-quiz-changed";

export class Item {
  /**
   * @param {HTMLFormElement} form
   * @param {import("./store.js").Store} store
   * @param {{fresh?: boolean}} options fresh: start anew with other numbers, save when checked
   */
  constructor(form, store, { fresh = false } = {}) {
    this.form = form;
    this.store = store;
    this.id = form.dataset.item;
    this.kind = KINDS[form.dataset.kind];
    this.variants = JSON.parse(form.querySelector("script").textContent);
    this.original = new Map(this.slots().map((slot) => [slot.dataset.slot, [...slot.childNodes]]));
    this.build();
    this.restore(fresh);
  }

  slots() {
    return [...this.form.querySelectorAll("[data-slot]")];
  }

  build() {
    const check = make("button", { type: "submit", class: "nn-button nn-check" }, "Check");
    const label = this.variants.length > 1 ? "Try again with fresh numbers" : "Try again";
    this.again = button(label, () => this.tryAgain(), { hidden: "" });
    this.status = make("p", { class: "nn-verdict", role: "status" });
    this.form.append(make("div", { class: "nn-buttons" }, check, this.again), this.status);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    this.form.addEventListener("input", () => this.edited());
    if (this.form.dataset.kind === "order") this.addMoves();
  }

  get data() {
    return this.variants[this.variant];
  }

  /** Show what is saved, or an empty question. */
  restore(fresh = false) {
    const saved = this.store.get(this.id, this.form.dataset.fingerprint);
    const next = fresh && saved ? saved.n + 1 : (saved?.n ?? 0);
    this.show(next % this.variants.length);
    const answer = fresh ? null : (saved?.a ?? null);
    this.kind.write(this.form, answer, this.data);
    this.clearVerdict();
    if (answer !== null && saved.c) this.judge();
  }

  /** Show the question without the reader's answer, which stays saved. */
  blank() {
    this.kind.write(this.form, null, this.data);
    this.clearVerdict();
  }

  /** Put the numbers of a variant in their places. */
  show(variant) {
    this.variant = variant;
    const template = this.form.querySelector(`template[data-variant="${variant}"]`);
    const other = template?.content.cloneNode(true);
    for (const slot of this.slots()) {
      const name = slot.dataset.slot;
      const changed = other?.querySelector(`[data-slot="${name}"]`);
      slot.replaceChildren(...(changed ? changed.childNodes : this.original.get(name)));
    }
  }

  edited() {
    this.clearVerdict();
    this.save("");
  }

  save(verdict) {
    const answer = this.kind.read(this.form);
    const saved = { f: this.form.dataset.fingerprint, n: this.variant, a: answer, c: verdict };
    this.store.set(this.id, saved);
    this.form.dispatchEvent(new CustomEvent(CHANGED, { bubbles: true, detail: this.id }));
  }

  check() {
    const verdict = this.judge();
    if (!verdict.missing) this.save(verdict.right ? "right" : "wrong");
  }

  judge() {
    const verdict = this.kind.judge(this.kind.read(this.form), this.data);
    this.clearVerdict();
    if (verdict.missing) {
      this.status.textContent = verdict.missing;
      return verdict;
    }
    this.markEntries(verdict);
    const word = verdict.right ? "✓ Right." : "✗ Not right.";
    this.status.textContent = [word, verdict.tell, this.kind.where].filter(Boolean).join(" ");
    this.form.dataset.verdict = verdict.right ? "right" : "wrong";
    this.again.hidden = false;
    return verdict;
  }

  markEntries({ marks, slip }) {
    const entries = [...this.form.querySelectorAll(".nn-entry")];
    entries.forEach((entry, n) => {
      const [good, words] = marks[n];
      entry.dataset.mark = good ? "right" : "wrong";
      const mark = make("p", { class: "nn-mark" }, `${good ? "✓" : "✗"} ${words}`);
      const reasons = [...entry.querySelectorAll(".nn-reason")];
      reasons[0].before(mark);
      for (const reason of reasons) reason.hidden = reason.dataset.slot.startsWith("reason-slip-");
      if (slip >= 0) entry.querySelector(`[data-slot="reason-slip-${slip}"]`).hidden = false;
    });
  }

  clearVerdict() {
    this.status.textContent = "";
    delete this.form.dataset.verdict;
    this.again.hidden = true;
    for (const mark of this.form.querySelectorAll(".nn-mark")) mark.remove();
    for (const reason of this.form.querySelectorAll(".nn-reason")) reason.hidden = true;
    for (const entry of this.form.querySelectorAll(".nn-entry")) delete entry.dataset.mark;
  }

  tryAgain() {
    this.show((this.variant + 1) % this.variants.length);
    this.kind.write(this.form, null, this.data);
    this.edited();
    this.form.querySelector("input, .nn-move:not([disabled])")?.focus();
  }

  addMoves() {
    for (const entry of this.form.querySelectorAll("li.nn-entry")) {
      const moves = [["↑", -1], ["↓", 1]].map(([sign, by]) =>
        button(sign, (event) => this.move(entry, by, event.currentTarget), {
          class: "nn-button nn-move",
          "aria-label": by < 0 ? "Move up" : "Move down",
          "aria-describedby": nameOf(entry),
        }),
      );
      const grip = make("span", { class: "nn-grip", "aria-hidden": "true" }, "⠿");
      entry.prepend(make("span", { class: "nn-moves" }, grip, ...moves));
      draggable(entry, grip, () => this.moved(entry));
    }
  }

  move(entry, by, pressed) {
    const other = by < 0 ? entry.previousElementSibling : entry.nextElementSibling;
    if (other) by < 0 ? other.before(entry) : other.after(entry);
    pressed.focus();
    this.moved(entry);
  }

  moved(entry) {
    this.edited();
    const lines = [...entry.parentElement.children];
    this.status.textContent = `Now at place ${lines.indexOf(entry) + 1} of ${lines.length}.`;
  }
}

function nameOf(entry) {
  const text = entry.querySelector("[data-slot^=text-], code");
  text.id ||= `${entry.closest("form").id}-${entry.dataset.part}`;
  return text.id;
}
