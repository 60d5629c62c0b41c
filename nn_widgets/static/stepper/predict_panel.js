// The reader says the next number before it is shown.

import { button } from "../controls.js";
import { html, setText, uniqueId } from "../svg.js";
import { writtenRef } from "./names.js";
import { judge, readNumber } from "./slips.js";

/**
 * @param {{onReveal: (ref: import("./names.js").Ref) => void, onNext: () => void}} options
 */
export function predictPanel({ onReveal, onNext }) {
  const id = uniqueId("nn-predict");
  const label = html("label", { for: id });
  const input = html("input", { id, type: "text", inputmode: "decimal", autocomplete: "off", class: "nn-backward-answer" });
  const check = html("button", { type: "submit", class: "nn-button nn-primary" }, "Check");
  const show = button("Show it", () => { told = { key: keyNow, says: "" }; onReveal(scene.result); });
  const next = button("Next number", () => { onNext(); input.focus(); });
  const feedback = html("p", { class: "nn-backward-feedback", role: "status" });
  const form = html("form", { class: "nn-backward-asked", onsubmit: answer }, label, html("div", { class: "nn-buttons" }, input, check, show, next));
  const node = html("section", { class: "nn-backward-panel", "aria-label": "Predict" }, form, feedback);
  let [scene, keyNow, told] = [null, "", { key: "", says: "" }];

  function answer(event) {
    event.preventDefault();
    const given = readNumber(input.value);
    if (Number.isNaN(given)) return tell("Type a number, such as −0.25.");
    const { right, says, slip } = judge(scene.name, scene.entry, scene.values, given);
    tell(says, right ? "right" : "wrong", slip);
    if (right) {
      onReveal(scene.result);
      next.hidden = false;
      next.focus();
    } else input.select();
    return undefined;
  }

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
      const asked = `${now.name} ${now.entry} ${now.setting.numbers.length} ${now.example}`;
      if (asked !== keyNow) input.value = "";
      keyNow = asked;
      const open = now.text(now.result) === "?";
      const own = writtenRef(now.result, now.examples);
      setText(label, open ? `What is ${own}? Three decimals will do.` : `${own} = ${now.text(now.result)}`);
      [input, check, show].forEach((one) => { one.hidden = !open; });
      next.hidden = open;
      paint();
    },
  };
}
