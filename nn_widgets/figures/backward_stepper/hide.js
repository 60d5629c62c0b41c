// A button that hides under the focus would lose it.

/** @param {HTMLElement} one @param {boolean} hidden @param {HTMLElement} next where a reader goes on, in sight by then */
export function hide(one, hidden, next) {
  const had = one === document.activeElement;
  one.hidden = hidden;
  if (had && hidden) next.focus();
}
