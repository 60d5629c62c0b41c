// One polite live region per figure. Frames may call say() as they like; a listener hears the last
// text once things have been quiet for a moment.

import { html } from "./svg.js";

const QUIET = 700;

/**
 * @param {HTMLElement} el the figure's element; the region is added to it
 * @returns {{say: (text: string) => void, stop: () => void}}
 */
export function announcer(el) {
  const region = html("div", { class: "nn-hidden nn-announce", "aria-live": "polite" });
  let timer = 0;
  el.append(region);
  return {
    say(text) {
      clearTimeout(timer);
      timer = setTimeout(() => { region.textContent = text; }, QUIET);
    },
    stop() {
      clearTimeout(timer);
      region.remove();
    },
  };
}
