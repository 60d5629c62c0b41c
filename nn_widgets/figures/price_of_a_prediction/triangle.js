// All predictions at once: each place in the triangle is one, and lines join those of equal price.

import { formatNumber } from "../../maths/format.js";
import { html, linePath, set, svg } from "../../kit/svg.js";
import { dragging } from "../../kit/drag.js";
import { nearest, sure, thousandths, triangle } from "./simplex.js";

const PRICES = [0.25, 0.5, 1, 2, 4];
const MARGIN = { side: 46, top: 26, bottom: 30 };
const LARGEST = 300;
/** @typedef {ReturnType<typeof triangle>} Scale */

/** @type {Record<string, number[]>} */
const MOVES = { ArrowLeft: [1, -1, 0], ArrowRight: [-1, 1, 0], ArrowUp: [-0.5, -0.5, 1], ArrowDown: [0.5, 0.5, -1] };
// For each truth: the corner towards which its lines are labelled, and where the labels stand.
const LABELS = [{ edge: 2, anchor: "end" }, { edge: 2, anchor: "start" }, { edge: 0, anchor: "end" }];

/** @param {{species: string[], now: () => number[], onMove: (p: import("./simplex.js").Shares) => void}} options */
export function triangleView({ species, now, onMove }) {
  const [ground, corners] = [svg("g"), svg("g")];
  const role = { tabindex: 0, role: "slider", "aria-label": "The prediction, in the triangle" };
  const handle = svg("g", { class: "nn-price-handle", ...role }, svg("circle", { r: 22, class: "nn-price-reach" }),
    svg("circle", { r: 10, class: "nn-price-ring" }), svg("circle", { r: 3 }));
  const picture = svg("svg", {}, ground, corners, handle);
  const node = html("div", { class: "nn-price-triangle" }, picture);
  let scale = triangle({ left: 0, bottom: 1, side: 1 });

  /** @param {number[]} numbers */
  const move = (numbers) => onMove(thousandths(nearest(numbers)));
  dragging(picture, handle, (place) => move(scale.toShares(place)));
  handle.addEventListener("keydown", (event) => {
    const direction = MOVES[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.1 : 0.01;
    move(now().map((value, k) => value + step * direction[k]));
  });

  return {
    node,
    /** Make room for a picture of this width, for this truth. @param {number} width @param {number} truth */
    fit(width, truth) {
      const side = Math.min(width - 2 * MARGIN.side, LARGEST);
      const height = (side * Math.sqrt(3)) / 2;
      const bottom = MARGIN.top + height;
      scale = triangle({ left: MARGIN.side, bottom, side });
      const [w, h] = [side + 2 * MARGIN.side, bottom + MARGIN.bottom];
      set(picture, { viewBox: `0 0 ${w} ${h}`, width: w, height: h });
      ground.replaceChildren(...groundOf(truth, scale));
      corners.replaceChildren(...species.map((name, k) => corner(name, k, truth, scale)));
    },
    /** @param {number[]} p @param {number} truth */
    draw(p, truth) {
      const [x, y] = scale.toPage(p);
      set(handle, { transform: `translate(${x.toFixed(2)},${y.toFixed(2)})`,
        "aria-valuemin": 0, "aria-valuemax": 1, "aria-valuenow": p[truth].toFixed(3),
        "aria-valuetext": species.map((name, k) => `${name} ${formatNumber(p[k])}`).join(", ") });
    },
  };
}

/**
 * The triangle, darker where the prediction is dearer, with its lines of equal price.
 * @param {number} truth @param {Scale} scale
 */
function groundOf(truth, { toPage }) {
  const [a, b] = [0, 1, 2].filter((k) => k !== truth);
  /** @param {number} own @param {number} k */
  const on = (own, k) => toPage(sure(truth).map((v, i) => v * own + (i === k ? 1 - own : 0)));
  const bands = [0, ...PRICES].map((price) => {
    const own = Math.exp(-price);
    return svg("path", { class: "nn-price-band", d: `${linePath([on(own, a), on(own, b), on(0, b), on(0, a)])}Z` });
  });
  const lines = PRICES.map((price) => {
    const own = Math.exp(-price);
    return svg("path", { class: "nn-price-line", d: linePath([on(own, a), on(own, b)]) });
  });
  const outline = svg("path", { class: "nn-price-outline", d: `${linePath([0, 1, 2].map((k) => toPage(sure(k))))}Z` });
  const far = svg("path", { class: "nn-price-far", d: linePath([on(0, a), on(0, b)]) });
  const labels = PRICES.map((price) => priceLabel(price, truth, on));
  return [...bands, ...lines, outline, far, ...labels, farLabel(truth, a, b, toPage)];
}

/** @param {number} price @param {number} truth @param {(own: number, k: number) => number[]} on */
function priceLabel(price, truth, on) {
  const { edge, anchor } = LABELS[truth];
  const [x, y] = on(Math.exp(-price), edge);
  const place = { x: x + (anchor === "end" ? -7 : 7), y: y + 4, "text-anchor": anchor };
  return svg("text", { class: "nn-price-label", ...place }, String(price));
}

/**
 * The side where the truth has no share: ∞ beside its middle.
 * @param {number} truth @param {number} a @param {number} b @param {Scale["toPage"]} toPage
 */
function farLabel(truth, a, b, toPage) {
  const middle = [0, 0, 0];
  middle[a] = middle[b] = 0.5;
  const [x, y] = toPage(middle);
  const [dx, dy] = [[9, 2], [-9, 2], [0, 20]][truth];
  const anchor = ["start", "end", "middle"][truth];
  return svg("text", { class: "nn-price-infinite", x: x + dx, y: y + dy, "text-anchor": anchor }, "∞");
}

/** @param {string} name @param {number} k @param {number} truth @param {Scale} scale */
function corner(name, k, truth, { toPage }) {
  const [x, y] = toPage(sure(k));
  const [dx, dy] = [[-MARGIN.side + 2, 22], [MARGIN.side - 2, 22], [0, -11]][k];
  const anchor = ["start", "end", "middle"][k];
  const text = k === truth ? `${name}, true` : name;
  return svg("text", { class: `nn-price-corner nn-price-class-${k}`, x: x + dx, y: y + dy, "text-anchor": anchor,
    "font-weight": k === truth ? 700 : 400 }, text);
}
