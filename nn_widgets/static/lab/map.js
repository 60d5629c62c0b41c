// The birds and the regions. Two canvases, because regions change with every update and birds only
// when the network changes its mind about one; an SVG above them for axes and the chosen bird.

import { bottomAxis, leftAxis } from "../axes.js";
import { linearScale } from "../scale.js";
import { disc, SIGNS } from "../signs.js";
import { html, set, svg } from "../svg.js";
import { paintGrid } from "./regions.js";

const MARGIN = { left: 52, right: 8, top: 8, bottom: 44 };
const REACH = 24; // pixels within which a click means a bird

/**
 * @param {{birds: {x: number[][], species: number[]}, domain: [[number, number], [number, number]],
 *   onBird: (bird: number) => void}} options measurements and domain in millimetres
 */
export function labMap({ birds, domain, onBird }) {
  const [ground, flock] = [0, 1].map(() => html("canvas", { "aria-hidden": "true" }));
  const axes = svg("g");
  const ring = svg("circle", { class: "nn-lab-chosen", r: 9 });
  const overlay = svg("svg", { role: "img" }, axes, ring);
  const node = html("div", { class: "nn-lab-map" }, ground, flock, overlay);
  const image = html("canvas");
  let [x, y, side, box] = [null, null, 0, null];
  let drawn = "";

  overlay.addEventListener("click", (event) => {
    box = overlay.getBoundingClientRect();
    const bird = nearest(event.clientX - box.left, event.clientY - box.top);
    if (bird >= 0) onBird(bird);
  });

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
    fit(width) {
      side = Math.floor(Math.min(width - MARGIN.left - MARGIN.right, 520));
      x = linearScale(domain[0], [MARGIN.left, MARGIN.left + side]);
      y = linearScale(domain[1], [MARGIN.top + side, MARGIN.top]);
      const [w, h] = [side + MARGIN.left + MARGIN.right, side + MARGIN.top + MARGIN.bottom];
      set(overlay, { viewBox: `0 0 ${w} ${h}`, width: w, height: h });
      axes.replaceChildren(bottomAxis({ scale: x, at: MARGIN.top + side, label: "bill length (mm)" }),
        leftAxis({ scale: y, at: MARGIN.left, label: "bill depth (mm)" }));
      const sharp = Math.min(devicePixelRatio || 1, 2);
      for (const canvas of [ground, flock]) {
        Object.assign(canvas.style, { width: `${w}px`, height: `${h}px` });
        Object.assign(canvas, { width: w * sharp, height: h * sharp });
        canvas.getContext("2d").setTransform(sharp, 0, 0, sharp, 0, 0);
      }
      drawn = "";
    },
    /** @param {boolean} moving half the pixels while a run goes on */
    paint(grid, colours, moving) {
      const width = moving ? Math.ceil(side / 2) : side;
      if (image.width !== width) image.width = image.height = width;
      const context = image.getContext("2d");
      const pixels = context.createImageData(width, width);
      paintGrid(new Uint32Array(pixels.data.buffer), width, grid, colours);
      context.putImageData(pixels, 0, 0);
      ground.getContext("2d").drawImage(image, MARGIN.left, MARGIN.top, side, side);
    },
    /** @param {{answers: Uint8Array, held: Set<number>, colours: {classes: string[], surface: string, text: string}, key: string}} what */
    drawBirds({ answers, held, colours, key }) {
      const now = key + answers.join("");
      if (drawn === now) return;
      drawn = now;
      const context = flock.getContext("2d");
      context.clearRect(0, 0, flock.width, flock.height);
      const wrong = birds.species.flatMap((kind, i) => (answers[i] === kind ? [] : [i]));
      const at = (path, i, r, sign) => sign(path, x(birds.x[0][i]), y(birds.x[1][i]), r);
      SIGNS.forEach((sign, kind) => drawSpecies(context, kind, (path, i) => at(path, i, 3.2, sign), held, colours));
      const rings = new Path2D();
      wrong.forEach((i) => at(rings, i, 5.6, disc));
      stroke(context, rings, colours.surface, 3.4);
      stroke(context, rings, colours.text, 1.5);
    },
    choose(bird) {
      set(ring, { cx: x(birds.x[0][bird]).toFixed(1), cy: y(birds.x[1][bird]).toFixed(1) });
    },
    label: (text) => set(overlay, { "aria-label": text }),
  };

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

function stroke(context, path, style, width) {
  Object.assign(context, { strokeStyle: style, lineWidth: width });
  context.stroke(path);
}
