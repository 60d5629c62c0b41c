// Elements from names, attributes and text. Text is only ever text.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, string>} attributes @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export const FRAMED = "If none came, this frame allows no files: open the page by itself.";

/** Hand a file over, made here. @param {string} name @param {string} text @param {string} type */
export function saveFile(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A button that does something. @param {string} label @param {() => void} act */
export function button(label, act, attributes = {}) {
  const node = make("button", { type: "button", class: "nn-button", ...attributes }, label);
  node.addEventListener("click", act);
  return node;
}
