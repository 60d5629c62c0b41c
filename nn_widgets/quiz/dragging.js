// A part of an order that can be dragged to its place, by mouse, pen or finger.

/**
 * @param {HTMLElement} entry an item of a list
 * @param {HTMLElement} grip where it is held; its style has `touch-action: none`
 * @param {(event: Event) => void} onMove after each exchange of places
 */
export function draggable(entry, grip, onMove) {
  let held = false;
  /** @param {Element} other */
  const middle = (other) => {
    const { top, height } = other.getBoundingClientRect();
    return top + height / 2;
  };
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected on the way
    held = true;
    grip.setPointerCapture(event.pointerId);
    entry.dataset.held = "";
  });
  grip.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [before, after] = [entry.previousElementSibling, entry.nextElementSibling];
    // The neighbour moves and the entry stays: moved itself, it would lose the pointer.
    if (before && event.clientY < middle(before)) entry.after(before);
    else if (after && event.clientY > middle(after)) entry.before(after);
    else return;
    onMove(event);
  });
  const drop = () => {
    held = false;
    delete entry.dataset.held;
  };
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) grip.addEventListener(end, drop);
}
