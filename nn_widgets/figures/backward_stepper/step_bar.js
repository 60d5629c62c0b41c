// All steps in a row to jump to, and the buttons that lead from one to the next.

import { button, setUsable } from "../../kit/controls.js";
import { html, setText } from "../../kit/svg.js";
import { kindOf, writtenName } from "./names.js";
import { BACKWARD, FORWARD, STEPS } from "./steps.js";

/** @type {Record<string, number>} */
const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
/** @type {Record<string, string>} */
const EDGES = { Home: STEPS[0], End: STEPS.at(-1) };

/** @param {{onStep: (name: string) => void}} options */
export function stepList({ onStep }) {
  const chips = new Map(STEPS.map((name, i) => [name, html("button", {
    type: "button", class: "nn-backward-chip", tabindex: "-1", "data-step": name,
    style: `--nn-role: var(--nn-${kindOf(name)})`,
    "aria-label": `${name}, step ${i + 1} of ${STEPS.length}`, onclick: () => onStep(name),
  }, html("span", { translate: "no" }, writtenName(name)))]));
  /** @param {string} label @param {string[]} names */
  const row = (label, names) => html("div", { class: "nn-backward-row" },
    html("span", { class: "nn-backward-way", "aria-hidden": "true" }, label), ...names.map((name) => chips.get(name)));
  const node = html("div", { class: "nn-backward-steps", role: "group", "aria-label": "Steps" },
    row("Forward", FORWARD), row("Backward", BACKWARD));
  node.addEventListener("keydown", (event) => {
    const [next, edge] = [MOVES[event.key], EDGES[event.key]];
    if ((!next && !edge) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const at = STEPS.findIndex((one) => chips.get(one) === event.target);
    const name = edge ?? STEPS[at + next];
    if (!name) return;
    onStep(name);
    chips.get(name).focus();
  });
  return {
    node,
    /** @param {import("./scene.js").Scene} scene */
    draw({ place, wrong, lack }) {
      STEPS.forEach((name, i) => {
        const chip = chips.get(name);
        const spoiled = wrong?.changed.includes(name) ?? false;
        const missed = wrong?.missed.indexOf(name) ?? -1;
        chip.classList.toggle("nn-backward-done", i < place);
        chip.classList.toggle("nn-backward-spoiled", spoiled);
        chip.classList.toggle("nn-backward-stop", missed === 0);
        chip.classList.toggle("nn-backward-missed", missed > 0);
        chip.tabIndex = i === place ? 0 : -1;
        if (i === place) chip.setAttribute("aria-current", "step");
        else chip.removeAttribute("aria-current");
        const mark = spoiled ? ", changed by the mistake" : missed < 0 ? "" : `, ${lack(name)}`;
        chip.setAttribute("aria-label", `${name}, step ${i + 1} of ${STEPS.length}${mark}`);
      });
    },
  };
}

/** @param {{onBy: (by: number) => void, onPlay: () => void}} options */
export function stepButtons({ onBy, onPlay }) {
  const back = button("Back", () => onBy(-1));
  const next = button("Next", () => onBy(1), { class: "nn-button nn-primary" });
  const play = button("Play", onPlay);
  const [count, own] = [html("span"), html("span", { class: "nn-backward-where-name" })];
  const where = html("span", { class: "nn-backward-where" }, count, own);
  const node = html("div", { class: "nn-backward-buttons", role: "group", "aria-label": "Step through" }, back, next,
    play, where);
  node.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onBy(by);
  });
  return {
    node,
    /** @param {import("./scene.js").Scene} scene @param {boolean} playing */
    draw({ place, name }, playing) {
      setUsable(back, place > 0);
      setUsable(next, place < STEPS.length - 1);
      setText(play, playing ? "Pause" : "Play");
      setText(count, `${place + 1} of ${STEPS.length}`);
      setText(own, `: ${writtenName(name)}`);
    },
  };
}

/**
 * Advance about once a second while playing and in sight.
 * @param {(on: (visible: boolean) => void) => () => void} watch
 * @param {() => boolean} advance whether there is more
 * @param {() => number} pause milliseconds until the next
 * @param {() => void} onChange
 */
export function player(watch, advance, pause, onChange) {
  let timer = 0;
  let [on, visible] = [false, true];
  const wait = () => {
    clearTimeout(timer);
    if (on && visible) timer = setTimeout(() => { if (!advance()) turn(false); else wait(); }, pause());
  };
  /** @param {boolean} now */
  const turn = (now) => { on = now; wait(); onChange(); };
  const unwatch = watch((now) => { visible = now; wait(); });
  return { turn, playing: () => on, stop: () => { on = false; clearTimeout(timer); unwatch(); } };
}
