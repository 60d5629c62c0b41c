// A figure's state in the page's address: #nn=<figure>&<name>=<JSON>&…

import { html } from "./svg.js";

/**
 * The state that an address asks for this figure, or null if it names another one or none.
 * @param {string} hash `location.hash`
 * @param {string} id the figure's id on the page
 * @returns {Record<string, unknown>|null}
 * @throws {Error} one sentence, if a value is not JSON
 */
export function stateInHash(hash, id) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  if (given.get("nn") !== id) return null;
  given.delete("nn");
  return Object.fromEntries([...given].map(([name, text]) => [name, parse(name, text)]));
}

/** @param {string} name @param {string} text */
function parse(name, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The link's value of ${name} cannot be read.`);
  }
}

/**
 * The hash for what differs from the figure's first state.
 * @param {string} id
 * @param {Record<string, unknown>} state
 * @param {Record<string, unknown>} first
 */
export function hashOf(id, state, first) {
  const parts = Object.keys(state)
    .map((name) => [name, JSON.stringify(state[name])])
    .filter(([name, text]) => text !== JSON.stringify(first[name]))
    .map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
  return `#${[`nn=${id}`, ...parts].join("&")}`;
}

const SAID = 5000; // milliseconds

/**
 * "Link to this state": puts the state into the page's address and copies it; where copying is
 * not allowed it shows the address, selected.
 * @param {() => string} hash the hash for the state of this moment
 * @returns {HTMLElement}
 */
export function linkButton(hash) {
  const field = html("input",
    { class: "nn-link-field", readonly: true, "aria-label": "Link to this state", hidden: true });
  const button = html("button", { type: "button", class: "nn-button nn-quiet", onclick: give }, "Link to this state");
  const said = html("span", { class: "nn-link-said", role: "status" });

  let timer = 0;

  async function give() {
    clearTimeout(timer);
    const address = new URL(hash(), location.href).href;
    try { history.replaceState(null, "", address); } catch { /* a sandboxed page may refuse */ }
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = "Link copied.";
      timer = setTimeout(() => { said.textContent = ""; }, SAID); // the figure may be in another state by then
    } catch {
      Object.assign(field, { value: address, hidden: false });
      field.select();
      said.textContent = "Copy the link:";
    }
  }
  return html("span", { class: "nn-link" }, button, said, field);
}
