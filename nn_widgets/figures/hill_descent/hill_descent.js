// Hill descent: gradient descent on a surface, seen as a map and as a hill. The state is where the
// walk starts, its rate and how many steps it has; everything that is drawn follows from them.

import { announcer } from "../../kit/announce.js";
import { counted, formatNumber } from "../../maths/format.js";
import { redrawer, runLoop, spaced } from "../../kit/frame.js";
import { button } from "../../kit/controls.js";
import { groundControls, rateControls, walkControls } from "./controls.js";
import { lossCurve } from "./curve.js";
import { firstPlace } from "./first.js";
import { receive } from "../../kit/guest.js";
import { groundViews } from "../../kit/ground/ground_views.js";
import { forAxes } from "../../kit/ground/point.js";
import { mapView } from "../../kit/ground/map_view.js";
import { readout } from "./readout.js";
import { sideView } from "../../kit/ground/side_view.js";
import { isBowl, penguinLoss, polynomial } from "./surface.js";
import { isOver, lengthen, threshold, verdict, walk } from "./walk.js";
import { follow, stateOf, update } from "../../kit/model.js";
import { layersFromNested } from "../../maths/nn.js";
import { prefersStill, watchTheme, watchWidth } from "../../kit/page.js";
import { parameterName, parameterPlaces, penguinData } from "../../maths/penguins.js";
import { html, setText } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";

const COARSE = 17;
const STEPS_PER_SECOND = 8;

/** @typedef {import("../../kit/ground/point.js").Point} Point */
/** @typedef {import("../../kit/guest.js").Guest} Guest */
/** @typedef {{a: import("./walk.js").Path, b?: import("./walk.js").Path}} Walks */

/**
 * @typedef {object} State
 * @property {string} surface
 * @property {Point} pair
 * @property {string} held
 * @property {Point} start
 * @property {number} alpha
 * @property {number} alpha_b
 * @property {number} steps
 * @property {boolean} compare
 * @property {Point} view turn and tilt
 */

/**
 * @typedef {{title: string, formula?: string, alpha?: number, start?: Point, reach?: number}
 *   & Partial<import("./surface.js").Polynomial>} About a surface
 * @typedef {{surfaces: Record<string, About>, networks: import("../../maths/penguins.js").Networks,
 *   birds: import("../../maths/penguins.js").Birds}} Data
 */

/** @param {import("../../kit/home.js").Context<State, Data>} context */
function render({ model, el, data, allowed }) {
  const figure = new HillDescent(model, el, data, allowed.steps.max);
  return () => figure.stop();
}

class HillDescent {
  /**
   * @param {import("../../kit/home.js").Context<State, Data>["model"]} model @param {HTMLElement} el
   * @param {Data} data @param {number} mostSteps
   */
  constructor(model, el, { surfaces, networks, birds }, mostSteps) {
    this.model = model;
    this.el = el;
    this.surfaces = surfaces;
    this.mostSteps = mostSteps;
    this.networks = Object.fromEntries(
      Object.entries(networks).map(([name, layers]) => [name, layersFromNested(layers)]));
    this.birds = penguinData(birds);
    this.forget();
    this.shown = "";
    /** @type {Guest|null} */
    this.guest = null;
    this.build();
    this.frame = redrawer(() => this.draw());
    this.turnFrame = redrawer(() => this.views.turn());
    this.texts = spaced(() => this.drawTexts());
    this.loop = runLoop(el, (seconds) => this.run(seconds));
    this.voice = announcer(el);
    this.stops = [
      follow(model, ["surface", "pair", "held"], () => this.changeGround()),
      follow(model, ["start", "alpha", "steps", "compare", "alpha_b"], () => this.frame.ask()),
      follow(model, ["surface", "pair", "held", "start", "alpha"], () => this.showGuest(null)),
      receive(el, this.guide()),
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
      surfaces: this.surfaces, parameters,
      onSurface: (surface) => this.begin({ surface }),
      onPair: (axis, place) => this.begin({ pair: forAxes((n) => (n === axis ? place : model.get("pair")[n])) }),
      onHeld: (held) => this.begin({ held }),
    });
    this.rates = rateControls({
      onAlpha: (alpha) => update(model, { alpha }),
      onOther: (rate) => update(model, { alpha_b: rate }),
      onCompare: (compare) => update(model, { compare }),
    });
    this.walking = walkControls({
      onBack: () => this.stepBy(-1), onStep: () => this.stepBy(1), onRun: () => this.toggleRun(),
      onStart: () => this.stepBy(-this.mostSteps),
    });
    this.map = mapView({
      startNow: () => model.get("start"), // not what was drawn last: keys may come faster than frames
      onMove: (start) => update(model, { start }), onStep: () => this.stepBy(1), onBack: () => this.stepBy(-1),
    });
    this.side = sideView({
      viewNow: () => ({ turn: model.get("view")[0], tilt: model.get("view")[1] }),
      onTurn: ({ turn, tilt }) => update(model, { view: [turn, tilt] }),
    });
    this.curve = lossCurve();
    this.curveBox = html("div", {}, this.curve.node);
    this.views = groundViews({
      el: this.el, map: this.map, side: this.side, viewNow: () => model.get("view"), drawn: () => this.onTheHill(),
      below: { node: this.curveBox, fit: this.curve.fit }, onPaint: () => this.frame.ask(),
    });
    this.numbers = readout();
    this.table = numbersTable({ caption: "The steps so far", ...tableOf(() => this.walks()) });
    this.place();
  }

  place() {
    this.formula = html("p", { class: "nn-hill-formula nn-L" });
    this.words = html("p", { class: "nn-hill-words" });
    this.otherWords = html("p", { class: "nn-hill-words nn-hill-words-b" });
    this.guestWords = html("p", { class: "nn-hill-words nn-hill-words-c" });
    this.limitWords = html("p", { class: "nn-hill-limit" });
    this.guestKey = html("li", { class: "nn-hill-key-c" });
    const said = html("div", { class: "nn-hill-said" }, this.words, this.otherWords, this.guestWords, this.limitWords);
    const below = html("div", { class: "nn-hill-below" }, this.numbers.node, this.curveBox);
    const setting = html("div", { class: "nn-hill-setting" }, this.walking.node, this.rates.node);
    this.el.append(html("div", { class: "nn-hill" }, this.ground.node, this.formula, this.views.node,
      legend(this.guestKey), said, setting, below, this.table.node));
  }

  // ------------------------------------------------------------------------- the ground

  describe() {
    return this.surfaces[this.model.get("surface")];
  }

  /** The surface of the present state, or of one with other choices. @param {Partial<State>} choice */
  makeSurface(choice = {}) {
    const { surface, pair, held } = { ...this.state(), ...choice };
    const about = this.surfaces[surface];
    if (isPolynomial(about)) return polynomial(about);
    return penguinLoss(this.networks[held], this.birds, pair, about.reach);
  }

  state() {
    return stateOf(this.model, ["surface", "pair", "held", "alpha", "alpha_b", "steps", "compare"]);
  }

  /** What the reader chooses anew begins anew: its own start and rate, no steps. @param {Partial<State>} choice */
  begin(choice) {
    this.loop.pause();
    const about = this.surfaces[choice.surface ?? this.model.get("surface")];
    const rates = choice.surface ? { alpha: about.alpha, alpha_b: about.alpha / 2 } : {};
    const start = firstPlace(about, this.makeSurface(choice));
    update(this.model, { ...choice, ...rates, start, steps: 0 });
  }

  changeGround() {
    this.surface = this.makeSurface();
    this.forget();
    this.views.show(this.surface, this.describe().terms ? 0 : COARSE); // a polynomial is quick
    this.showControls(this.model.get("alpha"), this.model.get("steps")); // laid out with the first frame
  }

  // ------------------------------------------------------------------- a guest's walk

  /** For who walks here by steps of their own. @returns {import("../../kit/guest.js").HillGuide} */
  guide() {
    return {
      place: () => ({ start: this.model.get("start"), alpha: this.model.get("alpha"), names: this.surface.names }),
      gradient: (w) => this.surface.gradient(w), loss: (w) => this.surface.loss(w),
      show: (guest) => this.showGuest(guest),
      look: () => this.map.node.scrollIntoView({ behavior: "instant", block: "center" }),
    };
  }

  /**
   * Draw a guest's walk, until there is another start, rate or ground.
   * @param {Guest | null} guest
   */
  showGuest(guest) {
    if (!guest && !this.guest) return;
    this.guest = guest;
    this.guestWords.replaceChildren();
    const back = guest && button("Back to your program", guest.back, { class: "nn-button nn-quiet" });
    if (back) this.guestWords.append(guest.words, back);
    setText(this.guestKey, guest?.label ?? "");
    this.frame.ask();
  }

  /** The places of all walks that are drawn. */
  trails() {
    return { ...places(this.walks()), c: this.guest?.points };
  }

  // ------------------------------------------------------------------------- the walks

  forget() {
    /** @type {Record<"a"|"b", {key: string, path: import("./walk.js").Path}|null>} */
    this.paths = { a: null, b: null };
  }

  /** @param {"a"|"b"} mark */
  walkOf(mark) {
    const { model } = this;
    const [start, steps] = [model.get("start"), model.get("steps")];
    const alpha = model.get(mark === "a" ? "alpha" : "alpha_b");
    const key = `${start} ${alpha}`;
    if (this.paths[mark]?.key !== key) this.paths[mark] = { key, path: walk(this.surface, start, alpha, 0) };
    return first(lengthen(this.paths[mark].path, this.surface, steps), steps + 1);
  }

  /** @returns {Walks} */
  walks() {
    const a = this.walkOf("a");
    return this.model.get("compare") ? { a, b: this.walkOf("b") } : { a };
  }

  /** @param {number} count */
  stepBy(count) {
    this.loop.pause();
    this.advance(count);
  }

  /** @param {number} count */
  advance(count) {
    const steps = Math.min(this.mostSteps, Math.max(0, this.model.get("steps") + count));
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
    while (this.model.get("steps") < this.mostSteps && !this.isOver()) this.advance(1);
  }

  isOver() {
    return Object.values(this.walks()).every((path) => isOver(verdict(this.surface, path, this.views.extent()).kind));
  }

  /** @param {number} seconds */
  run(seconds) {
    this.due += seconds * STEPS_PER_SECOND;
    if (this.due < 1) return true;
    this.due = 0;
    this.advance(1);
    const goesOn = this.model.get("steps") < this.mostSteps && !this.isOver();
    this.frame.ask();
    return goesOn;
  }

  // ----------------------------------------------------------------------- the pictures

  onTheHill() {
    const walks = this.walks();
    return { walks: this.trails(), gradient: walks.a.gradients.at(-1) };
  }

  draw() {
    if (!this.views.ready()) return;
    const { model, surface } = this;
    const walks = this.walks();
    const gradient = walks.a.gradients.at(-1);
    const [alpha, steps] = [model.get("alpha"), model.get("steps")];
    const start = model.get("start");
    const where = surface.names.map((name, n) => `${name} ${formatNumber(start[n])}`).join(", ");
    this.map.draw({
      start, walks: this.trails(), gradient, step: forAxes((n) => -alpha * gradient[n]),
      text: `${where}, loss ${formatNumber(walks.a.losses[0])}`,
    });
    this.views.drawSide();
    this.showControls(alpha, steps);
    this.texts.ask();
  }

  /** What is read, not watched: a drag that had to lay it out in every frame would stutter. */
  drawTexts() {
    const { model, surface } = this;
    const walks = this.walks();
    const { points, gradients, losses } = walks.a;
    this.numbers.draw({
      step: points.length - 1, w: points.at(-1), loss: losses.at(-1), gradient: gradients.at(-1),
      alpha: model.get("alpha"), names: surface.names,
    });
    this.drawWords(walks);
    this.table.refresh();
  }

  /** A drag changes the start alone: the controls need no look then. @param {number} alpha @param {number} steps */
  showControls(alpha, steps) {
    const state = this.state();
    const key = JSON.stringify([state, this.loop.running()]);
    if (this.shown === key) return;
    this.shown = key;
    const about = this.describe();
    const bowl = isPolynomial(about) && isBowl(about) ? threshold(this.surface, alpha) : null;
    this.ground.set(state);
    this.rates.set(state, bowl ? bowl.limit : null);
    this.walking.set({ steps, most: this.mostSteps, running: this.loop.running() });
    const keys = "Arrow keys move it; Enter steps, Backspace steps back.";
    this.map.label(`Start of the walk on the surface ${about.title}. ${keys}`);
    setText(this.limitWords, bowl ? `2/λₘₐₓ = ${formatNumber(bowl.limit)}. ${bowl.text}` : "");
    const names = this.surface.names.join(" and ");
    this.formula.setAttribute("translate", about.formula ? "no" : "yes");
    setText(this.formula, about.formula ?? `L over ${names}: the average loss over 342 penguins`);
  }

  /** @param {Walks} walks */
  drawWords(walks) {
    const said = Object.entries(walks).map(([mark, path]) => {
      const { kind, text } = verdict(this.surface, path, this.views.extent());
      return { mark, kind, text: walks.b ? `α = ${formatNumber(path.alpha)}: ${text}` : text };
    });
    setText(this.words, said[0].text);
    setText(this.otherWords, said[1]?.text ?? "");
    const losses = { a: walks.a.losses, b: walks.b?.losses };
    const [from, to] = [walks.a.losses[0], walks.a.losses.at(-1)].map(formatNumber);
    this.curve.draw(losses, `Loss from ${from} to ${to} in ${counted(walks.a.losses.length - 1, "step", "steps")}`);
    this.voice.say(`Step ${walks.a.losses.length - 1}, loss ${to}. ${said.map(({ text }) => text).join(" ")}`);
  }
}

/** @param {import("./walk.js").Path} path @param {number} count */
const first = ({ points, gradients, losses, alpha }, count) =>
  ({ alpha, points: points.slice(0, count), gradients: gradients.slice(0, count), losses: losses.slice(0, count) });

/** @param {Walks} walks */
const places = ({ a, b }) => ({ a: a.points, b: b?.points });

/** @param {About} about @returns {about is About & import("./surface.js").Polynomial} */
const isPolynomial = (about) => about.terms !== undefined;

/** @param {HTMLElement} guest what a guest's walk is called, if there is one */
function legend(guest) {
  /** @param {string} kind @param {string} text */
  const entry = (kind, text) => html("li", { class: `nn-hill-key-${kind}` }, text);
  return html("ul", { class: "nn-hill-legend", "aria-label": "What is drawn" },
    entry("start", "start: drag it"), entry("a", "walk"), entry("gradient", "∇L, uphill"),
    entry("step", "next step −α∇L, to scale"), guest);
}

/** @param {() => Walks} walks */
function tableOf(walks) {
  return {
    head: ["step", "w₁", "w₂", "L", "∂L/∂w₁", "∂L/∂w₂", "L with second α"],
    rows: () => {
      const { a, b } = walks();
      return a.points.map((w, n) => [n, ...[...w, a.losses[n], ...a.gradients[n]].map(formatNumber),
        b ? formatNumber(b.losses[n] ?? NaN) : "–"]);
    },
  };
}

export default { render };
