// The decision regions: the network's probabilities on a grid, painted as bands of colour. While
// a run goes on the grid is coarse, and at rest it is filled finely, some rows in each frame.

import { makePass, matrix } from "../../maths/nn.js";

export const COARSE = 33;
export const FINE = 121;
const BAND = 8; // rows at a time
const LEVELS = 24;
const STRONGEST = 0.5; // how much of the species' colour the surest place has

/** @typedef {{colours: Uint32Array, line: number}} Paints */
/** @typedef {{size: number, p: Float32Array}} Grid p[3 * (r * size + c) + k]; row 0 is the lowest */

/**
 * Something that fills a grid for networks of these sizes, again and again in the same memory.
 * @param {import("../../maths/nn.js").Layer[]} layers
 * @param {string} activation
 * @param {[[number, number], [number, number]]} domain in standardised measurements
 * @param {number} size
 */
export function gridFiller(layers, activation, domain, size) {
  const x = matrix(2, size * BAND);
  const pass = makePass(layers, x, activation);
  const grid = { size, p: new Float32Array(3 * size * size) };
  /** @param {0|1} axis @param {number} n */
  const place = (axis, n) => domain[axis][0] + ((domain[axis][1] - domain[axis][0]) * n) / (size - 1);
  return {
    grid,
    /**
     * Fill BAND rows from `first` on for the given layers; returns the first row not yet filled.
     * @param {import("../../maths/nn.js").Layer[]} now @param {number} first
     */
    rows(now, first) {
      const [count, cols] = [Math.min(BAND, size - first), x.cols];
      for (let n = 0; n < count * size; n += 1) {
        x.data[n] = place(0, n % size);
        x.data[cols + n] = place(1, first + Math.floor(n / size));
      }
      const { data } = pass(now).p;
      for (let n = 0; n < count * size; n += 1) {
        for (let k = 0; k < 3; k += 1) grid.p[3 * (first * size + n) + k] = data[k * cols + n];
      }
      return first + count;
    },
    /** @param {import("../../maths/nn.js").Layer[]} now */
    all(now) {
      for (let r = 0; r < size;) r = this.rows(now, r);
      return grid;
    },
  };
}

/**
 * Colours of the surest and the least sure places of each species, ready for an image's pixels.
 * @param {{classes: number[][], surface: number[], text: number[]}} page @returns {Paints}
 */
export function palette({ classes, surface, text }) {
  const colours = classes.flatMap((colour) =>
    Array.from({ length: LEVELS },
      (_, n) => packed(mix(surface, colour, 0.06 + (STRONGEST - 0.06) * (n / (LEVELS - 1))))));
  return { colours: Uint32Array.from(colours), line: packed(mix(surface, text, 0.75)) };
}

/** @param {number[]} from @param {number[]} to @param {number} share */
const mix = (from, to, share) => from.map((value, n) => Math.round(value + share * (to[n] - value)));

// Little-endian machines have red in the lowest byte, and there are no others with a browser.
/** @param {number[]} colour */
const packed = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/** #rrggbb as three numbers. @param {string} hex */
export const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/**
 * Paint a grid into pixels, width by width: bilinear between the grid's places, and a line
 * wherever the most probable species changes.
 * @param {Uint32Array} pixels
 * @param {number} width
 * @param {Grid} grid
 * @param {Paints} colours
 */
export function paintGrid(pixels, width, { size, p }, { colours, line }) {
  const row = new Float32Array(3 * size);
  const above = new Uint8Array(width).fill(9);
  const step = (size - 1) / (width - 1);
  for (let v = 0; v < width; v += 1) {
    mixRows(row, p, size, Math.min((width - 1 - v) * step, size - 1));
    let left = 9;
    for (let u = 0; u < width; u += 1) {
      const at = u * step;
      const c = Math.min(at | 0, size - 2);
      const [t, i] = [at - c, 3 * c];
      const p0 = row[i] + t * (row[i + 3] - row[i]);
      const p1 = row[i + 1] + t * (row[i + 4] - row[i + 1]);
      const p2 = row[i + 2] + t * (row[i + 5] - row[i + 2]);
      const best = p1 > p0 ? (p2 > p1 ? 2 : 1) : p2 > p0 ? 2 : 0;
      const top = best === 0 ? p0 : best === 1 ? p1 : p2;
      const border = (left !== best && left !== 9) || (above[u] !== best && above[u] !== 9);
      const level = Math.min(LEVELS - 1, Math.max(0, ((top - 1 / 3) * 1.5 * LEVELS) | 0));
      pixels[v * width + u] = border ? line : colours[best * LEVELS + level];
      above[u] = left = best;
    }
  }
}

// A row between two rows of the grid.
/** @param {Float32Array} row @param {Float32Array} p @param {number} size @param {number} at */
function mixRows(row, p, size, at) {
  const r = Math.min(Math.floor(at), size - 2);
  const [t, low, high] = [at - r, 3 * r * size, 3 * (r + 1) * size];
  for (let n = 0; n < row.length; n += 1) row[n] = p[low + n] + t * (p[high + n] - p[low + n]);
}
