// Where an address leads: to an element, or to a figure in a state. The theme scrolls smoothly, and
// stops its own scroll when the page has loaded; here the reader lands at once, and stays there while
// what is above takes its room.

"use strict";

{
  const SETTLING = 3000; // ms in which the page may still move under the reader
  const OWN_WAY = ["wheel", "touchstart", "pointerdown", "keydown"];

  /** The element that the address names, if there is one. @returns {HTMLElement|null} */
  function named() {
    const hash = location.hash.slice(1);
    const [, name, number] = /^(\w+?)(?:-(\d+))?$/.exec(new URLSearchParams(hash).get("nn") ?? "") ?? [];
    if (name) {
      const figures = document.querySelectorAll(`figure[data-nn-widget="${name}"]`);
      return /** @type {HTMLElement|null} */ (figures[Number(number ?? 1) - 1] ?? null);
    }
    try {
      return hash ? document.getElementById(decodeURIComponent(hash)) : null;
    } catch {
      return null; // a hash that is no text names nothing
    }
  }

  let leave = () => {};

  /** Bring the reader to what the address names, folds opened, and hold it until the page is at rest. */
  function land() {
    leave();
    const target = named();
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
      fold.open = true;
    }
    const place = () => target.scrollIntoView({ behavior: "instant", block: "start" });
    const watching = new ResizeObserver(place); // calls at once, and whenever the text grows
    const end = () => {
      watching.disconnect();
      for (const act of OWN_WAY) removeEventListener(act, end, true);
    };
    for (const act of OWN_WAY) addEventListener(act, end, true);
    watching.observe(target.closest(".main") ?? document.body); // the theme's body is as high as the window
    setTimeout(end, SETTLING);
    leave = end;
  }

  /** A reload and Back have a place of their own, which the browser keeps. */
  function arrives() {
    const [entry] = performance.getEntriesByType("navigation");
    return !entry || /** @type {PerformanceNavigationTiming} */ (entry).type === "navigate";
  }

  // ---- Words that set a figure, and the way back to them ----

  /** @type {{words: HTMLAnchorElement, top: number}|null} */
  let from = null;

  const back = document.createElement("div");
  back.className = "nn-return";
  back.hidden = true;
  back.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Back to the text";
  button.setAttribute("aria-keyshortcuts", "Escape");
  const hint = document.createElement("span");
  hint.textContent = "or press Escape";
  button.addEventListener("click", goBack);

  /** @param {HTMLAnchorElement} words */
  function show(words) {
    from = { words, top: scrollY };
    document.documentElement.classList.add("nn-away"); // the figure leaves room for the way back
    if (words.hash === location.hash) dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = words.hash;
    const figure = named();
    figure?.setAttribute("tabindex", "-1");
    figure?.focus({ preventScroll: true });
    back.hidden = false;
    back.replaceChildren(button, hint); // now, so that it is said
  }

  function goBack() {
    if (!from) return;
    leave();
    scrollTo({ top: from.top, behavior: "instant" });
    from.words.focus({ preventScroll: true });
    from = null;
    document.documentElement.classList.remove("nn-away");
    back.hidden = true;
  }

  document.addEventListener("click", (event) => {
    const words = event.target instanceof Element ? event.target.closest("a.nn-show-me") : null;
    if (!(words instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(words);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && from) goBack();
  });
  document.body.append(back);
  addEventListener("hashchange", land);
  if (arrives()) {
    land();
    addEventListener("load", land); // after the theme, which stops a scroll under way
  }
}
