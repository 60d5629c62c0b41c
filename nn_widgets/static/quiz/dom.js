// Elements from names, attributes and text. Text is only ever text.

/** @param {string} tag @param {Record<string, string>} attributes @param {...(Node | string)} children */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** A button that does something. */
export function button(label, act, attributes = {}) {
  const node = make("button", { type: "button", class: "nn-button", ...attributes }, label);
  node.addEventListener("click", act);
  return node;
}
