// What the checks of one question leave: the first and the last answer, their number, and when the question returns.

/** Days until a question that was right returns: the first time, the second, and so on; then it stays away. */
export const DAYS = [1, 3, 7, 21];
const DAY = 86_400_000;
const MOST_TRIES = 9999;
const MOST_NAMED = 12;
const LONGEST = 300; // characters of a mistake's name

/**
 * @typedef {{a: unknown, n: number, c: "right" | "wrong", at: number}} Check
 *   an answer when it was checked, the number of its variant, the verdict, the time in milliseconds;
 *   a task's program is not kept again
 * @typedef {object} Trail
 * @property {number} tries
 * @property {number} right how many of them were right
 * @property {number} step how often a right answer came in time; DAYS[step] is the wait after it
 * @property {Check} first
 * @property {Check} last
 * @property {string[]} [named] what is known of the mistakes in a task's programs
 */
/** @typedef {import("./store.js").Saved} Saved */

/**
 * The trail with one more check.
 * @param {Trail | undefined} trail @param {Check} check @param {string} [named] the mistake, if it has a name
 * @returns {Trail}
 */
export function extended(trail, check, named = "") {
  const names = [...new Set([...(trail?.named ?? []), ...(named ? [named] : [])])].slice(0, MOST_NAMED);
  return {
    tries: Math.min((trail?.tries ?? 0) + 1, MOST_TRIES),
    right: Math.min((trail?.right ?? 0) + (check.c === "right" ? 1 : 0), MOST_TRIES),
    step: nextStep(trail, check),
    first: trail?.first ?? check,
    last: check,
    ...(names.length ? { named: names } : {}),
  };
}

/**
 * A right answer before its time changes nothing; a wrong one begins anew.
 * @param {Trail | undefined} trail @param {Check} check
 */
function nextStep(trail, check) {
  if (!trail || check.c === "wrong" || trail.last.c === "wrong") return 0;
  const inTime = days(trail.last.at, check.at) >= DAYS[trail.step];
  return inTime ? trail.step + 1 : trail.step;
}

/** Days of the reader's calendar from one time to another. @param {number} from @param {number} to */
function days(from, to) {
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

/** @param {number} time */
function midnight(time) {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

/**
 * How many days ago a question was due to be answered again; negative if it is still to come, null if it stays away or
 * was never checked. One that was wrong is due at once. So is a right one without a date, which an older book has
 * saved, and one whose date lies in the future: a clock was wrong, and the question must not be lost with it.
 * @param {Saved} saved @param {number} now in milliseconds
 */
export function overdue({ c, t }, now) {
  if (!t) return c === "" ? null : 0;
  if (t.last.c === "wrong") return 0;
  if (t.step >= DAYS.length) return null;
  const waited = days(t.last.at, now);
  return waited < -1 ? 0 : waited - DAYS[t.step];
}

/** Whether the last answer that was checked was wrong. @param {Saved} saved */
export const wasWrong = ({ c, t }) => (t ? t.last.c : c) === "wrong";

/** Whether a value can be a trail. @param {any} value @param {(answer: unknown) => boolean} isAnswer */
export function isTrail(value, isAnswer) {
  /** @param {any} check */
  const isCheck = (check) =>
    isObject(check) && isAnswer(check.a) && isCount(check.n, 999) && ["right", "wrong"].includes(check.c) &&
    isCount(check.at, 8.64e15);
  return (
    isObject(value) && isCount(value.tries, MOST_TRIES) && value.tries > 0 && isCount(value.right, value.tries) &&
    isCount(value.step, DAYS.length) && isCheck(value.first) && isCheck(value.last) && areNames(value.named)
  );
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {any} value @param {number} most */
const isCount = (value, most) => Number.isInteger(value) && value >= 0 && value <= most;

/** @param {unknown} value */
function areNames(value) {
  if (value === undefined) return true;
  /** @param {unknown} name */
  const isName = (name) => typeof name === "string" && name.length <= LONGEST;
  return Array.isArray(value) && value.length <= MOST_NAMED && value.every(isName);
}

/** A trail with nothing else in it. @param {Trail} trail @returns {Trail} */
export function bare({ tries, right, step, first, last, named }) {
  /** @param {Check} check @returns {Check} */
  const only = ({ a, n, c, at }) => ({ a, n, c, at });
  return { tries, right, step, first: only(first), last: only(last), ...(named ? { named } : {}) };
}
