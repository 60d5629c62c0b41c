// Elements without innerHTML: text from data can never become markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {string|number|boolean|null|undefined} Value `null` and `false` leave an attribute out, `true` sets it empty
 * @typedef {{[K in keyof HTMLElementEventMap as `on${K}`]?: (event: HTMLElementEventMap[K]) => void}} Listeners
 * @typedef {Listeners & {[name: string]: Value|((event: never) => void)}} Attributes
 * @typedef {Node|string|null|undefined} Child
 */

/**
 * An HTML element. Attributes that are functions become event listeners (`onclick`); children are nodes or text.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * An SVG element, as `html`.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * Set attributes as `html` does; returns the element.
 * @template {Element} E
 * @param {E} element
 * @param {Attributes} attributes
 * @returns {E}
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return element;
}

/** @template {Element} E @param {E} element @param {Attributes} attributes @param {Child[]} children @returns {E} */
function fill(element, attributes, children) {
  set(element, attributes);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * Replace an element's text only if it differs: cheap enough for every frame.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * The `d` of a line through points, with a gap wherever a coordinate is not finite.
 * @param {Iterable<number[]>} points each is [x, y]
 * @returns {string}
 */
export function linePath(points) {
  let path = "";
  let pen = "M";
  for (const [x, y] of points) {
    const drawn = Number.isFinite(x) && Number.isFinite(y);
    if (drawn) path += `${pen}${round(x)},${round(y)}`;
    pen = drawn ? "L" : "M";
  }
  return path;
}

/**
 * The `d` of an arrow from (x, y) by (dx, dy) with a head of `size`; empty for no length.
 * @param {number} x @param {number} y @param {number} dx @param {number} dy @param {number} [size]
 */
export function arrowPath(x, y, dx, dy, size = 7) {
  const length = Math.hypot(dx, dy);
  if (!(length > 0) || !Number.isFinite(length)) return "";
  const head = Math.min(size, length);
  const [ux, uy] = [dx / length, dy / length];
  const [tx, ty] = [x + dx, y + dy];
  const side = (/** @type {number} */ sign) => [tx - head * (ux + sign * 0.5 * uy), ty - head * (uy - sign * 0.5 * ux)];
  return linePath([[x, y], [tx, ty]]) + linePath([side(1), [tx, ty], side(-1)]);
}

/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;

/**
 * An id or a name that nothing else in the document has. The count belongs to the window: in Jupyter
 * every figure brings a copy of this module of its own.
 * @param {string} [stem]
 */
export function uniqueId(stem = "nn") {
  globalThis.nnIds = (globalThis.nnIds ?? 0) + 1;
  return `${stem}-${globalThis.nnIds}`;
}
