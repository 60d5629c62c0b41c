// One tab stop for many things: arrow keys move between them.

/**
 * Make the elements in `columns` one tab stop. Up and down move within a column, left and right to
 * the nearest place in the next one, Home and End to the first and the last of all. Focus that moves
 * otherwise (a click) is followed.
 * @param {GlobalEventHandlers & Element} container
 * @param {(HTMLOrSVGElement & Element)[][]} columns
 * @param {{turned?: boolean}} [how] `turned`: what is given are rows, and the arrows change parts
 */
export function roving(container, columns, { turned = false } = {}) {
  const all = columns.flat();
  all.forEach((el, index) => el.setAttribute("tabindex", index ? "-1" : "0"));
  container.addEventListener("focusin", ({ target }) => {
    const el = all.find((one) => one === target);
    if (el) all.forEach((one) => one.setAttribute("tabindex", one === el ? "0" : "-1"));
  });
  container.addEventListener("keydown", (event) => {
    const from = all.find((one) => one === event.target);
    const key = turned ? (TURNED[event.key] ?? event.key) : event.key;
    const next = !from || modified(event) ? null : neighbour(columns, from, key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

/** @param {KeyboardEvent} event */
const modified = (event) => event.altKey || event.ctrlKey || event.metaKey;

/** @type {Record<string, string>} */
const TURNED = { ArrowUp: "ArrowLeft", ArrowLeft: "ArrowUp", ArrowDown: "ArrowRight", ArrowRight: "ArrowDown" };

/** @template T @param {T[][]} columns @param {T} from @param {string} key */
function neighbour(columns, from, key) {
  const column = columns.findIndex((one) => one.includes(from));
  const row = columns[column].indexOf(from);
  const share = (row + 0.5) / columns[column].length;
  /** @param {T[]|undefined} other */
  const beside = (other) => other && other[Math.floor(share * other.length)];
  switch (key) {
    case "ArrowUp": return columns[column][row - 1];
    case "ArrowDown": return columns[column][row + 1];
    case "ArrowLeft": return beside(columns[column - 1]);
    case "ArrowRight": return beside(columns[column + 1]);
    case "Home": return columns[0][0];
    case "End": return columns.at(-1).at(-1);
    default: return null;
  }
}
