// One surface seen twice, as a map and as a hill: filled coarsely and then finely, painted in the
// page's colours, turned. The figure draws on both what moves.

import { cssValue } from "../page.js";
import { html } from "../svg.js";
import { fillGrid, fillGridInSlices } from "./grid.js";
import { contourShapes, hillModel, readRamp, thinned } from "./ground.js";

const FINE = 65;
const HILL = 32;
const COLOURS = { a: "--nn-W", b: "--nn-p", gradient: "--nn-dW", halo: "--nn-surface", text: "--nn-text" };

/**
 * @param {object} options
 * @param {HTMLElement} options.el the figure's element, for its colours
 * @param {ReturnType<import("./map_view.js").mapView>} options.map
 * @param {ReturnType<import("./side_view.js").sideView>} options.side
 * @param {() => [number, number]} options.viewNow turn and tilt
 * @param {() => object} options.drawn what stands on the hill, as `side.draw` wants it
 * @param {(surface: import("./surface.js").Surface) => void} options.onFit the room has changed, or the surface
 * @param {() => void} options.onPaint the ground is painted anew
 */
export function groundViews({ el, map, side, viewNow, drawn, onFit, onPaint }) {
  const [mapBox, sideBox] = [html("div", {}, map.node), html("div", {}, side.node)];
  const node = html("div", { class: "nn-hill-views" }, mapBox, sideBox);
  let [surface, grid, shapes, hills, colours, rest] = [];
  let stopFilling = () => {};

  const setGrid = (filled) => {
    grid = filled;
    shapes = { shapes: contourShapes(grid), extent: grid.extent };
    fit();
  };

  const fit = () => {
    if (!grid || !mapBox.clientWidth) return;
    map.fit(mapBox.clientWidth, surface);
    side.fit(sideBox.clientWidth);
    onFit(surface);
    paint();
  };

  const paint = () => {
    if (!grid || !mapBox.clientWidth) return;
    const ramp = readRamp(el);
    colours = Object.fromEntries(Object.entries(COLOURS).map(([key, name]) => [key, cssValue(el, name)]));
    map.paint(shapes, ramp);
    const every = (count) => Math.max(1, Math.round((grid.columns - 1) / count));
    hills = [HILL, HILL / 2].map((count) => hillModel(thinned(grid, every(count)), ramp));
    paintSide(hills[0]);
    onPaint();
  };

  const paintSide = (hill) => {
    const [turn, tilt] = viewNow();
    side.paint(hill, { turn, tilt }, { names: surface.names, colours });
    drawSide();
  };

  const drawSide = () => side.draw({ grid, colours, ...drawn() });

  return {
    node,
    ready: () => Boolean(hills),
    extent: () => grid.extent,
    fit,
    paint,
    drawSide,
    /** A coarse picture at once, a fine one as soon as it is ready; without `coarse` the fine one at once. */
    show(own, coarse) {
      stopFilling();
      surface = own;
      setGrid(fillGrid(surface, coarse ?? FINE));
      if (coarse) stopFilling = fillGridInSlices(surface, FINE, setGrid);
    },
    /** While it turns, the hill has a quarter of its squares; at rest it gets them back. */
    turn() {
      if (!hills) return;
      paintSide(hills[1]);
      clearTimeout(rest);
      rest = setTimeout(() => paintSide(hills[0]), 150);
    },
    stop() {
      stopFilling();
      clearTimeout(rest);
    },
  };
}
