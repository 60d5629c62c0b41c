// Something to drag inside a picture. A mouse may press anywhere; a finger drags the handle itself
// and taps elsewhere, so that the page can still be scrolled across the picture.

/**
 * @param {SVGSVGElement} picture its viewBox is in the units that `moveTo` gets
 * @param {SVGElement} handle
 * @param {(place: [number, number]) => void} moveTo
 */
export function dragging(picture, handle, moveTo) {
  /** @type {DOMRect} */
  let box; // measured once for each press: asking in every frame would lay the page out twice
  let held = false;
  /** @param {MouseEvent} event */
  const at = (event) => {
    const scale = picture.viewBox.baseVal.width / box.width;
    moveTo([(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]);
  };
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType === "touch" && !isIn(handle, event.target))) return;
    held = true;
    box = picture.getBoundingClientRect();
    picture.setPointerCapture(event.pointerId);
    if (handle.hasAttribute("tabindex")) handle.focus({ preventScroll: true });
    event.preventDefault();
    at(event);
  });
  picture.addEventListener("pointermove", (event) => { if (held) at(event); });
  for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => { held = false; });
  picture.addEventListener("click", (event) => {
    if (event.pointerType !== "touch") return;
    box = picture.getBoundingClientRect();
    at(event);
  });
}

/** @param {Element} element @param {EventTarget} target */
const isIn = (element, target) => target instanceof Node && element.contains(target);
