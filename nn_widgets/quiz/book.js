// Which book a page belongs to, under which keys its answers are kept, and the event that tells of a change.

/** The event's detail is an item's id; null where any may have changed. */
export const CHANGED = "nn-quiz-changed";

/** The address of the book's first folder. @param {Document} document */
export function bookOf(document) {
  return new URL(document.documentElement.dataset.content_root ?? ".", location.href).pathname;
}

/** What a key of the storage begins with. @param {string} book */
export const prefixOf = (book) => `nn-quiz:${book}:`;

/** The id of a task's program among the answers. @param {string} task */
export const programOf = (task) => `task-${task}`;
