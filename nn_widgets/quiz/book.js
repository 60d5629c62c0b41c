// Which book a page belongs to, and under which keys its answers are kept.

/** The address of the book's first folder. @param {Document} document */
export function bookOf(document) {
  return new URL(document.documentElement.dataset.content_root ?? ".", location.href).pathname;
}

/** What a key of the storage begins with. @param {string} book */
export const prefixOf = (book) => `nn-quiz:${book}:`;

/** The id of a task's program among the answers. @param {string} task */
export const programOf = (task) => `task-${task}`;
