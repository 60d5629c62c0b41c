// The built book's side: find figures, read their state, and bring each to life when it comes near.

import { checkState } from "./choices.js";
import { ASKED } from "./guest.js";
import { openWidget, problem } from "./home.js";
import { hashOf, linkButton, stateInHash } from "./link.js";
import { pageModel, stateOf } from "./model.js";

/** @template S, D @typedef {import("./home.js").Widget<S, D>} Widget */
/** @template S, D @typedef {import("./home.js").Given<S, D> & {state: S}} Page what Python wrote into the page */

const NEAR = { rootMargin: "600px" };

/**
 * Mount every figure of one kind on the page.
 * @param {string} name the module's stem, as in data-nn-widget
 * @template {Record<string, unknown>} S, D
 * @param {Widget<S, D>} widget
 */
export function mount(name, widget) {
  /** @type {NodeListOf<HTMLElement>} */
  const figures = document.querySelectorAll(`figure[data-nn-widget="${name}"]`);
  figures.forEach((figure, index) => {
    figure.dataset.nnId = index ? `${name}-${index + 1}` : name;
    asleep(figure, () => open(figure, widget));
  });
}

/**
 * Until a figure is near it only has its picture. It is a stop of the Tab key, and wakes when it is reached.
 * @param {HTMLElement} figure @param {() => void} start
 */
function asleep(figure, start) {
  let isAwake = false;
  const wake = () => {
    if (isAwake) return;
    isAwake = true;
    observer.disconnect();
    figure.removeEventListener("focusin", wake);
    figure.removeEventListener(ASKED, wake);
    const isHeld = figure.contains(document.activeElement);
    figure.tabIndex = -1; // the next stop is the first control in it
    if (isHeld) figure.focus({ preventScroll: true }); // its picture goes
    setTimeout(start); // each figure in a task of its own
  };
  const observer = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) wake();
  }, NEAR);
  figure.tabIndex = 0;
  figure.addEventListener("focusin", wake);
  figure.addEventListener(ASKED, wake);
  observer.observe(figure);
}

/**
 * Bring a figure to life; follow later changes of the address that name it.
 * @template {Record<string, unknown>} S, D
 * @param {HTMLElement} figure
 * @param {Widget<S, D>} widget
 */
function open(figure, widget) {
  const id = figure.dataset.nnId;
  /** @type {Page<S, D>} */
  let page;
  try {
    page = readPage(figure);
    checkState(page.state, page, widget.rules);
  } catch (error) {
    problem(figure, `${error.message} The picture shows how this figure begins.`);
    return;
  }
  const model = pageModel(page.state);
  const clear = followAddress(figure, widget, model, page);
  const now = () => stateOf(model, Object.keys(page.allowed));
  openWidget(figure, widget, model, page, page.state, [linkButton(() => hashOf(id, now(), page.state))]);
  model.on("change", clear);
}

/** @param {HTMLElement} figure */
function readPage(figure) {
  const script = figure.querySelector(':scope > script[type="application/json"]');
  try {
    const { state, allowed, data } = JSON.parse(script.textContent);
    if ([state, allowed, data].every((part) => part instanceof Object)) return { state, allowed, data };
  } catch { /* the sentence below says it */ }
  throw new Error("This figure's state cannot be read.");
}

/**
 * Take the state from the address, now and when it changes; a bad one leaves the figure as it was.
 * @template {Record<string, unknown>} S, D
 * @param {HTMLElement} figure
 * @param {Widget<S, D>} widget
 * @param {import("./model.js").Model<S>} model
 * @param {Page<S, D>} page
 */
function followAddress(figure, widget, model, page) {
  let clear = () => {};
  const read = () => {
    clear();
    clear = () => {};
    try {
      const asked = stateInHash(location.hash, figure.dataset.nnId);
      if (asked) model.set(merged(widget, page, asked));
    } catch (error) {
      clear = problem(figure, `${error.message} The figure ignores the link and begins as usual.`);
    }
  };
  read();
  window.addEventListener("hashchange", read);
  return () => clear();
}

/**
 * @template {Record<string, unknown>} S, D
 * @param {Widget<S, D>} widget
 * @param {Page<S, D>} page
 * @param {Record<string, unknown>} asked
 */
function merged(widget, page, asked) {
  const strange = Object.keys(asked).find((name) => !Object.hasOwn(page.allowed, name));
  if (strange !== undefined) throw new Error(`The link names ${strange}, which this figure does not have.`);
  const state = { ...page.state, ...asked };
  checkState(state, page, widget.rules);
  return state;
}
