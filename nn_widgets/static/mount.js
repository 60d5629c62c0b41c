// The built book's side: find figures, read their state, and bring each to life when it comes near.

import { openWidget, problem } from "./home.js";
import { hashOf, linkButton, stateInHash } from "./link.js";
import { pageModel } from "./model.js";

const NEAR = { rootMargin: "600px" };

/**
 * Mount every figure of one kind on the page.
 * @param {string} name the module's stem, as in data-nn-widget
 * @param {import("./home.js").Widget} widget
 */
export function mount(name, widget) {
  const figures = document.querySelectorAll(`figure[data-nn-widget="${name}"]`);
  figures.forEach((figure, index) => {
    figure.dataset.nnId = index ? `${name}-${index + 1}` : name;
    whenNear(figure, () => open(figure, widget));
  });
}

function whenNear(figure, start) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    start();
  }, NEAR);
  observer.observe(figure);
  if (isNamed(figure)) figure.scrollIntoView();
}

const isNamed = (figure) =>
  new URLSearchParams(location.hash.slice(1)).get("nn") === figure.dataset.nnId;

/** Bring a figure to life; follow later changes of the address that name it. */
function open(figure, widget) {
  const id = figure.dataset.nnId;
  let first;
  try {
    first = readState(figure);
    widget.validate?.(first);
  } catch (error) {
    problem(figure, `${error.message} The picture shows how this figure begins.`);
    return;
  }
  const model = pageModel(first);
  const clear = followAddress(figure, widget, model, first);
  const now = () => Object.fromEntries((widget.linked ?? Object.keys(first)).map((key) => [key, model.get(key)]));
  openWidget(figure, widget, model, first, [linkButton(() => hashOf(id, now(), first))]);
  model.on("change", clear);
}

function readState(figure) {
  const script = figure.querySelector(':scope > script[type="application/json"]');
  try {
    return JSON.parse(script.textContent);
  } catch {
    throw new Error("This figure's state cannot be read.");
  }
}

/** Take the state from the address, now and when it changes; a bad one leaves the figure as it was. */
function followAddress(figure, widget, model, first) {
  let clear = () => {};
  const read = () => {
    clear();
    clear = () => {};
    try {
      const asked = stateInHash(location.hash, figure.dataset.nnId);
      if (asked) model.set(merged(widget, first, asked));
    } catch (error) {
      clear = problem(figure, `${error.message} The figure ignores the link and begins as usual.`);
    }
  };
  read();
  window.addEventListener("hashchange", () => {
    read();
    if (isNamed(figure)) figure.scrollIntoView();
  });
  return () => clear();
}

function merged(widget, first, asked) {
  const known = widget.linked ?? Object.keys(first);
  const strange = Object.keys(asked).find((key) => !known.includes(key));
  if (strange) throw new Error(`The link names ${strange}, which this figure does not have.`);
  const state = { ...first, ...asked };
  widget.validate?.(state);
  return state;
}
