// A button that hides under the focus would lose it.

/**
 * Hide or show `one`; a focus that would be lost with it goes to `next`, which is in sight by then.
 * @param {HTMLElement} one @param {boolean} hidden @param {HTMLElement} next
 */
export function hide(one, hidden, next) {
  const had = one === document.activeElement;
  one.hidden = hidden;
  if (had && hidden) next.focus();
}
