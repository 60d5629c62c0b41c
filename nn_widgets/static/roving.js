// One tab stop for many things: arrow keys move between them.

/**
 * Make the elements in `columns` one tab stop. Up and down move within a column, left and right to
 * the nearest place in the next one, Home and End to the first and the last of all. Focus that moves
 * otherwise (a click) is followed.
 * @param {Element} container
 * @param {Element[][]} columns
 */
export function roving(container, columns) {
  const all = columns.flat();
  all.forEach((el, index) => el.setAttribute("tabindex", index ? "-1" : "0"));
  container.addEventListener("focusin", ({ target }) => {
    const el = all.find((one) => one === target);
    if (el) all.forEach((one) => one.setAttribute("tabindex", one === el ? "0" : "-1"));
  });
  container.addEventListener("keydown", (event) => {
    const column = columns.findIndex((one) => one.includes(event.target));
    const next = column < 0 || modified(event) ? null : neighbour(columns, column, event);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

const modified = (event) => event.altKey || event.ctrlKey || event.metaKey;

function neighbour(columns, column, { key, target }) {
  const row = columns[column].indexOf(target);
  const share = (row + 0.5) / columns[column].length;
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
