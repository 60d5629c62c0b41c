// Hill descent: gradient descent on a surface, seen as a map and as a hill. The state is where the
// walk starts, its rate and how many steps it has; everything that is drawn follows from them.

import { announcer } from "./announce.js";
import { angles, pair, point, validator } from "./checks.js";
import { formatNumber } from "./format.js";
import { redrawer, runLoop, spaced } from "./frame.js";
import { groundControls, rateControls, walkControls } from "./hill/controls.js";
import { lossCurve } from "./hill/curve.js";
import { firstPlace } from "./hill/first.js";
import { groundViews } from "./hill/ground_views.js";
import { mapView } from "./hill/map_view.js";
import { readout } from "./hill/readout.js";
import { sideView } from "./hill/side_view.js";
import { isBowl, penguinLoss, polynomial } from "./hill/surface.js";
import { isOver, lengthen, MOST_STEPS, threshold, verdict, walk } from "./hill/walk.js";
import { follow, update } from "./model.js";
import { layersFromNested } from "./nn.js";
import { prefersStill, watchTheme, watchWidth } from "./page.js";
import { parameterName, parameterPlaces, penguinData } from "./penguins.js";
import { html, setText } from "./svg.js";
import { numbersTable } from "./table.js";

const LINKED = ["surface", "pair", "held", "start", "alpha", "steps", "compare", "alpha_b", "view"];
const COARSE = 17;
const STEPS_PER_SECOND = 8;

/** @param {{model: import("./model.js").Model, el: HTMLElement}} context */
function render({ model, el }) {
  const figure = new HillDescent(model, el);
  return () => figure.stop();
}

class HillDescent {
  constructor(model, el) {
    Object.assign(this, { model, el });
    this.networks = Object.fromEntries(
      Object.entries(model.get("networks")).map(([name, layers]) => [name, layersFromNested(layers)]));
    this.birds = penguinData(model.get("birds"));
    this.paths = { a: {}, b: {} };
    this.build();
    this.frame = redrawer(() => this.draw());
    this.turnFrame = redrawer(() => this.views.turn());
    this.texts = spaced(() => this.drawTexts());
    this.loop = runLoop(el, (seconds) => this.run(seconds));
    this.voice = announcer(el);
    this.stops = [
      follow(model, ["surface", "pair", "held"], () => this.changeGround()),
      follow(model, ["start", "alpha", "steps", "compare", "alpha_b"], () => this.frame.ask()),
      follow(model, ["view"], () => this.turnFrame.ask()),
      watchWidth(this.views.node, () => this.views.fit()),
      watchTheme(() => this.views.paint()),
      () => [this.frame, this.turnFrame, this.texts, this.loop, this.voice, this.views].forEach((part) => part.stop()),
    ];
  }

  stop() {
    this.stops.forEach((stop) => stop());
  }

  // ------------------------------------------------------------------------- the parts

  build() {
    const { model } = this;
    const parameters = parameterPlaces(this.networks.start).map(parameterName);
    this.ground = groundControls({
      surfaces: model.get("surfaces"), parameters,
      onSurface: (surface) => this.begin({ surface }),
      onPair: (axis, place) => this.begin({ pair: model.get("pair").map((old, n) => (n === axis ? place : old)) }),
      onHeld: (held) => this.begin({ held }),
    });
    this.rates = rateControls({
      onAlpha: (alpha) => update(model, { alpha }),
      onOther: (rate) => update(model, { alpha_b: rate }),
      onCompare: (compare) => update(model, { compare }),
    });
    this.walking = walkControls({
      onBack: () => this.stepBy(-1), onStep: () => this.stepBy(1), onRun: () => this.toggleRun(),
      onStart: () => this.stepBy(-MOST_STEPS),
    });
    this.map = mapView({
      startNow: () => model.get("start"), // not what was drawn last: keys may come faster than frames
      onMove: (start) => update(model, { start }), onStep: () => this.stepBy(1), onBack: () => this.stepBy(-1),
    });
    this.side = sideView({
      viewNow: () => ({ turn: model.get("view")[0], tilt: model.get("view")[1] }),
      onTurn: ({ turn, tilt }) => update(model, { view: [turn, tilt] }),
    });
    this.views = groundViews({
      el: this.el, map: this.map, side: this.side, viewNow: () => model.get("view"), drawn: () => this.onTheHill(),
      onFit: () => this.curve.fit(this.curveBox.clientWidth), onPaint: () => this.frame.ask(),
    });
    this.curve = lossCurve();
    this.numbers = readout();
    this.table = numbersTable({ caption: "The steps so far", ...tableOf(() => this.walks()) });
    this.place();
  }

  place() {
    this.formula = html("p", { class: "nn-hill-formula nn-L" });
    this.words = html("p", { class: "nn-hill-words" });
    this.otherWords = html("p", { class: "nn-hill-words nn-hill-words-b" });
    this.limitWords = html("p", { class: "nn-hill-limit" });
    this.curveBox = html("div", {}, this.curve.node);
    const said = html("div", { class: "nn-hill-said" }, this.words, this.otherWords, this.limitWords);
    const below = html("div", { class: "nn-hill-below" }, this.numbers.node, this.curveBox);
    const setting = html("div", { class: "nn-hill-setting" }, this.walking.node, this.rates.node);
    this.el.append(html("div", { class: "nn-hill" }, this.ground.node, this.formula, this.views.node,
      legend(), said, setting, below, this.table.node));
  }

  // ------------------------------------------------------------------------- the ground

  describe() {
    return this.model.get("surfaces")[this.model.get("surface")];
  }

  /** The surface of the present state, or of one with other choices. */
  makeSurface(choice = {}) {
    const { surface, pair, held } = { ...this.state(), ...choice };
    const about = this.model.get("surfaces")[surface];
    if (about.terms) return polynomial(about);
    return penguinLoss(this.networks[held], this.birds, pair, about.reach);
  }

  state() {
    return Object.fromEntries(LINKED.map((name) => [name, this.model.get(name)]));
  }

  /** What the reader chooses anew begins anew: its own start and rate, no steps. */
  begin(choice) {
    this.loop.pause();
    const about = this.model.get("surfaces")[choice.surface ?? this.model.get("surface")];
    const rates = choice.surface ? { alpha: about.alpha, alpha_b: about.alpha / 2 } : {};
    const start = firstPlace(about, this.makeSurface(choice));
    update(this.model, { ...choice, ...rates, start, steps: 0 });
  }

  changeGround() {
    this.surface = this.makeSurface();
    this.paths = { a: {}, b: {} };
    this.views.show(this.surface, this.describe().terms ? null : COARSE); // a polynomial is quick
  }

  // ------------------------------------------------------------------------- the walks

  walkOf(mark) {
    const { model } = this;
    const [start, alpha, steps] = [model.get("start"), model.get(mark === "a" ? "alpha" : "alpha_b"), model.get("steps")];
    const key = `${start} ${alpha}`;
    if (this.paths[mark].key !== key) this.paths[mark] = { key, path: walk(this.surface, start, alpha, 0) };
    return first(lengthen(this.paths[mark].path, this.surface, steps), steps + 1);
  }

  walks() {
    const a = this.walkOf("a");
    return this.model.get("compare") ? { a, b: this.walkOf("b") } : { a };
  }

  stepBy(count) {
    this.loop.pause();
    this.advance(count);
  }

  advance(count) {
    const steps = Math.min(MOST_STEPS, Math.max(0, this.model.get("steps") + count));
    update(this.model, { steps });
  }

  toggleRun() {
    if (this.loop.running()) this.loop.pause();
    else if (prefersStill()) this.jumpToEnd();
    else this.loop.start();
    this.due = 0;
    this.frame.ask();
  }

  /** Without motion, a run is its end. */
  jumpToEnd() {
    while (this.model.get("steps") < MOST_STEPS && !this.isOver()) this.advance(1);
  }

  isOver() {
    return Object.values(this.walks()).every((path) => isOver(verdict(this.surface, path, this.views.extent()).kind));
  }

  run(seconds) {
    this.due += seconds * STEPS_PER_SECOND;
    if (this.due < 1) return true;
    this.due = 0;
    this.advance(1);
    const goesOn = this.model.get("steps") < MOST_STEPS && !this.isOver();
    this.frame.ask();
    return goesOn;
  }

  // ----------------------------------------------------------------------- the pictures

  onTheHill() {
    const walks = this.walks();
    return { walks: places(walks), gradient: walks.a.gradients.at(-1) };
  }

  draw() {
    if (!this.views.ready()) return;
    const { model, surface } = this;
    const walks = this.walks();
    const gradient = walks.a.gradients.at(-1);
    const [alpha, steps] = [model.get("alpha"), model.get("steps")];
    const start = model.get("start");
    this.map.draw({
      start, walks: places(walks), gradient, step: gradient.map((slope) => -alpha * slope),
      text: `${surface.names.map((name, n) => `${name} ${formatNumber(start[n])}`).join(", ")}, loss ${formatNumber(walks.a.losses[0])}`,
    });
    this.views.drawSide();
    this.showControls(alpha, steps);
    this.texts.ask();
  }

  /** What is read, not watched: a drag that had to lay it out in every frame would stutter. */
  drawTexts() {
    const { model, surface } = this;
    const walks = this.walks();
    const [w, gradient, loss] = [walks.a.points, walks.a.gradients, walks.a.losses].map((list) => list.at(-1));
    const alpha = model.get("alpha");
    this.numbers.draw({ step: walks.a.points.length - 1, w, loss, gradient, alpha, names: surface.names });
    this.drawWords(walks);
    this.table.refresh();
  }

  /** A drag changes the start alone: the controls need no look then. */
  showControls(alpha, steps) {
    const state = this.state();
    const key = JSON.stringify([{ ...state, start: 0, view: 0 }, this.loop.running()]);
    if (this.shown === key) return;
    this.shown = key;
    const about = this.describe();
    const bowl = about.terms && isBowl(about) ? threshold(this.surface, alpha) : null;
    this.ground.set(state);
    this.rates.set(state, bowl ? bowl.limit : null);
    this.walking.set({ steps, most: MOST_STEPS, running: this.loop.running() });
    this.map.label(`Start of the walk on the surface ${about.title}. Arrow keys move it; Enter steps, Backspace steps back.`);
    setText(this.limitWords, bowl ? `2/λₘₐₓ = ${formatNumber(bowl.limit)}. ${bowl.text}` : "");
    setText(this.formula, about.formula ?? `L over ${this.surface.names.join(" and ")}: the average loss over 342 penguins`);
  }

  drawWords(walks) {
    const said = Object.entries(walks).map(([mark, path]) => {
      const { kind, text } = verdict(this.surface, path, this.views.extent());
      return { mark, kind, text: walks.b ? `α = ${formatNumber(path.alpha)}: ${text}` : text };
    });
    setText(this.words, said[0].text);
    setText(this.otherWords, said[1]?.text ?? "");
    const losses = Object.fromEntries(Object.entries(walks).map(([mark, path]) => [mark, path.losses]));
    const [from, to] = [walks.a.losses[0], walks.a.losses.at(-1)].map(formatNumber);
    this.curve.draw(losses, `Loss from ${from} to ${to} in ${walks.a.losses.length - 1} steps`);
    this.voice.say(`Step ${walks.a.losses.length - 1}, loss ${to}. ${said.map(({ text }) => text).join(" ")}`);
  }
}

const first = ({ points, gradients, losses, alpha }, count) =>
  ({ alpha, points: points.slice(0, count), gradients: gradients.slice(0, count), losses: losses.slice(0, count) });

const places = (walks) => Object.fromEntries(Object.entries(walks).map(([mark, { points }]) => [mark, points]));

function legend() {
  const entry = (kind, text) => html("li", { class: `nn-hill-key-${kind}` }, text);
  return html("ul", { class: "nn-hill-legend", "aria-label": "What is drawn" },
    entry("start", "start: drag it"), entry("a", "walk"), entry("gradient", "∇L, uphill"), entry("step", "next step −α∇L, to scale"));
}

function tableOf(walks) {
  return {
    head: ["step", "w₁", "w₂", "L", "∂L/∂w₁", "∂L/∂w₂", "L with second α"],
    rows: () => {
      const { a, b } = walks();
      return a.points.map((w, n) => [n, ...[...w, a.losses[n], ...a.gradients[n]].map(formatNumber), b ? formatNumber(b.losses[n] ?? NaN) : "–"]);
    },
  };
}

// ------------------------------------------------------------------------------ the state

const CHECKS = {
  surface: (value, state) => Object.hasOwn(state.surfaces, value) || "a surface that the figure has",
  pair,
  held: (value, state) => Object.hasOwn(state.networks, value) || "start or trained",
  start: point,
  alpha: (value) => (value > 0 && value <= 1e3) || "a number above 0, at most 1000",
  alpha_b: (value) => (value > 0 && value <= 1e3) || "a number above 0, at most 1000",
  steps: (value) => (Number.isInteger(value) && value >= 0 && value <= MOST_STEPS) || `a whole number from 0 to ${MOST_STEPS}`,
  compare: (value) => typeof value === "boolean" || "true or false",
  view: angles,
};

const validate = validator(CHECKS);

export default { render, validate, linked: LINKED };
