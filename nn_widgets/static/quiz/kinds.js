// What differs between the kinds of questions: reading an answer, writing it back, judging it.
// A verdict has `missing` (a sentence, if there is nothing to judge), `right`, and a mark for each entry;
// `where` says where its reasons are.

import { near, readNumbers } from "./number.js";

const entries = (form) => [...form.querySelectorAll(".nn-entry")];
const inputs = (node) => [...node.querySelectorAll("input")];

const trueFalse = {
  where: "The reasons stand below the statements.",
  read: (form) =>
    entries(form).map((entry) => {
      const chosen = inputs(entry).find((input) => input.checked);
      return chosen ? chosen.value === "true" : null;
    }),
  write: (form, answer) =>
    entries(form).forEach((entry, n) =>
      inputs(entry).forEach((input) => {
        input.checked = answer?.[n] === (input.value === "true");
      }),
    ),
  judge: (answer, { right }) => {
    if (answer.includes(null)) return { missing: "Judge every statement first." };
    const good = right.map((value, n) => answer[n] === value);
    return {
      right: good.every(Boolean),
      marks: right.map((value, n) => [good[n], good[n] ? `Right, it is ${value}.` : `It is ${value}.`]),
      tell: `${good.filter(Boolean).length} of ${good.length} statements are judged rightly.`,
    };
  },
};

const choice = {
  where: "The reasons stand below the options.",
  read: (form) => inputs(form).map((input) => input.checked),
  write: (form, answer) =>
    inputs(form).forEach((input, n) => {
      input.checked = answer?.[n] === true;
    }),
  judge: (answer, { right }) => {
    if (!answer.includes(true)) return { missing: "Choose an answer first." };
    const mine = (n) => (answer[n] ? "Your choice. " : "");
    return {
      right: right.every((value, n) => answer[n] === value),
      marks: right.map((value, n) => [value, mine(n) + (value ? "This is right." : "This is not right.")]),
      tell: "",
    };
  },
};

const numeric = {
  where: "The reason stands below your answer.",
  read: (form) => inputs(form)[0].value,
  write: (form, answer) => {
    inputs(form)[0].value = typeof answer === "string" ? answer : "";
  },
  judge: (answer, { answer: wanted, tolerance, slips }) => {
    const values = readNumbers(answer);
    if (!values.length) {
      return { missing: "Type a number first: 0.25, 0,25, 2.5e-1 and 1/4 are the same." };
    }
    const right = values.some((value) => near(value, wanted, tolerance));
    const slip = slips.findIndex((wrong) => values.some((value) => near(value, wrong, tolerance)));
    return { right, marks: [[right, right ? "Right." : "Not right."]], tell: "", slip: right ? -1 : slip };
  },
};

const order = {
  where: "The reasons stand below the lines.",
  read: (form) => entries(form).map((entry) => entry.dataset.part),
  write: (form, answer, { shuffled, after }) => {
    const ids = Object.keys(after);
    const wanted = isPermutation(answer, ids) ? answer : shuffled.map((n) => ids[n]);
    const list = form.querySelector("ol");
    const byId = new Map(entries(form).map((entry) => [entry.dataset.part, entry]));
    list.append(...wanted.map((id) => byId.get(id)));
  },
  judge: (answer, { after }) => {
    const good = answer.map((id, n) => after[id].every((first) => answer.indexOf(first) < n));
    return {
      right: good.every(Boolean),
      marks: good.map((fits) => [fits, fits ? "What it needs stands before it." : "Too early."]),
      tell: "",
    };
  },
};

function isPermutation(answer, ids) {
  return Array.isArray(answer) && answer.length === ids.length && ids.every((id) => answer.includes(id));
}

export const KINDS = { "true-false": trueFalse, choice, numeric, order };
