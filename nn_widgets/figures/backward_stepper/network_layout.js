// Where everything of the drawn network stands. Wide, a neuron shows z and h above, dz and dh below;
// narrow, one number above and one below, those of the step.

import { SIZES } from "./values.js";

const WIDE = { cell: 48, line: 23, pitch: 78, side: 4, font: 12 };
const NARROW = { cell: 45, line: 20, pitch: 62, side: 3, font: 11.5 };
export const BREAK = 540; // pixels

/**
 * @typedef {{id: string, layer: number, row: number, names: string[], across: number, down: number}} Slot
 *   a place for a number; `names` are what it may show
 */

/** @typedef {Pick<Slot, "id"|"layer"|"row"|"across"|"down">} Spot */
/** @typedef {ReturnType<typeof layoutOf>} Layout */

/** @param {boolean} wide @returns {Slot[]} */
export function slotsOf(wide) {
  const slots = SIZES.flatMap((size, layer) =>
    Array.from({ length: size }, (_, row) => slotsOfNeuron(layer, row, wide)).flat());
  return [...slots, { id: "L", layer: 4, row: 0, names: ["L"], across: 0, down: 0 }];
}

/** @param {number} layer @param {number} row @param {boolean} wide */
function slotsOfNeuron(layer, row, wide) {
  /** @param {string[]} names @param {number} across @param {number} down */
  const slot = (names, across, down) => ({ id: `${names.join()}.${row}`, layer, row, names, across, down });
  if (layer === 0) return [slot(["h0"], 0, 0)];
  const out = layer === 3 ? "p" : `h${layer}`;
  const back = layer === 3 ? "y" : `dh${layer}`;
  if (!wide) return [slot([`z${layer}`, out], 0, 0), slot(layer === 3 ? ["y", "dz3"] : [back, `dz${layer}`], 0, 1)];
  return [slot([`z${layer}`], 0, 0), slot([out], 1, 0), slot([`dz${layer}`], 0, 1), slot([back], 1, 1)];
}

/** @param {number} width */
export function layoutOf(width) {
  const wide = width >= BREAK;
  const { cell, line, pitch, side, font } = wide ? WIDE : NARROW;
  const widths = SIZES.map((_, layer) => (wide && layer ? 2 * cell : cell));
  const tail = wide ? cell + 8 : 0; // the loss, at the right
  const gap = (width - 2 * side - widths.reduce((a, b) => a + b) - tail) / (widths.length - 1 + (wide ? 1 : 0));
  /** @param {number} layer */
  const left = (layer) => side + widths.slice(0, layer).reduce((a, b) => a + b + gap, 0);
  const top = 22;
  const height = top + 3 * pitch + (wide ? 24 : 48);
  /** @param {number} layer @param {number} row */
  const middle = (layer, row) => top + (3 * pitch * (row + 0.5)) / SIZES[layer];
  /** @param {number} layer */
  const rows = (layer) => (layer ? 2 : 1);
  /** @param {Spot} spot */
  const box = ({ layer, row, across, down, id }) => {
    if (id === "L") {
      return wide ? { x: width - side - cell, y: top + 1.5 * pitch - line / 2, w: cell, h: line }
        : { x: left(3), y: height - line - 4, w: cell, h: line };
    }
    const y = middle(layer, row) - (rows(layer) * line) / 2 + down * line;
    return { x: left(layer) + across * cell, y, w: cell, h: line };
  };
  /** @param {number} layer @param {number} row */
  const frame = (layer, row) =>
    ({ x: left(layer), y: middle(layer, row) - (rows(layer) * line) / 2, w: widths[layer], h: rows(layer) * line });
  /** @param {number} l @param {number} row @param {number} col */
  const edge = (l, row, col) => [left(l - 1) + widths[l - 1], middle(l - 1, col), left(l), middle(l, row)];
  return { wide, width, height, line, font, gap, left, widths, box, frame, edge, top, bottom: top + 3 * pitch, middle };
}

/**
 * What a place shows: the step's own number, else one that the step uses, else the latest that is known.
 * @param {{names: string[]}} slot @param {import("./scene.js").Scene} scene
 */
export function shownName({ names }, { name, known, pieces }) {
  if (names.includes(name)) return name;
  const used = names.find((one) => pieces.some((piece) => piece.ref?.name === one));
  return used ?? names.filter(known).at(-1) ?? names[0];
}
