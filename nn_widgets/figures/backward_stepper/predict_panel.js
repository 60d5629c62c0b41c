// The reader says the next number before it is shown.

import { button } from "../../kit/controls.js";
import { html, setText, uniqueId } from "../../kit/svg.js";
import { readAnswer } from "../../maths/read_number.js";
import { hide } from "./hide.js";
import { writtenRef } from "./names.js";
import { atEnd } from "./scene.js";
import { judge } from "./slips.js";

/**
 * @param {{onReveal: (ref: import("./names.js").Ref) => void, onNext: () => void}} options
 */
export function predictPanel({ onReveal, onNext }) {
  const id = uniqueId("nn-predict");
  const label = html("label", { for: id });
  // All keys of a phone, for gradients are negative; no form, which some frames forbid.
  const input = html("input", { id, type: "text", autocomplete: "off", class: "nn-backward-answer", onkeydown });
  const check = button("Check", answer, { class: "nn-button nn-primary" });
  const show = button("Show it", () => { told = { key: keyNow, says: "", verdict: "" }; onReveal(scene.result); });
  const next = button("Next number", () => { next.focus(); onNext(); }); // Safari focuses no pressed button
  const feedback = html("p", { class: "nn-backward-feedback", role: "status" });
  const buttons = html("div", { class: "nn-buttons" }, input, check, show, next);
  const asked = html("div", { class: "nn-backward-asked" }, label, buttons);
  const node = html("section", { class: "nn-backward-panel", "aria-label": "Predict" }, asked, feedback);
  /** @type {import("./scene.js").Scene} */
  let scene;
  let [keyNow, told] = ["", { key: "", says: "", verdict: "" }];

  /** @param {KeyboardEvent} event */
  function onkeydown(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // else it would press the button that gets the focus
    answer();
  }

  function answer() {
    /** @param {number} value */
    const judged = (value) => judge(scene.name, scene.entry, scene.values, value);
    /** @param {number} value */
    const fits = (value) => judged(value).right || judged(value).slip !== undefined;
    const { values, ask } = readAnswer(input.value, { fits });
    if (ask) return tell(ask);
    const { right, says, slip } = judged(values[0]);
    tell(says, right ? "right" : "wrong", slip);
    if (right) {
      onReveal(scene.result);
      next.hidden = false;
      next.focus();
    } else input.select();
    return undefined;
  }

  /** @param {string} says */
  function tell(says, verdict = "", slip = "") {
    told = { key: keyNow, says, verdict };
    feedback.dataset.slip = slip;
    paint();
  }

  function paint() {
    const mine = told.key === keyNow;
    setText(feedback, mine ? told.says : "");
    feedback.classList.toggle("nn-is-right", mine && told.verdict === "right");
    feedback.classList.toggle("nn-is-wrong", mine && told.verdict === "wrong");
  }

  return {
    node,
    /** @param {import("./scene.js").Scene} now */
    draw(now) {
      scene = now;
      const key = `${now.name} ${now.entry} ${now.setting.numbers.length} ${now.example}`;
      if (key !== keyNow) input.value = "";
      keyNow = key;
      const open = now.text(now.result) === "?";
      const own = writtenRef(now.result, now.examples);
      setText(label, open ? `What is ${own}? Three decimals will do.` : `${own} = ${now.text(now.result)}`);
      setText(next, atEnd(now) ? "Begin anew" : "Next number");
      if (!open) next.hidden = false;
      [input, check, show].forEach((one) => hide(one, !open, next));
      hide(next, open, input);
      paint();
    },
  };
}
