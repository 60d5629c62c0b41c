// Answer again: what was wrong and what was right long enough ago, with other numbers where there are any.

import { counted } from "../maths/format.js";
import { button, make } from "./dom.js";
import { inDays, inWords, toAnswerAgain } from "./due.js";
import { library } from "./library.js";

const AT_ONCE = 20;
const ABSENT = "The questions of this chapter did not come.";

/** @typedef {import("./item.js").Page} Page */
/** @typedef {(root: HTMLElement, page: Page, options: {fresh: boolean}) => unknown} Wake makes a question alive */

/**
 * @param {HTMLElement} host holds the list of chapters as JSON @param {Page} page @param {Wake} wake
 * @returns {() => void} collects the questions anew
 */
export function mountReview(host, page, wake) {
  /** @type {import("./progress.js").Chapter[]} */
  const chapters = JSON.parse(host.querySelector("script").textContent);
  const body = make("div");
  const collect = () => {
    const again = toAnswerAgain(chapters, page, Date.now());
    const status = make("p", { role: "status", tabindex: "-1" }, sentence(again));
    body.replaceChildren(status);
    /** @param {number} from */
    const show = (from) => {
      const batch = again.due.slice(from, from + AT_ONCE);
      const parts = chapters.flatMap((chapter) => part(chapter, batch, page, wake));
      body.append(...parts);
      const left = again.due.length - from - batch.length;
      if (left <= 0) return;
      const more = button(`Show ${Math.min(left, AT_ONCE)} more of ${left}`, () => {
        const first = body.children.length - 1; // where the button stands, the next part will
        more.remove();
        show(from + AT_ONCE);
        /** @type {HTMLElement} */ (body.children[first]).focus();
      });
      body.append(more);
    };
    show(0);
  };
  host.querySelector(".nn-nojs")?.remove();
  host.append(body);
  collect();
  return collect;
}

/** @param {import("./due.js").Again} again */
function sentence({ due, later, next }) {
  const numbers = due.length
    ? `${counted(due.length, "question is", "questions are")} due: ${inWords(due)}. ` +
      "Numbers are fresh where a question has any."
    : "No question is due to be answered again.";
  if (!later) return numbers;
  return `${numbers} ${counted(later, "question returns", "questions return")} later, the next ${inDays(next)}.`;
}

/**
 * A chapter's heading and, once they have come, its questions of a batch; nothing if it has none there.
 * @param {import("./progress.js").Chapter} chapter @param {import("./due.js").Due[]} batch
 * @param {Page} page @param {Wake} wake
 */
function part(chapter, batch, page, wake) {
  const { title, href, more } = chapter;
  const ids = chapter.items.map(([id]) => id).filter((id) => batch.some((due) => due.id === id));
  if (!ids.length) return [];
  const heading = make("h2", {}, href ? make("a", { href }, title) : title);
  const section = make("section", { "aria-label": title, tabindex: "-1" }, heading);
  library(more).then(
    (stored) => ids.forEach((id) => section.append(built(stored[id].html, more, page, wake))),
    () => section.append(make("p", { class: "nn-notice", role: "status" }, ABSENT)),
  );
  return [section];
}

/** @param {string} html @param {string} more @param {Page} page @param {Wake} wake */
function built(html, more, page, wake) {
  const template = make("template");
  template.innerHTML = html;
  const root = /** @type {HTMLElement} */ (template.content.firstElementChild);
  root.dataset.more = more;
  wake(root, page, { fresh: true });
  return root;
}
