// A number to be typed.

import { near, readAnswer, readNumbers } from "../../maths/read_number.js";
import { inputsOf } from "../kind.js";

/** @typedef {{answer: number, tolerance: number, slips: number[], percent: boolean}} Solved */

/** @type {import("../kind.js").Kind<string, Solved>} */
const numeric = {
  where: "The reason stands below your answer.",
  read: (root) => inputsOf(root)[0].value.slice(0, inputsOf(root)[0].maxLength),
  write: (root, answer) => {
    inputsOf(root)[0].value = typeof answer === "string" ? answer : "";
  },
  whole: (answer) => typeof answer === "string" && readNumbers(answer).length > 0,
  judge: (answer, { answer: wanted, tolerance, slips, percent }) => {
    /** @param {number} value */
    const isRight = (value) => near(value, wanted, tolerance);
    /** @param {number} value */
    const slipOf = (value) => slips.findIndex((wrong) => near(value, wrong, tolerance));
    /** @param {number} value */
    const fits = (value) => isRight(value) || slipOf(value) >= 0;
    const thousands = Number.isInteger(wanted) && Math.abs(wanted) >= 1000;
    const { values, ask } = readAnswer(answer, { fits, thousands, percent });
    if (ask) return { missing: ask };
    const good = values.some(isRight);
    const slip = good ? -1 : Math.max(...values.map(slipOf));
    const reasons = slip >= 0 ? [`slip-${slip}`, "answer"] : ["answer"];
    return { right: good, marks: [{ good, words: good ? "Right." : "Not right.", reasons }] };
  },
  slips: (answer, data) => {
    const [name] = numeric.judge(answer, data).marks[0].reasons;
    if (name === "answer") return [{ does: "another number typed" }];
    return [{ does: "typed with a known slip", reason: `reason-${name}` }];
  },
};

export default numeric;
