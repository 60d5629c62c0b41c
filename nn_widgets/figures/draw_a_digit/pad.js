// The pad: draw with a pen, a mouse or a finger, or with the arrow keys and a pen that Space puts down.

import { html, linePath, set, svg } from "../../kit/svg.js";
import { PAD, pointsOf } from "./bitmap.js";
import { isOnPad, onPad } from "./edge.js";
import { countsPicture } from "./pictures.js";

const NEAR = 4; // units that a pointer must move before it leaves another point
const HAND = 1000; // milliseconds after a pen in which a touch is the hand that holds it
const STEP = 15; // units that an arrow key moves the cursor
/** @type {Record<string, [number, number]>} */
const MOVES = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  Home: [-1, -1], PageUp: [1, -1], End: [-1, 1], PageDown: [1, 1],
};
const KEYS = "Draw with the arrow keys, and Home, End, Page Up and Page Down for the diagonals. "
  + "Space puts the pen down and lifts it, Backspace takes back the last stroke, Delete clears.";

/**
 * @typedef {object} PadAnswers
 * @property {(x: number, y: number) => void} begin the pen is put down here
 * @property {(x: number, y: number) => void} resume it comes back onto the pad here
 * @property {(x: number, y: number) => void} add its stroke goes on to here
 * @property {() => void} end the stroke is over: the pen is lifted, or leaves the pad
 * @property {() => void} drop all since the pen was put down is taken back
 * @property {() => void} undo
 * @property {() => void} clear
 * @property {(text: string) => void} say
 */

/** @typedef {import("./bitmap.js").Stroke} Stroke */

/** @param {PadAnswers} answers */
export function padOf(answers) {
  const line = svg("path", { class: "nn-digit-stroke" });
  const ghost = countsPicture({ class: "nn-digit-ghost", x: 0, y: 0, width: PAD, height: PAD });
  const cursor = svg("circle", { class: "nn-digit-cursor", r: 8 });
  const surface = svg("svg", { viewBox: `0 0 ${PAD} ${PAD}` }, ghost.node, line, cursor);
  const hint = html("span", { class: "nn-digit-hint" }, "draw here");
  const node = html("div", { class: "nn-digit-pad", tabindex: 0, role: "application",
    "aria-label": `Drawing pad. ${KEYS}` }, surface, hint);
  answerPointer(node, surface, answers);
  answerKeys(node, cursor, answers);
  return {
    node,
    /**
     * The strokes, or an example from the data set behind an empty pad.
     * @param {Stroke[]} strokes @param {{x: number[]}|null} example
     */
    draw(strokes, example) {
      set(line, { d: strokes.map(strokePath).join("") });
      hint.hidden = strokes.length > 0 || Boolean(example);
      ghost.node.style.display = example ? "" : "none";
      if (example) ghost.draw(example.x);
    },
  };
}

/** @param {Stroke} stroke */
function strokePath(stroke) {
  return linePath(pointsOf(stroke));
}

/** @param {number} value */
const within = (value) => Math.min(PAD, Math.max(0, Math.round(value)));

/**
 * One pointer draws. A pen goes before a hand that lies on the pad; a second finger takes back what the
 * first began, because two of them zoom.
 * @param {HTMLElement} node @param {SVGSVGElement} surface @param {PadAnswers} answers
 */
function answerPointer(node, surface, { begin, resume, add, end, drop }) {
  /** @type {{pointerId: number, pointerType: string}|null} */
  let held = null; // the pointer that draws
  let last = [0, 0]; // where it was, on the pad or beyond
  let pen = -Infinity; // when one was last seen
  const fingers = new Set();
  /** @param {PointerEvent} event */
  const at = ({ clientX, clientY }) => {
    const box = surface.getBoundingClientRect(); // each time: the page may move under the pen
    return [((clientX - box.left) * PAD) / box.width, ((clientY - box.top) * PAD) / box.height];
  };
  /** Ink ends at the edge, and goes on where the pointer comes back. @param {number[]} place */
  const goTo = (place) => {
    const [wasOn, isOn, inked] = [isOnPad(last), isOnPad(place), onPad(last, place)];
    last = place;
    const [[x0, y0], [x1, y1]] = inked?.map((one) => one.map(within)) ?? [[], []];
    if (inked && !wasOn) resume(x0, y0);
    if (inked) add(x1, y1);
    if (!isOn && (wasOn || inked)) end();
  };
  /** @param {() => void} finish */
  const release = (finish) => {
    held = null;
    finish();
  };
  /** @param {PointerEvent} event */
  const mayDraw = ({ pointerType, timeStamp }) => {
    if (pointerType !== "touch") return held === null || held.pointerType === "touch";
    return held === null && fingers.size === 1 && timeStamp - pen > HAND;
  };
  node.addEventListener("pointerdown", (event) => {
    const { pointerId, pointerType, timeStamp } = event;
    if (pointerType === "touch") fingers.add(pointerId);
    if (pointerType === "pen") pen = timeStamp;
    if (event.button !== 0) return;
    if (held?.pointerType === "touch") release(drop);
    if (!mayDraw(event)) return;
    held = { pointerId, pointerType };
    node.setPointerCapture(pointerId);
    /** @type {FocusOptions & {focusVisible: boolean}} not every browser's, so not in the types */
    const quietly = { preventScroll: true, focusVisible: false };
    node.focus(quietly);
    event.preventDefault();
    last = at(event).map(within);
    begin(last[0], last[1]);
  });
  node.addEventListener("pointermove", (event) => {
    if (event.pointerType === "pen") pen = event.timeStamp;
    if (event.pointerId !== held?.pointerId) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length ? all : [event]) {
      const place = at(one);
      if (Math.hypot(place[0] - last[0], place[1] - last[1]) >= NEAR) goTo(place);
    }
  });
  /** @param {number} pointerId @param {() => void} finish */
  const lifted = (pointerId, finish) => {
    fingers.delete(pointerId);
    if (pointerId === held?.pointerId) release(finish);
  };
  node.addEventListener("pointerup", ({ pointerId }) => lifted(pointerId, end));
  node.addEventListener("pointercancel", ({ pointerId }) => lifted(pointerId, drop));
}

/**
 * A cursor on a grid of 18 by 18 places; with the pen down, every move draws.
 * @param {HTMLElement} node @param {SVGElement} cursor @param {PadAnswers} answers
 */
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
  /** @param {[number, number]} way */
  const move = ([dx, dy]) => {
    [x, y] = [within(x + dx * STEP), within(y + dy * STEP)];
    if (down) add(x, y);
    show();
  };
  /** @type {Record<string, () => void>} */
  const others = { " ": toggle, Backspace: () => { lift(); undo(); }, Delete: () => { lift(); clear(); },
    Escape: lift };
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
