// Time: at most one redraw per frame, and a loop that rests when nobody sees it.

import { prefersStill, watchVisible } from "./page.js";

/**
 * Wrap `draw` so that any number of calls before the next frame cost one drawing.
 * @param {() => void} draw
 * @param {number} [first] the frame in which it draws the first time; with 2, the browser has a frame to lay out what
 *   was built, which a slow phone needs
 * @returns {{ask: () => void, stop: () => void}}
 */
export function redrawer(draw, first = 1) {
  let [pending, wait] = [0, first];
  const ask = () => {
    pending ||= requestAnimationFrame(() => {
      pending = 0;
      if (--wait > 0) ask();
      else draw();
    });
  };
  const stop = () => {
    cancelAnimationFrame(pending);
    pending = 0;
  };
  return { ask, stop };
}

/**
 * Do one thing a frame, so that a slow phone answers in between; asked again, it begins again.
 * @param {(() => void)[]} things
 * @returns {{ask: () => void, stop: () => void}}
 */
export function oneAFrame(things) {
  let next = things.length;
  const turn = redrawer(() => {
    things[next++]();
    if (next < things.length) turn.ask();
  });
  const ask = () => {
    next = 0;
    turn.ask();
  };
  return { ask, stop: turn.stop };
}

/**
 * Wrap `draw` so that it runs at once, then at most every `gap` milliseconds, and after the last call.
 * @param {() => void} draw
 * @returns {{ask: () => void, stop: () => void}}
 */
export function spaced(draw, gap = 80) {
  let [last, timer] = [-Infinity, 0];
  const now = () => {
    timer = 0;
    last = performance.now();
    draw();
  };
  const ask = () => {
    if (timer) return;
    const wait = last + gap - performance.now();
    if (wait <= 0) now();
    else timer = setTimeout(now, wait);
  };
  return { ask, stop: () => clearTimeout(timer) };
}

/**
 * Call `step(seconds)` on every frame while running and visible; it ends when `step` returns false.
 * For a reader who asked for less motion it calls `step(0)` twice a second instead.
 * @param {Element} el
 * @param {(seconds: number) => boolean|void} step
 * @returns {{start: () => void, pause: () => void, running: () => boolean, stop: () => void}}
 */
export function runLoop(el, step) {
  let running = false;
  let visible = true;
  let last = 0;
  let cancel = () => {};
  const next = () => {
    cancel();
    if (!running || !visible) return;
    const timer = prefersStill() ? setTimeout(() => tick(last), 500) : 0;
    const frame = timer ? 0 : requestAnimationFrame(tick);
    cancel = () => { clearTimeout(timer); cancelAnimationFrame(frame); };
  };
  /** @param {number} now */
  const tick = (now) => {
    const seconds = last ? Math.min(now - last, 100) / 1000 : 0;
    last = now;
    if (step(seconds) === false) running = false;
    next();
  };
  /** @param {boolean} on */
  const turn = (on) => { running = on; last = 0; next(); };
  const unwatch = watchVisible(el, (now) => { visible = now; last = 0; next(); });
  const stop = () => { turn(false); unwatch(); };
  return { start: () => turn(true), pause: () => turn(false), running: () => running, stop };
}
