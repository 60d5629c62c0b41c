// Numbers that can be pointed at and pressed, whatever draws them.

import { refOf } from "./names.js";

/**
 * @typedef {object} Pointing
 * @property {(ref: import("./names.js").Ref|null) => void} onPoint pointer or focus on a number; null when it leaves
 * @property {(ref: import("./names.js").Ref, touch: boolean) => void} onPress click, tap, Enter or Space on it
 */

/**
 * Let an element answer for the number in its `data-key`.
 * @param {Element} el @param {Pointing} pointing
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
 * @param {Element} container @param {Pointing} pointing
 */
export function pressIn(container, { onPress }) {
  const press = (event) => {
    const el = event.target.closest("[data-key]");
    if (el?.dataset.key) onPress(refOf(el.dataset.key), event.pointerType === "touch");
  };
  container.addEventListener("click", press);
  container.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !event.target.closest("[data-key]")) return;
    event.preventDefault();
    press(event);
  });
}
