// The reader says an entry of the average gradient before the machines have added anything.

import { button } from "../../kit/controls.js";
import { html, setText, uniqueId } from "../../kit/svg.js";
import { formatNumber } from "../../maths/format.js";
import { readAnswer } from "../../maths/read_number.js";
import { judge } from "./slips.js";

/** @param {{name: string, onShow: () => void}} options `onShow`: the reader is right, or gives up */
export function predictPanel({ name, onShow }) {
  const id = uniqueId("nn-predict");
  const label = html("label", { for: id });
  const input = html("input", { id, type: "text", autocomplete: "off", class: "nn-together-answer", onkeydown });
  const show = button("Show it", () => { tell(); onShow(); });
  const controls = html("div", { class: "nn-buttons" }, input, button("Check", answer), show);
  const feedback = html("p", { class: "nn-together-feedback", role: "status" });
  const node = html("section", { class: "nn-together-predict", "aria-label": "Predict" }, label, controls, feedback);
  /** @type {{G: number, N: number}[]} */
  let blocks = [];
  let key = "";

  /** @param {KeyboardEvent} event */
  function onkeydown(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    answer();
  }
  function answer() {
    /** @param {number} value */
    const fits = (value) => judge(value, blocks).right || judge(value, blocks).slip !== undefined;
    const { values, ask } = readAnswer(input.value, { fits });
    if (ask) return tell(ask);
    const judged = judge(values[0], blocks);
    tell(judged.says, judged.right ? "right" : "wrong", judged.slip);
    if (judged.right) onShow();
    else input.select();
    return undefined;
  }
  function tell(says = "", verdict = "", slip = "") {
    setText(feedback, says);
    feedback.dataset.slip = slip;
    feedback.classList.toggle("nn-is-right", verdict === "right");
    feedback.classList.toggle("nn-is-wrong", verdict === "wrong");
  }
  return {
    node,
    /** @param {{G: number, N: number}[]} now @param {boolean} open whether the average is still hidden */
    draw(now, open) {
      const N = now.reduce((sum, block) => sum + block.N, 0);
      const value = now.reduce((sum, block) => sum + block.G, 0) / N;
      const keyNow = now.map((block) => block.N).join(" ");
      const again = open && controls.hidden;
      if (keyNow !== key || again) { input.value = ""; tell(); }
      [blocks, key] = [now, keyNow];
      setText(label, open ? `Predict: what is ${name} of the average loss over all ${N} birds? Three decimals will do.`
        : `${name} of the average loss over all ${N} birds is ${formatNumber(value)}.`);
      controls.hidden = !open;
    },
  };
}
