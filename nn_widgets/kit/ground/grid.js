// Heights of a surface on a grid, filled at once or a slice at a time.

/** @typedef {import("./ground.js").Point} Point */
/** @typedef {import("./ground.js").Ground} Ground */
/**
 * @typedef {{columns: number, rows: number, heights: Float64Array, domain: [Point, Point],
 *   extent: [number, number]}} Grid
 */

/**
 * The point that stands at column c and row r; row 0 is the smallest w2.
 * @param {Grid} grid @param {number} c @param {number} r @returns {Point}
 */
export function gridPoint({ columns, rows, domain: [[left, right], [bottom, top]] }, c, r) {
  return [left + ((right - left) * c) / (columns - 1), bottom + ((top - bottom) * r) / (rows - 1)];
}

/** @param {Ground} surface @param {number} size @returns {Grid} of size by size, not yet filled */
function emptyGrid(surface, size) {
  return { columns: size, rows: size, heights: new Float64Array(size * size), domain: surface.domain, extent: [0, 0] };
}

/** @param {Grid} grid @param {Ground} surface @param {number} r */
function fillRow(grid, surface, r) {
  for (let c = 0; c < grid.columns; c += 1) {
    grid.heights[r * grid.columns + c] = surface.loss(gridPoint(grid, c, r));
  }
}

/** @param {Grid} grid */
function measure(grid) {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const height of grid.heights) {
    if (height < lowest) lowest = height;
    if (height > highest) highest = height;
  }
  grid.extent = [lowest, highest];
  return grid;
}

/** @param {Ground} surface @param {number} size */
export function fillGrid(surface, size) {
  const grid = emptyGrid(surface, size);
  for (let r = 0; r < size; r += 1) fillRow(grid, surface, r);
  return measure(grid);
}

/** For the milliseconds of a slice, when the next one comes, and the time. */
const IN_FRAMES = {
  budget: 4,
  /** @param {() => void} slice */
  next: (slice) => requestAnimationFrame(slice),
  /** @param {number} ticket */
  stop: (ticket) => cancelAnimationFrame(ticket),
  now: () => performance.now(),
};

/**
 * The same, rows at a time for a few milliseconds each frame; `done` gets the grid.
 * @param {Ground} surface @param {number} size @param {(grid: Grid) => void} done @param {Partial<typeof IN_FRAMES>}
 *   [how]
 * @returns {() => void} stops it
 */
export function fillGridInSlices(surface, size, done, how) {
  const { budget, next, stop, now } = { ...IN_FRAMES, ...how };
  const grid = emptyGrid(surface, size);
  let r = 0;
  let ticket = next(slice);
  function slice() {
    const end = now() + budget;
    do fillRow(grid, surface, r++);
    while (r < size && now() < end);
    if (r < size) ticket = next(slice);
    else done(measure(grid));
  }
  return () => stop(ticket);
}

/**
 * Height between the grid's points, straight lines between neighbours.
 * @param {Grid} grid @param {number[]} w
 */
export function heightAt({ columns, rows, heights, domain: [[left, right], [bottom, top]] }, [w1, w2]) {
  const x = clamp(((w1 - left) / (right - left)) * (columns - 1), columns - 1);
  const y = clamp(((w2 - bottom) / (top - bottom)) * (rows - 1), rows - 1);
  const [c, r] = [Math.min(Math.floor(x), columns - 2), Math.min(Math.floor(y), rows - 2)];
  const [s, t] = [x - c, y - r];
  /** @param {number} dc @param {number} dr */
  const at = (dc, dr) => heights[(r + dr) * columns + c + dc];
  return (1 - t) * ((1 - s) * at(0, 0) + s * at(1, 0)) + t * ((1 - s) * at(0, 1) + s * at(1, 1));
}

/** @param {number} value @param {number} most */
const clamp = (value, most) => Math.min(Math.max(value, 0), most);

/**
 * Contour heights: more of them near the bottom, where the walk ends.
 * Even steps in the square root of the height make the lines of a round bowl equally far apart.
 * @param {number[]} extent
 */
export function levels([lowest, highest], count = 14) {
  return Array.from({ length: count }, (_, n) => lowest + (highest - lowest) * ((n + 0.5) / count) ** 2);
}

/** 0 at the lowest, 1 at the highest, evenly spaced for `levels`. @param {number} height @param {number[]} extent */
export const tint = (height, [lowest, highest]) =>
  Math.sqrt(clamp((height - lowest) / (highest - lowest || 1), 1));
