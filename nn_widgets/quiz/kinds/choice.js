// Options, of which one is right or several are.

import { inputsOf, isList } from "../kind.js";

/** @type {import("../kind.js").Kind<boolean[], {right: boolean[]}>} */
const choice = {
  where: "A reason stands below each option.",
  read: (root) => inputsOf(root).map((input) => input.checked),
  write: (root, answer) =>
    inputsOf(root).forEach((input, n) => {
      input.checked = answer?.[n] === true;
    }),
  whole: (answer, size) =>
    isList(answer, size) && answer.every((/** @type {unknown} */ one) => typeof one === "boolean")
      && answer.includes(true),
  judge: (answer, { right }) => {
    if (!answer.includes(true)) return { missing: "Choose an answer first." };
    /** @param {number} n */
    const mine = (n) => (answer[n] ? "Your choice. " : "");
    return {
      right: right.every((value, n) => answer[n] === value),
      marks: right.map((good, n) => ({ good, words: mine(n) + (good ? "This is right." : "This is not right.") })),
    };
  },
  slips: (answer, { right }) => {
    const wrong = right.map((good, n) => (answer[n] === good ? -1 : n)).filter((n) => n >= 0);
    // Of one right option among radio buttons only the other choice tells something.
    const one = [answer, right].every((list) => list.filter(Boolean).length === 1);
    return wrong
      .filter((n) => answer[n] || !one)
      .map((n) => ({ does: answer[n] ? "chosen" : "left out", text: `text-${n}`, reason: `reason-${n}` }));
  },
};

export default choice;
