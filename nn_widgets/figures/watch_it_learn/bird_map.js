// All birds by their bills, over the ground coloured by what the network would say there.

import { cssValue } from "../../kit/page.js";
import { linearScale } from "../../kit/plot/scale.js";
import { SIGNS } from "../../kit/plot/signs.js";
import { html } from "../../kit/svg.js";
import { makePass, matrix } from "../../maths/nn.js";
import { centreAndSpread } from "../../maths/penguins.js";

/** @type {[number, number]} */
const LENGTHS = [31, 61]; // mm, as in Python
/** @type {[number, number]} */
const DEPTHS = [12.5, 22];
const CELLS = 40; // to a side of the ground
const COLOURS = ["--nn-class-0", "--nn-class-1", "--nn-class-2", "--nn-text", "--nn-surface"];

/**
 * @param {{birds: import("../../maths/penguins.js").Birds, onPick: (bird: number) => void}} options
 */
export function birdMap({ birds: { x: [lengths, depths], species }, onPick }) {
  const canvas = html("canvas", { class: "nn-learn-map", role: "img" });
  canvas.setAttribute("aria-label", "The birds by length and depth of the bill. The button Another bird chooses one.");
  const ground = html("canvas", { width: CELLS, height: CELLS });
  const cells = cellCentres(lengths, depths);
  /** @type {ReturnType<typeof makePass>} */
  let pass;
  let [width, height] = [1, 1];
  /** @type {[number, number][]} */
  let places = [];
  /** @type {string[]} */
  let colours = [];

  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const far = places.map(([px, py]) => Math.hypot(px - x, py - y));
    onPick(far.indexOf(Math.min(...far)));
  });

  return {
    node: html("div", { class: "nn-learn-field" }, canvas),
    /** @param {number} wide */
    fit(wide) {
      [width, height] = [wide, Math.round(Math.max(150, Math.min(260, wide * 0.5)))];
      const across = linearScale(LENGTHS, [0, width]);
      const up = linearScale(DEPTHS, [height, 0]);
      places = lengths.map((length, i) => [across(length), up(depths[i])]);
      const sharp = Math.min(devicePixelRatio || 1, 2);
      Object.assign(canvas, { width: width * sharp, height: height * sharp });
      canvas.style.height = `${height}px`;
      canvas.getContext("2d").setTransform(sharp, 0, 0, sharp, 0, 0);
    },
    recolour() { colours = []; },
    /** @param {import("../../maths/nn.js").Layer[]} layers @param {number} bird */
    draw(layers, bird) {
      if (!places.length) return; // no room has been given yet
      if (!colours.length) colours = COLOURS.map((name) => cssValue(canvas, name));
      pass ??= makePass(layers, cells);
      paintGround(ground, pass(layers).p, colours);
      const context = canvas.getContext("2d");
      context.clearRect(0, 0, width, height);
      context.globalAlpha = 0.3;
      context.drawImage(ground, 0, 0, width, height);
      context.globalAlpha = 1;
      species.forEach((kind, i) => {
        const pen = new Path2D();
        const [x, y] = places[i];
        SIGNS[kind](pen, x, y, 3.2);
        context.fillStyle = colours[kind];
        context.fill(pen);
      });
      ring(context, places[bird], colours);
    },
  };
}

/**
 * Two rings, dark and light, are seen on any ground.
 * @param {CanvasRenderingContext2D} context @param {number[]} place @param {string[]} colours
 */
function ring(context, [x, y], colours) {
  for (const [colour, line] of [[colours[4], 5], [colours[3], 2.5]]) {
    context.beginPath();
    context.arc(x, y, 10, 0, 7);
    Object.assign(context, { strokeStyle: colour, lineWidth: line });
    context.stroke();
  }
}

/**
 * The middles of the cells, standardised as the birds are; the first row is the highest.
 * @param {number[]} lengths @param {number[]} depths
 */
function cellCentres(lengths, depths) {
  const [length, depth] = [centreAndSpread(lengths), centreAndSpread(depths)];
  const x = matrix(2, CELLS * CELLS);
  /** @param {[number, number]} range @param {number} n */
  const at = ([from, to], n) => from + ((to - from) * (n + 0.5)) / CELLS;
  for (let n = 0; n < CELLS * CELLS; n += 1) {
    x.data[n] = (at(LENGTHS, n % CELLS) - length.mean) / length.spread;
    x.data[x.cols + n] = (at(DEPTHS, CELLS - 1 - Math.floor(n / CELLS)) - depth.mean) / depth.spread;
  }
  return x;
}

/**
 * Colour each cell by its most probable species, the surer the stronger.
 * @param {HTMLCanvasElement} canvas @param {import("../../maths/nn.js").Matrix} p @param {string[]} colours
 */
function paintGround(canvas, p, colours) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(CELLS, CELLS);
  const rgb = colours.slice(0, 3).map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  for (let n = 0; n < p.cols; n += 1) {
    const share = [0, 1, 2].map((k) => p.data[k * p.cols + n]);
    const best = share.indexOf(Math.max(...share));
    image.data.set([...rgb[best], Math.round(382 * (share[best] - 1 / 3))], 4 * n);
  }
  context.putImageData(image, 0, 0);
}
