// The pad: draw with a pen, a mouse or a finger, or with the arrow keys and a pen that Space puts down.

import { html, linePath, set, svg } from "../svg.js";
import { PAD } from "./bitmap.js";
import { countsPicture } from "./pictures.js";

const NEAR = 4; // units that a pointer must move before it leaves another point
const STEP = 15; // units that an arrow key moves the cursor
const MOVES = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  Home: [-1, -1], PageUp: [1, -1], End: [-1, 1], PageDown: [1, 1],
};
const KEYS = "Draw with the arrow keys, and Home, End, Page Up and Page Down for the diagonals. "
  + "Space puts the pen down and lifts it, Backspace takes back the last stroke, Delete clears.";

/**
 * @typedef {object} PadAnswers
 * @property {(x: number, y: number) => void} begin a stroke begins here
 * @property {(x: number, y: number) => void} add it goes on to here
 * @property {() => void} end it is over
 * @property {() => void} undo
 * @property {() => void} clear
 * @property {(text: string) => void} say
 */

/** @param {PadAnswers} answers */
export function padOf(answers) {
  const line = svg("path", { class: "nn-digit-stroke" });
  const ghost = countsPicture({ class: "nn-digit-ghost", x: 0, y: 0, width: PAD, height: PAD });
  const cursor = svg("circle", { class: "nn-digit-cursor", r: 8 });
  const surface = svg("svg", { viewBox: `0 0 ${PAD} ${PAD}` }, ghost.node, line, cursor);
  const hint = html("span", { class: "nn-digit-hint" }, "draw here");
  const node = html("div", { class: "nn-digit-pad", tabindex: 0, role: "application", "aria-label": `Drawing pad. ${KEYS}` }, surface, hint);
  answerPointer(node, surface, answers);
  answerKeys(node, cursor, answers);
  return {
    node,
    /** The strokes, or an example from the data set behind an empty pad. */
    draw(strokes, example) {
      set(line, { d: strokes.map(strokePath).join("") });
      hint.hidden = strokes.length > 0 || Boolean(example);
      ghost.node.style.display = example ? "" : "none";
      if (example) ghost.draw(example.x);
    },
  };
}

function strokePath(stroke) {
  return linePath(stroke.flatMap((x, n) => (n % 2 ? [] : [[x, stroke[n + 1]]])));
}

const within = (value) => Math.min(PAD, Math.max(0, Math.round(value)));

function answerPointer(node, surface, { begin, add, end }) {
  let held = null; // the pointer that draws; another finger is ignored
  let last = [0, 0];
  let box = null;
  const at = ({ clientX, clientY }) =>
    [((clientX - box.left) * PAD) / box.width, ((clientY - box.top) * PAD) / box.height].map(within);
  const move = (event) => {
    const [x, y] = at(event);
    if (Math.hypot(x - last[0], y - last[1]) < NEAR) return;
    last = [x, y];
    add(x, y);
  };
  node.addEventListener("pointerdown", (event) => {
    if (held !== null || event.button !== 0) return;
    held = event.pointerId;
    box = surface.getBoundingClientRect();
    node.setPointerCapture(held);
    node.focus({ preventScroll: true, focusVisible: false });
    event.preventDefault();
    last = at(event);
    begin(...last);
  });
  node.addEventListener("pointermove", (event) => {
    if (event.pointerId !== held) return;
    const all = event.getCoalescedEvents?.() ?? [];
    (all.length ? all : [event]).forEach(move);
  });
  const stop = (event) => {
    if (event.pointerId !== held) return;
    held = null;
    end();
  };
  for (const name of ["pointerup", "pointercancel"]) node.addEventListener(name, stop);
}

/** A cursor on a grid of 18 by 18 places; with the pen down, every move draws. */
function answerKeys(node, cursor, { begin, add, end, undo, clear, say }) {
  let [x, y] = [8 * STEP, 3 * STEP];
  let down = false;
  const show = () => {
    set(cursor, { cx: x, cy: y });
    cursor.classList.toggle("nn-digit-writing", down);
  };
  const lift = () => {
    if (down) end();
    down = false;
    show();
  };
  const toggle = () => {
    if (down) return lift();
    down = true;
    begin(x, y);
    return show();
  };
  const move = ([dx, dy]) => {
    [x, y] = [within(x + dx * STEP), within(y + dy * STEP)];
    if (down) add(x, y);
    show();
  };
  const others = { " ": toggle, Backspace: () => { lift(); undo(); }, Delete: () => { lift(); clear(); }, Escape: lift };
  node.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== node) return;
    if (!MOVES[event.key] && !others[event.key]) return;
    event.preventDefault();
    if (MOVES[event.key]) move(MOVES[event.key]);
    else others[event.key]();
    say(`Pen ${down ? "down" : "up"}, ${Math.round((100 * x) / PAD)} % across, ${Math.round((100 * y) / PAD)} % down.`);
  });
  node.addEventListener("blur", lift);
  node.addEventListener("pointerdown", lift, { capture: true });
  show();
}
