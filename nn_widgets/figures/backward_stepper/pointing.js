// Numbers that can be pointed at and pressed, whatever draws them.

import { refOf } from "./names.js";

/** @typedef {GlobalEventHandlers & HTMLOrSVGElement & Element} Drawn */

/**
 * @typedef {object} Pointing
 * @property {(ref: import("./names.js").Ref|null) => void} onPoint pointer or focus on a number; null when it leaves
 * @property {(ref: import("./names.js").Ref, touch: boolean) => void} onPress click, tap, Enter or Space on it
 */

/**
 * Let an element answer for the number in its `data-key`.
 * @param {Drawn} el @param {Pointing} pointing
 */
export function pointAt(el, { onPoint }) {
  const point = () => { if (el.dataset.key) onPoint(refOf(el.dataset.key)); };
  const leave = () => onPoint(null);
  el.addEventListener("pointerenter", point);
  el.addEventListener("pointerleave", leave);
  el.addEventListener("focus", point);
  el.addEventListener("blur", leave);
}

/**
 * Let all elements with a `data-key` inside a container answer a press.
 * @param {Drawn} container @param {Pointing} pointing
 */
export function pressIn(container, { onPress }) {
  container.addEventListener("click", (event) => {
    const key = keyAt(event.target);
    if (key) onPress(refOf(key), event.pointerType === "touch");
  });
  container.addEventListener("keydown", (event) => {
    const key = event.key === "Enter" || event.key === " " ? keyAt(event.target) : "";
    if (!key) return;
    event.preventDefault();
    onPress(refOf(key), false);
  });
}

/** The key of the number that was pressed. @param {EventTarget} target */
function keyAt(target) {
  return target instanceof Element ? target.closest("[data-key]")?.getAttribute("data-key") : "";
}
