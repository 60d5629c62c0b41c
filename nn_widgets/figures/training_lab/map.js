// The birds and the regions. Two canvases, because regions change with every update and birds only
// when the network changes its mind about one; an SVG above them for axes and the chosen bird.

import { cleared, fitCanvas } from "../../kit/plot/canvas.js";
import { plotFrame } from "../../kit/plot/plot.js";
import { disc, SIGNS } from "../../kit/plot/signs.js";
import { html, set, svg } from "../../kit/svg.js";
import { paintGrid } from "./regions.js";

const MARGIN = { left: 52, right: 8, top: 8, bottom: 44 };
/** @typedef {{classes: string[], surface: string, text: string}} Colours */

const REACH = 24; // pixels within which a click means a bird

/**
 * @param {{birds: {x: number[][], species: number[]}, domain: [[number, number], [number, number]],
 *   onBird: (bird: number) => void}} options measurements and domain in millimetres
 */
export function labMap({ birds, domain, onBird }) {
  const [ground, flock] = [0, 1].map(() => html("canvas", { "aria-hidden": "true" }));
  const ring = svg("circle", { class: "nn-lab-chosen", r: 9 });
  const plot = plotFrame({ margin: MARGIN, across: "bill length (mm)", up: "bill depth (mm)" });
  const overlay = plot.picture;
  overlay.append(ring);
  const node = html("div", { class: "nn-lab-map" }, ground, flock, overlay);
  const image = html("canvas");
  let { x, y } = plot.scales(...domain);
  let side = 0;
  let drawn = "";

  overlay.addEventListener("click", (event) => {
    const box = overlay.getBoundingClientRect();
    const bird = nearest(event.clientX - box.left, event.clientY - box.top);
    if (bird >= 0) onBird(bird);
  });

  /** @param {number} px @param {number} py */
  function nearest(px, py) {
    let [best, shortest] = [-1, REACH];
    birds.species.forEach((_, i) => {
      const far = Math.hypot(x(birds.x[0][i]) - px, y(birds.x[1][i]) - py);
      if (far < shortest) [best, shortest] = [i, far];
    });
    return best;
  }

  return {
    node,
    /** @param {number} width */
    fit(width) {
      side = Math.floor(Math.min(width - MARGIN.left - MARGIN.right, 520));
      const [w, h] = [side + MARGIN.left + MARGIN.right, side + MARGIN.top + MARGIN.bottom];
      plot.fit(w, h);
      ({ x, y } = plot.scales(...domain));
      for (const canvas of [ground, flock]) fitCanvas(canvas, w, h);
      drawn = "";
    },
    /**
     * @param {import("./regions.js").Grid} grid @param {import("./regions.js").Paints} colours
     * @param {boolean} moving half the pixels while a run goes on
     */
    paint(grid, colours, moving) {
      const width = moving ? Math.ceil(side / 2) : side;
      if (image.width !== width) image.width = image.height = width;
      const context = image.getContext("2d");
      const pixels = context.createImageData(width, width);
      paintGrid(new Uint32Array(pixels.data.buffer), width, grid, colours);
      context.putImageData(pixels, 0, 0);
      ground.getContext("2d").drawImage(image, MARGIN.left, MARGIN.top, side, side);
    },
    /**
     * @param {{answers: Uint8Array, held: Set<number>, colours: {classes: string[], surface: string, text: string},
     *   key: string}} what
     */
    drawBirds({ answers, held, colours, key }) {
      const now = key + answers.join("");
      if (drawn === now) return;
      drawn = now;
      const context = cleared(flock);
      const wrong = birds.species.flatMap((kind, i) => (answers[i] === kind ? [] : [i]));
      /**
       * @param {Path2D} path @param {number} i @param {number} r @param {import("../../kit/plot/signs.js").Sign} sign
       */
      const at = (path, i, r, sign) => sign(path, x(birds.x[0][i]), y(birds.x[1][i]), r);
      SIGNS.forEach((sign, kind) => drawSpecies(context, kind, (path, i) => at(path, i, 3.2, sign), held, colours));
      const rings = new Path2D();
      wrong.forEach((i) => at(rings, i, 5.6, disc));
      stroke(context, rings, colours.surface, 3.4);
      stroke(context, rings, colours.text, 1.5);
    },
    /** @param {number} bird */
    choose(bird) {
      set(ring, { cx: x(birds.x[0][bird]).toFixed(1), cy: y(birds.x[1][bird]).toFixed(1) });
    },
    label: plot.label,
  };

  /**
   * @param {CanvasRenderingContext2D} context @param {number} kind @param {(path: Path2D, i: number) => void} draw
   * @param {Set<number>} held @param {Colours} colours
   */
  function drawSpecies(context, kind, draw, held, { classes, surface }) {
    const [full, hollow] = [new Path2D(), new Path2D()];
    birds.species.forEach((own, i) => { if (own === kind) draw(held.has(i) ? hollow : full, i); });
    stroke(context, full, surface, 1.5);
    context.fillStyle = classes[kind];
    context.fill(full);
    context.fillStyle = surface;
    context.fill(hollow);
    stroke(context, hollow, classes[kind], 1.6);
  }
}

/** @param {CanvasRenderingContext2D} context @param {Path2D} path @param {string} style @param {number} width */
function stroke(context, path, style, width) {
  Object.assign(context, { strokeStyle: style, lineWidth: width });
  context.stroke(path);
}
