// A table of statements, each true or false.

import { entriesOf, inputsOf, isList } from "../kind.js";

/** @type {import("../kind.js").Kind<(boolean|null)[], {right: boolean[]}>} */
const trueFalse = {
  where: "A reason stands below each statement.",
  read: (root) =>
    entriesOf(root).map((entry) => {
      const chosen = inputsOf(entry).find((input) => input.checked);
      return chosen ? chosen.value === "true" : null;
    }),
  write: (root, answer) =>
    entriesOf(root).forEach((entry, n) =>
      inputsOf(entry).forEach((input) => {
        input.checked = answer?.[n] === (input.value === "true");
      }),
    ),
  whole: (answer, size) => isList(answer, size)
    && answer.every((/** @type {unknown} */ one) => typeof one === "boolean"),
  judge: (answer, { right }) => {
    if (answer.includes(null)) return { missing: "Judge every statement first." };
    const good = right.map((value, n) => answer[n] === value);
    const number = good.filter(Boolean).length;
    return {
      right: good.every(Boolean),
      marks: right.map((value, n) => ({ good: good[n], words: `${good[n] ? "Right, it" : "It"} is ${value}.` })),
      tell: `${number} of ${good.length} statements ${number === 1 ? "is" : "are"} judged rightly.`,
    };
  },
  slips: (answer, { right }) =>
    right.flatMap((value, n) =>
      answer[n] === value ? [] : [{ does: "judged wrongly", text: `text-${n}`, reason: `reason-${n}` }]),
};

export default trueFalse;
