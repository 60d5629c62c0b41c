// The answers of the blocks as arrows, and the additions below them: each sum a box in which its two
// arrows stand head to tail.

import { arrowPath, html, set, svg } from "../../kit/svg.js";
import { formatNumber } from "../../maths/format.js";

/** @typedef {import("./all_together.js").Scene & {label: string}} Drawn */
/** @typedef {ReturnType<typeof sizesFor>} Sizes */
/** @typedef {import("../../maths/blocks.js").BlockSum} BlockSum */

const WIDE = 520; // from here the numbers stand beside the arrow
const LONGEST = 46; // of a sum on screen, in the unit of the gradient, reaches the edge of its box

/** @param {{names: string[]}} options the names of the two entries */
export function sumsPicture({ names }) {
  const picture = svg("svg", { role: "img" });
  const node = html("div", { class: "nn-together-picture" }, picture);
  let width = 640;
  /** @type {Drawn|null} */
  let last = null;

  /** @param {Drawn} now */
  function draw(now) {
    const fresh = last && now.step === last.step + 1 ? now.step : 0;
    last = now;
    const size = sizesFor(width, now.way);
    const at = placesOf(now.way, size);
    set(picture, { viewBox: `0 0 ${width} ${size.height}`, width, height: size.height, "aria-label": now.label });
    const shown = now.nodes.slice(0, 4 + Math.min(now.step, 3));
    const lines = now.pairs.slice(0, 3).flatMap((pair, n) => pair.map((from) => svg("path", {
      class: `nn-together-line${n < now.step ? " nn-is-done" : ""}`, d: linkPath(at[from], at[4 + n], size),
    })));
    const waiting = now.pairs.map((_, n) => 4 + n).filter((k) => k >= shown.length);
    picture.replaceChildren(...lines, ...waiting.map((k) => emptyBox(at[k], size, now.titles[k])),
      ...shown.map((sum, k) => box(sum, k, { now, at, size, fresh: k === 3 + fresh && fresh > 0 })));
  }

  /** @param {BlockSum} sum @param {number} k @param {{now: Drawn, at: number[][], size: Sizes, fresh: boolean}} how */
  function box(sum, k, { now, at, size, fresh }) {
    const [x, y] = at[k];
    const parts = k < 4 ? [] : now.pairs[k - 4];
    const plot = svg("g", { transform: `translate(${size.plot[0]},${size.plot[1]})` },
      ...arrows(sum, parts, { now, at, k, size, fresh }));
    const state = `${k < 4 ? " nn-is-block" : ""}${k === now.lost ? " nn-is-lost" : ""}`;
    return svg("g", { class: `nn-together-box${state}`, "data-node": k, transform: `translate(${x},${y})` },
      svg("rect", { width: size.box[0], height: k < 4 ? size.box[1] : size.low, rx: 6 }),
      title(now.titles[k], size), plot,
      ...numbers(sum, k, { now, size }), k < 4 ? speciesBar(now.birds[k], size) : null);
  }

  /**
   * @param {BlockSum} sum @param {number[]} parts
   * @param {{now: Drawn, at: number[][], k: number, size: Sizes, fresh: boolean}} how
   */
  function arrows(sum, parts, { now, at, k, size, fresh }) {
    const scale = size.reach / LONGEST;
    /** @param {BlockSum} node */
    const vector = ({ G }) => [G[now.followed[0]] * scale, -G[now.followed[1]] * scale];
    let tail = [0, 0];
    const faint = parts.map((part) => {
      const [dx, dy] = vector(now.nodes[part]);
      const path = svg("path", { class: "nn-together-part", d: arrowPath(tail[0], tail[1], dx, dy, 5) });
      tail = [tail[0] + dx, tail[1] + dy];
      const way = [at[part][0] - at[k][0], at[part][1] - at[k][1]];
      return svg("g", fresh ? { class: "nn-together-travels", style: `--dx: ${way[0]}px; --dy: ${way[1]}px` } : {},
        path);
    });
    const [dx, dy] = vector(sum);
    const arrow = { class: `nn-together-arrow${fresh ? " nn-is-fresh" : ""}`, d: arrowPath(0, 0, dx, dy, 7) };
    return [svg("circle", { r: 2 }), ...faint, svg("path", arrow)];
  }

  /** @param {BlockSum} sum @param {number} k @param {{now: Drawn, size: Sizes}} how */
  function numbers(sum, k, { now, size }) {
    const by = k < 4 && now.holders[k] !== k ? `${size.wide ? "by " : ""}machine ${now.holders[k] + 1}` : "";
    const texts = [...now.followed.map((entry) => formatNumber(sum.G[entry])), `N = ${sum.N}`, by];
    return texts.map((text, n) => svg("text", {
      class: n < 2 ? "nn-together-entry" : "nn-together-count", "data-entry": n < 2 ? names[n] : null,
      x: size.text[0], y: size.text[1] + 16 * n, "text-anchor": size.anchor,
    }, text));
  }

  return {
    node,
    draw,
    /** @param {number} now */
    fit(now) { width = Math.max(now, 240); if (last) draw(last); },
  };
}

/** @param {number} width @param {string} way */
function sizesFor(width, way) {
  const wide = width >= WIDE;
  const gap = wide ? 12 : 6;
  const box = [(width - 3 * gap) / 4, wide ? 100 : 170];
  const low = wide ? 84 : 146; // a sum has no bar of birds
  const rows = way === "tree" ? 2 : 3;
  const down = wide ? 34 : 26;
  const plotWidth = wide ? box[0] * 0.55 : box[0];
  return {
    wide, gap, box, down, low, height: box[1] + rows * (low + down), reach: Math.min(plotWidth / 2 - 3, 44),
    plot: [plotWidth / 2, 57], text: wide ? [box[0] - 8, 38] : [box[0] / 2, 106], anchor: wide ? "end" : "middle",
  };
}

/**
 * Where each box stands: the blocks in a row, the sums of a tree between them, others below each other.
 * @param {string} way @param {Sizes} sizes
 */
function placesOf(way, { gap, box, low, down }) {
  /** @param {number} n */
  const column = (n) => n * (box[0] + gap);
  /** @param {number} n */
  const row = (n) => (n ? box[1] + down + (n - 1) * (low + down) : 0);
  const sums = way === "tree" ? [[0.5, 1], [2.5, 1], [1.5, 2]] : [[1.5, 1], [1.5, 2], [1.5, 3]];
  return [...[0, 1, 2, 3].map((n) => [n, 0]), ...sums].map(([c, r]) => [column(c), row(r)]);
}

/** @param {number[]} from @param {number[]} to @param {Sizes} sizes */
function linkPath([x1, y1], [x2, y2], { box, low, down }) {
  const [from, to] = [[x1 + box[0] / 2, y1 + (y1 ? low : box[1])], [x2 + box[0] / 2, y2]];
  const bend = to[1] - down / 2;
  return `M${from[0]},${from[1]}V${bend}H${to[0]}V${to[1]}`;
}

/** A sum of three names in a narrow box stands closer. @param {string} text @param {Sizes} sizes */
function title(text, { wide }) {
  const place = { class: `nn-together-title${wide ? "" : " nn-is-close"}`, x: wide ? 8 : 5, y: 17 };
  return svg("text", place, wide ? text : text.replaceAll(" ", ""));
}

/** @param {number[]} place @param {Sizes} size @param {string} text */
function emptyBox([x, y], size, text) {
  const { box, low } = size;
  return svg("g", { class: "nn-together-box nn-is-waiting", transform: `translate(${x},${y})` },
    svg("rect", { width: box[0], height: low, rx: 6 }), title(text, size));
}

/** A block's birds as a bar, a bird as wide in every block. @param {number[]} counts @param {Sizes} sizes */
function speciesBar(counts, { box }) {
  const unit = (box[0] - 12) / 132;
  let x = 6;
  return svg("g", {}, ...counts.map((count, k) => {
    const role = `nn-together-birds nn-together-class-${k}`;
    const bar = svg("rect", { class: role, x, y: box[1] - 8, width: count * unit, height: 4 });
    x += count * unit;
    return bar;
  }));
}
