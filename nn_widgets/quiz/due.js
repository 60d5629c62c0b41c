// Which questions are to be answered again, now and later.

import { savedOf } from "./saved.js";
import { overdue, wasWrong } from "./trail.js";

/**
 * @typedef {{chapter: import("./progress.js").Chapter, id: string, wrong: boolean, days: number}} Due
 *   a question, whether its last answer was wrong, and for how many days it has been due
 * @typedef {{due: Due[], later: number, next: number | null}} Again
 *   the wrong ones first, then those that have waited longest; how many return later, and in how many days the first
 */

/**
 * @param {import("./progress.js").Chapter[]} chapters
 * @param {import("./item.js").Page} page
 * @param {number} now in milliseconds
 * @returns {Again}
 */
export function toAnswerAgain(chapters, page, now) {
  const all = chapters.flatMap((chapter) =>
    chapter.items.flatMap((question) => standing(chapter, question, page, now)));
  const due = all.filter(({ days }) => days >= 0);
  const later = all.filter(({ days }) => days < 0);
  due.sort((one, other) => Number(other.wrong) - Number(one.wrong) || other.days - one.days);
  return { due, later: later.length, next: later.length ? Math.min(...later.map(({ days }) => -days)) : null };
}

/**
 * A question with its days; none if it is a task, stays away or was never checked.
 * @param {import("./progress.js").Chapter} chapter @param {import("./saved.js").Question} question
 * @param {import("./item.js").Page} page @param {number} now
 * @returns {Due[]}
 */
function standing(chapter, question, page, now) {
  const [id, , kind] = question;
  const saved = kind === "task" ? null : savedOf(page, question);
  const days = saved ? overdue(saved, now) : null;
  return days === null ? [] : [{ chapter, id, wrong: wasWrong(saved), days }];
}

/** "3 wrong, 2 to recall" @param {Due[]} due */
export function inWords(due) {
  const wrong = due.filter((one) => one.wrong).length;
  const parts = [[wrong, "wrong"], [due.length - wrong, "to recall"]];
  return parts.filter(([number]) => number).map((part) => part.join(" ")).join(", ");
}

/** "tomorrow", "in 3 days" @param {number} days at least 1 */
export const inDays = (days) => (days === 1 ? "tomorrow" : `in ${days} days`);
