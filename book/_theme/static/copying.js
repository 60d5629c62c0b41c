// What is copied: a formula becomes its TeX, also where prose is copied around it. It stands in the
// page twice, for the eye in pieces and for the ear as MathML, and neither is text to paste.

"use strict";

{
  /** The formula that holds a place, if it is in one. @param {Node} node */
  function formulaOf(node) {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest(".katex-display") ?? element?.closest(".katex") ?? null;
  }

  /** What is selected, with formulas whole. @param {Range} range */
  function whole(range) {
    const wide = range.cloneRange();
    const [first, last] = [formulaOf(range.startContainer), formulaOf(range.endContainer)];
    if (first) wide.setStartBefore(first);
    if (last) wide.setEndAfter(last);
    return wide.cloneContents();
  }

  /**
   * Every formula in `piece` by what `write` makes of it.
   * @param {ParentNode} piece @param {(formula: Element) => Node|string} write
   */
  function withFormulas(piece, write) {
    for (const formula of piece.querySelectorAll(".katex-display, .katex:not(.katex-display .katex)")) {
      formula.replaceWith(write(formula));
    }
  }

  /** @param {Element} formula */
  function texOf(formula) {
    const dollars = formula.matches(".katex-display") ? "$$" : "$";
    return dollars + (formula.querySelector("annotation")?.textContent ?? "").trim() + dollars;
  }

  /** The text of a piece as the page would show it, lines and all. @param {DocumentFragment} piece */
  function textOf(piece) {
    const place = document.createElement("div");
    Object.assign(place.style, { position: "fixed", left: "-99999px", whiteSpace: "normal" });
    place.append(piece);
    document.body.append(place);
    const text = place.innerText;
    place.remove();
    return text;
  }

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (event.defaultPrevented || !event.clipboardData || !selection || selection.isCollapsed) return;
    const pieces = Array.from({ length: selection.rangeCount }, (_, at) => whole(selection.getRangeAt(at)));
    if (!pieces.some((piece) => piece.querySelector(".katex"))) return;
    const rich = document.createElement("div");
    for (const piece of pieces) rich.append(piece.cloneNode(true));
    withFormulas(rich, (formula) => formula.querySelector("math") ?? "");
    for (const piece of pieces) withFormulas(piece, texOf);
    event.clipboardData.setData("text/plain", pieces.map(textOf).join("\n"));
    event.clipboardData.setData("text/html", rich.innerHTML);
    event.preventDefault();
  });
}
