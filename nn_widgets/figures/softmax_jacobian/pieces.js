// Pieces of an equation as elements: each symbol in its colour, what cancels struck out.

import { html } from "../../kit/svg.js";

/**
 * @param {import("./words.js").Piece[]} pieces
 * @returns {Node[]}
 */
export function drawn(pieces) {
  return pieces.map(([text, role, gone]) => {
    const css = role ? `nn-${role}` : null;
    return gone ? html("s", { class: css }, text) : html("span", { class: css }, text);
  });
}
