// What stands around a chapter: the light/dark switch, the two drawers of a narrow window, the mark
// in the contents, the way to the top. It takes the place of the theme's own script, which reads the
// layout while the page loads and while it scrolls, and stops where storage is denied.

"use strict";

{
  const DARK = matchMedia("(prefers-color-scheme: dark)");

  // ---- Light and dark ----

  /** The next of the three: first the other look, last what the system says. */
  function nextTheme() {
    const order = DARK.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    return order[(order.indexOf(document.body.dataset.theme ?? "auto") + 1) % order.length];
  }

  function switchTheme() {
    const theme = nextTheme();
    document.body.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // it holds for this page
    }
  }

  for (const button of document.querySelectorAll(".theme-toggle")) button.addEventListener("click", switchTheme);

  // ---- Drawers: without this script, labels of two checkboxes; with it, buttons ----

  /** A button in the place of a label. @param {Element} label @param {string} name */
  function asButton(label, name) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: label.className });
    button.setAttribute("aria-label", name);
    button.append(...label.childNodes);
    label.replaceWith(button);
    return button;
  }

  /**
   * @param {string} id of the checkbox that the style sheet asks
   * @param {string} selector of the drawer
   * @param {string} handle class of what opens it
   * @param {string} name of what is in it
   */
  function drawer(id, selector, handle, name) {
    const open = /** @type {HTMLInputElement|null} */ (document.getElementById(id));
    const panel = /** @type {HTMLElement|null} */ (document.querySelector(selector));
    if (!open || !panel) return;
    panel.id = `${id}-drawer`;
    panel.tabIndex = -1;
    const buttons = Array.from(document.querySelectorAll(`label.${handle}`), (label) => asButton(label, name));
    const tell = () => {
      for (const button of buttons) button.setAttribute("aria-expanded", String(open.checked));
    };
    const close = () => {
      open.checked = false;
      tell();
    };
    for (const button of buttons) {
      button.setAttribute("aria-controls", panel.id);
      button.addEventListener("click", () => {
        open.checked = true;
        tell();
        panel.focus();
      });
    }
    tell();
    open.addEventListener("change", tell); // a press beside the drawer
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !open.checked) return;
      event.preventDefault();
      close();
      buttons.find((button) => button.offsetParent)?.focus();
    });
    panel.addEventListener("focusout", ({ relatedTarget }) => {
      if (open.checked && relatedTarget && !panel.contains(/** @type {Node} */ (relatedTarget))) close();
    });
    panel.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest("a[href^='#']")) close();
    });
  }

  drawer("__navigation", ".sidebar-drawer", "nav-overlay-icon", "The contents of the book");
  drawer("__toc", ".toc-drawer", "toc-overlay-icon", "The contents of this page");

  // ---- Where the reader is: the innermost section that crosses a line near the top ----

  const contents = document.querySelector(".toc-scroll");
  let isLong = false; // the contents scroll too
  /** @type {Map<Element, HTMLAnchorElement>} */
  const links = new Map();
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".toc-tree a"))) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }

  /** @type {Set<Element>} */
  const crossing = new Set();
  /** @type {HTMLAnchorElement|undefined} */
  let here;

  /** @param {HTMLAnchorElement|undefined} link */
  function markSection(link) {
    if (!link || link === here) return;
    here?.removeAttribute("aria-current");
    here?.closest("li")?.classList.remove("scroll-current");
    here = link;
    here.setAttribute("aria-current", "true");
    here.closest("li")?.classList.add("scroll-current");
    if (isLong) requestAnimationFrame(() => setTimeout(() => here?.scrollIntoView({ block: "nearest" })));
  }

  const line = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) crossing[isIntersecting ? "add" : "delete"](target);
    markSection(Array.from(links).filter(([section]) => crossing.has(section)).at(-1)?.[1]);
  }, { rootMargin: "-15% 0px -84% 0px" });
  for (const section of links.keys()) line.observe(section);
  if (contents) {
    const watching = new ResizeObserver(() => { isLong = contents.scrollHeight > contents.clientHeight; });
    addEventListener("DOMContentLoaded", () => watching.observe(contents)); // not while the page is parsed
  }

  // ---- The way to the top, for a reader who turns back ----

  const toTop = document.querySelector(".back-to-top");
  let last = 0;
  let asked = 0;
  const look = () => {
    asked = 0;
    toTop?.classList.toggle("nn-shown", scrollY > 64 && scrollY < last);
    last = scrollY;
  };
  // After the frame: asked earlier, the browser would lay out what has just been built, and again for the frame.
  addEventListener("scroll", () => { asked ||= requestAnimationFrame(() => setTimeout(look)); }, { passive: true });

  // ---- Where a site forbids styles in the page, or its fonts, the browser itself sets the formulas ----

  const withMathml = () => document.documentElement.classList.add("nn-mathml");
  document.fonts.addEventListener("loadingerror", withMathml);
  addEventListener("load", () => {
    const part = document.querySelector(".katex .base");
    const hasNoStyles = part && !getComputedStyle(part).getPropertyValue("--h");
    // One that is refused at once has told nobody: this script came later.
    const isRefused = [...document.fonts].some(({ status }) => status === "error");
    if (hasNoStyles || isRefused) withMathml();
  });
}
