// Loss slices: the real loss over a plane in the space of the 26 parameters, as a map and as a hill,
// and along the straight line from the network to a probe that can be moved.

import { announcer } from "./announce.js";
import { angles, pair, point, validator } from "./checks.js";
import { button } from "./controls.js";
import { formatNumber } from "./format.js";
import { redrawer, spaced } from "./frame.js";
import { groundViews } from "./hill/ground_views.js";
import { mapView } from "./hill/map_view.js";
import { sideView } from "./hill/side_view.js";
import { chordPlot } from "./loss_slices/chord_plot.js";
import { sliceControls } from "./loss_slices/controls.js";
import { alongChord, between, chordOf, lossAbove, planeOf } from "./loss_slices/plane.js";
import { follow, update } from "./model.js";
import { layersFromNested } from "./nn.js";
import { watchTheme, watchWidth } from "./page.js";
import { parameterName, parameterPlaces, penguinData } from "./penguins.js";
import { html, setText } from "./svg.js";
import { numbersTable } from "./table.js";

const LINKED = ["plane", "network", "pair", "seed", "place", "view"];
const COARSE = 13;
const INTERVALS = 60; // of the chord

/** @param {{model: import("./model.js").Model, el: HTMLElement}} context */
function render({ model, el }) {
  const figure = new LossSlices(model, el);
  return () => figure.stop();
}

class LossSlices {
  constructor(model, el) {
    Object.assign(this, { model, el });
    this.networks = Object.fromEntries(
      Object.entries(model.get("networks")).map(([name, layers]) => [name, layersFromNested(layers)]));
    this.birds = penguinData(model.get("birds"));
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
      onPair: (axis, place) => this.begin({ pair: model.get("pair").map((old, n) => (n === axis ? place : old)) }),
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
      onFit: ({ marks }) => { this.map.mark(marks); this.chord.fit(this.chord.node.clientWidth); },
      onPaint: () => this.draw(),
    });
    this.table = numbersTable({
      caption: "The loss on the straight way to the probe", head: ["way", "loss", "straight line between the ends", "loss above the line"],
      rows: () => this.rows(),
    });
    this.place();
  }

  place() {
    this.formula = html("p", { class: "nn-L" });
    this.words = html("p", { class: "nn-slice-words" });
    this.jumps = html("div", { class: "nn-buttons", role: "group", "aria-label": "Put the probe" });
    this.el.append(html("div", { class: "nn-hill nn-slices" }, this.controls.node, this.formula, this.views.node, legend(),
      this.jumps, this.words, this.chord.node, this.table.node));
  }

  // ------------------------------------------------------------------------- the plane

  state() {
    return Object.fromEntries(LINKED.map((name) => [name, this.model.get(name)]));
  }

  /** What the reader chooses anew begins with the probe in its first place. */
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

  showControls(state) {
    this.controls.set(state);
    const { names, marks } = this.surface;
    const network = state.network === "trained" ? "the trained network" : "the book’s first network";
    setText(this.formula, {
      pair: `L over ${names.join(" and ")}, the other 24 parameters as in ${network}`,
      random: `L over two random directions at a right angle through ${network}, in units of distance`,
      twins: `L over the plane through ${network} and two of its twins, in units of distance`,
    }[state.plane]);
    const put = (w) => () => update(this.model, { place: [...w] });
    this.jumps.replaceChildren(...marks.map(({ w, text }) => button(`Probe to: ${text}`, put(w))));
    const more = marks.length > 1 ? " Enter goes to the next marked place, Backspace to the one before." : "";
    this.map.label(`Probe on the map. Arrow keys move it, with Shift further.${more}`);
  }

  nextMark(by) {
    const { marks } = this.surface;
    const at = marks.findIndex(({ w }) => String(w) === String(this.model.get("place")));
    const next = at < 0 ? 0 : (at + by + marks.length) % marks.length;
    update(this.model, { place: [...marks[next].w] });
  }

  // ----------------------------------------------------------------------- the pictures

  way() {
    const { home } = this.surface;
    const probe = this.model.get("place");
    return [home, between(home, probe, 0.5), probe];
  }

  onTheHill() {
    return { walks: { a: this.way() }, gradient: [0, 0], marks: this.surface.marks };
  }

  draw() {
    if (!this.views.ready()) return;
    const probe = this.model.get("place");
    const { names } = this.surface;
    this.map.draw({
      start: probe, walks: { a: this.way() }, gradient: [0, 0], step: [0, 0],
      text: `${names.map((name, n) => `${name} ${formatNumber(probe[n])}`).join(", ")}, loss ${formatNumber(this.surface.loss(probe))}`,
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
    if (distance < 1e-9) return `The probe stands on the network itself, where the loss is ${formatNumber(start)}. Move it away.`;
    const numbers = `Loss ${formatNumber(start)} at the network, ${formatNumber(end)} at the probe, ${formatNumber(middle)} half way between. `;
    if (disproves) return `${numbers}That is more than ${formatNumber(average)}, the average of the two ends: this loss is not convex.`;
    return `${numbers}That is not more than ${formatNumber(average)}, the average of the two ends: this pair does not tell. Try others.`;
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
  const entry = (kind, text) => html("li", { class: `nn-hill-key-${kind}` }, text);
  return html("ul", { class: "nn-hill-legend", "aria-label": "What is drawn" },
    entry("start", "probe: drag it"), entry("a", "straight way from the network, with its middle"));
}

// ------------------------------------------------------------------------------ the state

const CHECKS = {
  plane: (value) => ["pair", "random", "twins"].includes(value) || "pair, random or twins",
  network: (value, state) => Object.hasOwn(state.networks, value) || "start or trained",
  pair,
  seed: (value) => (Number.isInteger(value) && value >= 0 && value < 2 ** 31) || "a whole number that is not negative",
  place: point,
  view: angles,
};

export const validate = validator(CHECKS);

export default { render, validate, linked: LINKED };
