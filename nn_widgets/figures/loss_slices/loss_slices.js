// Loss slices: the real loss over a plane in the space of the 26 parameters, as a map and as a hill,
// and along the straight line from the network to a probe that can be moved.

import { announcer } from "../../kit/announce.js";
import { button } from "../../kit/controls.js";
import { formatNumber } from "../../maths/format.js";
import { redrawer, spaced } from "../../kit/frame.js";
import { groundViews } from "../../kit/ground/ground_views.js";
import { forAxes } from "../../kit/ground/point.js";
import { mapView } from "../../kit/ground/map_view.js";
import { sideView } from "../../kit/ground/side_view.js";
import { chordPlot } from "./chord_plot.js";
import { sliceControls } from "./controls.js";
import { alongChord, between, chordOf, lossAbove, planeOf } from "./plane.js";
import { follow, stateOf, update } from "../../kit/model.js";
import { layersFromNested } from "../../maths/nn.js";
import { watchTheme, watchWidth } from "../../kit/page.js";
import { parameterName, parameterPlaces, penguinData } from "../../maths/penguins.js";
import { html, setText } from "../../kit/svg.js";
import { numbersTable } from "../../kit/table.js";

const COARSE = 13;
const INTERVALS = 60; // of the chord

/** @typedef {import("../../kit/ground/point.js").Point} Point */

/**
 * @typedef {object} State
 * @property {"pair"|"random"|"twins"} plane
 * @property {"trained"|"start"} network
 * @property {Point} pair
 * @property {number} seed
 * @property {Point} place of the probe
 * @property {Point} view turn and tilt
 *
 * @typedef {{networks: import("../../maths/penguins.js").Networks,
 *   birds: import("../../maths/penguins.js").Birds}} Data
 */

/** @param {import("../../kit/home.js").Context<State, Data>} context */
function render({ model, el, data }) {
  const figure = new LossSlices(model, el, data);
  return () => figure.stop();
}

class LossSlices {
  /**
   * @param {import("../../kit/home.js").Context<State, Data>["model"]} model @param {HTMLElement} el
   * @param {Data} data
   */
  constructor(model, el, { networks, birds }) {
    this.model = model;
    this.el = el;
    this.networks = Object.fromEntries(
      Object.entries(networks).map(([name, layers]) => [name, layersFromNested(layers)]));
    this.birds = penguinData(birds);
    this.build();
    this.frame = redrawer(() => this.draw());
    this.turnFrame = redrawer(() => this.views.turn());
    this.texts = spaced(() => this.drawTexts());
    this.voice = announcer(el);
    this.stops = [
      follow(model, ["plane", "network", "pair", "seed"], () => this.changePlane()),
      follow(model, ["place"], () => this.frame.ask()),
      follow(model, ["view"], () => this.turnFrame.ask()),
      watchWidth(this.views.node, () => this.views.fit()),
      watchTheme(() => this.views.paint()),
      () => [this.frame, this.turnFrame, this.texts, this.voice, this.views].forEach((part) => part.stop()),
    ];
  }

  stop() {
    this.stops.forEach((stop) => stop());
  }

  // ------------------------------------------------------------------------- the parts

  build() {
    const { model } = this;
    this.controls = sliceControls({
      parameters: parameterPlaces(this.networks.start).map(parameterName),
      onPlane: (plane) => this.begin({ plane }),
      onNetwork: (network) => this.begin({ network }),
      onPair: (axis, place) => this.begin({ pair: forAxes((n) => (n === axis ? place : model.get("pair")[n])) }),
      onSeed: () => this.begin({ seed: model.get("seed") + 1 }),
    });
    this.map = mapView({
      startNow: () => model.get("place"),
      onMove: (place) => update(model, { place }),
      onStep: () => this.nextMark(1), onBack: () => this.nextMark(-1),
    });
    this.side = sideView({
      viewNow: () => ({ turn: model.get("view")[0], tilt: model.get("view")[1] }),
      onTurn: ({ turn, tilt }) => update(model, { view: [turn, tilt] }),
    });
    this.chord = chordPlot();
    this.views = groundViews({
      el: this.el, map: this.map, side: this.side, viewNow: () => model.get("view"), drawn: () => this.onTheHill(),
      below: this.chord, onPaint: () => this.draw(),
    });
    this.table = numbersTable({
      caption: "The loss on the straight way to the probe",
      head: ["way", "loss", "straight line between the ends", "loss above the line"],
      rows: () => this.rows(),
    });
    this.place();
  }

  place() {
    this.formula = html("p", { class: "nn-L" });
    this.words = html("p", { class: "nn-slice-words" });
    this.jumps = html("div", { class: "nn-buttons", role: "group", "aria-label": "Put the probe" });
    this.el.append(html("div", { class: "nn-hill nn-slices" }, this.controls.node, this.formula, this.views.node,
      legend(), this.jumps, this.words, this.chord.node, this.table.node));
  }

  // ------------------------------------------------------------------------- the plane

  state() {
    return stateOf(this.model, ["plane", "network", "pair", "seed"]);
  }

  /** What the reader chooses anew begins with the probe in its first place. @param {Partial<State>} choice */
  begin(choice) {
    const state = { ...this.state(), ...choice };
    update(this.model, { ...choice, place: planeOf(state, this.networks[state.network]).probe });
  }

  changePlane() {
    const state = this.state();
    this.surface = lossAbove(planeOf(state, this.networks[state.network]), this.birds);
    this.views.show(this.surface, COARSE);
    this.showControls(state);
  }

  /** @param {ReturnType<LossSlices["state"]>} state */
  showControls(state) {
    this.controls.set(state);
    const { names, marks } = this.surface;
    const network = state.network === "trained" ? "the trained network" : "the starting network";
    setText(this.formula, {
      pair: `L over ${names.join(" and ")}, the other 24 parameters as in ${network}`,
      random: `L over two random directions at a right angle through ${network}, in units of distance`,
      twins: `L over the plane through ${network} and two of its twins, in units of distance`,
    }[state.plane]);
    this.jumps.replaceChildren(...marks.map(({ w: [s, t], text }) =>
      button(`Probe to: ${text}`, () => update(this.model, { place: [s, t] }))));
    const more = marks.length > 1 ? " Enter goes to the next marked place, Backspace to the one before." : "";
    this.map.label(`Probe on the map. Arrow keys move it, with Shift further.${more}`);
  }

  /** @param {number} by */
  nextMark(by) {
    const { marks } = this.surface;
    const at = marks.findIndex(({ w }) => String(w) === String(this.model.get("place")));
    const next = at < 0 ? 0 : (at + by + marks.length) % marks.length;
    const [s, t] = marks[next].w;
    update(this.model, { place: [s, t] });
  }

  // ----------------------------------------------------------------------- the pictures

  way() {
    const { home } = this.surface;
    const probe = this.model.get("place");
    return [home, between(home, probe, 0.5), probe];
  }

  /** @returns {import("../../kit/ground/side_view.js").OnTheHill} */
  onTheHill() {
    return { walks: { a: this.way() }, gradient: [0, 0], marks: this.surface.marks };
  }

  draw() {
    if (!this.views.ready()) return;
    const probe = this.model.get("place");
    const { names } = this.surface;
    const where = names.map((name, n) => `${name} ${formatNumber(probe[n])}`).join(", ");
    this.map.draw({
      start: probe, walks: { a: this.way() }, gradient: [0, 0], step: [0, 0],
      text: `${where}, loss ${formatNumber(this.surface.loss(probe))}`,
    });
    this.views.drawSide();
    this.texts.ask();
  }

  /** What is read, not watched: the sentence, the chord and the table. */
  drawTexts() {
    this.ends = chordOf(this.surface, this.model.get("place"));
    const said = this.sentence();
    setText(this.words, said);
    this.voice.say(said);
    const points = alongChord(this.surface, this.model.get("place"), INTERVALS);
    this.chord.draw(points, this.ends, `Loss on the straight way from the network to the probe. ${said}`);
    this.table.refresh();
  }

  sentence() {
    const { start, end, middle, average, disproves } = this.ends;
    const [home, probe] = [this.surface.home, this.model.get("place")];
    const distance = Math.hypot(...probe.map((value, n) => value - home[n]));
    if (distance < 1e-9) {
      return `The probe stands on the network itself, where the loss is ${formatNumber(start)}. Move it away.`;
    }
    const [first, last, half] = [start, end, middle].map(formatNumber);
    const numbers = `Loss ${first} at the network, ${last} at the probe, ${half} half way between.`;
    const mean = `${formatNumber(average)}, the average of the two ends`;
    if (disproves) return `${numbers} That is more than ${mean}: this loss is not convex.`;
    return `${numbers} That is not more than ${mean}: this pair does not tell. Try others.`;
  }

  rows() {
    if (!this.ends) return [];
    const { start, end } = this.ends;
    return alongChord(this.surface, this.model.get("place"), 10).map(({ share, loss }) => {
      const line = start + share * (end - start);
      return [share, loss, line, loss - line].map(formatNumber);
    });
  }
}

function legend() {
  /** @param {string} kind @param {string} text */
  const entry = (kind, text) => html("li", { class: `nn-hill-key-${kind}` }, text);
  return html("ul", { class: "nn-hill-legend", "aria-label": "What is drawn" },
    entry("start", "probe: drag it"), entry("a", "straight way from the network, with its middle"));
}

export default { render };
