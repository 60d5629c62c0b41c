// What is wider than the page scrolls inside its own box. Only a box that does so becomes a stop
// for the Tab key, with a name; a hundred formulas that fit stay out of the keyboard's way.

"use strict";

{
  /** @type {[string, string][]} What may be too wide, and what to call it. */
  const BOXES = [
    [".math-wrapper", "Formula"],
    [".table-wrapper", "Table"],
    [".highlight > pre, .output > pre", "Code"],
    [".nn-still", "Figure"],
    [".nn-matrices", "Matrices"],
  ];

  /** Elements with their names; every width is read before anything is written, and of what is folded away none. */
  function boxes() {
    return BOXES.flatMap(([selector, name]) =>
      Array.from(document.querySelectorAll(selector))
        .filter((box) => !box.closest("details:not([open])"))
        .map((box) => ({ box, name, wide: box.scrollWidth > box.clientWidth + 1 })),
    );
  }

  function mark() {
    for (const { box, name, wide } of boxes()) {
      if (wide) {
        box.setAttribute("tabindex", "0");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", `${name}, scrolls sideways`);
      } else if (box.hasAttribute("tabindex")) {
        for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
      }
    }
  }

  /** After the frame that lays the page out: then widths cost nothing to read. */
  const soon = () => requestAnimationFrame(() => setTimeout(mark));

  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(soon, 200);
  });
  document.fonts.ready.then(soon);
  document.addEventListener("toggle", soon, true); // what was folded away had no width
}
