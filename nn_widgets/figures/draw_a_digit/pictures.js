// The pictures beside the drawing: the bitmap, the 64 counts, and which way each of them pushes.

import { roving } from "../../kit/roving.js";
import { html, set, setText, svg } from "../../kit/svg.js";
import { counted } from "../../maths/format.js";
import { MOST, placeName, signed } from "./answer.js";
import { BLOCK, SIDE } from "./bitmap.js";

const ACROSS = 8;
const CELL = 40; // of the pushes, in the picture's units
const FAINT = 0.25; // of the ink behind the marks
const WEAK = 0.06; // share of the strongest push below which a mark is left out

/** @param {string} title @param {SVGElement} node */
function pictured(title, node) {
  const text = html("p", { class: "nn-digit-caption" }, title);
  return { text, node: html("div", { class: "nn-digit-picture" }, node, text) };
}

/** Lines between the blocks. @param {number} side @param {number} step */
function lattice(side, step) {
  const at = Array.from({ length: side / step - 1 }, (_, n) => (n + 1) * step);
  return svg("path", { class: "nn-digit-lattice", d: at.map((v) => `M${v},0V${side}M0,${v}H${side}`).join("") });
}

/** The 32 by 32 bitmap, with the blocks that are counted. */
export function bitmapPicture() {
  const ink = svg("path", { class: "nn-digit-ink" });
  const none = svg("text", { class: "nn-digit-none", x: SIDE / 2, y: SIDE / 2, "text-anchor": "middle" }, "not kept");
  const picture = svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img", class: "nn-digit-frame" }, ink,
    lattice(SIDE, BLOCK), none);
  const { node, text } = pictured("", picture);
  return {
    node,
    /** @param {Uint8Array|null} bitmap null where none is known */
    draw(bitmap) {
      set(ink, { d: bitmap ? pathOf(bitmap) : "" });
      none.style.display = bitmap ? "none" : "";
      setText(text, bitmap ? "32 × 32 pixels, in blocks of 4 × 4" : "32 × 32 pixels: the data set has only the counts");
      const on = bitmap ? bitmap.reduce((sum, bit) => sum + bit, 0) : 0;
      set(picture, { "aria-label": bitmap ? `The drawing as a bitmap of 32 by 32 pixels, ${on} of them on`
        : "No bitmap" });
    },
  };
}

/** One rectangle for each run of pixels in a row. @param {Uint8Array} bitmap */
function pathOf(bitmap) {
  let path = "";
  for (let at = 0; at < bitmap.length; at += 1) {
    const start = at;
    while (bitmap[at] && (at + 1) % SIDE && bitmap[at + 1]) at += 1;
    if (bitmap[start]) path += `M${start % SIDE},${Math.floor(start / SIDE)}h${at - start + 1}v1h${start - at - 1}z`;
  }
  return path;
}

/**
 * Most blocks stay as they are from one frame to the next: touch the others only.
 * @param {SVGElement} cell @param {number} opacity
 */
function shade(cell, opacity) {
  const text = String(opacity);
  if (cell.getAttribute("fill-opacity") !== text) cell.setAttribute("fill-opacity", text);
}

/**
 * A picture of 64 counts: a path for each strength of ink, with all the blocks that have it.
 * @param {import("../../kit/svg.js").Attributes} attributes
 */
export function countsPicture(attributes) {
  const inks = Array.from({ length: MOST }, (_, n) => svg("path",
    { class: "nn-digit-ink", "fill-opacity": (n + 1) / MOST }));
  const frame = { viewBox: `0 0 ${ACROSS} ${ACROSS}`, class: "nn-digit-frame" };
  return {
    node: svg("svg", { ...frame, ...attributes }, ...inks),
    /** @param {number[]} counts whole numbers from 0 to 16 */
    draw(counts) {
      const paths = Array(MOST + 1).fill("");
      counts.forEach((count, at) => { paths[count] += `M${at % ACROSS},${Math.floor(at / ACROSS)}h1v1h-1z`; });
      inks.forEach((ink, n) => set(ink, { d: paths[n + 1] }));
    },
  };
}

/** What the network sees. */
export function seenPicture() {
  const { node: picture, draw } = countsPicture({ role: "img" });
  const { node } = pictured("64 counts from 0 to 16: all that the network sees", picture);
  return {
    node,
    /** @param {number[]} counts */
    draw(counts) {
      draw(counts);
      const ink = counts.reduce((sum, count) => sum + count, 0);
      const all = counted(ink, "pixel", "pixels");
      set(picture, { "aria-label": `The 8 by 8 counts that the network sees, ${all} of ink in all` });
    },
  };
}

/**
 * The pushes: a plus where more ink raises what is asked about, a minus where it lowers it.
 * @param {{onPick: (at: number) => void}} answers
 */
export function pushPicture({ onPick }) {
  const cells = Array.from({ length: ACROSS * ACROSS }, (_, at) => pushCell(at, onPick));
  const [up, down] = ["up", "down"].map((way) => svg("path", { class: `nn-digit-mark nn-digit-${way}` }));
  const picture = svg("svg",
    { viewBox: `-2 -2 ${ACROSS * CELL + 4} ${ACROSS * CELL + 4}`, role: "group", class: "nn-digit-pushes" },
    ...cells.map(({ node }) => node), up, down);
  roving(picture, Array.from({ length: ACROSS },
    (_, c) => cells.filter((_, at) => at % ACROSS === c).map(({ node }) => node)));
  const { node, text } = pictured("", picture);
  return {
    node,
    /** @param {{counts: number[], slopes: number[], pixel: number, title: string}} now */
    draw({ counts, slopes, pixel, title }) {
      const most = slopes.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
      cells.forEach((cell, at) => cell.draw(counts[at], slopes[at], at === pixel));
      /** @param {1|-1} sign */
      const marks = (sign) => slopes.map((slope, at) => markPath(at, sign * slope, Math.abs(most), sign > 0)).join("");
      set(up, { d: marks(1) });
      set(down, { d: marks(-1) });
      setText(text, `${title} Strongest mark: slope ${signed(most)}.`);
      set(picture, { "aria-label": `${title} Arrow keys move from block to block.` });
    },
  };
}

/** @param {number} at @param {(at: number) => void} onPick */
function pushCell(at, onPick) {
  const ink = svg("rect", { class: "nn-digit-ink", width: CELL, height: CELL });
  const edge = svg("rect", { class: "nn-digit-edge", width: CELL, height: CELL });
  const node = svg("g", {
    class: "nn-digit-cell", role: "button",
    transform: `translate(${(at % ACROSS) * CELL},${Math.floor(at / ACROSS) * CELL})`,
    onclick: () => { node.focus({ preventScroll: true }); onPick(at); }, onfocus: () => onPick(at),
  }, ink, edge);
  return {
    node,
    /** @param {number} count @param {number} slope @param {boolean} picked */
    draw(count, slope, picked) {
      shade(ink, (FAINT * count) / MOST);
      node.setAttribute("aria-label", `${placeName(at)}: ${count} of ${MOST} pixels, slope ${signed(slope)}`);
      if (node.getAttribute("aria-pressed") !== String(picked)) node.setAttribute("aria-pressed", String(picked));
    },
  };
}

/**
 * A plus or a minus whose arms grow with the root of the push: the area tells it. Nothing for no push this way.
 * @param {number} at @param {number} push @param {number} most @param {boolean} plus
 */
function markPath(at, push, most, plus) {
  if (!(push > 0) || push < WEAK * most) return "";
  const [x, y] = [((at % ACROSS) + 0.5) * CELL, (Math.floor(at / ACROSS) + 0.5) * CELL];
  const arm = 3 + 14 * Math.sqrt(push / most);
  const across = `M${(x - arm).toFixed(1)},${y}h${(2 * arm).toFixed(1)}`;
  return plus ? `${across}M${x},${(y - arm).toFixed(1)}v${(2 * arm).toFixed(1)}` : across;
}
