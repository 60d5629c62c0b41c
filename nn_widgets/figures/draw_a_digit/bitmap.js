// From strokes to the 64 numbers that the network sees, in the steps that made the data set: fill
// a box of 20 by 32 pixels, draw with a pen, straighten, count the pixels of each 4 by 4 block.
// Nothing here knows the page. draw_a_digit.py says where the steps are documented, and what differs.

/** @typedef {number[]} Stroke x0, y0, x1, y1, … in the pad's units, y growing downwards */

export const PAD = 255; // the largest coordinate of a stroke
export const SIDE = 32; // of the bitmap, in pixels
export const BLOCK = 4; // side of a block
export const BOX = { width: 20, height: 32 }; // what a digit fills

// The data set's digits have 313 of 1,024 pixels on, on average, and no digit is far from that: thin
// ones were made thicker, thick ones thinner. The pen is as wide as gives a drawing that much ink.
export const INK = 313;
const PEN = 5; // width of a usual pen, in pixels: the box leaves so much room for it
const WIDEST = 7; // no pen is wider, or a bare 1 would become a block
const STRETCH = 1.5; // nor is a drawing stretched much further one way than the other
const EDGE = 2; // rows at the top and the foot whose left ends are too ragged to straighten by

/** The points of a stroke, each [x, y]. @param {Stroke} stroke @returns {[number, number][]} */
export const pointsOf = (stroke) => stroke.flatMap((x, n) => (n % 2 ? [] : [[x, stroke[n + 1]]]));

/** The middle, width and height of what strokes cover. @param {Stroke[]} strokes */
export function bounds(strokes) {
  const all = strokes.flat();
  /** @param {0|1} odd */
  const span = (odd) => {
    const values = all.filter((_, n) => n % 2 === odd);
    return [Math.min(...values), Math.max(...values)];
  };
  const [[left, right], [top, bottom]] = [span(0), span(1)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/**
 * Strokes moved and stretched so that, drawn with the pen, they fill the box in the bitmap's middle.
 * @param {Stroke[]} strokes
 * @returns {Stroke[]} in pixels
 */
export function placed(strokes) {
  const { x, y, width, height } = bounds(strokes);
  const across = (BOX.width - PEN) / Math.max(width, 1);
  const down = (BOX.height - PEN) / Math.max(height, 1);
  const [sx, sy] = [Math.min(across, STRETCH * down), Math.min(down, STRETCH * across)];
  return strokes.map((stroke) => stroke.map((value, n) => SIDE / 2 + (n % 2 ? sy * (value - y) : sx * (value - x))));
}

/**
 * How far the middle of each pixel is from the nearest stroke; infinitely, where no pen reaches.
 * @param {Stroke[]} strokes in pixels
 * @returns {Float64Array} row by row
 */
export function distances(strokes) {
  const found = new Float64Array(SIDE * SIDE).fill(Infinity);
  for (const stroke of strokes) {
    for (let n = 0; n === 0 || n + 3 < stroke.length; n += 2) {
      const [x0, y0] = stroke.slice(n, n + 2);
      const [x1 = x0, y1 = y0] = stroke.slice(n + 2, n + 4);
      nearer(found, x0, y0, x1 - x0, y1 - y0);
    }
  }
  return found.map(Math.sqrt);
}

/**
 * Lower the squared distances to those from one straight piece, as far from it as a pen can reach.
 * @param {Float64Array} found @param {number} x0 @param {number} y0 @param {number} dx @param {number} dy
 */
function nearer(found, x0, y0, dx, dy) {
  const share = 1 / (dx * dx + dy * dy || 1);
  const [left, right] = reached(x0, x0 + dx);
  const [top, foot] = reached(y0, y0 + dy);
  for (let r = top; r <= foot; r += 1) {
    for (let c = left; c <= right; c += 1) {
      const [x, y] = [c + 0.5 - x0, r + 0.5 - y0];
      const along = Math.min(1, Math.max(0, (x * dx + y * dy) * share));
      const [ex, ey] = [x - along * dx, y - along * dy];
      found[r * SIDE + c] = Math.min(found[r * SIDE + c], ex * ex + ey * ey);
    }
  }
}

/** @param {number} a @param {number} b */
const reached = (a, b) =>
  [Math.max(0, Math.floor(Math.min(a, b) - WIDEST / 2)), Math.min(SIDE - 1, Math.floor(Math.max(a, b) + WIDEST / 2))];

/** The width of a pen that leaves as much ink as the data set's digits have. @param {Float64Array} found */
function fittingPen(found) {
  const tooFar = Float64Array.from(found).sort()[INK];
  return Math.min(2 * tooFar, WIDEST);
}

/** @param {Float64Array} found @param {number} pen */
const inked = (found, pen) => Uint8Array.from(found, (distance) => Number(2 * distance < pen));

/**
 * Rows shifted until the digit's left edge near its top stands above that near its foot.
 * @param {Uint8Array} bitmap
 */
export function straightened(bitmap) {
  const rows = Array.from({ length: SIDE }, (_, r) => bitmap.subarray(r * SIDE, (r + 1) * SIDE));
  const used = rows.flatMap((row, r) => (row.includes(1) ? [r] : []));
  const [top, foot] = [used[0] + EDGE, used.at(-1) - EDGE];
  if (!(foot > top)) return bitmap;
  const lean = (rows[top].indexOf(1) - rows[foot].indexOf(1)) / (foot - top);
  const out = new Uint8Array(bitmap.length);
  rows.forEach((row, r) => {
    const shift = Math.round((r - SIDE / 2) * lean);
    row.forEach((on, c) => { if (on && c + shift >= 0 && c + shift < SIDE) out[r * SIDE + c + shift] = 1; });
  });
  return out;
}

/** The bitmap of a drawing, prepared as the data set was; all zeros for no strokes. @param {Stroke[]} strokes */
export function bitmapOf(strokes) {
  if (!strokes.length) return new Uint8Array(SIDE * SIDE);
  const found = distances(placed(strokes));
  return straightened(inked(found, fittingPen(found)));
}

/** The same without preparation: where and as large as it was drawn. @param {Stroke[]} strokes */
export function bitmapAsDrawn(strokes) {
  const scale = SIDE / (PAD + 1);
  return inked(distances(strokes.map((stroke) => stroke.map((value) => (value + 0.5) * scale))), PEN);
}

/**
 * How many pixels are on in each block, row by row: 64 whole numbers from 0 to 16.
 * @param {ArrayLike<number>} bitmap
 */
export function blockCounts(bitmap) {
  const across = SIDE / BLOCK;
  const counts = new Array(across * across).fill(0);
  for (let at = 0; at < SIDE * SIDE; at += 1) {
    const [r, c] = [Math.floor(at / SIDE), at % SIDE];
    counts[Math.floor(r / BLOCK) * across + Math.floor(c / BLOCK)] += bitmap[at];
  }
  return counts;
}
