// Formulas that Python has set with KaTeX, taken over element by element: spans and MathML with
// classes and styles, and nothing else that a text might hold.

const MATHML = "http://www.w3.org/1998/Math/MathML";
const KEPT = ["class", "style", "translate", "aria-hidden", "mathvariant", "stretchy", "encoding", "width", "height",
  "scriptlevel", "displaystyle"];

/**
 * @param {string} text KaTeX's HTML of one formula
 * @returns {DocumentFragment}
 */
export function formula(text) {
  const fragment = document.createDocumentFragment();
  const { body } = new DOMParser().parseFromString(text, "text/html");
  fragment.append(...[...body.childNodes].map(copy).filter(Boolean));
  return fragment;
}

/** @param {Node} node @returns {Node|null} */
function copy(node) {
  if (node instanceof Text) return document.createTextNode(node.data);
  if (!(node instanceof Element)) return null;
  const isMath = node.namespaceURI === MATHML;
  if (!isMath && node.localName !== "span") return null;
  const own = document.createElementNS(node.namespaceURI, node.localName);
  KEPT.filter((name) => node.hasAttribute(name)).forEach((name) => own.setAttribute(name, node.getAttribute(name)));
  own.append(...[...node.childNodes].map(copy).filter(Boolean));
  return own;
}
