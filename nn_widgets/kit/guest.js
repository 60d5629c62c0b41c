// What stands elsewhere on the page may ask a figure for a guide: what the figure lets others know of it, and draw
// in it. Neither knows the other's modules; they meet at the figure's element.

/** @typedef {import("./ground/point.js").Point} Point */
/** @typedef {{points: Point[], label: string, words: string, back: () => void}} Guest a walk of one's own */
/**
 * @typedef {object} HillGuide where a figure's walk starts and how far it goes, the slopes, and a place to show another
 * @property {() => {start: Point, alpha: number, names: [string, string]}} place
 * @property {(w: Point) => Point} gradient
 * @property {(w: Point) => number} loss
 * @property {(guest: Guest) => void} show
 * @property {() => void} look leads to the picture
 */

export const ASKED = "nn-guest";
const [EVERY, LONGEST] = [50, 5000]; // ms that a figure has to wake up

/** A figure says what it lets others do. @param {HTMLElement} el @param {HillGuide} guide @returns {() => void} */
export function receive(el, guide) {
  const figure = el.closest("figure") ?? el;
  /** @param {Event} event */
  const answer = (event) => {
    if (event instanceof CustomEvent) event.detail.guide = guide;
  };
  figure.addEventListener(ASKED, answer);
  return () => figure.removeEventListener(ASKED, answer);
}

/** A figure's guide; one that sleeps is woken. @param {HTMLElement} figure @returns {Promise<HillGuide|null>} */
export async function guideOf(figure) {
  for (let waited = 0; waited < LONGEST; waited += EVERY) {
    /** @type {{guide: HillGuide|null}} */
    const detail = { guide: null };
    figure.dispatchEvent(new CustomEvent(ASKED, { detail }));
    if (detail.guide) return detail.guide;
    await new Promise((resolve) => { setTimeout(resolve, EVERY); });
  }
  return null;
}
