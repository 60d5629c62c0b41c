// One surface seen twice, as a map and as a hill: filled coarsely and then finely, painted in the
// page's colours, turned. The figure draws on both what moves.

import { oneAFrame } from "../frame.js";
import { cssValue } from "../page.js";
import { html } from "../svg.js";
import { fillGrid, fillGridInSlices } from "./grid.js";
import { contourShapes, hillModel, readRamp, thinned } from "./ground.js";

const NARROW = 420; // pixels: the map of a phone shows no more than the smaller numbers
const POINTS = [49, 65]; // of the grid, along an edge
const SQUARES = [24, 32]; // of the hill, along an edge
/** @typedef {import("./side_view.js").Colours} Colours */

/** @type {Colours} by the names of their variables */
const COLOURS = {
  a: "--nn-W", b: "--nn-p", c: "--nn-L", gradient: "--nn-dW", halo: "--nn-surface", text: "--nn-text",
};
const KEYS = /** @type {(keyof Colours)[]} */ (Object.keys(COLOURS));

/**
 * @param {object} options
 * @param {HTMLElement} options.el the figure's element, for its colours
 * @param {ReturnType<import("./map_view.js").mapView>} options.map
 * @param {ReturnType<import("./side_view.js").sideView>} options.side
 * @param {() => [number, number]} options.viewNow turn and tilt
 * @param {() => import("./side_view.js").OnTheHill} options.drawn what stands on the hill
 * @param {{node: Element, fit: (width: number) => void}} options.below the plot under them, as wide as its place
 * @param {() => void} options.onPaint the ground is painted anew
 */
export function groundViews({ el, map, side, viewNow, drawn, below, onPaint }) {
  const [mapBox, sideBox] = [html("div", {}, map.node), html("div", {}, side.node)];
  const node = html("div", { class: "nn-hill-views" }, mapBox, sideBox);
  /** @type {import("./ground.js").Ground} */
  let surface;
  /** @type {import("./grid.js").Grid|undefined} */
  let grid;
  /** @type {import("./ground.js").Shapes|null} */
  let shapes = null;
  /** @type {import("./ground.js").Ramp} */
  let ramp;
  /** @type {import("./ground.js").Hill|undefined} */
  let hill;
  /** @type {import("./ground.js").Hill|null} */
  let rough = null;
  /** @type {Colours} */
  let colours;
  let rest = 0;
  let wide = 0; // as it was last fitted
  let coarse = 0; // points along an edge of a rough picture that comes first
  let stopFilling = () => {};
  const opening = oneAFrame(
    [() => fit(), () => fill(), () => paintMap(), () => makeHill(), () => paintSide(hill), () => refine()]);
  const refining = oneAFrame([() => paintMap(), () => makeHill(), () => paintSide(hill)]);

  /** @param {import("./grid.js").Grid} filled */
  const setGrid = (filled) => {
    grid = filled;
    shapes = null;
  };

  /** @param {number[]} numbers for a narrow map and for a wide one */
  const suited = ([narrow, broad]) => (wide < NARROW ? narrow : broad);

  const fill = () => setGrid(fillGrid(surface, coarse || suited(POINTS)));

  /** A coarse picture becomes a fine one, a few milliseconds in each frame. */
  const refine = () => {
    if (!coarse) return;
    stopFilling = fillGridInSlices(surface, suited(POINTS), (fine) => {
      setGrid(fine);
      refining.ask();
    });
  };

  /** Every width is read before anything is set: one layout, not three. */
  const fit = () => {
    const widths = [mapBox, sideBox, below.node].map((box) => box.clientWidth);
    wide = widths[0];
    if (!wide) return;
    map.fit(wide, surface);
    side.fit(widths[1]);
    below.fit(widths[2]);
    if (surface.marks) map.mark(surface.marks);
  };

  const paintMap = () => {
    if (!wide) return;
    shapes ??= { shapes: contourShapes(grid), extent: grid.extent };
    ramp = readRamp(el);
    colours = { ...COLOURS };
    for (const key of KEYS) colours[key] = cssValue(el, COLOURS[key]);
    map.paint(shapes, ramp);
    onPaint();
  };

  const makeHill = () => {
    if (!wide) return;
    hill = model(suited(SQUARES));
    rough = null;
  };

  const paint = () => {
    if (!grid) return;
    opening.stop();
    refining.stop();
    paintMap();
    makeHill();
    paintSide(hill);
  };

  /** @param {number} count */
  const model = (count) => hillModel(thinned(grid, Math.max(1, Math.round((grid.columns - 1) / count))), ramp);

  /** @param {import("./ground.js").Hill} seen */
  const paintSide = (seen) => {
    if (!seen) return;
    const [turn, tilt] = viewNow();
    side.paint(seen, { turn, tilt }, { names: surface.names, colours });
    drawSide();
  };

  const drawSide = () => {
    if (hill) side.draw({ grid, colours, ...drawn() });
  };

  return {
    node,
    ready: () => Boolean(ramp),
    extent: () => grid.extent,
    fit() {
      if (mapBox.clientWidth === wide) return; // the first width that is told is known already
      if (!wide) return opening.ask(); // it was hidden when it opened
      fit();
      paint();
    },
    paint,
    drawSide,
    /**
     * A rough picture at once, a fine one as soon as it is ready; without `rows` of the rough one the fine one at once.
     * @param {import("./ground.js").Ground} own @param {number} [rows]
     */
    show(own, rows = 0) {
      stopFilling();
      surface = own;
      coarse = rows;
      if (!hill) return opening.ask();
      fill();
      fit();
      paint();
      refine();
    },
    /** While it turns, the hill has a quarter of its squares; at rest it gets them back. */
    turn() {
      if (!hill) return;
      paintSide(rough ??= model(suited(SQUARES) / 2));
      clearTimeout(rest);
      rest = setTimeout(() => paintSide(hill), 150);
    },
    stop() {
      stopFilling();
      opening.stop();
      refining.stop();
      clearTimeout(rest);
    },
  };
}
